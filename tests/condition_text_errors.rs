//! All syntax errors of a condition are reported at once, each below its line.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]
#![allow(clippy::too_many_lines, reason = "messages as tables")]

use leadtree::policy::{LoadError, Policy};
use leadtree::rule::{Condition, ConditionFault};

fn problems(text: &str) -> String {
    match text.parse::<Condition>() {
        Ok(condition) => panic!("{text:?} is good: {condition}"),
        Err(errors) => errors.to_string(),
    }
}

/// The messages for texts with one fault each, without the headline.
fn each(texts: &[&str]) -> String {
    let messages = texts.iter().map(|text| {
        let message = problems(text);
        let one = message.strip_prefix("the condition has 1 problem:\n");
        one.unwrap_or_else(|| panic!("{text:?}: {message}"))
            .to_owned()
    });
    messages.collect::<Vec<_>>().join("\n")
}

#[test]
fn incomplete_tests() {
    insta::assert_snapshot!(each(&[
        "",
        "  # nothing but a comment",
        "region",
        "region in",
        "region cn/east",
        "region inn cn/east",
        "region within cn/east",
        "region contain cn",
        "customer_size at_least 1000",
        "signed before 2026-01-01",
        "interests contains_any (crm)",
        "interests has crm",
        "region is cn",
        "region is mising",
        "customer_size between 10",
        "customer_size between 10 to 49",
        "source starts fair",
        "source not = fair",
        "tags contains any of crm",
        "tags contains all of",
        "= cn",
        "1000 <= customer_size",
        "region in cn and",
        "not",
        "never = x",
    ]), @"
    line 1, column 1: the condition is empty; to match every lead, write `always`
        
        ^
    line 1, column 1: the condition is empty; to match every lead, write `always`
          # nothing but a comment
        ^
    line 1, column 7: expected `in`, `not in`, `=`, `!=`, `is missing` or `is unlisted`, found the end
        region
              ^
    line 1, column 10: expected a value, found the end
        region in
                 ^
    line 1, column 8: expected `in`, `not in`, `=`, `!=`, `is missing` or `is unlisted`, found `cn/east`
        region cn/east
               ^^^^^^^
    line 1, column 8: expected `in`, `not in`, `=`, `!=`, `is missing` or `is unlisted`, found `inn`; did you mean `in`?
        region inn cn/east
               ^^^
    line 1, column 8: write `in` instead of `within`
        region within cn/east
               ^^^^^^
    line 1, column 8: expected `in`, `not in`, `=`, `!=`, `is missing` or `is unlisted`, found `contain`; did you mean `contains`?
        region contain cn
               ^^^^^^^
    line 1, column 15: write `>=` instead of `at_least`
        customer_size at_least 1000
                      ^^^^^^^^
    line 1, column 8: write `<` instead of `before`
        signed before 2026-01-01
               ^^^^^^
    line 1, column 11: write `contains any of` instead of `contains_any`
        interests contains_any (crm)
                  ^^^^^^^^^^^^
    line 1, column 11: expected `=`, `!=`, `<`, `<=`, `>`, `>=`, `between`, `in`, `not in`, `contains`, `contains any of`, `contains all of`, `starts with`, `ends with`, `is missing` or `is unlisted`, found `has`
        interests has crm
                  ^^^
    line 1, column 11: expected `missing` or `unlisted` after `is` (with a value, write `=`), found `cn`
        region is cn
                  ^^
    line 1, column 11: expected `missing` or `unlisted` after `is` (with a value, write `=`), found `mising`; did you mean `missing`?
        region is mising
                  ^^^^^^
    line 1, column 25: expected `and` and the upper end, found the end
        customer_size between 10
                                ^
    line 1, column 26: expected `and` and the upper end, found `to`
        customer_size between 10 to 49
                                 ^^
    line 1, column 15: expected `with`, found `fair`
        source starts fair
                      ^^^^
    line 1, column 12: expected `in`, `between`, `contains`, `starts with` or `ends with` after `not`, found `=`
        source not = fair
                   ^
    line 1, column 22: expected `(` and a list of values, found `crm`
        tags contains any of crm
                             ^^^
    line 1, column 21: expected `(` and a list of values, found the end
        tags contains all of
                            ^
    line 1, column 1: expected a dimension or an attribute, found `=`
        = cn
        ^
    line 1, column 1: expected a dimension or an attribute, found `1000`
        1000 <= customer_size
        ^^^^
    line 1, column 17: expected a dimension or an attribute, found the end
        region in cn and
                        ^
    line 1, column 4: expected a dimension or an attribute, found the end
        not
           ^
    line 1, column 7: expected `and` or `or` before `=` (put a value of several words in quotes)
        never = x
              ^
    ");
}

#[test]
fn invalid_values() {
    insta::assert_snapshot!(each(&[
        "region in and",
        "region = OR",
        "region in (cn, or)",
        "region in (cn, or, us)",
        "region in (cn, or us = 1",
        "region in (cn us)",
        "region in (cn, us",
        "region in (cn,)",
        "region in ((cn))",
        "region in ,",
        "revenue in (1, two)",
        "revenue in (1, 2026-01-01)",
        "revenue between 1 and '2'",
        "revenue between 1 and 2026-01-01",
        "source >= web",
        "source between a and b",
        "customer_size in (small, 50)",
        "signed >= 2026-02-30",
        "signed = 2026-13-01",
        "revenue > 1e999",
        "vip > true",
        "vip in (true, false)",
        "source = 'fair",
        "source = \"fair' and vip = true",
        r"source = 'C:\data'",
        r"source = '\u{d800}'",
        "source = trade fair",
        "customer_size >= 1,000",
        "revenue > ~5",
        "source = O'Brien",
    ]), @r#"
    line 1, column 11: expected a value, found `and`; if the word itself is meant, put it in quotes: 'and'
        region in and
                  ^^^
    line 1, column 10: expected a value, found `OR`; if the word itself is meant, put it in quotes: 'OR'
        region = OR
                 ^^
    line 1, column 16: expected a value, found `or`; if the word itself is meant, put it in quotes: 'or'
        region in (cn, or)
                       ^^
    line 1, column 16: expected a value, found `or`; if the word itself is meant, put it in quotes: 'or'
        region in (cn, or, us)
                       ^^
    line 1, column 16: expected a value, found `or`; if the word itself is meant, put it in quotes: 'or'
        region in (cn, or us = 1
                       ^^
    line 1, column 15: expected `,` or `)` in the list, found `us`
        region in (cn us)
                      ^^
    line 1, column 18: expected `,` or `)` in the list, found the end
        region in (cn, us
                         ^
    line 1, column 15: expected a value, found `)`
        region in (cn,)
                      ^
    line 1, column 12: expected a value, found `(`
        region in ((cn))
                   ^
    line 1, column 11: expected a value, found `,`
        region in ,
                  ^
    line 1, column 16: numbers and texts cannot be mixed; to make a value a text, put it in quotes: 'two'
        revenue in (1, two)
                       ^^^
    line 1, column 16: numbers and dates cannot be mixed; to make a value a text, put it in quotes: '2026-01-01'
        revenue in (1, 2026-01-01)
                       ^^^^^^^^^^
    line 1, column 23: numbers and texts cannot be mixed; to make a value a text, put it in quotes: '2'
        revenue between 1 and '2'
                              ^^^
    line 1, column 23: numbers and dates cannot be mixed; to make a value a text, put it in quotes: '2026-01-01'
        revenue between 1 and 2026-01-01
                              ^^^^^^^^^^
    line 1, column 11: texts have no order; `web` must be a number or a date (2026-03-31)
        source >= web
                  ^^^
    line 1, column 16: texts have no order; `a` must be a number or a date (2026-03-31)
        source between a and b
                       ^
    line 1, column 26: texts and numbers cannot be mixed; to make a value a text, put it in quotes: '50'
        customer_size in (small, 50)
                                 ^^
    line 1, column 11: the date 2026-02-30 does not exist; if a text is meant, put it in quotes: '2026-02-30'
        signed >= 2026-02-30
                  ^^^^^^^^^^
    line 1, column 10: the date 2026-13-01 does not exist; if a text is meant, put it in quotes: '2026-13-01'
        signed = 2026-13-01
                 ^^^^^^^^^^
    line 1, column 11: the number 1e999 is too large; if a text is meant, put it in quotes: '1e999'
        revenue > 1e999
                  ^^^^^
    line 1, column 7: `true` is a flag; compare it by `=` or `!=`, or, if a text is meant, put it in quotes: 'true'
        vip > true
              ^^^^
    line 1, column 9: `true` is a flag; compare it by `=` or `!=`, or, if a text is meant, put it in quotes: 'true'
        vip in (true, false)
                ^^^^
    line 1, column 10: this quote is not closed; end the text with '
        source = 'fair
                 ^
    line 1, column 10: this quote is not closed; end the text with "
        source = "fair' and vip = true
                 ^
    line 1, column 13: `\d` is not an escape; write \\ for a backslash, or one of \n \r \t \0 \' \" \u{4e0a}
        source = 'C:\data'
                    ^^
    line 1, column 11: `\u{d800}` is not an escape; write \\ for a backslash, or one of \n \r \t \0 \' \" \u{4e0a}
        source = '\u{d800}'
                  ^^^^^^^^
    line 1, column 16: expected `and` or `or` before `fair` (put a value of several words in quotes)
        source = trade fair
                       ^^^^
    line 1, column 19: a `,` outside a list; put lists in parentheses, and write numbers without separators
        customer_size >= 1,000
                          ^
    line 1, column 11: expected a value, found `~`
        revenue > ~5
                  ^
    line 1, column 11: expected `and` or `or` before `'Brien` (put a value of several words in quotes)
        source = O'Brien
                  ^^^^^^
    "#);
}

#[test]
fn missing_connectives() {
    insta::assert_snapshot!(each(&[
        "region in cn industry in energy",
        "region in cn andd industry in energy",
        "region in cn (industry in energy)",
        "region in cn and and industry in energy",
        "region in cn and or industry in energy",
        "(region in cn",
        "region in cn)",
        "region in cn and )",
        "()",
        "region in cn) and (industry in energy)",
    ]), @"
    line 1, column 14: expected `and` or `or` before `industry` (put a value of several words in quotes)
        region in cn industry in energy
                     ^^^^^^^^
    line 1, column 14: expected `and` or `or` before `andd` (put a value of several words in quotes); did you mean `and`?
        region in cn andd industry in energy
                     ^^^^
    line 1, column 14: expected `and` or `or` before `(` (put a value of several words in quotes)
        region in cn (industry in energy)
                     ^
    line 1, column 18: expected a dimension or an attribute, found `and`; if the word itself is meant, put it in quotes: 'and'
        region in cn and and industry in energy
                         ^^^
    line 1, column 18: expected a dimension or an attribute, found `or`; if the word itself is meant, put it in quotes: 'or'
        region in cn and or industry in energy
                         ^^
    line 1, column 1: this `(` has no `)`; add it
        (region in cn
        ^
    line 1, column 13: this `)` has no `(`; remove it, or add the `(`
        region in cn)
                    ^
    line 1, column 18: expected a dimension or an attribute, found `)`
        region in cn and )
                         ^
    line 1, column 2: expected a dimension or an attribute, found `)`
        ()
         ^
    line 1, column 13: this `)` has no `(`; remove it, or add the `(`
        region in cn) and (industry in energy)
                    ^
    ");
}

#[test]
fn operators_of_other_languages() {
    insta::assert_snapshot!(each(&[
        "region == cn",
        "region <> cn",
        "customer_size => 1000",
        "customer_size ≥ 1000",
        "region in cn && vip = true",
        "region in cn | vip = true",
        "!(region in cn)",
        "region in （cn)",
        "region in (华东，华南)",
        "region in (华东、华南)",
        "source ＝ 展会",
        "source = “trade fair”",
    ]), @"
    line 1, column 8: write `=` instead of `==`
        region == cn
               ^^
    line 1, column 8: write `!=` instead of `<>`
        region <> cn
               ^^
    line 1, column 15: write `>=` instead of `=>`
        customer_size => 1000
                      ^^
    line 1, column 15: write `>=` instead of `≥`
        customer_size ≥ 1000
                      ^
    line 1, column 14: write `and` instead of `&&`
        region in cn && vip = true
                     ^^
    line 1, column 14: write `or` instead of `|`
        region in cn | vip = true
                     ^
    line 1, column 1: write `not` instead of `!`
        !(region in cn)
        ^
    line 1, column 11: write `(` instead of `（`
        region in （cn)
                  ^^
    line 1, column 14: write `,` instead of `，`
        region in (华东，华南)
                       ^^
    line 1, column 14: write `,` instead of `、`
        region in (华东、华南)
                       ^^
    line 1, column 8: write `=` instead of `＝`
        source ＝ 展会
               ^^
    line 1, column 10: write `'` instead of `“`
        source = “trade fair”
                 ^
    ");
}

#[test]
fn all_faults_come_at_once() {
    insta::assert_snapshot!(problems(
        "region inn cn/east              # a comment
and (industry in (energy, retail
     or customer_size => 1,000)
and not tags contains any of competitor
and 行业来源 是 展会 and vip"
    ), @"
    the condition has 7 problems:
      line 1, column 8: expected `in`, `not in`, `=`, `!=`, `is missing` or `is unlisted`, found `inn`; did you mean `in`?
          region inn cn/east              # a comment
                 ^^^
      line 3, column 6: expected `,` or `)` in the list, found `or`
               or customer_size => 1,000)
               ^^
      line 3, column 23: write `>=` instead of `=>`
               or customer_size => 1,000)
                                ^^
      line 3, column 27: a `,` outside a list; put lists in parentheses, and write numbers without separators
               or customer_size => 1,000)
                                    ^
      line 4, column 30: expected `(` and a list of values, found `competitor`
          and not tags contains any of competitor
                                       ^^^^^^^^^^
      line 5, column 10: expected `=`, `!=`, `<`, `<=`, `>`, `>=`, `between`, `in`, `not in`, `contains`, `contains any of`, `contains all of`, `starts with`, `ends with`, `is missing` or `is unlisted`, found `是`
          and 行业来源 是 展会 and vip
                       ^^
      line 5, column 22: expected `=`, `!=`, `<`, `<=`, `>`, `>=`, `between`, `in`, `not in`, `contains`, `contains any of`, `contains all of`, `starts with`, `ends with`, `is missing` or `is unlisted`, found the end
          and 行业来源 是 展会 and vip
                                      ^
    ");
}

#[test]
fn long_lines_are_truncated() {
    let list = "region in (".to_owned()
        + &"shanghai, ".repeat(30)
        + "and, "
        + &"上海, ".repeat(30)
        + "us)";
    insta::assert_snapshot!(problems(&list), @"
    the condition has 1 problem:
      line 1, column 312: expected a value, found `and`; if the word itself is meant, put it in quotes: 'and'
          …shanghai, shanghai, shanghai, shanghai, and, 上海, 上海, 上海, 上海, 上海, 上海, 上…
                                                   ^^^
    ");
    let word = "x".repeat(500) + " y";
    insta::assert_snapshot!(problems(&word), @"
    the condition has 1 problem:
      line 1, column 502: expected `=`, `!=`, `<`, `<=`, `>`, `>=`, `between`, `in`, `not in`, `contains`, `contains any of`, `contains all of`, `starts with`, `ends with`, `is missing` or `is unlisted`, found `y`
          …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx y
                                                   ^
    ");
    insta::assert_snapshot!(problems("\u{7}region\tinn\u{1b}[31m cn\r\n and x"), @"
    the condition has 2 problems:
      line 1, column 1: expected a dimension or an attribute, found `�`
          �region inn�[31m cn
          ^
      line 2, column 7: expected `=`, `!=`, `<`, `<=`, `>`, `>=`, `between`, `in`, `not in`, `contains`, `contains any of`, `contains all of`, `starts with`, `ends with`, `is missing` or `is unlisted`, found the end
           and x
                ^
    ");
}

#[test]
fn faults_have_spans_lines_and_columns() {
    let text = "region in 华东\n  and 行业 inn (a)\n  and (x = 1";
    let errors = text.parse::<Condition>().unwrap_err();
    let found: Vec<_> = errors
        .faults()
        .iter()
        .map(|fault| (fault.line(), fault.column(), &text[fault.span()]))
        .collect();
    assert_eq!(found, [(2, 10, "inn"), (3, 7, "(")]);
    assert!(matches!(
        errors.faults()[1].fault(),
        ConditionFault::OpenParenthesis
    ));
    let end = "region in cn and  \n".parse::<Condition>().unwrap_err();
    assert_eq!(end.faults()[0].span(), 16..16);
    assert_eq!((end.faults()[0].line(), end.faults()[0].column()), (1, 17));
}

fn load(rules: &str) -> String {
    let text = format!(
        r#"{{
  "regions": {{ "tree": {{ "cn": {{ "east": {{}} }} }} }},
  "teams": [{{ "id": "east", "members": ["m-01"] }}],
  "rules": [{rules}]
}}"#
    );
    match Policy::load(&mut serde_json::Deserializer::from_str(&text)) {
        Err(error @ LoadError::Policy(_)) => error.to_string(),
        Err(error) => format!("format: {error}"),
        Ok(_) => panic!("a good policy: {text}"),
    }
}

#[test]
fn a_policy_reports_them_with_its_other_faults() {
    insta::assert_snapshot!(load(r#"
        { "id": "a", "when": "region inn cn and (vip = true", "assign_to": "aest" },
        { "id": "b", "when": { "all": [{ "region": { "within": "us" } }, "not", "region in cn"] },
          "assign_to": "east" },
        { "group": "c", "when": "region in cn/eats and customer_size >= small",
          "rules": [{ "id": "d", "when": "source == web", "assign_to": "east" }] }
    "#), @"
    the policy has 8 problems:
      rules[0].when: line 1, column 8: expected `in`, `not in`, `=`, `!=`, `is missing` or `is unlisted`, found `inn`; did you mean `in`?
          region inn cn and (vip = true
                 ^^^
      rules[0].when: line 1, column 19: this `(` has no `)`; add it
          region inn cn and (vip = true
                            ^
      rules[0].assign_to.team: unknown team `aest`; did you mean `east`?
      rules[1].when.all[0].region.within: unknown region `us`
      rules[1].when.all[1]: line 1, column 4: expected a dimension or an attribute, found the end
          not
             ^
      rules[2].when.all[0].region.within: unknown region `cn/eats`; did you mean `cn/east`?
      rules[2].when.all[1].customer_size.at_least: customer_size is a head count, but this value is not; its operators are `=`, `<`, `<=`, `>`, `>=`, `between`, `in` (also of a band), `is missing`, `is unlisted`
      rules[2].rules[0].when: line 1, column 8: write `=` instead of `==`
          source == web
                 ^^
    ");
}

#[test]
fn neither_text_nor_map() {
    insta::assert_snapshot!(load(r#"{ "id": "a", "when": 7, "assign_to": "east" }"#), @"
    the policy has 1 problem:
      rules[0].when: expected a condition: a text such as `region in cn`, or a map with one of `all`, `any`, `not`, a dimension or an attribute, found the number 7
    ");
    insta::assert_snapshot!(load(r#"{ "id": "a", "when": { "region": { "band": "cn" } }, "assign_to": "east" }"#), @"
    the policy has 1 problem:
      rules[0].when.region: only `customer_size` has bands
    ");
    insta::assert_snapshot!(
        serde_json::from_str::<Condition>(r#"{ "not": "region inn cn" }"#).unwrap_err(), @"
    the condition has 1 problem:
      line 1, column 8: expected `in`, `not in`, `=`, `!=`, `is missing` or `is unlisted`, found `inn`; did you mean `in`?
          region inn cn
                 ^^^
    ");
}

#[test]
fn reading_stops_after_twenty_faults() {
    let errors = "x and ".repeat(100_000).parse::<Condition>().unwrap_err();
    assert_eq!(errors.faults().len(), 20);
}
