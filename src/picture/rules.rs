//! The diagram of the rules as written: groups, rules, and who gets the leads.

use super::drawing::{Drawing, DrawnNode, Edge, NodeKind, shortened, wrapped};
use crate::availability::{Moment, TimeZone};
use crate::policy::Policy;
use crate::rule::{Condition, Entry, Outcome};

impl Drawing {
    /// Draws the first `most` rules and groups. Linear in the number of rules.
    pub(super) fn of_rules(policy: &Policy, most: usize) -> Self {
        let mut drawer = RulesDrawer {
            drawing: Self {
                nodes: Vec::new(),
                edges: Vec::new(),
                remainder: None,
            },
            time_zone: policy.time_zone(),
            left: most,
            number: 0,
            remainder: 0,
        };
        let root = drawer.node(NodeKind::Question, &["first that holds".to_owned()]);
        drawer.entries(root, policy.rules());
        let owner = policy.grant(policy.otherwise()).owner().to_string();
        drawer.end(root, "otherwise", &owner);
        let RulesDrawer {
            mut drawing,
            remainder,
            ..
        } = drawer;
        drawing.remainder = (remainder > 0).then(|| format!("{remainder} more rules"));
        drawing
    }
}

struct RulesDrawer {
    drawing: Drawing,
    time_zone: TimeZone,
    /// The number of the last rule, from 1.
    number: usize,
    /// How many more rules and groups may be drawn.
    left: usize,
    remainder: usize,
}

impl RulesDrawer {
    /// The first line is a name.
    fn node(&mut self, kind: NodeKind, lines: &[String]) -> usize {
        let name = lines.iter().take(1).map(|name| shortened(name));
        let others = lines.iter().skip(1).flat_map(|line| wrapped(line));
        let lines = name.chain(others).collect();
        self.drawing.nodes.push(DrawnNode { kind, lines });
        self.drawing.nodes.len() - 1
    }

    fn edge(&mut self, from: usize, to: usize, label: &str) {
        let label = label.to_owned();
        self.drawing.edges.push(Edge { from, to, label });
    }

    fn end(&mut self, from: usize, label: &str, owner: &str) {
        // The backquotes around names are for running text.
        let to = self.node(NodeKind::End, &[owner.replace('`', "")]);
        self.edge(from, to, label);
    }

    fn entries(&mut self, from: usize, entries: &[Entry]) {
        for entry in entries {
            if self.left == 0 {
                self.remainder += count(entry);
                continue;
            }
            self.left -= 1;
            match entry {
                Entry::Rule(rule) => {
                    self.number += 1;
                    let name = titled(rule.id.as_str(), rule.enabled);
                    let name = format!("{}. {name}", self.number);
                    let mut lines = vec![name, tested(&rule.when)];
                    let period = rule.period;
                    lines.extend(period.from.map(|it| format!("from {}", self.local(it))));
                    lines.extend(period.until.map(|it| format!("until {}", self.local(it))));
                    let node = self.node(NodeKind::Rule, &lines);
                    self.edge(from, node, "");
                    self.outcome(node, "", &rule.outcome);
                }
                Entry::Group(group) => {
                    let name = titled(group.id.as_str(), group.enabled);
                    let node = self.node(NodeKind::Question, &[name, tested(&group.when)]);
                    self.edge(from, node, "");
                    self.entries(node, &group.rules);
                    if let Some(outcome) = &group.otherwise {
                        self.outcome(node, "otherwise", outcome);
                    }
                }
            }
        }
    }

    /// The moment in the policy's time zone; a day as it is.
    fn local(&self, moment: Moment) -> String {
        self.time_zone.short(moment.at(self.time_zone)).to_string()
    }

    fn outcome(&mut self, from: usize, label: &str, outcome: &Outcome) {
        let owner = outcome.assign_to.as_ref();
        let owner = owner.map_or_else(String::new, ToString::to_string);
        self.end(from, label, &owner);
    }
}

fn titled(id: &str, enabled: bool) -> String {
    format!("{id}{}", if enabled { "" } else { " (switched off)" })
}

fn tested(condition: &Condition) -> String {
    if condition.is_always() {
        "every lead".to_owned()
    } else {
        condition.to_string()
    }
}

/// The number of rules in it.
fn count(entry: &Entry) -> usize {
    match entry {
        Entry::Rule(_) => 1,
        Entry::Group(group) => group.rules.iter().map(count).sum(),
    }
}
