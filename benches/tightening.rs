//! What each level of tightening gains on 100 half-moons, label flips, and what it costs.
//! `cargo bench --bench tightening -- STEPS N CUTOFF`: `CUTOFF` 1 keeps only the runs that are as bad
//! as a replayed attack. Needs HiGHS (`theriac solvers install highs`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod moons;

use std::time::Instant;

use theriac::bounds::obbt::{Source, compile_tightened};
use theriac::question::{Tighten, TightenOptions};
use theriac::search::{SearchOptions, find_attack};
use theriac::solve::discover;
use theriac::solve::highs_lib::HighsLibrary;

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let number = |k: usize, d: usize| numbers.get(k).copied().unwrap_or(d);
    let (steps, n) = (number(0, 5), number(1, 3));
    let Some(library) = HighsLibrary::find(&discover()) else {
        println!("HiGHS was not found; `theriac solvers install highs` brings it");
        return;
    };
    let library = library.expect("HiGHS");
    let mut q = moons::question(steps, n);
    let cutoff = (number(2, 0) == 1)
        .then(|| find_attack(&q, &SearchOptions::default()).expect("an attack").1.value);
    let effort = |nodes: usize, window: Option<usize>, rounds: usize| TightenOptions {
        nodes,
        window,
        rounds,
        ..TightenOptions::default()
    };
    let kinds = [
        ("linear", Tighten::Linear, effort(1, None, 1)),
        ("linear, window 1", Tighten::Linear, effort(1, Some(1), 1)),
        ("linear, 2 rounds", Tighten::Linear, effort(1, None, 2)),
        ("integer, 10 nodes", Tighten::Integer, effort(10, None, 1)),
        ("integer, 10 nodes, window 1", Tighten::Integer, effort(10, Some(1), 1)),
        ("integer, 40 nodes", Tighten::Integer, effort(40, None, 1)),
    ];
    println!("T = {steps}, n = {n}, cutoff {cutoff:?}");
    for (name, level, effort) in kinds {
        (q.encode.tighten, q.encode.effort) = (level, effort);
        for workers in [1, 2] {
            q.encode.effort.workers = workers;
            let begin = Instant::now();
            let made = compile_tightened(&q, cutoff, None, Source::Solver(&library)).unwrap();
            let seconds = begin.elapsed().as_secs_f64();
            let bytes = serde_json::to_vec(&made.record).unwrap().len();
            let begin = Instant::now();
            let again = compile_tightened(&q, cutoff, None, Source::Record(&made.record)).unwrap();
            let check = begin.elapsed().as_secs_f64();
            assert!(again.repeated && again.program == made.program);
            let rows = made.program.model.row_count();
            println!(
                "{name:<28} {workers} workers {seconds:>7.2} s, again {check:.2} s, {bytes} bytes, {rows} rows"
            );
            for (family, s) in made.shrinkage {
                let (words, ratio) = (family.words(), s.ratio());
                println!(
                    "    {words}: {} open, {} decided, after / before {ratio:.3}",
                    s.open, s.decided
                );
            }
        }
    }
}
