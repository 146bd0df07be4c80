//! Examples in files of their own, beside the policy.

use std::path::PathBuf;

use crate::files::Input;

/// The files given, or those beside the policy that exist.
pub(super) fn files(policy: &Input, given: &[Input]) -> Vec<Input> {
    if !given.is_empty() {
        return given.to_vec();
    }
    let endings = [
        "examples.yaml",
        "examples.yml",
        "examples.json",
        "examples.csv",
    ];
    let beside = paths(policy, &endings).into_iter();
    let beside = beside.filter(|path| path.exists());
    beside.map(Input::File).collect()
}

/// What to do where there are no examples at all.
pub(super) fn none(policy: &Input) -> String {
    let paths = paths(policy, &["examples.yaml", "examples.csv"]);
    let names: Vec<_> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let beside = match names.as_slice() {
        [] => String::new(),
        names => format!(", into {}", names.join(" or ")),
    };
    format!(
        "no examples; write them into the policy as its section `examples`{beside}, or name their file after \
         the policy"
    )
}

fn paths(policy: &Input, endings: &[&str]) -> Vec<PathBuf> {
    let path = policy.path();
    path.map_or_else(Vec::new, |path| {
        let paths = endings.iter().map(|ending| path.with_extension(ending));
        paths.collect()
    })
}
