//! Proof time of label-flip models by HiGHS: a plain encoding (papers 1.3, variant b, interval
//! bounds) against ours (search by replay, cutoff, tightening by linear programs, start), in one
//! run: `families` leaves choices to HiGHS, `list` those between the attacks that are as bad. `cargo bench --bench poison_models -- STEPS FROM TO LIMIT [PLAIN]`; needs HiGHS
//! (`theriac solvers install highs`). Times of ours include search and tightening; the plain
//! encoding gets PLAIN seconds, none at all if that is 0.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod moons;

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use theriac::back::start::{self, StartFormat};
use theriac::back::{Options, emit_file};
use theriac::bounds::obbt::{Source, compile_tightened};
use theriac::encode::{CompileOptions, Program, compile_with};
use theriac::lower::{LowerOptions, Target, legalise};
use theriac::question::*;
use theriac::search::{SearchOptions, find_attack};
use theriac::solve::highs_lib::HighsLibrary;
use theriac::solve::{FoundSolver, Limits, ModelFiles, SolveRequest, SolverKind, discover};

struct Run {
    seconds: f64,
    bound: f64,
    nodes: u64,
    proved: bool,
}

fn solve(
    highs: &FoundSolver,
    q: &Question,
    program: &Program,
    attack: Option<&Attack>,
    limit: f64,
) -> (f64, u64, bool) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.mps");
    let (options, target) = (Options::default(), Target::HighsMps);
    emit_file(&program.model, target, LowerOptions::default(), &options, &path).unwrap();
    let lowered = legalise(&program.model, target).unwrap();
    let start = attack.map(|a| {
        let point = lowered.extend_point(&program.start(q, a)).unwrap();
        let path = folder.path().join("start.sol");
        let mut bytes = Vec::new();
        let checked = lowered.checked().unwrap();
        start::write(&checked, &point, StartFormat::HighsSol, options.names, &mut bytes).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    });
    let request = SolveRequest {
        model: ModelFiles::from_path(&path).unwrap(),
        start,
        limits: Limits {
            seconds: Some(limit),
            relative_gap: 1e-6,
            threads: Some(1),
            ..Limits::default()
        },
        ..SolveRequest::default()
    };
    let report =
        theriac::solve::run(highs, &request, &mut |_| {}, &AtomicBool::new(false)).expect("HiGHS");
    let bound = report.solution.dual_bound.map_or(f64::NEG_INFINITY, |b| program.goal_bound(b));
    let proved = report.solution.status == theriac::sol::Status::Optimal;
    (bound, report.nodes.unwrap_or(0), proved)
}

fn plain(highs: &FoundSolver, q: &Question, limit: f64) -> Run {
    let begin = Instant::now();
    let mut q = q.clone();
    q.encode.tighten = Tighten::Interval;
    let program = compile_with(&q, CompileOptions::default()).unwrap();
    let (bound, nodes, proved) = solve(highs, &q, &program, None, limit);
    Run { seconds: begin.elapsed().as_secs_f64(), bound, nodes, proved }
}

fn ours(
    highs: &FoundSolver,
    library: &HighsLibrary,
    q: &Question,
    cutoff: Cutoff,
    limit: f64,
) -> (Run, f64) {
    let begin = Instant::now();
    let (attack, replay) = find_attack(q, &SearchOptions::default()).unwrap();
    let mut q = q.clone();
    q.encode.tighten = Tighten::Linear;
    q.encode.cutoff = cutoff;
    let tightened = compile_tightened(&q, Some(replay.value), None, Source::Solver(library));
    let (q, program) = (&q, tightened.unwrap().program);
    let (bound, nodes, proved) = solve(highs, q, &program, Some(&attack), limit);
    (Run { seconds: begin.elapsed().as_secs_f64(), bound, nodes, proved }, replay.value)
}

fn main() {
    let numbers: Vec<f64> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let number = |k: usize, d: f64| numbers.get(k).copied().unwrap_or(d);
    let (steps, from, to) =
        (number(0, 5.0) as usize, number(1, 2.0) as usize, number(2, 6.0) as usize);
    let limit = number(3, 600.0);
    let plain_limit = number(4, limit);
    let found = discover();
    let Some(highs) = found.iter().find(|s| s.kind == SolverKind::Highs) else {
        println!("HiGHS was not found; `theriac solvers install highs` brings it");
        return;
    };
    let library = HighsLibrary::find(&found).expect("the library of HiGHS").expect("HiGHS");
    println!("T = {steps}      plain           families                  list");
    println!(
        "     n         s  nodes         s  nodes  ratio        s  nodes  ratio  bound of families  attack"
    );
    let mut product = [1.0, 1.0];
    let mut count = 0;
    for n in from..=to {
        let q = moons::question(steps, n);
        let (families, value) = ours(highs, &library, &q, Cutoff::Families, limit);
        let (list, _) = ours(highs, &library, &q, Cutoff::List, limit);
        let plain = if plain_limit > 0.0 {
            plain(highs, &q, plain_limit)
        } else {
            Run { seconds: f64::NAN, bound: f64::NAN, nodes: 0, proved: false }
        };
        let mark = |r: &Run| if r.proved { ' ' } else { '*' };
        print!("{n:>6}  {:>7.1}{} {:>6}", plain.seconds, mark(&plain), plain.nodes);
        for (k, run) in [&families, &list].into_iter().enumerate() {
            let ratio = plain.seconds / run.seconds;
            product[k] *= ratio;
            print!("  {:>7.1}{} {:>6} {ratio:>6.1}", run.seconds, mark(run), run.nodes);
        }
        println!("  {:.12}  {value:.12}", families.bound);
        count += 1;
    }
    let [families, list] = product.map(|p| f64::powf(p, 1.0 / f64::from(count)));
    println!("geometric mean of the ratios: families {families:.2}, list {list:.2}");
    println!("(* stopped at {limit} s, the plain encoding at {plain_limit} s)");
}
