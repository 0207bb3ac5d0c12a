//! Questions about binarised networks from a specification to a checked certificate: papers 4.12, where the largest lead of a
//! rival is known, and edited files.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use serde_json::Value;
use theriac::cert::certificate::BoundSource;
use theriac::cert::pipeline::RunOptions;
use theriac::cert::{Certificate, Verdict, store, verification};
use theriac::front::spec::{self, SolverChoice};

use super::golden::GOLDEN;

static NEVER: AtomicBool = AtomicBool::new(false);

/// A folder with the golden network and a question about it.
fn folder(at: [i64; 3], class: usize, ball: &str, settings: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/data/binarised.onnx");
    std::fs::copy(data, dir.path().join("net.onnx")).unwrap();
    let [a, b, c] = at;
    let text = format!(
        "network net = onnx \"net.onnx\"\nask robust at ({a}/4, {b}/4, {c}/4) label {class}\n\
         perturb {{ {ball} within [0, 1]; lattice 1/4 }}\n{settings}\n"
    );
    std::fs::write(dir.path().join("q.thr"), text).unwrap();
    dir
}

fn run(dir: &Path, solver: SolverChoice) -> Certificate {
    let path = dir.join("q.thr");
    let asked = spec::load(&path).unwrap_or_else(|e| panic!("{}", e.plain()));
    let spec = asked.verify().unwrap();
    let options = RunOptions { solver: Some(solver), ..RunOptions::default() };
    let out = dir.join("out");
    let (_, done) = verification::run((&path, spec), &out, &options, &mut |_| {}, &NEVER).unwrap();
    done.certificate
}

/// What a check finds wrong.
fn check(dir: &Path) -> Vec<String> {
    let out = dir.join("out");
    let job = match verification::Job::open(&out) {
        Ok(job) => job,
        Err(e) => return vec![e.to_string()],
    };
    match verification::verify(&out.join("certificate.json"), &job, &NEVER) {
        Ok(checked) => checked.findings.into_iter().filter(|f| !f.ok).map(|f| f.what).collect(),
        Err(e) => vec![e.to_string()],
    }
}

/// Every norm and radius, decided by a solver with each kind of program, and by covers alone. A rival that is level
/// counts as an attack.
#[test]
fn verdicts_are_those_of_the_table() {
    let rows = "encode { binarised layerwise 100; bounds interval }";
    let plain = "encode { binarised; bounds interval }";
    let each = "encode { binarised; models each; bounds interval }";
    let (mut proofs, mut bounds, mut unknown) = (0, 0, 0);
    for (at, _, class, _, table) in GOLDEN {
        for (norm, values) in ["linf", "l1", "l2"].into_iter().zip(table) {
            for (quarters, value) in (1..=3).zip(values) {
                let ball = format!("{norm} {quarters}/4");
                let expected = if value < 0 { Verdict::Certified } else { Verdict::Attacked };
                for (settings, solver) in [
                    (plain, SolverChoice::Embedded),
                    (each, SolverChoice::Embedded),
                    (rows, SolverChoice::Embedded),
                    (plain, SolverChoice::Branch),
                ] {
                    let text = format!("{settings}\nsolve {{ attack off }}");
                    let dir = folder(at, class, &ball, &text);
                    let c = run(dir.path(), solver);
                    let place = format!("{at:?} {ball} {settings} {solver:?}: {}", c.reason);
                    // A cover knows the ball without its lattice, and finds points of it by luck.
                    if solver == SolverChoice::Branch && c.verdict == Verdict::Unknown {
                        unknown += 1;
                    } else {
                        assert_eq!(c.verdict, expected, "{place}");
                    }
                    assert_eq!(check(dir.path()), Vec::<String>::new(), "{place}");
                    let bound = c.bound.as_ref().map(|b| b.value);
                    assert!(bound.is_none_or(|b| b <= -value as f64 + 1e-9), "{place}");
                    if let Some(attack) = &c.attack {
                        assert!(attack.value <= 0.0 && attack.value >= -value as f64, "{place}");
                    }
                    for part in &c.parts {
                        match part.bound.as_ref().map(|b| b.from) {
                            Some(BoundSource::Proof) => proofs += 1,
                            Some(BoundSource::Solver) => bounds += 1,
                            _ => {}
                        }
                    }
                }
            }
        }
    }
    assert!(proofs > 0 && bounds > 40 && unknown < 3, "{proofs} {bounds} {unknown}");
}

/// Edits a JSON file of an instance.
fn edit(path: &Path, change: impl Fn(&mut Value)) {
    let mut value: Value = store::read_json(path, "file").unwrap();
    let before = value.clone();
    change(&mut value);
    assert_ne!(value, before, "{} was not edited", path.display());
    store::write_json(path, &value).unwrap();
}

/// A cover that proves a part, and one that rows follow from, are checked before anything rests on them.
#[test]
fn edited_covers_are_refused() {
    let proof: [fn(&mut Value); 5] = [
        |v| v[0]["layers"]["facts"]["leads"][0] = (-9).into(),
        |v| v[0]["layers"]["tree"] = serde_json::json!([]),
        |v| v[0]["layers"]["tree"][0] = 77.into(),
        |v| v[0]["layers"]["cores"] = serde_json::json!([]),
        |v| v[0]["part"] = 3.into(),
    ];
    let bare = "encode { binarised; bounds interval }\nsolve { attack off }";
    for change in proof {
        let dir = folder([3, 1, 2], 2, "linf 1/4", bare);
        let c = run(dir.path(), SolverChoice::Branch);
        assert_eq!(c.verdict, Verdict::Certified, "{}", c.reason);
        edit(&dir.path().join("out/proof.json"), change);
        assert_ne!(check(dir.path()), Vec::<String>::new());
    }
    let rows: [fn(&mut Value); 4] = [
        |v| v[0]["log"]["facts"]["leads"][0] = (-9).into(),
        |v| v[0]["log"]["facts"]["layers"][0]["known"][0] = true.into(),
        |v| v[0]["log"]["tree"] = serde_json::json!([]),
        |v| v[0] = serde_json::json!({}),
    ];
    let strong = "encode { binarised layerwise 50; bounds interval }\nsolve { attack off }";
    for change in rows {
        let dir = folder([3, 1, 2], 2, "linf 1/4", strong);
        let c = run(dir.path(), SolverChoice::Embedded);
        assert_eq!(c.verdict, Verdict::Certified, "{}", c.reason);
        edit(&dir.path().join("out/cuts.json"), change);
        assert_ne!(check(dir.path()), Vec::<String>::new());
    }
}

/// The example of the documents.
#[test]
fn the_example_is_certified_by_a_cover() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("examples/binarised.thr");
    let spec = spec::load(&path).unwrap_or_else(|e| panic!("{}", e.plain())).verify().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let options = RunOptions { solver: Some(SolverChoice::Branch), ..RunOptions::default() };
    let out = dir.path().join("out");
    let (_, done) = verification::run((&path, spec), &out, &options, &mut |_| {}, &NEVER).unwrap();
    let c = done.certificate;
    assert_eq!(c.verdict, Verdict::Certified, "{}", c.reason);
    assert_eq!(c.parts[0].bound.as_ref().map(|b| b.from), Some(BoundSource::Proof));
    assert_eq!(check(dir.path()), Vec::<String>::new());
}
