//! In which order `run` decides, and what it leaves out for that.

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
