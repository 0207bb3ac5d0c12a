//! One ball in whole numbers.
//!
//! Costs are exact where the given point has a common denominator of at most 2^20; otherwise they are rounded up
//! and the budget down, a restriction.

use dashu::base::{Gcd as _, UnsignedAbs as _};
use dashu::integer::UBig;
use dashu::rational::RBig;

use crate::question::lattice::{Ball, Norm};

/// Largest common denominator.
const FINEST: i64 = 1 << 20;
/// Largest coordinate: squares of distances in units of 1 / [`FINEST`] then add up below 2^127.
pub(super) const FAR: i64 = 1 << 32;

/// One ball.
#[derive(Clone, Debug)]
pub(super) struct Cap {
    pub norm: Norm,
    scale: i64,
    /// The center times `scale`, rounded down and up.
    below: Vec<i64>,
    above: Vec<i64>,
    pub budget: i128,
    pub center: Vec<f64>,
    /// The budget in steps of the lattice, and its reciprocal.
    pub allowed: f64,
    pub weight: f64,
}

impl Cap {
    pub fn new(ball: &Ball, n: usize) -> Option<Self> {
        let center = |j: usize| ball.center.get(j).cloned().unwrap_or_default();
        let mut common = UBig::ONE;
        for c in &ball.center {
            let d = c.denominator();
            common = &common / (&common).gcd(d) * d;
            if common > UBig::from(FINEST as u64) {
                common = UBig::from(FINEST as u64);
                break;
            }
        }
        let scale = i64::try_from(&common).ok()?;
        let times = RBig::from(scale);
        let whole = |x: dashu::integer::IBig| {
            i64::try_from(x).ok().filter(|x| x.unsigned_abs() <= (FAR * FINEST).unsigned_abs())
        };
        let below = (0..n).map(|j| whole((center(j) * &times).floor())).collect::<Option<_>>()?;
        let above = (0..n).map(|j| whole((center(j) * &times).ceil())).collect::<Option<_>>()?;
        let scaled = match ball.norm {
            Norm::L1 => ball.budget() * &times,
            Norm::L2 => ball.budget() * &times * &times,
        };
        if scaled < RBig::ZERO {
            return None;
        }
        let budget = i128::try_from(scaled.floor().unsigned_abs()).unwrap_or(i128::MAX / 2);
        let allowed = ball.budget().to_f64().value();
        let center = (0..n).map(|j| center(j).to_f64().value()).collect();
        let weight = 1.0 / allowed.max(1e-9);
        Some(Cap { norm: ball.norm, scale, below, above, budget, center, allowed, weight })
    }

    pub fn cost(&self, j: usize, k: i64) -> i128 {
        let at = i128::from(k) * i128::from(self.scale);
        let away = (at - i128::from(self.below[j])).max(i128::from(self.above[j]) - at);
        match self.norm {
            Norm::L1 => away,
            Norm::L2 => away * away,
        }
    }

    pub fn total(&self, k: &[i64]) -> i128 {
        k.iter().enumerate().map(|(j, k)| self.cost(j, *k)).sum()
    }

    /// The cost of a real point, in steps of the lattice.
    pub fn real(&self, x: &[f64]) -> f64 {
        let away = x.iter().zip(&self.center).map(|(x, c)| (x - c).abs());
        match self.norm {
            Norm::L1 => away.sum(),
            Norm::L2 => away.map(|a| a * a).sum(),
        }
    }
}
