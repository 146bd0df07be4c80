//! Weights that follow the caller's own measure of members, with a floor.

use crate::limits::MAX_WEIGHT;

/// The weights with which shares follow weight times score, but nobody's falls below `floor` of what it
/// is by weights alone:
///
/// `share = floor * weight / weights + (1 - floor) * weight * score / (sum of weight * score)`
///
/// Who has no score counts with the average of the others. Without any scores above zero the weights
/// stay what they are. Rounded to a millionth of the largest.
pub(in crate::dispatch) fn scored(weights: &[u32], scores: &[Option<f64>], floor: f64) -> Vec<u32> {
    let given = || scores.iter().flatten();
    #[expect(clippy::cast_precision_loss, reason = "counts of members")]
    let average = given().sum::<f64>() / given().count() as f64;
    let with_scores = || {
        let pairs = weights.iter().zip(scores);
        pairs.map(|(weight, score)| (f64::from(*weight), score.unwrap_or(average)))
    };
    let by_weight: f64 = with_scores().map(|(weight, _)| weight).sum();
    let by_score: f64 = with_scores().map(|(weight, score)| weight * score).sum();
    let share = |(weight, score): (f64, f64)| {
        floor * weight / by_weight + (1.0 - floor) * (weight * score / by_score)
    };
    let most = with_scores().map(share).fold(0.0, f64::max);
    if !(by_score > 0.0 && by_score.is_finite() && most > 0.0) {
        return weights.to_vec();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the largest weight"
    )]
    let weight = |share: f64| ((share / most * f64::from(MAX_WEIGHT)).round() as u32).max(1);
    with_scores().map(share).map(weight).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nobody_falls_below_the_floor(
            members in prop::collection::vec((1_u32..=1_000, prop::option::of(0.0_f64..1e6)), 1..30),
            floor in 0.0_f64..=1.0,
        ) {
            let (weights, scores): (Vec<u32>, Vec<Option<f64>>) = members.into_iter().unzip();
            let scored = scored(&weights, &scores, floor);
            let total = |weights: &[u32]| weights.iter().copied().map(f64::from).sum::<f64>();
            let (before, after) = (total(&weights), total(&scored));
            for (weight, scored) in weights.iter().zip(&scored) {
                let (before, after) = (f64::from(*weight) / before, f64::from(*scored) / after);
                prop_assert!(after >= floor * before - 1e-4, "{after} of {before}");
            }
        }
    }

    #[test]
    fn shares_follow_weight_times_score() {
        let million = MAX_WEIGHT;
        for (weights, scores, floor, expected) in [
            (
                &[1, 1][..],
                &[Some(0.2), Some(0.1)][..],
                0.0,
                [million, million / 2],
            ),
            (&[1, 1], &[Some(1.0), Some(0.0)], 0.5, [million, 333_333]),
            (&[2, 1], &[Some(1.0), Some(2.0)], 0.0, [million, million]),
            (&[1, 1], &[Some(0.3), None], 0.0, [million, million]),
            (&[3, 1], &[None, None], 0.0, [3, 1]),
            (&[3, 1], &[Some(0.0), Some(0.0)], 0.5, [3, 1]),
            (&[3, 1], &[Some(f64::MAX), Some(f64::MAX)], 0.5, [3, 1]),
            (
                &[1, 2],
                &[Some(9.0), Some(0.5)],
                1.0,
                [million / 2, million],
            ),
        ] {
            assert_eq!(
                scored(weights, scores, floor),
                expected,
                "{weights:?} {scores:?}"
            );
        }
    }
}
