//! Values written under an alias.

use super::PolicyWarning;
use crate::dimension::{Dimension, Dimensions, Stages, Taxonomy, Via};
use crate::place::{Placed, Trail};
use crate::rule::{Predicate, Subject, Test};

/// Warns about each name in the test that is an alias or a shortened path.
pub(super) fn warn(
    test: &Test,
    trail: Trail<'_>,
    dimensions: &Dimensions,
    warnings: &mut Vec<Placed<PolicyWarning>>,
) {
    let Subject::Dimension(dimension) = &test.subject else {
        return;
    };
    let names: Vec<&str> = match &test.predicate {
        Predicate::Within(names) | Predicate::Is(names) => {
            names.iter().map(|name| &**name).collect()
        }
        Predicate::Stage(comparison) => comparison.values().map(|name| &**name).collect(),
        _ => return,
    };
    let subject = trail.field(test.subject.as_str());
    let operator = subject.field(test.predicate.key());
    for (index, name) in names.iter().enumerate() {
        let Some(own) = own_name(name, *dimension, dimensions) else {
            continue;
        };
        // A single name is written without a list, so it has no index.
        let place = match names.len() {
            1 => operator.place(),
            _ => operator.item(index).place(),
        };
        let alias = (*name).to_owned();
        let name = own.to_owned();
        warnings.push(Placed::new(place, PolicyWarning::Alias { alias, name }));
    }
}

/// The value's own name, if `name` is an alias or a shortened path.
fn own_name<'d>(name: &str, dimension: Dimension, dimensions: &'d Dimensions) -> Option<&'d str> {
    let is_other = |via: Via| matches!(via, Via::Alias | Via::Name);
    let node = |taxonomy: &'d Taxonomy| {
        let found = taxonomy.resolve(name);
        let node = found.value.known().filter(|_| is_other(found.via))?;
        Some(taxonomy.path(node))
    };
    let stage = |stages: &'d Stages| {
        let found = stages.resolve(name);
        let stage = found.value.known().filter(|_| is_other(found.via))?;
        Some(stages.name(stage))
    };
    match dimension {
        Dimension::Region => node(dimensions.regions()),
        Dimension::Industry => node(dimensions.industries()),
        Dimension::ProductLine => node(dimensions.product_lines()),
        Dimension::LifecycleStage => stage(dimensions.lifecycle_stages()),
        Dimension::FunnelStage => stage(dimensions.funnel_stages()),
        Dimension::CustomerSize => None,
    }
}
