//! The program as a user runs it: files, exit status, and what is left behind.

use std::path::{Path, PathBuf};

use serde_json::Value;
use theriac::cert::{Certificate, seal};

use crate::program::{err, out, status, theriac};

/// Runs the half-moons example with the embedded solver into `dir`.
fn moons(dir: &Path) -> PathBuf {
    let place = dir.join("moons");
    let text = place.to_str().unwrap();
    let done = theriac(&["run", "examples/moons.thr", "-o", text, "--solver", "embedded"]);
    assert_eq!(status(&done), 0, "{}", err(&done));
    place
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The README's question: bound and replayed attack agree. The value is the optimum on which the
/// embedded solver, HiGHS and SCIP agree to 1e-9.
#[test]
fn the_half_moons_question_is_certified_with_gap_zero() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("moons");
    let report = dir.path().join("moons.html");
    let (place_text, report_text) = (place.to_str().unwrap(), report.to_str().unwrap());
    let done = theriac(&[
        "run",
        "examples/moons.thr",
        "-o",
        place_text,
        "--report",
        report_text,
        "--solver",
        "embedded",
    ]);
    assert_eq!(status(&done), 0, "{}", err(&done));
    let text = out(&done);
    assert!(text.starts_with("CERTIFIED"), "{text}");
    assert!(text.lines().all(|l| l.chars().count() <= 100), "{text}");
    let c = read(&place.join("certificate.json"));
    assert_eq!(c["gap"], 0.0);
    let value = c["attack"]["value"].as_f64().unwrap();
    assert!((value - 0.149_736_464_363).abs() < 1e-11, "{value}");
    assert_eq!(c["attack"]["changed"], 5);
    assert!(std::fs::read_to_string(&report).unwrap().contains("</html>"));
    // Nothing half-written is left.
    assert_eq!(names(dir.path()), ["moons", "moons.html"]);
    assert!(!names(&place).iter().any(|n| n.contains(".part")), "{:?}", names(&place));
    let checked = theriac(&["check", place.join("certificate.json").to_str().unwrap()]);
    assert_eq!(status(&checked), 0, "{}", out(&checked));
    assert!(out(&checked).starts_with("ACCEPTED"));
}

#[test]
fn an_instance_travels_and_compiles_to_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let (a, b) = (dir.path().join("a"), dir.path().join("elsewhere/b"));
    for place in [&a, &b] {
        let done = theriac(&["compile", "examples/moons.thr", "-o", place.to_str().unwrap()]);
        assert_eq!(status(&done), 0, "{}", err(&done));
    }
    for name in ["manifest.json", "model.lp", "model.mps", "model.thir"] {
        assert_eq!(std::fs::read(a.join(name)).unwrap(), std::fs::read(b.join(name)).unwrap());
    }
    let moved = dir.path().join("moved");
    std::fs::rename(&a, &moved).unwrap();
    let text = moved.to_str().unwrap();
    let solved = theriac(&["solve", text, "--solver", "embedded"]);
    assert_eq!(status(&solved), 0, "{}", err(&solved));
    // The stored solution is a solution file like any other.
    let solution = b.join("s.sol");
    std::fs::copy(moved.join("solution.sol"), &solution).unwrap();
    let solution = solution.to_str().unwrap();
    let certified = theriac(&["certify", b.to_str().unwrap(), "--solution", solution, "--json"]);
    assert_eq!(status(&certified), 0, "{}", err(&certified));
    let c: Value = serde_json::from_slice(&certified.stdout).unwrap();
    assert_eq!(c["verdict"], "certified");
    let checked = theriac(&["check", b.join("certificate.json").to_str().unwrap()]);
    assert_eq!(status(&checked), 0, "{}", out(&checked));
}

#[test]
fn a_solution_of_another_model_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let place = moons(dir.path());
    let text = std::fs::read_to_string(place.join("solution.sol")).unwrap();
    let cut: String = text.lines().take(9).map(|l| format!("{l}\n")).collect();
    let renamed = text.replace("w_1_0_0_t", "weight_t").replace("r_s", "flip_s");
    assert_ne!(renamed, text);
    for (name, wrong) in [("cut.sol", cut), ("renamed.sol", renamed), ("empty.sol", String::new())]
    {
        let path = dir.path().join(name);
        std::fs::write(&path, wrong).unwrap();
        let before = read(&place.join("certificate.json"));
        let done =
            theriac(&["certify", place.to_str().unwrap(), "--solution", path.to_str().unwrap()]);
        assert_eq!(status(&done), 2, "{name}: {} {}", out(&done), err(&done));
        assert_eq!(read(&place.join("certificate.json")), before, "{name}");
    }
}

fn numbers(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Number(_) => found.push(path),
        Value::Array(items) => {
            for (k, v) in items.iter().enumerate() {
                numbers(v, format!("{path}/{k}"), found);
            }
        }
        Value::Object(map) => {
            for (k, v) in map {
                numbers(v, format!("{path}/{k}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// Every number of a real certificate is edited once and sealed anew; all are refused.
#[test]
fn every_edited_number_of_a_real_certificate_is_refused() {
    use std::sync::atomic::AtomicBool;
    use theriac::cert::pipeline::{Job, VerifyOptions, verify_answer};
    let dir = tempfile::tempdir().unwrap();
    let place = moons(dir.path());
    let path = place.join("certificate.json");
    let honest = read(&path);
    let never = AtomicBool::new(false);
    let job = Job::open(&place).unwrap();
    let accepted =
        || verify_answer(&path, &job, VerifyOptions::default(), &never).is_ok_and(|c| c.accepted());
    assert!(accepted());
    let mut places = Vec::new();
    numbers(&honest, String::new(), &mut places);
    assert!(places.len() > 20);
    for pointer in places {
        let mut forged = honest.clone();
        let slot = forged.pointer_mut(&pointer).unwrap();
        *slot = match slot.as_u64() {
            Some(k) => Value::from(k + 1),
            None => Value::from(slot.as_f64().unwrap().next_up()),
        };
        for reseal in [false, true] {
            if reseal {
                let Ok(typed) = serde_json::from_value::<Certificate>(forged.clone()) else {
                    continue;
                };
                forged["seal"] = Value::from(seal::of(&typed).unwrap());
            }
            std::fs::write(&path, serde_json::to_vec(&forged).unwrap()).unwrap();
            assert!(!accepted(), "{pointer} was edited (sealed again: {reseal})");
        }
    }
}

#[test]
fn forged_answers_are_refused_by_what_can_be_computed_again() {
    let dir = tempfile::tempdir().unwrap();
    let place = moons(dir.path());
    // A better bound in the stored answer, and a certificate made from it by the program itself.
    let mut answer = read(&place.join("answer.json"));
    let bound = answer["bound"]["value"].as_f64().unwrap();
    answer["bound"]["value"] = Value::from(bound - 0.5);
    answer["bound"]["objective"] = Value::from(bound - 0.5);
    std::fs::write(place.join("answer.json"), serde_json::to_vec(&answer).unwrap()).unwrap();
    let again = theriac(&["certify", place.to_str().unwrap()]);
    assert_eq!(status(&again), 0, "{}", err(&again));
    let checked = theriac(&["check", place.join("certificate.json").to_str().unwrap()]);
    assert_eq!(status(&checked), 1, "{}", out(&checked));
    assert!(out(&checked).starts_with("REFUSED"));
}

#[test]
fn wrong_input_has_status_2_and_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let spec = dir.path().join("bad.thr");
    std::fs::write(&spec, "network net = onnx \"none.onnx\"\n").unwrap();
    let occupied = dir.path().join("occupied");
    std::fs::create_dir(&occupied).unwrap();
    std::fs::write(occupied.join("thesis.txt"), "mine").unwrap();
    let target = dir.path().join("out");
    let (spec, target) = (spec.to_str().unwrap(), target.to_str().unwrap());
    let occupied = occupied.to_str().unwrap();
    let cases: [&[&str]; 11] = [
        &["run", spec, "-o", target],
        &["run", "examples/moons.thr", "-o", target, "--report", spec],
        &["run", "no such file.thr", "-o", target],
        &["compile", "examples/moons.thr", "-o", occupied],
        &["compile", "examples/moons.thr", "-o", target, "--target", "fortran"],
        &["solve", occupied],
        &["certify", occupied],
        &["check", spec],
        &["eval", "examples/data/moons_2-1_s1.onnx", "1,2,3"],
        &["eval", "examples/data/moons_2-1_s1.onnx", "1,nan"],
        &["frobnicate"],
    ];
    for args in cases {
        let done = theriac(args);
        assert_eq!(status(&done), 2, "{args:?}: {}", err(&done));
        assert!(!err(&done).is_empty() && !err(&done).contains("panicked"), "{}", err(&done));
    }
    assert_eq!(names(dir.path()), ["bad.thr", "occupied"]);
    assert_eq!(names(Path::new(occupied)), ["thesis.txt"]);
    let kept = std::fs::read_to_string(spec).unwrap();
    assert_eq!(kept, "network net = onnx \"none.onnx\"\n", "a report was written over it");
}

/// An input that begins with a minus sign looks like an option.
#[test]
fn eval_says_how_a_negative_number_is_given() {
    let model = "examples/data/moons_2-1_s1.onnx";
    for input in ["-1,0", "-.5,0.25", "-0.5,-2"] {
        let done = theriac(&["eval", model, input]);
        let said = err(&done);
        assert_eq!(status(&done), 2, "{said}");
        let advice = format!("put `--` before the inputs: theriac eval MODEL -- {input}");
        assert!(said.starts_with(&format!("error: {input} begins")), "{said}");
        assert!(said.contains(&advice) && said.lines().count() == 1, "{said}");
        let json = theriac(&["--json", "eval", model, "0,0", input]);
        let told: serde_json::Value = serde_json::from_str(&err(&json)).unwrap();
        assert_eq!(told["error"]["kind"], "input", "{told}");
        assert!(told["error"]["message"].as_str().unwrap().contains(&advice), "{told}");
        assert_eq!(status(&theriac(&["eval", model, "--", input])), 0);
    }
    // Other unknown options keep their own message.
    for args in [["eval", model, "-x"], ["eval", model, "--1"], ["run", model, "-1"]] {
        let said = err(&theriac(&args));
        assert!(said.contains("unexpected argument"), "{args:?}: {said}");
    }
}

#[test]
fn small_commands_answer() {
    let dir = tempfile::tempdir().unwrap();
    let place = moons(dir.path());
    let text = place.to_str().unwrap();
    let explained = theriac(&["explain", text, "w_1_0_0_t1"]);
    assert_eq!(status(&explained), 0, "{}", err(&explained));
    assert!(out(&explained).contains("weight, layer 1"), "{}", out(&explained));
    assert_eq!(status(&theriac(&["explain", text, "nothing"])), 2);
    // The column that holds the objective's constant is made for the file formats.
    let features = dir.path().join("features");
    let features = features.to_str().unwrap();
    let made = theriac(&["compile", "examples/moons-features.thr", "-o", features]);
    assert_eq!(status(&made), 0, "{}", err(&made));
    let one = theriac(&["explain", features, "one"]);
    assert_eq!(status(&one), 0, "{}", err(&one));
    assert!(out(&one).contains("made for the target lp"), "{}", out(&one));
    let saved = place.join("model.thir");
    let saved = saved.to_str().unwrap();
    let stats = theriac(&["stats", saved, "--json"]);
    let stats: Value = serde_json::from_slice(&stats.stdout).unwrap();
    let manifest = read(&place.join("manifest.json"));
    assert_eq!(stats["nonzeros"], manifest["program"]["nonzeros"]);
    assert_eq!(status(&theriac(&["diff", saved, saved])), 0);
    let again = dir.path().join("again.lp");
    let converted = theriac(&["convert", saved, again.to_str().unwrap(), "--target", "lp"]);
    assert_eq!(status(&converted), 0, "{}", err(&converted));
    assert_eq!(std::fs::read(&again).unwrap(), std::fs::read(place.join("model.lp")).unwrap());
    // Either format may stand in a file whose name says nothing.
    let again = dir.path().join("again");
    let most = dir.path().join("most.lp");
    std::fs::write(&most, "Maximize\n obj: x + 5\nSubject To\n c: x <= 4\nEnd\n").unwrap();
    let most = most.to_str().unwrap();
    let negative = "the minimisation of the negative was written";
    for (target, stays) in [("lp", true), ("mps", false)] {
        let again = dir.path().join(format!("most-again.{target}"));
        let to = again.to_str().unwrap();
        let told = out(&theriac(&["convert", most, to, "--target", target]));
        assert_eq!(told.contains(negative), !stays, "{told}");
        assert!(told.contains("note: a number among the terms of the objective"), "{told}");
        let file = std::fs::read_to_string(&again).unwrap();
        assert_eq!(file.starts_with("Maximize\n"), stays, "{file}");
        let told = theriac(&["convert", most, to, "--target", target, "--json"]);
        let told: Value = serde_json::from_slice(&told.stdout).unwrap();
        let sense = if stays { "maximise" } else { "minimise" };
        assert_eq!((&told["sense"], &told["file_sense"]), (&"maximise".into(), &sense.into()));
    }
    let again = again.to_str().unwrap();
    let told = theriac(&["convert", most, again, "--target", "lp", "--json"]);
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!((&told["sense"], told["notes"].as_array().unwrap().len()), (&"maximise".into(), 1));
    #[cfg(unix)]
    {
        let refused = theriac(&["convert", most, "/dev/null", "--target", "lp"]);
        assert_eq!(status(&refused), 2);
        assert!(err(&refused).contains("a device, pipe or socket"), "{}", err(&refused));
        let (nl, names) = (dir.path().join("most.nl"), dir.path().join("most.row"));
        std::fs::create_dir(&names).unwrap();
        let refused = theriac(&["convert", most, nl.to_str().unwrap(), "--target", "nl"]);
        assert_eq!(status(&refused), 2, "{}", err(&refused));
        assert!(!nl.exists());
    }
    let value = theriac(&["eval", "examples/data/moons_2-1_s1.onnx", "0,0", "--json"]);
    let value: Value = serde_json::from_slice(&value.stdout).unwrap();
    assert!(value["results"][0]["output"][0].is_f64());
    assert!(out(&theriac(&["targets"])).contains("nl-binary"));
    assert!(out(&theriac(&["solvers"])).contains("embedded"));
    assert!(out(&theriac(&["completions", "bash"])).contains("theriac"));
}
