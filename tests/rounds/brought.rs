//! Solutions of a solver that theriac did not run.

use std::path::Path;
use std::process::Command;

use theriac::solve::SolverKind;
use theriac::solve::discover::{How, find};

use super::program::{out, status, theriac_in};
use super::{FLIPS, boxes, count, does, folder, json};

const HERE: &str =
    "encode { rounds 1; window 1; bounds interval }\nsolve { solver highs; attack off }\n";

/// Solves the assembled model of an end by the program of HiGHS as a user would, with its log.
fn by_hand(place: &Path, round: usize, end: &str) -> bool {
    let Some(found) = find(SolverKind::Highs) else { return false };
    let How::Program { path, libraries } = &found.how else { return false };
    let folder = place.join(format!("rounds/{round}"));
    let mut text = std::fs::read(folder.join(format!("heads/{end}.lp"))).unwrap();
    text.extend(std::fs::read(folder.join("body.lp")).unwrap());
    std::fs::write(folder.join("one.lp"), text).unwrap();
    std::fs::create_dir_all(folder.join("solutions")).unwrap();
    let mut command = Command::new(path);
    command.args(["--solution_file", &format!("solutions/{end}.sol"), "one.lp"]);
    if let Some(libraries) = libraries {
        command.env("LD_LIBRARY_PATH", libraries);
    }
    let done = command.current_dir(&folder).output().unwrap();
    std::fs::write(folder.join(format!("solutions/{end}.log")), &done.stdout).unwrap();
    std::fs::remove_file(folder.join("one.lp")).unwrap();
    true
}

#[test]
fn solutions_with_their_logs_are_taken() {
    let dir = folder(FLIPS, HERE);
    if find(SolverKind::Highs).is_none() {
        println!("solutions_with_their_logs_are_taken: skipped, HiGHS is not installed");
        return;
    }
    does(dir.path(), &["run", "q.thr", "-o", "own"]);
    does(dir.path(), &["compile", "q.thr", "-o", "o"]);
    let place = dir.path().join("o");
    for round in 1..=3 {
        let asked = json(&place, &format!("rounds/{round}/round.json"));
        for objective in asked["objectives"].as_array().unwrap() {
            assert!(by_hand(&place, round, objective["end"].as_str().unwrap()));
        }
        if round == 2 {
            // The answer to another objective is none.
            let at = |end: &str| place.join(format!("rounds/2/solutions/{end}"));
            for ending in ["sol", "log"] {
                let from = at(&format!("p0000-min.{ending}"));
                std::fs::copy(from, at(&format!("p0001-min.{ending}"))).unwrap();
            }
        }
        let done = theriac_in(dir.path(), &["next", "o"]);
        assert_eq!(status(&done), 0, "{}", out(&done));
    }
    does(dir.path(), &["solve", "o"]);
    does(dir.path(), &["certify", "o"]);
    assert_eq!(count(&place, 1, "proved"), 6);
    assert_eq!((count(&place, 2, "proved"), count(&place, 2, "unusable")), (5, 1));
    let (own, brought) = (boxes(&dir.path().join("own"), 1), boxes(&place, 1));
    for (a, b) in own.0.iter().chain(&own.1).zip(brought.0.iter().chain(&brought.1)) {
        assert!((a - b).abs() <= 1e-6, "{a} {b}");
    }
    let told = out(&does(dir.path(), &["check", "o"]));
    assert!(told.starts_with("ACCEPTED"), "{told}");
}

/// Most solvers state the dual bound in the log: without one nothing is proved, and that is said.
#[test]
fn a_log_that_is_missing_is_told() {
    let dir = folder(FLIPS, HERE);
    if find(SolverKind::Highs).is_none() {
        println!("a_log_that_is_missing_is_told: skipped, HiGHS is not installed");
        return;
    }
    does(dir.path(), &["compile", "q.thr", "-o", "o"]);
    let place = dir.path().join("o");
    assert!(by_hand(&place, 1, "p0000-min"));
    std::fs::remove_file(place.join("rounds/1/solutions/p0000-min.log")).unwrap();
    let told = out(&does(dir.path(), &["next", "o"]));
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("unusable p0000-min: "), "{told}");
    assert!(told.contains("there is no rounds/1/solutions/p0000-min.log"), "{told}");
}
