//! Older instances and files of others in an instance directory are not lost.

use std::path::Path;
use std::process::Output;

use crate::program::{err, status, theriac_with};

/// Where no solver is to be found.
fn theriac(empty: &Path, args: &[&str]) -> Output {
    theriac_with(empty, "", args)
}

#[test]
fn an_older_certificate_survives_a_run_that_fails() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("moons");
    let text = place.to_str().unwrap();
    let run = |spec: &str, solver: &str| {
        theriac(dir.path(), &["run", spec, "-o", text, "--solver", solver])
    };
    let done = run("examples/moons.thr", "embedded");
    assert_eq!(status(&done), 0, "{}", err(&done));
    std::fs::write(place.join("thesis.txt"), "mine").unwrap();
    std::fs::write(place.join("inputs").join("notes.txt"), "mine").unwrap();
    let certificate = || std::fs::read(place.join("certificate.json")).unwrap();
    let before = certificate();
    // Neither a missing solver nor one that cannot take the program costs the older answer.
    for (spec, solver) in
        [("examples/moons.thr", "gurobi"), ("examples/moons-features.thr", "embedded")]
    {
        let done = run(spec, solver);
        assert_ne!(status(&done), 0, "{spec} {solver}");
        assert_eq!(certificate(), before, "{spec} {solver}");
    }
    let compiled = theriac(dir.path(), &["compile", "examples/moons.thr", "-o", text]);
    assert_eq!(status(&compiled), 2);
    assert!(err(&compiled).contains("notes.txt"), "{}", err(&compiled));
    assert_eq!(certificate(), before);
    let forced = theriac(dir.path(), &["compile", "examples/moons.thr", "-o", text, "--force"]);
    assert_eq!(status(&forced), 0, "{}", err(&forced));
    assert!(!place.join("certificate.json").exists());
    assert_eq!(status(&run("examples/moons.thr", "embedded")), 0);
    for kept in ["thesis.txt", "inputs/notes.txt"] {
        assert_eq!(std::fs::read(place.join(kept)).unwrap(), b"mine", "{kept}");
    }
    let path = place.join("certificate.json");
    assert_eq!(status(&theriac(dir.path(), &["check", path.to_str().unwrap()])), 0);
    let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

/// Without any solver the interval bound and the best replayed attack are still an answer.
#[test]
fn a_question_without_a_fitting_solver_gets_a_certificate() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("features");
    let text = place.to_str().unwrap();
    let args = ["run", "examples/moons-features.thr", "-o", text, "--solver", "auto"];
    let done = theriac(dir.path(), &args);
    assert_eq!(status(&done), 0, "{}", err(&done));
    let path = place.join("certificate.json");
    let c: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert!(c["attack"]["value"].is_f64(), "{c}");
    if c["verdict"] == "unknown" {
        assert!(c["reason"].as_str().unwrap().contains("theriac solvers install"), "{c}");
    }
    assert_eq!(status(&theriac(dir.path(), &["check", path.to_str().unwrap()])), 0);
}

/// A folder that merely holds a file called `manifest.json` is somebody else's.
#[test]
fn a_foreign_manifest_makes_no_instance() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("app");
    std::fs::create_dir(&place).unwrap();
    let text = place.to_str().unwrap();
    let foreign = [
        "{}",
        "",
        "[1]",
        "not JSON",
        r#"{"manifest_version": 3, "name": "an extension"}"#,
        r#"{"schema": 1, "theriac": "0.1.0"}"#,
    ];
    for manifest in foreign {
        std::fs::write(place.join("manifest.json"), manifest).unwrap();
        std::fs::write(place.join("answer.json"), "mine").unwrap();
        for command in ["compile", "run"] {
            for force in [&[][..], &["--force"][..]] {
                if command == "run" && !force.is_empty() {
                    continue;
                }
                let args = [&[command, "examples/moons.thr", "-o", text][..], force].concat();
                let done = theriac(dir.path(), &args);
                assert_eq!(status(&done), 2, "{manifest:?} {args:?}: {}", err(&done));
                assert!(err(&done).contains("not an instance directory"), "{}", err(&done));
            }
        }
        let kept = std::fs::read_to_string(place.join("manifest.json")).unwrap();
        assert_eq!(kept, manifest);
        assert_eq!(std::fs::read(place.join("answer.json")).unwrap(), b"mine");
        assert_eq!(std::fs::read_dir(&place).unwrap().count(), 2);
    }
}

/// A manifest that names somebody's file as a model does not make it theriac's.
#[test]
fn a_manifest_cannot_give_away_the_files_of_others() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("moons");
    let text = place.to_str().unwrap();
    let compile = |more: &[&str]| {
        theriac(dir.path(), &[&["compile", "examples/moons.thr", "-o", text][..], more].concat())
    };
    assert_eq!(status(&compile(&[])), 0);
    let path = place.join("manifest.json");
    let manifest = std::fs::read_to_string(&path).unwrap();
    std::fs::write(place.join("thesis.txt"), "mine").unwrap();
    std::fs::write(&path, manifest.replace("\"model.mps\"", "\"thesis.txt\"")).unwrap();
    for force in [&[][..], &["--force"][..]] {
        let done = compile(force);
        assert_eq!(status(&done), 2, "{}", err(&done));
        assert_eq!(std::fs::read(place.join("thesis.txt")).unwrap(), b"mine");
    }
    std::fs::remove_file(place.join("model.mps")).unwrap();
    assert_eq!(status(&compile(&["--force"])), 0);
    assert_eq!(std::fs::read(place.join("thesis.txt")).unwrap(), b"mine");
}

/// An instance of the layout before fingerprints is refused with what to do, and may be replaced.
#[test]
fn an_instance_without_a_fingerprint_is_compiled_again() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("moons");
    let text = place.to_str().unwrap();
    let compile = || theriac(dir.path(), &["compile", "examples/moons.thr", "-o", text]);
    assert_eq!(status(&compile()), 0);
    let path = place.join("manifest.json");
    let now = std::fs::read_to_string(&path).unwrap();
    let older: String = now
        .lines()
        .filter(|l| !l.contains("\"fingerprint\":"))
        .map(|l| format!("{}\n", l.replace("\"schema\": 2", "\"schema\": 1")))
        .collect();
    assert_eq!(older.lines().count() + 1, now.lines().count());
    std::fs::write(&path, &older).unwrap();
    for command in ["solve", "certify"] {
        let done = theriac(dir.path(), &[command, text]);
        assert_eq!(status(&done), 2, "{command}");
        let why = err(&done);
        assert!(
            why.contains("layout 1") && why.contains("compile the specification again"),
            "{why}"
        );
    }
    assert_eq!(status(&compile()), 0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), now);
}

/// A directory that comes into being during the work is another run's, and stays as it is.
#[test]
fn two_runs_into_one_folder_do_not_mix() {
    use theriac::cert::pipeline::{CompileOptions, PipelineError, compile};
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("moons");
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/moons.thr");
    let mut other = |_| {
        std::fs::create_dir_all(&place).unwrap();
        std::fs::write(place.join("manifest.json"), "of the other run").unwrap();
    };
    let error = compile(&spec, &place, &CompileOptions::default(), &mut other).unwrap_err();
    assert!(matches!(error, PipelineError::Raced { .. }), "{error}");
    let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(std::fs::read(place.join("manifest.json")).unwrap(), b"of the other run");
}

/// Two runs that replace the same instance at once: the later one finds the other's, and that stays.
#[test]
fn of_two_runs_over_one_instance_the_first_stays() {
    use std::sync::atomic::AtomicBool;
    use theriac::cert::pipeline::{PipelineError, RunOptions, VerifyOptions, run, verify};
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("moons");
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/moons.thr");
    let text = std::fs::read_to_string(&spec).unwrap();
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("data")).unwrap();
    for name in ["data/moons_2-1_s1.onnx", "data/moons_n100_noise0.1_seed0.csv"] {
        std::fs::copy(spec.with_file_name(name), home.path().join(name)).unwrap();
    }
    let other = home.path().join("other.thr");
    std::fs::write(&other, text.replace("at most 5", "at most 4")).unwrap();
    let never = AtomicBool::new(false);
    let solver = Some(theriac::front::spec::SolverChoice::Embedded);
    let mut options = RunOptions { solver, ..RunOptions::default() };
    run(&spec, &place, &options, &mut |_| {}, &never).unwrap();
    options.compile.force = true;
    let (mut ran, mut between) = (false, None);
    let error = run(
        &spec,
        &place,
        &options,
        &mut |_| {
            if !std::mem::replace(&mut ran, true) {
                run(&other, &place, &options, &mut |_| {}, &never).unwrap();
                between = Some(std::fs::read(place.join("certificate.json")).unwrap());
            }
        },
        &never,
    )
    .unwrap_err();
    assert!(matches!(error, PipelineError::Changed { .. }) && error.is_input(), "{error}");
    let certificate = place.join("certificate.json");
    assert_eq!(Some(std::fs::read(&certificate).unwrap()), between);
    assert!(verify(&certificate, VerifyOptions::default(), &never).unwrap().1.accepted());
    let mut left: Vec<_> =
        std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["moons"]);
}

/// Where the files have no start although one was wanted, a line says why.
#[test]
fn a_missing_start_is_told() {
    use theriac::cert::pipeline::{CompileOptions, News, compile};
    let dir = tempfile::tempdir().unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/spec_flips/question.thr");
    let text = std::fs::read_to_string(golden).unwrap();
    // Far from every data point no flip makes an error.
    let errors = text.replace("worst margin at (0.5, 0.2) label +1", "worst errors on train[0]");
    assert_ne!(errors, text);
    for (text, wanted, told) in
        [(&text, true, false), (&errors, true, true), (&errors, false, false)]
    {
        let spec = dir.path().join("q.thr");
        std::fs::write(&spec, text).unwrap();
        let place = tempfile::tempdir_in(dir.path()).unwrap();
        let options = CompileOptions { start: wanted, ..CompileOptions::default() };
        let mut notes = Vec::new();
        let job = compile(&spec, &place.path().join("i"), &options, &mut |news| {
            if let News::Note(text) = news {
                notes.push(text);
            }
        })
        .unwrap();
        let said = notes.iter().any(|n| n.starts_with("no start for solvers: "));
        assert_eq!((said, job.start.is_some()), (told, wanted && !told), "{notes:?}");
    }
}
