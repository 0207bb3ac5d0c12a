//! Directional bounds for a linear score trained under label flips or deletions.
//!
//! With constant features, hinge or perceptron loss, the parameters after `t` steps are
//!
//! ```text
//! theta^t = A_t theta^0 + sum over s < t, j in batch s of  W_ts pi_j^s x_j
//! ```
//!
//! where `pi_j^s` in `{-1, 0, 1}` is the label of sample `j` if its loss is active before step
//! `s + 1`, else 0. Whatever is asked of `theta^t` in a direction `c` is therefore a sum of one
//! contribution a sample. Each contribution is bounded twice: for the sample left clean and for
//! the sample touched, over the whole run, with switches that are not decided yet taken as they
//! hurt most. The adversary's best choice for `c` is then the untouched sum plus the `k` largest
//! changes: a selection in which the touched samples are the same in every step. This is the
//! directional form of papers 1.5 A, and much tighter than boxes carried from step to step.
//!
//! Bounds hold for real arithmetic: sums run in doubles, and an error bound proved from the sums of
//! magnitudes is added outwards ([`LinearFlips::error`]).

use super::interval::Interval;
use crate::question::goal::ParameterRef;
use crate::question::{Budget, Goal, LabelThreat, Loss, Question, Reduction, Scope, Target};

/// What is known of a sample's fate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// May be touched or not.
    Free,
    /// Is touched.
    Touched,
    /// Is not touched.
    Clean,
}

/// A question in the shape that this module bounds.
#[derive(Clone, Debug)]
pub struct LinearFlips {
    /// Number of training samples.
    pub samples: usize,
    /// Number of steps.
    pub steps: usize,
    /// How many samples may be touched.
    pub budget: usize,
    /// Score times label at which the loss is no longer active: 1 for hinge, 0 for perceptron.
    pub kink: f64,
    /// Label of each sample.
    pub labels: Vec<f64>,
    /// Whether each sample may be touched.
    pub candidates: Vec<bool>,
    /// Whether a touched sample may be flipped.
    pub flip: bool,
    /// Whether a touched sample may be deleted.
    pub delete: bool,
    /// Factor that turns the minimised value into the goal's value: -1 if the adversary maximises.
    pub sign: f64,
    /// Number of parameters: the weights, and the bias last if there is one.
    pub parameters: usize,
    /// `kernel[i * samples + j]`: effect of a unit of `pi_j` on row `i`. Rows are the score of each
    /// sample, the minimised goal, and each parameter.
    pub(super) kernel: Vec<f64>,
    /// `direction[i * parameters + k]`: the row as a combination of the parameters.
    pub(super) direction: Vec<f64>,
    /// `weight[(t * steps + s) * samples + j]`: `W_ts` times how often `j` is in batch `s`.
    pub(super) weight: Vec<f64>,
    /// `start[t * rows() + i]`: part of row `i` at step `t` that the start weights give.
    pub(super) start: Vec<f64>,
    /// Rounding allowance of row `i` at step `t`, laid out as `start`.
    pub(super) error: Vec<f64>,
}

/// Bounds of one pass.
#[derive(Clone, Debug)]
pub struct Pass {
    /// `scores[t * samples + i]`: score `w . x_i + b` of sample `i` before step `t + 1`.
    pub scores: Vec<Interval>,
    /// The same where sample `i` is clean.
    pub clean: Vec<Interval>,
    /// The same where sample `i` is touched.
    pub touched: Vec<Interval>,
    /// The minimised goal: `sign` times the value of the goal.
    pub goal: Interval,
    /// Bounds of `sum over s < t of W_ts pi_j^s`: clean low, clean high, touched low, touched high.
    alpha: Vec<[f64; 4]>,
    /// Bounds of `pi_j^s`, in the same order, `pi[s * samples + j]`.
    pub(super) pi: Vec<[f64; 4]>,
}

/// Bounds of one direction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub all: Interval,
    pub clean: Interval,
    pub touched: Interval,
}

/// `sum_k c_k x_k`, plus `unit` if there is one, in interval arithmetic.
fn dot(c: &[f64], x: &[f64], unit: Option<(f64, f64)>) -> Interval {
    let sum: Interval = c.iter().zip(x).map(|(a, b)| Interval::point(*a).scale(*b)).sum();
    unit.map_or(sum, |(a, b)| sum + Interval::point(a).scale(b))
}

impl LinearFlips {
    /// The question in this shape.
    ///
    /// # Errors
    /// A sentence that says what does not fit.
    pub fn new(question: &Question) -> Result<Self, String> {
        let q = question;
        let parameters = q.network.parameters();
        let ([layer], [_]) = (parameters.layers.as_slice(), q.network.layers.as_slice()) else {
            return Err("the network is not a single affine layer".into());
        };
        if layer.weight.nrows() != 1 || layer.weight.ncols() != q.network.inputs {
            return Err("the network has not exactly one output".into());
        }
        let kink = match q.training.loss {
            Loss::Hinge => 1.0,
            Loss::Perceptron => 0.0,
            other => return Err(format!("the loss {other:?} is not hinge or perceptron")),
        };
        let t = &q.threat;
        let flip = match &t.labels {
            None => false,
            Some(LabelThreat::Flip) => true,
            Some(_) => return Err("labels change otherwise than by flips".into()),
        };
        let delete = t.deletion.is_some();
        if t.scope != Scope::Run || t.features.is_some() || t.insertion.is_some() {
            return Err("the threat is not flips or deletions once for the run".into());
        }
        if delete && q.training.reduction == Reduction::MeanOfRemaining {
            return Err("deletions change the denominator of the mean".into());
        }
        let budget = match t.budget {
            Budget::Joint(n) => n,
            Budget::Separate { labels, .. } if !delete => labels,
            Budget::Separate { features, .. } if !flip => features,
            Budget::Separate { .. } => {
                return Err("flips and deletions have separate budgets".into());
            }
        };
        let n = q.train.len();
        let mut labels = Vec::with_capacity(n);
        for i in 0..n {
            match q.train.target(i) {
                Target::Sign(s) => labels.push(s),
                Target::Class(_) | Target::Real(_) => return Err("labels are not signs".into()),
            }
        }
        let mut candidates = vec![false; n];
        for &i in &t.candidates {
            *candidates.get_mut(i).ok_or("a candidate is not a row of the data")? = flip || delete;
        }
        if q.training.batches.len() != q.training.steps()
            || q.training.batches.iter().flatten().any(|i| *i >= n)
        {
            return Err("the batches do not fit the data".into());
        }
        let w0: Vec<f64> = layer.weight.iter().copied().collect();
        let b0 = layer.bias.as_ref().and_then(|b| b.first().copied());
        // The goal as a direction (c, c_b) to be minimised.
        let sign = if q.goal.adversary_minimises() { 1.0 } else { -1.0 };
        let mut c = vec![0.0; w0.len()];
        let mut cb = 0.0;
        match &q.goal {
            Goal::Margin(p) => {
                let Target::Sign(v) = p.target else {
                    return Err("the test label is not a sign".into());
                };
                if p.input.len() != c.len() {
                    return Err("the test point has the wrong number of features".into());
                }
                c.iter_mut().zip(&p.input).for_each(|(c, u)| *c = v * u);
                cb = v;
            }
            Goal::Direction(terms) => {
                for (parameter, k) in terms {
                    match *parameter {
                        ParameterRef::Weight { layer: 1, row: 0, column } if column < c.len() => {
                            c[column] += sign * k;
                        }
                        ParameterRef::Bias { layer: 1, row: 0 } => cb += sign * k,
                        _ => return Err("a parameter of the goal does not exist".into()),
                    }
                }
            }
            Goal::Errors(_)
            | Goal::TestLoss(_)
            | Goal::SmallestBudget(_)
            | Goal::Backdoor { .. }
            | Goal::SquaredError(_) => return Err("the goal is not linear".into()),
        }
        let clip = q.training.clip.unwrap_or(f64::INFINITY);
        let rows: Vec<Vec<f64>> = (0..n).map(|i| q.train.row(i)).collect();
        let steered: Vec<Vec<f64>> =
            rows.iter().map(|r| r.iter().map(|v| v.clamp(-clip, clip)).collect()).collect();
        let unit = 1f64.min(clip);
        let (width, bias) = (w0.len(), usize::from(b0.is_some()));
        let parameters = width + bias;
        let row = |i: usize| -> (Vec<f64>, f64) {
            if i < n {
                return (rows[i].clone(), 1.0);
            }
            let mut axis = vec![0.0; width];
            match i - n {
                0 => (c.clone(), cb),
                k if k <= width => {
                    axis[k - 1] = 1.0;
                    (axis, 0.0)
                }
                _ => (axis, 1.0),
            }
        };
        let count = n + 1 + parameters;
        let mut direction = Vec::with_capacity(count * parameters);
        let mut kernel = Vec::with_capacity(count * n);
        let mut radius = Vec::with_capacity(count * n);
        // Magnitudes of the products in each entry of the kernel.
        let mut bulk = Vec::with_capacity(count * n);
        for i in 0..count {
            let (x, one) = row(i);
            direction.extend(&x);
            direction.extend(b0.map(|_| one));
            for s in &steered {
                let k = dot(&x, s, b0.map(|_| (one, unit)));
                kernel.push((k.lo + k.hi) * 0.5);
                radius.push(k.width());
                let products = x.iter().zip(s).map(|(a, b)| (a * b).abs());
                bulk.push(products.sum::<f64>() + b0.map_or(0.0, |_| (one * unit).abs()));
            }
        }
        let starts: Vec<Interval> = (0..count)
            .map(|i| {
                let (x, one) = row(i);
                dot(&x, &w0, b0.map(|b| (one, b)))
            })
            .collect();
        let steps = q.training.steps();
        let mut this = LinearFlips {
            samples: n,
            steps,
            budget,
            kink,
            labels,
            candidates,
            flip,
            delete,
            sign,
            parameters,
            kernel,
            direction,
            weight: vec![0.0; (steps + 1) * steps * n],
            start: Vec::with_capacity((steps + 1) * count),
            error: Vec::with_capacity((steps + 1) * count),
        };
        this.fill(q, &starts, &radius, &bulk);
        if this.error.iter().chain(&this.start).all(|v| v.is_finite()) {
            Ok(this)
        } else {
            Err("some number of the run overflows".into())
        }
    }

    /// Weights of the sum, the part of the start weights, and the rounding allowance.
    fn fill(&mut self, q: &Question, starts: &[Interval], radius: &[f64], bulk: &[f64]) {
        let (n, steps) = (self.samples, self.steps);
        let own = response(q, None);
        let impulses: Vec<Vec<Interval>> = (0..steps).map(|s| response(q, Some(s))).collect();
        let mut times = vec![0.0; steps * n];
        for (s, batch) in q.training.batches.iter().enumerate() {
            for &j in batch {
                times[s * n + j] += 1.0;
            }
        }
        for t in 0..=steps {
            // Largest magnitude and uncertainty of each sample's weight, summed over the steps.
            let mut size = vec![0.0; n];
            let mut doubt = vec![0.0; n];
            for s in 0..t {
                let size_of_batch = match q.training.reduction {
                    Reduction::Mean | Reduction::MeanOfRemaining => {
                        q.training.batches[s].len().max(1) as f64
                    }
                    Reduction::Sum => 1.0,
                };
                let w = (-impulses[s][t]).divide(size_of_batch);
                for j in 0..n {
                    let w = w.scale(times[s * n + j]);
                    self.weight[(t * steps + s) * n + j] = (w.lo + w.hi) * 0.5;
                    size[j] += w.magnitude();
                    doubt[j] += w.width();
                }
            }
            for i in 0..self.rows() {
                let from_start = own[t] * starts[i];
                let mut mass = from_start.magnitude();
                let mut slack = from_start.width();
                for j in 0..n {
                    // At least the size of the entry, and what a sum by parameters adds up.
                    let k = bulk[i * n + j];
                    mass += k * size[j];
                    slack += radius[i * n + j] * size[j] + (k + radius[i * n + j]) * doubt[j];
                }
                // A selection sums at most `n` contributions and `n` changes, each of at most
                // `steps` terms and of total magnitude `3 mass`: fewer than `n (steps + 8) + 64`
                // roundings of relative size 2^-53 each, taken twice as large.
                let roundings = (n * (steps + 8) + self.parameters * steps + 64) as f64;
                self.start.push((from_start.lo + from_start.hi) * 0.5);
                self.error.push(1.01 * (slack + roundings * f64::EPSILON * mass) + 1e-300);
            }
        }
    }

    /// Number of rows: the samples, the goal, the parameters.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.samples + 1 + self.parameters
    }

    /// Rounding allowance of a row (the score of sample `i`; the goal is `i = samples`) before
    /// step `t + 1`: what is added outwards to every bound.
    #[must_use]
    pub fn error(&self, t: usize, i: usize) -> f64 {
        self.error[t * self.rows() + i]
    }

    /// The minimised goal as a combination of the parameters.
    #[must_use]
    pub fn goal_direction(&self) -> &[f64] {
        let p = self.parameters;
        &self.direction[self.samples * p..(self.samples + 1) * p]
    }

    /// Everything free that may be touched.
    #[must_use]
    pub fn free(&self) -> Vec<Status> {
        let status = |c: &bool| if *c { Status::Free } else { Status::Clean };
        self.candidates.iter().map(status).collect()
    }

    /// Bounds over all choices that agree with `status` and touch at most `budget` samples, those
    /// of status [`Status::Touched`] included. `None` if there is no such choice.
    #[must_use]
    pub fn pass(&self, status: &[Status], budget: usize) -> Option<Pass> {
        let fixed = status.iter().filter(|s| **s == Status::Touched).count();
        let rest = budget.checked_sub(fixed)?;
        let (n, steps) = (self.samples, self.steps);
        let mut pass = Pass {
            scores: Vec::with_capacity(steps * n),
            clean: Vec::with_capacity(steps * n),
            touched: Vec::with_capacity(steps * n),
            goal: Interval::ZERO,
            alpha: vec![[0.0; 4]; n],
            pi: Vec::with_capacity(steps * n),
        };
        let mut scratch = Scratch::new(rest);
        for t in 0..steps {
            self.weigh(t, &mut pass);
            for i in 0..n {
                let range = self.plain(t, i, status, rest, &pass.alpha, &mut scratch);
                pass.scores.push(range.all);
                pass.clean.push(range.clean);
                pass.touched.push(range.touched);
                pass.pi.push(self.gradient_weights(i, range));
            }
        }
        self.weigh(steps, &mut pass);
        pass.goal = self.plain(steps, n, status, rest, &pass.alpha, &mut scratch).all;
        Some(pass)
    }

    /// The possible `pi` of sample `i`, clean and touched.
    pub(super) fn gradient_weights(&self, i: usize, range: Range) -> [f64; 4] {
        let y = self.labels[i];
        let switch = |label: f64, score: Interval| {
            let m = score.scale(label);
            let (least, most) = (m.hi < self.kink, m.lo < self.kink);
            let (a, b) = (f64::from(u8::from(least)) * label, f64::from(u8::from(most)) * label);
            (a.min(b), a.max(b))
        };
        let (lo, hi) = switch(y, range.clean);
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        if self.flip {
            (low, high) = switch(-y, range.touched);
        }
        if self.delete {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        if low > high {
            (low, high) = (lo, hi);
        }
        [lo, hi, low, high]
    }

    /// Sums `W_ts pi_j^s` over the steps before `t`.
    fn weigh(&self, t: usize, pass: &mut Pass) {
        let n = self.samples;
        pass.alpha.fill([0.0; 4]);
        for s in 0..t {
            let at = (t * self.steps + s) * n;
            let weights = &self.weight[at..at + n];
            for ((a, w), pi) in pass.alpha.iter_mut().zip(weights).zip(&pass.pi[s * n..]) {
                let swap = usize::from(*w < 0.0);
                for k in 0..4 {
                    a[k] += w * pi[k ^ swap];
                }
            }
        }
    }

    /// Bounds of row `i` at step `t`.
    fn plain(
        &self,
        t: usize,
        i: usize,
        status: &[Status],
        rest: usize,
        alpha: &[[f64; 4]],
        scratch: &mut Scratch,
    ) -> Range {
        let at = t * self.rows() + i;
        self.range((self.start[at], self.error[at]), i, status, rest, alpha, scratch)
    }

    /// Bounds of `start + sum of alpha_j kernel_ij`, moved outwards by the error.
    fn range(
        &self,
        (start, e): (f64, f64),
        i: usize,
        status: &[Status],
        rest: usize,
        alpha: &[[f64; 4]],
        scratch: &mut Scratch,
    ) -> Range {
        let n = self.samples;
        let kernel = &self.kernel[i * n..(i + 1) * n];
        scratch.clear(start);
        let mut own = (0.0, 0.0);
        for (j, ((k, a), status)) in kernel.iter().zip(alpha).zip(status).enumerate() {
            let swap = usize::from(*k < 0.0);
            let (clean_lo, clean_hi) = (k * a[swap], k * a[1 - swap]);
            let (low, high) = (k * a[2 + swap], k * a[3 - swap]);
            match status {
                Status::Clean => scratch.add(clean_lo, clean_hi),
                Status::Touched => scratch.add(low, high),
                Status::Free => {
                    scratch.add(clean_lo, clean_hi);
                    if j == i {
                        own = (low - clean_lo, high - clean_hi);
                    } else {
                        scratch.offer(low - clean_lo, high - clean_hi);
                    }
                }
            }
        }
        let outward = |lo: f64, hi: f64| Interval { lo: lo - e, hi: hi + e };
        let others = scratch.best(rest);
        let without = outward(scratch.lo + others.0, scratch.hi + others.1);
        if status.get(i).is_none_or(|s| *s != Status::Free) {
            return Range { all: without, clean: without, touched: without };
        }
        if rest == 0 {
            return Range { all: without, clean: without, touched: without };
        }
        let fewer = scratch.best(rest - 1);
        let with = outward(scratch.lo + fewer.0 + own.0, scratch.hi + fewer.1 + own.1);
        Range { all: without.hull(with), clean: without, touched: with }
    }
}

/// Sums and the largest changes in either direction.
struct Scratch {
    lo: f64,
    hi: f64,
    down: Vec<f64>,
    up: Vec<f64>,
}

impl Scratch {
    fn new(rest: usize) -> Self {
        Scratch { lo: 0.0, hi: 0.0, down: vec![0.0; rest], up: vec![0.0; rest] }
    }
    fn clear(&mut self, start: f64) {
        (self.lo, self.hi) = (start, start);
        self.down.fill(0.0);
        self.up.fill(0.0);
    }
    fn add(&mut self, lo: f64, hi: f64) {
        self.lo += lo;
        self.hi += hi;
    }
    /// Keeps the changes if they are among the largest; sorted, largest first.
    fn offer(&mut self, down: f64, up: f64) {
        if self.down.last().is_some_and(|l| down < *l) {
            insert(&mut self.down, -down, -1.0);
        }
        if self.up.last().is_some_and(|l| up > *l) {
            insert(&mut self.up, up, 1.0);
        }
    }
    /// The sum of the `k` largest changes in either direction.
    fn best(&self, k: usize) -> (f64, f64) {
        (self.down[..k].iter().sum(), self.up[..k].iter().sum())
    }
}

/// Inserts `size * sign` into a list that is sorted by falling `entry * sign`, dropping the last.
fn insert(list: &mut [f64], size: f64, sign: f64) {
    let mut k = list.len() - 1;
    while k > 0 && list[k - 1] * sign < size {
        list[k] = list[k - 1];
        k -= 1;
    }
    list[k] = size * sign;
}

/// How the parameter answers, before each step and after the last: to the start parameter 1 where
/// `impulse` is `None`, or to a mean gradient of 1 in step `impulse` alone.
fn response(q: &Question, impulse: Option<usize>) -> Vec<Interval> {
    let t = &q.training;
    let mut theta = if impulse.is_none() { Interval::point(1.0) } else { Interval::ZERO };
    let mut velocity = Interval::ZERO;
    let mut all = vec![theta];
    for (s, rate) in t.rates.iter().enumerate() {
        let gradient = if impulse == Some(s) { Interval::point(1.0) } else { Interval::ZERO };
        velocity = velocity.scale(t.momentum) + gradient + theta.scale(t.decay);
        theta = theta - velocity.scale(*rate);
        all.push(theta);
    }
    all
}
