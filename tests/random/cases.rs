//! How many cases tests try.

/// How many times the usual number of cases to try: the environment variable `LEADTREE_CASES`.
pub(crate) fn cases(usual: u64) -> u64 {
    let times = std::env::var("LEADTREE_CASES").ok();
    times.map_or(usual, |times| {
        usual * times.parse::<u64>().expect("LEADTREE_CASES is a number")
    })
}
