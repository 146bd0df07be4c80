//! However a policy is written, the marker is under what the message is about.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use leadtree::diagnostics::SourceText;
use leadtree::policy::Policy;

const HEAD: &str = "\
regions: {paths: [cn/east, cn/north, us], aliases: {cn/east: [华东], us: [USA]}}
attributes: {vip: flag, source: text, revenue: number, tags: tags}
teams: [{id: t, members: [m]}]
";

/// The output, with line, column (from 1) and length of the marker.
fn marked(text: &str) -> (String, Vec<(usize, usize, usize)>) {
    let file = SourceText::new("p", text);
    let findings = match Policy::from_yaml(text) {
        Err(error) => file.faults(&error),
        Ok(policy) => file.warnings(&policy.warnings()),
    };
    let drawn = file.drawing().draw(&findings);
    let mut places = Vec::new();
    let mut lines = drawn.lines();
    while let Some(line) = lines.next() {
        if let Some((_, place)) = line.split_once("--> p:") {
            let (line, column) = place.split_once(':').unwrap();
            let marker = lines.find(|line| line.contains('^')).unwrap();
            let length = marker.matches('^').count();
            places.push((line.parse().unwrap(), column.parse().unwrap(), length));
        }
    }
    (drawn, places)
}

/// Chinese characters take two columns.
fn width(text: &str) -> usize {
    let columns = |character: char| if character.is_ascii() { 1 } else { 2 };
    text.chars().map(columns).sum()
}

/// The output, if the markers are not under the texts between `«` and `»`, in order.
fn misplaced(file: &str) -> Option<String> {
    let mut text = String::new();
    let mut wanted = Vec::new();
    let mut begin = (0, 0, 0);
    let (mut line, mut column) = (1, 1);
    for character in file.chars() {
        match character {
            '«' => begin = (line, column, text.len()),
            '»' => wanted.push((begin.0, begin.1, width(&text[begin.2..]))),
            _ => {
                text.push(character);
                column += 1;
                if character == '\n' {
                    (line, column) = (line + 1, 1);
                }
            }
        }
    }
    let (drawn, places) = marked(&text);
    (places != wanted).then(|| format!("\n{file}is drawn\n{drawn}\n"))
}

/// Conditions with one fault or warning each, after `when:`.
const CONDITIONS: &[&str] = &[
    // As text.
    "region in «cn/eats»",
    "not region in «cn/eats»",
    "region in (cn, «eats», us)",
    "vip = true and (region in us or not (region in («eats»)))",
    "source = eats and source = cn/eats and region in «cn/eats»",
    "region = us or region = «'cn/eats'»",
    "lifecycle_stage between lead and «custmer»",
    "«regoin» in cn",
    "«regoin» in regoin",
    "not («regoin» in cn or vip = true)",
    "vip = true and «region > us»",
    "vip = true and «source > 5»",
    "vip = true and not «source > 5»",
    "vip = true and region «inn» cn",
    "\"region in «cn/eats»\"",
    "'source = ''a'' and region in «cn/eats»'",
    "\"source = \\\"\\u4e0a\\\" and region in «cn/eats»\"",
    "\"vip = true\n      and region in «cn/eats»\"",
    "vip = true\n      and region in «cn/eats»",
    "vip = true\n\n      and region in «cn/eats» # cn/eats",
    "|\n      # cn/eats\n      vip = true\n\n        and region in «cn/eats»",
    "|-  # cn/eats\n      vip = true # cn/eats\n      and region in «cn/eats»",
    ">\n      vip = true\n      and region in «cn/eats»\n      or region in us",
    "|\n      \"source\" = \"cn/eats\" and region in «cn/eats»",
    "|\n      'source' = 'cn/eats' and region in «cn/eats»",
    "!!str region in «cn/eats»",
    "&here region in «cn/eats»",
    // In the structured form.
    "{region: {within: «cn/eats»}}",
    "{region: {within: [«cn/eats»]}}",
    "{region: {within: [us, «cn/eats»]}}",
    "{not: {region: {within: [us, «cn/eats»]}}}",
    "{not: {not: {region: {within: [us, «cn/eats»]}}}}",
    "\n      region:\n        within: «cn/eats»",
    "\n      region:\n        within:\n          - us # cn/eats\n          - «cn/eats»",
    "\n      region:\n        within:\n        - us\n        - «\"cn/eats\"»",
    "{all: [{vip: {is: true}}, {region: {is: «cn/eats»}}]}",
    "{all: [{all: [{vip: {is: true}}, {vip: {is: true}}]}, {region: {is: «cn/eats»}}]}",
    "{all: [{any: [{vip: {is: true}}]}, {all: []}, {region: {is: «cn/eats»}}]}",
    "{any: [{not: {not: {any: [{vip: {is: true}}, {vip: {is: false}}]}}}, {region: {is: «cn/eats»}}]}",
    "\n      any:\n        - vip: {is: true}\n        - all:\n            - region: {is: us}\n            - region:\n                is: «cn/eats»",
    "{lifecycle_stage: {between: [lead, «custmer»]}}",
    "{«regoin»: {is: regoin}}",
    "{all: [{vip: {is: true}}, «{region: {at_least: us}}»]}",
    "{all: [{vip: {is: true}}, {not: «{source: {at_least: 5}}»}]}",
    "{all: [&a {vip: {is: true}}, {region: {is: &b «cn/eats»}}]}",
    // Both.
    "{all: [vip = true and vip = false, {not: \"vip = true or region in «cn/eats»\"}]}",
    "{all: [not (vip = true and vip = false), {not: not region in «cn/eats»}]}",
    "{any: [\"vip = true\", region «inn» cn, region in us]}",
    "\n      all:\n        - vip = true and revenue > 5\n        - |\n          region in us\n          or region in «cn/eats»",
    // Warnings.
    "region in «华东» or vip = true",
    "{region: {within: [cn/north, «USA»]}}",
    "vip = true or «vip = true» or region in us",
    "vip = true or «vip = true and revenue > 5» or region in us",
    "vip = true or «(vip = true and (revenue > 5 or revenue < 1))» or region in us",
    "vip = true or «not (vip != true or revenue > 5)» or region in us",
];

#[test]
fn of_a_condition() {
    let files = CONDITIONS.iter().map(|condition| {
        let rest = "    assign_to: t\n  - {id: b, when: region in us, assign_to: t}\n";
        format!("{HEAD}rules:\n  - id: a\n    when: {condition}\n{rest}")
    });
    let misplaced: String = files.filter_map(|file| misplaced(&file)).collect();
    assert!(misplaced.is_empty(), "{misplaced}");
}

/// Whole files with one fault or warning each.
const FILES: &[&str] = &[
    // What a YAML alias inserts is marked where it is written.
    "rules: [{id: a, when: &c region in «cn/eats», assign_to: t}]\n",
    "pools: [&x «cn/eats»]\nrules: [{id: a, when: {region: {is: *x}}, assign_to: t}]\n",
    "rules:\n- {id: a, when: {all: [{region: {within: &r [us, «cn/eats»]}}, {vip: {is: true}}]}, assign_to: t}\n",
    "rules:\n- {id: a, enabled: false, assign_to: &t «east»}\n",
    // Duplicates: where it is inserted.
    "rules:\n- &r {id: a, when: vip = true, assign_to: t}\n- «*r»\n",
    // Names inside other words.
    "members: [{max_open: 1, id: m}, {max_open: 1, id: «m»}]\nrules: [{id: a, assign_to: t}]\n",
    "rules:\n- {id: a, assign_to: t}\n- {when: region in us, assign_to: t, id: «a»}\n",
    "rules:\n- {id: r, assign_to: {member: m, team: «m»}}\n",
    "rules:\n- id: r\n  assign_to: {team: t, if_nobody: {overflow: {team: «team»}}}\n",
    "rules: [{id: r, support: [t, {members: 2, team: «members»}], assign_to: t}]\n",
    "pools: [team]\nrules: [{id: r, assign_to: {team: «team»}}]\n",
    "rules: [{id: r, assign_to: t}]\nlifecycle_stages: [{name: a, aliases: [x]}, {name: b, aliases: [y, «X»]}]\n",
    // Fields that are missing.
    "rules:\n  - «id: r»\n    when: region in us\n",
    "rules: [{id: q, assign_to: t}, «{id: r, when: region in us}»]\n",
    "rules:\n  - {id: r, «assign_to»: {}}\n",
    // Names that are not plain words.
    "industries: {tree: {a: {b c: [d], e-f: {}}}, aliases: {a/b c: [x], a/e-f: [y, «x»]}}\nrules: [{id: r, assign_to: t}]\n",
    "industries: {paths: [a, b], aliases: {a: [x], «b/c»: [y]}}\nrules: [{id: r, assign_to: t}]\n",
    "customer_sizes: {small: 1..=9, 'not so small': «9..=3»}\nrules: [{id: r, assign_to: t}]\n",
    // A region named like a field of a rule.
    "industries: {tree: {rules: {when: [x]}}, aliases: {rules/when: [y], rules: [«y»]}}\nrules: [{id: r, assign_to: t}]\n",
    // Groups.
    "rules:\n- group: g\n  when: region in us\n  rules:\n  - id: a\n    when:\n      not: {region: {within: «cn/eats»}}\n    assign_to: t\n",
    "rules:\n- group: g\n  when: region in us\n  rules:\n  - id: a\n    when: «vip = true and region in cn»\n    assign_to: t\n",
];

#[test]
fn of_a_file() {
    let files = FILES.iter().flat_map(|rest| {
        let file = format!("{HEAD}{rest}");
        let in_windows = file.replace('\n', "\r\n");
        let marked = format!("\u{feff}{file}");
        [file, in_windows, marked]
    });
    let misplaced: String = files.filter_map(|file| misplaced(&file)).collect();
    assert!(misplaced.is_empty(), "{misplaced}");
}
