//! `ask reach` on the command line: from a specification to a certificate that is checked.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use super::program::{err, out, status, theriac_in};

const MOONS: &str = "network net = onnx \"net.onnx\"\n\
    data train = csv \"train.csv\" features x0, x1 label target in {0 -> -1, 1 -> +1} rows 0..39\n\
    data test = csv \"train.csv\" like train rows 40..79\n\
    train net on train { loss hinge; rate 0.5; steps 6; batch full }\n";

/// A folder with half-moons, a network for them and a specification.
fn folder(rest: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
    let copy = |from: &str, to: &str| std::fs::copy(data.join(from), dir.path().join(to)).unwrap();
    copy("moons_2-4-1_s1.onnx", "net.onnx");
    copy("moons_n100_noise0.1_seed0.csv", "train.csv");
    std::fs::write(dir.path().join("q.thr"), format!("{MOONS}{rest}")).unwrap();
    dir
}

const ALL: &str = "threat { touch at most 40 of train; features linf 0.02 }\nask reach on test\n";

fn run(dir: &Path, args: &[&str]) -> Output {
    let done = theriac_in(dir, &[&["run", "q.thr", "-o", "o"], args].concat());
    assert_eq!(status(&done), 0, "{}{}", out(&done), err(&done));
    done
}

fn json(dir: &Path, file: &str) -> Value {
    serde_json::from_slice(&std::fs::read(dir.join(file)).unwrap()).unwrap()
}

fn tally(certificate: &Value, method: &str) -> [u64; 3] {
    let methods = certificate["reach"]["methods"].as_array().unwrap();
    let found = methods.iter().find(|m| m["method"] == method).unwrap();
    ["certified", "wrong", "abstains"].map(|k| found["tally"][k].as_u64().unwrap())
}

fn check(dir: &Path) -> (i32, String) {
    let done = theriac_in(dir, &["check", "o"]);
    (status(&done), out(&done) + &err(&done))
}

#[test]
fn boxes_are_no_wider_and_points_no_fewer_than_those_of_intervals() {
    let dir = folder(ALL);
    let told = out(&run(dir.path(), &[]));
    assert!(told.contains("intervals (FullCert)") && told.contains("with budget (AGT)"), "{told}");
    assert!(told.lines().all(|l| l.chars().count() <= 100), "{told}");
    let certificate = json(dir.path(), "o/certificate.json");
    let own = tally(&certificate, "theriac");
    let others = ["intervals", "budgeted"].map(|m| tally(&certificate, m));
    assert_eq!(own.iter().sum::<u64>(), 40);
    for other in others {
        assert!(own[0] >= other[0] && own[2] <= other[2], "{own:?}, {other:?}");
    }
    // With this threat the methods differ.
    assert!(own[2] < others[0][2], "{own:?}, {others:?}");
    let methods = certificate["reach"]["methods"].as_array().unwrap();
    let widths = |k: usize| -> Vec<f64> {
        let all = methods[k]["mean_widths"].as_array().unwrap();
        all.iter().map(|w| w.as_f64().unwrap()).collect()
    };
    for k in [1, 2] {
        let mut pairs = widths(0).into_iter().zip(widths(k));
        assert!(pairs.clone().all(|(a, b)| a <= b * (1.0 + 1e-12)));
        assert!(pairs.next_back().is_some_and(|(a, b)| a < b / 2.0));
    }
    // The bound is what is not certified, and no attack passes it.
    let bound = certificate["bound"]["value"].as_f64().unwrap();
    assert_eq!(bound, (own[1] + own[2]) as f64);
    assert!(certificate["attack"]["value"].as_f64().unwrap() <= bound);
    let (code, said) = check(dir.path());
    assert_eq!(code, 0, "{said}");
    assert!(said.starts_with("ACCEPTED"), "{said}");
}

#[test]
fn the_same_boxes_for_any_threads_and_in_steps_of_their_own() {
    let dir = folder(ALL);
    run(dir.path(), &["--threads", "1"]);
    let first = std::fs::read(dir.path().join("o/reach.json")).unwrap();
    run(dir.path(), &["--threads", "3"]);
    assert_eq!(first, std::fs::read(dir.path().join("o/reach.json")).unwrap());
    for args in [&["compile", "q.thr", "-o", "p"][..], &["solve", "p"], &["certify", "p"]] {
        let done = theriac_in(dir.path(), args);
        assert_eq!(status(&done), 0, "{args:?}: {}", err(&done));
    }
    assert_eq!(first, std::fs::read(dir.path().join("p/reach.json")).unwrap());
    let [a, b] = ["o", "p"].map(|d| json(dir.path(), &format!("{d}/certificate.json")));
    for key in ["verdict", "bound", "attack", "reach", "question"] {
        assert_eq!(a[key], b[key], "{key}");
    }
    let done = theriac_in(dir.path(), &["certify", "p", "--solution", "q.thr"]);
    assert_eq!(status(&done), 2, "{}", err(&done));
    assert!(err(&done).contains("no solution can be of it"), "{}", err(&done));
}

/// Edited boxes and edited answers are not what the question gives.
#[test]
fn edited_boxes_are_refused() {
    let dir = folder(ALL);
    run(dir.path(), &[]);
    let path = dir.path().join("o/reach.json");
    let honest = std::fs::read(&path).unwrap();
    let mut edited = json(dir.path(), "o/reach.json");
    edited["steps"][2]["upper"][0] = serde_json::json!(9.0);
    std::fs::write(&path, serde_json::to_vec_pretty(&edited).unwrap()).unwrap();
    let (code, said) = check(dir.path());
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("other boxes"), "{said}");
    let done = theriac_in(dir.path(), &["certify", "o"]);
    assert_eq!(status(&done), 2, "{}", err(&done));
    assert!(err(&done).contains("other boxes"), "{}", err(&done));
    std::fs::write(&path, honest).unwrap();
    let place = dir.path().join("o/certificate.json");
    let mut certificate = json(dir.path(), "o/certificate.json");
    certificate["reach"]["methods"][0]["tally"]["certified"] = serde_json::json!(40);
    std::fs::write(&place, serde_json::to_vec_pretty(&certificate).unwrap()).unwrap();
    let (code, said) = check(dir.path());
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("certified"), "{said}");
}

/// Without time steps are bounded by intervals: an honest answer that a check finds again.
#[test]
fn what_time_does_not_allow_is_left_to_intervals() {
    let dir = folder(&format!("{ALL}solve {{ time limit 0.000001 s }}\n"));
    run(dir.path(), &[]);
    let certificate = json(dir.path(), "o/certificate.json");
    assert_eq!(tally(&certificate, "theriac"), tally(&certificate, "budgeted"));
    let answer = json(dir.path(), "o/answer.json");
    assert!(answer["missing"].as_str().unwrap().contains("0 of 6 steps"), "{answer}");
    let (code, said) = check(dir.path());
    assert_eq!(code, 0, "{said}");
}

/// A claim is proved by the boxes, or refuted by a replayed attack, or neither.
#[test]
fn claims_about_errors() {
    for (claim, verdict) in [("errors <= 40", "certified"), ("errors < 1", "attacked")] {
        let dir = folder(&format!("{ALL}prove {claim}\n"));
        run(dir.path(), &[]);
        let certificate = json(dir.path(), "o/certificate.json");
        assert_eq!(certificate["verdict"], verdict, "{certificate}");
    }
}

/// For flipped labels every choice can be tried: the worst of them is no worse than the bound.
#[test]
fn the_bound_holds_for_every_choice_of_labels() {
    let threat = "threat { touch at most 2 of train rows 0..9; labels flip }\n";
    let short = |rest: &str| {
        let dir = folder(rest);
        let text = format!("{MOONS}{rest}").replace("steps 6", "steps 2");
        std::fs::write(dir.path().join("q.thr"), text).unwrap();
        dir
    };
    let dir = short(&format!("{threat}ask reach on test\n"));
    run(dir.path(), &[]);
    let bound = json(dir.path(), "o/certificate.json")["bound"]["value"].as_f64().unwrap();
    let exact =
        short(&format!("{threat}ask worst errors on test\nsolve {{ solver exhaustive }}\n"));
    run(exact.path(), &[]);
    let certificate = json(exact.path(), "o/certificate.json");
    let worst = certificate["attack"]["value"].as_f64().unwrap();
    assert_eq!(certificate["bound"]["value"].as_f64(), Some(worst), "{certificate}");
    assert!(worst <= bound && bound < 40.0, "{worst}, {bound}");
}

/// What no graph of a step says is left to intervals with the budget, and told.
#[test]
fn inserted_samples_are_left_to_intervals() {
    let threat =
        "threat { touch at most 0 of train; labels flip; insert at most 1 within [-1, 2] }\n";
    let dir = folder(&format!("{threat}ask reach on test\nsolve {{ attack off }}\n"));
    run(dir.path(), &[]);
    let certificate = json(dir.path(), "o/certificate.json");
    assert_eq!(tally(&certificate, "theriac"), tally(&certificate, "budgeted"));
    assert_eq!(certificate["reach"]["methods"].as_array().unwrap().len(), 2);
    let answer = json(dir.path(), "o/answer.json");
    assert!(answer["missing"].as_str().unwrap().contains("inserted samples"), "{answer}");
    assert_eq!(check(dir.path()).0, 0);
}

/// Templates are stored, counted and computed again; an edited range is found.
#[test]
fn templates_are_bounded_again() {
    let dir = folder(&format!("{ALL}encode {{ window 1; templates differences, gradients 2 }}\n"));
    run(dir.path(), &[]);
    let certificate = json(dir.path(), "o/certificate.json");
    let (file, summary) = (json(dir.path(), "o/reach.json"), &certificate["reach"]);
    let count = file["templates"].as_array().unwrap().len();
    assert!(count > 2);
    assert_eq!(summary["templates"].as_u64(), Some(count as u64));
    assert_eq!(summary["template_widths"].as_array().unwrap().len(), 7);
    for step in file["steps"].as_array().unwrap() {
        assert_eq!(step["template_lower"].as_array().unwrap().len(), count);
    }
    let (status, told) = check(dir.path());
    assert_eq!(status, 0, "{told}");
    let mut edited = file;
    edited["steps"][6]["template_upper"][0] = Value::from(0.0);
    std::fs::write(dir.path().join("o/reach.json"), serde_json::to_vec_pretty(&edited).unwrap())
        .unwrap();
    assert_ne!(check(dir.path()).0, 0);
}
