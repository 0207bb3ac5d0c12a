//! Bounds of a linear flip question inside a cell: part of the choices and part of the space of
//! parameters.
//!
//! A [`Cell`] fixes the fate of some samples and confines the parameters before some steps to
//! boxes. Inside it, a row `c . theta^t` is bounded in three ways, and the best counts:
//!
//! - by selection, as in [`super::flips`];
//! - over the box of `theta^t`;
//! - *anchored* at an earlier step `r`: `c . theta^t = kappa c . theta^r + rest`, where the first
//!   part has known bounds and the rest is again a selection. With `kappa` the ratio of the rates
//!   summed until `t` and until `r`, a sample whose loss stays active contributes nothing to the
//!   rest, so that a small box at an early step decides nearly everything later.
//!
//! The goal is bounded by the same idea with a free multiplier for every parameter before every
//! step: a Lagrangian of the equations of motion, improved by a few subgradient steps. Any
//! multiplier gives a sound bound, so only the evaluation needs care with rounding.

use super::flips::{LinearFlips, Range, Scratch, Status};
use super::interval::Interval;

/// Part of the choices and of the parameter space.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What is known of each sample.
    pub status: Vec<Status>,
    /// Bounds of each row before each step and after the last, at `t * rows + i`.
    ranges: Vec<Range>,
    /// Bounds of `pi` of each sample in each step: clean low, clean high, touched low, high.
    pi: Vec<[f64; 4]>,
    /// Multipliers of the parameters before steps `2..`, kept from the parent as a start.
    multipliers: Vec<f64>,
    /// Multipliers of the two linking rows of each switch, at `s * samples + j`.
    links: Vec<[f64; 2]>,
}

/// An undecided switch of a sample that is not touched for sure.
#[derive(Clone, Copy, Debug)]
struct Open {
    s: usize,
    j: usize,
    /// Bounds of score times label, less the kink.
    lo: f64,
    hi: f64,
    /// Slopes of the two linking rows.
    slope: [f64; 2],
}

/// The goal's bound in a cell and the choice that reaches it in the relaxation.
#[derive(Clone, Debug, Default)]
pub struct GoalBound {
    /// Lower bound of the minimised goal.
    pub low: f64,
    /// Free samples that the relaxation touches, most effective first.
    pub selected: Vec<usize>,
    /// Change of each free sample when touched, else 0.
    pub change: Vec<f64>,
    /// How much of the bound is owed to switches of each step that contradict the relaxed run.
    pub undecided: Vec<f64>,
}

/// Working memory of one thread.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    weight: Vec<f64>,
    clean: Vec<f64>,
    touched: Vec<f64>,
    pi: Vec<f64>,
    slope: Vec<f64>,
    relaxed: Vec<f64>,
    open: Vec<Open>,
    charge: Vec<f64>,
}

const EVERYTHING: Range =
    Range { all: Interval::ALL, clean: Interval::ALL, touched: Interval::ALL };

/// The common part; `None` if it is empty, which proves that there is nothing there.
fn meet(a: Interval, b: Interval) -> Option<Interval> {
    let (lo, hi) = (a.lo.max(b.lo), a.hi.min(b.hi));
    (lo <= hi).then_some(Interval { lo, hi })
}

/// An empty interval, which says that there is no choice of this kind.
const NOTHING: Interval = Interval { lo: f64::INFINITY, hi: f64::NEG_INFINITY };

fn meet_or_nothing(a: Interval, b: Interval) -> Interval {
    meet(a, b).unwrap_or(NOTHING)
}

impl LinearFlips {
    /// The cell of everything that the threat allows.
    #[must_use]
    pub fn root(&self) -> Cell {
        Cell {
            status: self.free(),
            ranges: vec![EVERYTHING; (self.steps + 1) * self.rows()],
            pi: vec![[-1.0, 1.0, -1.0, 1.0]; self.steps * self.samples],
            multipliers: vec![0.0; self.steps.saturating_sub(1) * self.parameters],
            links: vec![[0.0; 2]; self.steps * self.samples],
        }
    }

    /// How many samples the cell may still touch; `None` if it touches too many.
    #[must_use]
    pub fn rest(&self, cell: &Cell) -> Option<usize> {
        let fixed = cell.status.iter().filter(|s| **s == Status::Touched).count();
        self.budget.checked_sub(fixed)
    }

    /// `sum over s of W_ts - kappa W_rs`, bounded for each sample from its `pi`.
    fn weigh_against(&self, cell: &Cell, t: usize, r: usize, kappa: f64, into: &mut [[f64; 4]]) {
        let n = self.samples;
        into.fill([0.0; 4]);
        for s in 0..t {
            let (at, base) = ((t * self.steps + s) * n, (r * self.steps + s) * n);
            for (j, a) in into.iter_mut().enumerate() {
                let w = self.weight[at + j] - kappa * self.weight[base + j];
                let pi = &cell.pi[s * n + j];
                let swap = usize::from(w < 0.0);
                for k in 0..4 {
                    a[k] += w * pi[k ^ swap];
                }
            }
        }
    }

    /// The sum of the weights of all samples before step `t + 1`.
    fn reach(&self, t: usize) -> f64 {
        let n = self.samples;
        self.weight[t * self.steps * n..(t * self.steps + t) * n].iter().sum()
    }

    /// Tightens every bound of the cell in the order of the steps. `false` if the cell is empty.
    #[must_use]
    pub fn refine(&self, cell: &mut Cell) -> bool {
        let n = self.samples;
        let Some(mut rest) = self.rest(cell) else { return false };
        let mut scratch = Scratch::new(rest);
        for t in 0..=self.steps {
            // The plain selection, then one anchored at each earlier step.
            let mut views = Vec::with_capacity(t + 1);
            for r in 0..t.max(1) {
                let kappa = if r == 0 { 0.0 } else { self.reach(t) / self.reach(r) };
                if kappa.is_finite() && kappa >= 0.0 {
                    let mut alpha = vec![[0.0; 4]; n];
                    self.weigh_against(cell, t, r, kappa, &mut alpha);
                    views.push((r, kappa, alpha));
                }
            }
            for i in n + 1..self.rows() {
                let mut all = cell.ranges[t * self.rows() + i].all;
                for view in &views {
                    let new = self.view(cell, t, i, rest, view, &mut scratch);
                    let Some(m) = meet(all, new.all) else { return false };
                    all = m;
                }
                cell.ranges[t * self.rows() + i].all = all;
            }
            let last = if t == self.steps { n..n + 1 } else { 0..n };
            for i in last {
                if i < n && self.decided(cell, t, i) {
                    continue;
                }
                let at = t * self.rows() + i;
                let boxed = self.over_box(cell, t, i);
                let mut range = cell.ranges[at];
                let old = EVERYTHING;
                let mut clean = meet_or_nothing(range.clean, boxed);
                let mut touched = meet_or_nothing(range.touched, boxed);
                let mut all = meet_or_nothing(range.all, boxed);
                for view in &views {
                    let new = self.view(cell, t, i, rest, view, &mut scratch);
                    clean = meet_or_nothing(clean, new.clean);
                    touched = meet_or_nothing(touched, new.touched);
                    all = meet_or_nothing(all, new.all);
                }
                if i < n {
                    match cell.status[i] {
                        Status::Clean => (touched, all) = (old.touched, clean),
                        Status::Touched => (clean, all) = (old.clean, touched),
                        Status::Free if clean.lo > clean.hi && touched.lo > touched.hi => {
                            return false;
                        }
                        Status::Free if rest == 0 || touched.lo > touched.hi => {
                            cell.status[i] = Status::Clean;
                            (touched, all) = (old.touched, clean);
                        }
                        Status::Free if clean.lo > clean.hi => {
                            cell.status[i] = Status::Touched;
                            rest -= 1;
                            scratch = Scratch::new(rest);
                            (clean, all) = (old.clean, touched);
                        }
                        Status::Free => {}
                    }
                }
                if all.lo > all.hi {
                    return false;
                }
                range = Range { all, clean, touched };
                cell.ranges[at] = range;
                if i < n {
                    cell.pi[t * n + i] = self.gradient_weights(i, range);
                }
            }
        }
        true
    }

    /// Whether the switches of sample `i` in step `t + 1` are decided, whatever becomes of it.
    fn decided(&self, cell: &Cell, t: usize, i: usize) -> bool {
        let [a, b, c, d] = cell.pi[t * self.samples + i];
        match cell.status[i] {
            Status::Clean => a == b,
            Status::Touched => c == d,
            Status::Free => a == b && c == d,
        }
    }

    /// Bounds of a row over the box of the parameters at the same step.
    fn over_box(&self, cell: &Cell, t: usize, i: usize) -> Interval {
        let (mut lo, mut hi, mut size) = (0.0, 0.0, 0.0);
        let first = t * self.rows() + self.samples + 1;
        let direction = &self.direction[i * self.parameters..(i + 1) * self.parameters];
        for (c, range) in direction.iter().zip(&cell.ranges[first..]) {
            let (a, b) = (c * range.all.lo, c * range.all.hi);
            lo += a.min(b);
            hi += a.max(b);
            size += a.abs().max(b.abs());
        }
        let e = size * f64::EPSILON * (self.parameters + 4) as f64 + 1e-300;
        if e.is_finite() { Interval { lo: lo - e, hi: hi + e } } else { Interval::ALL }
    }

    /// Bounds of row `i` at step `t` from one view: plain, or anchored at an earlier step.
    fn view(
        &self,
        cell: &Cell,
        t: usize,
        i: usize,
        rest: usize,
        (r, kappa, alpha): &(usize, f64, Vec<[f64; 4]>),
        scratch: &mut Scratch,
    ) -> Range {
        let (at, base) = (t * self.rows() + i, r * self.rows() + i);
        if *kappa == 0.0 {
            let origin = (self.start[at], self.error[at]);
            return self.range(origin, i, &cell.status, rest, alpha, scratch);
        }
        let start = self.start[at] - kappa * self.start[base];
        let anchor = cell.ranges[base];
        // The last term covers the two operations on the anchor below.
        let error = 1.5 * (self.error[at] + kappa * self.error[base]);
        let own = self.range((start, error), i, &cell.status, rest, alpha, scratch);
        let add = |rest: Interval, anchor: Interval| {
            if !anchor.is_finite() {
                return Interval::ALL;
            }
            let (a, b) = (kappa * anchor.lo, kappa * anchor.hi);
            let e = 4.0 * f64::EPSILON * (a.abs().max(b.abs()) + rest.magnitude());
            Interval { lo: a + rest.lo - e, hi: b + rest.hi + e }
        };
        if i == self.samples {
            // Row `samples` is the goal, whose earlier values are bounded over boxes alone.
            let anchor = self.over_box(cell, *r, i);
            return Range { all: add(own.all, anchor), ..EVERYTHING };
        }
        Range {
            all: add(own.all, anchor.all),
            clean: add(own.clean, anchor.clean),
            touched: add(own.touched, anchor.touched),
        }
    }

    /// Bounds of the minimised goal from the last [`LinearFlips::refine`].
    #[must_use]
    pub fn goal_range(&self, cell: &Cell) -> Interval {
        cell.ranges[self.steps * self.rows() + self.samples].all
    }

    /// The box of parameter `k` before step `t + 1`.
    #[must_use]
    pub fn parameter_range(&self, cell: &Cell, t: usize, k: usize) -> Interval {
        cell.ranges[t * self.rows() + self.samples + 1 + k].all
    }

    /// Confines parameter `k` before step `t + 1` to `to`. `false` if nothing is left.
    #[must_use]
    pub fn confine(&self, cell: &mut Cell, t: usize, k: usize, to: Interval) -> bool {
        let at = t * self.rows() + self.samples + 1 + k;
        match meet(cell.ranges[at].all, to) {
            Some(m) => {
                cell.ranges[at].all = m;
                true
            }
            None => false,
        }
    }

    /// The Lagrangian bound of the goal, improved by `rounds` subgradient steps towards `target`.
    #[must_use]
    pub fn goal_bound(
        &self,
        cell: &mut Cell,
        target: f64,
        rounds: usize,
        memory: &mut Memory,
    ) -> GoalBound {
        self.collect_open(cell, memory);
        let mut multipliers = cell.multipliers.clone();
        let mut links = cell.links.clone();
        let mut best: Option<GoalBound> = None;
        let (mut stall, mut pace) = (0, 1.0);
        for round in 0..=rounds {
            let now = self.evaluate(cell, &multipliers, &links, memory);
            let low = now.low;
            if best.as_ref().is_none_or(|b| low > b.low) {
                cell.multipliers.clone_from(&multipliers);
                cell.links.clone_from(&links);
                best = Some(now);
                stall = 0;
            } else {
                stall += 1;
                if stall == 3 {
                    pace *= 0.5;
                    stall = 0;
                }
            }
            if low >= target || round == rounds {
                break;
            }
            // A link that is slack and has no charge cannot move.
            for open in &mut memory.open {
                let link = &links[open.s * self.samples + open.j];
                for (g, l) in open.slope.iter_mut().zip(link) {
                    if *g < 0.0 && *l == 0.0 {
                        *g = 0.0;
                    }
                }
            }
            let square = memory.slope.iter().map(|g| g * g).sum::<f64>()
                + memory.open.iter().flat_map(|o| o.slope).map(|g| g * g).sum::<f64>();
            if square <= 1e-30 {
                break;
            }
            let aim = if target.is_finite() { target } else { low + 1.0 };
            let step = pace * (aim - low) / square;
            for (m, g) in multipliers.iter_mut().zip(&memory.slope) {
                *m += step * g;
            }
            for open in &memory.open {
                let link = &mut links[open.s * self.samples + open.j];
                for (l, g) in link.iter_mut().zip(open.slope) {
                    *l = (*l + step * g).max(0.0);
                }
            }
        }
        best.unwrap_or_default()
    }

    /// The undecided switches whose link to the score the bound may charge for.
    fn collect_open(&self, cell: &Cell, memory: &mut Memory) {
        let n = self.samples;
        memory.open.clear();
        for s in 0..self.steps {
            for j in 0..n {
                let [a, b, ..] = cell.pi[s * n + j];
                if a == b || cell.status[j] == Status::Touched {
                    continue;
                }
                let m = cell.ranges[s * self.rows() + j].all.scale(self.labels[j]);
                let (lo, hi) = (m.lo - self.kink, m.hi - self.kink);
                if lo < 0.0 && hi > 0.0 && lo.is_finite() && hi.is_finite() {
                    // The ends are moved outwards: the difference above may have been rounded.
                    let (lo, hi) = (lo.next_down(), hi.next_up());
                    memory.open.push(Open { s, j, lo, hi, slope: [0.0; 2] });
                }
            }
        }
    }

    /// The bound for given multipliers; leaves the subgradient in `memory`.
    ///
    /// With `theta` in the box and `z` the switch of a sample with score times label less kink
    /// `m` in `[lo, hi]`, the relaxation charges `l1 (m - hi (1 - z)) + l2 (-m + lo z)`, which is
    /// never positive for a real run, and `mu (theta - theta(pi))`, which is 0 for one.
    fn evaluate(
        &self,
        cell: &Cell,
        multipliers: &[f64],
        links: &[[f64; 2]],
        memory: &mut Memory,
    ) -> GoalBound {
        let (n, p, steps) = (self.samples, self.parameters, self.steps);
        let rest = self.rest(cell).unwrap_or(0);
        self.charge_multipliers(multipliers, memory);
        for v in [&mut memory.clean, &mut memory.touched] {
            v.clear();
            v.resize(n, 0.0);
        }
        for s in 0..steps {
            for j in 0..n {
                let h = memory.weight[s * n + j];
                let pi = &cell.pi[s * n + j];
                let swap = usize::from(h < 0.0);
                memory.clean[j] += h * pi[swap];
                memory.touched[j] += h * pi[2 + swap];
            }
        }
        let goal_at = steps * self.rows() + n;
        let (mut low, mut error) = (self.start[goal_at], self.error[goal_at]);
        // The links: what they add to each sample's choice, to the box, and to the constant.
        memory.charge.clear();
        memory.charge.resize(steps * p, 0.0);
        let mut link_mass = 0.0;
        for open in &memory.open {
            let (s, j) = (open.s, open.j);
            let [l1, l2] = links[s * n + j];
            if l1 == 0.0 && l2 == 0.0 {
                continue;
            }
            let y = self.labels[j];
            let h = memory.weight[s * n + j] * y;
            let q = l1 * open.hi + l2 * open.lo;
            memory.clean[j] += (h + q).min(0.0) - h.min(0.0);
            memory.touched[j] += q.min(0.0);
            low -= l1 * open.hi + (l1 - l2) * self.kink;
            let x = &self.direction[j * p..(j + 1) * p];
            let mut size = open.hi - open.lo + self.kink;
            for (k, x) in x.iter().enumerate() {
                memory.charge[s * p + k] += (l1 - l2) * y * x;
                let range = cell.ranges[s * self.rows() + n + 1 + k].all;
                size += x.abs() * range.magnitude();
            }
            link_mass += (l1 + l2) * size;
        }
        error += link_mass * f64::EPSILON * (n * steps + p + 16) as f64;
        let mut out =
            GoalBound { change: vec![0.0; n], undecided: vec![0.0; steps], ..GoalBound::default() };
        let mut order: Vec<usize> = Vec::new();
        for (j, status) in cell.status.iter().enumerate() {
            low += if *status == Status::Touched { memory.touched[j] } else { memory.clean[j] };
            if *status == Status::Free {
                out.change[j] = memory.touched[j] - memory.clean[j];
                if out.change[j] < 0.0 {
                    order.push(j);
                }
            }
        }
        let by_change = |a: &usize, b: &usize| out.change[*a].total_cmp(&out.change[*b]);
        if order.len() > rest && rest > 0 {
            order.select_nth_unstable_by(rest - 1, by_change);
        }
        order.truncate(rest);
        order.sort_by(by_change);
        low += order.iter().map(|j| out.change[*j]).sum::<f64>();
        out.selected = order;
        self.relaxed_run(cell, &out.selected, links, memory);
        // The boxes, and the subgradient: where the box's corner differs from the relaxed run.
        memory.slope.clear();
        memory.slope.resize(multipliers.len(), 0.0);
        let mut corners = vec![0.0; steps * p];
        for r in 0..steps {
            for k in 0..p {
                let row = r * self.rows() + n + 1 + k;
                let range = cell.ranges[row].all;
                let m = if r == 0 { 0.0 } else { multipliers[(r - 1) * p + k] };
                let c = m + memory.charge[r * p + k];
                let relaxed = memory.relaxed[r * p + k];
                let corner = if c > 0.0 {
                    range.lo
                } else if c < 0.0 {
                    range.hi
                } else {
                    relaxed.max(range.lo).min(range.hi)
                };
                corners[r * p + k] = corner;
                if r > 0 {
                    memory.slope[(r - 1) * p + k] = corner - relaxed;
                }
                if c != 0.0 {
                    low += c * corner;
                }
                if m != 0.0 {
                    low -= m * self.start[row];
                    let size = range.magnitude() + self.start[row].abs();
                    let roundings = (p * steps + 8) as f64;
                    error += m.abs() * (1.5 * self.error[row] + roundings * f64::EPSILON * size);
                }
            }
        }
        self.link_slopes(&out, links, &corners, memory, cell);
        for open in &memory.open {
            let x = &self.direction[open.j * p..(open.j + 1) * p];
            let at = |v: &[f64]| {
                let score: f64 = x.iter().zip(&v[open.s * p..]).map(|(x, t)| x * t).sum();
                self.labels[open.j] * score - self.kink
            };
            let active = memory.pi[open.s * n + open.j] != 0.0;
            let touched = cell.status[open.j] == Status::Free && out.selected.contains(&open.j);
            if !touched && active != (at(&memory.relaxed) < 0.0) {
                out.undecided[open.s] += memory.weight[open.s * n + open.j].abs();
            }
        }
        out.low = low - 1.5 * error - 16.0 * f64::EPSILON * low.abs();
        if out.low.is_nan() {
            out.low = f64::NEG_INFINITY;
        }
        out
    }

    /// Effect of a unit of `pi_j^s`: on the goal, less what the multipliers charge for it.
    fn charge_multipliers(&self, multipliers: &[f64], memory: &mut Memory) {
        let (n, p, steps) = (self.samples, self.parameters, self.steps);
        memory.weight.clear();
        let goal = &self.kernel[n * n..(n + 1) * n];
        for s in 0..steps {
            let at = (steps * steps + s) * n;
            memory.weight.extend(self.weight[at..at + n].iter().zip(goal).map(|(w, k)| w * k));
        }
        let mut charge = vec![0.0; n];
        for r in 1..steps {
            let mu = &multipliers[(r - 1) * p..r * p];
            if mu.iter().all(|m| *m == 0.0) {
                continue;
            }
            charge.fill(0.0);
            for (k, m) in mu.iter().enumerate() {
                charge.iter_mut().zip(self.axis(k)).for_each(|(c, x)| *c += m * x);
            }
            for s in 0..r {
                let at = (r * steps + s) * n;
                let weights = &self.weight[at..at + n];
                let to = &mut memory.weight[s * n..(s + 1) * n];
                for ((h, w), c) in to.iter_mut().zip(weights).zip(&charge) {
                    *h -= w * c;
                }
            }
        }
    }

    /// What a unit of `pi_j` adds to parameter `k`, for every sample.
    fn axis(&self, k: usize) -> &[f64] {
        let n = self.samples;
        &self.kernel[(n + 1 + k) * n..(n + 2 + k) * n]
    }

    /// The gradient weights that the relaxation chooses, and the parameters that they give.
    fn relaxed_run(
        &self,
        cell: &Cell,
        selected: &[usize],
        links: &[[f64; 2]],
        memory: &mut Memory,
    ) {
        let (n, p, steps) = (self.samples, self.parameters, self.steps);
        memory.pi.clear();
        memory.pi.resize(n * steps, 0.0);
        let mut touched: Vec<bool> = cell.status.iter().map(|s| *s == Status::Touched).collect();
        selected.iter().for_each(|j| touched[*j] = true);
        for s in 0..steps {
            for (j, touched) in touched.iter().enumerate() {
                let h = memory.weight[s * n + j];
                let at = if *touched { 2 } else { 0 };
                memory.pi[s * n + j] = cell.pi[s * n + j][at + usize::from(h < 0.0)];
            }
        }
        for open in &memory.open {
            let at = open.s * n + open.j;
            if !touched[open.j] {
                let [l1, l2] = links[at];
                let y = self.labels[open.j];
                let active = memory.weight[at] * y + l1 * open.hi + l2 * open.lo < 0.0;
                memory.pi[at] = if active { y } else { 0.0 };
            }
        }
        memory.relaxed.clear();
        for r in 0..steps {
            for k in 0..p {
                let mut sum = self.start[r * self.rows() + n + 1 + k];
                for s in 0..r {
                    let at = (r * steps + s) * n;
                    let terms = self.weight[at..at + n].iter().zip(&memory.pi[s * n..]);
                    sum += terms.zip(self.axis(k)).map(|((w, pi), x)| w * pi * x).sum::<f64>();
                }
                memory.relaxed.push(sum);
            }
        }
    }

    /// Slopes of the links at the relaxed choice.
    fn link_slopes(
        &self,
        out: &GoalBound,
        links: &[[f64; 2]],
        corners: &[f64],
        memory: &mut Memory,
        cell: &Cell,
    ) {
        let (n, p) = (self.samples, self.parameters);
        for open in &mut memory.open {
            let at = open.s * n + open.j;
            let x = &self.direction[open.j * p..(open.j + 1) * p];
            let score: f64 = x.iter().zip(&corners[open.s * p..]).map(|(x, t)| x * t).sum();
            let m = self.labels[open.j] * score - self.kink;
            let touched = cell.status[open.j] == Status::Free && out.selected.contains(&open.j);
            let z = if touched {
                let [l1, l2] = links[at];
                l1 * open.hi + l2 * open.lo < 0.0
            } else {
                memory.pi[at] != 0.0
            };
            open.slope = if z { [m, open.lo - m] } else { [m - open.hi, -m] };
        }
    }
}

impl LinearFlips {
    /// How much a unit of parameter `k` before step `t + 1` moves the scores of the samples at the
    /// end, on average: for choosing which box to split.
    #[must_use]
    pub fn box_weight(&self, t: usize, k: usize) -> f64 {
        let p = self.parameters;
        let sum: f64 = (0..self.samples).map(|i| self.direction[i * p + k].abs()).sum();
        let ratio = self.reach(self.steps) / self.reach(t);
        sum / self.samples as f64 * if ratio.is_finite() { ratio } else { 1.0 }
    }
}
