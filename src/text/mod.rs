//! How names and texts are compared: [`folding`] of characters, and the keys and texts made with it.

mod cut;
mod folded_text;
mod folding;
#[cfg(test)]
mod folding_tests;
mod leading_zeros;
mod like_thousands;
mod loose_key;
mod machine_word;
mod name_key;
mod one_line;

pub(crate) use cut::cut;
pub(crate) use folded_text::{fold_text, trimmed};
pub(crate) use leading_zeros::has_leading_zeros;
pub(crate) use like_thousands::{both_readings, like_thousands};
pub(crate) use loose_key::loose_keys;
pub(crate) use name_key::{name_key, with_name_key};
pub(crate) use one_line::one_line;
