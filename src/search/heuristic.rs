//! Attacks found by replay: greedy touches, swaps, and sign-gradient moves on features; where
//! families of attacks can be bounded, a search over families.
//!
//! Every candidate is projected into the threat and replayed, so whatever comes out is an attack.
//! The search is deterministic for a seed as long as only the replay limit stops it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::{families, related};
use crate::bounds::flips::LinearFlips;
use crate::bounds::reach::deviations;
use crate::question::membership::project;
use crate::question::{
    Attack, Change, FeatureKind, Goal, LabelThreat, Labels, Question, Scope, Target,
};
use crate::train::{Replay, ReplayError, replay};

/// Limits and seed of a search.
#[derive(Clone, Copy, Debug)]
pub struct SearchOptions<'a> {
    /// Seed of the random choices.
    pub seed: u64,
    /// Most replays.
    pub replay_limit: u64,
    /// Most work of the search over families, in units of about a thirtieth of a microsecond.
    pub family_work: u64,
    /// Wall-clock limit; results may then differ from run to run.
    pub time_limit: Option<Duration>,
    /// Stops the search when set; the best attack so far is returned.
    pub cancel: Option<&'a AtomicBool>,
}

impl Default for SearchOptions<'_> {
    fn default() -> Self {
        SearchOptions {
            seed: 0,
            replay_limit: 20_000,
            family_work: 100_000_000,
            time_limit: None,
            cancel: None,
        }
    }
}

pub(super) struct Search<'a> {
    pub question: &'a Question,
    options: &'a SearchOptions<'a>,
    deadline: Option<Instant>,
    sign: f64,
    pub replays: u64,
    /// Most replays of the present phase.
    pub phase: u64,
}

impl<'a> Search<'a> {
    /// A search that has replayed nothing yet.
    pub fn new(question: &'a Question, options: &'a SearchOptions<'a>) -> Self {
        Search {
            question,
            options,
            deadline: options.time_limit.and_then(|l| Instant::now().checked_add(l)),
            sign: if question.goal.adversary_minimises() { 1.0 } else { -1.0 },
            replays: 0,
            phase: u64::MAX,
        }
    }

    fn cancelled(&self) -> bool {
        self.options.cancel.is_some_and(|c| c.load(Ordering::Relaxed))
    }

    pub fn stop(&self) -> bool {
        self.replays >= self.options.replay_limit.min(self.phase)
            || self.cancelled()
            || self.deadline.is_some_and(|d| Instant::now() >= d)
    }

    /// The projected attack and its minimised value. For a smallest budget the margin leads.
    pub fn value(&mut self, attack: Attack) -> Option<(f64, Attack)> {
        self.replays += 1;
        let attack = project(self.question, attack);
        let run = replay(self.question, &attack, 0.0).ok()?;
        let value = match &self.question.goal {
            Goal::SmallestBudget(_) if run.value.is_infinite() => {
                1e6 + run.margins.first().copied().unwrap_or(0.0)
            }
            _ => self.sign * run.value,
        };
        Some((value, attack))
    }

    /// Takes `attack` if it is better.
    pub fn offer(&mut self, best: &mut (f64, Attack), attack: Attack) -> bool {
        match self.value(attack) {
            Some(new) if new.0 < best.0 => {
                *best = new;
                true
            }
            _ => false,
        }
    }

    /// Changes of sample `i` in choice `t` that are worth a replay, given the attack so far.
    pub fn moves(&mut self, base: &(f64, Attack), t: usize, i: usize) -> Vec<Change> {
        let q = self.question;
        let mut targets = vec![None];
        match (&q.threat.labels, q.train.target(i)) {
            (Some(LabelThreat::Flip), Target::Sign(y)) => targets.push(Some(Target::Sign(-y))),
            (Some(LabelThreat::Classes(all)), Target::Class(_)) => {
                targets.extend(all.iter().map(|c| Some(Target::Class(*c))));
            }
            (Some(LabelThreat::Real { nu, .. }), Target::Real(y)) => {
                for by in [-nu, *nu] {
                    targets.push(Some(Target::Real(y.iter().map(|v| v + by).collect())));
                }
            }
            _ => {}
        }
        let mut features = vec![None];
        if let Some(f) = &q.threat.features {
            let clean = q.train.row(i);
            let reach = deviations(f, i, &clean);
            let mut up = clean.clone();
            let mut one_hot = Vec::new();
            for (j, kind) in f.kinds.iter().enumerate() {
                // A category is chosen by the largest value of its group.
                let far = if matches!(kind, FeatureKind::OneHot(_)) { 2.0 } else { 1.0 };
                let mut with = |by: f64| {
                    let mut x = clean.clone();
                    x[j] += by;
                    one_hot.push(x.clone());
                    if self.cancelled() {
                        return f64::INFINITY;
                    }
                    let change = Change { features: Some(x), ..Change::default() };
                    self.value(put(&base.1, t, i, change)).map_or(f64::INFINITY, |v| v.0)
                };
                let (down, step) = (far * reach[j].lo, far * reach[j].hi);
                if !reach[j].is_point() {
                    let (a, b) = (with(down), with(step));
                    up[j] += if a < b { down } else { step };
                }
            }
            features.push(Some(up));
            features.extend(one_hot.into_iter().map(Some));
            features.extend(related::along(f, i, &clean, &reach).into_iter().map(Some));
        }
        let mut moves = Vec::new();
        if q.threat.deletion.is_some() {
            moves.push(Change { deleted: true, ..Change::default() });
        }
        for features in features {
            for target in &targets {
                let target = target.clone();
                moves.push(Change { deleted: false, features: features.clone(), target });
            }
        }
        moves
    }

    /// Touches one sample after the other, the most damaging first.
    pub fn greedy(&mut self, best: &mut (f64, Attack)) {
        loop {
            let mut next = best.clone();
            for t in 0..best.1.choices.len() {
                for k in 0..self.question.threat.candidates.len() {
                    let i = self.question.threat.candidates[k];
                    if self.stop() || best.1.choices[t].changes.contains_key(&i) {
                        continue;
                    }
                    for change in self.moves(best, t, i) {
                        if self.cancelled() {
                            return;
                        }
                        self.offer(&mut next, put(&best.1, t, i, change));
                    }
                }
            }
            if next.0 >= best.0 {
                return;
            }
            *best = next;
        }
    }

    /// Exchanges touched samples for others, at random.
    fn swaps(&mut self, best: &mut (f64, Attack), rng: &mut fastrand::Rng, tries: usize) {
        let candidates = &self.question.threat.candidates;
        for _ in 0..tries {
            let t = rng.usize(0..best.1.choices.len());
            let touched: Vec<usize> = best.1.choices[t].changes.keys().copied().collect();
            if touched.is_empty() || self.stop() {
                return;
            }
            let mut base = best.clone();
            base.1.choices[t].changes.remove(&touched[rng.usize(0..touched.len())]);
            let i = candidates[rng.usize(0..candidates.len())];
            for change in self.moves(&base, t, i) {
                self.offer(best, put(&base.1, t, i, change));
            }
        }
    }

    /// Moves the features of touched samples along the sign of the finite-difference gradient.
    fn polish(&mut self, best: &mut (f64, Attack)) {
        let Some(f) = &self.question.threat.features else { return };
        let mut step = reach(f.norm).min(1e3);
        for _ in 0..12 {
            let mut better = false;
            for t in 0..best.1.choices.len() {
                let moved: Vec<usize> = best.1.choices[t].changes.keys().copied().collect();
                for i in moved {
                    for j in 0..f.kinds.len() {
                        for by in [-step, step] {
                            if self.stop() || f.kinds[j] == FeatureKind::Fixed {
                                continue;
                            }
                            let mut attack = best.1.clone();
                            let clean = self.question.train.row(i);
                            if let Some(c) = attack.choices[t].changes.get_mut(&i) {
                                c.features.get_or_insert(clean)[j] += by;
                            }
                            better |= self.offer(best, attack);
                        }
                    }
                }
            }
            if !better {
                step *= 0.5;
            }
        }
    }

    /// Inserts random corners of the domain, each kept if it helps.
    fn insert(&mut self, best: &mut (f64, Attack), rng: &mut fastrand::Rng) {
        let Some(insertion) = &self.question.threat.insertion else { return };
        for t in 0..best.1.choices.len() {
            for _ in 0..40 * insertion.count {
                if self.stop() {
                    return;
                }
                let x: Vec<f64> = insertion
                    .domain
                    .iter()
                    .map(|(lo, hi)| if rng.bool() { *lo } else { *hi })
                    .collect();
                let (lo, hi) = insertion.label_range.unwrap_or((0.0, 0.0));
                let y = match &self.question.train.labels {
                    Labels::Signs(_) => Target::Sign(if rng.bool() { 1.0 } else { -1.0 }),
                    Labels::Classes { count, .. } => Target::Class(rng.usize(0..(*count).max(1))),
                    Labels::Real(y) => Target::Real(
                        (0..y.ncols()).map(|_| if rng.bool() { lo } else { hi }).collect(),
                    ),
                };
                let mut attack = best.1.clone();
                let list = &mut attack.choices[t].inserted;
                if list.len() >= insertion.count {
                    let at = rng.usize(0..list.len());
                    list[at] = (x, y);
                } else {
                    list.push((x, y));
                }
                self.offer(best, attack);
            }
        }
    }

    /// All that can be tried on any question.
    fn anything(&mut self, best: &mut (f64, Attack)) {
        let mut rng = fastrand::Rng::with_seed(self.options.seed);
        let clean = best.clone();
        self.greedy(best);
        self.insert(best, &mut rng);
        self.polish(best);
        if !self.question.threat.candidates.is_empty() && !best.1.choices.is_empty() {
            self.swaps(best, &mut rng, 200);
            self.restart(&clean, best);
        }
        self.polish(best);
        self.backdoor(best);
    }

    /// Moves each feature of a backdoored test input to the worse end.
    fn backdoor(&mut self, best: &mut (f64, Attack)) {
        let Goal::Backdoor { point, eps, .. } = &self.question.goal else { return };
        for j in 0..point.input.len() {
            for by in [-eps, *eps] {
                if self.stop() {
                    return;
                }
                let mut attack = best.1.clone();
                let u = attack.test_input.get_or_insert_with(|| point.input.clone());
                u[j] = point.input[j] + by;
                self.offer(best, attack);
            }
        }
    }
}

fn reach(norm: crate::question::Norm) -> f64 {
    use crate::question::Norm;
    match norm {
        Norm::Linf(e) | Norm::L1(e) | Norm::L2(e) => e,
        Norm::Arbitrary => f64::INFINITY,
    }
}

pub(super) fn put(attack: &Attack, t: usize, i: usize, change: Change) -> Attack {
    let mut attack = attack.clone();
    attack.choices[t].changes.insert(i, change);
    attack
}

/// Looks for a bad attack and returns it with its replay. The clean run is the least it returns.
///
/// # Errors
/// [`ReplayError`] where the clean run itself cannot be replayed.
pub fn find_attack(
    question: &Question,
    options: &SearchOptions<'_>,
) -> Result<(Attack, Replay), ReplayError> {
    let choices = match question.threat.scope {
        Scope::Run => 1,
        Scope::Batch => question.training.steps(),
    };
    let none = Attack::none(choices);
    let clean = replay(question, &none, 0.0)?;
    let mut search = Search::new(question, options);
    let mut best = search.value(none).unwrap_or((clean.value, Attack::none(choices)));
    match LinearFlips::new(question) {
        Ok(flips) => {
            let until = (search.deadline, options.cancel);
            let attack = families::best(question, &flips, options.family_work, until)?;
            search.offer(&mut best, attack);
        }
        Err(_) => search.anything(&mut best),
    }
    let run = replay(question, &best.1, 0.0)?;
    Ok((best.1, run))
}
