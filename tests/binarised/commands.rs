//! Questions about binarised networks from a specification to a checked certificate: papers 4.12, where the largest lead of a
//! rival is known, and edited files.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use fastrand::Rng;
use serde_json::Value;
use theriac::cert::certificate::BoundSource;
use theriac::cert::pipeline::RunOptions;
use theriac::cert::{Certificate, Verdict, store, verification};
use theriac::front::spec::{self, SolverChoice};

use theriac::network::binarised::import;
use theriac::question::verify::Truth;

use super::golden::GOLDEN;
use super::{data, file, rows};

static NEVER: AtomicBool = AtomicBool::new(false);

/// A folder with the golden network and a question about it.
pub(super) fn folder(at: [i64; 3], class: usize, ball: &str, settings: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/data/binarised.onnx");
    std::fs::copy(data, dir.path().join("net.onnx")).unwrap();
    let [a, b, c] = at;
    let text = format!(
        "network net = onnx \"net.onnx\"\nask robust at ({a}/4, {b}/4, {c}/4) label {class}\n\
         perturb {{ {ball}; within [0, 1]; lattice 1/4 }}\n{settings}\n"
    );
    std::fs::write(dir.path().join("q.thr"), text).unwrap();
    dir
}

pub(super) fn run(dir: &Path, solver: SolverChoice) -> Certificate {
    let path = dir.join("q.thr");
    let asked = spec::load(&path).unwrap_or_else(|e| panic!("{}", e.plain()));
    let spec = asked.verify().unwrap();
    let options = RunOptions { solver: Some(solver), ..RunOptions::default() };
    let out = dir.join("out");
    let (_, done) = verification::run((&path, spec), &out, &options, &mut |_| {}, &NEVER).unwrap();
    done.certificate
}

/// What a check finds wrong.
pub(super) fn check(dir: &Path) -> Vec<String> {
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
                            Some(BoundSource::Cover) => proofs += 1,
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

/// A statement and which changes, in quarters, it allows.
type Statement = (&'static str, fn([i64; 3]) -> bool);

fn l1(d: [i64; 3]) -> i64 {
    d.iter().map(|d| d.abs()).sum()
}

fn l2(d: [i64; 3]) -> i64 {
    d.iter().map(|d| d * d).sum()
}

/// Several statements in one block: all of them hold.
#[test]
fn mixtures_are_decided_as_by_enumeration() {
    const STATEMENTS: [Statement; 12] = [
        ("linf 1/4; l1 2/4", |d| d.iter().all(|d| d.abs() <= 1) && l1(d) <= 2),
        ("l1 3/4; l2 2/4", |d| l1(d) <= 3 && l2(d) <= 4),
        ("l2 3/4; l1 4/4", |d| l1(d) <= 4 && l2(d) <= 9),
        ("linf 2/4; l2 5/8", |d| d.iter().all(|d| d.abs() <= 2) && 4 * l2(d) <= 25),
        ("linf 1/4; l1 2/4; l2 3/8", |d| {
            d.iter().all(|d| d.abs() <= 1) && l1(d) <= 2 && 4 * l2(d) <= 9
        }),
        ("linf 2/4; l1 1; l2 3/4", |d| d.iter().all(|d| d.abs() <= 2) && l1(d) <= 4 && l2(d) <= 9),
        ("offset x[0, 2] in [-1/2, 1/2]; l1 3/4", |d| {
            d[1] == 0 && d[0].abs() <= 2 && d[2].abs() <= 2 && l1(d) <= 3
        }),
        ("l2 1/2; offset x[1] in [-1, 1]; offset x[2] in [0, 1]", |d| {
            d[0] == 0 && d[2] >= 0 && l2(d) <= 4
        }),
        ("offset x in [-3/4, 0]; l1 3/4; l2 5/8", |d| {
            d.iter().all(|d| (-3..=0).contains(d)) && l1(d) <= 3 && 4 * l2(d) <= 25
        }),
        ("linf 1/4; offset x[0] in [-1, 0]; offset x[1] in [0, 1]", |d| {
            d[2] == 0 && (-1..=0).contains(&d[0]) && (0..=1).contains(&d[1])
        }),
        ("linf 1/2; offset x in [0, 1]; l1 3/4; l2 5/8", |d| {
            d.iter().all(|d| (0..=2).contains(d)) && l1(d) <= 3 && 4 * l2(d) <= 25
        }),
        ("l1 1/4; l2 1", |d| l1(d) <= 1 && l2(d) <= 16),
    ];
    let net = theriac::front::onnx::import::load_graph(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/data/binarised.onnx"),
        &theriac::front::onnx::import::Options::default(),
    );
    let net = import(&net.unwrap().graph).unwrap().on_lattice(4).unwrap();
    let points = || (0..125).map(|c: i64| [c / 25, c / 5 % 5, c % 5]);
    let (mut told, mut bare, mut by_branch) = ([0, 0], 0, 0);
    for (at, _, class, _, _) in GOLDEN {
        for (words, holds) in STATEMENTS {
            let inside = |k: &[i64; 3]| holds([0, 1, 2].map(|j| k[j] - at[j]));
            let lead = |k: [i64; 3]| {
                let y = net.evaluate(&k).scores;
                (0..3).filter(|t| *t != class).map(|t| y[t] - y[class]).max().unwrap()
            };
            let value = points().filter(inside).map(lead).max().unwrap();
            let expected = if value < 0 { Verdict::Certified } else { Verdict::Attacked };
            for (settings, solver) in [
                ("binarised; bounds interval", SolverChoice::Embedded),
                ("binarised; models each; bounds interval", SolverChoice::Embedded),
                ("binarised layerwise 100; bounds interval", SolverChoice::Embedded),
                ("binarised; bounds interval", SolverChoice::Branch),
            ] {
                for search in ["attack off", "attack 500 evaluations"] {
                    let text = format!("encode {{ {settings} }}\nsolve {{ {search} }}");
                    let dir = folder(at, class, words, &text);
                    let c = run(dir.path(), solver);
                    let place = format!("{at:?} {words} {settings} {solver:?}: {}", c.reason);
                    // A cover finds points of the lattice by luck.
                    if solver == SolverChoice::Branch && c.verdict == Verdict::Unknown {
                        bare += 1;
                        continue;
                    }
                    assert_eq!(c.verdict, expected, "{place}");
                    assert_eq!(check(dir.path()), Vec::<String>::new(), "{place}");
                    let bound = c.bound.as_ref().map(|b| b.value);
                    assert!(bound.is_none_or(|b| b <= -value as f64 + 1e-9), "{place}");
                    if let Some(attack) = &c.attack {
                        let x = attack.test_input.as_ref().unwrap();
                        let k = [0, 1, 2].map(|j| (x[j] * 4.0) as i64);
                        assert!(inside(&k) && lead(k) >= 0, "{place}");
                        told[1] += 1;
                    } else {
                        told[0] += 1;
                    }
                    by_branch += usize::from(solver == SolverChoice::Branch);
                }
            }
        }
    }
    println!("{told:?} {bare} {by_branch}");
    assert!(told.iter().all(|n| *n > 40) && by_branch > 40, "{told:?} {bare} {by_branch}");
}

/// What decides of an attack, in a run and in a check, asks every statement, also at the edge of each and where no
/// double is a point of the lattice.
#[test]
fn a_replay_asks_every_statement() {
    let all = [("linf", 0), ("l1", 1), ("l2", 2)];
    let mut counts = [0; 2];
    for q in [4, 3, 255] {
        for (at, radii) in [([3, 1, 2], [2, 3, 2]), ([1, 1, 1], [1, 2, 2]), ([0, 3, 2], [3, 4, 3])]
        {
            for chosen in 1..8 {
                let used = || all.iter().filter(|(_, n)| chosen >> n & 1 == 1);
                let words: Vec<String> =
                    used().map(|(word, n)| format!("{word} {}/{q}", radii[*n])).collect();
                let dir = folder([0, 0, 0], 2, "linf 1/4", "");
                let path = dir.path().join("q.thr");
                let text = format!(
                    "network net = onnx \"net.onnx\"\n\
                     ask robust at ({}/{q}, {}/{q}, {}/{q}) label 2\n\
                     perturb {{ {}; within [0, 1]; lattice 1/{q} }}\nencode {{ binarised }}\n",
                    at[0],
                    at[1],
                    at[2],
                    words.join("; ")
                );
                std::fs::write(&path, text).unwrap();
                let spec = spec::load(&path).unwrap_or_else(|e| panic!("{}", e.plain()));
                let question = spec.verify().unwrap().question.clone();
                let case = &question.cases[0];
                for code in 0..512 {
                    let k = [code / 64, code / 8 % 8, code % 8];
                    if k.iter().any(|k| *k > q) {
                        continue;
                    }
                    let d: [i64; 3] = [0, 1, 2].map(|j| k[j] - at[j]);
                    let spent = [d.iter().map(|d| d.abs()).max().unwrap(), l1(d), l2(d)];
                    let most = [radii[0], radii[1], radii[2] * radii[2]];
                    let inside = used().all(|(_, n)| spent[*n] <= most[*n]);
                    let x = k.map(|k| k as f64 / q as f64);
                    let admitted = case.replay(&question.graph, &x).unwrap().admitted;
                    let truth = if inside { Truth::Yes } else { Truth::No };
                    assert_eq!(admitted, truth, "{at:?}/{q} {words:?} {k:?}");
                    counts[usize::from(inside)] += 1;
                }
            }
        }
    }
    assert!(counts.iter().all(|n| *n > 2_000), "{counts:?}");
}

/// Edits a JSON file of an instance.
pub(super) fn edit(path: &Path, change: impl Fn(&mut Value)) {
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
    assert_eq!(c.parts[0].bound.as_ref().map(|b| b.from), Some(BoundSource::Cover));
    assert_eq!(check(dir.path()), Vec::<String>::new());
}

/// Few pixels that may move, and a network whose `Sign(0)` is 0: truth is the exact evaluation of every picture.
#[test]
fn a_third_value_is_decided_by_pictures() {
    let name = "digits_bnn_ternary_64-8-10_s1.onnx";
    let net = import(&file(name)).unwrap().on_lattice(16).unwrap();
    let mut rng = Rng::with_seed(17);
    let (mut tied, mut attacked, mut certified) = (0, 0, 0);
    for row in rows("digits.csv") {
        let image: Vec<i64> = row[..64].iter().map(|v| v.parse().unwrap()).collect();
        let scores = net.evaluate(&image).scores;
        let most = *scores.iter().max().unwrap();
        let class = scores.iter().position(|s| *s == most).unwrap();
        let pixels: Vec<usize> = (0..3).map(|n| 20 * n + rng.usize(0..20)).collect();
        let (mut worst, mut met) = (i64::MIN, false);
        for code in 0..125_usize {
            let mut k = image.clone();
            for (n, j) in pixels.iter().enumerate() {
                let by = code / 5_usize.pow(n as u32) % 5;
                k[*j] = (image[*j] + by as i64 - 2).clamp(0, 16);
            }
            let found = net.evaluate(&k);
            let others = found.scores.iter().enumerate().filter(|(t, _)| *t != class);
            worst = worst.max(others.map(|(_, s)| s - found.scores[class]).max().unwrap());
            met |= !found.ties.is_empty();
        }
        let dir = tempfile::tempdir().unwrap();
        std::fs::copy(data().join(name), dir.path().join("net.onnx")).unwrap();
        let at: Vec<String> = image.iter().map(|k| format!("{k}/16")).collect();
        let moves: Vec<String> =
            pixels.iter().map(|j| format!("offset x[{j}] in [-2/16, 2/16]")).collect();
        for (settings, solver) in [
            ("encode { binarised; bounds interval }", SolverChoice::Embedded),
            ("encode { binarised layerwise 50; bounds interval }", SolverChoice::Embedded),
            ("encode { binarised; bounds interval }", SolverChoice::Branch),
        ] {
            let text = format!(
                "network net = onnx \"net.onnx\"\nask robust at ({}) label {class}\n\
                 perturb {{ {}; within [0, 1]; lattice 1/16 }}\n{settings}\nsolve {{ attack off }}\n",
                at.join(", "),
                moves.join("; ")
            );
            std::fs::write(dir.path().join("q.thr"), text).unwrap();
            let _ = std::fs::remove_dir_all(dir.path().join("out"));
            let c = run(dir.path(), solver);
            let expected = if worst < 0 { Verdict::Certified } else { Verdict::Attacked };
            assert_eq!(c.verdict, expected, "{pixels:?} {settings} {solver:?}: {}", c.reason);
            assert_eq!(check(dir.path()), Vec::<String>::new());
            match expected {
                Verdict::Attacked => attacked += 1,
                _ => certified += 1,
            }
        }
        tied += usize::from(met);
    }
    assert!(tied > 3 && attacked > 5 && certified > 20, "{tied} {attacked} {certified}");
}
