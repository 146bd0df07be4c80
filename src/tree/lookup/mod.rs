//! What both compiled forms share: the key of a lead, the steps that they report, and made-up leads
//! to estimate by.

pub(super) mod key;
pub(super) mod sample;
pub(super) mod trace;
