//! Which signs of the first layer can go together at a point of the ball (papers 4.5: the test without big-M).
//!
//! A set of literals asks of each of its units that its sum reaches the threshold, or that it does not. If
//! a combination of these rows with multipliers of at least 0 asks for more than any point has, no point has
//! them all: a [`Core`], which is checked in whole numbers ([`Geometry::proves`]). Such multipliers are looked
//! for in floating point: the point of the ball (its box and first ball, without the lattice) that comes nearest
//! to what is asked, by Frank-Wolfe steps that are corrected over all corners met so far.

use serde::{Deserialize, Serialize};

use super::grid::Grid;
use super::units::Unit;
use crate::question::lattice::{Lattice, Norm};

/// A unit of the first layer, and whether it is on.
pub type Literal = (u32, bool);

/// Literals that no point has together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Core {
    /// With the multiplier of each, at least 1; ascending by unit.
    pub literals: Vec<(Literal, i64)>,
    /// The multiplier of each ball of the grid.
    pub balls: Vec<i64>,
}

/// What is known of a set of literals.
#[derive(Clone, Debug)]
pub enum Together {
    /// No point has them.
    Never(Core),
    /// Some point of the ball without its lattice has them; the sums of all units there.
    Perhaps(Vec<f64>),
}

/// A point of the ball (moving coordinates alone, and not always kept) with the sums of all units.
#[derive(Clone, Debug)]
struct Corner {
    k: Vec<f64>,
    sums: Vec<f64>,
}

/// A point as shares of corners.
struct Near {
    at: Corner,
    corners: Vec<Corner>,
    shares: Vec<f64>,
}

/// The first layer over a ball.
#[derive(Clone, Debug)]
pub struct Geometry {
    pub(super) grid: Grid,
    /// Coordinates that can move.
    moving: Vec<usize>,
    /// Weights of each unit by moving coordinate.
    rows: Vec<Vec<f64>>,
    terms: Vec<Vec<(u32, i64)>>,
    thresholds: Vec<i64>,
    /// One over the width of each unit's range.
    scales: Vec<f64>,
}

/// Largest multiplier of a core.
const FINEST: f64 = 16_777_216.0;
/// Corners that are looked at for one set of literals.
const CORNERS: usize = 60;
/// Corrections after each of them.
const CORRECTIONS: usize = 40;
/// Steps of a repair.
const STEPS: usize = 50;
/// Steps of two are tried where single ones are at most so many.
const PAIRED: usize = 64;
/// How nearly a literal has to be met, as a share of its unit's range.
const NEAR: f64 = 1e-9;

impl Geometry {
    /// For the first of the layers that are open over `points`.
    #[must_use]
    pub fn new(points: &Lattice, units: &[Unit]) -> Self {
        let grid = Grid::new(points);
        let moves = |(j, (low, high)): (usize, &(i64, i64))| (low < high).then_some(j);
        let moving: Vec<usize> = grid.ends.iter().enumerate().filter_map(moves).collect();
        let row = |u: &Unit| {
            let mut all = vec![0.0; grid.ends.len()];
            for (j, w) in &u.terms {
                if let Some(entry) = all.get_mut(*j as usize) {
                    *entry = *w as f64;
                }
            }
            moving.iter().filter_map(|j| all.get(*j).copied()).collect()
        };
        Geometry {
            rows: units.iter().map(row).collect(),
            terms: units.iter().map(|u| u.terms.clone()).collect(),
            thresholds: units.iter().map(|u| u.threshold).collect(),
            scales: units.iter().map(|u| 1.0 / (u.high - u.low).max(1) as f64).collect(),
            moving,
            grid,
        }
    }

    /// Whether a core is one, in whole numbers alone.
    #[must_use]
    pub fn proves(&self, core: &Core) -> bool {
        self.short(&core.literals, &core.balls) == Some(true)
    }

    /// Whether the points have less of the combined rows than is asked for.
    fn short(&self, literals: &[(Literal, i64)], balls: &[i64]) -> Option<bool> {
        let mut weights = vec![0i64; self.grid.ends.len()];
        let mut asked: i128 = 0;
        for ((unit, on), m) in literals {
            if *m < 0 {
                return None;
            }
            let unit = *unit as usize;
            let r = *self.thresholds.get(unit)?;
            // On: the sum is at least r. Off: less the sum is at least 1 - r.
            let by = if *on { *m } else { -*m };
            asked += i128::from(*m) * i128::from(if *on { r } else { 1 - r });
            for (j, w) in self.terms.get(unit)? {
                let entry = weights.get_mut(*j as usize)?;
                *entry = entry.checked_add(by.checked_mul(*w)?)?;
            }
        }
        if balls.iter().any(|m| *m < 0) {
            return None;
        }
        Some(self.grid.most(&weights, balls)? < asked)
    }

    /// The sums of all units at a point of the moving coordinates, with what the others add.
    fn sums(&self, k: &[f64]) -> Vec<f64> {
        let dot = |row: &Vec<f64>| row.iter().zip(k).map(|(w, k)| w * k).sum();
        self.rows.iter().map(dot).collect()
    }

    /// The sums of all units at some point of the ball.
    #[must_use]
    pub fn somewhere(&self) -> Vec<f64> {
        self.sums(&self.farthest(&vec![0.0; self.moving.len()]).0)
    }

    /// By how much a literal is met, as a share of its unit's range.
    fn met(&self, (unit, on): Literal, sums: &[f64]) -> f64 {
        let unit = unit as usize;
        let (Some(sum), Some(r), Some(scale)) =
            (sums.get(unit), self.thresholds.get(unit), self.scales.get(unit))
        else {
            return 0.0;
        };
        let r = *r as f64;
        scale * if on { sum - r } else { r - 1.0 - sum }
    }

    /// Whether a point with these sums has a literal.
    #[must_use]
    pub fn has(&self, literal: Literal, sums: &[f64]) -> bool {
        self.met(literal, sums) >= -NEAR
    }

    /// Whether literals can go together; `from` are the sums of all units at some point of the ball.
    #[must_use]
    pub fn together(&self, literals: &[Literal], from: &[f64]) -> Together {
        let from = Corner { k: Vec::new(), sums: from.to_vec() };
        match self.approach(literals, from, 0.0) {
            Ok(near) => Together::Perhaps(near.sums),
            Err(core) => Together::Never(core),
        }
    }

    /// Points of the lattice near one of the ball that has all literals with something to spare.
    pub fn candidates<'a>(
        &'a self,
        literals: &'a [Literal],
    ) -> impl Iterator<Item = Vec<i64>> + 'a {
        let k = self.farthest(&vec![0.0; self.moving.len()]).0;
        let from = Corner { sums: self.sums(&k), k };
        let spare = (self.moving.len() as f64).sqrt();
        let spares = [2.0 * spare, 0.5 * spare, 0.0];
        spares.into_iter().filter_map(move |spare| {
            let near = self.approach(literals, from.clone(), spare).ok()?;
            Some(self.repaired(self.rounded(&near.k), literals))
        })
    }

    /// A point of the lattice moved by single steps, and by two where they are few, as long as less of the
    /// literals is missing.
    fn repaired(&self, mut k: Vec<i64>, literals: &[Literal]) -> Vec<i64> {
        let steps: Vec<(usize, i64)> =
            (0..self.moving.len()).flat_map(|at| [(at, 1), (at, -1)]).collect();
        let real: Vec<f64> =
            self.moving.iter().filter_map(|j| k.get(*j)).map(|k| *k as f64).collect();
        let mut sums = self.sums(&real);
        let missing =
            |sums: &[f64]| -> f64 { literals.iter().map(|l| (-self.met(*l, sums)).max(0.0)).sum() };
        let mut left = missing(&sums);
        for _ in 0..STEPS {
            if left <= NEAR {
                break;
            }
            let mut best: Option<(f64, Vec<(usize, i64)>)> = None;
            let mut offer = |moves: &[(usize, i64)], k: &mut Vec<i64>| {
                self.step(k, moves, 1);
                if self.grid.holds(k) {
                    let after = missing(&self.moved(&sums, moves));
                    let least = best.as_ref().map_or(left - 1e-9, |b| b.0);
                    if after < least {
                        best = Some((after, moves.to_vec()));
                    }
                }
                self.step(k, moves, -1);
            };
            for one in &steps {
                offer(&[*one], &mut k);
            }
            if steps.len() <= PAIRED {
                for (n, one) in steps.iter().enumerate() {
                    for two in steps.iter().skip(n + 1) {
                        offer(&[*one, *two], &mut k);
                    }
                }
            }
            let Some((after, moves)) = best else { break };
            sums = self.moved(&sums, &moves);
            self.step(&mut k, &moves, 1);
            left = after;
        }
        k
    }

    fn step(&self, k: &mut [i64], moves: &[(usize, i64)], times: i64) {
        for (at, by) in moves {
            if let Some(entry) = self.moving.get(*at).and_then(|j| k.get_mut(*j)) {
                *entry += by * times;
            }
        }
    }

    fn moved(&self, sums: &[f64], moves: &[(usize, i64)]) -> Vec<f64> {
        let by = |row: &Vec<f64>| -> f64 {
            moves.iter().map(|(at, by)| row.get(*at).copied().unwrap_or(0.0) * *by as f64).sum()
        };
        sums.iter().zip(&self.rows).map(|(s, row)| s + by(row)).collect()
    }

    /// The nearest point of the lattice in a box, in a ball the one next to it towards the centre.
    fn rounded(&self, k: &[f64]) -> Vec<i64> {
        let mut all: Vec<i64> = self.grid.ends.iter().map(|e| e.0).collect();
        let ball = self.grid.balls.first();
        for (j, k) in self.moving.iter().zip(k) {
            let (Some(entry), Some((low, high))) = (all.get_mut(*j), self.grid.ends.get(*j)) else {
                continue;
            };
            let center = ball.and_then(|b| Some(*b.center.get(*j)? as f64 / b.unit as f64));
            // What is whole up to rounding is whole.
            let whole = match center {
                None => k.round(),
                Some(c) if *k >= c => (k + 1e-6).floor().max(c.floor()),
                Some(c) => (k - 1e-6).ceil().min(c.ceil()),
            };
            *entry = (whole as i64).clamp(*low, *high);
        }
        all
    }

    /// The point that is nearest to having all literals, each by `spare` more than it must; or why there is
    /// none that has them.
    fn approach(&self, literals: &[Literal], from: Corner, spare: f64) -> Result<Corner, Core> {
        let met = |l: &Literal, sums: &[f64]| {
            self.met(*l, sums) - spare * self.scales.get(l.0 as usize).copied().unwrap_or(0.0)
        };
        let mut near = Near { at: from.clone(), corners: vec![from], shares: vec![1.0] };
        for _ in 0..CORNERS {
            let missing: Vec<f64> =
                literals.iter().map(|l| (-met(l, &near.at.sums)).max(0.0)).collect();
            if missing.iter().all(|m| *m <= NEAR) {
                break;
            }
            let mut weights = vec![0.0; self.moving.len()];
            for (literal, m) in literals.iter().zip(&missing) {
                let unit = literal.0 as usize;
                let scale = self.scales.get(unit).copied().unwrap_or(0.0);
                let by = if literal.1 { *m } else { -*m } * scale;
                if by != 0.0
                    && let Some(row) = self.rows.get(unit)
                {
                    weights.iter_mut().zip(row).for_each(|(c, w)| *c += by * w);
                }
            }
            let (k, _) = self.farthest(&weights);
            let corner = Corner { sums: self.sums(&k), k };
            let gained = |sums: &[f64]| -> f64 {
                literals.iter().zip(&missing).map(|(l, m)| m * met(l, sums)).sum()
            };
            let best = gained(&corner.sums);
            if best < 0.0
                && let Some(core) = self.core(literals, &missing)
            {
                return Err(core);
            }
            // Nothing nearer: as near as can be.
            if best - gained(&near.at.sums) <= 1e-12 {
                break;
            }
            near.corners.push(corner);
            near.shares.push(0.0);
            self.correct(literals, &met, &mut near);
        }
        Ok(near.at)
    }

    /// Why two literals do not go together, if the plain sum of their rows says so: over a box whose weights are
    /// all -1, 0 and 1 whenever they do not.
    #[must_use]
    pub fn pair(&self, a: Literal, b: Literal) -> Option<Core> {
        self.whole(&[(a, 1.0), (b, 1.0)])
    }

    /// Moves shares between corners so that less is missing.
    fn correct(
        &self,
        literals: &[Literal],
        met: &impl Fn(&Literal, &[f64]) -> f64,
        near: &mut Near,
    ) {
        let Near { at, corners, shares } = near;
        for _ in 0..CORRECTIONS {
            let missing: Vec<f64> = literals.iter().map(|l| (-met(l, &at.sums)).max(0.0)).collect();
            let gain = |sums: &[f64]| -> f64 {
                literals.iter().zip(&missing).map(|(l, m)| m * met(l, sums)).sum()
            };
            let (mut best, mut worst) = ((0, f64::NEG_INFINITY), (0, f64::INFINITY));
            for (n, (corner, share)) in corners.iter().zip(shares.iter()).enumerate() {
                let g = gain(&corner.sums);
                if g > best.1 {
                    best = (n, g);
                }
                if *share > 0.0 && g < worst.1 {
                    worst = (n, g);
                }
            }
            let (Some(to), Some(from)) = (corners.get(best.0), corners.get(worst.0)) else {
                return;
            };
            if best.1 - worst.1 <= 1e-13 {
                return;
            }
            let less = |a: &[f64], b: &[f64]| -> Vec<f64> {
                a.iter().zip(b).map(|(a, b)| a - b).collect()
            };
            let (way, steps) = (less(&to.sums, &from.sums), less(&to.k, &from.k));
            let slope = |(unit, on): &Literal| {
                let n = *unit as usize;
                let scale = self.scales.get(n).copied().unwrap_or(0.0);
                let slope = way.get(n).copied().unwrap_or(0.0) * scale;
                if *on { slope } else { -slope }
            };
            let lines: Vec<(f64, f64)> =
                literals.iter().map(|l| (met(l, &at.sums), slope(l))).collect();
            let step = line(&lines, shares.get(worst.0).copied().unwrap_or(0.0));
            at.sums.iter_mut().zip(&way).for_each(|(a, d)| *a += step * d);
            at.k.iter_mut().zip(&steps).for_each(|(a, d)| *a += step * d);
            for (n, by) in [(best.0, step), (worst.0, -step)] {
                if let Some(share) = shares.get_mut(n) {
                    *share = (*share + by).max(0.0);
                }
            }
        }
    }

    /// Whole multipliers that prove it, of as few literals as can easily be.
    fn core(&self, literals: &[Literal], missing: &[f64]) -> Option<Core> {
        let of = |(l, m): (&Literal, &f64)| {
            (*l, m * self.scales.get(l.0 as usize).copied().unwrap_or(0.0))
        };
        let mut real: Vec<(Literal, f64)> = literals.iter().zip(missing).map(of).collect();
        real.retain(|t| t.1 > 0.0);
        let mut proved = self.whole(&real)?;
        let mut order = real.clone();
        order.sort_by(|a, b| a.1.total_cmp(&b.1));
        for (literal, _) in order {
            if real.len() == 1 {
                break;
            }
            let fewer: Vec<(Literal, f64)> =
                real.iter().copied().filter(|t| t.0 != literal).collect();
            if let Some(core) = self.whole(&fewer) {
                (real, proved) = (fewer, core);
            }
        }
        Some(proved)
    }

    /// The core that real multipliers round to, if it is one.
    fn whole(&self, real: &[(Literal, f64)]) -> Option<Core> {
        let largest = real.iter().map(|t| t.1).fold(0.0, f64::max);
        if largest <= 0.0 {
            return None;
        }
        let by = FINEST / largest;
        let mut literals: Vec<(Literal, i64)> = real
            .iter()
            .map(|(l, m)| (*l, (m * by).round() as i64))
            .filter(|(_, m)| *m > 0)
            .collect();
        literals.sort_unstable();
        let mut weights = vec![0.0; self.moving.len()];
        for ((unit, on), m) in &literals {
            let by = if *on { *m as f64 } else { -*m as f64 };
            if let Some(row) = self.rows.get(*unit as usize) {
                weights.iter_mut().zip(row).for_each(|(c, w)| *c += by * w);
            }
        }
        let price = self.farthest(&weights).1;
        let mut balls = vec![0; self.grid.balls.len()];
        if let (Some(first), Some(ball)) = (balls.first_mut(), self.grid.balls.first()) {
            let unit = ball.unit as f64;
            let part = match ball.norm {
                Norm::L1 => unit,
                Norm::L2 => unit * unit,
            };
            *first = (price / part).round() as i64;
        }
        (self.short(&literals, &balls)?).then_some(Core { literals, balls })
    }

    /// The point of the box and the first ball (without the lattice) where a weighted sum is largest, by
    /// moving coordinate, and the price of a unit of the ball's cost.
    fn farthest(&self, weights: &[f64]) -> (Vec<f64>, f64) {
        let ends = |j: &usize| {
            let (low, high) = self.grid.ends.get(*j).copied().unwrap_or((0, 0));
            (low as f64, high as f64)
        };
        let Some(ball) = self.grid.balls.first() else {
            let corner = |(j, w): (&usize, &f64)| {
                let (low, high) = ends(j);
                if *w > 0.0 { high } else { low }
            };
            return (self.moving.iter().zip(weights).map(corner).collect(), 0.0);
        };
        let unit = ball.unit as f64;
        let center = |j: &usize| ball.center.get(*j).copied().unwrap_or(0) as f64 / unit;
        let sides: Vec<(f64, f64, f64)> = self
            .moving
            .iter()
            .map(|j| {
                let (low, high) = ends(j);
                (low, high, center(j))
            })
            .collect();
        match ball.norm {
            Norm::L1 => spend(&sides, weights, ball.budget as f64 / unit),
            Norm::L2 => climb(&sides, weights, ball.budget as f64 / (unit * unit)),
        }
    }
}

/// A step of at most `most` for which the least is missing of the lines `a + step b`, in squares.
fn line(lines: &[(f64, f64)], most: f64) -> f64 {
    // The derivative grows with the step.
    let falling =
        |step: f64| -> f64 { lines.iter().map(|(a, b)| (a + step * b).min(0.0) * b).sum() };
    // Less is missing the more negative parts shrink.
    let grows = |step: f64| falling(step) > 0.0;
    if !grows(most) {
        return most;
    }
    let (mut low, mut high) = (0.0, most);
    for _ in 0..30 {
        let mid = 0.5 * (low + high);
        if grows(mid) { high = mid } else { low = mid }
    }
    low
}

/// Spends a budget of the sum of distances on the largest weights first.
fn spend(sides: &[(f64, f64, f64)], weights: &[f64], budget: f64) -> (Vec<f64>, f64) {
    let mut k: Vec<f64> = sides.iter().map(|(low, high, c)| c.clamp(*low, *high)).collect();
    let spent: f64 = k.iter().zip(sides).map(|(k, s)| (k - s.2).abs()).sum();
    let mut left = (budget - spent).max(0.0);
    let mut order: Vec<usize> = (0..weights.len()).collect();
    let size = |j: &usize| weights.get(*j).map_or(0.0, |w| w.abs());
    order.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.cmp(b)));
    for j in order {
        let (Some(at), Some((low, high, _))) = (k.get_mut(j), sides.get(j)) else { continue };
        let up = weights.get(j).is_some_and(|w| *w > 0.0);
        let room = if up { high - *at } else { *at - low };
        let step = room.min(left);
        *at += if up { step } else { -step };
        left -= step;
        if left <= 0.0 {
            return (k, size(&j));
        }
    }
    (k, 0.0)
}

/// The largest weighted sum within a Euclidean distance: `c + t w`, cut off by the box, with the largest `t` that the
/// budget allows; the price is `1 / (2 t)`.
fn climb(sides: &[(f64, f64, f64)], weights: &[f64], budget: f64) -> (Vec<f64>, f64) {
    let at = |t: f64| -> Vec<f64> {
        let one = |((low, high, c), w): (&(f64, f64, f64), &f64)| {
            // No weight, no move, however far the others go.
            let k = if *w == 0.0 { *c } else { c + t * w };
            k.clamp(*low, *high)
        };
        sides.iter().zip(weights).map(one).collect()
    };
    let spent =
        |k: &[f64]| -> f64 { k.iter().zip(sides).map(|(k, s)| (k - s.2) * (k - s.2)).sum() };
    let free = at(f64::INFINITY);
    if spent(&free) <= budget {
        return (free, 0.0);
    }
    // What the box cuts off leaves the others more; from below, until nothing changes.
    let mut t = 0.0;
    for _ in 0..50 {
        let (mut fixed, mut open) = (0.0, 0.0);
        for ((low, high, c), w) in sides.iter().zip(weights) {
            let k = c + t * w;
            if k < *low || k > *high {
                let cut = k.clamp(*low, *high) - c;
                fixed += cut * cut;
            } else {
                open += w * w;
            }
        }
        let next = if open > 0.0 { ((budget - fixed).max(0.0) / open).sqrt() } else { t };
        if next <= t * (1.0 + 1e-12) {
            break;
        }
        t = next;
    }
    (at(t), if t > 0.0 { 0.5 / t } else { 0.0 })
}
