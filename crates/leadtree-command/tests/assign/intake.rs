//! What `assign` does with the rows of a file: their order, their ids, what of them nobody uses.

use std::fs;
use std::path::Path;
use std::process::Output;

use super::{assign, folder, result, rows, stderr, stdout};

/// Members of `east` take turns, one lead a day each; leads that come in later days close earlier ones.
const POLICY: &str = "
time_zone: '+08:00'
regions: {paths: [east]}
teams:
  - id: east
    members:
      - {member: m-01, max_per_day: 1}
      - {member: m-02, max_per_day: 1}
pools: [later]
rules: [{id: east, when: region in east, assign_to: {team: east, if_nobody: {overflow: {pool: later}}}}]
";

fn run(test: &str, leads: &str, arguments: &[&str]) -> (std::path::PathBuf, Output) {
    let folder = folder(test);
    fs::write(folder.join("policy.yaml"), POLICY).unwrap();
    fs::write(folder.join("leads.csv"), leads).unwrap();
    let now = "2026-03-02T09:00:00+08:00";
    let fixed = [
        "--policy",
        "policy.yaml",
        "--leads",
        "leads.csv",
        "--now",
        now,
    ];
    let output = assign(&folder, &[&fixed, arguments].concat(), b"");
    (folder, output)
}

fn members(folder: &Path) -> Vec<(String, String)> {
    let rows = rows(&folder.join("assignments.csv")).into_iter();
    rows.map(|mut row| (row.remove("lead").unwrap(), row.remove("member").unwrap()))
        .collect()
}

fn of(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    super::pairs(expected)
}

const BACKWARDS: &str = "\
id,region,received
far,east,2026-03-09
a,east,2026-03-02
b,east,2026-03-02
c,east,2026-03-03
d,east,
";

#[test]
fn a_file_that_runs_backwards_is_told_and_sorted_on_request() {
    let (folder, output) = run("backwards", BACKWARDS, &[]);
    // Its day is the last one, so one lead for each member is all there is.
    let got = members(&folder);
    let assigned = got.iter().filter(|(_, member)| !member.is_empty()).count();
    assert_eq!(assigned, 2, "{got:?}");
    let told = stdout(&output);
    assert!(
        told.contains("5 leads = 2 assigned + 3 pooled + 0 unassigned\n"),
        "{told}"
    );
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "1 lead has no `received`; taken as 2026-03-02 09:00:00",
        "3 leads came after later ones, so their days count as the latest seen: line 3 has 2026-03-02 00:00:00, \
         but line 2 has 2026-03-09 00:00:00; mend that line if it is wrong, or sort with --sort",
    ] {
        assert!(told.contains(part), "{told}");
    }

    let (folder, output) = run("sorted", BACKWARDS, &["--sort"]);
    let got = members(&folder);
    let order: Vec<_> = got.iter().map(|(lead, _)| lead.as_str()).collect();
    assert_eq!(order, ["a", "b", "d", "c", "far"]);
    let without: Vec<_> = got.iter().filter(|(_, member)| member.is_empty()).collect();
    assert_eq!(without, [&("d".to_owned(), String::new())]);
    assert!(!stdout(&output).contains("after later ones"));
}

#[test]
fn a_moment_that_is_still_to_come_is_left_out_before_it_closes_the_days_of_others() {
    let leads = "id,region,received\nfar,east,2206-03-02\na,east,2026-03-02\nb,east,2026-03-02\n";
    let (folder, output) = run("to-come", leads, &[]);
    let mut got = members(&folder);
    got.sort();
    assert_eq!(got, of(&[("a", "m-01"), ("b", "m-02")]));
    let told = "leads.csv:2: `received` is 2206-03-01, which is still to come; a later day would close those of all \
                other leads; row left out\n";
    assert_eq!(stderr(&output), told);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn repeated_ids_are_counted_and_kept_or_left_out() {
    let leads = "id,region\na,east\nb,west\na,east\nb,west\n";
    let (folder, output) = run("repeated", leads, &[]);
    assert_eq!(result(&folder).len(), 4);
    let told =
        "2 leads have an id that came before; each was assigned again (see --repeated-ids)\n";
    assert!(stdout(&output).contains(told));

    let (folder, output) = run("left-out", leads, &["--repeated-ids", "leave-out"]);
    assert_eq!(members(&folder), of(&[("a", "m-01"), ("b", "")]));
    assert!(
        stdout(&output)
            .starts_with("4 rows read = 2 leads + 0 bad rows + 2 repeated ids left out\n")
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn rows_without_ids_take_their_numbers_on_request() {
    let leads = "name;region\nx;east\ny;east\n";
    let (_, output) = run("no-ids", leads, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("columns: {id: {row_number: true}}"),
        "{}",
        stderr(&output)
    );
    let (folder, _) = run("numbered", leads, &["--number-rows"]);
    assert_eq!(members(&folder), of(&[("2", "m-01"), ("3", "m-02")]));
}

#[test]
fn what_the_file_has_and_nobody_uses_is_told() {
    let leads = b"id;region;Besitzer;Gr\xf6\xdfe\n1;east;x;\n2;n/a;y;1\n;;;\n";
    let folder = folder("unused");
    fs::write(folder.join("policy.yaml"), POLICY).unwrap();
    let output = assign(&folder, &["--policy", "policy.yaml", "--leads", "-"], leads);
    let told = stdout(&output);
    let end = "\
Read as windows-1252
1 blank row passed over
Read as blank: n/a (1)
Columns that no field uses: Besitzer, Größe
";
    assert!(told.contains(&end.replace("n/a", "N/A")), "{told}");
}

#[test]
fn cells_that_spreadsheets_take_for_formulas_are_made_texts_on_request() {
    let leads = "id,region\n=1+1,east\n\"@SUM(1)\",east\nplain,east\n";
    let lead = |folder: &Path| -> Vec<String> {
        members(folder).into_iter().map(|(lead, _)| lead).collect()
    };
    let (folder, _) = run("formulas", leads, &[]);
    assert_eq!(lead(&folder), ["=1+1", "@SUM(1)", "plain"]);
    let (folder, _) = run("texts", leads, &["--for-spreadsheets"]);
    assert_eq!(lead(&folder), ["'=1+1", "'@SUM(1)", "plain"]);
}

#[test]
fn texts_of_a_file_are_no_commands_for_the_terminal() {
    let leads = "id,region,received\n1,east,\u{1b}[2J\n";
    let (_, output) = run("escapes", leads, &[]);
    assert!(stderr(&output).contains("is not a time") && !stderr(&output).contains('\u{1b}'));
    let (_, output) = run("escaped-header", "\u{1b}[2J,region\n1,east\n", &[]);
    assert!(stderr(&output).contains("the columns are") && !stderr(&output).contains('\u{1b}'));
}

#[test]
fn flags_state_what_is_not_recognised() {
    let leads = "id^region\n1^east\n";
    let (folder, _) = run("separator", leads, &["--separator", "^"]);
    assert_eq!(members(&folder), of(&[("1", "m-01")]));
    let (_, output) = run("encoding", leads, &["--encoding", "klingon"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("unknown encoding `klingon`"));
}

/// Peak memory of a million rows, in bytes, for all that `assign` remembers of them.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes a minute; see CONTRIBUTING.md"]
fn a_million_rows_take_less_than_64_megabytes() {
    use std::fmt::Write as _;
    use std::process::{Command, Stdio};

    let folder = folder("million");
    fs::write(folder.join("policy.yaml"), POLICY).unwrap();
    let mut leads = "id,region,received\n".to_owned();
    for row in 0..1_000_000 {
        let _ = writeln!(
            leads,
            "L-{row:08},region {row},2026-03-02 09:{:02}:00",
            row % 60
        );
    }
    fs::write(folder.join("leads.csv"), leads).unwrap();
    for sort in [&[][..], &["--sort"]] {
        let mut running = Command::new(super::PROGRAM)
            .current_dir(&folder)
            .args(["assign", "--policy", "policy.yaml", "--leads", "leads.csv"])
            .args(sort)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let status = format!("/proc/{}/status", running.id());
        let mut peak = 0;
        while running.try_wait().unwrap().is_none() {
            let told = fs::read_to_string(&status).unwrap_or_default();
            let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
            peak = kilobytes.and_then(|text| text.parse().ok()).unwrap_or(peak);
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        eprintln!("{sort:?}: {peak} KB");
        assert!(peak > 0 && peak < 64 * 1024, "{sort:?}: {peak} KB");
    }
}
