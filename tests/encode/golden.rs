//! Golden instances A and B of the poisoning question, solved as programs.

use crate::support;
use crate::support::{flip_attack, golden_ab, subsets};
use theriac::encode::{CompileOptions, compile, compile_with};
use theriac::question::*;
use theriac::train::replay;

const ENCODINGS: [FlipEncoding; 3] =
    [FlipEncoding::Disjoint, FlipEncoding::TwoSwitches, FlipEncoding::Margin];

/// Solves the program, decodes and replays; returns the model's value and the replayed value.
fn answer(q: &Question) -> (f64, f64) {
    let program = compile(q, None).expect("a program");
    let (objective, x) = support::milp::solve(&program.model).expect("feasible");
    let attack = program.decode(q, &x);
    let replayed = replay(q, &attack, 1e-9).expect("a replay");
    (program.goal_value(objective), replayed.value)
}

fn check(loss: Loss, rate: f64, table: &[[f64; 4]], encodings: &[FlipEncoding]) {
    for &flips in encodings {
        for (t, row) in table.iter().enumerate() {
            for (n, expected) in row.iter().enumerate() {
                let mut q = golden_ab(loss, rate, t + 1, n);
                q.encode.flips = flips;
                let (model, replayed) = answer(&q);
                let at = format!("{flips:?} T = {}, n = {n}", t + 1);
                assert!((model - expected).abs() < 1e-7, "{at}: model {model}, truth {expected}");
                assert!((replayed - expected).abs() < 1e-9, "{at}: replay {replayed}");
            }
        }
    }
}

#[test]
fn instance_a_from_the_model() {
    let table = [
        [103.0 / 200.0, 7.0 / 50.0, -61.0 / 300.0, -31.0 / 60.0],
        [103.0 / 200.0, -19.0 / 400.0, -473.0 / 1200.0, -31.0 / 30.0],
        [103.0 / 200.0, 3.0 / 50.0, -179.0 / 300.0, -1241.0 / 1200.0],
        [103.0 / 200.0, -131.0 / 1200.0, -977.0 / 1200.0, -31.0 / 20.0],
    ];
    check(Loss::Hinge, 0.5, &table, &ENCODINGS);
}

#[test]
fn instance_b_from_the_model() {
    let table = [
        [103.0 / 500.0, 7.0 / 125.0, -61.0 / 750.0, -31.0 / 150.0],
        [525217.0 / 2250000.0, 1707.0 / 125000.0, -104911.0 / 562500.0, -102667.0 / 281250.0],
        [
            156969761.0 / 675000000.0,
            -6019033.0 / 168750000.0,
            -93978971.0 / 337500000.0,
            -165604619.0 / 337500000.0,
        ],
    ];
    check(Loss::Squared, 0.1, &table, &[FlipEncoding::Disjoint]);
}

/// Every run of instance A is a point of the program, at its own value.
#[test]
fn every_run_is_a_point_of_the_program() {
    for flips in ENCODINGS {
        let mut q = golden_ab(Loss::Hinge, 0.5, 4, 3);
        q.encode.flips = flips;
        let program = compile(&q, None).expect("a program");
        for set in subsets(6, 3) {
            let attack = flip_attack(&q, &set);
            let x = program.start(&q, &attack);
            let violation = program.model.violation(&x);
            assert!(violation.amount < 1e-12, "{flips:?} {set:?}: {violation:?}");
            let value = program.goal_value(program.model.objective_at(&x));
            let replayed = replay(&q, &attack, 0.0).expect("a replay").value;
            assert!((value - replayed).abs() < 1e-12, "{flips:?} {set:?}: {value} {replayed}");
            assert_eq!(program.decode(&q, &x), attack);
        }
    }
}

/// Below the value of any attack the program is still exact: same optimum, an attack that replays.
#[test]
fn a_cutoff_keeps_the_optimum_of_instance_a() {
    for flips in ENCODINGS {
        for (steps, n) in [(2, 2), (3, 2), (4, 2), (4, 3)] {
            let mut q = golden_ab(Loss::Hinge, 0.5, steps, n);
            q.encode.flips = flips;
            let mut values: Vec<f64> = subsets(6, n)
                .iter()
                .map(|s| replay(&q, &flip_attack(&q, s), 0.0).expect("a replay").value)
                .collect();
            values.sort_by(f64::total_cmp);
            for cutoff in [values[1], values[values.len() / 2]] {
                let options = CompileOptions { cutoff: Some(cutoff), ..CompileOptions::default() };
                let program = compile_with(&q, options).expect("a program");
                let (objective, x) = support::milp::solve(&program.model).expect("feasible");
                let at = format!("{flips:?} T = {steps}, n = {n}, cutoff {cutoff}");
                assert!((objective - values[0]).abs() < 1e-7, "{at}: {objective} {}", values[0]);
                let replayed = replay(&q, &program.decode(&q, &x), 0.0).expect("a replay").value;
                assert!((replayed - values[0]).abs() < 1e-9, "{at}: replay {replayed}");
            }
        }
    }
}
