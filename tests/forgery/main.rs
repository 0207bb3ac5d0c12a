//! Forged instances: whatever is edited, deleted, added or exchanged in a finished instance, `check`
//! refuses it, or it is listed here with the reason why nobody can tell.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod instances;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use serde_json::Value;
use theriac::cert::check::{self, Checked};
use theriac::cert::instance::Instance;
use theriac::cert::pipeline::exhaust::Effort;
use theriac::cert::pipeline::solve::interval;
use theriac::cert::pipeline::{Job, PipelineError, VerifyOptions, certify, verify, verify_answer};
use theriac::cert::{seal, store};
use theriac::front::spec::SolverChoice;

use instances::{features, moons, small, solved};

static NEVER: AtomicBool = AtomicBool::new(false);

fn certificate(dir: &Path) -> PathBuf {
    dir.join("certificate.json")
}

fn whole(dir: &Path) -> Option<Checked> {
    verify(&certificate(dir), VerifyOptions::default(), &NEVER).ok().map(|(_, checked)| checked)
}

/// Whether a check accepts the directory. What refuses cheaply comes first: all of it is part of
/// the whole check too. `honest` is the instance before it was touched.
fn accepted(dir: &Path, honest: &Job) -> bool {
    let Ok((read, _)) = check::read(&certificate(dir)) else { return false };
    if !read.files.iter().all(|f| store::record(dir, f.role, &f.path).is_ok_and(|r| r == *f)) {
        return false;
    }
    let Ok(instance) = Instance::open(dir) else { return false };
    let own = interval(honest);
    let question = &honest.spec.question;
    check::verify(&certificate(dir), &instance, question, Some(&own)).is_ok_and(|c| c.accepted())
        && whole(dir).is_some_and(|c| c.accepted())
}

/// Every leaf of a document as a JSON pointer, and every array and object.
fn places(value: &Value, path: &str, leaves: &mut Vec<String>, nodes: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            nodes.push(path.to_owned());
            for (k, v) in items.iter().enumerate() {
                places(v, &format!("{path}/{k}"), leaves, nodes);
            }
        }
        Value::Object(map) => {
            nodes.push(path.to_owned());
            for (k, v) in map {
                places(v, &format!("{path}/{k}"), leaves, nodes);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            leaves.push(path.to_owned());
        }
    }
}

/// Other values for a leaf: the next number, another word, the other truth, something for nothing.
fn others(leaf: &Value) -> Vec<Value> {
    match leaf {
        Value::Number(n) => vec![match n.as_u64() {
            Some(k) if !n.is_f64() => Value::from(k + 1),
            _ => Value::from(n.as_f64().unwrap().next_up()),
        }],
        Value::String(s) => vec![Value::from(format!("{s}x"))],
        Value::Bool(b) => vec![Value::from(!b)],
        Value::Null => vec![Value::from(1), Value::from(0.5), Value::from("x")],
        Value::Array(_) | Value::Object(_) => Vec::new(),
    }
}

/// All edits of one place of a document: leaves replaced, arrays cut short and made longer, keys
/// removed.
fn edits(honest: &Value) -> Vec<(String, Value)> {
    let (mut leaves, mut nodes) = (Vec::new(), Vec::new());
    places(honest, "", &mut leaves, &mut nodes);
    let mut out = Vec::new();
    for place in leaves {
        for other in others(honest.pointer(&place).unwrap()) {
            let mut forged = honest.clone();
            *forged.pointer_mut(&place).unwrap() = other;
            out.push((place.clone(), forged));
        }
    }
    for place in nodes {
        let mut forged = honest.clone();
        match forged.pointer_mut(&place).unwrap() {
            Value::Array(items) => {
                let Some(last) = items.pop() else { continue };
                out.push((format!("{place} cut"), forged.clone()));
                let items = forged.pointer_mut(&place).unwrap().as_array_mut().unwrap();
                items.extend([last.clone(), last]);
                out.push((format!("{place} longer"), forged));
            }
            Value::Object(map) => {
                for key in map.keys().cloned().collect::<Vec<_>>() {
                    let mut forged = honest.clone();
                    forged.pointer_mut(&place).unwrap().as_object_mut().unwrap().remove(&key);
                    out.push((format!("{place} without {key}"), forged));
                }
            }
            other => panic!("{other}"),
        }
    }
    out
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The JSON files of an instance.
fn documents(dir: &Path) -> Vec<String> {
    let mut out: Vec<String> = std::fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".json"))
        .collect();
    out.sort();
    out
}

/// Every edit of every JSON file is refused. There is no exception.
fn walk(job: &Job, least: usize) {
    let dir = &job.instance.dir;
    assert!(accepted(dir, job), "{:#?}", whole(dir));
    let mut count = 0;
    for name in documents(dir) {
        let path = dir.join(&name);
        let bytes = std::fs::read(&path).unwrap();
        for (place, forged) in edits(&read(&path)) {
            store::write_json(&path, &forged).unwrap();
            assert!(!accepted(dir, job), "{name}: {place} was edited");
            count += 1;
            if name != "certificate.json" {
                continue;
            }
            // The same with a new seal.
            let Ok(typed) = serde_json::from_value(forged) else { continue };
            let typed = theriac::cert::Certificate { seal: String::new(), ..typed };
            let seal = seal::of(&typed).unwrap();
            store::write_json(&path, &theriac::cert::Certificate { seal, ..typed }).unwrap();
            let edited = std::fs::read(&path).unwrap() != bytes;
            assert_eq!(!accepted(dir, job), edited, "{name}: {place} was edited and sealed");
        }
        // The same value in other digits, and a key twice.
        let text = String::from_utf8(bytes.clone()).unwrap();
        for other in [text.replacen("\"schema\": 1", "\"schema\": 1, \"schema\": 1", 1), text + " "]
        {
            std::fs::write(&path, &other).unwrap();
            let same = other.as_bytes() == bytes;
            assert_eq!(accepted(dir, job), same, "{name} in other bytes");
        }
        std::fs::write(&path, bytes).unwrap();
    }
    assert!(count >= least, "only {count} edits");
    assert!(accepted(dir, job));
}

#[test]
fn every_edit_of_the_half_moons_instance_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let job = moons(dir.path(), 1, None);
    assert_eq!(
        documents(&job.instance.dir),
        ["answer.json", "attack.json", "certificate.json", "manifest.json", "start.json"]
    );
    walk(&job, 400);
}

#[test]
fn every_edit_of_the_bilinear_instance_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let job = features(dir.path());
    walk(&job, 400);
    let answer = read(&job.instance.dir.join("answer.json"));
    assert_eq!(answer["bound"]["solver"], "SCIP 10.0.2");
    assert_eq!(answer["log"], "solver.log");
}

/// As the examples, with bounds tightened by linear programs; needs HiGHS for the multipliers.
#[test]
fn every_edit_of_a_tightened_instance_is_refused() {
    use theriac::solve::{SolverKind, discover};
    if !discover().iter().any(|s| s.kind == SolverKind::Highs) {
        println!("every_edit_of_a_tightened_instance_is_refused: skipped, no HiGHS was found");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(instances::root().join("golden/spec_flips/question.thr"));
    let spec = dir.path().join("q.thr");
    let text = text.unwrap().replace("tighten interval", "tighten linear");
    std::fs::write(&spec, text).unwrap();
    let options = theriac::cert::pipeline::RunOptions {
        solver: Some(SolverChoice::Embedded),
        ..Default::default()
    };
    let made = theriac::cert::pipeline::run(
        &spec,
        &dir.path().join("tight"),
        &options,
        &mut |_| {},
        &NEVER,
    );
    let job = match made {
        Ok((job, _)) => job,
        Err(e @ theriac::cert::pipeline::PipelineError::NoTightener) => {
            println!("every_edit_of_a_tightened_instance_is_refused: skipped, {e}");
            return;
        }
        Err(e) => panic!("{e}"),
    };
    assert!(documents(&job.instance.dir).contains(&"tightening.json".to_owned()));
    walk(&job, 100);
}

/// A forger who edits the answer and lets the program make a new certificate from it. What is
/// accepted then is the solver's word alone.
fn recertified(job: &Job, taken: &dyn Fn(&str) -> bool) -> Vec<String> {
    let dir = &job.instance.dir;
    let own = || {
        verify_answer(&certificate(dir), job, VerifyOptions::default(), &NEVER)
            .is_ok_and(|c| c.accepted())
    };
    assert!(own());
    let mut through = Vec::new();
    for name in ["answer.json", "attack.json"] {
        let path = dir.join(name);
        let bytes = std::fs::read(&path).unwrap();
        for (place, forged) in edits(&read(&path)) {
            store::write_json(&path, &forged).unwrap();
            if certify(job).is_ok() && own() {
                assert!(taken(&place), "{name}: {place} was edited and certified anew");
                through.push(place);
            }
        }
        std::fs::write(&path, bytes).unwrap();
    }
    certify(job).unwrap();
    assert!(own());
    through
}

#[test]
fn a_forged_answer_passes_only_in_what_is_the_solvers_word() {
    let dir = tempfile::tempdir().unwrap();
    // Times, and what the solver said of bound and incumbent on its way.
    let timed = |place: &str| place == "/seconds" || place.starts_with("/history");
    let job = moons(dir.path(), 1, Some(20));
    let through = recertified(&job, &timed);
    assert!(through.contains(&"/seconds".to_owned()), "{through:?}");
    // A carried answer has no times.
    assert_eq!(recertified(&features(dir.path()), &|_| false), Vec::<String>::new());
    // The number of nodes depends on the threads; the finder of an attack is no ground of anything;
    // a bound may be off by a rounding, which the certificate allows for.
    let job = small(dir.path(), SolverChoice::Exhaustive);
    let through = recertified(&job, &|place| {
        timed(place) || ["/bound/status", "/bound/value", "/missing", "/finder"].contains(&place)
    });
    assert!(through.contains(&"/bound/status".to_owned()), "{through:?}");
    let checked = whole(&job.instance.dir).unwrap();
    assert!(checked.words.iter().any(|w| w.contains("nodes")), "{:?}", checked.words);
}

/// A forger who edits the manifest and makes a new certificate.
#[test]
fn a_forged_manifest_is_refused_with_a_new_certificate() {
    let dir = tempfile::tempdir().unwrap();
    let job = small(dir.path(), SolverChoice::Embedded);
    let dir = &job.instance.dir;
    let path = dir.join("manifest.json");
    let bytes = std::fs::read(&path).unwrap();
    let mut recertified = 0;
    for (place, forged) in edits(&read(&path)) {
        store::write_json(&path, &forged).unwrap();
        if let Ok(job) = Job::open(dir)
            && certify(&job).is_ok()
        {
            recertified += 1;
            let refused = whole(dir).is_none_or(|c| !c.accepted());
            // For which solvers the program is written is a free choice.
            let free = place == "/targets cut" || place == "/targets longer";
            assert!(refused || free, "manifest.json: {place} was edited and certified anew");
        }
    }
    assert!(recertified > 40, "{recertified}");
    std::fs::write(&path, bytes).unwrap();
    certify(&job).unwrap();
    assert!(whole(dir).unwrap().accepted());
}

/// Writes a file of an instance and enters its new hash into the manifest and the certificate.
fn plant(dir: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(dir.join(name), bytes).unwrap();
    let mut manifest = read(&dir.join("manifest.json"));
    fn enter(value: &mut Value, name: &str, dir: &Path) {
        match value {
            Value::Object(map) => {
                if map.get("path").is_some_and(|p| p == name) {
                    let role = serde_json::from_value(map["role"].clone()).unwrap();
                    *value = serde_json::to_value(store::record(dir, role, name).unwrap()).unwrap();
                    return;
                }
                map.values_mut().for_each(|v| enter(v, name, dir));
            }
            Value::Array(items) => items.iter_mut().for_each(|v| enter(v, name, dir)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    enter(&mut manifest, name, dir);
    store::write_json(&dir.join("manifest.json"), &manifest).unwrap();
    let job = Job::open(dir).map_err(|e| match e {
        // Long messages are wrapped.
        PipelineError::Spec(errors) => {
            let text = errors.plain().replace('|', " ");
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    })?;
    certify(&job).map(|_| ()).map_err(|e| e.to_string())
}

/// Files that no solver read are compiled again too.
#[test]
fn a_changed_model_saved_model_or_start_is_refused_with_new_hashes() {
    for name in ["model.lp", "model.mps", "model.thir", "start.json", "model.lp.start.sol"] {
        let dir = tempfile::tempdir().unwrap();
        let job = small(dir.path(), SolverChoice::Embedded);
        let dir = &job.instance.dir;
        let Ok(mut bytes) = std::fs::read(dir.join(name)) else {
            assert!(name.contains(".start."), "{name}");
            continue;
        };
        let digit = bytes.iter().rposition(u8::is_ascii_digit).unwrap();
        bytes[digit] = if bytes[digit] == b'1' { b'2' } else { b'1' };
        // A start that is no attack is refused before.
        if plant(dir, name, &bytes).is_ok() {
            let checked = whole(dir).unwrap();
            let wrong = checked.findings.iter().find(|f| !f.ok).expect(name);
            assert!(wrong.what.contains("manifest.json is not what compiling"), "{wrong:?}");
        }
    }
}

#[test]
fn inputs_outside_of_the_instance_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let job = moons(dir.path(), 1, Some(20));
    let instance = &job.instance.dir;
    let spec = "inputs/moons1.thr";
    let honest = std::fs::read_to_string(instance.join(spec)).unwrap();
    let data = "data/moons_n100_noise0.1_seed0.csv";
    std::fs::copy(dir.path().join(data), instance.join("inputs/beside.csv")).unwrap();
    for (path, why) in [
        (format!("../../{data}"), "outside of the instance"),
        (format!("../../../{}/{data}", dir.path().display()), "outside of the instance"),
        ("beside.csv".to_owned(), "does not record inputs/beside.csv"),
        (format!("../inputs/{data}"), ""),
    ] {
        let text = honest.replace(data, &path);
        assert_ne!(text, honest);
        let planted = plant(instance, spec, text.as_bytes());
        if why.is_empty() {
            // The same file by another way: the copy is not what compiling it gives.
            planted.unwrap();
            assert!(!whole(instance).unwrap().accepted());
        } else {
            let e = planted.unwrap_err();
            assert!(e.contains(why), "{path}: {e}");
        }
    }
    plant(instance, spec, honest.as_bytes()).unwrap();
    assert!(whole(instance).unwrap().accepted());
}

/// All files of a folder, relative to it.
fn files(dir: &Path, below: &str, out: &mut Vec<String>) {
    for entry in std::fs::read_dir(dir.join(below)).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let name = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type().unwrap().is_dir() {
            files(dir, &name, out);
        } else {
            out.push(name);
        }
    }
    out.sort();
}

#[test]
fn deleted_files_are_missed_and_added_ones_named() {
    let dir = tempfile::tempdir().unwrap();
    let job = moons(dir.path(), 1, Some(20));
    let place = &job.instance.dir;
    let mut names = Vec::new();
    files(place, "", &mut names);
    assert!(names.len() > 8, "{names:?}");
    for name in names {
        let bytes = std::fs::read(place.join(&name)).unwrap();
        std::fs::remove_file(place.join(&name)).unwrap();
        assert!(!accepted(place, &job), "{name} is gone");
        std::fs::create_dir(place.join(&name)).unwrap();
        assert!(!accepted(place, &job), "{name} is a folder");
        std::fs::remove_dir(place.join(&name)).unwrap();
        std::fs::write(place.join(&name), bytes).unwrap();
    }
    // No part of the certificate, and no harm: it says so.
    std::fs::write(place.join("inputs/notes.txt"), "mine").unwrap();
    let checked = whole(place).unwrap();
    assert!(checked.accepted());
    assert_eq!(checked.uncovered, ["inputs/notes.txt"]);
}

/// Two instances of the same size about two points: whatever one takes from the other is refused.
#[test]
fn files_of_another_instance_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (moons(dir.path(), 1, Some(20)), moons(dir.path(), 2, Some(20)));
    let (a, b) = (&one.instance.dir, &two.instance.dir);
    let mut names = Vec::new();
    files(a, "", &mut names);
    names.retain(|name| b.join(name).exists());
    let results = ["certificate.json", "answer.json", "attack.json", "solution.sol"];
    let all_but_inputs: Vec<&str> =
        names.iter().map(String::as_str).filter(|n| !n.starts_with("inputs")).collect();
    let mut groups: Vec<Vec<&str>> = names.iter().map(|n| vec![n.as_str()]).collect();
    groups.push(results.to_vec());
    groups.push(results[1..].to_vec());
    groups.push(all_but_inputs);
    let mut exchanged = 0;
    for group in groups {
        let kept: Vec<Vec<u8>> = group.iter().map(|n| std::fs::read(a.join(n)).unwrap()).collect();
        let same = group.iter().zip(&kept).all(|(n, k)| std::fs::read(b.join(n)).unwrap() == *k);
        group.iter().for_each(|n| {
            std::fs::copy(b.join(n), a.join(n)).unwrap();
        });
        assert_eq!(accepted(a, &one), same, "{group:?}");
        exchanged += usize::from(!same);
        for (n, k) in group.iter().zip(kept) {
            std::fs::write(a.join(n), k).unwrap();
        }
    }
    assert!(exchanged > 8, "{exchanged}");
    // The results of the other with a new certificate.
    for name in &results[1..] {
        std::fs::copy(b.join(name), a.join(name)).unwrap();
    }
    let open = Job::open(a).unwrap();
    assert!(certify(&open).is_err() || whole(a).is_none_or(|c| !c.accepted()));
}

/// An exhaustive search is repeated where that is cheap; a better bound is then refused, and where
/// it is not cheap the outcome says what was left out.
#[test]
fn a_forged_enumeration_is_refused_or_left_open() {
    let dir = tempfile::tempdir().unwrap();
    let job = small(dir.path(), SolverChoice::Exhaustive);
    let place = &job.instance.dir;
    let with = |repeat| {
        let options = VerifyOptions { repeat };
        verify_answer(&certificate(place), &job, options, &NEVER).unwrap()
    };
    for effort in [Effort::Little, Effort::All] {
        let honest = with(effort);
        assert!(honest.accepted() && honest.open.is_empty(), "{honest:#?}");
    }
    let left = with(Effort::AtMost(0));
    assert!(left.accepted(), "{left:#?}");
    assert_eq!(left.open, ["the exhaustive search was not repeated (use --repeat)"]);
    let path = place.join("answer.json");
    let honest = read(&path);
    assert_eq!(honest["bound"]["from"], "enumeration");
    // Stronger by less than the gap that would show, and weaker by as much.
    for by in [1e-9, -1e-3] {
        let mut forged = honest.clone();
        let value = forged["bound"]["value"].as_f64().unwrap();
        forged["bound"]["value"] = Value::from(value + by);
        store::write_json(&path, &forged).unwrap();
        certify(&job).unwrap();
        for effort in [Effort::Little, Effort::All] {
            assert!(!with(effort).accepted(), "{by}");
        }
    }
}

/// A search that fails costs no older answer.
#[test]
fn an_older_answer_outlives_a_failed_search() {
    let dir = tempfile::tempdir().unwrap();
    let job = features(dir.path());
    let before = std::fs::read(job.instance.dir.join("answer.json")).unwrap();
    let failed = solved(&job, SolverChoice::Embedded).unwrap();
    assert!(failed.contains("stays"), "{failed}");
    assert_eq!(std::fs::read(job.instance.dir.join("answer.json")).unwrap(), before);
    assert!(whole(&job.instance.dir).unwrap().accepted());
}
