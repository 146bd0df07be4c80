//! Which decimal mark the numbers of a file have.

use super::sample::Column;
use crate::value::{DecimalMark, NumberReading, number, shown_mark};

/// The decimal marks that the columns of numbers show.
pub(super) struct Marks {
    marks: Vec<(String, Option<DecimalMark>)>,
    unclear: Vec<String>,
}

impl Marks {
    pub(super) fn of<'c>(columns: impl Iterator<Item = &'c Column>) -> Self {
        let columns: Vec<_> = columns.collect();
        let unclear = columns.iter().filter(|column| {
            let mut texts = column.values.iter().map(|(text, _)| text);
            texts.any(|text| number(text, None) == NumberReading::Ambiguous)
        });
        Self {
            marks: columns
                .iter()
                .map(|column| (column.name.clone(), shown(column)))
                .collect(),
            unclear: unclear.map(|column| column.name.clone()).collect(),
        }
    }

    /// The mark that all columns show which show one.
    fn common(&self) -> Option<DecimalMark> {
        let mut shown = self.marks.iter().filter_map(|(_, mark)| *mark);
        let first = shown.next()?;
        shown.all(|mark| mark == first).then_some(first)
    }

    fn shown_by(&self, column: &Column) -> Option<DecimalMark> {
        let mut marks = self.marks.iter();
        marks.find(|(name, _)| *name == column.name)?.1
    }

    /// The mark of the file, where it must be said: it is a comma, or some column does not show it.
    pub(super) fn of_file(&self) -> Option<DecimalMark> {
        let is_silent = |name: &String| {
            let mut marks = self.marks.iter();
            marks.any(|(other, mark)| other == name && mark.is_none())
        };
        let mark = self.common()?;
        let must = mark == DecimalMark::Comma || self.unclear.iter().any(is_silent);
        must.then_some(mark)
    }

    /// The mark of a column, if the columns differ.
    pub(super) fn of_column(&self, column: &Column) -> Option<DecimalMark> {
        self.shown_by(column).filter(|_| self.common().is_none())
    }

    /// Whether some numbers of a column can be read in two ways, and nothing tells which.
    pub(super) fn is_unclear(&self, column: &Column) -> bool {
        self.unclear.contains(&column.name)
            && self.shown_by(column).is_none()
            && self.common().is_none()
    }
}

/// The mark that the numbers of a column show, if they agree.
fn shown(column: &Column) -> Option<DecimalMark> {
    let mut shown = column
        .values
        .iter()
        .filter_map(|(text, _)| shown_mark(text));
    let first = shown.next()?;
    shown.all(|mark| mark == first).then_some(first)
}
