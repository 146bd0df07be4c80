//! The name of a file that keeps turns and loads.

use std::path::PathBuf;

use clap::builder::{PathBufValueParser, TypedValueParser};

/// Refuses standard input and output: the file is read, and written at the end.
pub(crate) fn state_path() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| {
        if path.as_os_str() == "-" {
            Err("it is read and written again, so it must be a file; write its name, or `./-`")
        } else {
            Ok(path)
        }
    })
}
