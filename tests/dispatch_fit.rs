//! Grades and skills: what rules and teams require, what they prefer, and who gets the lead then.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod dispatch_setup;

use dispatch_setup::{NOON, at, dispatcher, lead, owner, owners};
use fastrand::Rng;
use leadtree::Lead;
use leadtree::dimension::Number;
use leadtree::dispatch::{AssignmentWarning, Dispatcher};
use leadtree::fit::Requirement;
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{Rule, Target};
use leadtree::team::{Member, StrategyChoice, Team};
use serde_json::{Value, json};

/// A junior, a senior who speaks German well, and a middle one who speaks it a little.
fn three(strategy: &Value, rule: &Value) -> Value {
    let mut file = json!({
        "grades": ["junior", "middle", "senior"],
        "members": [
            { "id": "j", "grade": "junior", "skills": ["pricing"] },
            { "id": "s", "grade": "senior", "skills": { "german": 3 } },
            { "id": "m", "grade": "middle", "skills": { "german": 1, "pricing": 2 } },
        ],
        "teams": [{ "id": "east", "strategy": strategy, "members": ["j", "s", "m"] }],
        "rules": [{ "id": "all", "assign_to": "east" }],
    });
    for (field, value) in rule.as_object().unwrap() {
        file["rules"][0][field] = value.clone();
    }
    file
}

fn round_robin(rule: &Value) -> Dispatcher {
    dispatcher(&three(&json!("round_robin"), rule))
}

fn best_fit(then: &str, rule: &Value) -> Dispatcher {
    dispatcher(&three(&json!({ "name": "best_fit", "then": then }), rule))
}

#[test]
fn members_who_do_not_meet_requirements_get_no_lead() {
    for (requires, expected) in [
        (json!({}), "j s m j s m"),
        (json!({ "grade": { "at_least": "middle" } }), "s m s m s m"),
        (json!({ "grade": { "exactly": "middle" } }), "m m m m m m"),
        (json!({ "skills": ["german"] }), "s m s m s m"),
        (json!({ "skills": { "german": 2 } }), "s s s s s s"),
        (json!({ "skills": ["german", "pricing"] }), "m m m m m m"),
        (
            json!({ "grade": { "at_least": "senior" }, "skills": ["pricing"] }),
            "nobody_fits nobody_fits nobody_fits nobody_fits nobody_fits nobody_fits",
        ),
    ] {
        let dispatcher = round_robin(&json!({ "requires": requires }));
        assert_eq!(owners(&dispatcher, 6, NOON), expected, "{requires}");
    }
}

#[test]
fn a_team_can_have_requirements_for_all_its_leads() {
    let mut file = three(
        &json!("round_robin"),
        &json!({ "requires": { "skills": ["german"] } }),
    );
    file["teams"][0]["requires"] = json!({ "skills": ["pricing"] });
    assert_eq!(owners(&dispatcher(&file), 2, NOON), "m m");
    file["rules"][0].as_object_mut().unwrap().remove("requires");
    assert_eq!(owners(&dispatcher(&file), 4, NOON), "j m j m");
}

#[test]
fn preferences_are_for_best_fit() {
    let prefers = json!({ "prefers": { "grade": { "at_least": "senior" }, "skills": ["german"] } });
    assert_eq!(owners(&round_robin(&prefers), 3, NOON), "j s m");
    assert_eq!(owners(&best_fit("round_robin", &prefers), 3, NOON), "s s s");
}

#[test]
fn best_fit_goes_down_to_the_next_best_when_the_best_are_full() {
    let prefers = json!({ "prefers": { "grade": { "at_least": "senior" }, "skills": ["german"] } });
    let strategy = json!({ "name": "best_fit", "then": "waterfall" });
    let mut file = three(&strategy, &prefers);
    for (number, most) in [(0, 9), (1, 2), (2, 1)] {
        file["members"][number]["max_open"] = most.into();
    }
    assert_eq!(owners(&dispatcher(&file), 5, NOON), "s s m j j");
}

#[test]
fn among_equals_the_second_strategy_picks() {
    let german = json!({ "prefers": { "skills": ["german"] } });
    assert_eq!(
        owners(&best_fit("round_robin", &german), 4, NOON),
        "s m s m"
    );
    assert_eq!(owners(&best_fit("waterfall", &german), 4, NOON), "s s s s");
    let mut file = three(
        &json!({ "name": "best_fit", "then": "least_loaded" }),
        &german,
    );
    file["teams"][0]["members"] = json!(["j", "s", { "member": "m", "weight": 2 }]);
    assert_eq!(owners(&dispatcher(&file), 6, NOON), "m s m m s m");
    let everybody_alike = best_fit("round_robin", &json!({}));
    assert_eq!(owners(&everybody_alike, 4, NOON), "j s m j");
}

#[test]
fn turns_go_on_after_others_fitted_better() {
    let file = json!({
        "attributes": { "language": "text" },
        "members": [{ "id": "a" }, { "id": "b" }, { "id": "c", "skills": ["german"] }],
        "teams": [{ "id": "east", "strategy": { "name": "best_fit" }, "members": ["a", "b", "c"] }],
        "rules": [
            { "id": "german", "when": "language = german", "assign_to": "east",
              "prefers": { "skills": ["german"] } },
            { "id": "all", "assign_to": "east" },
        ],
    });
    let dispatcher = dispatcher(&file);
    let german = Lead::builder("L").attribute("language", "german").build();
    assert_eq!(owners(&dispatcher, 1, NOON), "a");
    for _ in 0..3 {
        assert_eq!(owner(&dispatcher.assign(&german, at(NOON))), "c");
    }
    // Turns for which the others were not eligible leave no debt.
    let next = owners(&dispatcher, 6, NOON);
    for member in ["a", "b", "c"] {
        assert!((1..=3).contains(&next.matches(member).count()), "{next}");
    }
}

#[test]
fn only_naming_a_member_overrides_requirements() {
    let requires = json!({ "requires": { "skills": { "german": 2 } } });
    let mut file = three(&json!("round_robin"), &requires);
    file["teams"][0]["if_nobody"] = "everyone".into();
    file["members"][1]["max_open"] = 1.into();
    let dispatcher = dispatcher(&file);
    assert_eq!(owners(&dispatcher, 3, NOON), "s s s");
    let by_hand = dispatcher
        .assign_to(Target::member("j"), &lead(4), at(NOON))
        .unwrap();
    assert_eq!(by_hand.warnings(), [AssignmentWarning::NotFit]);
    let fits = dispatcher
        .assign_to(Target::member("s"), &lead(5), at(NOON))
        .unwrap();
    assert_eq!(fits.warnings(), [AssignmentWarning::OverLimit]);
}

#[test]
fn a_rules_requirements_apply_to_the_owner_only() {
    let requires = json!({ "requires": { "skills": ["german"] }, "support": ["helpers"] });
    let mut file = three(&json!("waterfall"), &requires);
    let helpers = json!({ "id": "helpers", "members": ["j"] });
    file["teams"].as_array_mut().unwrap().push(helpers);
    let assignment = dispatcher(&file).assign(&lead(1), at(NOON));
    assert_eq!(owner(&assignment), "s");
    assert_eq!(assignment.supporters()[0].member(), "j");
}

#[test]
fn reasons_distinguish_fit_hours_and_limits() {
    let requires = json!({ "requires": { "skills": ["german"] } });
    let mut file = three(&json!("round_robin"), &requires);
    file["members"][1]["active"] = false.into();
    file["members"][2]["hours"] = "mon-sun 13:00-14:00".into();
    file["members"][2]["max_open"] = 1.into();
    let dispatcher = dispatcher(&file);
    assert_eq!(owners(&dispatcher, 1, NOON), "nobody_available");
    let later = "2026-03-31T13:00:00Z";
    assert_eq!(owners(&dispatcher, 2, later), "m nobody_with_capacity");
    dispatcher.pause_member("m").unwrap();
    assert_eq!(owners(&dispatcher, 1, later), "nobody_fits");
}

#[test]
fn waiting_only_considers_members_who_fit() {
    let requires = json!({ "requires": { "skills": { "german": 2 } } });
    let mut file = three(&json!("round_robin"), &requires);
    for (member, hours) in ["13:00-14:00", "15:00-16:00", "14:00-15:00"]
        .into_iter()
        .enumerate()
    {
        file["members"][member]["hours"] = format!("mon-sun {hours}").into();
    }
    file["teams"][0]["if_nobody"] = "wait".into();
    let record = serde_json::to_value(dispatcher(&file).assign(&lead(1), at(NOON))).unwrap();
    assert_eq!(record["until"], "2026-03-31T15:00:00Z");
    file["teams"][0]["look_ahead_hours"] = 3.into();
    assert_eq!(owners(&dispatcher(&file), 1, NOON), "s");
}

#[test]
fn requirements_in_typed_rust_read_back_as_written() {
    let german = Requirement::new().skill("german", 2);
    let choice = StrategyChoice::new("best_fit").option("then", "random");
    let policy = PolicyDraft::new()
        .grades(["junior", "senior"])
        .member(Member::new("j").grade("junior").skill("pricing", 1))
        .member(
            Member::new("s")
                .grade("senior")
                .skill("german", 3)
                .skill("pricing", 2),
        )
        .team(
            Team::new("east")
                .strategy(choice)
                .members(["j", "s"])
                .requires(Requirement::new().skill("pricing", 1)),
        )
        .rule(
            Rule::new("all")
                .assign_to("east")
                .requires(german)
                .prefers(Requirement::new().grade_at_least("senior")),
        )
        .build()
        .unwrap();
    let yaml = policy.to_yaml().unwrap();
    insta::assert_snapshot!(yaml, @"
    grades: [junior, senior]

    members:
      - {id: j, grade: junior, skills: [pricing]}
      - {id: s, grade: senior, skills: {german: 3, pricing: 2}}

    teams:
      - id: east
        strategy: {name: best_fit, then: random}
        members: [j, s]
        requires: {skills: [pricing]}

    rules:
      - id: all
        assign_to: east
        requires: {skills: {german: 2}}
        prefers: {grade: {at_least: senior}}
    ");
    assert_eq!(Policy::from_yaml(&yaml).unwrap(), policy);
    let json = serde_json::to_string(&policy).unwrap();
    assert_eq!(
        Policy::load(&serde_json::from_str::<Value>(&json).unwrap()).unwrap(),
        policy
    );
}

#[test]
fn all_faults_of_grades_and_skills_come_at_once() {
    let errors = PolicyDraft::new()
        .grades(["junior", "senior", "junior", ""])
        .member(
            Member::new("m-1")
                .grade("seniour")
                .skill("german", 0)
                .skill("german", 2),
        )
        .team(
            Team::new("east")
                .strategy(StrategyChoice::new("best_fit"))
                .member("m-1")
                .requires(Requirement::new().skill("germann", 1)),
        )
        .rule(
            Rule::new("all").assign_to("east").prefers(
                Requirement::new()
                    .grade_exactly("boss")
                    .skill("german", 101),
            ),
        )
        .build()
        .unwrap_err();
    insta::assert_snapshot!(errors, @"
    the policy has 8 problems:
      grades[2]: grade `junior` is already used at grades[0]; give each its own name
      grades[3]: a grade without a name; give it one
      members[0].grade: unknown grade `seniour`; did you mean `senior`?
      members[0].skills.german: 0 as a level; write 1 to 100
      members[0].skills.german: skill `german` is already used at an earlier entry; give each its own name
      teams[0].requires.skills.germann: unknown skill `germann`; did you mean `german`?
      rules[0].prefers.grade: unknown grade `boss`
      rules[0].prefers.skills.german: 101 as a level; write 1 to 100
    ");
}

const GRADES: [&str; 3] = ["a", "b", "c"];
const SKILLS: [&str; 3] = ["x", "y", "z"];

/// A member's grade, skill levels and limit of open leads.
type Known = (Option<usize>, [u32; 3], u32);
/// A grade, exact or minimum, and skill levels.
type Wish = (Option<(usize, bool)>, [u32; 3]);

fn written((grade, levels): Wish) -> Value {
    let mut file = json!({ "skills": {} });
    for (skill, level) in SKILLS.iter().zip(levels).filter(|(_, level)| *level > 0) {
        file["skills"][skill] = level.into();
    }
    if let Some((grade, exactly)) = grade {
        let test = if exactly { "exactly" } else { "at_least" };
        file["grade"] = json!({ test: GRADES[grade] });
    }
    file
}

/// The parts of a requirement that are met.
fn met((own, known, _): Known, (grade, levels): Wish) -> Vec<bool> {
    let has_grade = grade.map(|(asked, exactly)| {
        own.is_some_and(|own| if exactly { own == asked } else { own >= asked })
    });
    let asked = (0..3).filter(|&it| levels[it] > 0);
    let has = asked.map(|it| known[it] >= levels[it]);
    has.chain(has_grade).collect()
}

/// Random members, skills and requirements, compared with a plain implementation.
#[test]
fn fit_agrees_with_a_plain_implementation() {
    for seed in 0..300 {
        let mut random = Rng::with_seed(seed);
        let mut members = Vec::new();
        let mut model: Vec<Known> = Vec::new();
        for number in 0..random.usize(1..8) {
            let grade = (random.u8(0..4) > 0).then(|| random.usize(0..3));
            let levels = [0, 1, 2].map(|_| random.u32(0..4));
            let most = random.u32(0..6);
            let mut known = json!({});
            for (skill, level) in SKILLS.iter().zip(levels).filter(|(_, level)| *level > 0) {
                known[skill] = level.into();
            }
            let mut member =
                json!({ "id": format!("m-{number}"), "skills": known, "max_open": most });
            if let Some(grade) = grade {
                member["grade"] = GRADES[grade].into();
            }
            members.push(member);
            model.push((grade, levels, most));
        }
        // One member has every skill, so that every required skill is known.
        members.push(json!({ "id": "all", "active": false, "skills": { "x": 9, "y": 9, "z": 9 } }));
        let wish = |random: &mut Rng| {
            let grade = random.bool().then(|| (random.usize(0..3), random.bool()));
            let levels = [0, 1, 2].map(|_| if random.bool() { random.u32(1..4) } else { 0 });
            (grade, levels)
        };
        let wishes: Vec<_> = (0..4)
            .map(|_| [(); 2].map(|()| wish(&mut random)))
            .collect();
        let of_team = [(); 2].map(|()| {
            if random.bool() {
                wish(&mut random)
            } else {
                (None, [0; 3])
            }
        });
        let rules: Vec<Value> = wishes.iter().enumerate().map(|(number, [requires, prefers])| json!({
            "id": format!("r-{number}"), "when": { "kind": { "is": number } }, "assign_to": "east",
            "requires": written(*requires), "prefers": written(*prefers),
        })).collect();
        let ids: Vec<Value> = members.iter().map(|member| member["id"].clone()).collect();
        let dispatcher = dispatcher(&json!({
            "grades": GRADES,
            "attributes": { "kind": "number" },
            "members": members,
            "teams": [{
                "id": "east", "members": ids, "strategy": { "name": "best_fit", "then": "waterfall" },
                "requires": written(of_team[0]), "prefers": written(of_team[1]),
            }],
            "rules": rules,
        }));
        let met = |member: usize, wish: Wish| met(model[member], wish);
        let mut open = vec![0; model.len()];
        for number in 0..40 {
            let kind = random.usize(0..4);
            let [requires, prefers] = wishes[kind];
            let lead = Lead::builder(format!("L-{number}"));
            let lead = lead
                .attribute("kind", Number::from(u32::try_from(kind).unwrap()))
                .build();
            let fits = |&it: &usize| {
                met(it, requires)
                    .into_iter()
                    .chain(met(it, of_team[0]))
                    .all(|met| met)
            };
            let score = |it: usize| {
                let all = met(it, prefers).into_iter().chain(met(it, of_team[1]));
                all.filter(|met| *met).count()
            };
            let able: Vec<usize> = (0..model.len()).filter(fits).collect();
            let free: Vec<usize> = able
                .iter()
                .copied()
                .filter(|&it| open[it] < model[it].2)
                .collect();
            let expected = match free.iter().map(|&it| score(it)).max() {
                Some(most) => {
                    let best = free.iter().copied().find(|&it| score(it) == most).unwrap();
                    open[best] += 1;
                    format!("m-{best}")
                }
                None if able.is_empty() => "nobody_fits".to_owned(),
                None => "nobody_with_capacity".to_owned(),
            };
            assert_eq!(
                owner(&dispatcher.assign(&lead, at(NOON))),
                expected,
                "seed {seed} lead {number}"
            );
        }
    }
}
