//! Rounds that our own branching over linear programs solves: every answer is a proof.

use std::path::Path;

use serde_json::{Value, json};
use theriac::solve::discover;
use theriac::solve::highs_lib::HighsLibrary;

use super::exact::are_those_of_all_attacks;
use super::program::{err, out, status, theriac_in};
use super::{FLIPS, boxes, count, does, folder};

/// Says that a test is skipped where there is no library of HiGHS.
fn is_there(test: &str) -> bool {
    let found = HighsLibrary::find(&discover()).is_some();
    if !found {
        println!("{test}: skipped, no HiGHS library is installed");
    }
    found
}

/// A bilinear question: features move, so that a step multiplies parameters with data.
pub const FEATURES: &str = "network net = onnx \"net.onnx\"\n\
    data train = csv \"train.csv\" features x0, x1 label target in {0 -> -1, 1 -> +1} rows 0..5\n\
    data test = csv \"train.csv\" like train rows 40..59\n\
    train net on train { loss hinge; rate 0.5; steps 2; batch full }\n\
    threat { touch at most 6 of train; features linf 0.2 }\n\
    ask reach on test\n";

const BRANCH: &str = "encode { rounds 1; window 1; bounds interval }\n\
    solve { solver branch; attack off }\n";

/// The whole run in each program: boxes hold what every attack leads to, and next to nothing else.
#[test]
fn boxes_are_those_of_enumeration() {
    if !is_there("boxes_are_those_of_enumeration") {
        return;
    }
    let rest = "encode { rounds run; window 1; bounds interval }\n\
        solve { solver branch; attack off }\n";
    let dir = folder(FLIPS, rest);
    does(dir.path(), &["run", "q.thr", "-o", "o"]);
    let place = dir.path().join("o");
    are_those_of_all_attacks(dir.path(), &place, 1e-9);
    assert!((1..=3).map(|n| count(&place, n, "moved")).sum::<u64>() > 6);
    let certificate = super::json(&place, "certificate.json");
    assert_eq!(certificate["bound"]["from"], "relaxation");
    let told = out(&does(dir.path(), &["check", "o"]));
    assert!(told.starts_with("ACCEPTED"), "{told}");
    assert!(!told.contains("HiGHS"), "nobody is to be believed: {told}");
}

/// Bilinear steps: sound against sampled runs, narrower than intervals, and the same bytes in whatever
/// order and by however many processes.
#[test]
fn answers_do_not_depend_on_who_solves_what() {
    if !is_there("answers_do_not_depend_on_who_solves_what") {
        return;
    }
    let dir = folder(FEATURES, BRANCH);
    does(dir.path(), &["run", "q.thr", "-o", "o", "--threads", "2"]);
    does(dir.path(), &["compile", "q.thr", "-o", "p"]);
    for round in ["1", "2"] {
        for task in ["2/3", "0/3", "1/3"] {
            does(dir.path(), &["solve", "p", "--round", round, "--task", task]);
        }
        does(dir.path(), &["next", "p", "--round", round]);
    }
    does(dir.path(), &["solve", "p"]);
    does(dir.path(), &["certify", "p"]);
    let read = |d: &str, file: &str| std::fs::read(dir.path().join(d).join(file)).unwrap();
    for file in ["certificate.json", "reach.json", "rounds/2/answers.json"] {
        assert!(read("o", file) == read("p", file), "{file}");
    }
    let place = dir.path().join("o");
    assert!(count(&place, 2, "moved") > 0);
    let widths = |m: usize| {
        let certificate = super::json(&place, "certificate.json");
        certificate["reach"]["methods"][m]["mean_widths"][2].as_f64().unwrap()
    };
    assert!(widths(0) < widths(1) * 0.99, "{} {}", widths(0), widths(1));
    let (lower, upper) = boxes(&place, 2);
    for values in sampled(&dir.path().join("q.thr")) {
        for (k, v) in values.into_iter().enumerate() {
            assert!(lower[k] <= v && v <= upper[k], "parameter {k}: {v}");
        }
    }
}

/// Parameters after all steps, for random admissible data and those at the corners.
fn sampled(path: &Path) -> Vec<Vec<f64>> {
    use theriac::network::Layout;
    use theriac::question::Change;
    let spec = theriac::front::spec::load(path).unwrap().reach().unwrap();
    let question = spec.question.question;
    let layout = Layout::of(&question.network);
    let mut rng = fastrand::Rng::with_seed(5);
    let mut all = Vec::new();
    for corner in 0..2000 {
        let mut attack = theriac::cert::assemble::no_attack(&question);
        for choice in &mut attack.choices {
            for i in 0..question.train.len() {
                let by = |rng: &mut fastrand::Rng| match corner % 2 {
                    0 => 0.2 * if rng.bool() { 1.0 } else { -1.0 },
                    _ => 0.4 * rng.f64() - 0.2,
                };
                let row = question.train.row(i);
                let features = row.into_iter().map(|x| x + 0.999_999 * by(&mut rng)).collect();
                let change = Change { features: Some(features), ..Change::default() };
                choice.changes.insert(i, change);
            }
        }
        let run = theriac::train::replay(&question, &attack, 0.0).unwrap();
        all.push(layout.flatten(run.trajectory.last().unwrap()));
    }
    all
}

/// Multipliers are evaluated, and what is stated beside them is not believed.
#[test]
fn a_forged_proof_proves_nothing() {
    if !is_there("a_forged_proof_proves_nothing") {
        return;
    }
    let dir = folder(FEATURES, BRANCH);
    does(dir.path(), &["run", "q.thr", "-o", "o"]);
    let place = dir.path().join("o");
    let answers = super::json(&place, "rounds/2/answers.json");
    let ends = answers["ends"].as_array().unwrap();
    let moved = ends.iter().find(|e| e["moved"] == true).unwrap();
    assert_eq!(moved["checked"], true);
    let name = moved["end"].as_str().unwrap();
    let file = place.join(format!("rounds/2/solutions/{name}.json"));
    let honest: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let again = |forged: &Value| -> Value {
        std::fs::write(&file, serde_json::to_vec_pretty(forged).unwrap()).unwrap();
        let refused = theriac_in(dir.path(), &["check", "o"]);
        assert!(matches!(status(&refused), 1 | 2), "{}{}", out(&refused), err(&refused));
        std::fs::remove_file(place.join("rounds/2/answers.json")).unwrap();
        does(dir.path(), &["solve", "o"]);
        does(dir.path(), &["certify", "o"]);
        let answers = super::json(&place, "rounds/2/answers.json");
        answers["ends"].as_array().unwrap().iter().find(|e| e["end"] == name).unwrap().clone()
    };
    // A better bound is stated: the proof gives what it gave.
    let mut forged = honest.clone();
    forged["bound"] = json!(1e3);
    assert_eq!(again(&forged)["bound"], moved["bound"]);
    // Without multipliers, with wild ones, and with those of rows that are not there: wider boxes, or none.
    for duals in [json!([]), json!([[0, 1e9], [1, -1e9]]), json!([[4_000_000_000_u32, 1.0]])] {
        let mut forged = honest.clone();
        forged["proof"] = json!({ "tree": [{ "bound": duals }] });
        let found = again(&forged);
        assert!(found["moved"] == false, "{found}");
    }
    // A sum over no samples has what all bounds together have.
    let mut forged = honest.clone();
    forged["proof"] = json!({ "samples": { "shared": [[7, 1e3]], "samples": [] } });
    assert!(again(&forged)["moved"] == false);
    // A tree without its second side, and a sample that is not there.
    let share = json!({ "sample": 99, "terms": [[0, 1.0]], "tree": [{ "bound": [] }] });
    for proof in [
        json!({ "tree": [{ "split": [0, 0.5, []] }, { "bound": [] }] }),
        json!({ "samples": { "shared": [], "samples": [share] } }),
    ] {
        let mut forged = honest.clone();
        forged["proof"] = proof;
        assert_eq!(again(&forged)["outcome"], "unusable");
    }
}
