//! The canonical form of a policy file keeps its comments: none is lost, none is doubled, and each stays at
//! what it is about.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod random;

use std::fs;

use fastrand::Rng;
use leadtree::diagnostics::SourceText;
use leadtree::policy::Policy;

const SHIPPED: [&str; 5] = [
    "examples/data/policy.yaml",
    "examples/data/maven-policy.yaml",
    "examples/data/olist-policy.yaml",
    "src/guide/policy_file.yaml",
    "tests/policy_options/every_option.yaml",
];

fn formatted(text: &str, policy: &Policy) -> String {
    SourceText::new("policy.yaml", text)
        .formatted(policy)
        .unwrap()
}

/// A comment that was added.
struct Added {
    /// Its number, and that of the line of the policy above which or behind which it stands.
    number: usize,
    line: usize,
    /// Whether it is on a line of its own, indented like the next line.
    is_above: bool,
}

impl Added {
    fn text(&self) -> String {
        format!("# added {};", self.number)
    }
}

/// The text with comments at random places at which they are comments, and not parts of a text.
fn with_comments(text: &str, policy: &Policy, random: &mut Rng) -> (String, Vec<Added>) {
    let lines: Vec<_> = text.lines().collect();
    let mut added = Vec::new();
    let mut places: Vec<_> = (0..random.usize(1..8))
        .map(|_| (random.usize(0..=lines.len()), random.u8(0..6)))
        .collect();
    places.sort_unstable();
    let mut changed: Vec<_> = lines.iter().map(|line| vec![(*line).to_owned()]).collect();
    changed.push(Vec::new());
    for (number, (line, kind)) in places.into_iter().enumerate() {
        let number = number + 1;
        let own = lines.get(line).copied().unwrap_or_default();
        let above = line.checked_sub(1).map_or("", |line| lines[line]);
        let mut comment = Added {
            number,
            line,
            is_above: false,
        };
        let before = changed.clone();
        if kind < 2 && !own.trim().is_empty() {
            let last = changed[line].last_mut().unwrap();
            if last.contains("# added") {
                continue;
            }
            last.push(' ');
            last.push_str(&comment.text());
        } else {
            let column = match kind {
                2 | 3 => indent(own),
                4 => indent(above),
                _ => random.usize(0..9),
            };
            // Comments inside the text of a condition move above it.
            let is_entry = own.contains(": ") || own.ends_with(':') || own.contains("- ");
            comment.is_above = column == indent(own) && is_entry;
            let at = changed[line]
                .len()
                .saturating_sub(usize::from(line < lines.len()));
            changed[line].insert(at, format!("{}{}", " ".repeat(column), comment.text()));
            if random.u8(0..4) == 0 {
                changed[line].insert(at + usize::from(random.bool()), String::new());
                comment.is_above = false;
            }
        }
        let text = changed.concat().join("\n") + "\n";
        match Policy::from_yaml(&text) {
            Ok(same) if same == *policy => added.push(comment),
            _ => changed = before,
        }
    }
    (changed.concat().join("\n") + "\n", added)
}

/// The numbers of the comments, in the order of the text.
fn order(text: &str) -> Vec<&str> {
    let comments = text.split("# added ").skip(1);
    comments.filter_map(|rest| rest.split(';').next()).collect()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The lines that are not comments, without those at their ends.
fn content(text: &str) -> Vec<&str> {
    let lines = text.lines().map(|line| match line.split_once("# added") {
        Some((line, _)) => line.trim_end(),
        None => line.trim_end(),
    });
    let lines = lines.filter(|line| !line.is_empty() && !line.trim_start().starts_with("# "));
    lines.collect()
}

fn check(base: &str, is_canonical: bool, seed: u64) {
    let policy = Policy::from_yaml(base).unwrap();
    let mut random = Rng::with_seed(seed);
    let (text, added) = with_comments(base, &policy, &mut random);
    let once = formatted(&text, &policy);
    let told = format!("seed {seed}\n--- given\n{text}\n--- formatted\n{once}");
    assert_eq!(
        Policy::from_yaml(&once).ok().as_ref(),
        Some(&policy),
        "{told}"
    );
    let twice = formatted(&once, &policy);
    assert_eq!(twice, once, "no fixed point: {told}");
    for comment in text.lines().filter_map(|line| line.get(line.find("# ")?..)) {
        let count = |text: &str| text.matches(comment).count();
        assert_eq!(count(&once), count(&text), "{comment}: {told}");
    }
    if !is_canonical {
        return;
    }
    assert_eq!(order(&once), order(&text), "{told}");
    let lines: Vec<_> = base.lines().collect();
    for comment in added.iter().filter(|comment| comment.is_above) {
        let text = comment.text();
        let behind: Vec<_> = once
            .lines()
            .skip_while(|line| !line.contains(&text))
            .collect();
        let behind = behind.join("\n");
        let behind = behind.split_once('\n').unwrap().1;
        let meant = lines[comment.line..].join("\n");
        assert_eq!(
            content(behind).first(),
            content(&meant).first(),
            "{text}: {told}"
        );
    }
}

#[test]
fn comments_at_random_places_are_kept() {
    for path in SHIPPED {
        let text = fs::read_to_string(path).unwrap();
        let policy = Policy::from_yaml(&text).unwrap();
        let canonical = formatted(&text, &policy);
        for seed in 0..random::cases(20) {
            check(&text, false, seed);
            check(&canonical, true, seed);
        }
    }
}

/// Texts, and their canonical forms.
const CASES: &[(&str, &str)] = &[
    // Below the last item of a list that would be written on one line.
    (
        "pools:\n  - later\n  - never\n  # no more pools\nteams: [{id: east, members: [m-01]}]\n",
        "pools:\n  - later\n  - never\n  # no more pools\n\nteams:\n  - id: east\n    members: [m-01]\n",
    ),
    // Below the last list of all.
    (
        "pools:\n  - later\n  # no more pools\n",
        "pools:\n  - later\n  # no more pools\n",
    ),
    // At the items of a list, and in maps in each other.
    (
        "teams:\n  - id: east\n    members:\n      - m-01 # Ann\n      - {member: m-02} # Bob\n      - m-03\n",
        "teams:\n  - id: east\n    members:\n      - m-01 # Ann\n      - m-02 # Bob\n      - m-03\n",
    ),
    (
        "pools: [later, junk] # both\n",
        "pools: [later, junk] # both\n",
    ),
    (
        "otherwise:\n  # wait\n  assign_to: # there\n    # first\n    pool: later # for good\n    # last\n  # end\npools: [later]\nexamples: []\n",
        "pools: [later]\n\notherwise:\n  # wait\n  assign_to: # there\n    # first\n    pool: later # for good\n    # last\n  # end\n",
    ),
    // What is left out.
    (
        "version: a\nrules: [] # none\npools: [later] # one\n",
        "version: a\n\n# none\npools: [later] # one\n",
    ),
    ("rules: [] # none\n", "{} # none\n"),
    // Behind a dash.
    (
        "rules:\n  - id: a # first\n    assign_to: {pool: unmatched}\n  - # about b\n    id: b\n    assign_to: {pool: unmatched}\n",
        "rules:\n  - id: a # first\n    assign_to: {pool: unmatched}\n\n  - id: b # about b\n    assign_to: {pool: unmatched}\n",
    ),
    // Around and inside the text of a condition.
    (
        "rules:\n  - id: a\n    # one\n    when: | # two\n      # three\n      customer_size > 5 # four\n      # five\n    # six\n    assign_to: {pool: unmatched}\n",
        "rules:\n  - id: a\n    # one\n    # two\n    # three\n    # four\n    # five\n    when: customer_size > 5\n    # six\n    assign_to: {pool: unmatched}\n",
    ),
    // In brackets over several lines.
    (
        "pools: [ # open\n  # first\n  a, # is a\n  b # is b\n  # last\n]\nversion: '1'\n",
        "version: \"1\"\n\npools: # open\n  # first\n  - a # is a\n  - b # is b\n  # last\n",
    ),
    // Between a name and its text.
    (
        "description:\n  # what for\n  Leads. # all\nversion: a # first\n",
        "version: a # first\n# what for\ndescription: Leads. # all\n",
    ),
];

#[test]
fn comments_stay_at_what_they_are_about() {
    for (text, wanted) in CASES {
        let policy = Policy::from_yaml(text).unwrap();
        let once = formatted(text, &policy);
        assert_eq!(once, *wanted, "of\n{text}");
        assert_eq!(formatted(&once, &policy), once, "of\n{text}");
    }
}

#[test]
fn many_comments_in_a_row_are_read() {
    let many = "# one of many\n".repeat(200);
    let text = format!("pools:\n{many}  - later\n");
    let policy = Policy::from_yaml(&text).unwrap();
    let indented = "  # one of many\n".repeat(200);
    let wanted = format!("pools:\n{indented}  - later\n");
    assert_eq!(formatted(&text, &policy), wanted);
}
