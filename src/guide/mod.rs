//! The book.
/// The policy file.
pub mod policy_file {}
