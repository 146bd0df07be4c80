//! Several files, of which one that cannot be used must not hide what is told of the others.

use super::input::Input;
use crate::error::CommandError;
use crate::status::Status;

/// What is read of each file. Errors are told at once; the status is that of the worst.
pub(crate) fn every<'i, T>(
    inputs: impl IntoIterator<Item = &'i Input>,
    mut read: impl FnMut(&'i Input) -> Result<T, CommandError>,
) -> (Vec<T>, Status) {
    let mut all = Vec::new();
    let mut worst = Status::Fine;
    for input in inputs {
        match read(input) {
            Ok(file) => all.push(file),
            Err(error) => {
                error.print();
                worst = worst.max(error.status());
            }
        }
    }
    (all, worst)
}
