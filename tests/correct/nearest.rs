//! Nearest points of polyhedra against enumeration of the active sets and printed optima.

use fastrand::Rng;
use theriac::solve::nearest::{Dense, Dual, Options, Outcome, nearest};

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn point(rows: &[Vec<f64>], dual: &Dual) -> Vec<f64> {
    let width = rows.first().map_or(0, Vec::len);
    (0..width)
        .map(|k| -rows.iter().zip(&dual.multipliers).map(|(r, l)| l * r[k]).sum::<f64>())
        .collect()
}

fn solve(rows: &[Vec<f64>], limits: &[f64], first: &[usize]) -> Dual {
    nearest(&Dense { rows: rows.to_vec() }, limits, first, &Options::default())
}

/// `x` with `M x = y`, by elimination with the largest pivot; `None` where `M` is singular.
fn eliminate(mut m: Vec<Vec<f64>>, mut y: Vec<f64>) -> Option<Vec<f64>> {
    let n = y.len();
    for k in 0..n {
        let pivot = (k..n).max_by(|&a, &b| m[a][k].abs().total_cmp(&m[b][k].abs()))?;
        if m[pivot][k].abs() < 1e-9 {
            return None;
        }
        m.swap(k, pivot);
        y.swap(k, pivot);
        for i in k + 1..n {
            let f = m[i][k] / m[k][k];
            let (above, below) = m.split_at_mut(i);
            for (v, p) in below[0][k..].iter_mut().zip(&above[k][k..]) {
                *v -= f * p;
            }
            y[i] -= f * y[k];
        }
    }
    let mut x = vec![0.0; n];
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|j| m[k][j] * x[j]).sum();
        x[k] = (y[k] - known) / m[k][k];
    }
    Some(x)
}

/// The least `1/2 ||d||^2` over all sets of rows that hold with equality.
fn enumerated(rows: &[Vec<f64>], limits: &[f64]) -> Option<f64> {
    let mut best: Option<f64> = None;
    for set in 0..1u32 << rows.len() {
        let active: Vec<usize> = (0..rows.len()).filter(|i| set >> i & 1 == 1).collect();
        let gram =
            active.iter().map(|&i| active.iter().map(|&j| dot(&rows[i], &rows[j])).collect());
        let right = active.iter().map(|&i| -limits[i]).collect();
        let Some(l) = eliminate(gram.collect(), right) else { continue };
        let width = rows[0].len();
        let d: Vec<f64> = (0..width)
            .map(|k| -active.iter().zip(&l).map(|(&i, l)| l * rows[i][k]).sum::<f64>())
            .collect();
        if rows.iter().zip(limits).all(|(r, c)| dot(r, &d) <= c + 1e-9) {
            let value = 0.5 * dot(&d, &d);
            best = Some(best.map_or(value, |b| b.min(value)));
        }
    }
    best
}

#[test]
fn nearest_points_are_those_of_enumeration() {
    let mut rng = Rng::with_seed(1);
    let (mut solved, mut infeasible, mut moved) = (0, 0, 0);
    for round in 0..4_000 {
        let (n, m) = (rng.usize(1..=4), rng.usize(1..=8));
        let quarter = |rng: &mut Rng| f64::from(rng.i32(-8..=8)) / 4.0;
        let mut rows: Vec<Vec<f64>> =
            (0..m).map(|_| (0..n).map(|_| quarter(&mut rng)).collect()).collect();
        if m > 2 && rng.bool() {
            // Rows that depend on others.
            let (a, b) = (rng.usize(0..m), rng.usize(0..m));
            let f = quarter(&mut rng);
            rows[a] = rows[b].iter().map(|v| v * f).collect();
        }
        let shift = rng.i32(0..4);
        let limits: Vec<f64> = (0..m).map(|_| f64::from(rng.i32(-4..=4) + shift) / 4.0).collect();
        let dual = solve(&rows, &limits, &[]);
        assert!(dual.multipliers.iter().all(|l| *l >= 0.0));
        match enumerated(&rows, &limits) {
            Some(best) => {
                assert_eq!(dual.outcome, Outcome::Solved, "{round}: {rows:?} {limits:?}");
                let d = point(&rows, &dual);
                let value = 0.5 * dot(&d, &d);
                assert!((value - best).abs() < 1e-8 * (1.0 + best), "{round}: {value} {best}");
                assert!((dual.value - best).abs() < 1e-8 * (1.0 + best), "{round}: {}", dual.value);
                for (r, c) in rows.iter().zip(&limits) {
                    assert!(dot(r, &d) <= c + 1e-8, "{round}: {rows:?} {limits:?}");
                }
                let told = dual.residuals;
                assert!(told.violation < 1e-8, "{round}: {told:?} {rows:?} {limits:?}");
                // Multipliers of rows that are nearly parallel are large.
                let largest = dual.multipliers.iter().fold(1.0, |a: f64, l| a.max(*l));
                let slack = 1e-9 * largest;
                assert!(told.complementarity < slack, "{round}: {told:?} {rows:?} {limits:?}");
                solved += 1;
                moved += usize::from(best > 0.0);
                // The same from wherever it starts.
                let mut first: Vec<usize> = (0..m).filter(|_| rng.bool()).collect();
                rng.shuffle(&mut first);
                let again = solve(&rows, &limits, &first);
                assert!((again.value - best).abs() < 1e-8 * (1.0 + best), "{round}");
            }
            None => {
                assert_eq!(dual.outcome, Outcome::Infeasible, "{round}: {rows:?} {limits:?}");
                // A sum of rows that says 0 <= something negative.
                let zero = point(&rows, &dual);
                assert!(dot(&zero, &zero) < 1e-12, "{round}: {zero:?}");
                assert!(dot(&dual.multipliers, &limits) < -1e-9, "{round}");
                infeasible += 1;
            }
        }
    }
    assert!(solved > 1_500 && infeasible > 500 && moved > 800, "{solved} {infeasible} {moved}");
}

/// `f = W x` with `W` the unit matrix and two classes: papers 3.7 of the project's references. Rows are
/// in `w00, w01, w10, w11`.
#[test]
fn printed_programs_have_their_printed_optima() {
    let delta = 1e-5;
    // f_1 - f_0 + delta <= 0 at (0.4, 0.6), whose class is 0.
    let first = vec![-0.4, -0.6, 0.4, 0.6];
    let dual = solve(std::slice::from_ref(&first), &[-(0.2 + delta)], &[]);
    let d = point(std::slice::from_ref(&first), &dual);
    let printed = [0.076_926_9, 0.115_390_4, -0.076_926_9, -0.115_390_4];
    assert!(d.iter().zip(printed).all(|(a, b)| (a - b).abs() < 1e-6), "{d:?}");
    assert!((dual.multipliers[0] - 0.192_317_3).abs() < 1e-6);
    assert!((2.0 * dual.value - 0.038_465_4).abs() < 1e-6);
    // f_0 - f_1 + delta <= 0 at (0.9, 0.2), whose class is 1.
    let rows = vec![first, vec![0.9, 0.2, -0.9, -0.2]];
    let limits = [-(0.2 + delta), -(0.7 + delta)];
    let dual = solve(&rows, &limits, &[0]);
    let d = point(&rows, &dual);
    let printed = [-0.500_008_7, 0.500_014_1, 0.500_008_7, -0.500_014_1];
    assert!(d.iter().zip(printed).all(|(a, b)| (a - b).abs() < 1e-6), "{d:?}");
    assert!((2.0 * dual.value - 1.000_045_7).abs() < 1e-6, "{}", dual.value);
    let printed = [1.195_684, 1.086_980];
    let near = |(a, b): (&f64, f64)| (a - b).abs() < 2e-6;
    assert!(dual.multipliers.iter().zip(printed).all(near), "{:?}", dual.multipliers);
    assert!(rows.iter().zip(limits).all(|(r, c)| (dot(r, &d) - c).abs() < 1e-9));
}

/// Many rows over more variables, with a known answer: the point itself minimises the distance.
#[test]
fn larger_programs_meet_their_conditions() {
    let mut rng = Rng::with_seed(3);
    for _ in 0..10 {
        let (n, m) = (120, 300);
        let rows: Vec<Vec<f64>> =
            (0..m).map(|_| (0..n).map(|_| rng.f64() - 0.5).collect()).collect();
        // A point that is feasible.
        let inside: Vec<f64> = (0..n).map(|_| rng.f64() - 0.5).collect();
        let limits: Vec<f64> = rows.iter().map(|r| dot(r, &inside) + 0.2 * rng.f64()).collect();
        let dual = solve(&rows, &limits, &[]);
        assert_eq!(dual.outcome, Outcome::Solved);
        assert!(dual.residuals.violation < 1e-9 && dual.residuals.complementarity < 1e-7);
        assert!(dual.active.len() > 20, "{}", dual.active.len());
        // Weak duality: no feasible point is nearer than the value of the dual.
        assert!(dual.value <= 0.5 * dot(&inside, &inside));
        let d = point(&rows, &dual);
        assert!((0.5 * dot(&d, &d) - dual.value).abs() < 1e-9);
    }
}
