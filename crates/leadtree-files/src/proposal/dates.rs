//! Which format the dates of a column have.

use leadtree::policy::Policy;

use super::sample::Column;
use crate::value::{DateFormat, Moments};

/// The first year that two digits mean in a proposal.
pub(super) const FIRST_YEAR: i32 = 1970;

/// What stands first in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    Day,
    Month,
    /// Told by the format itself: points, names of months.
    Told,
}

/// The formats that are tried, beside those of ISO 8601. A time behind the date is read with each of them.
const FORMATS: [(&str, First); 16] = [
    ("%d.%m.%Y", First::Told),
    ("%d/%m/%Y", First::Day),
    ("%m/%d/%Y", First::Month),
    ("%d-%m-%Y", First::Day),
    ("%m-%d-%Y", First::Month),
    ("%b %d, %Y", First::Told),
    ("%d %b %Y", First::Told),
    ("%d. %b %Y", First::Told),
    ("%d-%b-%Y", First::Told),
    ("%Y%m%d", First::Told),
    ("%d.%m.%y", First::Told),
    ("%d/%m/%y", First::Day),
    ("%m/%d/%y", First::Month),
    ("%d-%b-%y", First::Told),
    ("%d %b %y", First::Told),
    ("%s", First::Told),
];

/// The format of ISO 8601, where a column has others as well.
const ISO: &str = "%Y-%m-%d";

/// The dates of a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dates {
    /// In the notation of `strftime`; none for ISO 8601. Of two orders that both fit, day first.
    pub(super) formats: Vec<&'static str>,
    /// Whether the order of day and month cannot be told from the column: no day is beyond 12.
    pub(super) is_open: bool,
    pub(super) first: First,
    /// How many texts are dates.
    pub(super) read: usize,
}

/// Reads texts by one format; none reads those of ISO 8601.
pub(super) fn moments(formats: &[&str], policy: &Policy) -> Moments {
    let formats = formats
        .iter()
        .filter_map(|format| DateFormat::new(format, Some(FIRST_YEAR)).ok());
    Moments::new(formats.collect(), policy.time_zone())
}

impl Dates {
    /// The dates of a column; none if less than half of its texts are dates.
    pub(super) fn of(column: &Column, policy: &Policy) -> Option<Self> {
        let given = column.given();
        let count = |formats: &[&str]| -> usize {
            let moments = moments(formats, policy);
            let read = column
                .values
                .iter()
                .filter(|(text, _)| moments.day(text).is_some());
            read.map(|(_, count)| count).sum()
        };
        let is_enough = |read: usize| read > 0 && read * 2 >= given;
        let in_iso = count(&[]);
        if is_enough(in_iso) && in_iso * 10 >= given * 9 {
            return Some(Self {
                formats: Vec::new(),
                is_open: false,
                first: First::Told,
                read: in_iso,
            });
        }
        let is_stamp = |format: &str| {
            let mut texts = column.values.iter().map(|(text, _)| text);
            format != "%s" || texts.all(|text| matches!(text.len(), 10 | 13))
        };
        let tried = FORMATS.iter().filter(|(format, _)| is_stamp(format));
        let tried = tried.map(|(format, first)| (*format, *first, count(&[format])));
        let tried: Vec<_> = tried.collect();
        // Of equals the first.
        let best = tried.iter().rev().max_by_key(|(_, _, read)| *read)?;
        let (format, first, read) = *best;
        if !is_enough(read) {
            return (is_enough(in_iso)).then_some(Self {
                formats: Vec::new(),
                is_open: false,
                first: First::Told,
                read: in_iso,
            });
        }
        let mut rivals = tried.iter().filter(|(other, order, others)| {
            *other != format && *others == read && *order != First::Told && first != First::Told
        });
        let is_open = rivals.next().is_some();
        let mut formats = vec![format];
        let with_iso = count(&[format, ISO]);
        if with_iso > read {
            formats.push(ISO);
        }
        Some(Self {
            formats,
            is_open,
            first,
            read: with_iso,
        })
    }

    /// With the order of day and month that other columns of the file tell.
    pub(super) fn in_order(mut self, first: First) -> Self {
        if self.is_open && first != First::Told {
            if first != self.first {
                self.formats = self.formats.iter().map(|format| turned(format)).collect();
            }
            self.first = first;
            self.is_open = false;
        }
        self
    }
}

/// The format with day and month in the other order.
pub(super) fn turned(format: &'static str) -> &'static str {
    match format {
        "%d/%m/%Y" => "%m/%d/%Y",
        "%m/%d/%Y" => "%d/%m/%Y",
        "%d-%m-%Y" => "%m-%d-%Y",
        "%m-%d-%Y" => "%d-%m-%Y",
        "%d/%m/%y" => "%m/%d/%y",
        "%m/%d/%y" => "%d/%m/%y",
        other => other,
    }
}

/// The order that those columns tell of which the order is certain, if they agree.
pub(super) fn order<'d>(dates: impl Iterator<Item = &'d Dates>) -> First {
    let certain = dates.filter(|dates| !dates.is_open && dates.first != First::Told);
    let orders: Vec<First> = certain.map(|dates| dates.first).collect();
    match orders.first() {
        Some(first) if orders.iter().all(|order| order == first) => *first,
        _ => First::Told,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proposal::sample::counted;

    fn dates(texts: &[&str]) -> Option<Dates> {
        let policy =
            Policy::from_yaml("rules: [{id: all, assign_to: {pool: p}}]\npools: [p]").unwrap();
        let column = Column {
            name: "Date".to_owned(),
            cells: texts.iter().map(ToString::to_string).collect(),
            is_list: false,
            values: counted(texts.iter().copied()),
        };
        Dates::of(&column, &policy)
    }

    #[test]
    fn formats_are_told_by_days_beyond_12() {
        for (texts, formats, is_open) in [
            (&["2026-03-02", "2026-03-14 09:30"][..], &[][..], false),
            (&["3/2/2026", "3/14/2026 9:30 AM"], &["%m/%d/%Y"], false),
            (&["02/03/2026", "14/03/2026, 09:30"], &["%d/%m/%Y"], false),
            (&["02/03/2026", "04/05/2026"], &["%d/%m/%Y"], true),
            (&["02-03-2026", "04-05-2026"], &["%d-%m-%Y"], true),
            (&["02.03.2026", "04.05.2026 17:00"], &["%d.%m.%Y"], false),
            (&["02.03.26", "14.05.26"], &["%d.%m.%y"], false),
            (&["Mar 2, 2026 09:30 AM"], &["%b %d, %Y"], false),
            (&["14-Mar-2026"], &["%d-%b-%Y"], false),
            (&["1772440200000"], &["%s"], false),
            (&["20260314", "20260402"], &["%Y%m%d"], false),
            (
                &["14.03.2026", "15.03.2026", "2026-03-16"],
                &["%d.%m.%Y", "%Y-%m-%d"],
                false,
            ),
        ] {
            let dates = dates(texts).unwrap_or_else(|| panic!("no dates: {texts:?}"));
            assert_eq!(
                (&*dates.formats, dates.is_open),
                (formats, is_open),
                "{texts:?}"
            );
            assert_eq!(dates.read, texts.len(), "{texts:?}");
        }
        for texts in [&["1", "250"][..], &["east", "west"], &["30.02.2026"], &[]] {
            assert_eq!(dates(texts), None, "{texts:?}");
        }
    }

    #[test]
    fn other_columns_tell_the_order() {
        let open = dates(&["02/03/2026"]).unwrap();
        let month = dates(&["3/14/26"]).unwrap();
        let day = dates(&["14-03-2026"]).unwrap();
        assert_eq!(order([&open].into_iter()), First::Told);
        assert_eq!(order([&open, &month].into_iter()), First::Month);
        assert_eq!(order([&day, &month].into_iter()), First::Told);
        let told = open.clone().in_order(First::Month);
        assert_eq!((told.formats, told.is_open), (vec!["%m/%d/%Y"], false));
        assert_eq!(open.clone().in_order(First::Told), open);
    }
}
