//! Attacks found by search are members, deterministic, and as bad as known optima.

#![allow(clippy::expect_used, clippy::panic)]

mod support;

use support::{golden_ab, golden_c};
use theriac::question::Loss;
use theriac::question::membership::check;
use theriac::search::{SearchOptions, find_attack};
use theriac::train::replay;

#[test]
fn golden_optima_are_found() {
    let cases = [
        (golden_ab(Loss::Hinge, 0.5, 2, 1), -19.0 / 400.0),
        (golden_ab(Loss::Hinge, 0.5, 4, 2), -977.0 / 1200.0),
        (golden_ab(Loss::Squared, 0.1, 2, 3), -102_667.0 / 281_250.0),
        (golden_c(1.0, 1, 2), 2.0 / 3.0),
        (golden_c(1.0, 2, 1), 0.533_333_333_333),
        (golden_c(1.0, 3, 1), 0.266_666_666_667),
    ];
    for (q, value) in cases {
        let options = SearchOptions::default();
        let (attack, run) = find_attack(&q, &options).expect("an attack");
        assert_eq!(check(&q, &attack), Ok(()));
        assert!((run.value - value).abs() < 1e-9, "{} {value}", run.value);
        assert_eq!(replay(&q, &attack, 0.0).expect("a replay").value, run.value);
        assert_eq!(find_attack(&q, &options).expect("again").0, attack);
    }
}
