//! How names and texts are compared: characters are folded, and keys and texts are made with them. Programs that
//! compare names of leads and policies themselves do it alike with [`name_key`].

mod cut;
mod folded_text;
mod folding;
#[cfg(test)]
mod folding_tests;
mod leading_zeros;
mod like_thousands;
mod loose_key;
mod lost_digits;
mod machine_word;
mod name_key;
mod number_range;
mod one_line;

pub(crate) use cut::cut;
pub(crate) use folded_text::fold_text;
pub use folded_text::trimmed;
pub use folding::is_ignored;
pub(crate) use leading_zeros::has_leading_zeros;
pub(crate) use like_thousands::{both_readings, like_thousands, may_group_thousands};
pub(crate) use loose_key::loose_keys;
pub(crate) use lost_digits::with_lost_digits;
pub use name_key::name_key;
pub(crate) use name_key::with_name_key;
pub(crate) use number_range::number_range;
pub(crate) use one_line::one_line;
