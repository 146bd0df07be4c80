//! Axes: values cut into classes, sets of classes, and classes in words.

pub(crate) mod axis;
pub(crate) mod class_set;
mod cover;
pub(crate) mod error;
pub(crate) mod grid;
pub(crate) mod joined;
pub(crate) mod placing;
pub(crate) mod position;
pub(crate) mod text_cuts;
pub(crate) mod value;
pub(crate) mod words;
