//! Questions of verification from a specification to a checked certificate. Truth is the exact
//! minimum of a small network over its box, at the vertices of the cells on which it is linear.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ball;
mod cells;
mod cuts;
mod forged;
mod largest;
#[path = "../support/milp.rs"]
mod milp;
mod order;
mod told;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use theriac::cert::pipeline::solve::model_names;
use theriac::cert::pipeline::{CompileOptions, PipelineError, RunOptions};
use theriac::cert::{Certificate, Verdict, store, verification};
use theriac::front::spec::{self, SolverChoice, Spec};
use theriac::ir::NameStyle;
use theriac::lower::{Target, legalise};
use theriac::question::verify::Verification;
use theriac::sol::{self, Solution, Values};

use cells::least;

static NEVER: AtomicBool = AtomicBool::new(false);

/// A network of two inputs, two layers of four neurons and one output.
fn network() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/moons_2-4-4-1_s1.onnx")
}

/// A folder with the network and a property over the box `[-1, 1]^2`.
fn folder(goal: &str, settings: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::copy(network(), dir.path().join("net.onnx")).unwrap();
    let mut property = String::new();
    for name in ["X_0", "X_1", "Y_0"] {
        property.push_str(&format!("(declare-const {name} Real)\n"));
    }
    for name in ["X_0", "X_1"] {
        property.push_str(&format!("(assert (>= {name} -1.0))\n(assert (<= {name} 1.0))\n"));
    }
    property.push_str(&format!("(assert {goal})\n"));
    std::fs::write(dir.path().join("p.vnnlib"), property).unwrap();
    let text = format!("network net = onnx \"net.onnx\"\nask property \"p.vnnlib\"\n{settings}");
    std::fs::write(dir.path().join("q.thr"), text).unwrap();
    dir
}

fn question(dir: &Path) -> (PathBuf, Spec<Verification>) {
    let path = dir.join("q.thr");
    let asked = spec::load(&path).unwrap_or_else(|e| panic!("{}", e.plain()));
    (path, asked.verify().unwrap())
}

fn run(dir: &Path, solver: SolverChoice) -> Result<Certificate, PipelineError> {
    let (path, spec) = question(dir);
    let options = RunOptions {
        solver: Some(solver),
        compile: CompileOptions { force: true, ..CompileOptions::default() },
        ..RunOptions::default()
    };
    let out = dir.join("out");
    let (_, done) = verification::run((&path, spec), &out, &options, &mut |_| {}, &NEVER)?;
    Ok(done.certificate)
}

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

/// `sign * output` at most its least value and a bit.
fn reached(sign: f64, by: f64) -> String {
    format!("(<= (* {sign:.1} Y_0) {:.9})", least(sign) + by)
}

/// On both sides of the true minimum and maximum, every way to decide says the same, and a check
/// accepts what it says.
#[test]
fn verdicts_are_those_of_the_exact_minimum() {
    for sign in [1.0, -1.0] {
        for (by, expected) in [(-1e-3, Verdict::Certified), (1e-3, Verdict::Attacked)] {
            let dir = folder(&reached(sign, by), "");
            for solver in [SolverChoice::Branch, SolverChoice::Embedded, SolverChoice::Auto] {
                let c = run(dir.path(), solver).unwrap();
                assert_eq!(c.verdict, expected, "{sign} {by} {solver:?}: {}", c.reason);
                let bound = c.bound.map_or(f64::NEG_INFINITY, |b| b.value);
                assert!(bound <= -by + 1e-9, "{bound} is above the true margin {}", -by);
                if let Some(a) = &c.attack {
                    assert!(a.value <= 0.0 && a.value >= -by - 1e-9, "{}", a.value);
                    let x = a.test_input.as_ref().unwrap();
                    let y = sign * cells::output(x) - least(sign);
                    assert!((-1e-9..=by).contains(&y), "{x:?} gives {y}");
                }
                assert_eq!(check(dir.path()), Vec::<String>::new());
            }
        }
    }
}

/// A disjunction has a part for each of its members; one that is possible makes the whole attacked.
#[test]
fn every_way_to_break_a_property_is_a_part() {
    let goal = |by: f64| {
        let (low, high) = (reached(1.0, -1e-3), reached(-1.0, by));
        format!("(or {low} {high} (and {low} (>= X_0 0.0)))")
    };
    let dir = folder(&goal(-1e-3), "");
    let found = run(dir.path(), SolverChoice::Embedded).unwrap();
    assert_eq!(found.verdict, Verdict::Certified, "{}", found.reason);
    assert_eq!(found.parts.len(), 3);
    assert!(found.parts.iter().all(|p| p.impossible));
    let dir = folder(&goal(1e-3), "");
    let found = run(dir.path(), SolverChoice::Embedded).unwrap();
    assert_eq!(found.verdict, Verdict::Attacked, "{}", found.reason);
    assert_eq!(check(dir.path()), Vec::<String>::new());
}

/// An input set without a point breaks nothing.
#[test]
fn an_empty_set_is_certified() {
    let dir = folder("(and (<= Y_0 100.0) (>= X_0 0.5) (<= X_0 0.25))", "");
    let found = run(dir.path(), SolverChoice::Auto).unwrap();
    assert_eq!((found.verdict, found.attack), (Verdict::Certified, None), "{}", found.reason);
    assert!(found.reason.contains("no input"), "{}", found.reason);
}

/// The solution of part 1 as a solver of its LP file has it, which may have columns that the embedded
/// solver has not.
fn of_model_file(out: &Path) -> String {
    let job = verification::Job::open(out).unwrap();
    let (files, _) = job.files(0).unwrap();
    let bytes = store::read(&out.join("part-1/solution.sol")).unwrap();
    let read = sol::parse("solution.sol", &bytes).unwrap();
    let names = |target| {
        let lowered = legalise(files.model, target).unwrap();
        let names = model_names(&lowered, NameStyle::Readable);
        (lowered, names)
    };
    let (_, embedded) = names(Target::Embedded);
    let x = sol::assign(&read, &embedded).unwrap();
    let (lowered, all) = names(Target::PortableLp);
    let x = lowered.extend_point(&x[..files.model.var_count()]).unwrap();
    let solution = Solution { values: Values::Indexed(x), ..read };
    sol::embedded::write(&solution, all).unwrap()
}

/// A program is solved elsewhere; its solution, carried back, gives the same answer.
#[test]
fn solutions_are_carried_back() {
    for (by, expected) in [(-1e-3, Verdict::Certified), (1e-3, Verdict::Attacked)] {
        let goal = reached(1.0, by);
        // Without own search, so that all is left to the solver.
        let settings = "encode { bounds interval }\nsolve { attack off; branch off }\n";
        let dir = folder(&goal, settings);
        run(dir.path(), SolverChoice::Embedded).unwrap();
        let carried = dir.path().join("carried.sol");
        let solution = dir.path().join("out/part-1/solution.sol");
        std::fs::write(&carried, of_model_file(&dir.path().join("out"))).unwrap();
        let (path, spec) = question(dir.path());
        let options = CompileOptions { force: true, ..CompileOptions::default() };
        let out = dir.path().join("out");
        let job =
            verification::compile((&path, spec), &out, &options, &mut |_| {}, &NEVER).unwrap();
        assert!(!solution.exists());
        let brought = [(carried, None)];
        let done = verification::certify_solutions(&job, &brought, &NEVER).unwrap();
        assert_eq!(done.certificate.verdict, expected, "{}", done.certificate.reason);
        assert_eq!(check(dir.path()), Vec::<String>::new());
    }
}

/// The same specification gives the same files.
#[test]
fn instances_are_the_same_to_the_byte() {
    let goal = format!("(or {} {})", reached(1.0, -1e-3), reached(-1.0, -1e-3));
    let dir = folder(&goal, "encode { bounds interval }\nsolve { branch off }\n");
    let files = |name: &str| {
        let (path, spec) = question(dir.path());
        let out = dir.path().join(name);
        let options = CompileOptions::default();
        let job =
            verification::compile((&path, spec), &out, &options, &mut |_| {}, &NEVER).unwrap();
        let named: Vec<_> = job.instance.manifest.files().cloned().collect();
        assert!(named.iter().any(|f| f.path == "part-1/model.lp"), "{named:?}");
        (store::read(&out.join("manifest.json")).unwrap(), named)
    };
    assert_eq!(files("a"), files("b"));
}
