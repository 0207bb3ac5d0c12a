//! The largest radius: all points of the golden network's lattice, where enumeration knows it, and edited answers.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use serde_json::Value;
use theriac::cert::pipeline::{CompileOptions, PipelineError, RunOptions};
use theriac::cert::{Certificate, Verdict, largest, seal, store};
use theriac::front::spec::{self, SolverChoice};
use theriac::network::binarised::{Integer, import};
use theriac::question::verify::Ties;

use super::commands::{edit, folder};

static NEVER: AtomicBool = AtomicBool::new(false);

fn net() -> Integer {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/data/binarised.onnx");
    let graph = theriac::front::onnx::import::load_graph(&path, &Default::default()).unwrap().graph;
    import(&graph).unwrap().on_lattice(4).unwrap()
}

/// A folder whose question asks for the largest radius, by `step`, in the words of the language.
fn asking(at: [i64; 3], class: usize, ball: &str, (ties, step): (Ties, &str)) -> tempfile::TempDir {
    let dir = folder(at, class, ball, "encode { binarised }");
    let path = dir.path().join("q.thr");
    let text = std::fs::read_to_string(&path).unwrap();
    let label = format!("label {class}");
    let text = text
        .replace("ask robust at", "ask largest radius at")
        .replace(&label, &format!("{label} ties {} {step}", ties.word()));
    std::fs::write(&path, text).unwrap();
    dir
}

fn run(dir: &Path, limit: Option<f64>) -> Result<Certificate, PipelineError> {
    run_over(dir, limit, false)
}

/// The same, where an older answer is replaced if `force` says so.
fn run_over(dir: &Path, limit: Option<f64>, force: bool) -> Result<Certificate, PipelineError> {
    let path = dir.join("q.thr");
    let asked = spec::load(&path).unwrap_or_else(|e| panic!("{}", e.plain()));
    let options = RunOptions {
        solver: Some(SolverChoice::Embedded),
        time_limit: limit,
        compile: CompileOptions { force, ..CompileOptions::default() },
        ..RunOptions::default()
    };
    let asked = (path.as_path(), asked.largest().unwrap());
    largest::run(asked, &dir.join("out"), &options, &mut |_| {}, &NEVER).map(|done| done.1)
}

/// What a check finds wrong.
fn check(dir: &Path) -> Vec<String> {
    let out = dir.join("out");
    let checked = largest::Job::open(&out)
        .and_then(|job| largest::verify(&out.join("certificate.json"), &job, &NEVER));
    match checked {
        Ok(checked) => checked.findings.into_iter().filter(|f| !f.ok).map(|f| f.what).collect(),
        Err(e) => vec![e.to_string()],
    }
}

/// The distance to the nearest point at which a rival wins, in units that make it whole: steps, or squares of
/// steps. None where there is no such point at all.
fn nearest(net: &Integer, at: [i64; 3], class: usize, norm: &str, ties: Ties) -> Option<i64> {
    let points = (0..125).map(|c| [c / 25, c / 5 % 5, c % 5]);
    let wins = |k: &[i64; 3]| {
        let scores = net.evaluate(k).scores;
        (0..3).filter(|t| *t != class).any(|t| match ties {
            Ties::Wrong => scores[t] >= scores[class],
            Ties::Right => scores[t] > scores[class],
            Ties::First => scores[t] > scores[class] || (t < class && scores[t] == scores[class]),
        })
    };
    let far = |k: [i64; 3]| {
        let by = k.iter().zip(at).map(|(a, b)| (a - b).abs());
        match norm {
            "linf" => by.max().unwrap(),
            "l1" => by.sum(),
            _ => by.map(|d| d * d).sum(),
        }
    };
    points.filter(wins).map(far).min()
}

/// Every point of the lattice in turn with one of the norms, steps and rules for ties. Radii of `l2` are eighths.
#[test]
fn ends_are_those_of_enumeration() {
    let net = net();
    let (mut whole, mut none, mut inner) = (0, 0, 0);
    for code in 0..125_i64 {
        let at = [code / 25, code / 5 % 5, code % 5];
        let scores = net.evaluate(&at).scores;
        let most = *scores.iter().max().unwrap();
        let class = scores.iter().position(|s| *s == most).unwrap();
        let norm = ["linf", "l1", "l2"][(code % 3) as usize];
        let ties = [Ties::Wrong, Ties::First, Ties::Right][(code / 3 % 3) as usize];
        let (step, radii, ball) = match norm {
            "l2" => ("step 0.125", 8, "l2 1".to_owned()),
            _ if code % 4 == 0 => ("", 1, format!("{norm} 1/4")),
            _ => ("", 3, format!("{norm} 3/4")),
        };
        let dir = asking(at, class, &ball, (ties, step));
        let c = run(dir.path(), None).unwrap();
        let place = format!("{at:?} {ball} {ties:?}: {}", c.reason);
        assert_eq!(check(dir.path()), Vec::<String>::new(), "{place}");
        assert_eq!(c.verdict, Verdict::Certified, "{place}");
        let record = c.radius.as_ref().unwrap();
        // The least radius whose ball has the nearest point.
        let broken = nearest(&net, at, class, norm, ties).map(|d| match norm {
            "l2" => (0..).find(|k| k * k >= 4 * d).unwrap(),
            _ => d,
        });
        let broken = broken.filter(|k| *k <= radii);
        let last = broken.map_or(Some(radii), |k| (k > 0).then(|| k - 1));
        let text = |k: i64| match (norm, k) {
            (_, 0) => "0".to_owned(),
            ("l2", k) => {
                let thousandths = format!("{:.3}", k as f64 / 8.0);
                thousandths.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
            _ => format!("{k}/4"),
        };
        let radius = |e: &Option<largest::EndRecord>| e.as_ref().map(|e| e.radius.clone());
        assert_eq!(radius(&record.certified), last.map(text), "{place}");
        assert_eq!(radius(&record.attacked), broken.map(text), "{place}");
        whole += usize::from(broken.is_none());
        none += usize::from(last.is_none());
        inner += usize::from(broken.is_some() && last.is_some());
    }
    assert!(whole > 2 && none > 2 && inner > 90, "{whole} {none} {inner}");
}

/// Ends that are edited, exchanged, taken away, brought in from elsewhere or of another radius are refused.
#[test]
fn edited_ends_are_refused() {
    type Forge = fn(&Path);
    let copy = |from: &Path, to: &Path| {
        let done = std::process::Command::new("cp").arg("-r").arg(from).arg(to).status().unwrap();
        assert!(done.success());
    };
    let swap = |out: &Path| {
        std::fs::rename(out.join("inside"), out.join("x")).unwrap();
        std::fs::rename(out.join("outside"), out.join("inside")).unwrap();
        std::fs::rename(out.join("x"), out.join("outside")).unwrap();
    };
    let forges: [Forge; 9] = [
        swap,
        |out| std::fs::remove_dir_all(out.join("inside")).unwrap(),
        |out| std::fs::remove_dir_all(out.join("outside")).unwrap(),
        |out| {
            edit(&out.join("certificate.json"), |v| {
                v["radius"]["certified"]["radius"] = "2/4".into()
            })
        },
        |out| edit(&out.join("certificate.json"), |v| v["radius"]["attacked"] = Value::Null),
        |out| edit(&out.join("certificate.json"), |v| v["radius"]["exact"] = false.into()),
        |out| edit(&out.join("radii.json"), |v| v["seconds"] = 9.5.into()),
        |out| edit(&out.join("inside/certificate.json"), |v| v["seconds"] = 9.5.into()),
        |out| {
            edit(&out.join("manifest.json"), |v| v["question"]["canonical"][2] = "step = 9".into())
        },
    ];
    let fresh = || {
        let dir = asking([3, 1, 2], 2, "linf 3/4", (Ties::Wrong, ""));
        let c = run(dir.path(), None).unwrap();
        let record = c.radius.unwrap();
        assert_eq!((record.certified.unwrap().radius, record.exact), ("1/4".to_owned(), true));
        assert_eq!(check(dir.path()), Vec::<String>::new());
        dir
    };
    for (k, forge) in forges.into_iter().enumerate() {
        let dir = fresh();
        forge(&dir.path().join("out"));
        assert_ne!(check(dir.path()), Vec::<String>::new(), "{k}");
    }
    // The instance of another point, whole and certified.
    let (one, other) = (fresh(), asking([1, 3, 0], 1, "linf 3/4", (Ties::Wrong, "")));
    run(other.path(), None).unwrap();
    let outside = one.path().join("out/outside");
    std::fs::remove_dir_all(&outside).unwrap();
    copy(&other.path().join("out/outside"), &outside);
    let wrong = check(one.path()).join("\n");
    assert!(wrong.contains("does not ask the question at the radius"), "{wrong}");
}

/// A record of trials that does not fit the ends is refused, also if all hashes and the seal fit it.
#[test]
fn records_that_do_not_fit_the_ends_are_refused() {
    type Forge = fn(&mut largest::Tried);
    let forges: [Forge; 6] = [
        |t| t.tried[0].radius = "9/4".to_owned(),
        |t| t.tried[0].attack_within = Some("far".to_owned()),
        |t| t.tried[0].verdict = Verdict::Certified,
        |t| t.tried[0].seconds = -1.0,
        |t| t.seconds = -3.5,
        |t| t.theriac = "99.9".to_owned(),
    ];
    for (k, forge) in forges.iter().enumerate() {
        let dir = asking([3, 1, 2], 2, "linf 3/4", (Ties::Wrong, ""));
        let mut c = run(dir.path(), None).unwrap();
        let out = dir.path().join("out");
        let path = out.join(largest::RADII_FILE);
        let mut tried: largest::Tried = store::read_json(&path, "radii").unwrap();
        assert_eq!(tried.tried[0].radius, "3/4");
        forge(&mut tried);
        store::write_json(&path, &tried).unwrap();
        c.radius.as_mut().unwrap().tried = tried.tried;
        (c.seconds, c.theriac) = (tried.seconds, tried.theriac);
        let file = c.files.iter_mut().find(|f| f.path == largest::RADII_FILE).unwrap();
        *file = store::record(&out, file.role, largest::RADII_FILE).unwrap();
        c.seal = seal::of(&c).unwrap();
        store::write_json(&out.join("certificate.json"), &c).unwrap();
        let wrong = check(dir.path());
        assert!(
            wrong.iter().all(|w| w.contains("radii.json has")) && !wrong.is_empty(),
            "{k}: {wrong:?}"
        );
    }
}

/// An answer is replaced whole by the next one, and nothing of the older one stays.
#[test]
fn an_answer_is_replaced_by_the_next() {
    let dir = asking([1, 3, 0], 1, "linf 3/4", (Ties::Wrong, ""));
    let first = run(dir.path(), None).unwrap();
    assert!(dir.path().join("out/outside").exists());
    assert!(!dir.path().join("out/inside").exists() || first.radius.unwrap().certified.is_some());
    let other = asking([4, 0, 2], 2, "l1 3/4", (Ties::Wrong, ""));
    std::fs::copy(other.path().join("q.thr"), dir.path().join("q.thr")).unwrap();
    let c = run_over(dir.path(), None, true).unwrap();
    let record = c.radius.unwrap();
    assert_eq!(record.certified.map(|e| e.radius), Some("3/4".to_owned()));
    assert_eq!((record.attacked, record.tried.len()), (None, 1));
    assert!(!dir.path().join("out/outside").exists());
    assert_eq!(check(dir.path()), Vec::<String>::new());
    // What somebody else put there is not lost.
    std::fs::write(dir.path().join("out/inside/notes.txt"), "mine").unwrap();
    assert!(matches!(run(dir.path(), None), Err(PipelineError::ForeignFiles { .. })));
}

/// Without time, nothing is decided, and that is what the certificate says.
#[test]
fn without_time_nothing_is_claimed() {
    let dir = asking([3, 1, 2], 2, "linf 3/4", (Ties::Wrong, ""));
    let c = run(dir.path(), Some(1e-9)).unwrap();
    assert_eq!(c.verdict, Verdict::Unknown);
    let record = c.radius.unwrap();
    assert_eq!((record.certified, record.attacked, record.exact), (None, None, false));
    assert_eq!(check(dir.path()), Vec::<String>::new());
}
