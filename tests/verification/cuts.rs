//! Rounds of ideal cuts: what a record says is all there is to a cut, whoever wrote it.

use std::path::Path;

use theriac::bounds::graph::{Plan, interval};
use theriac::cert::certificate::FileRole;
use theriac::cert::instance::{Instance, Manifest, manifest};
use theriac::cert::pipeline::{CompileOptions, PipelineError, RunOptions};
use theriac::cert::verification::cuts::{CUTS_FILE, CutRecord, Rounds, repeat, strengthen};
use theriac::cert::verification::{Job, certify, compile};
use theriac::cert::{Verdict, store, verification};
use theriac::encode::verify::{Split, VerifyOptions, VerifyProgram, encode_case};
use theriac::front::spec::SolverChoice;
use theriac::ir::{Model, VarId, VarKind};
use theriac::solve::discover;
use theriac::solve::highs_lib::HighsLibrary;

use super::{NEVER, check, folder, milp, question, reached, run};

/// HiGHS, where it is installed.
fn library(test: &str) -> Option<HighsLibrary> {
    let found = HighsLibrary::find(&discover());
    if found.is_none() {
        println!("{test}: skipped, no HiGHS library is installed");
    }
    Some(found?.unwrap())
}

/// The program of the network's least output, over bounds by intervals.
fn program() -> VerifyProgram {
    program_by(Split::BigM)
}

fn program_by(split: Split) -> VerifyProgram {
    let dir = folder(&reached(1.0, -1e-3), "");
    let question = question(dir.path()).1.question;
    let case = &question.cases[0];
    let bounds = interval(&Plan::new(&question.graph), &case.outer).unwrap();
    let options = VerifyOptions { split, ..VerifyOptions::default() };
    encode_case(&question.graph, &bounds.nodes, case, &options).unwrap()
}

fn relaxed(model: &Model) -> (f64, Vec<f64>) {
    let mut model = model.clone();
    for j in 0..model.var_count() {
        model.vars.set_kind(VarId(j as u32), VarKind::Continuous);
    }
    milp::solve(&model).unwrap()
}

/// Two rounds with another solver, and their record.
fn rounds(p: &mut VerifyProgram) -> Rounds {
    let mut out = Rounds::new();
    for _ in 0..2 {
        let cuts = p.separate(&relaxed(&p.model).1, 1e-6);
        assert!(!cuts.is_empty());
        p.add_cuts(&cuts);
        out.push(cuts.iter().map(CutRecord::of).collect());
    }
    out
}

#[test]
fn a_record_repeats_the_same_program() {
    let plain = program();
    let mut cut = plain.clone();
    let record = rounds(&mut cut);
    assert!(cut.model.row_count() > plain.model.row_count() + 2);
    let mut again = plain.clone();
    repeat(&mut again, &record, 2).unwrap();
    assert_eq!(again, cut);
    // Written and read.
    let text = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<Rounds>(&text).unwrap(), record);
    // Another set is another program with the same optimum.
    let mut forged = record.clone();
    let set = &mut forged[0][0].set;
    let other = if set.starts_with('0') { "1" } else { "0" };
    set.replace_range(..1, other);
    let mut other = plain.clone();
    repeat(&mut other, &forged, 2).unwrap();
    assert_ne!(other.model, cut.model);
    let optimum = milp::solve(&plain.model).unwrap().0;
    for p in [&cut, &other] {
        assert!((milp::solve(&p.model).unwrap().0 - optimum).abs() < 1e-7);
    }
}

/// Whatever sets somebody writes, the rows keep every run.
#[test]
fn any_sets_are_harmless() {
    let plain = program();
    let optimum = milp::solve(&plain.model).unwrap().0;
    let mut rng = fastrand::Rng::with_seed(31);
    let mut rows = 0;
    for _ in 0..40 {
        let one = |neuron: usize| {
            let terms = plain.operand(neuron).unwrap().terms.len();
            let bits = rng.u32(..1 << terms);
            CutRecord { neuron, set: format!("{bits:x}") }
        };
        let round: Vec<CutRecord> = (0..plain.neurons.len()).map(one).collect();
        let mut p = plain.clone();
        repeat(&mut p, &vec![round], 1).unwrap();
        rows += p.model.row_count() - plain.model.row_count();
        assert!((milp::solve(&p.model).unwrap().0 - optimum).abs() < 1e-7);
        for _ in 0..20 {
            let x = [rng.f64() * 2.0 - 1.0, rng.f64() * 2.0 - 1.0];
            let broken = p.model.violation(&p.start(&x));
            assert!(broken.amount <= 1e-9, "{broken:?} at {x:?}");
        }
    }
    assert!(rows >= 200, "{rows}");
}

/// A record that does not fit is refused, with the place where it does not.
#[test]
fn records_that_do_not_fit_are_refused() {
    let plain = program();
    let record = rounds(&mut plain.clone());
    let refused = |edit: &dyn Fn(&mut Rounds)| {
        let mut forged = record.clone();
        edit(&mut forged);
        let mut p = plain.clone();
        repeat(&mut p, &forged, 2).expect_err("refused")
    };
    let too_many = refused(&|r| r.push(r[0].clone()));
    assert!(too_many.contains("3 rounds"), "{too_many}");
    let outside = refused(&|r| r[1].last_mut().unwrap().neuron = plain.neurons.len());
    assert!(outside.contains("there is no neuron") && outside.ends_with("in round 2"), "{outside}");
    let twice = refused(&|r| {
        let first = r[0][0].clone();
        r[0].insert(0, first);
    });
    assert!(twice.contains("ascend"), "{twice}");
    assert!(refused(&|r| r[1].clear()).contains("no cut"), "an empty round");
    for set in ["", "00", "A", "x", "é", "f0"] {
        let why = refused(&|r| r[0][0].set = set.to_owned());
        assert!(why.contains("the set of neuron"), "{set:?}: {why}");
    }
    // Two terms leave the upper half of a digit empty.
    let terms = |k: usize| plain.operand(k).unwrap().terms.len();
    let of_two = (0..plain.neurons.len()).find(|k| terms(*k) == 2).expect("of the first layer");
    let lone = |set: &str| vec![vec![CutRecord { neuron: of_two, set: set.to_owned() }]];
    assert!(repeat(&mut plain.clone(), &lone("3"), 1).is_ok());
    assert!(repeat(&mut plain.clone(), &lone("4"), 1).is_err());
    let mut decided = plain.clone();
    decided.decided = true;
    assert!(repeat(&mut decided, &lone("3"), 1).is_err());
}

/// HiGHS finds the same rounds each time; the relaxation rises with each, up to the optimum at most.
#[test]
fn rounds_with_highs() {
    let Some(library) = library("rounds_with_highs") else { return };
    let plain = program();
    let optimum = milp::solve(&plain.model).unwrap().0;
    let mut bounds = vec![relaxed(&plain.model).0];
    for most in 1..=4 {
        let (mut p, mut q) = (plain.clone(), plain.clone());
        let found = strengthen(&library, &mut p, most, &|| f64::INFINITY).unwrap();
        assert!(found.len() <= most);
        repeat(&mut q, &found, most).unwrap();
        assert_eq!(p, q);
        bounds.push(relaxed(&p.model).0);
    }
    println!("{bounds:?}, optimum {optimum}");
    assert!(bounds.windows(2).all(|w| w[0] <= w[1] + 1e-7), "{bounds:?}");
    assert!(bounds[1] > bounds[0] + 1e-3 && bounds[4] <= optimum + 1e-7, "{bounds:?} {optimum}");
    let mut p = plain.clone();
    assert_eq!(strengthen(&library, &mut p, 0, &|| f64::INFINITY).unwrap(), Rounds::new());
    assert_eq!(p, plain);
}

/// Where switches are said by indicators, or by partitions that are not the hull, too.
#[test]
fn rounds_of_other_formulations() {
    let Some(library) = library("rounds_of_other_formulations") else { return };
    for split in [Split::Indicator, Split::Partition { parts: 1 }, Split::Partition { parts: 4 }] {
        let plain = program_by(split);
        let (mut p, mut q) = (plain.clone(), plain.clone());
        let found = strengthen(&library, &mut p, 5, &|| f64::INFINITY).unwrap();
        // With a part for each term there is nothing left to cut.
        assert_eq!(found.is_empty(), split == Split::Partition { parts: 4 }, "{split:?}");
        repeat(&mut q, &found, 5).unwrap();
        assert_eq!(p, q);
        let settings = format!("{BARE}; split {}; cuts 5 }}\n", words(split));
        for (by, expected) in [(-1e-3, Verdict::Certified), (1e-3, Verdict::Attacked)] {
            let dir = folder(&reached(1.0, by), &settings);
            let c = run(dir.path(), SolverChoice::Embedded).unwrap();
            assert_eq!(c.verdict, expected, "{split:?}: {}", c.reason);
            assert_eq!(check(dir.path()), Vec::<String>::new());
        }
    }
}

fn words(split: Split) -> String {
    match split {
        Split::Partition { parts } => format!("partition {parts}"),
        Split::BigM => "big-m".to_owned(),
        Split::Indicator => "indicator".to_owned(),
        Split::Sos1 => "sos1".to_owned(),
        Split::Complementarity => "complementarity".to_owned(),
    }
}

/// All is left to programs, with cuts or without.
const BARE: &str = "solve { attack off; branch off }\nencode { bounds interval";

/// Without the library no instance with cuts is compiled; a run does without them and says so.
#[test]
fn a_solver_is_needed() {
    let dir = folder(&reached(1.0, -1e-3), &format!("{BARE}; cuts 3 }}\n"));
    let (path, spec) = question(dir.path());
    let (options, apart) = (CompileOptions::default(), dir.path().join("apart"));
    let compiled = verification::compile((&path, spec), &apart, &options, &mut |_| {}, &NEVER);
    let found = run(dir.path(), SolverChoice::Embedded).unwrap();
    assert_eq!(found.verdict, Verdict::Certified, "{}", found.reason);
    let told = Instance::open(&dir.path().join("out")).unwrap().answer().unwrap().missing;
    match library("a_solver_is_needed") {
        Some(_) => assert!(compiled.is_ok() && told.is_none(), "{told:?}"),
        None => {
            let refused = compiled.unwrap_err();
            assert!(matches!(refused, PipelineError::NoCutter), "{refused}");
            assert!(!apart.exists());
            assert_eq!(told, Some(refused.to_string()));
        }
    }
    assert_eq!(check(dir.path()), Vec::<String>::new());
}

/// A check by the program in an environment where no solver is found.
fn alone(certificate: &Path) {
    let mut check = std::process::Command::new(env!("CARGO_BIN_EXE_theriac"));
    let done = check.arg("check").arg(certificate).env_clear().output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Verdicts are the same with cuts; two compilations give the same bytes; a check needs no solver.
#[test]
fn instances_with_cuts() {
    if library("instances_with_cuts").is_none() {
        return;
    }
    let goal = |by: f64| format!("(or {} {})", reached(1.0, by), reached(-1.0, -1e-3));
    for (by, expected) in [(-1e-3, Verdict::Certified), (1e-3, Verdict::Attacked)] {
        let plain = folder(&goal(by), &format!("{BARE} }}\n"));
        let cut = folder(&goal(by), &format!("{BARE}; cuts 3 }}\n"));
        for dir in [&plain, &cut] {
            let c = run(dir.path(), SolverChoice::Embedded).unwrap();
            assert_eq!(c.verdict, expected, "{}", c.reason);
            assert_eq!(check(dir.path()), Vec::<String>::new());
        }
        alone(&cut.path().join("out/certificate.json"));
        let [with, without] = [&cut, &plain].map(|d| Job::open(&d.path().join("out")).unwrap());
        assert!(!without.instance.dir.join(CUTS_FILE).exists());
        assert_eq!(with.study.cuts.len(), 2);
        let cuts = |k: usize| with.study.cuts[k].iter().map(Vec::len).sum::<usize>();
        assert!(cuts(0) > 0 && with.study.cuts.iter().all(|rounds| rounds.len() <= 3));
        for (k, (p, q)) in with.study.programs.iter().zip(&without.study.programs).enumerate() {
            let rows = |p: &Option<VerifyProgram>| p.as_ref().unwrap().model.row_count();
            assert_eq!(rows(p), rows(q) + cuts(k));
        }
        let files = |name: &str| {
            let (path, spec) = question(cut.path());
            let out = cut.path().join(name);
            let options = CompileOptions::default();
            let job = compile((&path, spec), &out, &options, &mut |_| {}, &NEVER).unwrap();
            let named: Vec<_> = job.instance.manifest.files().cloned().collect();
            assert!(named.iter().any(|f| f.path == CUTS_FILE && f.role == FileRole::Cuts));
            (store::read(&out.join(CUTS_FILE)).unwrap(), named)
        };
        assert_eq!(files("a"), files("b"));
    }
}

/// Writes another record into an instance, and its hash into the manifest.
fn forge(out: &Path, edit: impl Fn(&mut Vec<Rounds>)) {
    let path = out.join(CUTS_FILE);
    let mut all: Vec<Rounds> = store::read_json(&path, "file").unwrap();
    edit(&mut all);
    store::write_json(&path, &all).unwrap();
    let listed = out.join(manifest::FILE_NAME);
    let mut m: Manifest = store::read_json(&listed, "file").unwrap();
    m.cuts = Some(store::record(out, FileRole::Cuts, CUTS_FILE).unwrap());
    store::write_json(&listed, &m).unwrap();
}

#[test]
fn forged_records_are_refused() {
    if library("forged_records_are_refused").is_none() {
        return;
    }
    let dir = folder(&reached(1.0, -1e-3), &format!("{BARE}; cuts 2 }}\n"));
    run(dir.path(), SolverChoice::Embedded).unwrap();
    let out = dir.path().join("out");
    let honest = [CUTS_FILE, manifest::FILE_NAME].map(|f| (f, store::read(&out.join(f)).unwrap()));
    let restore = || honest.iter().for_each(|(f, b)| store::write(&out.join(f), b).unwrap());

    // The file alone: its hash is another.
    let mut other: Vec<Rounds> = store::read_json(&out.join(CUTS_FILE), "file").unwrap();
    other[0].pop();
    store::write_json(&out.join(CUTS_FILE), &other).unwrap();
    assert!(matches!(Job::open(&out), Err(PipelineError::Open(_))));
    restore();

    // Sets of other terms: valid rows, but not those of the model files.
    let flip = |set: &mut String| {
        let digit = if set.starts_with('0') { "1" } else { "0" };
        set.replace_range(..1, digit);
    };
    forge(&out, |all| flip(&mut all[0][0][0].set));
    let again = Job::open(&out).and_then(|job| certify(&job, &NEVER));
    assert!(again.is_err() || !check(dir.path()).is_empty());
    restore();

    // What fits no program.
    let edits: [fn(&mut Vec<Rounds>); 5] = [
        |all| all[0][0][0].neuron = 99,
        |all| all[0][0][0].set.push('0'),
        |all| all.push(Rounds::new()),
        |all| all.clear(),
        |all| {
            let round = all[0][0].clone();
            all[0].extend([round.clone(), round]);
        },
    ];
    for edit in edits {
        forge(&out, edit);
        let refused = Job::open(&out).expect_err("refused");
        assert!(matches!(refused, PipelineError::BadCuts(_)) && refused.is_input(), "{refused}");
        restore();
    }
    certify(&Job::open(&out).unwrap(), &NEVER).unwrap();
    assert_eq!(check(dir.path()), Vec::<String>::new());
}

/// A part that branching decides has neither program nor cuts, and whoever adds some is refused.
#[test]
fn parts_without_programs_have_no_cuts() {
    if library("parts_without_programs_have_no_cuts").is_none() {
        return;
    }
    let goal = format!("(or {} {})", reached(1.0, -0.0113), reached(1.0, -1e-4));
    let settings = "encode { bounds interval; cuts 2 }\nsolve { attack off; branch 3 nodes }\n";
    let dir = folder(&goal, settings);
    let found = run(dir.path(), SolverChoice::Auto).unwrap();
    assert_eq!(found.verdict, Verdict::Certified, "{}", found.reason);
    assert_eq!(check(dir.path()), Vec::<String>::new());
    let out = dir.path().join("out");
    let job = Job::open(&out).unwrap();
    assert!(job.study.programs[0].is_none() && job.study.cuts[0].is_empty());
    assert!(job.study.programs[1].is_some() && !job.study.cuts[1].is_empty());
    forge(&out, |all| all.swap(0, 1));
    let refused = Job::open(&out).expect_err("refused").to_string();
    assert!(refused.contains("part 1: it has no program"), "{refused}");
}

/// Whenever time is over, the record says what the written programs have.
#[test]
fn cuts_end_with_the_time() {
    if library("cuts_end_with_the_time").is_none() {
        return;
    }
    let goal = format!("(or {} {})", reached(1.0, -1e-3), reached(-1.0, -1e-3));
    let dir = folder(&goal, &format!("{BARE}; cuts 3 }}\n"));
    for time in [1e-9, 0.003, 0.01, 0.03, 0.1, 10.0] {
        let (path, spec) = question(dir.path());
        let options = RunOptions {
            solver: Some(SolverChoice::Embedded),
            time_limit: Some(time),
            compile: CompileOptions { force: true, ..CompileOptions::default() },
            ..RunOptions::default()
        };
        let out = dir.path().join("out");
        verification::run((&path, spec), &out, &options, &mut |_| {}, &NEVER).unwrap();
        assert_eq!(check(dir.path()), Vec::<String>::new(), "after {time} s");
    }
    // No time, no rounds; the program is whole all the same.
    let Some(library) = library("cuts_end_with_the_time") else { return };
    let (plain, mut p) = (program(), program());
    assert_eq!(strengthen(&library, &mut p, 3, &|| 0.0).unwrap(), Rounds::new());
    assert_eq!(p, plain);
}
