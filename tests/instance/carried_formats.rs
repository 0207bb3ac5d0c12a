//! Carried answers in every format: that of another question is refused, also where the two differ
//! in the threat alone and every name, size and row fits.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use crate::support::answers::{Answer, BY_NAME, BY_POSITION, log, write};
use theriac::cert::assemble::no_attack;
use theriac::cert::instance::manifest::TargetRecord;
use theriac::cert::pipeline::solve::model_names;
use theriac::cert::pipeline::{
    CompileOptions, Job, PipelineError, VerifyOptions, certify_better, certify_solution, compile,
    verify,
};
use theriac::front::model::load;
use theriac::ir::{NameStyle, fingerprint};
use theriac::lower::{Target, legalise};
use theriac::sol::AssignError;
use theriac::sol::log::{LogKind, Sizes};

/// The half-moons example with this budget and so many steps.
fn job(dir: &Path, budget: usize, steps: usize) -> Job {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    std::fs::create_dir_all(dir.join("data")).unwrap();
    for name in ["moons_2-1_s1.onnx", "moons_n100_noise0.1_seed0.csv"] {
        std::fs::copy(examples.join("data").join(name), dir.join("data").join(name)).unwrap();
    }
    let text = std::fs::read_to_string(examples.join("moons.thr")).unwrap();
    let spec = dir.join(format!("q{budget}.thr"));
    let text = text.replace("steps 3", &format!("steps {steps}"));
    std::fs::write(&spec, text.replace("at most 5", &format!("at most {budget}"))).unwrap();
    let targets = vec![Target::PortableMps, Target::PortableLp, Target::NlText];
    let options = CompileOptions { targets, ..CompileOptions::default() };
    compile(&spec, &dir.join(format!("instance{budget}")), &options, &mut |_| {}).unwrap()
}

/// Unchanged training as a solver of this target answers it.
fn answer(job: &Job, target: Target, format: &str) -> String {
    let columns = record(job, target).columns.clone();
    answer_in(job, target, format, columns.as_deref())
}

/// The same, with the columns in this order.
fn answer_in(job: &Job, target: Target, format: &str, columns: Option<&[u32]>) -> String {
    let lowered = legalise(&job.program.model, target).unwrap();
    let question = &job.spec.question;
    let x = lowered.extend_point(&job.program.start(question, &no_attack(question))).unwrap();
    let names = model_names(&lowered, NameStyle::Readable);
    let order: Vec<usize> = match columns {
        Some(columns) => columns.iter().map(|c| *c as usize).collect(),
        None => (0..x.len()).collect(),
    };
    write(
        format,
        &Answer {
            names: &order.iter().map(|j| names[*j].clone()).collect::<Vec<_>>(),
            values: &order.iter().map(|j| x[*j]).collect::<Vec<_>>(),
            objective: lowered.model.objective_at(&x),
            rows: lowered.model.row_count(),
        },
    )
}

fn record(job: &Job, target: Target) -> &TargetRecord {
    job.instance.manifest.targets.iter().find(|t| t.target == target.name()).unwrap()
}

fn accepted(job: &Job) -> bool {
    let path = job.instance.dir.join("certificate.json");
    let never = AtomicBool::new(false);
    verify(&path, VerifyOptions::default(), &never).unwrap().1.accepted()
}

/// With a budget of 4 the same point is admissible, and all names, sizes and rows fit: only the
/// fingerprint tells.
#[test]
fn the_answer_to_a_question_with_another_threat_is_refused_in_every_format() {
    let dir = tempfile::tempdir().unwrap();
    // With one step every budget leaves the same switches open: none.
    let (one, two) = (job(dir.path(), 5, 1), job(dir.path(), 4, 1));
    let names = |j: &Job| {
        model_names(&legalise(&j.program.model, Target::PortableLp).unwrap(), NameStyle::Readable)
    };
    assert_eq!(names(&one), names(&two));
    let number = |j: &Job| fingerprint::column(&j.program.model).unwrap().1;
    assert_ne!(number(&one), number(&two));
    assert_eq!(one.instance.manifest.program.as_ref().unwrap().fingerprint, number(&one) as u32);
    let sol = dir.path().join("x.sol");
    let by_name = BY_NAME.iter().map(|(f, _)| (*f, Target::PortableLp));
    let by_position = BY_POSITION.iter().map(|(f, _)| match *f {
        "ampl" => (*f, Target::NlText),
        _ => (*f, Target::PortableMps),
    });
    for (format, target) in by_name.chain(by_position) {
        std::fs::write(&sol, answer(&one, target, format)).unwrap();
        match certify_solution(&two, &sol, None) {
            Err(PipelineError::Foreign(AssignError::OtherModel { found, expected, .. })) => {
                assert_eq!(expected, number(&two), "{format}");
                // By position, the columns of another file of the instance were looked at first.
                assert!(found == number(&one) || format == "ampl", "{format}: {found}");
            }
            other => panic!("{format}: {other:?}"),
        }
        assert!(!two.instance.dir.join("answer.json").exists());
        certify_solution(&one, &sol, None).unwrap_or_else(|e| panic!("{format}: {e}"));
        assert!(accepted(&one), "{format}");
    }
}

/// Solvers pack what they write if its name ends so: solutions and logs are unpacked, the name does
/// not matter, and a damaged one is told.
#[test]
fn packed_answers_are_those_that_are_packed() {
    let dir = tempfile::tempdir().unwrap();
    let job = job(dir.path(), 5, 3);
    let lowered = legalise(&job.program.model, Target::PortableLp).unwrap();
    let question = &job.spec.question;
    let x = lowered.extend_point(&job.program.start(question, &no_attack(question))).unwrap();
    let own = Sizes::of(&lowered.model, LogKind::Gurobi);
    let sizes = (own.rows, own.columns, own.nonzeros.unwrap_or(0));
    let ends = [lowered.model.objective_at(&x), job.program.interval_bound() + 1e-3];
    let text = log(LogKind::Gurobi, sizes, ends);
    let gz = |text: &str| {
        use std::io::Write as _;
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(text.as_bytes()).unwrap();
        out.finish().unwrap()
    };
    let zst = |text: &str| zstd::encode_all(text.as_bytes(), 3).unwrap();
    let (sol, path) = (dir.path().join("x.sol"), dir.path().join("x.log"));
    let answer = answer(&job, Target::PortableLp, "gurobi");
    for (packed, log) in [(gz(&answer), zst(&text)), (zst(&answer), gz(&text))] {
        std::fs::write(&sol, &packed).unwrap();
        std::fs::write(&path, &log).unwrap();
        let done = certify_solution(&job, &sol, Some(&path)).unwrap();
        assert!(done.certificate.bound.unwrap().solver.is_some());
        assert!(accepted(&job));
        std::fs::write(&sol, &packed[..packed.len() - 9]).unwrap();
        let words = certify_solution(&job, &sol, Some(&path)).unwrap_err().to_string();
        assert!(words.contains("cannot unpack solution file"), "{words}");
        std::fs::write(&sol, &packed).unwrap();
        std::fs::write(&path, &log[..log.len() - 9]).unwrap();
        certify_solution(&job, &sol, Some(&path)).unwrap_err();
    }
}

/// The format is Gurobi's own, so that its bound is on trust of Gurobi; a log adds the version.
#[test]
fn a_json_of_gurobi_names_its_solver() {
    let dir = tempfile::tempdir().unwrap();
    let job = job(dir.path(), 5, 3);
    let lowered = legalise(&job.program.model, Target::PortableLp).unwrap();
    let question = &job.spec.question;
    let x = lowered.extend_point(&job.program.start(question, &no_attack(question))).unwrap();
    let names = model_names(&lowered, NameStyle::Readable);
    let value = lowered.model.objective_at(&x);
    let vars: Vec<String> = names
        .iter()
        .zip(&x)
        .map(|(n, v)| format!("{{\"VarName\": \"{n}\", \"X\": {v:?}}}"))
        .collect();
    let text = format!(
        "{{\"SolutionInfo\": {{\"Status\": 9, \"SolCount\": 1, \"ObjVal\": {value:?}, \"ObjBound\": \
         {:?}}}, \"Vars\": [{}]}}\n",
        job.program.interval_bound() + 1e-3,
        vars.join(", ")
    );
    let sol = dir.path().join("x.json");
    std::fs::write(&sol, text).unwrap();
    let bound = certify_solution(&job, &sol, None).unwrap().certificate.bound.unwrap();
    assert_eq!(bound.solver.as_deref(), Some("Gurobi"));
    let own = Sizes::of(&lowered.model, LogKind::Gurobi);
    let sizes = (own.rows, own.columns, own.nonzeros.unwrap_or(0));
    let path = dir.path().join("x.log");
    let ends = [value, job.program.interval_bound() + 1e-3];
    std::fs::write(&path, log(LogKind::Gurobi, sizes, ends)).unwrap();
    let bound = certify_solution(&job, &sol, Some(&path)).unwrap().certificate.bound.unwrap();
    let solver = bound.solver.unwrap();
    assert!(solver.starts_with("Gurobi ") && solver.len() > 7, "{solver}");
}

/// Readers of LP files count columns as they meet them, which is not the model's order: such an answer
/// is taken where it is a point with the fingerprint in its place, and in no other order.
#[test]
fn answers_by_position_are_taken_in_the_order_of_readers_of_lp_files() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (job(dir.path(), 5, 1), job(dir.path(), 4, 1));
    let file = one.instance.dir.join(&record(&one, Target::PortableLp).model.path);
    let met = load(&file).unwrap().model.names;
    let lowered = legalise(&one.program.model, Target::PortableLp).unwrap();
    let names = model_names(&lowered, NameStyle::Readable);
    let place = |name: &String| names.iter().position(|n| n == name).unwrap() as u32;
    let order: Vec<u32> = met.iter().map(place).collect();
    assert!(order.len() == names.len() && !order.is_sorted());
    let mut turned = order.clone();
    turned.rotate_left(1);
    // Two values that differ, changed for each other: the fingerprint stays where it is.
    let x = lowered
        .extend_point(&one.program.start(&one.spec.question, &no_attack(&one.spec.question)));
    let (x, mut swapped) = (x.unwrap(), order.clone());
    let fixed = fingerprint::column(&lowered.model).unwrap().0.index();
    let free = |j: &u32| *j as usize != fixed;
    let least = (0..order.len()).filter(|k| free(&order[*k]));
    let by_value = |a: &usize, b: &usize| x[order[*a] as usize].total_cmp(&x[order[*b] as usize]);
    let (low, high) = (least.clone().min_by(by_value).unwrap(), least.max_by(by_value).unwrap());
    swapped.swap(low, high);
    let sol = dir.path().join("x.sol");
    for format in ["glpk", "copt-json"] {
        let certify = |job: &Job, order: &[u32]| {
            std::fs::write(&sol, answer_in(&one, Target::PortableLp, format, Some(order))).unwrap();
            certify_solution(job, &sol, None)
        };
        certify(&one, &order).unwrap_or_else(|e| panic!("{format}: {e}"));
        assert!(accepted(&one), "{format}");
        assert!(certify(&two, &order).is_err(), "{format}");
        assert!(certify(&one, &turned).is_err(), "{format}");
        assert!(certify(&one, &swapped).is_err(), "{format}");
        assert!(!two.instance.dir.join("answer.json").exists());
    }
}

/// A log is the log of its solution only if both state the same value; whoever states none proves
/// nothing.
#[test]
fn a_log_is_tied_to_its_solution_by_the_value() {
    let dir = tempfile::tempdir().unwrap();
    let job = job(dir.path(), 5, 3);
    let lowered = legalise(&job.program.model, Target::PortableLp).unwrap();
    let question = &job.spec.question;
    let x = lowered.extend_point(&job.program.start(question, &no_attack(question))).unwrap();
    let value = lowered.model.objective_at(&x);
    let (sol, path) = (dir.path().join("x.sol"), dir.path().join("x.log"));
    std::fs::write(&sol, answer(&job, Target::PortableLp, "gurobi")).unwrap();
    let bound = job.program.interval_bound() + 1e-3;
    for kind in [LogKind::Scip, LogKind::Gurobi, LogKind::Highs] {
        let own = Sizes::of(&lowered.model, kind);
        let sizes = (own.rows, own.columns, own.nonzeros.unwrap_or(0));
        let text = log(kind, sizes, [value, bound]);
        let bound_of = |text: &str| {
            std::fs::write(&path, text).unwrap();
            let done = certify_solution(&job, &sol, Some(&path));
            done.map(|a| a.certificate.bound.and_then(|b| b.solver))
        };
        assert!(bound_of(&text).unwrap().is_some(), "{kind:?}");
        assert!(accepted(&job), "{kind:?}");
        let other = log(kind, sizes, [value + 0.01, bound]);
        assert!(bound_of(&other).is_err(), "{kind:?}");
        // The same log without the line of its value, and without a value in it.
        let primal = |l: &&str| l.contains("rimal bound ") || l.starts_with("Primal Bound");
        let cut: String = text.lines().filter(|l| !primal(l)).map(|l| format!("{l}\n")).collect();
        let cut = match kind {
            LogKind::Gurobi => {
                text.replace(&format!("Best objective {value:.12e}"), "Best objective -")
            }
            _ => cut,
        };
        assert_ne!(cut, text);
        assert_eq!(bound_of(&cut).unwrap(), None, "{kind:?}");
        assert!(accepted(&job), "{kind:?}");
        // A log with a solution, and a solution file without: the point is missing.
        let none =
            "theriac solution 1\nstatus limit time\nobjective none\nbound none\nvalues none\nend\n";
        let keep = std::fs::read(&sol).unwrap();
        std::fs::write(&sol, none).unwrap();
        match bound_of(&text) {
            Err(PipelineError::Log(why)) => assert!(why.contains("no point"), "{why}"),
            other => panic!("{kind:?}: {other:?}"),
        }
        std::fs::write(&sol, keep).unwrap();
    }
}

/// An answer that was found is not lost to a weaker one that is carried here; a stronger one is
/// taken.
#[test]
fn the_better_answer_stays() {
    let dir = tempfile::tempdir().unwrap();
    let job = job(dir.path(), 5, 3);
    let place = &job.instance.dir;
    let (sol, path) = (dir.path().join("x.sol"), dir.path().join("x.log"));
    std::fs::write(&sol, answer(&job, Target::PortableLp, "gurobi")).unwrap();
    // Without a log the interval bound counts; nothing was there before.
    let (first, note) = certify_better(&job, &sol, None).unwrap();
    assert!(note.is_none() && first.certificate.gap.unwrap() > 0.0);
    let lowered = legalise(&job.program.model, Target::PortableLp).unwrap();
    let own = Sizes::of(&lowered.model, LogKind::Gurobi);
    let question = &job.spec.question;
    let x = lowered.extend_point(&job.program.start(question, &no_attack(question))).unwrap();
    let ends = [lowered.model.objective_at(&x), job.program.interval_bound() + 1e-2];
    let sizes = (own.rows, own.columns, own.nonzeros.unwrap_or(0));
    std::fs::write(&path, log(LogKind::Gurobi, sizes, ends)).unwrap();
    let (second, note) = certify_better(&job, &sol, Some(&path)).unwrap();
    assert!(note.is_none(), "{note:?}");
    assert!(second.certificate.gap < first.certificate.gap);
    let files = || {
        let mut all: Vec<_> =
            std::fs::read_dir(place).unwrap().map(|e| e.unwrap().path()).collect();
        all.retain(|p| p.is_file());
        all.sort();
        all.into_iter().map(|p| (p.clone(), std::fs::read(p).unwrap())).collect::<Vec<_>>()
    };
    let before = files();
    let (third, note) = certify_better(&job, &sol, None).unwrap();
    assert!(note.unwrap().contains("stays"));
    assert_eq!(third.certificate, second.certificate);
    assert!(files() == before && accepted(&job));
    // What does not belong here changes nothing either.
    std::fs::write(&sol, "x 1\n").unwrap();
    certify_better(&job, &sol, None).unwrap_err();
    assert!(files() == before);
}
