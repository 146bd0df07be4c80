//! What every test of a condition means, in tables.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use chrono::{DateTime, NaiveDate, Utc};
use leadtree::Lead;
use leadtree::dimension::{AttributeKind, Number, StageDraft, StagesDraft, Taxonomy};
use leadtree::lead::{AttributeValue, LeadBuilder};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{
    Condition, Group, Outcome, Rule, Target, customer_size, date, flag, funnel_stage, industry,
    number, region, tags, text,
};
use leadtree::tree::{DecisionTree, Interpreter};

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

fn world() -> PolicyDraft {
    let regions =
        Taxonomy::draft().paths(["cn/east/shanghai", "cn/east/jiangsu", "cn/north", "us"]);
    PolicyDraft::new()
        .regions(regions.alias("cn/east/shanghai", ["上海"]))
        .industries(Taxonomy::draft().paths(["energy", "energy/solar"]))
        .funnel_stages(StagesDraft::from_iter([
            StageDraft::new("lost", ["closed lost"]),
            "new".into(),
            "proposal".into(),
            "won".into(),
        ]))
        .attribute("source", AttributeKind::Text)
        .attribute("revenue", AttributeKind::Number)
        .attribute("vip", AttributeKind::Flag)
        .attribute("interests", AttributeKind::Tags)
        .attribute("signed", AttributeKind::Date)
        .pool("p")
}

fn rule(id: &str) -> Rule {
    Rule::new(id).assign_to(Target::pool("p"))
}

fn lead() -> LeadBuilder<'static> {
    Lead::builder("L-1")
}

/// The position of the answer, on which tree and interpreter must agree.
fn answer(policy: &Policy, lead: &Lead<'_>, now: DateTime<Utc>) -> String {
    let tree = DecisionTree::compile(policy).unwrap();
    let decision = tree.decide(lead, now);
    assert_eq!(
        decision,
        Interpreter::new(policy).decide(lead, now),
        "{lead:?}"
    );
    decision.source().to_string()
}

/// Checks conditions against the leads; the letters name the leads that a condition holds for.
fn table(leads: &[(char, Lead<'_>)], conditions: &[(Condition, &str)]) {
    for (condition, expected) in conditions {
        let policy = world().rule(rule("r").when(condition.clone())).build();
        let policy = policy.unwrap_or_else(|errors| panic!("{condition}: {errors}"));
        let holds = leads
            .iter()
            .filter(|(_, lead)| answer(&policy, lead, NOW) == "rule `r`");
        let letters: String = holds.map(|(letter, _)| *letter).collect();
        assert_eq!(letters, *expected, "{condition}, of {leads:#?}");
    }
}

#[test]
fn within_includes_descendants_and_is_does_not() {
    let leads = [
        ('c', lead().region("cn").build()),
        ('e', lead().region("CN / East").build()),
        ('s', lead().region("上海").build()),
        ('n', lead().region("cn/north").build()),
        ('u', lead().region("us").build()),
        ('x', lead().region("atlantis").build()),
        ('-', lead().build()),
    ];
    table(
        &leads,
        &[
            (region().within("cn"), "cesn"),
            (region().within("cn/east"), "es"),
            (region().within("cn/east/shanghai"), "s"),
            (region().within("上海"), "s"),
            (region().is("cn"), "c"),
            (region().is("cn/east"), "e"),
            (region().is_any(["cn", "us"]), "cu"),
            (region().within_any(["cn/north", "us"]), "nu"),
            (region().not_within("cn/east"), "cnux-"),
            (region().is_not("cn"), "esnux-"),
            (region().is_missing(), "-"),
            (region().is_unlisted(), "x"),
            (industry().is_missing(), "cesnux-"),
        ],
    );
}

#[test]
fn stages_are_in_order() {
    let leads = [
        ('l', lead().funnel_stage("Closed Lost").build()),
        ('n', lead().funnel_stage("new").build()),
        ('p', lead().funnel_stage(" PROPOSAL ").build()),
        ('w', lead().funnel_stage("won").build()),
        ('x', lead().funnel_stage("dreaming").build()),
        ('-', lead().funnel_stage(" ").build()),
    ];
    table(
        &leads,
        &[
            (funnel_stage().at_least("proposal"), "pw"),
            (funnel_stage().after("proposal"), "w"),
            (funnel_stage().before("proposal"), "ln"),
            (funnel_stage().at_most("proposal"), "lnp"),
            (funnel_stage().between("new", "proposal"), "np"),
            (funnel_stage().between("new", "new"), "n"),
            (funnel_stage().before("lost"), ""),
            (funnel_stage().after("won"), ""),
            (funnel_stage().is_any(["won", "closed lost"]), "lw"),
            (funnel_stage().is_not("won"), "lnpx-"),
            (!funnel_stage().at_least("lost"), "x-"),
            (funnel_stage().is_unlisted(), "x"),
        ],
    );
}

#[test]
fn head_counts_bands_and_ranges() {
    let leads = [
        ('0', lead().customer_size(0).build()),
        ('9', lead().customer_size("9").build()),
        ('s', lead().customer_size("small").build()),
        ('r', lead().customer_size("51-200").build()),
        ('k', lead().customer_size("1,000+").build()),
        ('M', lead().customer_size(u32::MAX).build()),
        ('x', lead().customer_size("200-51").build()),
        ('-', lead().build()),
    ];
    table(
        &leads,
        &[
            // A band counts as its lower end, 10; so does a range, 51.
            (customer_size().is(10), "s"),
            (customer_size().is(51), "r"),
            (customer_size().at_least(51), "rkM"),
            (customer_size().at_least(52), "kM"),
            (customer_size().more_than(1_000), "M"),
            (customer_size().less_than(10), "09"),
            (customer_size().less_than(0), ""),
            (customer_size().more_than(u32::MAX), ""),
            (customer_size().at_most(u32::MAX), "09srkM"),
            (customer_size().between(9, 51), "9sr"),
            (customer_size().in_band("micro"), "9"),
            (customer_size().in_band("medium"), "r"),
            (customer_size().in_any_band(["micro", "Enterprise"]), "9kM"),
            (customer_size().is_any([0, 1_000, 7]), "0k"),
            (customer_size().is_not(0), "9srkMx-"),
            (
                customer_size().is_missing() | customer_size().is_unlisted(),
                "x-",
            ),
        ],
    );
}

#[test]
fn texts_ignore_case_and_white_space() {
    let leads = [
        ('f', lead().attribute("source", " Trade FAIR\t").build()),
        ('s', lead().attribute("source", "STRASSE").build()),
        ('ß', lead().attribute("source", "Straẞe").build()),
        ('k', lead().attribute("source", "\u{212a}elvin").build()),
        ('g', lead().attribute("source", "ΣΊΣΥΦΟΣ").build()),
        (
            '中',
            lead().attribute("source", "\u{3000}展会 上海").build(),
        ),
        ('7', lead().attribute("source", 7).build()),
        (
            'x',
            lead()
                .attribute("source", AttributeValue::tags(["fair"]))
                .build(),
        ),
        ('-', lead().attribute("source", " \u{3000}").build()),
    ];
    table(
        &leads,
        &[
            (text("source").is("trade fair"), "f"),
            (text("source").is("tradefair"), ""),
            (text("source").is("straße"), "ß"),
            (text("source").starts_with("STRA"), "sß"),
            (text("source").is("kelvin"), "k"),
            (text("source").is("σίσυφος"), "g"),
            (text("source").ends_with("ς"), "g"),
            (text("source").contains("DE F"), "f"),
            (text("source").contains("上"), "中"),
            (text("source").starts_with_any(["展", "trade"]), "f中"),
            (text("source").ends_with_any(["E", "fair"]), "fsß"),
            (text("source").contains_any(["zzz", "elv"]), "k"),
            (text("source").is_not("kelvin"), "fsßg中7x-"),
            (text("source").is("7"), "7"),
            (text("source").is_unlisted(), "x"),
            (text("source").is_missing(), "-"),
        ],
    );
}

#[test]
fn numbers_flags_dates_and_tags() {
    let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    let three = Number::new(2.5).unwrap();
    let leads = [
        (
            'a',
            lead()
                .attribute("revenue", three)
                .attribute("vip", true)
                .build(),
        ),
        (
            'b',
            lead()
                .attribute("revenue", " 3e0 ")
                .attribute("vip", "False")
                .build(),
        ),
        (
            'c',
            lead()
                .attribute("revenue", "NaN")
                .attribute("vip", "yes")
                .build(),
        ),
        (
            'd',
            lead()
                .attribute("signed", day(30))
                .attribute("interests", "ERP ")
                .build(),
        ),
        (
            'e',
            lead()
                .attribute("signed", "2026-03-31")
                .attribute("interests", AttributeValue::tags(["crm", " Erp"]))
                .build(),
        ),
        (
            'f',
            lead()
                .attribute("signed", "31.3.")
                .attribute("interests", true)
                .build(),
        ),
    ];
    table(
        &leads,
        &[
            (number("revenue").at_least(three), "ab"),
            (number("revenue").more_than(three), "b"),
            (number("revenue").is_any([3, 4]), "b"),
            (number("revenue").less_than(3), "a"),
            (number("revenue").between(three, 3), "ab"),
            (number("revenue").is_unlisted(), "c"),
            (number("revenue").is_not(3), "acdef"),
            (flag("vip").is_true(), "a"),
            (flag("vip").is_false(), "b"),
            (!flag("vip").is_true(), "bcdef"),
            (flag("vip").is_unlisted(), "c"),
            (date("signed").before(day(31)), "d"),
            (date("signed").after(day(30)), "e"),
            (date("signed").at_least(day(30)), "de"),
            (date("signed").between(day(30), day(31)), "de"),
            (date("signed").is(day(31)), "e"),
            (date("signed").is_unlisted(), "f"),
            (tags("interests").contains_any(["erp", "scm"]), "de"),
            (tags("interests").contains_all(["crm", "erp"]), "e"),
            (tags("interests").contains_all(["erp", "ERP"]), "de"),
            (tags("interests").contains_any(["true"]), "f"),
            (tags("interests").is_unlisted(), ""),
            (tags("interests").is_missing(), "abc"),
        ],
    );
}

#[test]
fn the_first_rule_that_matches_wins() {
    let policy = world()
        .rule(rule("off").enabled(false))
        .rule(rule("shanghai").when(region().is("上海")))
        .rule(rule("east").when(region().within("cn/east")))
        .rule(rule("also-east").when(region().within("cn/east")))
        .build()
        .unwrap();
    for (given, expected) in [
        ("上海", "rule `shanghai`"),
        ("cn/east", "rule `east`"),
        ("us", "the otherwise of the policy"),
    ] {
        assert_eq!(
            answer(&policy, &lead().region(given).build(), NOW),
            expected,
            "{given}"
        );
    }
}

#[test]
fn groups_fall_through_without_an_otherwise() {
    let big = || customer_size().at_least(100);
    let policy = world()
        .rule(
            Group::new("off")
                .enabled(false)
                .rule(rule("in-off"))
                .otherwise(Outcome::to(Target::pool("p"))),
        )
        .rule(
            Group::new("east")
                .when(region().within("cn/east"))
                .rule(
                    Group::new("shanghai")
                        .when(region().is("上海"))
                        .rule(rule("big-shanghai").when(big()))
                        .otherwise(Outcome::to(Target::pool("p"))),
                )
                .rule(rule("big-east").when(big())),
        )
        .rule(
            Group::new("empty")
                .otherwise(Outcome::to(Target::pool("p")))
                .when(region().within("us")),
        )
        .rule(rule("big").when(big()))
        .build()
        .unwrap();
    for (given, size, expected) in [
        ("上海", 100, "rule `big-shanghai`"),
        ("上海", 99, "the otherwise of group `shanghai`"),
        ("cn/east/jiangsu", 100, "rule `big-east`"),
        ("cn/east/jiangsu", 99, "the otherwise of the policy"),
        ("cn/north", 100, "rule `big`"),
        ("us", 100, "the otherwise of group `empty`"),
    ] {
        let lead = lead().region(given).customer_size(size).build();
        assert_eq!(answer(&policy, &lead, NOW), expected, "{given}, {size}");
    }
}

#[test]
fn a_period_includes_its_start_and_excludes_its_end() {
    let at = |moment: &str| -> DateTime<Utc> { moment.parse().unwrap() };
    let (from, until) = (at("2026-03-01T00:00:00Z"), at("2026-03-31T16:00:00Z"));
    let policy = world()
        .rule(rule("march").from(from).until(until))
        .rule(rule("later").from(until))
        .rule(rule("earlier").until(from))
        .build()
        .unwrap();
    for (moment, expected) in [
        ("2026-02-28T23:59:59.999999999Z", "earlier"),
        ("2026-03-01T00:00:00Z", "march"),
        ("2026-03-31T15:59:59.999999999Z", "march"),
        ("2026-03-31T16:00:00Z", "later"),
        ("1900-01-01T00:00:00Z", "earlier"),
        ("2999-01-01T00:00:00Z", "later"),
    ] {
        let answer = answer(&policy, &lead().build(), at(moment));
        assert_eq!(answer, format!("rule `{expected}`"), "{moment}");
    }
    for (moment, expected) in [
        (DateTime::<Utc>::MIN_UTC, "earlier"),
        (DateTime::<Utc>::MAX_UTC, "later"),
    ] {
        assert_eq!(
            answer(&policy, &lead().build(), moment),
            format!("rule `{expected}`")
        );
    }
}

#[test]
fn unmatched_leads_go_to_the_pool_unmatched_by_default() {
    for (otherwise, expected) in [
        (
            None,
            "the otherwise of the policy assigns to pool `unmatched`",
        ),
        (
            Some(Outcome::to(Target::pool("p"))),
            "the otherwise of the policy assigns to pool `p`",
        ),
    ] {
        let draft = world().rule(rule("r").when(region().is("us")));
        let draft = match otherwise {
            Some(outcome) => draft.otherwise(outcome),
            None => draft,
        };
        let tree = DecisionTree::compile(&draft.build().unwrap()).unwrap();
        assert_eq!(tree.decide(&lead().build(), NOW).to_string(), expected);
    }
}

#[test]
fn nan_is_refused() {
    assert!(Number::new(f64::NAN).is_err());
    assert!(AttributeValue::try_from(f64::NAN).is_err());
}
