//! Small sets whose properties are checked by hand.

use chrono::{DateTime, TimeDelta, Utc};
use leadtree::Lead;
use leadtree::dimension::{AttributeKind, StagesDraft, Taxonomy};
use leadtree::policy::{Policy, PolicyDraft};
use leadtree::rule::{
    Condition, Period, Rule, Target, customer_size, flag, funnel_stage, industry, region,
};
use leadtree::space::Space;

const CONDITIONS: [&str; 12] = [
    "region in cn",
    "region in cn/east",
    "region in us",
    "customer_size between 10 and 99",
    "customer_size >= 1000",
    "funnel_stage >= proposal",
    "revenue > 5",
    "revenue <= 2.5",
    "vip = true",
    "signed between 2026-01-01 and 2026-03-31",
    "source in (web, webinar) or source starts with we",
    "source contains fair or interests contains all of (a, b)",
];

fn moment(day: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(day)
}

fn policy() -> Policy {
    let draft = PolicyDraft::new()
        .regions(Taxonomy::draft().paths(["cn/east/shanghai", "cn/east/jiangsu", "cn/north", "us"]))
        .industries(Taxonomy::draft().paths(["energy", "finance"]))
        .funnel_stages(StagesDraft::from_iter(["lost", "new", "proposal", "won"]))
        .attribute("revenue", AttributeKind::Number)
        .attribute("vip", AttributeKind::Flag)
        .attribute("signed", AttributeKind::Date)
        .attribute("source", AttributeKind::Text)
        .attribute("interests", AttributeKind::Tags)
        .pool("p");
    let rules = CONDITIONS.into_iter().enumerate();
    let draft = rules.fold(draft, |draft, (number, text)| {
        let rule = Rule::new(format!("r{number}")).when(text.parse().unwrap());
        draft.rule(rule.assign_to(Target::pool("p")))
    });
    let season = Rule::new("season").from(moment(10)).until(moment(20));
    draft
        .rule(season.assign_to(Target::pool("p")))
        .build()
        .unwrap()
}

#[test]
fn sets_as_conditions() {
    let policy = policy();
    let space = Space::of(&policy);
    let set = |text: &str| space.set(&text.parse::<Condition>().unwrap()).unwrap();
    let cn = set("region in cn");
    let named = [
        ("cn without east", cn.difference(&set("region in cn/east"))),
        ("not cn", cn.complement()),
        ("cn or us", cn.union(&set("region in us"))),
        (
            "middle sizes",
            set("customer_size >= 1000")
                .union(&set("customer_size between 10 and 99"))
                .unwrap()
                .complement(),
        ),
        ("early stages", set("funnel_stage >= proposal").complement()),
        (
            "revenue in between",
            set("revenue > 5")
                .union(&set("revenue <= 2.5"))
                .unwrap()
                .complement(),
        ),
        ("not vip", set("vip = true").complement()),
        (
            "other dates",
            set("signed between 2026-01-01 and 2026-03-31").complement(),
        ),
        (
            "other texts",
            set("source in (web, webinar) or source starts with we").complement(),
        ),
        (
            "we, but not web",
            set("source starts with we").difference(&set("source = web")),
        ),
        ("no fair", set("source contains fair").complement()),
        ("cn, no fair", cn.difference(&set("source contains fair"))),
        (
            "two of three",
            set("region in cn or vip = true or revenue > 5").difference(&set("vip = true")),
        ),
        (
            "overlap",
            set("region in cn and vip = true").union(&set("region in cn and not vip = true")),
        ),
        ("everything", Ok(space.everything())),
        ("nothing", Ok(space.nothing())),
    ];
    let told = named.map(|(name, set)| format!("{name}: {}", set.unwrap().condition().unwrap()));
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn sets_that_depend_on_the_moment() {
    let policy = policy();
    let space = Space::of(&policy);
    let season = Period::new(moment(10), moment(20));
    let during = space.during(season).unwrap();
    let cn = space.set(&region().within("cn")).unwrap();
    let outside = cn.difference(&during).unwrap();
    let told: Vec<String> = outside
        .conditions_of(&policy)
        .unwrap()
        .iter()
        .map(|(period, condition)| {
            let end = |end: Option<DateTime<Utc>>| end.map_or("-".to_owned(), |it| it.to_string());
            format!(
                "{} to {}: {condition}",
                end(period.from()),
                end(period.until())
            )
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    insta::assert_snapshot!(outside.condition().unwrap_err(), @"no condition of the policy denotes this set, because of the moment; ask for an example instead");
    // One period alone is none of always, either.
    assert!(during.condition().is_err());
    let lead = Lead::builder("L-1").region("cn").build();
    for (day, is_in) in [(9, true), (10, false), (19, false), (20, true)] {
        assert_eq!(outside.contains(&lead, moment(day)), is_in, "{day}");
    }
    let example = during.simplest_lead().unwrap().unwrap();
    assert_eq!(example.moment, Some(moment(10)));
    let example = outside.simplest_lead().unwrap().unwrap();
    let at = example.moment.unwrap();
    assert!(!season.contains(at) && outside.contains(&example.lead, at));
    assert!(
        during
            .complement()
            .unwrap()
            .intersection(&during)
            .unwrap()
            .is_empty()
            .unwrap()
    );
    assert!((during.share().unwrap() - 1.0 / 3.0).abs() < 1e-9);
}

#[test]
fn shares_are_products_of_fractions() {
    let policy = policy();
    let space = Space::of(&policy);
    let vip = flag("vip").is_true();
    // Of six nodes, and of `missing` and `unlisted`: cn with its four, shanghai and jiangsu with east.
    for (condition, share) in [
        (Condition::always(), 1.0),
        (region().within("cn"), 5.0 / 8.0),
        (region().within("cn/east"), 3.0 / 8.0),
        (region().is_missing(), 1.0 / 8.0),
        (!region().is_missing(), 7.0 / 8.0),
        (funnel_stage().at_least("proposal"), 2.0 / 6.0),
        (
            region().within("cn") & funnel_stage().at_least("proposal"),
            5.0 / 8.0 / 3.0,
        ),
        // The rules cut sizes into four ranges.
        (customer_size().at_least(1000), 1.0 / 6.0),
        (
            region().within("cn") | funnel_stage().at_least("proposal"),
            5.0 / 8.0 + 3.0 / 8.0 / 3.0,
        ),
        (region().within("us") & region().within("cn"), 0.0),
        // Boxes that overlap are counted once: what is in the second and not in the first is a part
        // outside region, and one inside it and outside sizes.
        (
            region().within("cn") & customer_size().at_least(1000)
                | funnel_stage().at_least("proposal") & vip,
            5.0 / 8.0 / 6.0 + 2.0 / 6.0 / 4.0 * (1.0 - 5.0 / 8.0 / 6.0),
        ),
    ] {
        let found = space.set(&condition).unwrap().share().unwrap();
        assert!(
            (found - share).abs() < 1e-9,
            "{condition}: {found} instead of {share}"
        );
    }
}

#[test]
fn the_simplest_lead_gives_few_values_in_the_words_of_the_policy() {
    let policy = policy();
    let space = Space::of(&policy);
    let told: Vec<String> = [
        "not region in cn",
        "region in cn/east and not region is missing",
        "region in cn and vip = true or funnel_stage >= proposal",
        "region is unlisted and vip is unlisted",
        "customer_size between 10 and 99 and revenue > 5",
        "revenue <= 2.5 and signed between 2026-01-01 and 2026-03-31",
        "source contains fair and interests contains all of (a, b)",
        "not customer_size >= 1000 and not customer_size is missing",
    ]
    .into_iter()
    .map(|text| {
        let set = space.set(&text.parse().unwrap()).unwrap();
        let example = set.simplest_lead().unwrap().unwrap();
        format!(
            "{text}\n  {}",
            serde_json::to_string(&example.lead).unwrap()
        )
    })
    .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn questions_that_are_not_answered_say_why() {
    let policy = policy();
    let space = Space::of(&policy);
    let other = Space::of(&policy);
    let errors = [
        space.set(&region().within("atlantis")).unwrap_err(),
        space.set(&customer_size().at_least(7)).unwrap_err(),
        space.set(&industry().within("energy")).unwrap_err(),
        space.set(&"source = mail".parse().unwrap()).unwrap_err(),
        space
            .set(&"source contains mail".parse().unwrap())
            .unwrap_err(),
        space.during(Period::new(moment(11), None)).unwrap_err(),
        space.everything().union(&other.everything()).unwrap_err(),
        space
            .everything()
            .is_subset(&other.everything())
            .unwrap_err(),
        space
            .set_of(&self::policy(), &region().within("cn"))
            .unwrap_err(),
    ];
    let told = errors.map(|error| error.to_string());
    insta::assert_snapshot!(told.join("\n"));
    // With their cuts added by the builder, they are answered.
    let builder = Space::builder(&policy).period(Period::new(moment(11), None));
    let builder = builder.condition(&customer_size().at_least(7)).unwrap();
    let space = builder
        .condition(&industry().within("energy"))
        .unwrap()
        .build();
    let sizes = space.set(&customer_size().at_least(7)).unwrap();
    let energy = space.set(&industry().within("energy")).unwrap();
    let both = sizes.intersection(&energy).unwrap();
    assert_eq!(
        both.condition().unwrap().to_string(),
        "industry in energy and customer_size >= 7"
    );
    let later = space.during(Period::new(moment(11), None)).unwrap();
    assert_eq!(
        later.simplest_lead().unwrap().unwrap().moment,
        Some(moment(11))
    );
}

#[test]
fn boxes_without_leads_have_no_share() {
    let impossible = "source contains fair and not source contains air";
    let impossible: Condition = impossible.parse().unwrap();
    let space = Space::builder(&policy()).condition(&impossible).unwrap();
    let set = space.build().set(&impossible).unwrap();
    let share = set.share().unwrap();
    assert!(share.abs() < 1e-9, "{share}");
}
