//! How names and texts are compared: [`folding`] of characters, and the keys and texts made with it.

mod folding;
#[expect(clippy::module_inception, reason = "the room's main concept")]
mod text;
mod word;

pub(crate) use text::{fold_text, name_key, one_line, trimmed, with_name_key};
