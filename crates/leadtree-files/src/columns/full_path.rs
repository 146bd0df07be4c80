//! Paths that leave steps out.

use std::borrow::Cow;

use leadtree::dimension::{Dimension, Listed};
use leadtree::policy::Policy;

/// The full path of a node whose path leaves steps out; any other text as it is.
pub(super) fn full_path<'r>(
    dimension: Dimension,
    text: Cow<'r, str>,
    policy: &Policy,
) -> Cow<'r, str> {
    let dimensions = policy.dimensions();
    let taxonomy = match dimension {
        Dimension::Region => dimensions.regions(),
        Dimension::Industry => dimensions.industries(),
        Dimension::ProductLine => dimensions.product_lines(),
        _ => return text,
    };
    if !text.contains(['/', '\u{ff0f}']) || taxonomy.resolve(&text).value != Listed::Unlisted {
        return text;
    }
    match taxonomy.resolve_short_path(&text).value {
        Listed::Known(node) => taxonomy.path(node).to_owned().into(),
        _ => text,
    }
}
