//! The set that a start moves in.

use crate::question::verify::{Ball, BallNorm, Case, Relation, Variable};

/// The set of a case, as far as a search can keep to it.
#[derive(Clone, Debug)]
pub(super) struct Space<'a> {
    case: &'a Case,
    /// Ends of the box: floats where floats lie between the ends of the case, so that the single
    /// precision replay sees the same point.
    pub lo: Vec<f64>,
    pub hi: Vec<f64>,
    /// Whether coordinates are rounded to floats.
    float: Vec<bool>,
}

/// Smallest float at or above a double.
fn float_up(x: f64) -> f64 {
    let f = x as f32;
    f64::from(if f64::from(f) < x { f.next_up() } else { f })
}

impl<'a> Space<'a> {
    pub fn new(case: &'a Case) -> Self {
        let mut space = Space {
            case,
            lo: case.inner.iter().map(|i| i.lo).collect(),
            hi: case.inner.iter().map(|i| i.hi).collect(),
            float: vec![false; case.inner.len()],
        };
        if case.lattice.is_none() {
            for k in 0..space.lo.len() {
                let (lo, hi) = (float_up(space.lo[k]), -float_up(-space.hi[k]));
                if lo <= hi && lo.is_finite() && hi.is_finite() {
                    (space.lo[k], space.hi[k], space.float[k]) = (lo, hi, true);
                }
            }
        }
        space
    }

    pub fn len(&self) -> usize {
        self.lo.len()
    }

    pub fn width(&self, k: usize) -> f64 {
        self.hi[k] - self.lo[k]
    }

    pub fn center(&self) -> Vec<f64> {
        let mut x: Vec<f64> = match self.case.balls.first() {
            Some(ball) => ball.center.iter().map(|c| c.lo / 2.0 + c.hi / 2.0).collect(),
            None => self.lo.iter().zip(&self.hi).map(|(l, h)| l / 2.0 + h / 2.0).collect(),
        };
        self.project(&mut x);
        x
    }

    pub fn random(&self, rng: &mut fastrand::Rng) -> Vec<f64> {
        let draw = |k: usize| self.lo[k] + rng.f64() * self.width(k);
        let mut x: Vec<f64> = (0..self.len()).map(draw).collect();
        self.project(&mut x);
        x
    }

    pub fn corner(&self, rng: &mut fastrand::Rng) -> Vec<f64> {
        let draw = |k: usize| if rng.bool() { self.lo[k] } else { self.hi[k] };
        let mut x: Vec<f64> = (0..self.len()).map(draw).collect();
        self.project(&mut x);
        x
    }

    /// A point beside another one, within a share of the width.
    pub fn beside(&self, x: &[f64], share: f64, rng: &mut fastrand::Rng) -> Vec<f64> {
        let draw = |(k, x): (usize, &f64)| x + share * self.width(k) * (2.0 * rng.f64() - 1.0);
        let mut x: Vec<f64> = x.iter().enumerate().map(draw).collect();
        self.project(&mut x);
        x
    }

    /// Moves a point into the set, or near to it: the replay decides.
    pub fn project(&self, x: &mut [f64]) {
        self.clamp(x);
        if !self.case.rows.is_empty() || !self.case.balls.is_empty() {
            // Alternating projections; the box last.
            for _ in 0..20 {
                let mut moved = self.onto_rows(x);
                for ball in &self.case.balls {
                    moved |= onto_ball(ball, x);
                }
                self.clamp(x);
                if !moved {
                    break;
                }
            }
        }
        if let Some(l) = self.case.lattice {
            for (k, x) in x.iter_mut().enumerate() {
                let step = l.times / l.over;
                let point = |n: f64| n * l.times / l.over;
                let mut n = (*x * l.over / l.times).round_ties_even();
                // A lattice point that a bound cuts off has a neighbour on the other side.
                if point(n) > self.hi[k] {
                    n = (self.hi[k] / step).floor();
                } else if point(n) < self.lo[k] {
                    n = (self.lo[k] / step).ceil();
                }
                *x = point(n);
            }
        } else {
            for (k, x) in x.iter_mut().enumerate().filter(|(k, _)| self.float[*k]) {
                *x = f64::from(*x as f32).clamp(self.lo[k], self.hi[k]);
            }
        }
    }

    fn clamp(&self, x: &mut [f64]) {
        for (k, x) in x.iter_mut().enumerate() {
            *x = if x.is_nan() { self.lo[k] } else { x.clamp(self.lo[k], self.hi[k]) };
        }
    }

    /// Moves onto every row that fails, and a little beyond; whether one did.
    fn onto_rows(&self, x: &mut [f64]) -> bool {
        let mut moved = false;
        for row in &self.case.rows {
            let margin = row.margin(x, &[]);
            let equation = row.relation == Relation::Equal;
            let terms = row.terms.iter().filter_map(|&(v, c)| match v {
                Variable::Input(i) => Some((i as usize, c.lo / 2.0 + c.hi / 2.0)),
                Variable::Output(_) => None,
            });
            let free = |i: usize| self.lo[i] < self.hi[i];
            let square: f64 = terms.clone().filter(|t| free(t.0)).map(|t| t.1 * t.1).sum();
            let holds = if equation { margin == 0.0 } else { margin > 0.0 };
            if holds || square == 0.0 {
                continue;
            }
            let left: f64 = terms.clone().map(|(i, c)| c * x[i]).sum();
            let constant = row.constant.lo / 2.0 + row.constant.hi / 2.0;
            let mut excess = left - constant;
            if !equation {
                excess += 1e-9 * (1.0 + excess.abs());
            }
            for (i, c) in terms.filter(|t| free(t.0)) {
                x[i] -= c * excess / square;
            }
            moved = true;
        }
        moved
    }
}

/// Pulls towards the centre of the ball; whether it was outside.
fn onto_ball(ball: &Ball, x: &mut [f64]) -> bool {
    let center = |k: usize| ball.center[k].lo / 2.0 + ball.center[k].hi / 2.0;
    let away: Vec<f64> = x.iter().enumerate().map(|(k, x)| x - center(k)).collect();
    let radius = ball.radius.lo * (1.0 - 1e-6);
    let distance = match ball.norm {
        BallNorm::L1 => away.iter().map(|d| d.abs()).sum::<f64>(),
        BallNorm::L2 => away.iter().map(|d| d * d).sum::<f64>().sqrt(),
    };
    if distance <= radius {
        return false;
    }
    match ball.norm {
        BallNorm::L2 => {
            for (k, (x, d)) in x.iter_mut().zip(&away).enumerate() {
                *x = center(k) + d * radius / distance;
            }
        }
        BallNorm::L1 => {
            let cut = threshold(&away, radius);
            for (k, (x, d)) in x.iter_mut().zip(&away).enumerate() {
                *x = center(k) + (d.abs() - cut).max(0.0).copysign(*d);
            }
        }
    }
    true
}

/// What is taken off every coordinate to project onto an l1 ball (Duchi et al. 2008).
fn threshold(away: &[f64], radius: f64) -> f64 {
    let mut sizes: Vec<f64> = away.iter().map(|d| d.abs()).collect();
    sizes.sort_unstable_by(|a, b| b.total_cmp(a));
    let (mut sum, mut cut) = (0.0, 0.0);
    for (k, size) in sizes.iter().enumerate() {
        sum += size;
        let candidate = (sum - radius) / (k as f64 + 1.0);
        if candidate >= *size {
            break;
        }
        cut = candidate;
    }
    cut
}
