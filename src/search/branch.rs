//! Branch and bound over families of choices of a linear flip question.
//!
//! A node is a [`Family`]: how many samples of each of some groups are touched. Its bound is that of
//! [`LinearFlips::tighten`]. The group whose members differ most is halved, and its touched samples
//! are shared out among the halves in every way; families of few attacks are replayed.
//!
//! Every pruned family has a proved bound that is no better than the incumbent, every other attack
//! has been replayed, in exact arithmetic where rounding might have decided a switch.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::leaf::Leaf;
use super::linear::{FastOutcome, FastReplay, Touch, exact_value};
use crate::bounds::families::{Family, Groups, Memory};
use crate::bounds::flips::{LinearFlips, Status};
use crate::question::Question;

/// Depth to which the parts of a family are offered to other threads.
const PARALLEL_DEPTH: usize = 8;
/// Sets of so many samples are replayed in every way of touching them.
const EVERY_WAY: usize = 10;
/// Families of so many attacks are replayed, unless asked otherwise. A bound costs about the square
/// of the number of steps, and decides the less the more steps there are.
pub(super) fn replay_at_once(steps: usize) -> u64 {
    (20 * (steps as u64).saturating_pow(2)).clamp(200, 5000)
}

/// What stops a search early, and what it has found.
pub(super) struct Shared<'a> {
    pub question: &'a Question,
    pub flips: &'a LinearFlips,
    pub fast: FastReplay,
    pub cancel: Option<&'a AtomicBool>,
    pub node_limit: u64,
    work_limit: u64,
    /// Whether one thread explores alone, so that a search that is cut short always ends the same.
    pub sequential: bool,
    pub replay_at_once: u64,
    pub deadline: Option<std::time::Instant>,
    /// Bits of the incumbent's value, for reading without a lock.
    value: AtomicU64,
    best: Mutex<(f64, Vec<(usize, Touch)>)>,
    /// Where every choice below a fixed threshold is collected, rather than the best looked for: how
    /// many at most, and their samples.
    collected: Option<Mutex<(usize, BTreeSet<Vec<usize>>)>>,
    pub nodes: AtomicU64,
    pub replays: AtomicU64,
    work: AtomicU64,
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
            work_limit: u64::MAX,
            sequential: false,
            replay_at_once: replay_at_once(flips.steps),
            deadline: None,
            value: AtomicU64::new(f64::INFINITY.to_bits()),
            best: Mutex::new((f64::INFINITY, Vec::new())),
            collected: None,
            nodes: AtomicU64::new(0),
            replays: AtomicU64::new(0),
            work: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
            open: Mutex::new(f64::INFINITY),
        }
    }

    /// Collects at most `most` sets of touched samples whose value is at most `threshold`, instead
    /// of looking for the best.
    pub fn collect(&mut self, threshold: f64, most: usize) {
        self.value = AtomicU64::new(threshold.next_up().to_bits());
        self.collected = Some(Mutex::new((most, BTreeSet::new())));
    }

    /// The collected sets; `None` if some may be missing, or if the work has reached its limit, even
    /// with the very last family.
    pub fn into_collected(self) -> Option<BTreeSet<Vec<usize>>> {
        let open = self.open.into_inner().unwrap_or_else(PoisonError::into_inner);
        let sets = self.collected?.into_inner().unwrap_or_else(PoisonError::into_inner).1;
        let within = self.work.into_inner() < self.work_limit;
        (within && open == f64::INFINITY && !self.stopped.into_inner()).then_some(sets)
    }

    /// The incumbent's value.
    pub fn incumbent(&self) -> f64 {
        f64::from_bits(self.value.load(Ordering::Relaxed))
    }

    /// The incumbent, and the least bound of what was left open.
    pub fn finish(self) -> ((f64, Vec<(usize, Touch)>), f64) {
        let best = self.best.into_inner().unwrap_or_else(PoisonError::into_inner);
        let open = self.open.into_inner().unwrap_or_else(PoisonError::into_inner);
        (best, open)
    }

    fn stop(&self) -> bool {
        let now = || self.deadline.is_some_and(|d| std::time::Instant::now() >= d);
        let cancelled = self.cancel.is_some_and(|c| c.load(Ordering::Relaxed));
        let spent = self.nodes.load(Ordering::Relaxed) >= self.node_limit
            || self.work.load(Ordering::Relaxed) >= self.work_limit;
        if cancelled || spent || now() {
            self.stopped.store(true, Ordering::Relaxed);
        }
        self.stopped.load(Ordering::Relaxed)
    }

    /// Allows `work` in all, in units of about a thirtieth of a microsecond. A count, unlike the
    /// time, is the same on every machine: bounding a family costs about the square of the number
    /// of samples in every step, a replay about that number, and a replay in a leaf what the family
    /// leaves open of it.
    pub fn allow(&mut self, work: u64) {
        self.work_limit = work;
        self.stopped = AtomicBool::new(false);
    }

    fn spend(&self, work: u64) {
        self.work.fetch_add(work, Ordering::Relaxed);
    }

    fn leave_open(&self, low: f64) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        *open = open.min(low);
    }

    /// Takes a replayed choice as incumbent if it is better, or as good and first in order.
    fn offer(&self, value: f64, touched: &[(usize, Touch)]) {
        if value > self.incumbent() {
            return;
        }
        if let Some(collected) = &self.collected {
            let mut sets = collected.lock().unwrap_or_else(PoisonError::into_inner);
            if sets.1.len() < sets.0 {
                sets.1.insert(touched.iter().map(|t| t.0).collect());
            } else {
                self.stopped.store(true, Ordering::Relaxed);
                self.leave_open(f64::NEG_INFINITY);
            }
            return;
        }
        let mut best = self.best.lock().unwrap_or_else(PoisonError::into_inner);
        if value < best.0 || (value == best.0 && touched < best.1.as_slice()) {
            *best = (value, touched.to_vec());
            self.value.store(value.to_bits(), Ordering::Relaxed);
        }
    }

    /// The ways of touching a sample.
    pub fn touches(&self) -> &'static [Touch] {
        match (self.flips.flip, self.flips.delete) {
            (true, true) => &[Touch::Flip, Touch::Delete],
            (false, true) => &[Touch::Delete],
            _ => &[Touch::Flip],
        }
    }

    /// Takes the outcome of a replay into account.
    pub fn settle(&self, outcome: FastOutcome, touched: &[(usize, Touch)]) {
        let value = if outcome.doubtful {
            match exact_value(self.question, self.flips, touched) {
                Ok(v) => v,
                Err(_) => return self.leave_open(f64::NEG_INFINITY),
            }
        } else {
            outcome.value
        };
        self.offer(value, touched);
    }

    /// Replays a set of samples in every way of touching them, or where these are too many with all
    /// of them touched alike.
    pub fn try_set(&self, set: &[usize]) {
        let touches = self.touches();
        let mut factor = vec![1.0; self.flips.samples];
        let every = set.len() <= EVERY_WAY;
        let ways = touches.len().pow(if every { set.len() as u32 } else { 1 });
        for way in 0..ways {
            let mut code = way;
            let mut touched = Vec::with_capacity(set.len());
            for &i in set {
                let touch = touches[code % touches.len()];
                if every {
                    code /= touches.len();
                }
                factor[i] = if touch == Touch::Flip { -1.0 } else { 0.0 };
                touched.push((i, touch));
            }
            self.settle(self.fast.run(&factor), &touched);
        }
        self.replays.fetch_add(ways as u64, Ordering::Relaxed);
        self.spend(ways as u64 * self.replay_work());
    }
}

impl Shared<'_> {
    /// Work of one replay from the first step on.
    fn replay_work(&self) -> u64 {
        (self.flips.steps * self.flips.samples) as u64 / 8 + 1
    }

    /// The first incumbents: greedy touches, then swaps until none helps. Done `starts` times, first
    /// touching the worst sample, the second worst, and so on.
    pub fn greedy(&self, starts: usize) {
        let flips = self.flips;
        let candidates: Vec<usize> = (0..flips.samples).filter(|i| flips.candidates[*i]).collect();
        let mut trial = Trial { shared: self, factor: vec![1.0; flips.samples] };
        let most = flips.budget.min(candidates.len());
        if most == 0 || self.stop() {
            return;
        }
        let mut singles: Vec<(f64, usize)> =
            candidates.iter().map(|j| (trial.value(&[*j]), *j)).collect();
        singles.sort_by(|a, b| a.0.total_cmp(&b.0));
        for &(value, first) in singles.iter().take(starts) {
            let mut set = vec![first];
            let mut now = value;
            self.try_set(&set);
            while set.len() < most && !self.stop() {
                let Some((value, j)) = trial.best_addition(&set, &candidates) else { break };
                set.push(j);
                now = value;
                self.try_sorted(&set);
            }
            while let Some((value, place, at)) = trial.best_swap(&set, &candidates, now) {
                set[place] = at;
                now = value;
                self.try_sorted(&set);
            }
        }
    }

    fn try_sorted(&self, set: &[usize]) {
        let mut sorted = set.to_vec();
        sorted.sort_unstable();
        self.try_set(&sorted);
    }
}

/// Values of sets of samples, all flipped, or all deleted where nothing is flipped.
struct Trial<'a> {
    shared: &'a Shared<'a>,
    factor: Vec<f64>,
}

impl Trial<'_> {
    fn value(&mut self, set: &[usize]) -> f64 {
        let touched = if self.shared.flips.flip { -1.0 } else { 0.0 };
        set.iter().for_each(|i| self.factor[*i] = touched);
        let value = self.shared.fast.run(&self.factor).value;
        set.iter().for_each(|i| self.factor[*i] = 1.0);
        self.shared.spend(self.shared.replay_work());
        value
    }

    /// The candidate that is best touched together with the set, and the value then.
    fn best_addition(&mut self, set: &[usize], candidates: &[usize]) -> Option<(f64, usize)> {
        let mut best: Option<(f64, usize)> = None;
        for &j in candidates.iter().filter(|j| !set.contains(j)) {
            let with: Vec<usize> = set.iter().copied().chain([j]).collect();
            let value = self.value(&with);
            if best.is_none_or(|b| value < b.0) {
                best = Some((value, j));
            }
        }
        best
    }

    /// The exchange of one member that improves most on `now`, if any does: value, place, sample.
    fn best_swap(
        &mut self,
        set: &[usize],
        candidates: &[usize],
        now: f64,
    ) -> Option<(f64, usize, usize)> {
        let mut best = None;
        let mut least = now;
        for place in 0..set.len() {
            if self.shared.stop() {
                break;
            }
            let mut other = set.to_vec();
            for &j in candidates.iter().filter(|j| !set.contains(j)) {
                other[place] = j;
                let value = self.value(&other);
                if value < least {
                    least = value;
                    best = Some((value, place, j));
                }
            }
        }
        best
    }
}

/// A family that waits to be explored, and a lower bound of the goal over it.
pub(super) struct Node {
    family: Family,
    low: f64,
    /// Whether `low` is the family's own bound rather than that of a larger one.
    bounded: bool,
}

/// Explores every choice within the budget.
pub(super) fn explore(shared: &Shared<'_>, groups: &Groups) {
    let flips = shared.flips;
    let most = flips.budget.min(groups.size(0));
    let low = flips.pass(&flips.free(), flips.budget).map_or(f64::NEG_INFINITY, |p| p.goal.lo);
    let roots = (0..=most)
        .rev()
        .map(|count| groups.family(flips, count))
        .map(|family| Node { family, low, bounded: false })
        .collect();
    visit_all(shared, groups, roots, 0, &mut Memory::default());
}

/// Bounds the families of `nodes` and explores those that may hold something better, the most
/// promising first.
fn visit_all(
    shared: &Shared<'_>,
    groups: &Groups,
    mut nodes: Vec<Node>,
    depth: usize,
    memory: &mut Memory,
) {
    for node in &mut nodes {
        if shared.stop() {
            break;
        }
        shared.nodes.fetch_add(1, Ordering::Relaxed);
        let (n, steps) = (shared.flips.samples as u64, shared.flips.steps as u64);
        shared.spend(steps * n * (4 + n / 25) / 8);
        node.low = node.low.max(shared.flips.tighten(groups, &mut node.family, memory));
        node.bounded = true;
    }
    nodes.retain(|node| node.low < shared.incumbent());
    nodes.sort_by(|a, b| a.low.total_cmp(&b.low));
    if depth < PARALLEL_DEPTH && !shared.sequential {
        nodes
            .into_par_iter()
            .with_max_len(1)
            .for_each(|node| visit(shared, groups, node, depth, &mut Memory::default()));
    } else {
        nodes.into_iter().for_each(|node| visit(shared, groups, node, depth, memory));
    }
}

/// Replays the attacks of a family if they are few, else explores its parts.
fn visit(shared: &Shared<'_>, groups: &Groups, node: Node, depth: usize, memory: &mut Memory) {
    let Node { family, low, bounded } = node;
    if low >= shared.incumbent() {
        return;
    }
    if !bounded || shared.stop() {
        shared.leave_open(low);
        return;
    }
    let ways = shared.touches().len() as f64;
    let fixed = family.status.iter().filter(|s| **s == Status::Touched).count();
    let sets = groups.count(&family, ways) * ways.powf(fixed as f64);
    let at = groups.widest(&family);
    match at {
        Some(at) if sets > shared.replay_at_once as f64 => {
            let parts = groups.split(&family, at).into_iter();
            let nodes = parts.map(|family| Node { family, low, bounded: false }).collect();
            visit_all(shared, groups, nodes, depth + 1, memory);
        }
        _ => {
            let replays = Leaf::new(shared, groups, &family).replay();
            shared.replays.fetch_add(replays, Ordering::Relaxed);
            shared.spend(2 * replays * shared.flips.steps as u64);
        }
    }
}
