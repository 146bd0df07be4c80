//! Several files, of which one that cannot be used must not hide what is told of the others.

use super::input::Input;
use crate::error::CommandError;
use crate::status::Status;

/// What is read of each file. Errors are told at once; the status is that of the worst.
///
/// # Errors
/// If whoever reads the output has ended.
pub(crate) fn every<'i, T>(
    inputs: impl IntoIterator<Item = &'i Input>,
    mut read: impl FnMut(&'i Input) -> Result<T, CommandError>,
) -> Result<(Vec<T>, Status), CommandError> {
    let mut all = Vec::new();
    let mut worst = Status::Fine;
    for input in inputs {
        match read(input) {
            Ok(file) => all.push(file),
            // Nobody reads what would be told of the others.
            Err(error) if error.is_broken_pipe() => return Err(error),
            Err(error) => {
                error.print();
                worst = worst.max(error.status());
            }
        }
    }
    Ok((all, worst))
}
