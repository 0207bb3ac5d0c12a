//! Branching priorities: from the specification to the files of the solvers that take them.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;

use theriac::cert::pipeline::{
    CompileOptions, Job, RunOptions, VerifyOptions, certify, compile, solve, verify,
};
use theriac::ir::{Family, Place, VarKind, save};
use theriac::lower::{Lowering, Target, legalise};

/// The golden question with two steps, and with priorities.
fn spec(dir: &Path) -> std::path::PathBuf {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/spec_flips");
    for entry in std::fs::read_dir(&golden).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, dir.join(path.file_name().unwrap())).unwrap();
    }
    let path = dir.join("question.thr");
    let text = std::fs::read_to_string(&path).unwrap();
    let changed = text.replace("tighten interval", "tighten interval; priority causal");
    assert_ne!(changed, text);
    std::fs::write(&path, changed).unwrap();
    path
}

fn compiled(dir: &Path) -> Job {
    let targets = vec![
        Target::PortableLp,
        Target::GurobiLp,
        Target::CplexMps,
        Target::ScipLp,
        Target::NlScip,
    ];
    let options = CompileOptions { targets, ..CompileOptions::default() };
    compile(&spec(dir), &dir.join("instance"), &options, &mut |_| {}).unwrap()
}

#[test]
fn causes_come_before_what_follows_from_them() {
    let dir = tempfile::tempdir().unwrap();
    let model = &compiled(dir.path()).program.model;
    let of: BTreeMap<_, _> = model.priorities.iter().copied().collect();
    let mut families = [0; 3];
    for v in model.vars.iter() {
        let open = v.kind != VarKind::Continuous && v.lower < v.upper;
        assert_eq!(of.contains_key(&v.id), open);
        let Some(priority) = of.get(&v.id).copied() else { continue };
        let step = v.role.place.step;
        match v.role.family {
            // Two steps: the flips, then the switches of step 0, then those of step 1.
            Family::Touched | Family::TouchedLabel | Family::Flip => {
                assert_eq!((priority, step), (4, Place::NO_STEP));
                families[0] += 1;
            }
            _ if step == Place::NO_STEP => panic!("{:?}", v.role),
            _ => {
                assert_eq!(priority, if step == 0 { 3 } else { 2 });
                families[1 + usize::from(step)] += 1;
            }
        }
    }
    assert!(families[0] > 0 && families[1] + families[2] > 0, "{families:?}");
    // They are saved, and a lowering keeps them or says that it does not.
    let again = save::from_bytes(&save::to_bytes(model)).unwrap();
    assert_eq!(again.priorities, model.priorities);
    let says =
        |t| legalise(model, t).unwrap().steps.iter().any(|s| s.lowering == Lowering::Priorities);
    assert!(says(Target::PortableLp) && says(Target::NlCopt) && !says(Target::GurobiMps));
    assert_eq!(legalise(model, Target::ScipLp).unwrap().model.priorities, model.priorities);
}

#[test]
fn they_lie_beside_the_models_of_readers_that_take_them_and_are_checked() {
    let dir = tempfile::tempdir().unwrap();
    let job = compiled(dir.path());
    let place = dir.path().join("instance");
    let count = job.program.model.priorities.len();
    let files: Vec<Option<&str>> = job
        .instance
        .manifest
        .targets
        .iter()
        .map(|t| t.priorities.as_ref().map(|f| f.path.as_str()))
        .collect();
    let expected = [
        None,
        Some("gurobi.lp.ord"),
        Some("cplex.mps.ord"),
        Some("scip.lp.batch"),
        Some("scip.nl.batch"),
    ];
    assert_eq!(files, expected);
    let ord = std::fs::read_to_string(place.join("gurobi.lp.ord")).unwrap();
    assert_eq!(ord.lines().count(), 1 + count);
    let model = std::fs::read_to_string(place.join("gurobi.lp")).unwrap();
    for line in ord.lines().skip(1) {
        let (name, priority) = line.split_once(' ').unwrap();
        assert!(model.contains(&format!(" {name}")) && priority.parse::<u8>().is_ok(), "{line}");
    }
    let batch = std::fs::read_to_string(place.join("scip.nl.batch")).unwrap();
    let names = std::fs::read_to_string(place.join("scip.col")).unwrap();
    for line in batch.lines() {
        let name = line.strip_prefix("set branching priority ").unwrap().split(' ').next().unwrap();
        assert!(names.lines().any(|n| n == name), "{line}");
    }
    let choice = RunOptions::default().over(&job.spec.solve);
    let stop = AtomicBool::new(false);
    solve(&job, &choice, &mut |_| {}, &stop).unwrap();
    certify(&job).unwrap();
    let certificate = place.join("certificate.json");
    let accepted =
        || verify(&certificate, VerifyOptions::default(), &stop).is_ok_and(|v| v.1.accepted());
    assert!(accepted());
    // A changed file of priorities belongs to no instance.
    std::fs::write(place.join("gurobi.lp.ord"), ord.replacen(" 4", " 5", 1)).unwrap();
    assert!(!accepted());
}

#[test]
fn convert_writes_them_beside_its_file() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let saved = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/priorities/model.thir");
    let convert = |to: &str, target: &str| {
        let args = ["convert", &saved.display().to_string(), &at(to), "--target", target];
        Command::new(env!("CARGO_BIN_EXE_theriac")).args(args).output().unwrap()
    };
    assert!(convert("a.mps", "gurobi-mps").status.success());
    assert_eq!(
        std::fs::read_to_string(at("a.mps.ord")).unwrap(),
        "# branching priorities\na 7\nc -3\nk 40\n"
    );
    let out = convert("b.lp", "highs-lp");
    assert!(out.status.success() && !Path::new(&at("b.lp.ord")).exists());
    assert!(!Path::new(&at("b.lp.batch")).exists());
}

/// CPLEX takes no negative number: all are raised, and ranked where a 32-bit number does not hold
/// the sum.
#[test]
fn the_least_priority_is_written_so_that_it_can_be_read() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let text = "Minimize\n obj: x + y + z\nSubject To\n c: x + y + z >= 1\nBounds\n x <= 4\n y <= 4\n z <= 4\nGenerals\n x\n y\n z\nEnd\n";
    std::fs::write(at("a.lp"), text).unwrap();
    std::fs::write(at("a.lp.ord"), "x -2147483648\nz 2147483647\n").unwrap();
    let theriac = |args: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_theriac")).args(args).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    };
    theriac(&["convert", &at("a.lp"), &at("b.lp"), "--target", "cplex-lp"]);
    let written = std::fs::read_to_string(at("b.lp.ord")).unwrap();
    assert_eq!(written, "NAME\n    y  1\n    z  2\nENDATA\n");
    theriac(&["stats", &at("b.lp")]);
}
