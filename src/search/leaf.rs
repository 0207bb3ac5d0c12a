//! Replays of every attack of one family, with all that the family has in common done once.
//!
//! A switch that is decided in the family adds the same to the gradient of each of its attacks, so
//! a step sums those contributions beforehand, and for each sample that may be touched the change
//! that touching it makes. What is left of a replay are the few switches that are still open.

use super::branch::Shared;
use super::linear::{FastOutcome, FastReplay, Touch};
use crate::bounds::families::{Family, Groups};
use crate::bounds::flips::{LinearFlips, Status};

/// Most runs that go side by side.
const SIDE_BY_SIDE: usize = 32;

/// A switch to be decided in the replay.
#[derive(Clone, Copy, Debug)]
struct Switch {
    sample: usize,
    /// The label that it is trained on.
    label: f64,
    /// How often it is in the batch.
    times: f64,
    /// Whether the switch is the clean one of a sample that may be touched.
    loose: bool,
}

/// One way of touching one sample.
#[derive(Clone, Debug)]
struct Item {
    sample: usize,
    touch: Touch,
    /// Change of the gradient sum of each step, as far as it is decided.
    change: Vec<f64>,
    /// Its own switches that are open, with their steps.
    open: Vec<(usize, Switch)>,
}

/// Replays of the attacks of one family.
pub(super) struct Leaf<'a> {
    shared: &'a Shared<'a>,
    fast: &'a FastReplay,
    /// Switches of each step that do not depend on the choice of items.
    open: Vec<Vec<Switch>>,
    /// Ways of touching each sample of each part, part by part.
    parts: Vec<(usize, Vec<Vec<Item>>)>,
    /// Samples that every attack touches, in the one way that there is.
    fixed: Vec<usize>,
    only: Touch,
    /// Decided gradient sums of each step after `depth` touches, at `depth * steps * width`.
    sums: Vec<f64>,
    chosen: Vec<bool>,
    touched: Vec<(usize, Touch)>,
    theta: Vec<f64>,
    velocity: Vec<f64>,
    gradient: Vec<f64>,
}

impl<'a> Leaf<'a> {
    /// Prepares the replays of `family`.
    pub fn new(shared: &'a Shared<'a>, groups: &Groups, family: &Family) -> Self {
        let (fast, flips, touches) = (&shared.fast, shared.flips, shared.touches());
        let (n, steps, p) = (flips.samples, flips.steps, fast.width);
        let fixed: Vec<usize> = (0..n).filter(|j| family.status[*j] == Status::Touched).collect();
        let mut parts: Vec<(usize, Vec<usize>)> =
            family.parts.iter().map(|(g, k)| (*k, groups.all[*g].members.clone())).collect();
        // Where a touched sample can be touched in several ways, the fixed ones are items too.
        let several = touches.len() > 1 && !fixed.is_empty();
        if several {
            parts.push((fixed.len(), fixed.clone()));
        }
        let count: usize = parts.iter().map(|p| p.0).sum();
        let mut leaf = Leaf {
            shared,
            fast,
            open: vec![Vec::new(); steps],
            parts: Vec::with_capacity(parts.len()),
            fixed: if several { Vec::new() } else { fixed },
            only: touches.first().copied().unwrap_or(Touch::Flip),
            sums: vec![0.0; (count + 1) * steps * p],
            chosen: vec![false; n],
            touched: Vec::new(),
            theta: vec![0.0; p],
            velocity: vec![0.0; p],
            gradient: vec![0.0; p],
        };
        for t in 0..steps {
            for j in 0..n {
                let (times, y) = (fast.times[t * n + j], flips.labels[j]);
                let [a, b, c, d] = family.weights(flips, t, j);
                let (label, lo, hi) = match family.status[j] {
                    Status::Touched if several => continue,
                    Status::Touched if leaf.only == Touch::Delete => continue,
                    Status::Touched => (-y, c, d),
                    Status::Clean | Status::Free => (y, a, b),
                };
                if times == 0.0 {
                    continue;
                }
                if lo == hi {
                    let sums = &mut leaf.sums[t * p..(t + 1) * p];
                    add(sums, lo * times, fast.step_row(j));
                } else {
                    let loose = family.status[j] == Status::Free;
                    leaf.open[t].push(Switch { sample: j, label, times, loose });
                }
            }
        }
        for (k, members) in parts {
            let items = members
                .into_iter()
                .map(|j| touches.iter().map(|w| leaf.item(flips, family, j, *w)).collect())
                .collect();
            leaf.parts.push((k, items));
        }
        leaf
    }

    fn item(&self, flips: &LinearFlips, family: &Family, j: usize, touch: Touch) -> Item {
        let (fast, p) = (self.fast, self.fast.width);
        let mut item =
            Item { sample: j, touch, change: vec![0.0; flips.steps * p], open: Vec::new() };
        for t in 0..flips.steps {
            let times = fast.times[t * flips.samples + j];
            if times == 0.0 {
                continue;
            }
            let [a, b, c, d] = family.weights(flips, t, j);
            let change = &mut item.change[t * p..(t + 1) * p];
            // What the sums hold for the clean sample.
            if family.status[j] == Status::Free && a == b {
                add(change, -a * times, fast.step_row(j));
            }
            if touch == Touch::Delete {
                continue;
            }
            // With deletions the bounds of the touched sample also admit none.
            if c == d && !flips.delete {
                add(change, c * times, fast.step_row(j));
            } else {
                let label = -flips.labels[j];
                item.open.push((t, Switch { sample: j, label, times, loose: false }));
            }
        }
        item
    }

    /// Replays every attack and returns how many there were.
    pub fn replay(&mut self) -> u64 {
        let parts = std::mem::take(&mut self.parts);
        let count = self.descend(&parts, 0, 0, 0, &mut Vec::new());
        self.parts = parts;
        count
    }

    fn descend<'i>(
        &mut self,
        parts: &'i [(usize, Vec<Vec<Item>>)],
        part: usize,
        from: usize,
        taken: usize,
        picked: &mut Vec<&'i Item>,
    ) -> u64 {
        let Some((count, members)) = parts.get(part) else {
            let outcome = self.run(self.fast.width, picked);
            self.settle(outcome, picked);
            return 1;
        };
        if taken == *count {
            return self.descend(parts, part + 1, 0, 0, picked);
        }
        let last = members.len() - (count - taken);
        if part + 1 == parts.len() && taken + 1 == *count {
            return self.finish(&members[from..=last], picked);
        }
        let size = self.fast.width * self.open.len();
        let mut replays = 0;
        for (at, items) in members.iter().enumerate().take(last + 1).skip(from) {
            for item in items {
                let (old, new) = self.sums[picked.len() * size..].split_at_mut(size);
                for ((new, old), change) in new.iter_mut().zip(old.iter()).zip(&item.change) {
                    *new = old + change;
                }
                self.chosen[item.sample] = true;
                picked.push(item);
                replays += self.descend(parts, part, at + 1, taken + 1, picked);
                picked.pop();
                self.chosen[item.sample] = false;
            }
        }
        replays
    }

    /// Replays the items `picked` with each of the last items in turn, side by side.
    fn finish<'i>(&mut self, last: &'i [Vec<Item>], picked: &mut Vec<&'i Item>) -> u64 {
        let items: Vec<&Item> = last.iter().flatten().collect();
        for some in items.chunks(SIDE_BY_SIDE) {
            let outcomes = match self.fast.width {
                // Loops of known length are unrolled.
                2 => self.side_by_side(2, picked, some),
                3 => self.side_by_side(3, picked, some),
                4 => self.side_by_side(4, picked, some),
                p => self.side_by_side(p, picked, some),
            };
            for (item, outcome) in some.iter().zip(outcomes) {
                picked.push(item);
                self.settle(outcome, picked);
                picked.pop();
            }
        }
        items.len() as u64
    }

    fn settle(&mut self, outcome: FastOutcome, picked: &[&Item]) {
        if outcome.doubtful || outcome.value <= self.shared.incumbent() {
            let fixed = self.fixed.iter().map(|j| (*j, self.only));
            self.touched.clear();
            self.touched.extend(fixed.chain(picked.iter().map(|i| (i.sample, i.touch))));
            self.touched.sort_unstable();
            self.shared.settle(outcome, &self.touched);
        }
    }

    /// Replays `picked` with each of `items` added. The parameters of these runs are close, so most
    /// switches are the same in all of them, which the box around the parameters tells. Rounding is
    /// monotone: the score of each run lies between the computed ends of the box's.
    #[inline(always)]
    fn side_by_side(&mut self, p: usize, picked: &[&Item], items: &[&Item]) -> Vec<FastOutcome> {
        let fast = self.fast;
        let first = picked.len() * self.open.len() * p;
        let mut theta = fast.start[..p].repeat(items.len());
        let mut velocity = vec![0.0; p * items.len()];
        let mut outcomes = vec![FastOutcome { value: 0.0, doubtful: false }; items.len()];
        for item in items {
            self.chosen[item.sample] = true;
        }
        let mut tight: Vec<Switch> = Vec::new();
        let (mut low, mut high) = (vec![0.0; p], vec![0.0; p]);
        let mut own = vec![0.0; p];
        for (t, open) in self.open.iter().enumerate() {
            let sums = &self.sums[first + t * p..first + (t + 1) * p];
            let common = &mut self.gradient[..p];
            common.copy_from_slice(sums);
            low.copy_from_slice(&theta[..p]);
            high.copy_from_slice(&theta[..p]);
            for run in theta.chunks_exact(p) {
                for k in 0..p {
                    low[k] = low[k].min(run[k]);
                    high[k] = high[k].max(run[k]);
                }
            }
            tight.clear();
            let of_picked = picked.iter().flat_map(|i| &i.open).filter(|(s, _)| *s == t);
            for switch in open.iter().chain(of_picked.map(|(_, switch)| switch)) {
                if switch.loose && self.chosen[switch.sample] {
                    // The clean switch of one of the last items, unless of one picked before.
                    if !picked.iter().any(|i| i.sample == switch.sample) {
                        tight.push(*switch);
                    }
                    continue;
                }
                let row = &fast.rows[switch.sample * p..(switch.sample + 1) * p];
                let (mut a, mut b) = (0.0, 0.0);
                for k in 0..p {
                    let (x, y) = (low[k] * row[k], high[k] * row[k]);
                    a += x.min(y);
                    b += x.max(y);
                }
                let (x, y) = (switch.label * a - fast.kink, switch.label * b - fast.kink);
                if x.max(y) < -fast.doubt {
                    add(common, switch.label * switch.times, &fast.steered[switch.sample * p..]);
                } else if x.min(y) <= fast.doubt {
                    tight.push(*switch);
                }
            }
            let runs = theta.chunks_exact_mut(p).zip(velocity.chunks_exact_mut(p));
            for ((item, outcome), (theta, velocity)) in items.iter().zip(&mut outcomes).zip(runs) {
                for k in 0..p {
                    own[k] = common[k] + item.change[t * p + k];
                }
                let clean = tight.iter().filter(|s| !(s.loose && s.sample == item.sample));
                let touched = item.open.iter().filter(|(s, _)| *s == t).map(|(_, s)| s);
                for switch in clean.chain(touched) {
                    let row = &fast.rows[switch.sample * p..(switch.sample + 1) * p];
                    let mut score = 0.0;
                    for k in 0..p {
                        score += theta[k] * row[k];
                    }
                    let margin = switch.label * score - fast.kink;
                    outcome.doubtful |= margin.abs() <= fast.doubt;
                    if margin < 0.0 {
                        let steered = &fast.steered[switch.sample * p..(switch.sample + 1) * p];
                        for k in 0..p {
                            own[k] += switch.label * switch.times * steered[k];
                        }
                    }
                }
                for k in 0..p {
                    let g = fast.decay * theta[k] - own[k] * fast.scale[t];
                    velocity[k] = fast.momentum * velocity[k] + g;
                    theta[k] -= fast.rates[t] * velocity[k];
                }
            }
        }
        for item in items {
            self.chosen[item.sample] = false;
        }
        for (run, outcome) in theta.chunks_exact(p).zip(&mut outcomes) {
            outcome.value = run.iter().zip(&fast.goal).map(|(w, c)| w * c).sum();
        }
        outcomes
    }

    /// Replays the attack of the items `picked`, whose decided sums are ready.
    fn run(&mut self, p: usize, picked: &[&Item]) -> FastOutcome {
        let fast = self.fast;
        let first = picked.len() * self.open.len() * p;
        let (theta, velocity) = (&mut self.theta[..p], &mut self.velocity[..p]);
        let gradient = &mut self.gradient[..p];
        theta.copy_from_slice(&fast.start[..p]);
        velocity.fill(0.0);
        let mut doubtful = false;
        for (t, open) in self.open.iter().enumerate() {
            gradient.copy_from_slice(&self.sums[first + t * p..first + (t + 1) * p]);
            let mut decide = |switch: &Switch, gradient: &mut [f64]| {
                let row = &fast.rows[switch.sample * p..(switch.sample + 1) * p];
                let mut score = 0.0;
                for k in 0..p {
                    score += theta[k] * row[k];
                }
                let margin = switch.label * score - fast.kink;
                doubtful |= margin.abs() <= fast.doubt;
                if margin < 0.0 {
                    let steered = &fast.steered[switch.sample * p..(switch.sample + 1) * p];
                    for k in 0..p {
                        gradient[k] += switch.label * switch.times * steered[k];
                    }
                }
            };
            for switch in open {
                if !(switch.loose && self.chosen[switch.sample]) {
                    decide(switch, gradient);
                }
            }
            for item in picked {
                for (_, switch) in item.open.iter().filter(|(s, _)| *s == t) {
                    decide(switch, gradient);
                }
            }
            for k in 0..p {
                let g = fast.decay * theta[k] - gradient[k] * fast.scale[t];
                velocity[k] = fast.momentum * velocity[k] + g;
                theta[k] -= fast.rates[t] * velocity[k];
            }
        }
        let value = theta.iter().zip(&fast.goal).map(|(w, c)| w * c).sum();
        FastOutcome { value, doubtful }
    }
}

#[inline(always)]
fn add(sums: &mut [f64], weight: f64, row: &[f64]) {
    sums.iter_mut().zip(row).for_each(|(s, v)| *s += weight * v);
}
