//! Bands of customer size that leave gaps or overlap, and attributes of the wrong kind.

use super::PolicyWarning;
use crate::dimension::{AttributeKind, Bands};
use crate::place::{Placed, Trail};
use crate::policy::Policy;
use crate::text::name_key;

/// Parts of names that stand for codes of digits.
const CODES: [&str; 10] = [
    "plz",
    "zip",
    "postal",
    "postcode",
    "postleitzahl",
    "cep",
    "vorwahl",
    "codepost",
    "códigopost",
    "邮编",
];

pub(super) fn warnings(policy: &Policy) -> Vec<Placed<PolicyWarning>> {
    let mut warnings = Vec::new();
    let whole = Trail::Whole;
    // The bands of a policy that lists none have neither gaps nor overlaps.
    sizes(
        policy.dimensions().customer_sizes(),
        whole.field("customer_sizes"),
        &mut warnings,
    );
    let attributes = whole.field("attributes");
    for (name, kind) in policy.dimensions().attributes().iter() {
        let key = name_key(name.as_str());
        if kind == AttributeKind::Number && CODES.iter().any(|code| key.contains(code)) {
            let attribute = name.to_string();
            let warning = PolicyWarning::CodeAsNumber { attribute };
            warnings.push(Placed::new(
                attributes.field(name.as_str()).place(),
                warning,
            ));
        }
    }
    warnings
}

/// A band and its head counts, both ends included.
struct Band<'b> {
    name: &'b str,
    from: u32,
    to: u32,
}

/// Warns about gaps between bands and above them, and about neighbours that overlap. A band inside
/// another one is taken to be meant so.
fn sizes(bands: &Bands, trail: Trail<'_>, warnings: &mut Vec<Placed<PolicyWarning>>) {
    let mut bands: Vec<_> = bands
        .names()
        .filter_map(|name| {
            let (from, to) = bands.range(name)?.into_inner();
            Some(Band { name, from, to })
        })
        .collect();
    bands.sort_by_key(|band| (band.from, u32::MAX - band.to));
    let mut bands = bands.into_iter();
    let Some(mut highest) = bands.next() else {
        return;
    };
    let mut warn = |band: &str, warning| {
        warnings.push(Placed::new(trail.field(band).place(), warning));
    };
    for band in bands {
        if band.to <= highest.to {
            continue;
        }
        if band.from > highest.to.saturating_add(1) {
            let (from, to) = (highest.to + 1, band.from - 1);
            let head_counts = format!("from {from} to {to}");
            let remedy = format!("begin `{}` at {from}", band.name);
            warn(
                band.name,
                PolicyWarning::GapInSizes {
                    head_counts,
                    remedy,
                },
            );
        } else if band.from <= highest.to && band.from > highest.from {
            let warning = PolicyWarning::OverlappingSizes {
                first: highest.name.to_owned(),
                second: band.name.to_owned(),
                from: band.from,
                to: highest.to,
            };
            warn(band.name, warning);
        }
        highest = band;
    }
    if let Some(from) = highest.to.checked_add(1) {
        let head_counts = format!("from {from} up");
        let remedy = format!("end `{0}` openly with `{1}..`", highest.name, highest.from);
        warn(
            highest.name,
            PolicyWarning::GapInSizes {
                head_counts,
                remedy,
            },
        );
    }
}
