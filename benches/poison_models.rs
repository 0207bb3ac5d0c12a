//! Proof time of label-flip models by HiGHS: a plain encoding (papers 1.3, variant b, interval
//! bounds) against ours (search by replay, cutoff, tightening by linear programs, start), in one
//! run. `cargo bench --bench poison_models -- STEPS FROM TO LIMIT [PLAIN]`; needs HiGHS
//! (`theriac solvers install highs`). Times of ours include search and tightening; the plain
//! encoding gets PLAIN seconds, none at all if that is 0.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use ndarray::{Array1, Array2};
use theriac::back::start::{self, StartFormat};
use theriac::back::{Options, emit_file};
use theriac::bounds::obbt::LinearTightener;
use theriac::encode::{CompileOptions, Program, compile_with};
use theriac::front::csv::{self, CsvSpec, LabelSpec};
use theriac::lower::{LowerOptions, Target, legalise};
use theriac::network::{Affine, Layer, Network};
use theriac::question::*;
use theriac::search::{SearchOptions, find_attack};
use theriac::solve::highs_lib::HighsLibrary;
use theriac::solve::{FoundSolver, Limits, ModelFiles, SolveRequest, SolverKind, discover};

fn question(steps: usize, n: usize) -> Question {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/moons_n100_noise0.1_seed0.csv");
    let spec = CsvSpec {
        name: "train".into(),
        features: vec!["x0".into(), "x1".into()],
        labels: vec!["target".into()],
        mapping: LabelSpec::Signs(vec![("0".into(), -1), ("1".into(), 1)]),
    };
    let train = csv::load(Path::new(path), &spec).expect("the data").dataset;
    let layer = Affine {
        weight: Array2::zeros((1, 2)),
        bias: Some(Array1::zeros(1)),
        node: "linear".into(),
    };
    let goal = Goal::Margin(TestPoint {
        input: train.row(3),
        target: train.target(3),
        source: "train[3]".into(),
    });
    Question {
        network: Network { layers: vec![Layer::Affine(layer)], inputs: 2, outputs: 1 },
        training: Training {
            loss: Loss::Hinge,
            reduction: Reduction::Mean,
            rates: vec![0.5; steps],
            batches: vec![(0..train.len()).collect(); steps],
            momentum: 0.0,
            decay: 0.0,
            clip: None,
        },
        threat: Threat {
            scope: Scope::Run,
            budget: Budget::Joint(n),
            candidates: (0..train.len()).collect(),
            labels: Some(LabelThreat::Flip),
            features: None,
            deletion: None,
            insertion: None,
        },
        train,
        claim: goal.default_claim(),
        goal,
        encode: EncodeOptions { flips: FlipEncoding::TwoSwitches, ..EncodeOptions::default() },
    }
}

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

fn ours(highs: &FoundSolver, library: &HighsLibrary, q: &Question, limit: f64) -> (Run, f64) {
    let begin = Instant::now();
    let (attack, replay) = find_attack(q, &SearchOptions::default()).unwrap();
    let mut tightener = LinearTightener::new(library, None);
    let options = CompileOptions {
        tightener: Some(&mut tightener),
        cutoff: Some(replay.value),
        cancel: None,
    };
    let program = compile_with(q, options).unwrap();
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
    println!("T = {steps}  n   plain s   nodes   ours s   nodes   ratio   bound            attack");
    let mut product = 1.0;
    let mut count = 0;
    for n in from..=to {
        let q = question(steps, n);
        let (b, value) = ours(highs, &library, &q, limit);
        let a = if plain_limit > 0.0 {
            plain(highs, &q, plain_limit)
        } else {
            Run { seconds: f64::NAN, bound: f64::NAN, nodes: 0, proved: false }
        };
        let ratio = a.seconds / b.seconds;
        let mark = |r: &Run| if r.proved { ' ' } else { '*' };
        println!(
            "     {n:>6}  {:>7.1}{} {:>6}  {:>7.1}{} {:>6}  {ratio:>6.2}   {:.12}  {value:.12}",
            a.seconds,
            mark(&a),
            a.nodes,
            b.seconds,
            mark(&b),
            b.nodes,
            b.bound
        );
        product *= ratio;
        count += 1;
    }
    println!(
        "geometric mean of the ratio: {:.2}   (* stopped at {limit} s, the plain one at {plain_limit} s)",
        f64::powf(product, 1.0 / f64::from(count))
    );
}
