//! What a policy lacks because it could not be read, and which faults of meaning only follow from that.

use std::collections::BTreeSet;
use std::ops::Bound;

use crate::place::{Place, Placed};
use crate::policy::errors::PolicyFault;
use crate::rule::EntryFault;

/// The kinds of names that a policy declares, as messages call them.
const KINDS: [&str; 13] = [
    "region",
    "industry",
    "product line",
    "band",
    "lifecycle stage",
    "funnel stage",
    "dimension or attribute",
    "pool",
    "grade",
    "calendar",
    "member",
    "team",
    "rule",
];

/// Fields that name the part they stand in.
const NAMES: [&str; 4] = ["id", "group", "member", "name"];

/// The parts of a policy that could not be read.
pub(super) struct LostParts {
    places: BTreeSet<Place>,
    /// The kinds of names of which some may be lost.
    kinds: Vec<&'static str>,
}

impl LostParts {
    pub(super) fn new(places: Vec<Place>) -> Self {
        let declared = |kind: &&str| places.iter().any(|place| declares(place.as_str(), kind));
        Self {
            kinds: KINDS.into_iter().filter(declared).collect(),
            places: places.into_iter().collect(),
        }
    }

    /// Whether a fault of meaning only follows from what was lost.
    pub(super) fn explain(&self, fault: &Placed<PolicyFault>) -> bool {
        let place = &fault.place;
        if self.has_around(place) {
            return true;
        }
        match &fault.fault {
            // About something that is not there, or only in part.
            PolicyFault::AssignsToNothing
                if ["team", "member", "pool"]
                    .iter()
                    .any(|owner| self.has_beside(place, owner)) =>
            {
                true
            }
            PolicyFault::AssignsToNothing
            | PolicyFault::Condition(_)
            | PolicyFault::EmptyText
            | PolicyFault::ExpectsNothing
            | PolicyFault::EmptyList
            | PolicyFault::Never => self.has_inside(place),
            PolicyFault::Unnamed { .. } | PolicyFault::Entry(EntryFault::NeitherRuleNorGroup) => {
                let mut names = NAMES.iter();
                names.any(|name| self.places.contains(&place.field(name)))
            }
            PolicyFault::Unknown { kind, name, .. } => {
                // Skills are declared by the members who have them.
                let kind = if *kind == "skill" { "member" } else { *kind };
                self.kinds.contains(&kind) || (name.is_empty() && self.has_inside(place))
            }
            PolicyFault::UnlistedValue { kind, .. } => self.kinds.contains(kind),
            _ => false,
        }
    }

    /// Whether a place, or one around it, is lost.
    fn has_around(&self, place: &Place) -> bool {
        let text = place.as_str();
        let ends = text.match_indices(['.', '[']).map(|(end, _)| end);
        let mut around = ends.chain([text.len()]).filter_map(|end| text.get(..end));
        around.any(|text| self.places.contains(text))
    }

    /// Whether a field beside a place is lost.
    fn has_beside(&self, place: &Place, field: &str) -> bool {
        let around = place
            .as_str()
            .rsplit_once('.')
            .map_or("", |(around, _)| around);
        self.places.contains(format!("{around}.{field}").as_str())
    }

    /// Whether something inside a place is lost.
    fn has_inside(&self, place: &Place) -> bool {
        ['.', '['].into_iter().any(|step| {
            let beginning = format!("{place}{step}");
            let from = (Bound::Included(beginning.as_str()), Bound::Unbounded);
            let first = self.places.range::<str, _>(from).next();
            first.is_some_and(|first| first.as_str().starts_with(&beginning))
        })
    }
}

/// Whether names of this kind may be unknown because of what was lost at a place.
fn declares(lost: &str, kind: &str) -> bool {
    let (section, rest) = lost.split_at(lost.find(['.', '[']).unwrap_or(lost.len()));
    // The whole section, an item of it, or the item's name.
    let is_name = rest.is_empty() || rest.ends_with(']') || rest.ends_with("].id");
    match kind {
        "region" => section == "regions",
        "industry" => section == "industries",
        "product line" => section == "product_lines",
        "band" => section == "customer_sizes",
        "lifecycle stage" => section == "lifecycle_stages",
        "funnel stage" => section == "funnel_stages",
        "dimension or attribute" => section == "attributes",
        "pool" => section == "pools",
        "grade" => section == "grades",
        "calendar" => section == "holidays",
        "team" => section == "teams" && is_name,
        "rule" => {
            section == "rules"
                && (is_name || rest.ends_with("].group") || rest.ends_with("].rules"))
        }
        "member" => {
            let in_teams = section == "teams" && (is_name || rest.contains("].members"));
            let in_members = section == "members" && (is_name || rest.contains("].skills"));
            in_teams || in_members
        }
        _ => false,
    }
}
