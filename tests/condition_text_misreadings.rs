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
    insta::assert_snapshot!(each(&[
        "postal_code >= 01000",
        "customer_size = 007",
        "revenue between -01.50 and 2",
        "plz in (04109, 01067)",
    ]), @"
    line 1, column 16: `01000` would be read as the number 1000; write 1000 if that is meant, or, for a code, put it in quotes and declare the attribute as `text`: '01000'
        postal_code >= 01000
                       ^^^^^
    line 1, column 17: `007` would be read as the number 7; write 7 if that is meant, or, for a code, put it in quotes and declare the attribute as `text`: '007'
        customer_size = 007
                        ^^^
    line 1, column 17: `-01.50` would be read as the number -1.5; write -1.5 if that is meant, or, for a code, put it in quotes and declare the attribute as `text`: '-01.50'
        revenue between -01.50 and 2
                        ^^^^^^
    line 1, column 9: `04109` would be read as the number 4109; write 4109 if that is meant, or, for a code, put it in quotes and declare the attribute as `text`: '04109'
        plz in (04109, 01067)
                ^^^^^
    ");
    // A text in quotes is meant, and so are decimals of attributes, dates, and names of dimensions.
    for text in [
        "plz = '20000-31999'",
        "plz = '01067'",
        "plz starts with (01, 02)",
        "revenue >= 0 and revenue < 0.5 and revenue > -0.5",
        "industry in 013",
        "signed >= 2026-03-31",
        "industry in 10-14",
        "source = a-1",
        "version = 1.2-3",
    ] {
        assert!(text.parse::<Condition>().is_ok(), "{text}");
    }
}

#[test]
fn a_comment_in_a_condition_of_one_line_would_hide_the_rest() {
    for text in [
        "region = cn # and vip = true",
        "customer_size > 5  # five people and vip = true\n",
        "source = sales #1",
        "region = cn #",
    ] {
        let told = text.parse::<Condition>().unwrap_err().to_string();
        assert!(
            told.contains("`#` begins a comment, which hides the rest of this line"),
            "{told}"
        );
    }
    for text in [
        "region = cn # five\nand vip = true",
        "# ours\nregion = cn",
        "region = 'a # b'",
        "region = C#",
    ] {
        assert!(text.parse::<Condition>().is_ok(), "{text}");
    }
}

#[test]
fn points_between_thousands_are_told_in_both_forms() {
    for text in [
        "revenue >= 1.000",
        "revenue between 1.000 and 12.500",
        "revenue in (1.000, 2)",
    ] {
        let told = text.parse::<Condition>().unwrap_err().to_string();
        assert!(
            told.contains("`1.000` may be 1000 or 1; write 1000 or 1"),
            "{told}"
        );
    }
    for text in [
        "revenue >= 0.500",
        "revenue >= 1.125",
        "revenue = '1.000'",
        "revenue >= 1.5",
    ] {
        assert!(text.parse::<Condition>().is_ok(), "{text}");
    }
}
