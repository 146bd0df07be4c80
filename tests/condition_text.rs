//! What conditions as text mean, compared with the typed rule language.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use chrono::NaiveDate;
use leadtree::dimension::Number;
use leadtree::rule::{
    Condition, all, any, customer_size, date, flag, funnel_stage, industry, lifecycle_stage, not,
    number, product_line, region, tags, text,
};

fn read(text: &str) -> Condition {
    text.parse()
        .unwrap_or_else(|errors| panic!("{text:?}: {errors}"))
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn decimal(value: f64) -> Number {
    Number::new(value).unwrap()
}

/// Text, the condition it means, and how that is written (like the text if empty).
fn check(cases: impl IntoIterator<Item = (&'static str, Condition, &'static str)>) {
    for (given, meant, written) in cases {
        let condition = read(given);
        assert_eq!(condition, meant, "{given}");
        let written = if written.is_empty() { given } else { written };
        assert_eq!(condition.to_string(), written, "{given}");
        assert_eq!(read(written), meant, "{written}");
    }
}

#[test]
fn taxonomies() {
    check([
        ("region in cn/east", region().within("cn/east"), ""),
        ("region in (cn, us)", region().within_any(["cn", "us"]), ""),
        ("region in (cn)", region().within("cn"), "region in cn"),
        ("region = cn", region().is("cn"), ""),
        ("region = (cn, us)", region().is_any(["cn", "us"]), ""),
        ("region != cn", region().is_not("cn"), ""),
        ("region != (cn, us)", !region().is_any(["cn", "us"]), ""),
        ("region not in cn", region().not_within("cn"), ""),
        (
            "not region in cn",
            region().not_within("cn"),
            "region not in cn",
        ),
        ("region in 华东/上海", region().within("华东/上海"), ""),
        (
            "region in (华东, Île-de-France)",
            region().within_any(["华东", "Île-de-France"]),
            "",
        ),
        ("region in 'New York'", region().within("New York"), ""),
        (
            "region in \"New York\"",
            region().within("New York"),
            "region in 'New York'",
        ),
        ("region is missing", region().is_missing(), ""),
        ("region is unlisted", region().is_unlisted(), ""),
        (
            "region is not missing",
            !region().is_missing(),
            "not region is missing",
        ),
        ("region in ()", region().within_any([""; 0]), ""),
        // Taxonomy values are names, even if they look like numbers.
        (
            "industry in 13",
            industry().within("13"),
            "industry in '13'",
        ),
        (
            "industry = (13, 007)",
            industry().is_any(["13", "007"]),
            "industry = ('13', '007')",
        ),
        (
            "industry in 2026-03-31",
            industry().within("2026-03-31"),
            "industry in '2026-03-31'",
        ),
        (
            "product_line = true",
            product_line().is("true"),
            "product_line = 'true'",
        ),
        (
            "product_line in (C++, C#)",
            product_line().within_any(["C++", "C#"]),
            "",
        ),
        (
            "product_line in 3com/routers",
            product_line().within("3com/routers"),
            "product_line in '3com/routers'",
        ),
        // A name like a keyword (India), and a quoted keyword.
        ("region in IN", region().within("IN"), "region in 'IN'"),
        ("region = 'OR'", region().is("OR"), ""),
        (
            "region in (_x, a.b, a-b)",
            region().within_any(["_x", "a.b", "a-b"]),
            "",
        ),
    ]);
}

#[test]
fn stages() {
    check([
        ("funnel_stage = proposal", funnel_stage().is("proposal"), ""),
        (
            "funnel_stage != proposal",
            funnel_stage().is_not("proposal"),
            "",
        ),
        (
            "funnel_stage in (won, lost)",
            funnel_stage().is_any(["won", "lost"]),
            "",
        ),
        (
            "funnel_stage in won",
            funnel_stage().is("won"),
            "funnel_stage = won",
        ),
        (
            "funnel_stage = (won, lost)",
            funnel_stage().is_any(["won", "lost"]),
            "funnel_stage in (won, lost)",
        ),
        (
            "funnel_stage not in (won, lost)",
            !funnel_stage().is_any(["won", "lost"]),
            "",
        ),
        (
            "funnel_stage < proposal",
            funnel_stage().before("proposal"),
            "",
        ),
        (
            "funnel_stage <= proposal",
            funnel_stage().at_most("proposal"),
            "",
        ),
        (
            "lifecycle_stage >= mql",
            lifecycle_stage().at_least("mql"),
            "",
        ),
        ("lifecycle_stage > mql", lifecycle_stage().after("mql"), ""),
        (
            "lifecycle_stage between mql and sql",
            lifecycle_stage().between("mql", "sql"),
            "",
        ),
        (
            "lifecycle_stage not between mql and sql",
            !lifecycle_stage().between("mql", "sql"),
            "not lifecycle_stage between mql and sql",
        ),
        (
            "lifecycle_stage between 'a' and 'b' and region = c",
            lifecycle_stage().between("a", "b") & region().is("c"),
            "lifecycle_stage between a and b and region = c",
        ),
        ("funnel_stage is unlisted", funnel_stage().is_unlisted(), ""),
    ]);
}

#[test]
fn customer_sizes() {
    check([
        (
            "customer_size in small",
            customer_size().in_band("small"),
            "",
        ),
        (
            "customer_size = small",
            customer_size().in_band("small"),
            "customer_size in small",
        ),
        (
            "customer_size in (small, large)",
            customer_size().in_any_band(["small", "large"]),
            "",
        ),
        (
            "customer_size not in small",
            !customer_size().in_band("small"),
            "",
        ),
        ("customer_size = 7", customer_size().is(7), ""),
        ("customer_size != 7", customer_size().is_not(7), ""),
        (
            "customer_size in (1, 2)",
            customer_size().is_any([1, 2]),
            "",
        ),
        ("customer_size < 10", customer_size().less_than(10), ""),
        ("customer_size <= 10", customer_size().at_most(10), ""),
        (
            "customer_size>=1000",
            customer_size().at_least(1000),
            "customer_size >= 1000",
        ),
        (
            "customer_size > 1e3",
            customer_size().more_than(1000),
            "customer_size > 1000",
        ),
        (
            "customer_size between 10 and 49",
            customer_size().between(10, 49),
            "",
        ),
        ("customer_size in '10'", customer_size().in_band("10"), ""),
        ("customer_size is missing", customer_size().is_missing(), ""),
        ("customer_size in ()", customer_size().is_any([]), ""),
    ]);
}

#[test]
fn texts() {
    check([
        ("source = fair", text("source").is("fair"), ""),
        ("source = '1000'", text("source").is("1000"), ""),
        ("source = 1000", number("source").is(1000), ""),
        (
            "source in (web, 'trade fair')",
            text("source").is_any(["web", "trade fair"]),
            "",
        ),
        ("source != web", text("source").is_not("web"), ""),
        ("source contains fair", text("source").contains("fair"), ""),
        (
            "source contains (fair, expo)",
            text("source").contains_any(["fair", "expo"]),
            "",
        ),
        (
            "source contains any",
            text("source").contains("any"),
            "source contains 'any'",
        ),
        (
            "source not contains fair",
            !text("source").contains("fair"),
            "not source contains fair",
        ),
        (
            "zip starts with 40",
            text("zip").starts_with("40"),
            "zip starts with '40'",
        ),
        (
            "zip starts with (40, 41)",
            text("zip").starts_with_any(["40", "41"]),
            "zip starts with ('40', '41')",
        ),
        (
            "mail ends with '@acme.example'",
            text("mail").ends_with("@acme.example"),
            "",
        ),
        (
            "mail ends with (.cn, .hk)",
            text("mail").ends_with_any([".cn", ".hk"]),
            "mail ends with ('.cn', '.hk')",
        ),
    ]);
}

#[test]
fn numbers_flags_tags_and_dates() {
    check([
        (
            "revenue > 1.5",
            number("revenue").more_than(decimal(1.5)),
            "",
        ),
        (
            "revenue between -5 and +5",
            number("revenue").between(-5, 5),
            "revenue between -5 and 5",
        ),
        (
            "revenue < 1e-300",
            number("revenue").less_than(decimal(1e-300)),
            "",
        ),
        (
            "revenue in (1, 2.5)",
            number("revenue").is_any([decimal(1.0), decimal(2.5)]),
            "",
        ),
        (
            "revenue not in (1, 2)",
            !number("revenue").is_any([1, 2]),
            "",
        ),
        ("vip = true", flag("vip").is_true(), ""),
        ("vip = FALSE", flag("vip").is_false(), "vip = false"),
        ("vip != true", !flag("vip").is_true(), ""),
        ("not vip = true", !flag("vip").is_true(), "vip != true"),
        ("vip = 'true'", text("vip").is("true"), ""),
        (
            "tags contains any of (crm, 2026)",
            tags("tags").contains_any(["crm", "2026"]),
            "tags contains any of (crm, '2026')",
        ),
        (
            "tags contains all of (crm)",
            tags("tags").contains_all(["crm"]),
            "",
        ),
        (
            "tags not contains all of (crm)",
            !tags("tags").contains_all(["crm"]),
            "not tags contains all of (crm)",
        ),
        (
            "since >= 2026-01-01",
            date("since").at_least(day(2026, 1, 1)),
            "",
        ),
        ("since = 2026-01-01", date("since").is(day(2026, 1, 1)), ""),
        (
            "since in (2026-01-01, 2026-02-28)",
            date("since").is_any([day(2026, 1, 1), day(2026, 2, 28)]),
            "",
        ),
        (
            "since between 2026-01-01 and 2026-01-31",
            date("since").between(day(2026, 1, 1), day(2026, 1, 31)),
            "",
        ),
        (
            "since < +12026-01-01",
            date("since").before(day(12026, 1, 1)),
            "",
        ),
        ("since = '2026-01-01'", text("since").is("2026-01-01"), ""),
        ("行业来源 = 展会", text("行业来源").is("展会"), ""),
        ("'two words' = x", text("two words").is("x"), ""),
        ("'region' = x", text("region").is("x"), ""),
        ("'and' is missing", text("and").is_missing(), ""),
        ("'' = ''", text("").is(""), ""),
        ("x in ()", text("x").is_any([""; 0]), ""),
    ]);
}

#[test]
fn quotes_and_escapes() {
    let source = || text("source");
    check([
        (r"source = 'O\'Brien'", source().is("O'Brien"), ""),
        (
            r#"source = "O'Brien""#,
            source().is("O'Brien"),
            r"source = 'O\'Brien'",
        ),
        (
            r#"source = "say \"yes\"""#,
            source().is(r#"say "yes""#),
            r#"source = 'say \"yes\"'"#,
        ),
        (r"source = 'a\\b'", source().is(r"a\b"), ""),
        (r"source = 'a\nb\tc\rd\0'", source().is("a\nb\tc\rd\0"), ""),
        ("source = 'a\nb'", source().is("a\nb"), r"source = 'a\nb'"),
        (
            r"source = '\u{4e0a}\u{6d77}'",
            source().is("上海"),
            "source = 上海",
        ),
        (r"source = '\u{202e}x'", source().is("\u{202e}x"), ""),
        ("source = '# no comment'", source().is("# no comment"), ""),
        ("source = 'a) or (b'", source().is("a) or (b"), ""),
        ("source = '🏭'", source().is("🏭"), ""),
    ]);
}

#[test]
fn and_or_not() {
    let a = || region().within("a");
    let b = || industry().within("b");
    let c = || product_line().within("c");
    let d = || flag("d").is_true();
    check([
        ("always", Condition::always(), ""),
        ("never", any([]), ""),
        ("not always", not(Condition::always()), ""),
        ("region in a and industry in b", a() & b(), ""),
        ("region in a or industry in b", a() | b(), ""),
        (
            "region in a or industry in b and product_line in c",
            a() | (b() & c()),
            "",
        ),
        (
            "region in a and industry in b or product_line in c",
            (a() & b()) | c(),
            "",
        ),
        (
            "region in a and (industry in b or product_line in c)",
            a() & (b() | c()),
            "",
        ),
        (
            "(region in a and industry in b) and product_line in c",
            all([a(), b(), c()]),
            "region in a and industry in b and product_line in c",
        ),
        (
            "region in a or (industry in b or product_line in c)",
            any([a(), b(), c()]),
            "region in a or industry in b or product_line in c",
        ),
        (
            "not region in a and industry in b",
            !a() & b(),
            "region not in a and industry in b",
        ),
        ("not (region in a and industry in b)", !(a() & b()), ""),
        ("not (region in a)", !a(), "region not in a"),
        ("not not region in a", a(), "region in a"),
        (
            "not (not (region in a or d = true))",
            a() | d(),
            "region in a or d = true",
        ),
        ("not d != true", d(), "d = true"),
        ("(((region in a)))", a(), "region in a"),
        (
            "not (region in a or not (industry in b and product_line in c))",
            !(a() | !(b() & c())),
            "",
        ),
        ("never or region in a", any([any([]), a()]), "region in a"),
        ("never and region in a", any([]) & a(), ""),
    ]);
}

#[test]
fn case_blanks_and_comments() {
    check([
        (
            "region IN cn AND NOT vip = TRUE",
            region().within("cn") & !flag("vip").is_true(),
            "region in cn and vip != true",
        ),
        ("Region = x", text("Region").is("x"), ""),
        (
            "  region\tin\u{3000}cn\r\n",
            region().within("cn"),
            "region in cn",
        ),
        (
            "region in(cn,us)and(vip=true)",
            region().within_any(["cn", "us"]) & flag("vip").is_true(),
            "region in (cn, us) and vip = true",
        ),
        (
            "# Ours.\nregion in (   # two\n  cn, # China\n  us  # and\n) # more\nand vip = true #",
            region().within_any(["cn", "us"]) & flag("vip").is_true(),
            "region in (cn, us) and vip = true",
        ),
        ("region = a#b", region().is("a#b"), ""),
    ]);
}

/// The structured form describes the same conditions: equal text means equal conditions.
#[test]
fn structured_tests_have_the_shape_of_their_text() {
    for (structured, written) in [
        (
            r#"{ "region": { "within": ["cn", "us"] } }"#,
            "region in (cn, us)",
        ),
        (r#"{ "industry": { "is": 13 } }"#, "industry = '13'"),
        (
            r#"{ "industry": { "is": [13, 14.5] } }"#,
            "industry = ('13', '14.5')",
        ),
        (r#"{ "region": { "is": true } }"#, "region = 'true'"),
        (
            r#"{ "region": { "on": "2026-01-01" } }"#,
            "region = '2026-01-01'",
        ),
        (
            r#"{ "funnel_stage": { "within": ["won", "lost"] } }"#,
            "funnel_stage in (won, lost)",
        ),
        (
            r#"{ "funnel_stage": { "at_least": 5 } }"#,
            "funnel_stage >= '5'",
        ),
        (
            r#"{ "customer_size": { "is": "small" } }"#,
            "customer_size in small",
        ),
        (
            r#"{ "customer_size": { "within": "small" } }"#,
            "customer_size in small",
        ),
        (
            r#"{ "customer_size": { "is": [] } }"#,
            "customer_size in ()",
        ),
        (
            r#"{ "customer_size": { "at_least": "small" } }"#,
            "customer_size >= small",
        ),
        (r#"{ "source": { "within": "web" } }"#, "source = web"),
        (r#"{ "source": { "on": [] } }"#, "source in ()"),
        (
            r#"{ "all": ["region in cn", { "not": "vip = true or x = y" }] }"#,
            "region in cn and not (vip = true or x = y)",
        ),
        (r#""region in cn""#, "region in cn"),
    ] {
        let condition: Condition = serde_json::from_str(structured)
            .unwrap_or_else(|error| panic!("{structured}: {error}"));
        assert_eq!(condition.to_string(), written, "{structured}");
        assert_eq!(read(written), condition, "{structured}");
    }
}
