//! The lattice ball in whole numbers, and what a weighted sum can be over it at most.

use dashu::base::Gcd as _;
use dashu::integer::UBig;
use dashu::rational::RBig;

use crate::question::lattice::{Ball, Lattice, Norm};

/// A box of whole points and balls whose costs are whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Least and largest value of each coordinate.
    pub ends: Vec<(i64, i64)>,
    /// All of them hold.
    pub balls: Vec<WholeBall>,
}

/// `sum |unit k_j - center_j| <= budget`, or the same with squares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeBall {
    /// The norm.
    pub norm: Norm,
    /// Parts of a step of the lattice in which the centre is whole.
    pub unit: i64,
    /// One a coordinate.
    pub center: Vec<i64>,
    /// Whole, because costs are.
    pub budget: i64,
}

/// Parts of a step that are still counted: squares of differences must fit.
const FINEST: i64 = 1 << 16;
/// Points of the lattice that are still counted.
const LARGEST: i64 = 1 << 12;

impl Grid {
    /// The points of `points`, or more of them: a ball whose centre is not whole in 1/65536 of a step, and one
    /// with too many points in a unit, is left out.
    #[must_use]
    pub fn new(points: &Lattice) -> Self {
        let ends = points.low.iter().copied().zip(points.high.iter().copied()).collect();
        let balls = points.balls.iter().filter_map(WholeBall::new).collect();
        Grid { ends, balls }
    }

    /// Whether a point lies in it.
    #[must_use]
    pub fn holds(&self, k: &[i64]) -> bool {
        let ends = self.ends.iter().zip(k).all(|((low, high), k)| low <= k && k <= high);
        let within = |ball: &WholeBall| {
            let costs: Option<i128> = k.iter().enumerate().map(|(j, k)| ball.cost(j, *k)).sum();
            costs.is_some_and(|c| c <= i128::from(ball.budget))
        };
        ends && self.balls.iter().all(within)
    }

    /// At most `sum weights_j k_j` over the points, for any multipliers of the balls that are at least 0: what
    /// the box allows of the sum less the multiplied costs, and the multiplied budgets (weak duality). Nothing
    /// where numbers are too large.
    #[must_use]
    pub fn most(&self, weights: &[i64], multipliers: &[i64]) -> Option<i128> {
        let priced = || self.balls.iter().zip(multipliers).filter(|(_, m)| **m > 0);
        let mut all: i128 = 0;
        for (ball, m) in priced() {
            all = all.checked_add(i128::from(*m).checked_mul(i128::from(ball.budget))?)?;
        }
        let none = priced().next().is_none();
        for (j, (low, high)) in self.ends.iter().enumerate() {
            let w = i128::from(weights.get(j).copied().unwrap_or(0));
            let best = if none {
                w * i128::from(if w > 0 { *high } else { *low })
            } else {
                let value = |k: i64| -> Option<i128> {
                    let mut value = w * i128::from(k);
                    for (ball, m) in priced() {
                        value = value.checked_sub(i128::from(*m).checked_mul(ball.cost(j, k)?)?)?;
                    }
                    Some(value)
                };
                let mut all = priced();
                match (all.next(), all.next()) {
                    (Some((ball, m)), None) => {
                        let near = ball.best(j, w, i128::from(*m))?.clamp(*low, *high);
                        // Concave: the best whole number is next to the best of all.
                        value(near)?.max(value((near + 1).min(*high))?)
                    }
                    _ => {
                        // The first step that does not gain.
                        let (mut from, mut to) = (*low, *high);
                        while from < to {
                            let k = from + (to - from) / 2;
                            if value(k + 1)? > value(k)? { from = k + 1 } else { to = k }
                        }
                        value(from)?
                    }
                }
            };
            all = all.checked_add(best)?;
        }
        Some(all)
    }
}

impl WholeBall {
    /// Of a ball whose centre is whole in 1/65536 of a step and not far away.
    #[must_use]
    pub fn new(ball: &Ball) -> Option<Self> {
        let common = ball.center.iter().fold(UBig::ONE, |all, c| {
            let d = c.denominator();
            &all / (&all).gcd(d) * d
        });
        let unit = i64::try_from(&common).ok().filter(|u| *u <= FINEST)?;
        let common = RBig::from(common);
        let whole = |c: &RBig| {
            let c = i64::try_from((c * &common).trunc()).ok()?;
            (c.abs() <= LARGEST * unit).then_some(c)
        };
        let center = ball.center.iter().map(whole).collect::<Option<Vec<_>>>()?;
        let parts = match ball.norm {
            Norm::L1 => common,
            Norm::L2 => &common * &common,
        };
        let budget = i64::try_from((ball.budget() * parts).floor()).ok()?;
        Some(WholeBall { norm: ball.norm, unit, center, budget })
    }

    /// The largest whole number that is not above the best value of `w k` less `m` times the cost.
    fn best(&self, j: usize, w: i128, m: i128) -> Option<i64> {
        let (unit, center) = (i128::from(self.unit), i128::from(*self.center.get(j)?));
        let best = match self.norm {
            Norm::L1 if w > m.checked_mul(unit)? => return Some(i64::MAX - 1),
            Norm::L1 if w < -m.checked_mul(unit)? => return Some(i64::MIN),
            Norm::L1 => center.div_euclid(unit),
            // w = 2 m unit (unit k - center)
            Norm::L2 => {
                let slope = m.checked_mul(2 * unit)?;
                w.checked_add(slope.checked_mul(center)?)?.div_euclid(slope.checked_mul(unit)?)
            }
        };
        Some(best.clamp(i128::from(i64::MIN), i128::from(i64::MAX - 1)) as i64)
    }

    /// What a coordinate costs; nothing where it is too far away to count.
    #[must_use]
    pub fn cost(&self, j: usize, k: i64) -> Option<i128> {
        let away = i128::from(self.unit.checked_mul(k)?) - i128::from(*self.center.get(j)?);
        match self.norm {
            Norm::L1 => Some(away.abs()),
            Norm::L2 => away.checked_mul(away),
        }
    }
}
