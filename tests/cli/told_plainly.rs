//! What the commands for model files tell: names of the user's own files, true reasons, what changed.

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::program::theriac_in as theriac;

/// Status, output, errors, the texts with single blanks.
fn told(dir: &Path, args: &[&str]) -> (i32, String, String) {
    let output = theriac(dir, args);
    let text = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    dir
}

const BRACKETS: &str = "Maximize\n obj: 3 x[1] + y\nSubject To\n c1: x[1] + y <= 4\nEnd\n";

#[test]
fn differences_speak_the_names_and_the_sense_of_the_files() {
    let other = BRACKETS.replace("x[1]", "n_0_x_1_").replace("+ y\nS", "+ 2 y\nS");
    let dir = folder(&[("a.lp", BRACKETS), ("b.lp", &other)]);
    let (status, text, _) = told(dir.path(), &["diff", "a.lp", "b.lp"]);
    assert_eq!(status, 1);
    assert!(text.contains("only in the first: variable x[1] "), "{text}");
    assert!(text.contains("only in the second: variable n_0_x_1_ "), "{text}");
    assert!(text.contains("objective: y has 1 in the first and 2 in the second"), "{text}");
    assert!(text.contains("objective: x[1] has 3 in the first and 0 in the second"), "{text}");
    let minimised = BRACKETS.replace("Maximize", "Minimize");
    std::fs::write(dir.path().join("b.lp"), minimised).unwrap();
    let (_, text, _) = told(dir.path(), &["diff", "a.lp", "b.lp"]);
    assert!(text.contains("objectives are compared as minimised"), "{text}");
    assert!(text.contains("objective: y has -1 in the first and 1 in the second"), "{text}");
}

/// A convex row with continuous variables beside an integer elsewhere.
const CONVEX: &str = "Minimize\n obj: x + z\nSubject To\n c1: [ x ^2 + y ^2 ] <= 4\n c2: x + z >= 1\n\
                      Bounds\n -5 <= x <= 5\n -5 <= y <= 5\n 0 <= z <= 9\nGenerals\n z\nEnd\n";

#[test]
fn convex_rows_are_sent_to_targets_that_take_them() {
    let bilinear = CONVEX.replace("x ^2 + y ^2", "x * y");
    let dir = folder(&[("convex.lp", CONVEX), ("bilinear.lp", &bilinear)]);
    let (status, _, convex) =
        told(dir.path(), &["convert", "convex.lp", "out.lp", "--target", "highs-lp"]);
    assert_eq!(status, 2, "{convex}");
    assert!(convex.contains("quadratic terms in a model with integer variables"), "{convex}");
    assert!(!convex.contains("nonconvex"), "{convex}");
    let (_, _, other) =
        told(dir.path(), &["convert", "bilinear.lp", "out.lp", "--target", "highs-lp"]);
    assert!(other.contains("nonconvex quadratic rows (scip-lp"), "{other}");
    // Each of the targets that the advice names takes the model.
    let named = convex.split_once("beside integers (").unwrap().1.split_once(')').unwrap().0;
    let targets: Vec<&str> = named.split(", ").collect();
    assert!(targets.len() > 5 && targets.contains(&"cplex-lp"), "{named}");
    for target in targets {
        let format = if target.contains("mps") { "mps" } else { "lp" };
        let ending = if target == "nl" { "nl" } else { format };
        let to = format!("out.{ending}");
        let (status, _, err) = told(dir.path(), &["convert", "convex.lp", &to, "--target", target]);
        assert_eq!(status, 0, "{target}: {err}");
    }
}

#[test]
fn a_smooth_model_is_not_called_convex() {
    // Maximise exp(x) - y^2 with 0 <= x <= 1: minimising its negative is not convex.
    let nl = "g3 1 1 0\n 2 0 1 0 0\n 0 1\n 0 0\n 0 2 0\n 0 0 0 1\n 0 0 0 0 0\n 0 2\n 0 0\n 0 0 0 0 0\n\
              O0 1\no0\no44\nv0\no16\no5\nv1\nn2\nb\n0 0 1\n0 0 1\nk1\n0\nG0 2\n0 0\n1 0\n";
    let dir = folder(&[("m.nl", nl)]);
    let (status, text, err) = told(dir.path(), &["stats", "m.nl"]);
    assert_eq!(status, 0, "{err}");
    assert!(text.contains("NLP"), "{text}");
    assert!(!text.contains("NLP (convex)"), "{text}");
}

#[test]
fn convert_tells_what_it_renamed_and_added() {
    let text = "Minimize\n obj: x[1] + one + ok + 3\nSubject To\n c1: x[1] + one + ok >= 4\nEnd\n";
    let nl = "g3 1 1 0\n 1 0 1 0 0\n 0 0\n 0 0\n 0 0 0\n 0 0 0 1\n 0 0 0 0 0\n 0 1\n 0 0\n 0 0 0 0 0\n\
              O0 0\nn3\nb\n0 0 1\nk0\nG0 1\n0 1\n";
    let dir = folder(&[("a.lp", &text.replace(" + 3", "")), ("c.nl", nl)]);
    let args = ["convert", "a.lp", "o.lp", "--target", "lp"];
    let (status, said, err) = told(dir.path(), &args);
    assert_eq!(status, 0, "{err}");
    assert!(said.contains("renamed: 2 of the columns"), "{said}");
    let written = std::fs::read_to_string(dir.path().join("o.lp")).unwrap();
    for own in ["x[1]", "one"] {
        let new = said.split_once(&format!("{own} is ")).unwrap_or_else(|| panic!("{said}")).1;
        let new = new.split([',', ' ']).next().unwrap();
        assert!(written.contains(&format!(" {new}\n")) || written.contains(&format!(" {new} ")));
    }
    assert!(written.contains(" ok"), "{written}");
    let (_, said, err) = told(dir.path(), &["convert", "c.nl", "c.lp", "--target", "lp"]);
    assert!(said.contains("changed: 1 constant made a fixed column"), "{said} {err}");
    assert!(std::fs::read_to_string(dir.path().join("c.lp")).unwrap().contains("3 one"));
}

#[test]
fn turned_names_of_targets_are_understood_and_doubled_ones_count_once() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (status, _, err) = told(here, &["targets", "scip-nl"]);
    assert_eq!(status, 2);
    assert!(err.contains("did you mean nl-scip?"), "{err}");
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("i");
    let args = ["compile", "examples/moons.thr", "-o", place.to_str().unwrap(), "--no-start"];
    let (status, _, err) = told(here, &[&args[..], &["--target", "lp", "--target", "lp"]].concat());
    assert_eq!(status, 0, "{err}");
    let manifest = std::fs::read(place.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    assert_eq!(manifest["targets"].as_array().unwrap().len(), 1);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_theriac"))
        .args(["targets", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Closed before the first byte is read: more follows than a pipe holds.
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(err, "");
}

/// Only a single word may be wider.
#[test]
fn texts_about_targets_and_rows_fit_a_hundred_columns() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("i");
    let place = place.to_str().unwrap();
    let args = ["compile", "examples/moons.thr", "-o", place, "--no-start", "--target", "lp"];
    assert_eq!(told(here, &args).0, 0);
    for args in [&["targets", "lp"][..], &["targets", "glpk-lp"], &["explain", place, "budget_c0"]]
    {
        let output = theriac(here, args);
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        let wide = text.lines().find(|l| l.chars().count() > 100);
        assert_eq!(wide, None, "{args:?}");
        assert!(text.lines().count() > 1, "{args:?}: {text}");
    }
}

#[test]
fn zstandard_is_named_where_gzip_is() {
    let dir = folder(&[("a.xyz", "hello\n")]);
    let (status, _, err) = told(dir.path(), &["stats", "a.xyz"]);
    assert_eq!(status, 2);
    assert!(err.contains("(also with .gz or .zst)"), "{err}");
    for command in ["stats", "diff", "convert"] {
        let (_, help, _) = told(dir.path(), &[command, "--help"]);
        assert!(help.contains(".gz, .zst"), "{command}: {help}");
    }
    let (_, help, _) = told(dir.path(), &["convert", "--help"]);
    assert!(help.contains("such as `one`, `low_0`, `row_c1`"), "{help}");
}

#[test]
fn refusals_speak_the_names_of_the_file() {
    let text = "Minimize\n obj: ab[1] + b\nSubject To\n link[1]: b = 1 -> ab[1] >= 2\n \
                ub: ab[1] <= 20\nBounds\n ab[1] free\nBinaries\n b\nEnd\n";
    let sets = "Minimize\n obj: ab[1] + y + v + w\nSubject To\n c1: ab[1] + y + v + w >= 2\n\
                SOS\n s1: S1:: ab[1]:1 y:2 v:3 w:4\nEnd\n";
    let dir = folder(&[("a.lp", text), ("s.lp", sets)]);
    let (status, _, said) =
        told(dir.path(), &["convert", "a.lp", "out.mps", "--target", "highs-mps"]);
    assert_eq!(status, 2, "{said}");
    for words in ["row `link[1]`", "column `ab[1]` has none above", "among the bounds of the file"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("threat") && said.contains("a row of one variable"), "{said}");
    let (status, _, said) =
        told(dir.path(), &["convert", "s.lp", "out.mps", "--target", "highs-mps"]);
    assert_eq!(status, 2, "{said}");
    let set = "the special ordered set of `ab[1]`, `y`, `v`, ...";
    assert!(said.contains(set) && said.contains("column `ab[1]` has none above"), "{said}");
}

#[test]
fn stats_tell_of_the_objective() {
    let text = "Maximize\n obj: 3 x - 40 y + 7\nSubject To\n c1: x + 2 y <= 4\nEnd\n";
    let dir = folder(&[("a.lp", text)]);
    let (_, said, _) = told(dir.path(), &["stats", "a.lp"]);
    assert!(said.contains("coefficients 1e0 to 2e0 in the rows, 3e0 to 4e1 in the obj"), "{said}");
    assert!(said.contains("constant 7 in the objective"), "{said}");
    let (_, said, _) = told(dir.path(), &["stats", "a.lp", "--json"]);
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["objective_constant"], 7.0);
    assert_eq!(said["objective_coefficients"], serde_json::json!([3.0, 40.0]));
}

#[test]
fn a_file_that_is_no_certificate_is_called_none() {
    let dir = folder(&[("manifest.json", "{\"schema\": 2}\n")]);
    let (status, _, said) = told(dir.path(), &["check", "manifest.json"]);
    assert_ne!(status, 0);
    assert!(said.contains("manifest.json is no certificate"), "{said}");
    assert!(said.contains("give the file certificate.json"), "{said}");
}
