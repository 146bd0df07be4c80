//! The workflow that the guide offers, on policies to begin with.

use std::fs;
use std::path::Path;

use super::{folder, run};

/// The steps of the workflow that call the command, as the guide has them.
fn steps() -> Vec<String> {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/guide/command.md");
    let guide = fs::read_to_string(guide).unwrap();
    let workflow = guide.split("```yaml\nname: policy\n").nth(1).unwrap();
    let workflow = workflow.split("```").next().unwrap();
    let document: serde_json::Value = serde_saphyr::from_str(workflow).unwrap();
    let steps = document["jobs"]["policy"]["steps"].as_array().unwrap();
    let runs = steps.iter().filter_map(|step| step["run"].as_str());
    let of_the_command = runs.filter_map(|run| run.strip_prefix("leadtree "));
    of_the_command.map(str::to_owned).collect()
}

#[test]
fn the_workflow_of_the_guide_passes_on_every_policy_to_begin_with() {
    let steps = steps();
    assert_eq!(steps.len(), 3, "{steps:?}");
    for recipe in ["plz", "zip", "provinces"] {
        let folder = folder(&format!("workflow-{recipe}"));
        fs::remove_file(folder.join("policy.yaml")).unwrap();
        let arguments = ["new", "--by", recipe, "--out", "policy.yaml"];
        assert_eq!(run(&folder, &arguments, "").status, 0, "{recipe}");
        for step in &steps {
            let arguments: Vec<&str> = step.split(' ').collect();
            let told = run(&folder, &arguments, "");
            let (out, error) = (&told.stdout, &told.stderr);
            assert_eq!(told.status, 0, "{recipe}: {step}\n{out}\n{error}");
        }
    }
}

#[test]
fn the_workflow_of_the_guide_stops_at_a_mistake() {
    let folder = folder("workflow-mistake");
    let policy = fs::read_to_string(folder.join("policy.yaml")).unwrap();
    let mistaken = policy.replace("assign_to: abroad", "assign_to: abraod");
    fs::write(folder.join("policy.yaml"), mistaken).unwrap();
    let steps = steps();
    let arguments: Vec<&str> = steps.first().unwrap().split(' ').collect();
    let told = run(&folder, &arguments, "");
    assert_eq!(told.status, 1);
    // At the line at fault, as an annotation.
    assert!(
        told.stdout.contains("::error file=policy.yaml,line="),
        "{}",
        told.stdout
    );
}
