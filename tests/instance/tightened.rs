//! Instances whose bounds linear programs tightened, as a user makes and checks them: HiGHS is needed
//! once, checking needs no solver, and an edited record is not believed.
//!
//! Skipped, saying so, where HiGHS is not installed.

use std::path::Path;
use std::process::{Command, Output};

use theriac::bounds::obbt::{Node, Tightening};
use theriac::solve::{SolverKind, discover};

const SPEC: &str = "network net = dense 2 -> 1 start zero
data train = points {
  (2, 1): +1, (1, 2): +1, (-1, -2): -1, (-2, -1): -1, (1, -1): +1, (-1, 1.5): -1,
  (0.5, 0.25): +1, (-0.25, -0.5): -1
} label in {-1, +1}
train net on train { loss hinge; rate 0.5; steps 3; batch full }
threat { touch at most 2; labels flip }
ask worst margin at (0.5, 0.2) label +1
";

fn theriac(args: &[&str], alone: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_theriac"));
    command.args(args).env_remove("RUST_BACKTRACE");
    if let Some(empty) = alone {
        // No solver is to be found.
        command.env("THERIAC_HOME", empty).env("PATH", empty);
    }
    command.output().unwrap()
}

fn text(output: &Output) -> String {
    let both = [&output.stdout, &output.stderr];
    both.map(|b| String::from_utf8_lossy(b).into_owned()).concat()
}

#[test]
fn every_level_can_be_checked_without_a_solver() {
    if !discover().iter().any(|s| s.kind == SolverKind::Highs) {
        println!("every_level_can_be_checked_without_a_solver: skipped, HiGHS is not installed");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let empty = dir.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    let blocks = [
        ("linear", ""),
        ("linear", "{ window 1; rounds 2 }"),
        ("integer", "{ nodes 12; fraction 0.5; rounds 2; workers 2; time limit 60 s }"),
        ("nonconvex", "{ nodes 6; window 2 }"),
    ];
    for (k, (level, block)) in blocks.into_iter().enumerate() {
        let spec = dir.path().join(format!("{k}.thr"));
        let encode = format!("encode {{ tighten {level} {block} }}\n");
        std::fs::write(&spec, SPEC.to_owned() + &encode).unwrap();
        let place = dir.path().join(k.to_string());
        let (spec, place_text) = (spec.to_str().unwrap(), place.to_str().unwrap());
        let done = theriac(&["run", spec, "-o", place_text, "--solver", "highs"], None);
        assert!(done.status.success(), "{level} {block}: {}", text(&done));
        assert!(text(&done).contains("(U - L) after / before"), "{}", text(&done));
        let certificate = place.join("certificate.json");
        let check = || theriac(&["check", certificate.to_str().unwrap()], Some(&empty));
        let checked = check();
        assert!(checked.status.success(), "{level} {block}: {}", text(&checked));
        assert!(text(&checked).contains("byte for byte the same"), "{}", text(&checked));
        // An edited multiplier is found out.
        let record = place.join("tightening.json");
        let good = std::fs::read(&record).unwrap();
        let mut edited: Tightening = serde_json::from_slice(&good).unwrap();
        let trees = edited.rounds.iter_mut().flatten();
        let mut trees = trees.flat_map(|c| c.low.iter_mut().chain(&mut c.high));
        let node = trees.find_map(|t| t.last_mut()).expect("something was tightened");
        match node {
            Node::Bound(d) | Node::Empty(d) | Node::Split(_, _, d) => d.clear(),
        }
        drop(trees);
        std::fs::write(&record, serde_json::to_vec(&edited).unwrap()).unwrap();
        let checked = check();
        assert!(!checked.status.success(), "{level} {block}: {}", text(&checked));
        std::fs::write(&record, &good).unwrap();
        assert!(check().status.success());
    }
}

#[test]
fn without_highs_the_remedy_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let spec = dir.path().join("spec.thr");
    std::fs::write(&spec, SPEC.to_owned() + "encode { tighten integer }\n").unwrap();
    let place = dir.path().join("instance");
    let (spec, text_of) = (spec.to_str().unwrap(), place.to_str().unwrap());
    let done = theriac(&["compile", spec, "-o", text_of], Some(dir.path()));
    if cfg!(feature = "link-highs") {
        return;
    }
    assert!(!done.status.success());
    assert!(text(&done).contains("theriac solvers install highs"), "{}", text(&done));
    assert!(!place.exists());
}

/// The solver's bound is printed with few digits and moved outward by as much; where the interval
/// bound is then the better one, a check comes to the same end.
#[test]
fn a_bound_beaten_by_an_ulp_is_checked_alike() {
    if !discover().iter().any(|s| s.kind == SolverKind::Highs) {
        println!("a_bound_beaten_by_an_ulp_is_checked_alike: skipped, HiGHS is not installed");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/moons-harder.thr");
    let place = dir.path().join("harder");
    let done = theriac(&["run", spec, "-o", place.to_str().unwrap(), "--solver", "highs"], None);
    assert!(done.status.success(), "{}", text(&done));
    let stored = std::fs::read_to_string(place.join("solution.sol")).unwrap();
    assert!(stored.contains(" slack "), "{stored}");
    let certificate = place.join("certificate.json");
    let checked = theriac(&["check", certificate.to_str().unwrap()], None);
    assert!(checked.status.success(), "{}", text(&checked));
}
