//! Branch and bound over the choices of a linear flip question.
//!
//! A node is a [`Cell`]: some samples are fixed, some parameters are confined to boxes. Its bound
//! is the Lagrangian of [`LinearFlips::goal_bound`]. A node is split where the bound owes most:
//! at the box of a parameter, which decides switches, or at a sample. Samples whose fate the bound
//! decides against the incumbent are fixed; few remaining choices are replayed one by one.
//!
//! Every pruned node has a proved bound that is no better than the incumbent, every other choice
//! has been replayed, in exact arithmetic where rounding might have decided a switch.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::linear::{FastReplay, Touch, exact_value};
use crate::bounds::Interval;
use crate::bounds::cells::{Cell, GoalBound, Memory};
use crate::bounds::flips::{LinearFlips, Status};
use crate::question::Question;

/// Depth to which both halves of a node are offered to other threads.
const PARALLEL_DEPTH: usize = 14;
/// Subgradient steps of a node.
const ROUNDS: usize = 24;
/// A box is split where undecided switches owe more than this share of what free choices owe.
const BOX_SHARE: f64 = 3.0;

/// What stops a search early, and what it has found.
pub(super) struct Shared<'a> {
    pub question: &'a Question,
    pub flips: &'a LinearFlips,
    pub fast: FastReplay,
    pub cancel: Option<&'a AtomicBool>,
    pub node_limit: u64,
    pub replay_at_once: u64,
    pub deadline: Option<std::time::Instant>,
    /// Bits of the incumbent's value, for reading without a lock.
    value: AtomicU64,
    best: Mutex<(f64, Vec<(usize, Touch)>)>,
    pub nodes: AtomicU64,
    pub replays: AtomicU64,
    stopped: AtomicBool,
    /// Least bound of a node that was given up, or whose exact value could not be computed.
    open: Mutex<f64>,
}

impl<'a> Shared<'a> {
    pub fn new(question: &'a Question, flips: &'a LinearFlips, fast: FastReplay) -> Self {
        Shared {
            question,
            flips,
            fast,
            cancel: None,
            node_limit: u64::MAX,
            replay_at_once: 4000,
            deadline: None,
            value: AtomicU64::new(f64::INFINITY.to_bits()),
            best: Mutex::new((f64::INFINITY, Vec::new())),
            nodes: AtomicU64::new(0),
            replays: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
            open: Mutex::new(f64::INFINITY),
        }
    }

    /// The incumbent's value.
    pub fn incumbent(&self) -> f64 {
        f64::from_bits(self.value.load(Ordering::Relaxed))
    }

    /// The incumbent, and the least bound of what was left open.
    pub fn finish(self) -> ((f64, Vec<(usize, Touch)>), f64) {
        let best = self.best.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let open = self.open.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        (best, open)
    }

    fn stop(&self) -> bool {
        let now = || self.deadline.is_some_and(|d| std::time::Instant::now() >= d);
        let cancelled = self.cancel.is_some_and(|c| c.load(Ordering::Relaxed));
        if cancelled || self.nodes.load(Ordering::Relaxed) >= self.node_limit || now() {
            self.stopped.store(true, Ordering::Relaxed);
        }
        self.stopped.load(Ordering::Relaxed)
    }

    fn leave_open(&self, low: f64) {
        let mut open = self.open.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *open = open.min(low);
    }

    /// Takes a replayed choice as incumbent if it is better, or as good and first in order.
    fn offer(&self, value: f64, touched: &[(usize, Touch)]) {
        if value > self.incumbent() {
            return;
        }
        let mut best = self.best.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if value < best.0 || (value == best.0 && touched < best.1.as_slice()) {
            *best = (value, touched.to_vec());
            self.value.store(value.to_bits(), Ordering::Relaxed);
        }
    }

    /// Replays a set of samples in every way of touching them.
    pub fn try_set(&self, set: &[usize]) {
        let touches: &[Touch] = match (self.flips.flip, self.flips.delete) {
            (true, true) => &[Touch::Flip, Touch::Delete],
            (false, true) => &[Touch::Delete],
            _ => &[Touch::Flip],
        };
        let mut factor = vec![1.0; self.flips.samples];
        let ways = touches.len().pow(u32::try_from(set.len()).unwrap_or(u32::MAX));
        for way in 0..ways {
            let mut code = way;
            let mut touched = Vec::with_capacity(set.len());
            for &i in set {
                let touch = touches[code % touches.len()];
                code /= touches.len();
                factor[i] = if touch == Touch::Flip { -1.0 } else { 0.0 };
                touched.push((i, touch));
            }
            let out = self.fast.run(&factor);
            let value = if out.doubtful {
                match exact_value(self.question, self.flips, &touched) {
                    Ok(v) => v,
                    Err(_) => {
                        self.leave_open(f64::NEG_INFINITY);
                        continue;
                    }
                }
            } else {
                out.value
            };
            self.offer(value, &touched);
        }
        self.replays.fetch_add(ways as u64, Ordering::Relaxed);
    }
}

impl Shared<'_> {
    /// Greedy touches, then swaps until none helps: the first incumbent.
    pub fn greedy(&self) {
        let flips = self.flips;
        let candidates: Vec<usize> = (0..flips.samples).filter(|i| flips.candidates[*i]).collect();
        let mut factor = vec![1.0; flips.samples];
        let touched = if flips.flip { -1.0 } else { 0.0 };
        let mut value = |set: &[usize]| {
            set.iter().for_each(|i| factor[*i] = touched);
            let out = self.fast.run(&factor).value;
            set.iter().for_each(|i| factor[*i] = 1.0);
            out
        };
        let mut set: Vec<usize> = Vec::new();
        while set.len() < flips.budget.min(candidates.len()) && !self.stop() {
            let tried = candidates.iter().filter(|j| !set.contains(j)).map(|j| {
                let mut with = set.clone();
                with.push(*j);
                (value(&with), *j)
            });
            let Some((_, j)) = tried.min_by(|a, b| a.0.total_cmp(&b.0)) else { break };
            set.push(j);
            self.try_set(&set);
        }
        let mut now = value(&set);
        while !self.stop() {
            let mut best = (now, 0, 0);
            for k in 0..set.len() {
                for j in candidates.iter().filter(|j| !set.contains(j)) {
                    let mut other = set.clone();
                    other[k] = *j;
                    let v = value(&other);
                    if v < best.0 {
                        best = (v, k, *j);
                    }
                }
            }
            let mut sorted = set.clone();
            sorted.sort_unstable();
            self.try_set(&sorted);
            if best.0 >= now {
                break;
            }
            set[best.1] = best.2;
            now = best.0;
        }
    }
}

/// Where to split a node.
enum Split {
    Sample(usize),
    Box { t: usize, k: usize, at: f64 },
}

/// Explores `cell`, whose parent has the bound `low`.
pub(super) fn explore(
    shared: &Shared<'_>,
    mut cell: Cell,
    mut low: f64,
    depth: usize,
    boxes: usize,
) {
    let flips = shared.flips;
    let mut memory = Memory::default();
    if shared.stop() {
        shared.leave_open(low);
        return;
    }
    shared.nodes.fetch_add(1, Ordering::Relaxed);
    let mut bound;
    loop {
        if !flips.refine(&mut cell) {
            return;
        }
        bound = flips.goal_bound(&mut cell, shared.incumbent(), ROUNDS, &mut memory);
        low = low.max(bound.low).max(flips.goal_range(&cell).lo);
        if low >= shared.incumbent() {
            return;
        }
        let Some(rest) = flips.rest(&cell) else { return };
        if rest == 0 || fix(shared, &mut cell, &bound, rest) < 5 {
            break;
        }
    }
    let Some(rest) = flips.rest(&cell) else { return };
    let fixed: Vec<usize> =
        (0..flips.samples).filter(|i| cell.status[*i] == Status::Touched).collect();
    let free: Vec<usize> = (0..flips.samples).filter(|i| cell.status[*i] == Status::Free).collect();
    if sets(free.len(), rest) <= shared.replay_at_once {
        replay_all(shared, &fixed, &free, rest);
        return;
    }
    let mut relaxed = fixed.clone();
    relaxed.extend(bound.selected.iter().filter(|j| cell.status[**j] == Status::Free));
    relaxed.sort_unstable();
    relaxed.dedup();
    if relaxed.len() <= flips.budget {
        shared.try_set(&relaxed);
    }
    // So the boxes of one path never outnumber the bits that name a remaining set.
    let few = boxes >= sets(free.len(), rest).ilog2() as usize;
    let split = choose(flips, &cell, &bound, &free, few);
    let boxes = boxes + usize::from(matches!(split, Split::Box { .. }));
    let mut children: [Option<Cell>; 2] = [None, None];
    match split {
        Split::Sample(j) => {
            let (mut with, mut without) = (cell.clone(), cell);
            with.status[j] = Status::Touched;
            without.status[j] = Status::Clean;
            children = [Some(with), Some(without)];
        }
        Split::Box { t, k, at } => {
            let range = flips.parameter_range(&cell, t, k);
            let parts = [Interval { lo: range.lo, hi: at }, Interval { lo: at, hi: range.hi }];
            for (child, part) in children.iter_mut().zip(parts) {
                let mut half = cell.clone();
                if flips.confine(&mut half, t, k, part) {
                    *child = Some(half);
                }
            }
        }
    }
    let [a, b] = children;
    let run = |c: Option<Cell>| {
        if let Some(c) = c {
            explore(shared, c, low, depth + 1, boxes);
        }
    };
    if depth < PARALLEL_DEPTH {
        rayon::join(|| run(a), || run(b));
    } else {
        run(a);
        run(b);
    }
}

/// Fixes samples whose other fate is proved no better than the incumbent; returns how many.
fn fix(shared: &Shared<'_>, cell: &mut Cell, bound: &GoalBound, rest: usize) -> usize {
    // Fixing needs the bound of the very multipliers that gave `change`.
    let slack = shared.incumbent() - bound.low;
    if !slack.is_finite() {
        return 0;
    }
    let changes = &bound.change;
    let full = bound.selected.len() >= rest;
    let last = if full { bound.selected.last().map_or(0.0, |j| changes[*j]) } else { 0.0 };
    let next = changes
        .iter()
        .enumerate()
        .filter(|(j, _)| !bound.selected.contains(j))
        .map(|(_, c)| *c)
        .fold(0.0, f64::min);
    // Sums of a few numbers of this size are off by less than this.
    let allowance = 1e-12 * (1.0 + bound.low.abs());
    let mut count = 0;
    for (j, change) in changes.iter().enumerate() {
        if cell.status[j] != Status::Free {
            continue;
        }
        if bound.selected.contains(&j) {
            if next - change > slack + allowance {
                cell.status[j] = Status::Touched;
                count += 1;
            }
        } else if change - last > slack + allowance {
            cell.status[j] = Status::Clean;
            count += 1;
        }
    }
    count
}

/// Number of sets of at most `k` of `n`, capped.
fn sets(n: usize, k: usize) -> u64 {
    let (mut sum, mut term) = (1u64, 1u64);
    for i in 0..k.min(n) {
        term = term.saturating_mul((n - i) as u64) / (i as u64 + 1);
        sum = sum.saturating_add(term);
        if sum > 1 << 40 {
            return sum;
        }
    }
    sum
}

fn replay_all(shared: &Shared<'_>, fixed: &[usize], free: &[usize], rest: usize) {
    let mut set = fixed.to_vec();
    set.sort_unstable();
    shared.try_set(&set);
    if rest == 0 {
        return;
    }
    for (k, j) in free.iter().enumerate() {
        let mut with = fixed.to_vec();
        with.push(*j);
        replay_all(shared, &with, &free[k + 1..], rest - 1);
    }
}

/// The split that promises most.
fn choose(flips: &LinearFlips, cell: &Cell, bound: &GoalBound, free: &[usize], few: bool) -> Split {
    let sample = || {
        let first = bound.selected.first().copied();
        first.or_else(|| free.first().copied()).map(Split::Sample)
    };
    let owed: f64 = bound.undecided.iter().sum::<f64>();
    let by_choice: f64 = -bound.selected.iter().map(|j| bound.change[*j]).sum::<f64>();
    let mut best: Option<(f64, usize, usize, Interval)> = None;
    if !few && owed > BOX_SHARE * by_choice {
        for t in 1..flips.steps {
            for k in 0..flips.parameters {
                let range = flips.parameter_range(cell, t, k);
                let size = flips.box_weight(t, k) * (range.hi - range.lo);
                if best.is_none_or(|b| size > b.0) && size.is_finite() {
                    best = Some((size, t, k, range));
                }
            }
        }
    }
    let halved = best.and_then(|(_, t, k, range)| {
        let at = 0.5 * range.lo + 0.5 * range.hi;
        (range.lo < at && at < range.hi && range.hi - range.lo > 1e-9).then_some(Split::Box {
            t,
            k,
            at,
        })
    });
    halved.or_else(sample).unwrap_or(Split::Sample(0))
}
