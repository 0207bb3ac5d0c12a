//! Extreme numbers.

use theriac::ir::{Model, Objective, Sense, VarId};

use super::Entry;
use crate::models::build::*;

/// min sum of columns that are bounded below by rows `a x >= b`.
fn ratios(name: &str, list: &[(f64, f64)], upper: f64) -> Entry {
    let mut m = Model::new();
    let mut cost = Vec::new();
    for (k, (a, b)) in list.iter().enumerate() {
        let x = real(&mut m, &format!("x{k}"), 0.0, upper);
        row(&mut m, &[(x, *a)], Sense::Ge, *b);
        cost.push((x, 1.0));
    }
    m.objective = Objective::new(&cost, &[], 0.0);
    Entry::exact(format!("numbers_{name}"), m)
}

/// min of columns between bounds, at their lower ends.
fn bounds(name: &str, list: &[(f64, f64)]) -> Entry {
    let mut m = Model::new();
    let cost: Vec<(VarId, f64)> = list
        .iter()
        .enumerate()
        .map(|(k, (lower, upper))| (real(&mut m, &format!("x{k}"), *lower, *upper), 1.0))
        .collect();
    // Every column is in a row that does not bind, so that no reader drops it.
    let all: Vec<(VarId, f64)> = cost.clone();
    let top = list.iter().map(|b| b.1.min(1e15)).sum::<f64>().min(1e15);
    row(&mut m, &all, Sense::Le, top);
    m.objective = Objective::new(&cost, &[], 0.0);
    Entry::exact(format!("numbers_{name}"), m)
}

fn objective(name: &str, costs: &[f64]) -> Entry {
    let mut m = Model::new();
    let mut terms = Vec::new();
    for (k, c) in costs.iter().enumerate() {
        let x = real(&mut m, &format!("x{k}"), 1.0, 2.0);
        terms.push((x, *c));
    }
    let y = real(&mut m, "y", 0.0, 1.0);
    let all: Vec<(VarId, f64)> = terms.iter().map(|t| (t.0, 1.0)).chain([(y, 1.0)]).collect();
    row(&mut m, &all, Sense::Le, 100.0);
    m.objective = Objective::new(&terms, &[], 0.0);
    Entry::exact(format!("numbers_{name}"), m)
}

pub fn add(out: &mut Vec<Entry>) {
    out.push(ratios(
        "digits",
        &[
            (1.0, 0.123_456_789_012_345_67),
            (0.1, 0.3),
            (1.0 / 3.0, std::f64::consts::PI),
            (1.7976931348623157, 9.007_199_254_740_993),
            (2.220_446_049_250_313e-3, 1.000_000_000_000_000_2),
            (123_456.789_012_345_67, 987_654.321_098_765_4),
        ],
        1e6,
    ));
    out.push(ratios("small_coefficients", &[(1e-3, 2e-3), (1e-5, 3e-5), (1e-6, 1.5e-6)], 1e3));
    out.push(ratios("tiny_coefficients", &[(1e-9, 2e-9), (1e-10, 3e-10), (1e-12, 5e-12)], 1e3));
    out.push(ratios("large_coefficients", &[(1e3, 2e3), (1e6, 3e6), (1e9, 2e9)], 1e3));
    out.push(ratios("huge_coefficients", &[(1e12, 2e12), (1e14, 3e14), (9e14, 9e14)], 1e3));
    out.push(ratios("beyond_coefficients", &[(1e15, 2e15), (1e18, 3e18)], 1e3));
    out.push(ratios("denormal_coefficients", &[(5e-324, 1e-323), (1e-310, 3e-310)], 1e3));
    out.push(ratios("small_sides", &[(1.0, 1e-5), (1.0, 1e-300), (1.0, 5e-324), (1.0, -0.0)], 1e3));
    out.push(ratios("large_sides", &[(1.0, 1e6), (10.0, 3e9), (1e3, 1e10)], 1e9));
    out.push(bounds(
        "small_bounds",
        &[(1e-5, 1.0), (-1e-300, 1.0), (5e-324, 1.0), (-0.0, 1.0), (0.125, 0.5)],
    ));
    out.push(bounds("large_bounds", &[(-1e6, 1e9), (-123_456.789, 1e12), (3.5e5, 1e15)]));
    out.push(bounds("huge_bounds", &[(-7.0, 9.9e15), (2.5, 1e15)]));
    out.push(bounds("beyond_bounds", &[(-7.0, 1e16), (2.5, 1e19)]));
    out.push(bounds("infinite_bounds", &[(-7.0, 1e20), (2.5, 1e30), (1.5, f64::MAX)]));
    out.push(bounds(
        "narrow_bounds",
        &[(1.0, 1.0 + f64::EPSILON), (-3.0, -3.0 + 4.0 * f64::EPSILON)],
    ));
    out.push(objective(
        "digits_of_costs",
        &[0.1, 0.2, 0.3, 1.0 / 3.0, 2.0 / 3.0, 1e-4, 12.345_678_901_234_567],
    ));
    out.push(objective("small_costs", &[1.0, 1e-9, 1e-12, 1e-300, 5e-324, -1e-15]));
    out.push(objective("large_costs", &[1e6, 1e9, -3e8, 12_345_678.901]));
    // Integers near 10^6 and their parity: 2 k = 3 j + 1, k >= 499,999.
    let mut m = Model::new();
    let k = int(&mut m, "k", 499_999.0, 500_009.0);
    let j = int(&mut m, "j", 333_330.0, 333_340.0);
    row(&mut m, &[(k, 2.0), (j, -3.0)], Sense::Eq, 1.0);
    m.objective = Objective::new(&[(k, 1.0)], &[], -500_000.0);
    out.push(Entry::exact("numbers_large_integers", m));
    // An integer with a bound of 10^15 that no reader may take for infinite or for 0..1.
    let mut m = Model::new();
    let k = int(&mut m, "k", 0.0, 1e15);
    let x = real(&mut m, "x", 0.0, 9.5);
    row(&mut m, &[(k, 1.0), (x, -1.0)], Sense::Le, 3.25);
    m.objective = Objective::new(&[(k, -1.0), (x, 0.5)], &[], 0.0);
    // At x = 8.75, k = 12: -12 + 4.375.
    out.push(Entry::closed("numbers_integer_bound", m, -7.625));
    // A coefficient that vanishes in a reader although the column beside it makes it count: at most
    // 5 - a * (1 / a).
    for exponent in 9..=15 {
        let a = 10.0_f64.powi(-exponent);
        let mut m = Model::new();
        let x = real(&mut m, "x", 0.0, 10.0);
        let y = real(&mut m, "y", 10.0_f64.powi(exponent), 10.0_f64.powi(exponent));
        row(&mut m, &[(x, 1.0), (y, a)], Sense::Le, 5.0);
        m.objective = Objective::new(&[(x, -1.0)], &[], 0.0);
        out.push(Entry::exact(format!("numbers_beside_{exponent}"), m));
    }
    // Numbers of very different sizes in one row, all dyadic.
    let mut m = Model::new();
    let x = real(&mut m, "x", 0.0, 1048576.0);
    let y = real(&mut m, "y", 0.0, 1.0);
    let z = real(&mut m, "z", 0.0, 16.0);
    row(&mut m, &[(x, 0.0009765625), (y, 1024.0), (z, 1.0)], Sense::Ge, 1032.5);
    m.objective = Objective::new(&[(x, 0.001953125), (y, 1000.0), (z, 1.5)], &[], 0.0);
    out.push(Entry::exact("numbers_mixed", m));
}
