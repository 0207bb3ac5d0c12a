//! In which order `run` decides, and what it leaves out for that.

use std::sync::atomic::AtomicBool;

use theriac::cert::instance::Instance;
use theriac::cert::pipeline::{CompileOptions, RunOptions};
use theriac::cert::{Verdict, verification};
use theriac::front::spec::SolverChoice;

use super::{NEVER, check, folder, question, reached, run};

/// Branching comes before programs are written: what it refutes has none.
#[test]
fn what_branching_decides_has_no_program() {
    // The first way is far from possible, the second near to it.
    let goal = format!("(or {} {})", reached(1.0, -0.0113), reached(1.0, -1e-4));
    let settings = "encode { bounds interval }\nsolve { attack off; branch 3 nodes }\n";
    let dir = folder(&goal, settings);
    let found = run(dir.path(), SolverChoice::Auto).unwrap();
    assert_eq!(found.verdict, Verdict::Certified, "{}", found.reason);
    let instance = Instance::open(&dir.path().join("out")).unwrap();
    let [first, second] = &instance.manifest.parts[..] else { panic!("two parts") };
    assert!(first.skipped && first.folder.is_none() && !first.impossible, "{first:?}");
    assert!(!second.skipped && second.folder.as_deref() == Some("part-2"), "{second:?}");
    let files = |part: &str| dir.path().join("out").join(part).join("model.lp").exists();
    assert!(!files("part-1") && files("part-2"));
    assert_eq!(check(dir.path()), Vec::<String>::new());
    // `compile` writes both.
    let (path, spec) = question(dir.path());
    let options = CompileOptions { force: true, ..CompileOptions::default() };
    let out = dir.path().join("out");
    verification::compile((&path, spec), &out, &options, &mut |_| {}, &NEVER).unwrap();
    assert!(files("part-1") && files("part-2"));
}

/// The time limit holds for bounds, search and writing, too; the certificate says what is missing,
/// and stands up to a check.
#[test]
fn without_time_there_is_little_and_it_is_said() {
    let dir = folder(&reached(1.0, 1e-3), "");
    let (path, spec) = question(dir.path());
    let options = RunOptions {
        time_limit: Some(1e-9),
        compile: CompileOptions { force: true, ..CompileOptions::default() },
        ..RunOptions::default()
    };
    let out = dir.path().join("out");
    let (job, done) =
        verification::run((&path, spec), &out, &options, &mut |_| {}, &NEVER).unwrap();
    let c = done.certificate;
    assert_eq!((c.verdict, &c.attack), (Verdict::Unknown, &None), "{}", c.reason);
    assert!(c.reason.contains("time was over"), "{}", c.reason);
    let manifest = &job.instance.manifest;
    assert!(manifest.hurried && manifest.parts.iter().all(|p| p.skipped), "{manifest:?}");
    assert_eq!(manifest.passes.len(), 1, "intervals alone: {:?}", manifest.passes);
    assert_eq!(check(dir.path()), Vec::<String>::new());
}

/// Who stops a run keeps what it came to: an answer that says so.
#[test]
fn a_stopped_run_keeps_what_it_knows() {
    let dir = folder(&reached(1.0, 1e-3), "");
    let (path, spec) = question(dir.path());
    let (options, wish) = (RunOptions::default(), AtomicBool::new(true));
    let out = dir.path().join("out");
    let (_, done) = verification::run((&path, spec), &out, &options, &mut |_| {}, &wish).unwrap();
    assert_eq!(done.certificate.verdict, Verdict::Unknown, "{}", done.certificate.reason);
    assert!(done.certificate.reason.contains("stopped"), "{}", done.certificate.reason);
    assert_eq!(check(dir.path()), Vec::<String>::new());
    // A compilation has nothing to keep.
    let (path, spec) = question(dir.path());
    let out = dir.path().join("other");
    let options = CompileOptions::default();
    assert!(verification::compile((&path, spec), &out, &options, &mut |_| {}, &wish).is_err());
    assert!(!out.exists());
}

/// The optimum of a program lies at the edge of a set whose ends are no doubles: the program's box is
/// rounded outward, and its point is moved into the set before it is replayed.
#[test]
fn a_solvers_point_at_the_edge_of_the_set_is_an_attack() {
    let dir = folder(&reached(1.0, 1e-3), "");
    // The same network on a box with ends of one tenth, which is just below the double 0.1.
    let spec = |bound: &str| {
        format!(
            "network net = onnx \"net.onnx\"\ninputs {{ x[0..1] in [-0.1, 0.1] }}\n\
             ask never y[0] <= {bound}\nencode {{ bounds interval }}\nsolve {{ attack off }}\n"
        )
    };
    let ends = [-0.1, 0.1];
    let corners = ends.iter().flat_map(|a| ends.map(|b| super::cells::output(&[*a, b])));
    // At a corner inside of the set, up to the last digits.
    let bound = corners.fold(f64::INFINITY, f64::min) + 1e-9;
    std::fs::write(dir.path().join("q.thr"), spec(&format!("{bound:.17}"))).unwrap();
    let found = run(dir.path(), SolverChoice::Embedded).unwrap();
    assert_eq!(found.verdict, Verdict::Attacked, "{}", found.reason);
    assert_eq!(check(dir.path()), Vec::<String>::new());
}
