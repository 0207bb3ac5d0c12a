//! Solutions that are printed with few digits: their decisions are taken, and replay says the rest.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use theriac::cert::Certificate;
use theriac::cert::assemble::{TIE_TOLERANCE, no_attack};
use theriac::cert::attack_file::AttackFile;
use theriac::cert::pipeline::solve::model_names;
use theriac::cert::pipeline::{
    CompileOptions, Job, PipelineError, VerifyOptions, certify_solution, compile, verify,
};
use theriac::ir::NameStyle;
use theriac::lower::{Target, legalise};
use theriac::question::{Attack, Change};
use theriac::sol::AssignError;
use theriac::sol::log::{LogKind, Sizes};
use theriac::train::replay;

/// The features of this row move.
const ROW: usize = 0;

/// Names, and digits.
const FORMATS: [(&str, usize); 3] = [("cbc", 8), ("lp_solve", 6), ("symphony", 10)];

struct Case {
    /// Holds the files.
    dir: tempfile::TempDir,
    job: Job,
    attack: Attack,
    /// The value of the attack.
    value: f64,
}

/// A small question without a start, and an attack of many digits that is better than none.
fn case(budget: usize) -> Case {
    let dir = tempfile::tempdir().unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    std::fs::create_dir_all(dir.path().join("data")).unwrap();
    for name in ["moons_2-4-1_s1.onnx", "moons_n100_noise0.1_seed0.csv"] {
        let to = dir.path().join("data").join(name);
        std::fs::copy(examples.join("data").join(name), to).unwrap();
    }
    let text = std::fs::read_to_string(examples.join("moons-features.thr")).unwrap();
    let text = text.replace("at most 1", &format!("at most {budget}"));
    let spec = dir.path().join("q.thr");
    std::fs::write(&spec, text).unwrap();
    let targets = vec![Target::PortableLp];
    let options = CompileOptions { targets, start: false, ..CompileOptions::default() };
    let job = compile(&spec, &dir.path().join("i"), &options, &mut |_| {}).unwrap();
    let question = &job.spec.question;
    let clean = question.train.row(ROW).to_vec();
    let attacks = [(-1.0, -1.0), (-1.0, 1.0), (1.0, -1.0), (1.0, 1.0)].map(|(a, b)| {
        let mut attack = no_attack(question);
        let moved = vec![clean[0] + a * 0.0456789012345, clean[1] + b * 0.0487654321098];
        let change = Change { deleted: false, features: Some(moved), target: None };
        attack.choices[0].changes.insert(ROW, change);
        let value = replay(question, &attack, TIE_TOLERANCE).unwrap().value;
        (attack, value)
    });
    let (attack, value) = attacks.into_iter().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
    assert!(value < replay(question, &no_attack(question), TIE_TOLERANCE).unwrap().value - 1e-5);
    Case { dir, job, attack, value }
}

fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits - 1).parse().unwrap()
}

/// The attack as a solver of `format` prints it.
fn write(case: &Case, (format, digits): (&str, usize)) -> PathBuf {
    let lowered = legalise(&case.job.program.model, Target::PortableLp).unwrap();
    let x = case.job.program.start(&case.job.spec.question, &case.attack);
    let x = lowered.extend_point(&x).unwrap();
    let objective = rounded(lowered.model.objective_at(&x), digits);
    let names = model_names(&lowered, NameStyle::Readable);
    let pairs = names.iter().zip(x.iter().map(|v| rounded(*v, digits)));
    let mut out = String::new();
    match format {
        "cbc" => {
            let _ = writeln!(out, "Optimal - objective value {objective}");
            for (k, (name, v)) in pairs.enumerate() {
                let _ = writeln!(out, "{k:>7} {name:<22} {v:>15} {:>20}", 0);
            }
        }
        "lp_solve" => {
            let _ = writeln!(out, "\nValue of objective function: {objective}\n");
            out.push_str("Actual values of the variables:\n");
            pairs.for_each(|(name, v)| out.push_str(&format!("{name:<20} {v:>12}\n")));
            out.push_str("\nActual values of the constraints:\n");
        }
        "symphony" => {
            out.push_str(
                "==  Welcome to the SYMPHONY MILP Solver \n==  Version: 5.6.17 \n* Optimal Solution Found                           *\n",
            );
            out.push_str("Column names and values of nonzeros in the solution\n++++\n");
            for (name, v) in pairs.filter(|(_, v)| *v != 0.0) {
                let _ = writeln!(out, "{name:<50} {v:.10}");
            }
            out.push('\n');
        }
        other => panic!("no format {other}"),
    }
    let path = case.dir.path().join(format!("{format}.sol"));
    std::fs::write(&path, out).unwrap();
    path
}

fn accepted(job: &Job) -> bool {
    let path = job.instance.dir.join("certificate.json");
    let never = AtomicBool::new(false);
    verify(&path, VerifyOptions::default(), &never).unwrap().1.accepted()
}

#[test]
fn the_attack_of_a_coarse_solution_is_replayed() {
    let case = case(1);
    for (format, digits) in FORMATS {
        let path = write(&case, (format, digits));
        let done = certify_solution(&case.job, &path, None);
        let c: Certificate = done.unwrap_or_else(|e| panic!("{format}: {e}")).certificate;
        let attack = c.attack.unwrap_or_else(|| panic!("{format}: no attack"));
        assert!((attack.value - case.value).abs() < 1e-4, "{format}: {}", attack.value);
        let question = &case.job.spec.question;
        let found = AttackFile::read(&case.job.instance.dir).unwrap().attack(question).unwrap();
        let changes = &found.choices[0].changes;
        assert_eq!(changes.keys().collect::<Vec<_>>(), [&ROW], "{format}");
        let change = &changes[&ROW];
        let wanted = case.attack.choices[0].changes[&ROW].features.as_ref().unwrap();
        for (a, b) in change.features.as_ref().unwrap().iter().zip(wanted) {
            assert!((a - b).abs() < 10_f64.powi(1 - digits as i32), "{format}: {a} for {b}");
        }
        // What is printed is what training makes of that attack, to all digits.
        assert_eq!(attack.value, replay(question, &found, TIE_TOLERANCE).unwrap().value);
        assert!(accepted(&case.job), "{format}");
    }
}

#[test]
fn coarse_solutions_of_other_models_are_refused() {
    let (one, two) = (case(1), case(2));
    for format in FORMATS {
        let path = write(&one, format);
        match certify_solution(&two.job, &path, None) {
            Err(PipelineError::Foreign(AssignError::OtherModel { .. })) => {}
            other => panic!("{format:?}: {other:?}"),
        }
    }
    // A value that is wrong by more than the printing explains.
    let path = write(&one, ("cbc", 8));
    let text = std::fs::read_to_string(&path).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    let stated: f64 = first.rsplit(' ').next().unwrap().parse().unwrap();
    std::fs::write(&path, format!("Optimal - objective value {}\n{rest}", stated + 0.01)).unwrap();
    match certify_solution(&one.job, &path, None) {
        Err(PipelineError::Foreign(AssignError::Objective { .. })) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_bound_of_a_log_comes_with_what_its_printing_hides() {
    let case = case(1);
    let path = write(&case, ("cbc", 8));
    let model = legalise(&case.job.program.model, Target::PortableLp).unwrap().model.into_owned();
    let Sizes { rows, columns, nonzeros, .. } = Sizes::of(&model, LogKind::Cbc);
    let first = std::fs::read_to_string(&path).unwrap().lines().next().unwrap().to_owned();
    let stated = first.rsplit(' ').next().unwrap().to_owned();
    std::fs::write(
        &path,
        std::fs::read_to_string(&path).unwrap().replace("Optimal -", "Stopped on time -"),
    )
    .unwrap();
    let log = case.dir.path().join("cbc.log");
    let text = format!(
        "Welcome to the CBC MILP Solver \nVersion: 2.10.8 \nProblem q has {rows} rows, {columns} columns \
         and {} elements\nResult - Stopped on time limit\n\nObjective value:                {stated}\n\
         Lower bound:                    -0.5236\n",
        nonzeros.unwrap()
    );
    std::fs::write(&log, text).unwrap();
    let done = certify_solution(&case.job, &path, Some(&log)).unwrap();
    let bound = done.certificate.bound.unwrap();
    assert_eq!(bound.solver.as_deref(), Some("CBC 2.10.8"));
    // Four decimals: half a unit of the last one, and the solver's tolerance.
    assert!(bound.value < -0.52365 && bound.value > -0.52366, "{}", bound.value);
    assert!(accepted(&case.job));
}

#[test]
fn fewer_digits_than_a_fingerprint_has_are_refused() {
    let case = case(1);
    let path = case.dir.path().join("five.sol");
    let text = "theriac solution 1\nsolver other 1\nstatus optimal\nobjective 1\nbound none\ndigits 5\nvalues 1\nx 1\nend\n";
    std::fs::write(&path, text).unwrap();
    let error = certify_solution(&case.job, &path, None).unwrap_err();
    assert!(matches!(error, PipelineError::Coarse { digits: 5 }), "{error}");
    assert!(error.to_string().contains("5 significant digits"), "{error}");
}
