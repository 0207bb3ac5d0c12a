//! The same question once more: finished, begun, stopped, or asked otherwise.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use theriac::solve::SolverKind;
use theriac::solve::discover::find;

use super::branched::FEATURES;
use super::program::{command, err, out, status, theriac_in};
use super::{FLIPS, boxes, does, folder, json};

const ALONE: &str =
    "encode { rounds 1; window 1; bounds interval }\nsolve { solver embedded; attack off }\n";

fn says(dir: &Path, args: &[&str]) -> String {
    err(&does(dir, args))
}

/// A finished instance is certified again where the same is asked for, as the words on the command line
/// say, too; a remark changes no question.
#[test]
fn what_is_finished_is_not_solved_again() {
    let dir = folder(FLIPS, ALONE);
    let limited = ["run", "q.thr", "-o", "o", "--time-limit", "50"];
    assert!(says(dir.path(), &limited).contains("round 1 of 3"));
    let told = says(dir.path(), &limited);
    assert!(told.contains("o is finished") && !told.contains("round 1 of 3"), "{told}");
    let spec = dir.path().join("q.thr");
    let text = std::fs::read_to_string(&spec).unwrap();
    std::fs::write(&spec, format!("# As before.\n{text}")).unwrap();
    let told = says(dir.path(), &limited);
    assert!(told.contains("o is finished") && !told.contains("round 1 of 3"), "{told}");
    // Another limit is another question to solvers.
    let told = says(dir.path(), &["run", "q.thr", "-o", "o"]);
    assert!(told.contains("round 1 of 3") && !told.contains("o is finished"), "{told}");
    let told = out(&does(dir.path(), &["check", "o"]));
    assert!(told.starts_with("ACCEPTED"), "{told}");
    // A certificate of the same answer stays.
    let certificate = dir.path().join("o/certificate.json");
    let before = std::fs::read(&certificate).unwrap();
    let told = says(dir.path(), &["solve", "o"]);
    assert!(told.contains("no solver is asked"), "{told}");
    assert!(std::fs::read(&certificate).unwrap() == before);
    let told = out(&does(dir.path(), &["next", "o"]));
    assert!(told.contains("all 3 rounds are concluded") && !told.contains("solve o"), "{told}");
}

/// Another question into the directory of an older one: whoever kills it finds the old answer whole, and the
/// same command goes on to the bytes of a run of its own.
#[test]
fn a_new_question_that_is_killed_goes_on() {
    let dir = folder(FLIPS, ALONE);
    does(dir.path(), &["run", "q.thr", "-o", "o"]);
    let old = std::fs::read(dir.path().join("o/certificate.json")).unwrap();
    let more = FLIPS.replace("rows 0..7", "rows 0..9");
    std::fs::write(dir.path().join("q.thr"), format!("{more}{ALONE}")).unwrap();
    does(dir.path(), &["run", "q.thr", "-o", "fresh"]);
    let solutions = dir.path().join("o.next/rounds/1/solutions");
    let mut child = command(dir.path(), &["run", "q.thr", "-o", "o", "--threads", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begin = Instant::now();
    let some = || solutions.read_dir().is_ok_and(|mut d| d.next().is_some());
    while !some() && child.try_wait().unwrap().is_none() {
        assert!(begin.elapsed() < Duration::from_secs(120));
        std::thread::sleep(Duration::from_millis(1));
    }
    let ended = child.try_wait().unwrap().is_some();
    child.kill().unwrap();
    child.wait().unwrap();
    if !ended {
        assert!(std::fs::read(dir.path().join("o/certificate.json")).unwrap() == old);
        let told = says(dir.path(), &["run", "q.thr", "-o", "o"]);
        assert!(told.contains("o.next was begun"), "{told}");
    }
    assert!(!dir.path().join("o.next").exists());
    for file in ["certificate.json", "reach.json", "rounds/3/answers.json"] {
        let read = |d: &str| std::fs::read(dir.path().join(d).join(file)).unwrap();
        assert!(read("o") == read("fresh"), "{file}");
    }
}

/// Solutions are not lost to a second compilation, and a round that lacks some says why and how to conclude
/// it again.
#[test]
fn solutions_are_not_lost() {
    let dir = folder(FLIPS, ALONE);
    let compile = ["compile", "q.thr", "-o", "o"];
    does(dir.path(), &compile);
    does(dir.path(), &compile);
    does(dir.path(), &["solve", "o", "--round", "1", "--task", "0/2"]);
    let refused = theriac_in(dir.path(), &compile);
    assert_eq!(status(&refused), 2);
    assert!(err(&refused).contains("o holds solutions of rounds"), "{}", err(&refused));
    let solution = dir.path().join("o/rounds/1/solutions/p0000-max.sol");
    std::fs::write(&solution, "objective value: 1\n").unwrap();
    let told = out(&does(dir.path(), &["next", "o"]));
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("2 without a solution, 1 with one that proves nothing"), "{told}");
    assert!(told.contains("unusable p0000-max: the solution does not belong"), "{told}");
    assert!(told.contains("remove o/rounds/1/answers.json and o/rounds/2"), "{told}");
    std::fs::remove_file(&solution).unwrap();
    std::fs::remove_file(dir.path().join("o/rounds/1/answers.json")).unwrap();
    std::fs::remove_dir_all(dir.path().join("o/rounds/2")).unwrap();
    does(dir.path(), &["solve", "o"]);
    does(dir.path(), &["certify", "o"]);
    does(dir.path(), &["run", "q.thr", "-o", "fresh"]);
    let read = |d: &str| std::fs::read(dir.path().join(d).join("reach.json")).unwrap();
    assert!(read("o") == read("fresh"));
    // What was edited since is named.
    let edited = dir.path().join("o/rounds/2/solutions/p0001-min.json");
    std::fs::remove_file(&edited).unwrap();
    let told = theriac_in(dir.path(), &["check", "o"]);
    let words = out(&told).split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(status(&told), 1, "{words}");
    assert!(words.contains("p0001-min.json is not what it was"), "{words}");
    does(dir.path(), &[&compile[..], &["--force"]].concat());
    assert!(!dir.path().join("o/rounds/1/solutions").exists());
}

/// HiGHS takes no products: it gets them relaxed, whatever dialect the files are in.
#[test]
fn products_are_relaxed_for_highs() {
    if find(SolverKind::Highs).is_none() {
        println!("products_are_relaxed_for_highs: skipped, HiGHS is not installed");
        return;
    }
    let rest = |solver: &str| {
        let rounds = "encode { rounds 1; window 1; bounds interval }";
        format!("{rounds}\nsolve {{ solver {solver}; attack off }}\n")
    };
    let dir = folder(FEATURES, &rest("embedded"));
    does(dir.path(), &["compile", "q.thr", "-o", "o"]);
    does(dir.path(), &["solve", "o", "--solver", "highs"]);
    does(dir.path(), &["certify", "o"]);
    assert!(json(&dir.path().join("o"), "rounds/2/round.json")["quadratic"].as_u64() > Some(0));
    std::fs::write(dir.path().join("p.thr"), format!("{FEATURES}{}", rest("highs"))).unwrap();
    does(dir.path(), &["run", "p.thr", "-o", "p"]);
    let (a, b) = (boxes(&dir.path().join("o"), 2), boxes(&dir.path().join("p"), 2));
    let near = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5);
    assert!(near(&a.0, &b.0) && near(&a.1, &b.1));
    // A count of errors is a whole number, and so is what is left open of it.
    let certificate = json(&dir.path().join("o"), "certificate.json");
    assert_eq!(certificate["bound"]["from"], "solver");
    assert_eq!(certificate["gap"].as_f64().unwrap().fract(), 0.0);
}
