//! The cuts between the texts of a text attribute.

/// The first text of each known class but the first, in order of their bytes.
///
/// The first eight bytes of each text are also stored as a number, side by side, so that most steps of a
/// binary search read no text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TextCuts {
    heads: Vec<u64>,
    texts: Vec<Box<[u8]>>,
}

impl TextCuts {
    /// Cuts at these texts, which are in order.
    pub(crate) fn new(texts: Vec<Box<[u8]>>) -> Self {
        Self {
            heads: texts.iter().map(|text| head(text)).collect(),
            texts,
        }
    }

    /// The texts, in order.
    pub(crate) fn texts(&self) -> &[Box<[u8]>] {
        &self.texts
    }

    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The number of cuts at or before the text.
    pub(crate) fn passed(&self, text: &[u8]) -> usize {
        let own = head(text);
        let begin = self.heads.partition_point(|&head| head < own);
        let alike = self.heads.get(begin..).unwrap_or_default();
        let alike = alike.partition_point(|&head| head == own);
        let alike = self.texts.get(begin..begin + alike).unwrap_or_default();
        begin + alike.partition_point(|cut| **cut <= *text)
    }

    /// An estimate of their memory in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let texts = self.texts.iter();
        let texts = texts.map(|text| size_of_val(text) + text.len());
        size_of_val(&*self.heads) + texts.sum::<usize>()
    }
}

/// The first eight bytes as a number that sorts like them.
fn head(text: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    for (byte, given) in bytes.iter_mut().zip(text) {
        *byte = *given;
    }
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn passed_counts_the_cuts_up_to_a_text(
            texts in prop::collection::btree_set("[ab\0]{0,11}", 0..60),
            text in "[ab\0]{0,11}",
        ) {
            let passed = texts.iter().filter(|cut| **cut <= text).count();
            let texts = texts.into_iter();
            let cuts = TextCuts::new(texts.map(|it| it.into_bytes().into()).collect());
            prop_assert_eq!(cuts.passed(text.as_bytes()), passed);
        }
    }
}
