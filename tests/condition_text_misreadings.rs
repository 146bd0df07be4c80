//! Conditions in text that could be read, but differently from what is meant, are refused.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use leadtree::rule::Condition;

/// The messages for texts with one fault each, without the headline.
fn each(texts: &[&str]) -> String {
    let messages = texts.iter().map(|text| {
        let message = text.parse::<Condition>().unwrap_err().to_string();
        message.lines().skip(1).collect::<Vec<_>>().join("\n")
    });
    messages.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_would_be_read_differently_from_what_is_meant() {
    insta::assert_snapshot!(each(&[
        "customer_size >= 1.000",
        "customer_size in (10.000, 5)",
        "plz in 20000-31999",
        "plz = 20..31",
        "plz starts with (19, 20..31)",
    ]), @"
    line 1, column 18: `1.000` would be read as a number with decimals; write the head count as `1000`
        customer_size >= 1.000
                         ^^^^^
    line 1, column 19: `10.000` would be read as a number with decimals; write the head count as `10000`
        customer_size in (10.000, 5)
                          ^^^^^^
    line 1, column 8: `20000-31999` looks like a range, but is one text; write `between 20000 and 31999` for numbers, list the beginnings of codes after `starts with`, or, if the text itself is meant, put it in quotes: '20000-31999'
        plz in 20000-31999
               ^^^^^^^^^^^
    line 1, column 7: `20..31` looks like a range, but is one text; write `between 20 and 31` for numbers, list the beginnings of codes after `starts with`, or, if the text itself is meant, put it in quotes: '20..31'
        plz = 20..31
              ^^^^^^
    line 1, column 22: `20..31` looks like a range, but is one text; write `between 20 and 31` for numbers, list the beginnings of codes after `starts with`, or, if the text itself is meant, put it in quotes: '20..31'
        plz starts with (19, 20..31)
                             ^^^^^^
    ");
    // A text in quotes is meant, and so are decimals of attributes, dates, and names of dimensions.
    for text in [
        "plz = '20000-31999'",
        "revenue >= 1.000",
        "signed >= 2026-03-31",
        "industry in 10-14",
        "source = a-1",
        "version = 1.2-3",
    ] {
        assert!(text.parse::<Condition>().is_ok(), "{text}");
    }
}
