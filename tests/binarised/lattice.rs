//! Lattice balls, and what a sum can be over one, against enumeration.

use dashu::rational::RBig;
use fastrand::Rng;
use theriac::bounds::lattice::range;
use theriac::question::lattice::{Lattice, Norm};

/// `a / b`.
pub fn ratio(a: i64, b: i64) -> RBig {
    RBig::from(a) / RBig::from(b)
}

/// Every point of the cube `0..=q`.
pub fn cube(n: usize, q: i64) -> Vec<Vec<i64>> {
    let mut all = vec![Vec::new()];
    for _ in 0..n {
        all = all
            .into_iter()
            .flat_map(|k: Vec<i64>| (0..=q).map(move |v| [k.clone(), vec![v]].concat()))
            .collect();
    }
    all
}

/// By the definition, over all points of the cube: near enough in units of the input.
fn near(k: &[i64], q: i64, center: &[RBig], radius: &RBig, norm: Option<Norm>) -> bool {
    let away = k.iter().zip(center).map(|(k, c)| ratio(*k, q) - c);
    let size = |d: RBig| if d < RBig::ZERO { -d } else { d };
    match norm {
        None => away.map(size).all(|d| d <= *radius),
        Some(Norm::L1) => away.map(size).fold(RBig::ZERO, |a, d| a + d) <= *radius,
        Some(Norm::L2) => away.fold(RBig::ZERO, |a, d| a + &d * &d) <= radius * radius,
    }
}

#[test]
fn balls_and_sums_are_those_of_enumeration() {
    let mut rng = Rng::with_seed(71);
    let (mut exact, mut empty, mut off) = (0, 0, 0);
    for case in 0..1_500 {
        let (n, q) = (rng.usize(1..4), rng.i64(1..5));
        // On the lattice, and beside it.
        let part = [1, 2, 3][rng.usize(0..3)];
        let center: Vec<RBig> = (0..n).map(|_| ratio(rng.i64(0..q * part + 1), q * part)).collect();
        let radius = ratio(rng.i64(0..9), 2 * q);
        let norm = [None, Some(Norm::L1), Some(Norm::L2)][rng.usize(0..3)];
        let made = match norm {
            None => Lattice::around(q as u32, &center, &radius),
            Some(norm) => Lattice::ball(q as u32, &center, &radius, norm),
        };
        let inside = |k: &Vec<i64>| near(k, q, &center, &radius, norm);
        let truth: Vec<Vec<i64>> = cube(n, q).into_iter().filter(inside).collect();
        let Some(points) = made else {
            assert!(truth.is_empty(), "case {case}");
            empty += 1;
            continue;
        };
        let found: Vec<Vec<i64>> = cube(n, q).into_iter().filter(|k| points.holds(k)).collect();
        assert_eq!(found, truth, "case {case}");
        off += usize::from(part > 1);
        let signs: Vec<i64> = (0..n).map(|_| rng.i64(-1..2)).collect();
        let places =
            |s: i64| -> Vec<u32> { (0..n).filter(|j| signs[*j] == s).map(|j| j as u32).collect() };
        let sum = |k: &Vec<i64>| k.iter().zip(&signs).map(|(k, s)| k * s).sum::<i64>();
        let ends = range(&points, &places(1), &places(-1));
        let least = truth.iter().map(sum).min();
        assert_eq!(ends, least.zip(truth.iter().map(sum).max()), "case {case}");
        exact += 1;
        // Several balls: an enclosure.
        let mut both = points.clone();
        let more = Lattice::ball(q as u32, &center, &ratio(1, 1), Norm::L1);
        both.balls.extend(more.into_iter().flat_map(|l| l.balls));
        let left = truth.iter().filter(|k| both.holds(k));
        let of_both = range(&both, &places(1), &places(-1));
        for k in left {
            let (low, high) = of_both.expect("a point");
            assert!((low..=high).contains(&sum(k)), "case {case}");
        }
    }
    assert!(exact > 1_000 && empty > 10 && off > 500, "{exact} {empty} {off}");
}

/// The ball of a norm, the largest one if it has no name.
pub fn ball(q: u32, center: &[RBig], radius: &RBig, norm: Option<Norm>) -> Option<Lattice> {
    match norm {
        None => Lattice::around(q, center, radius),
        Some(norm) => Lattice::ball(q, center, radius, norm),
    }
}
