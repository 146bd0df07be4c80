//! Spelling variants of a name or text are equal: in policies and in leads, for the tree and for the
//! interpreter.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use chrono::DateTime;
use leadtree::Lead;
use leadtree::dimension::{
    AttributeKind, BandsDraft, Listed, Number, StageDraft, StagesDraft, Taxonomy, Via,
};
use leadtree::lead::{AttributeValue, CustomerSize};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{Condition, Rule, Target, number, tags, text};
use leadtree::tree::{DecisionTree, Interpreter};

/// Pairs of spellings of one name.
const SAME: &[[&str; 2]] = &[
    ["München", "Mu\u{308}nchen"],
    ["CHINA", "ＣＨＩＮＡ"],
    ["O'Brien", "O’Brien"],
    ["O'Brien", "O‘Brien"],
    ["O'Brien", "O\u{b4}Brien"],
    ["O'Brien", "O＇Brien"],
    ["Hawai'i", "Hawaiʻi"],
    ["Rhône-Alpes", "Rhône–Alpes"],
    ["Rhône-Alpes", "Rho\u{302}ne\u{2011}Alpes"],
    ["Rhône-Alpes", "RHÔNE—ALPES"],
    ["Baden-Württemberg", "Baden\u{2212}Württemberg"],
    ["the \"big\" ones", "the „big“ ones"],
    ["the \"big\" ones", "the «big» ones"],
    ["Dienstleistung", "Dienst\u{ad}leistung"],
    ["Dienstleistung", "\u{feff}Dienstleistung"],
    ["Dienstleistung", "Dienst\u{200b}leistung\u{200e}"],
    ["نمایش", "نما\u{200c}یش"],
    ["👩💻", "👩\u{200d}💻"],
    ["❤", "❤\u{fe0f}"],
    ["New York", "New\u{a0}York"],
    ["New York", "New\u{202f}York"],
    ["New York", "new \t york"],
    ["上海 市", "上海\u{3000}市"],
    ["カタカナ", "ｶﾀｶﾅ"],
    ["ガス", "カ\u{3099}ス"],
    ["한국", "한국"],
    ["한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"],
    ["office", "oﬃce"],
    ["№ 1", "No ①"],
    ["Ångström", "\u{212b}ngström"],
    ["ΟΔΟΣ", "οδος"],
    ["groß", "GROẞ"],
    ["Việt Nam", "Vie\u{302}\u{323}t Nam"],
    ["Việt Nam", "Vie\u{323}\u{302}t Nam"],
];

/// Pairs of different names.
const DIFFERENT: &[[&str; 2]] = &[
    ["Köln", "Koln"],
    ["groß", "gross"],
    ["İzmir", "izmir"],
    ["ılıca", "ilica"],
    ["O'Brien", "OBrien"],
    ["Rhône-Alpes", "RhôneAlpes"],
    ["Rhône-Alpes", "Rhône_Alpes"],
    ["Ａ", "Α"],
    ["コー", "コ-"],
];

/// Whether a condition on the attribute `note` holds for a lead with this value of it.
fn holds(condition: &Condition, note: AttributeValue<'_>) -> bool {
    let policy = PolicyDraft::new()
        .attribute("note", AttributeKind::Text)
        .pool("p")
        .rule(
            Rule::new("r")
                .when(condition.clone())
                .assign_to(Target::pool("p")),
        )
        .build()
        .unwrap();
    let lead = Lead::builder("L-1").attribute("note", note).build();
    decides(&policy, &lead)
}

/// Whether rule `r` applies.
fn decides(policy: &Policy, lead: &Lead<'_>) -> bool {
    let now = DateTime::UNIX_EPOCH;
    let tree = DecisionTree::compile(policy).unwrap();
    let decision = tree.decide(lead, now);
    assert_eq!(
        decision,
        Interpreter::new(policy).decide(lead, now),
        "{lead:?}"
    );
    decision.rule().is_some_and(|rule| rule == "r")
}

/// Whether a policy with the name `known` resolves `given` to it: as a path, an alias, a stage, a band's
/// range and a customer size.
fn names_match(known: &str, given: &str) -> [bool; 5] {
    let taxonomy = Taxonomy::draft()
        .path("x")
        .path(known)
        .alias("x", [format!("{known} 2")]);
    let taxonomy = taxonomy.build().unwrap();
    let stages = StagesDraft::from_iter([StageDraft::new("x", ["y"]), known.into()]);
    let bands = BandsDraft::default().band(known, 10..=49).build().unwrap();
    let path = |given: &str, path, via| {
        let found = taxonomy.resolve(given);
        found.via == via
            && found
                .value
                .known()
                .is_some_and(|node| taxonomy.path(node) == path)
    };
    [
        path(given, known, Via::Itself),
        path(&format!("{given}2"), "x", Via::Alias),
        stages
            .build()
            .unwrap()
            .resolve(given)
            .value
            .known()
            .is_some(),
        bands.range(given) == Some(10..=49),
        CustomerSize::from(given).resolve(&bands).value == Listed::Known(10),
    ]
}

#[test]
fn names_are_known_in_any_spelling() {
    for [one, other] in SAME {
        for (known, given) in [(one, other), (other, one), (one, one), (other, other)] {
            assert_eq!(
                names_match(known, given),
                [true; 5],
                "{known:?} by {given:?}"
            );
        }
    }
    for [one, other] in DIFFERENT {
        for (known, given) in [(one, other), (other, one)] {
            assert_eq!(
                names_match(known, given),
                [false; 5],
                "{known:?} by {given:?}"
            );
        }
    }
}

#[test]
fn texts_are_equal_in_any_spelling() {
    let before = |text: &str| format!("<{text}");
    let after = |text: &str| format!("{text}>");
    for (pairs, same) in [(SAME, true), (DIFFERENT, false)] {
        for [one, other] in pairs {
            for (written, given) in [(*one, *other), (*other, *one)] {
                let both = format!("<{given}>");
                for (condition, given) in [
                    (text("note").is(written), given.to_owned()),
                    (text("note").starts_with(before(written)), both.clone()),
                    (text("note").ends_with(after(written)), both.clone()),
                    (
                        text("note").contains(after(&before(written))),
                        format!("x{both}x"),
                    ),
                ] {
                    let held = holds(&condition, AttributeValue::from(&given));
                    assert_eq!(held, same, "{condition} of {given:?}");
                }
                let policy = PolicyDraft::new()
                    .attribute("note", AttributeKind::Tags)
                    .pool("p")
                    .rule(
                        Rule::new("r")
                            .when(tags("note").contains_any([written]))
                            .assign_to(Target::pool("p")),
                    )
                    .build()
                    .unwrap();
                for value in [
                    AttributeValue::from(given),
                    AttributeValue::tags(["x", given]),
                ] {
                    let lead = Lead::builder("L-1").attribute("note", value).build();
                    assert_eq!(decides(&policy, &lead), same, "{written:?}, {given:?}");
                }
            }
        }
    }
}

/// An accent is part of its letter if Unicode has one character for both; otherwise it is a character of
/// its own.
#[test]
fn parts_of_texts_are_whole_letters() {
    let (begins, ends) = (
        |part| text("note").starts_with(part),
        |part| text("note").ends_with(part),
    );
    let has = |part| text("note").contains(part);
    for (condition, given, expected) in [
        (begins("Mü"), "Mu\u{308}nchen", true),
        (begins("Mu\u{308}"), "München", true),
        (begins("Mu"), "München", false),
        (begins("Mu"), "Mu\u{308}nchen", false),
        (has("u"), "Mu\u{308}nchen", false),
        (has("\u{308}"), "München", false),
        (ends("\u{308}"), "Mu\u{308}", false),
        (begins("x"), "x\u{302}y", true),
        (has("\u{302}y"), "x\u{302}y", true),
        (begins("하"), "한국", false),
        (begins("ＰＬＺ 4"), "plz\u{a0}４０２１３", true),
        (begins("o'"), "O’Brien", true),
        (begins("office"), "oﬃce park", true),
        (begins("of"), "oﬃce park", true),
        (ends("– EMEA"), "Sales - emea", true),
        (has("trade fair"), "the Trade\r\n Fair 2026", true),
        (has("ab"), "a b", false),
    ] {
        assert_eq!(
            holds(&condition, given.into()),
            expected,
            "{condition} of {given:?}"
        );
    }
}

#[test]
fn a_number_flag_or_date_where_a_text_is_wanted_is_that_text() {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
    let built = [
        (AttributeValue::from(7), "7"),
        (AttributeValue::try_from(7.0).unwrap(), "7"),
        (AttributeValue::try_from(-0.5).unwrap(), "-0.5"),
        (AttributeValue::try_from(-0.0).unwrap(), "0"),
        (
            AttributeValue::try_from(1e21).unwrap(),
            "1000000000000000000000",
        ),
        (AttributeValue::from(40_213), "40213"),
        (AttributeValue::from(true), "true"),
        (AttributeValue::from(day), "2026-03-31"),
    ];
    let read = [
        ("7", "7"),
        ("7.0", "7"),
        ("7.50", "7.5"),
        ("40213", "40213"),
        ("12345678901234567890", "12345678901234567890"),
        ("-9223372036854775807", "-9223372036854775807"),
        ("9007199254740993", "9007199254740993"),
        ("\"007\"", "007"),
        ("false", "false"),
    ];
    let read = read.map(|(json, text)| (serde_json::from_str(json).unwrap(), text));
    for (value, expected) in built.into_iter().chain(read) {
        let is = text("note").is(expected);
        assert!(holds(&is, value.clone()), "{value:?} is {expected}");
        assert!(
            holds(&text("note").starts_with(&expected[..1]), value.clone()),
            "{value:?}"
        );
        assert!(
            !holds(&text("note").is(format!("{expected}0")), value.clone()),
            "{value:?}"
        );
        assert!(
            !holds(&text("note").is_unlisted(), value.clone()),
            "{value:?}"
        );
    }
    for value in [AttributeValue::Other, AttributeValue::tags(["7"])] {
        assert!(holds(&text("note").is_unlisted(), value));
    }
}

#[test]
fn large_numbers_are_numbers_still() {
    let policy = PolicyDraft::new()
        .attribute("amount", AttributeKind::Number)
        .pool("p")
        .rule(
            Rule::new("r")
                .when(number("amount").at_least(Number::new(1e19).unwrap()))
                .assign_to(Target::pool("p")),
        )
        .build()
        .unwrap();
    for (amount, expected) in [
        ("12345678901234567890", true),
        ("10000000000000000000", true),
        ("9007199254740993", false),
        ("-9007199254740993", false),
    ] {
        let json = format!(r#"{{ "id": "L-1", "attributes": {{ "amount": {amount} }} }}"#);
        let lead: Lead<'_> = serde_json::from_str(&json).unwrap();
        assert_eq!(decides(&policy, &lead), expected, "{amount}");
    }
}

#[test]
fn what_shows_nothing_is_missing() {
    for blank in ["\u{200b}", " \u{feff}\u{a0}\u{200d} ", "\u{ad}", "\u{3164}"] {
        assert!(holds(&text("note").is_missing(), blank.into()), "{blank:?}");
        let taxonomy = Taxonomy::draft().path("x").build().unwrap();
        assert_eq!(taxonomy.resolve(blank).value, Listed::Missing, "{blank:?}");
        let bands = BandsDraft::default().build().unwrap();
        let size = CustomerSize::from(blank).resolve(&bands);
        assert_eq!(size.value, Listed::Missing, "{blank:?}");
    }
}

#[test]
fn a_slash_of_full_width_separates_the_names_of_a_path() {
    let taxonomy = Taxonomy::draft()
        .paths(["cn／east", "us"])
        .alias("ＣＮ／east", ["上海／浦东"]);
    let taxonomy = taxonomy.build().unwrap();
    let paths: Vec<_> = taxonomy.nodes().map(|(_, path)| path).collect();
    assert_eq!(paths, ["cn", "cn/east", "us"]);
    for name in ["cn/east", "CN ／ EAST", "上海/浦东"] {
        let node = taxonomy.resolve(name).value.known().unwrap();
        assert_eq!(taxonomy.path(node), "cn/east", "{name}");
    }
}

/// All faults of a policy with names that differ only in spelling.
#[test]
fn one_name_in_two_spellings_is_listed_twice() {
    let draft: PolicyDraft = serde_json::from_str(
        r#"{
            "regions": {
                "tree": { "München": {}, "Mu\u0308nchen": {}, "\u200b": {}, "R\u2100": {} },
                "paths": ["Rhône-Alpes", "Rhône–Alpes"],
                "rows": [{ "id": "ﬁ" }, { "id": "FI" }, { "id": "x", "name": "a／b" }],
                "aliases": { "München": ["O'Brien"], "Rhône-Alpes": ["O’BRIEN"] }
            },
            "customer_sizes": { "51-200": "51..=200", "51–200": "51..=200" },
            "funnel_stages": ["Köln", "Ko\u0308ln", { "name": "won", "aliases": ["ＫÖＬＮ"] }]
        }"#,
    )
    .unwrap();
    insta::assert_snapshot!(draft.build().unwrap_err());
}

#[test]
fn spellings_are_kept() {
    let policy = PolicyDraft::new()
        .regions(Taxonomy::draft().path("Rhône–Alpes"))
        .attribute("note", AttributeKind::Text)
        .pool("p")
        .rule(
            Rule::new("r")
                .when(text("note").contains("O’Brien  ＆ Co"))
                .assign_to(Target::pool("p")),
        )
        .build()
        .unwrap();
    let written = serde_json::to_string(policy.draft()).unwrap();
    for spelling in ["Rhône–Alpes", "O’Brien  ＆ Co"] {
        assert!(written.contains(spelling), "{written}");
    }
    let tree = DecisionTree::compile(&policy).unwrap();
    let lead = Lead::builder("L-1")
        .region("RHÔNE-ALPES")
        .attribute("note", "O’Brian — Ltd")
        .build();
    let explanation = tree.explain(&lead, DateTime::UNIX_EPOCH);
    insta::assert_snapshot!(explanation.why_not("r").unwrap());
    insta::assert_snapshot!(explanation.facts());
}

/// A million accents on one letter, and a text that grows as much as folding can make it grow.
#[test]
fn hostile_spellings_cost_no_more_than_their_length() {
    let accents = format!("a{}", "\u{301}\u{316}".repeat(500_000));
    let growing = "\u{fdfa}".repeat(300_000);
    let ignored = "\u{200b}".repeat(1_000_000);
    let taxonomy = Taxonomy::draft().path("x").build().unwrap();
    for name in [&accents, &growing] {
        assert_eq!(taxonomy.resolve(name).value, Listed::Unlisted);
        assert!(holds(&text("note").is_unlisted(), name.into()));
    }
    assert_eq!(taxonomy.resolve(&ignored).value, Listed::Missing);
    // As long as a text may be.
    let accents = format!("a{}", "\u{301}".repeat(30_000));
    let parts = format!("á{}", "\u{301}".repeat(29_999));
    assert!(holds(&text("note").is(&*parts), accents.into()));
    let growing = "\u{fdfa}".repeat(20_000);
    assert!(holds(&text("note").ends_with("عليه وسلم"), growing.into()));
}
