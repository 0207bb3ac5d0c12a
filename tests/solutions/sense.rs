//! Questions whose adversary maximises: their files maximise where the reader knows how to, and
//! values, bounds and starts come back in the user's sense.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use crate::support::answers::{Answer, BY_NAME, BY_POSITION, log, write};
use crate::support::{enumerate, random};
use theriac::back::{Options, convert, emit_file};
use theriac::cert::certificate::{BoundSense, Certificate};
use theriac::cert::pipeline::solve::model_names;
use theriac::cert::pipeline::{
    CompileOptions, Job, PipelineError, RunOptions, VerifyOptions, certify, certify_solution,
    compile, solve, verify,
};
use theriac::encode::compile as encode;
use theriac::front::model;
use theriac::front::spec::SolverChoice;
use theriac::ir::NameStyle;
use theriac::lower::{LowerOptions, Target, legalise};
use theriac::question::Goal;
use theriac::sol::log::{LogKind, Sizes};
use theriac::solve::{Limits, ModelFiles, SolveRequest, SolverKind, discover, run};
use theriac::train::replay;
use theriac::valid::Quadratic;

const TARGETS: [Target; 5] =
    [Target::PortableMps, Target::HighsMps, Target::PortableLp, Target::NlText, Target::NlBinary];

/// Six points, two flips, three steps; the largest mean loss at two points.
fn job(dir: &Path, targets: &[Target]) -> Job {
    let text = "network net = dense 2 -> 1 start zero\n\
        data train = points {\n  (2.1, 1): +1, (1, 1.9): +1, (1.6, 1.3): +1,\n  \
        (-0.9, -2): -1, (-2.2, -1.1): -1, (-1.4, -0.6): -1\n} label in {-1, +1}\n\
        train net on train { loss hinge; rate 0.5; steps 3; batch full }\n\
        threat { touch at most 2 of train; labels flip }\n\
        ask worst loss on train[1, 3]\nprove loss < 1\nencode { tighten interval }\n";
    std::fs::create_dir_all(dir).unwrap();
    let spec = dir.join("q.thr");
    std::fs::write(&spec, text).unwrap();
    let options = CompileOptions { targets: targets.to_vec(), ..CompileOptions::default() };
    compile(&spec, &dir.join("instance"), &options, &mut |_| {}).unwrap()
}

/// The worst value by training on every attack.
fn truth(job: &Job) -> f64 {
    let q = &job.spec.question;
    let attacks = enumerate::attacks(q, 1000).unwrap();
    let values = attacks.iter().map(|a| replay(q, a, 0.0).unwrap().value);
    values.fold(f64::NEG_INFINITY, f64::max)
}

#[test]
fn the_file_says_what_the_manifest_says() {
    let dir = tempfile::tempdir().unwrap();
    let job = job(dir.path(), &Target::ALL[..Target::ALL.len() - 1]);
    let mut both = [0; 2];
    for record in &job.instance.manifest.targets {
        let path = job.instance.dir.join(&record.model.path);
        let found = model::load(&path).unwrap();
        assert_eq!(found.maximise, record.maximises(), "{}", record.target);
        let target = Target::from_name(&record.target).unwrap();
        assert_eq!(found.maximise, target.capabilities().maximise, "{}", record.target);
        both[usize::from(found.maximise)] += 1;
    }
    assert!(both[0] >= 1 && both[1] >= 8, "{both:?}");
}

/// The start attack's point as a solver of this file answers it, in the file's sense or in the
/// other one.
fn answer(job: &Job, target: Target, format: &str, right: bool) -> String {
    let lowered = legalise(&job.program.model, target).unwrap();
    let attack = &job.start.as_ref().unwrap().attack;
    let x = lowered.extend_point(&job.program.start(&job.spec.question, attack)).unwrap();
    let names = model_names(&lowered, NameStyle::Readable);
    let records = &job.instance.manifest.targets;
    let record = records.iter().find(|r| r.target == target.name()).unwrap();
    let order: Vec<usize> = match &record.columns {
        Some(columns) => columns.iter().map(|c| *c as usize).collect(),
        None => (0..x.len()).collect(),
    };
    // The program's own format is always of the minimised model.
    let maximises = record.maximises() && format != "theriac";
    let sign = if maximises == right { -1.0 } else { 1.0 };
    write(
        format,
        &Answer {
            names: &order.iter().map(|j| names[*j].clone()).collect::<Vec<_>>(),
            values: &order.iter().map(|j| x[*j]).collect::<Vec<_>>(),
            objective: sign * lowered.model.objective_at(&x),
            rows: lowered.model.row_count(),
        },
    )
}

fn accepted(job: &Job) -> bool {
    let path = job.instance.dir.join("certificate.json");
    let never = AtomicBool::new(false);
    verify(&path, VerifyOptions::default(), &never).unwrap().1.accepted()
}

/// The value comes back in the user's sense, whatever the file's; in the other sense it belongs to
/// no file.
#[test]
fn carried_answers_are_read_in_the_sense_of_their_file() {
    for target in TARGETS {
        let dir = tempfile::tempdir().unwrap();
        let job = job(dir.path(), &[target]);
        let value = job.start.as_ref().unwrap().value;
        assert!((value - truth(&job)).abs() < 1e-12 && value > 0.1, "{value}");
        let sol = dir.path().join("x.sol");
        let nl = matches!(target, Target::NlText | Target::NlBinary);
        let formats = BY_NAME.iter().chain(&BY_POSITION);
        for (format, states) in formats.filter(|(f, _)| (*f == "ampl") == nl) {
            std::fs::write(&sol, answer(&job, target, format, true)).unwrap();
            let c = certify_solution(&job, &sol, None)
                .unwrap_or_else(|e| panic!("{target:?} {format}: {e}"))
                .certificate;
            let attack = c.attack.as_ref().unwrap();
            let claimed = attack.claimed.unwrap_or(value);
            assert!((claimed - value).abs() < 1e-9, "{target:?} {format}: {claimed}");
            // Where the format states the bound, it is the upper bound of the user's value.
            if ["gurobi-json", "copt-json", "theriac"].contains(format) {
                let bound = c.bound.as_ref().unwrap();
                assert_eq!(bound.sense, BoundSense::Upper);
                assert!(bound.solver.is_some(), "{target:?} {format}");
                assert!((bound.value - value).abs() < 1e-5, "{target:?} {format}: {}", bound.value);
                assert_eq!(c.gap, Some(0.0));
            }
            assert!(accepted(&job), "{target:?} {format}");
            if *states {
                std::fs::write(&sol, answer(&job, target, format, false)).unwrap();
                let error = certify_solution(&job, &sol, None).unwrap_err();
                assert!(matches!(error, PipelineError::Foreign(_)), "{target:?} {format}: {error}");
            }
        }
    }
}

/// Log of a run on the file of `target` with a bound that is by `out` outside of its incumbent.
fn certified(
    job: &Job,
    kind: LogKind,
    target: Target,
    out: f64,
) -> Result<Certificate, PipelineError> {
    let dir = job.instance.dir.parent().unwrap();
    let (sol, path) = (dir.join("x.sol"), dir.join("x.log"));
    let lowered = legalise(&job.program.model, target).unwrap();
    let records = &job.instance.manifest.targets;
    let maximises = records.iter().find(|r| r.target == target.name()).unwrap().maximises();
    std::fs::write(&sol, answer(job, target, "gurobi", true)).unwrap();
    let value = job.start.as_ref().unwrap().value;
    let ends = if maximises { [value, value + out] } else { [-value, -value - out] };
    let own = Sizes::of(&lowered.model, kind);
    let text = log(kind, (own.rows, own.columns, own.nonzeros.unwrap_or(0)), ends);
    std::fs::write(&path, text).unwrap();
    certify_solution(job, &sol, Some(&path)).map(|a| a.certificate)
}

/// A maximising log's bound is an upper bound, a minimising log's a lower one; an instance may hold
/// files of both.
#[test]
fn bounds_of_logs_are_read_in_the_sense_of_their_file() {
    let dir = tempfile::tempdir().unwrap();
    let job = job(dir.path(), &[Target::PortableLp, Target::PortableMps]);
    let value = job.start.as_ref().unwrap().value;
    for kind in [LogKind::Scip, LogKind::Gurobi, LogKind::Highs] {
        for target in [Target::PortableLp, Target::PortableMps] {
            let c = certified(&job, kind, target, 0.01).unwrap();
            let bound = c.bound.as_ref().unwrap();
            assert!(bound.solver.is_some(), "{kind:?} {target:?}");
            assert_eq!(bound.sense, BoundSense::Upper);
            let beyond = bound.value - value;
            assert!((0.01..0.01001).contains(&beyond), "{kind:?} {target:?}: {beyond}");
            assert!(accepted(&job), "{kind:?} {target:?}");
            // On the wrong side of the incumbent it is contradicted by it, and withdrawn.
            let c = certified(&job, kind, target, -0.01).unwrap();
            assert!(c.bound.is_none_or(|b| b.solver.is_none()), "{kind:?} {target:?}");
            assert!(c.withdrawn.is_some(), "{kind:?} {target:?}");
        }
    }
}

/// Without a point nothing tells whether a bound is of a file that minimises or of one that
/// maximises.
#[test]
fn a_log_alone_proves_nothing_where_files_differ_in_sense() {
    let none = "theriac solution 1\nstatus unknown\nobjective none\nbound none\nvalues none\nend\n";
    for (targets, taken) in [
        (vec![Target::PortableLp], true),
        (vec![Target::PortableMps], true),
        (vec![Target::PortableLp, Target::PortableMps], false),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let job = job(dir.path(), &targets);
        let lowered = legalise(&job.program.model, targets[0]).unwrap();
        let own = Sizes::of(&lowered.model, LogKind::Scip);
        let value = job.start.as_ref().unwrap().value + 0.01;
        let bound = if targets[0] == Target::PortableLp { value } else { -value };
        let text = log(LogKind::Scip, (own.rows, own.columns, 0), [0.0, bound]);
        let text: String =
            text.lines().filter(|l| !l.starts_with("Primal")).map(|l| format!("{l}\n")).collect();
        let (sol, path) = (dir.path().join("x.sol"), dir.path().join("x.log"));
        std::fs::write(&sol, none).unwrap();
        std::fs::write(&path, text).unwrap();
        let c = certify_solution(&job, &sol, Some(&path)).unwrap().certificate;
        let solver = c.bound.as_ref().filter(|b| b.solver.is_some());
        assert_eq!(solver.is_some(), taken, "{targets:?}: {}", c.reason);
        assert!(solver.is_none_or(|b| (b.value - value).abs() < 1e-5), "{targets:?}");
        assert!(accepted(&job), "{targets:?}");
    }
}

/// Every installed solver on a maximising file of every format that it reads.
#[test]
fn solvers_answer_maximising_questions() {
    let found = discover();
    for (kind, choice, targets) in [
        (SolverKind::Embedded, SolverChoice::Embedded, &[Target::PortableLp][..]),
        (
            SolverKind::Highs,
            SolverChoice::Highs,
            &[Target::HighsMps, Target::HighsLp, Target::PortableMps],
        ),
        (SolverKind::Scip, SolverChoice::Scip, &[Target::ScipLp, Target::NlText, Target::NlBinary]),
        (SolverKind::Gurobi, SolverChoice::Gurobi, &[Target::GurobiLp, Target::GurobiMps]),
    ] {
        if !found.iter().any(|s| s.kind == kind) {
            println!("skipped for {kind}, which is not installed");
            continue;
        }
        for target in targets {
            let dir = tempfile::tempdir().unwrap();
            let job = job(dir.path(), &[*target]);
            let options = RunOptions { solver: Some(choice), ..RunOptions::default() };
            let never = AtomicBool::new(false);
            let choice = options.over(&job.spec.solve);
            let answer = solve(&job, &choice, &mut |_| {}, &never).unwrap();
            let truth = truth(&job);
            let bound = answer.bound.clone().unwrap();
            assert!(bound.solver.is_some(), "{kind} {target:?} {answer:?}");
            assert!((bound.value - truth).abs() < 1e-6, "{kind} {target:?}: {}", bound.value);
            let last = answer.history.last().unwrap();
            // Logs print few digits.
            assert!((last.incumbent.unwrap() - truth).abs() < 1e-4, "{kind} {target:?}: {last:?}");
            let outside = answer.history.iter().filter_map(|m| m.bound).all(|b| b > truth - 1e-6);
            assert!(outside, "{kind} {target:?}: {:?}", answer.history);
            certify(&job).unwrap();
            assert!(accepted(&job), "{kind} {target:?}");
        }
    }
}

/// Random maximising questions, written as maximisations, against training on every attack.
#[test]
fn random_maximisations_agree_with_enumeration() {
    let found = discover();
    let pairs = [
        (SolverKind::Highs, Target::HighsMps),
        (SolverKind::Highs, Target::HighsLp),
        (SolverKind::Scip, Target::ScipLp),
        (SolverKind::Scip, Target::NlText),
        (SolverKind::Gurobi, Target::GurobiLp),
        (SolverKind::Gurobi, Target::GurobiMps),
    ];
    let mut rng = fastrand::Rng::with_seed(31);
    let (mut agreed, mut drawn) = (0, 0);
    while agreed < 12 {
        drawn += 1;
        let q = random::question(&mut rng, random::Shape { discrete: true, linear: false });
        if q.goal.adversary_minimises() || matches!(q.goal, Goal::SquaredError(_)) {
            continue;
        }
        let program = encode(&q, None).unwrap();
        let linear =
            program.model.rows.quad_terms() == 0 && program.model.objective.quad.is_empty();
        let Some(attacks) = linear.then(|| enumerate::attacks(&q, 300)).flatten() else { continue };
        let runs: Vec<_> = attacks.iter().map(|a| replay(&q, a, 1e-9).unwrap()).collect();
        if runs.iter().any(|r| !r.ties.is_empty()) {
            continue;
        }
        let truth = runs.iter().map(|r| r.value).fold(f64::NEG_INFINITY, f64::max);
        for (kind, target) in pairs {
            let Some(solver) = found.iter().find(|s| s.kind == kind) else { continue };
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join(format!("m.{}", target.format().extension()));
            let options = Options { maximise: true, ..Options::default() };
            let lowering = LowerOptions::default();
            let written = emit_file(&program.model, target, lowering, &options, &path).unwrap();
            assert!(written.maximise);
            let request = SolveRequest {
                model: ModelFiles::from_path(&path).unwrap(),
                limits: Limits::default(),
                ..SolveRequest::default()
            };
            let never = AtomicBool::new(false);
            let report = run(solver, &request, &mut |_| {}, &never).unwrap();
            // The file's objective is the user's value: nobody changes a sign on the way.
            let near = |v: f64| (v - truth).abs() < 1e-6 * (1.0 + truth.abs());
            let stated = report.solution.objective.unwrap();
            assert!(near(stated), "{kind} {target:?}: {stated}, not {truth}\n{q:?}");
            let bound = report.safe_bound(false).unwrap();
            assert!(near(bound), "{kind} {target:?}: {bound}, not {truth}");
            assert!(bound >= truth - 1e-6 * (1.0 + truth.abs()), "{kind} {target:?}: {bound}");
        }
        agreed += 1;
    }
    println!("{agreed} of {drawn} questions");
}

/// The saved model of a question that maximises is written as the instance's own files are, and a
/// solution of it is one of the instance.
#[test]
fn a_converted_instance_has_the_sense_of_its_files() {
    let dir = tempfile::tempdir().unwrap();
    let job = job(dir.path(), &TARGETS);
    let place = &job.instance.dir;
    assert!(model::load(&place.join("model.thir")).unwrap().maximise);
    for target in [Target::PortableLp, Target::PortableMps] {
        let to = dir.path().join(target.file_name());
        let options = Options::default();
        convert(&place.join("model.thir"), target, LowerOptions::default(), &options, &to).unwrap();
        let own = std::fs::read(place.join(target.file_name())).unwrap();
        assert!(std::fs::read(&to).unwrap() == own, "{}", target.name());
    }
    // The answer to a file in the other sense is told for what it is.
    let job = self::job(&dir.path().join("alone"), &[Target::PortableLp]);
    let sol = dir.path().join("x.sol");
    std::fs::write(&sol, answer(&job, Target::PortableLp, "gurobi", false)).unwrap();
    let words = certify_solution(&job, &sol, None).unwrap_err().to_string();
    assert!(words.contains("in the other sense"), "{words}");
}

/// A foreign maximisation stays one where the target knows how, and its optimum is the same.
#[test]
fn a_converted_maximisation_stays_one() {
    let dir = tempfile::tempdir().unwrap();
    let from = dir.path().join("from.lp");
    let text = "Maximize\n obj: 3 x - 2 y + z + [ 4 x * y - 2 y * y ] / 2 + 7 k\nSubject To\n \
                c1: x + y + z <= 4\n c2: x - y >= -2\nBounds\n x <= 3\n z <= 9\n k = 1\n\
                Generals\n z\nEnd\n";
    std::fs::write(&from, text).unwrap();
    let own = model::load(&from).unwrap();
    assert!(own.maximise);
    let mut converted = 0;
    for target in Target::ALL.into_iter().filter(|t| !t.file_name().is_empty()) {
        let to = dir.path().join(format!("{}.{}", target.name(), target.format().extension()));
        let options = Options::default();
        let Ok(done) = convert(&from, target, LowerOptions::default(), &options, &to) else {
            // It takes no nonconvex part.
            assert_ne!(target.capabilities().quad_objective, Quadratic::Any, "{target:?}");
            continue;
        };
        converted += 1;
        assert!(done.maximise);
        assert_eq!(done.emitted.maximise, target.capabilities().maximise);
        let again = model::load(&to).unwrap();
        assert_eq!(again.maximise, done.emitted.maximise, "{target:?}");
        // Read back, both are the same minimisation, at any point.
        let names: Vec<&String> = again.model.names.iter().collect();
        let mut rng = fastrand::Rng::with_seed(3);
        let y: Vec<f64> = names.iter().map(|_| rng.f64()).collect();
        let nl = matches!(target, Target::NlText | Target::NlBinary);
        if !nl {
            let at = |n: &String| names.iter().position(|m| *m == n).map_or(0.0, |k| y[k]);
            let x: Vec<f64> = own.model.names.iter().map(at).collect();
            let (a, b) = (own.model.objective_at(&x), again.model.objective_at(&y));
            assert!((a - b).abs() < 1e-12, "{target:?}: {a} {b}");
        }
    }
    assert!(converted >= 10, "{converted}");
}
