//! Answers that are carried back: only the answer of this very instance is taken.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use theriac::cert::Verdict;
use theriac::cert::assemble::no_attack;
use theriac::cert::certificate::Certificate;
use theriac::cert::pipeline::solve::model_names;
use theriac::cert::pipeline::{
    CompileOptions, Job, PipelineError, VerifyOptions, certify, certify_better, certify_solution,
    compile, verify,
};
use theriac::cert::report::{LabelNames, terminal};
use theriac::lower::{Target, legalise};
use theriac::sol::log::{LogKind, Sizes, read};

/// The half-moons example with another test point.
fn job(dir: &Path, row: usize) -> Job {
    job_with(dir, row, "prove margin > 0")
}

/// The same with another claim.
fn job_with(dir: &Path, row: usize, claim: &str) -> Job {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let data = dir.join("data");
    std::fs::create_dir_all(&data).unwrap();
    for name in ["moons_2-1_s1.onnx", "moons_n100_noise0.1_seed0.csv"] {
        std::fs::copy(examples.join("data").join(name), data.join(name)).unwrap();
    }
    let text = std::fs::read_to_string(examples.join("moons.thr")).unwrap();
    let spec = dir.join(format!("q{row}.thr"));
    let text = text.replace("train[1]", &format!("train[{row}]"));
    std::fs::write(&spec, text.replace("prove margin > 0", claim)).unwrap();
    let place = dir.join(format!("instance{row}"));
    compile(&spec, &place, &CompileOptions::default(), &mut |_| {}).unwrap()
}

/// Unchanged training as SCIP writes a solution, and its objective.
fn solution(job: &Job, path: &Path) -> f64 {
    let lowered = legalise(&job.program.model, Target::PortableLp).unwrap();
    let question = &job.spec.question;
    let x = lowered.extend_point(&job.program.start(question, &no_attack(question))).unwrap();
    let objective = lowered.model.objective_at(&x);
    let mut text =
        format!("solution status: optimal solution found\nobjective value: {objective}\n");
    let names = model_names(&lowered, theriac::ir::NameStyle::Readable);
    for (name, v) in names.iter().zip(&x).filter(|(_, v)| **v != 0.0) {
        text.push_str(&format!("{name} {v} \t(obj:0)\n"));
    }
    std::fs::write(path, text).unwrap();
    objective
}

fn log(path: &Path, (columns, rows): (usize, usize), primal: f64, bound: f64) {
    let text = format!(
        "SCIP version 10.0.2 [precision: 8 byte]\n\
         original problem has {columns} variables (1 bin, 0 int, 1 cont) and {rows} constraints\n\
         SCIP Status        : problem is solved [optimal solution found]\n\
         Primal Bound       : {primal:+.14e} (1 solutions)\nDual Bound         : {bound:+.14e}\n"
    );
    std::fs::write(path, text).unwrap();
}

fn sizes(job: &Job) -> (usize, usize) {
    let lowered = legalise(&job.program.model, Target::PortableLp).unwrap();
    (lowered.model.var_count(), lowered.model.row_count())
}

fn accepted(job: &Job) -> bool {
    let never = AtomicBool::new(false);
    let path = job.instance.dir.join("certificate.json");
    verify(&path, VerifyOptions::default(), &never).unwrap().1.accepted()
}

struct Case {
    _dir: tempfile::TempDir,
    one: Job,
    two: Job,
    sol: PathBuf,
    log: PathBuf,
}

fn case() -> Case {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (job(dir.path(), 1), job(dir.path(), 2));
    let (sol, log) = (dir.path().join("x.sol"), dir.path().join("x.log"));
    Case { _dir: dir, one, two, sol, log }
}

/// The answer of instance two has names that fit instance one; neither its point, nor its log, nor
/// a log whose sizes happen to agree is taken.
#[test]
fn the_answer_of_another_instance_is_refused() {
    let Case { one, two, sol, log: path, .. } = &case();
    let value = solution(two, sol);
    for sizes in [sizes(one), sizes(two)] {
        log(path, sizes, value, value);
        let error = certify_solution(one, sol, Some(path)).unwrap_err();
        assert!(error.is_input() && error.to_string().contains("instance"), "{error}");
    }
    let error = certify_solution(one, sol, None).unwrap_err();
    assert!(error.is_input(), "{error}");
    assert!(!one.instance.dir.join("answer.json").exists());
    assert!(matches!(certify(one), Err(PipelineError::NotSolved { .. })));
}

#[test]
fn a_log_must_fit_the_model_the_solution_and_one_run() {
    let Case { one, sol, log: path, .. } = &case();
    let value = solution(one, sol);
    let (columns, rows) = sizes(one);
    let refused = |what: &str| match certify_solution(one, sol, Some(path)) {
        Err(e @ PipelineError::Log(_)) => assert!(e.to_string().contains(what), "{e}"),
        other => panic!("{what}: {other:?}"),
    };
    for wrong in [(columns + 1, rows), (columns, rows - 1)] {
        log(path, wrong, value, value);
        refused("the log is of a model with");
    }
    log(path, (columns, rows), value + 1e-3 * (1.0 + value.abs()), value);
    refused("the log ends with the objective");
    log(path, (columns, rows), value, one.program.interval_bound() + 1e-3);
    let text = std::fs::read_to_string(path).unwrap();
    std::fs::write(path, text.repeat(2)).unwrap();
    refused("2 runs");
    // The honest log is taken.
    std::fs::write(path, &text).unwrap();
    let c = certify_solution(one, sol, Some(path)).unwrap().certificate;
    let bound = c.bound.unwrap();
    assert_eq!(bound.solver.as_deref(), Some("SCIP 10.0.2"));
    assert!(accepted(one));
    // The same log with the sizes of another model, put into the instance by hand.
    let kept = one.instance.dir.join("solver.log");
    let forged = text.replace(&format!("and {rows} "), &format!("and {} ", rows + 7));
    std::fs::write(&kept, forged).unwrap();
    certify(one).unwrap();
    assert!(!accepted(one));
}

#[test]
fn a_log_without_sizes_proves_no_bound() {
    let Case { one, sol, log: path, .. } = &case();
    let value = solution(one, sol);
    log(path, sizes(one), value, value + 0.0);
    let text = std::fs::read_to_string(path).unwrap();
    let text: String =
        text.lines().filter(|l| !l.starts_with("original")).map(|l| format!("{l}\n")).collect();
    std::fs::write(path, text).unwrap();
    let c = certify_solution(one, sol, Some(path)).unwrap().certificate;
    let solver = c.bound.as_ref().and_then(|b| b.solver.as_ref());
    assert!(solver.is_none(), "{:?}", c.bound);
    assert!(c.verdict != Verdict::Unknown || c.reason.contains("rows and columns"), "{}", c.reason);
    assert!(accepted(one));
}

/// The reason says whose log it is, and does not deny what stands in it.
#[test]
fn logs_of_other_solvers_are_told_from_logs_without_sizes() {
    let Case { one, sol, log: path, .. } = &case();
    solution(one, sol);
    let reason = |text: &str| {
        std::fs::write(path, text).unwrap();
        let carried = certify_solution(one, sol, Some(path)).unwrap();
        assert!(accepted(one));
        assert!(carried.certificate.bound.is_none_or(|b| b.solver.is_none()));
        one.instance.answer().unwrap().missing.unwrap()
    };
    let glpk = reason(
        "GLPSOL--GLPK LP/MIP Solver 5.0\n94 rows, 92 columns, 703 non-zeros\nINTEGER OPTIMAL \
         SOLUTION FOUND\n",
    );
    assert!(glpk.contains("no solver whose logs are read (SCIP, HiGHS,"), "{glpk}");
    assert!(!glpk.contains("does not state"), "{glpk}");
    let cplex = reason(
        "Version identifier: 22.2.0.0 | 2026-01-01\nReduced MIP has 94 rows, 92 columns, and 703 \
         nonzeros.\n",
    );
    assert!(cplex.contains("a log of CPLEX states the sizes that its presolve left"), "{cplex}");
    let scip = reason("SCIP version 10.0.2 [precision: 8 byte]\n");
    assert!(scip.contains("how many rows and columns SCIP read"), "{scip}");
}

/// SCIP prints the sizes again after it has read a start, which is no run of its own.
#[test]
fn a_start_is_no_second_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/logs");
    let text = std::fs::read_to_string(folder.join("scip_optimal.log")).unwrap();
    let sizes = text.lines().find(|l| l.starts_with("original problem has ")).unwrap();
    let twice = text.replace(sizes, &format!("{sizes}\n{sizes}"));
    let (one, two) = (read(LogKind::Scip, &text), read(LogKind::Scip, &twice));
    assert_eq!((one.runs, &one.dual_bound), (1, &two.dual_bound));
    assert_eq!(two.runs, 1);
    // Other sizes, or the same after an end, are another model.
    let other = text.replace(sizes, &format!("{sizes}\n{}", sizes.replace("has 6", "has 7")));
    assert_ne!(other, text);
    assert_eq!(read(LogKind::Scip, &other).runs, 2);
    assert_eq!(read(LogKind::Scip, &format!("{text}{sizes}\n")).runs, 2);
    // Python's interface prints no header; the words are SCIP's all the same.
    let bare: String =
        text.lines().filter(|l| !l.starts_with("SCIP version")).map(|l| format!("{l}\n")).collect();
    assert_eq!(read(LogKind::Scip, &bare).solver.as_deref(), Some("SCIP"));
}

/// Sizes and number of runs of recorded logs.
#[test]
fn recorded_logs_state_their_sizes() {
    use LogKind::{Gurobi, Highs, Scip};
    let cases = [
        ("gurobi_optimal.log", Gurobi, 4, 6, Some(9)),
        ("gurobi_qcp.log", Gurobi, 1, 3, Some(2)),
        ("highs_optimal.log", Highs, 4, 6, Some(9)),
        ("highs_optimal_lp.log", Highs, 3, 3, Some(5)),
        ("highs_timelimit.log", Highs, 10, 250, Some(2500)),
        ("scip_optimal.log", Scip, 4, 6, None),
        ("scip_qcp.log", Scip, 2, 3, None),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/logs");
    for (name, kind, rows, columns, nonzeros) in cases {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let summary = read(kind, &text);
        assert_eq!(summary.sizes, Some(Sizes { kind, rows, columns, nonzeros }), "{name}");
        assert_eq!(summary.runs, 1, "{name}");
        assert_eq!(read(kind, &text.repeat(2)).runs, 2, "{name}");
    }
}

/// A log names no model, which the certificate says.
#[test]
fn what_was_brought_along_is_on_trust() {
    let Case { one, sol, log: path, .. } = &case();
    let value = solution(one, sol);
    log(path, sizes(one), value, one.program.interval_bound() + 1e-3);
    let c = certify_solution(one, sol, Some(path)).unwrap().certificate;
    assert!(c.bound.as_ref().unwrap().solver.is_some());
    // Nobody measured how long it took.
    let labels = LabelNames::new(&one.spec.question, &one.spec.sign_labels);
    assert!(!terminal::text(&c, &labels).contains("seconds"));
    assert!(terminal::text(&Certificate { seconds: 0.25, ..c.clone() }, &labels).contains("0.25"));
    assert!(c.trust.iter().any(|t| t.contains("A log names no model")), "{:?}", c.trust);
    assert!(accepted(one));
}

/// A tie band leaves runs out, so what the solver proves with one is not proved of every run.
#[test]
fn a_bound_within_a_tie_band_certifies_nothing() {
    for (line, verdict) in
        [("", Verdict::Certified), ("encode { tie-band 1e-6 }", Verdict::Unknown)]
    {
        let dir = tempfile::tempdir().unwrap();
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
        let data = dir.path().join("data");
        std::fs::create_dir_all(&data).unwrap();
        for name in ["moons_2-1_s1.onnx", "moons_n100_noise0.1_seed0.csv"] {
            std::fs::copy(examples.join("data").join(name), data.join(name)).unwrap();
        }
        let text = std::fs::read_to_string(examples.join("moons.thr")).unwrap();
        let text = text.replace("prove margin > 0", "prove margin > 0.13") + line + "\n";
        let spec = dir.path().join("q.thr");
        std::fs::write(&spec, text).unwrap();
        let place = dir.path().join("instance");
        let job = compile(&spec, &place, &CompileOptions::default(), &mut |_| {}).unwrap();
        let (sol, path) = (dir.path().join("x.sol"), dir.path().join("x.log"));
        let value = solution(&job, &sol);
        log(&path, sizes(&job), value, job.program.interval_bound() + 0.02);
        let c = certify_solution(&job, &sol, Some(&path)).unwrap().certificate;
        assert_eq!(c.verdict, verdict, "{line}: {} {:?}", c.reason, c.bound);
        assert!(accepted(&job), "{line}");
    }
}

/// A failed solver's bound is not taken, and no program is infeasible that has a point.
#[test]
fn answers_that_contradict_themselves_prove_nothing() {
    for (status, words) in [("failed numerical trouble", "failed"), ("infeasible", "contradict")] {
        let Case { one, sol, .. } = &case();
        let objective = solution(one, sol);
        let scip = std::fs::read_to_string(sol).unwrap();
        let values: Vec<&str> = scip.lines().skip(2).collect();
        let mut text = format!(
            "theriac solution 1\nsolver other 1\nstatus {status}\nobjective {objective}\n\
             bound {}\nvalues {} nonzero\n",
            one.program.interval_bound() + 1e-3,
            values.len()
        );
        for line in values {
            let cells: Vec<&str> = line.split_whitespace().collect();
            text.push_str(&format!("{} {}\n", cells[0], cells[1]));
        }
        text.push_str("end\n");
        std::fs::write(sol, text).unwrap();
        let c = certify_solution(one, sol, None).unwrap().certificate;
        assert!(c.bound.is_none_or(|b| b.solver.is_none()), "{status}");
        let answer = std::fs::read_to_string(one.instance.dir.join("answer.json")).unwrap();
        assert!(answer.contains(words), "{status}: {answer}");
        assert!(accepted(one), "{status}");
    }
}

/// Gurobi's log of a run on `job`, that says these words of the sense and of the parameters.
fn gurobi_log(path: &Path, job: &Job, sense: &str, parameters: &str, primal: f64, bound: f64) {
    let lowered = legalise(&job.program.model, Target::PortableLp).unwrap();
    let Sizes { rows, columns, nonzeros, .. } = Sizes::of(&lowered.model, LogKind::Gurobi);
    let text = format!(
        "Gurobi Optimizer version 13.0.3 build v13.0.3rc0\n\n{parameters}\
         Optimize a model with {rows} rows, {columns} columns and {} nonzeros{sense}\n\
         Optimal solution found (tolerance 1.00e-04)\n\
         Best objective {primal:.12e}, best bound {bound:.12e}, gap 0.0000%\n",
        nonzeros.unwrap()
    );
    std::fs::write(path, text).unwrap();
}

/// A log that states the other sense is of another model; one of a run with loose tolerances proves
/// no bound, which is said even where the interval bound decides.
#[test]
fn the_sense_and_the_tolerances_of_a_log_count() {
    let Case { one, sol, log: path, .. } = &case();
    let value = solution(one, sol);
    let bound = one.program.interval_bound() + 1e-3;
    let take = || certify_better(one, sol, Some(path));
    gurobi_log(path, one, " (Max)", "", value, bound);
    match take() {
        Err(e @ PipelineError::Log(_)) => assert!(e.to_string().contains("maximises"), "{e}"),
        other => panic!("{other:?}"),
    }
    let loose = "Non-default parameters:\nTimeLimit  3\nFeasibilityTol  0.01\n\n";
    gurobi_log(path, one, " (Min)", loose, value, bound);
    let (done, note) = take().unwrap();
    let c = done.certificate;
    assert!(c.bound.is_none_or(|b| b.solver.is_none()));
    let told = note.unwrap_or(c.reason);
    assert!(told.contains("FeasibilityTol 0.01"), "{told}");
    assert!(accepted(one));
    // Neither does one that cut solutions off, nor one whose first lines are gone.
    let whole = std::fs::read_to_string(path).unwrap();
    let cutoff = whole.replace("FeasibilityTol  0.01", "Cutoff  0.25");
    let headless = whole.split_once("\n\n").unwrap().1.replace("FeasibilityTol  0.01\n", "");
    for (log, words) in [(cutoff, "cutoff (Cutoff 0.25)"), (headless, "first lines")] {
        std::fs::write(path, &log).unwrap();
        std::fs::remove_file(one.instance.dir.join("answer.json")).unwrap();
        let (done, note) = take().unwrap();
        let c = done.certificate;
        assert!(c.bound.is_none_or(|b| b.solver.is_none()), "{log}");
        let told = note.unwrap_or(c.reason);
        assert!(told.contains(words), "{told}");
        assert!(accepted(one));
    }
    for sense in ["", " (Min)"] {
        let fine = "Non-default parameters:\nTimeLimit  3\nFeasibilityTol  1e-09\n\n";
        gurobi_log(path, one, sense, fine, value, bound);
        std::fs::remove_file(one.instance.dir.join("answer.json")).unwrap();
        let (done, note) = take().unwrap();
        assert!(done.certificate.bound.unwrap().solver.is_some());
        assert_eq!(note, None);
        assert!(accepted(one));
    }
    // A bound that is weaker than the interval pass's own is not used, and that is said.
    gurobi_log(path, one, "", "", value, bound - 1.0);
    std::fs::remove_file(one.instance.dir.join("answer.json")).unwrap();
    let (done, note) = take().unwrap();
    assert!(done.certificate.bound.unwrap().solver.is_none());
    if done.certificate.verdict != Verdict::Unknown {
        assert!(note.unwrap().contains("no bound was taken from the log"));
    }
}

/// A solver calls a point optimal that is within its relative gap of its bound: why nothing is proved
/// then is told, and not where it stopped for another reason.
#[test]
fn an_optimum_within_a_gap_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let (sol, path) = (&dir.path().join("x.sol"), &dir.path().join("x.log"));
    // Above the bound below, and below the worst attack, 0.1497.
    let one = &job_with(dir.path(), 1, "prove margin > 0.14");
    let value = solution(one, sol);
    let bound = one.program.interval_bound() + 1e-3;
    gurobi_log(path, one, " (Min)", "", value, bound);
    let optimal = std::fs::read_to_string(path).unwrap();
    let limit =
        optimal.replace("Optimal solution found (tolerance 1.00e-04)", "Time limit reached");
    let coarse = std::fs::read_to_string(sol).unwrap();
    for (log, told) in [(&optimal, true), (&limit, false)] {
        std::fs::write(path, log).unwrap();
        // The solution file's own word would count, too.
        let status = if told { "optimal solution found" } else { "time limit reached" };
        std::fs::write(sol, coarse.replace("optimal solution found", status)).unwrap();
        let _ = std::fs::remove_file(one.instance.dir.join("answer.json"));
        let c = certify_better(one, sol, Some(path)).unwrap().0.certificate;
        assert_eq!(c.verdict, Verdict::Unknown, "{}", c.reason);
        assert!(c.bound.is_some_and(|b| b.solver.is_some()));
        assert_eq!(c.reason.contains("stopped at its relative gap"), told, "{}", c.reason);
        assert!(accepted(one));
    }
}

/// A start file answers nothing, whosever it is.
#[test]
fn a_start_is_no_solution() {
    let Case { one, two, .. } = &case();
    for job in [one, two] {
        let start = job.instance.dir.join("model.lp.start.mst");
        let error = certify_solution(one, &start, None).unwrap_err();
        assert!(error.is_input() && error.to_string().contains("is a MIP start"), "{error}");
    }
    assert!(!one.instance.dir.join("answer.json").exists());
}
