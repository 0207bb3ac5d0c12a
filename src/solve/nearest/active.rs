//! The dual active-set method.

use std::collections::BTreeMap;

use super::Gram;
use super::factor::Factor;

/// How exactly, and how long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// A row counts as met up to so much, relative to its length.
    pub tolerance: f64,
    /// Steps at most.
    pub steps: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { tolerance: 1e-10, steps: 200_000 }
    }
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Solved to the tolerance.
    Solved,
    /// No point meets all rows: `multipliers` are those of a ray, with `sum lambda_i a_i = 0` and
    /// `c . lambda < 0` up to rounding.
    Infeasible,
    /// The steps are used up; the last iterate.
    Stopped,
}

/// What is wrong with the conditions of Karush, Kuhn and Tucker at the end, in the units of the rows.
/// That the gradient vanishes and that multipliers are not negative holds by construction.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Residuals {
    /// Largest violation `a_i . d - c_i`, relative to the length of the row.
    pub violation: f64,
    /// Largest `lambda_i |a_i . d - c_i|`.
    pub complementarity: f64,
}

/// A solution of the dual.
#[derive(Clone, Debug, PartialEq)]
pub struct Dual {
    /// How it ended.
    pub outcome: Outcome,
    /// One a row, never negative.
    pub multipliers: Vec<f64>,
    /// Rows with a multiplier, in the order in which they became active.
    pub active: Vec<usize>,
    /// `1/2 ||d||^2` of the solution.
    pub value: f64,
    /// What is wrong with it.
    pub residuals: Residuals,
    /// Steps taken.
    pub steps: usize,
}

/// The nearest point to 0 with `a_i . d <= limits_i`, where rows in `first` are tried first (those
/// that were active before others were appended).
pub fn nearest(gram: &impl Gram, limits: &[f64], first: &[usize], options: &Options) -> Dual {
    let mut state = State::new(gram, limits);
    let (mut steps, mut fresh) = (0, true);
    let outcome = loop {
        let Some(row) = state.worst(first, options.tolerance) else {
            // What the steps have rounded away may hide a violation.
            if fresh {
                break Outcome::Solved;
            }
            fresh = true;
            state.refresh();
            continue;
        };
        fresh = false;
        match state.enter(gram, row, options.steps, &mut steps) {
            Entered::Active => {}
            Entered::Impossible => break Outcome::Infeasible,
            Entered::Late => break Outcome::Stopped,
        }
    };
    state.told(gram, limits, outcome, steps)
}

enum Entered {
    Active,
    Impossible,
    Late,
}

/// Rows are scaled to length 1 inside.
struct State {
    scale: Vec<f64>,
    /// `a_i . d - c_i` for `d = 0`.
    start: Vec<f64>,
    /// `a_i . d - c_i`.
    slack: Vec<f64>,
    active: Vec<usize>,
    is_active: Vec<bool>,
    multipliers: Vec<f64>,
    factor: Factor,
    columns: BTreeMap<usize, Vec<f64>>,
    /// Multipliers of a ray, once one is found.
    ray: Vec<(usize, f64)>,
}

impl State {
    fn new(gram: &impl Gram, limits: &[f64]) -> Self {
        let length = |g: f64| if g > 0.0 { 1.0 / g.sqrt() } else { 1.0 };
        let scale: Vec<f64> = gram.diagonal().into_iter().map(length).collect();
        let start: Vec<f64> = scale.iter().zip(limits).map(|(s, c)| -s * c).collect();
        State {
            scale,
            slack: start.clone(),
            start,
            active: Vec::new(),
            is_active: vec![false; limits.len()],
            multipliers: Vec::new(),
            factor: Factor::default(),
            columns: BTreeMap::new(),
            ray: Vec::new(),
        }
    }

    /// The most violated row, of those in `first` if any of them is.
    fn worst(&self, first: &[usize], tolerance: f64) -> Option<usize> {
        let worst = |rows: &mut dyn Iterator<Item = usize>| {
            rows.filter(|i| self.slack.get(*i).is_some_and(|s| *s > tolerance))
                .filter(|i| !self.is_active[*i])
                .fold(None, |best: Option<usize>, i| match best {
                    Some(b) if self.slack[b] >= self.slack[i] => Some(b),
                    Some(_) | None => Some(i),
                })
        };
        worst(&mut first.iter().copied()).or_else(|| worst(&mut (0..self.slack.len())))
    }

    /// The column of a row against all, scaled.
    fn column(&mut self, gram: &impl Gram, j: usize) {
        if !self.columns.contains_key(&j) {
            let mut column = gram.column(j);
            let own = self.scale[j];
            column.iter_mut().zip(&self.scale).for_each(|(g, s)| *g *= s * own);
            self.columns.insert(j, column);
        }
    }

    /// Makes a violated row active, and drops those whose multipliers would become negative.
    fn enter(&mut self, gram: &impl Gram, row: usize, most: usize, steps: &mut usize) -> Entered {
        self.column(gram, row);
        let mut own = 0.0;
        loop {
            if *steps >= most {
                return Entered::Late;
            }
            *steps += 1;
            let column = &self.columns[&row];
            let products: Vec<f64> = self.active.iter().map(|&i| column[i]).collect();
            let forward = self.factor.forward(&products);
            let mut direction = self.factor.backward(forward.clone());
            let mut left = column[row] - forward.iter().map(|x| x * x).sum::<f64>();
            if left < 1e-6 {
                left = self.refine(&products, column[row], &mut direction);
            }
            // Below this, what is left may be rounding: the row depends on the active ones.
            let rounding = 1e-13 * (1.0 + direction.iter().map(|r| r.abs()).sum::<f64>());
            let full = if left > rounding { self.slack[row] / left } else { f64::INFINITY };
            let (mut step, mut blocking) = (full, None);
            for (k, (l, r)) in self.multipliers.iter().zip(&direction).enumerate() {
                if *r > 0.0 && l / r < step {
                    (step, blocking) = (l / r, Some(k));
                }
            }
            if step == f64::INFINITY {
                let against = self.active.iter().zip(&direction).map(|(&i, r)| (i, (-r).max(0.0)));
                self.ray = against.chain([(row, 1.0)]).collect();
                return Entered::Impossible;
            }
            self.advance(row, step, &direction);
            own += step;
            match blocking {
                None => {
                    self.factor.append(forward, left);
                    self.active.push(row);
                    self.is_active[row] = true;
                    self.multipliers.push(own);
                    return Entered::Active;
                }
                Some(k) => {
                    self.factor.drop(k);
                    let gone = self.active.remove(k);
                    self.is_active[gone] = false;
                    self.multipliers.remove(k);
                }
            }
        }
    }

    /// Solves for the direction once more with the error of the first time, and the square of what is
    /// left of a row of length 1 beside the active ones.
    fn refine(&self, products: &[f64], own: f64, direction: &mut [f64]) -> f64 {
        for _ in 0..2 {
            let error: Vec<f64> = self
                .active
                .iter()
                .zip(products)
                .map(|(i, p)| {
                    let row = &self.columns[i];
                    p - self.active.iter().zip(&*direction).map(|(&j, r)| row[j] * r).sum::<f64>()
                })
                .collect();
            let change = self.factor.backward(self.factor.forward(&error));
            direction.iter_mut().zip(change).for_each(|(r, c)| *r += c);
        }
        own - products.iter().zip(&*direction).map(|(p, r)| p * r).sum::<f64>()
    }

    /// Raises the multiplier of `row` by `step`, with the others along `direction`.
    fn advance(&mut self, row: usize, step: f64, direction: &[f64]) {
        for (l, r) in self.multipliers.iter_mut().zip(direction) {
            *l = (*l - step * r).max(0.0);
        }
        let mut add = |j: usize, by: f64| {
            for (s, g) in self.slack.iter_mut().zip(&self.columns[&j]) {
                *s -= by * g;
            }
        };
        add(row, step);
        for (&i, r) in self.active.iter().zip(direction) {
            add(i, -step * r);
        }
    }

    /// Multipliers and slacks anew from the active rows.
    fn refresh(&mut self) {
        let right: Vec<f64> = self.active.iter().map(|&i| self.start[i]).collect();
        let exact = self.factor.backward(self.factor.forward(&right));
        self.multipliers = exact.into_iter().map(|l| l.max(0.0)).collect();
        self.slack.clone_from(&self.start);
        for (i, l) in self.active.iter().zip(&self.multipliers) {
            for (s, g) in self.slack.iter_mut().zip(&self.columns[i]) {
                *s -= l * g;
            }
        }
    }

    /// The solution in the units of the rows, its slacks computed anew.
    fn told(self, gram: &impl Gram, limits: &[f64], outcome: Outcome, steps: usize) -> Dual {
        let mut multipliers = vec![0.0; gram.len()];
        let list: Vec<(usize, f64)> = match outcome {
            Outcome::Infeasible => self.ray.clone(),
            Outcome::Solved | Outcome::Stopped => {
                self.active.iter().copied().zip(self.multipliers.iter().copied()).collect()
            }
        };
        for &(i, l) in &list {
            multipliers[i] = l * self.scale[i];
        }
        let mut slack: Vec<f64> = limits.iter().map(|c| -c).collect();
        for &(j, l) in list.iter().filter(|(_, l)| *l != 0.0) {
            for ((s, g), own) in slack.iter_mut().zip(&self.columns[&j]).zip(&self.scale) {
                *s -= l * g / own;
            }
        }
        let value = 0.5
            * multipliers
                .iter()
                .zip(slack.iter().zip(limits))
                .map(|(l, (s, c))| -l * (s + c))
                .sum::<f64>();
        let mut residuals = Residuals::default();
        for ((s, own), l) in slack.iter().zip(&self.scale).zip(&multipliers) {
            residuals.violation = residuals.violation.max(s * own);
            residuals.complementarity = residuals.complementarity.max(l * s.abs());
        }
        Dual { outcome, multipliers, active: self.active, value, residuals, steps }
    }
}
