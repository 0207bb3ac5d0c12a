//! Across a tie: small moves of an attack until training on it gives what a program claims.
//!
//! A program admits both sides of every kink, replay takes one. An optimal point often lies on a
//! kink itself, or within a solver's tolerance of it, and then replay may fall to the other side
//! and find a much weaker attack. Where the worst value is approached from one side, an attack a
//! little way off reaches it nearly: this looks for one, by replay alone.

use super::heuristic::{Search, SearchOptions};
use crate::question::{Attack, Choice, FeatureKind, Goal, Question, Target};
use crate::train::{SampleRef, replay};

/// Multiply-adds that all replays of one search may cost.
const WORK: u64 = 200_000_000;

/// Fewest and most replays.
const REPLAYS: (u64, u64) = (60, 3_000);

/// Sizes of the moves, relative to one plus the number that is moved: beyond the tolerance of
/// solvers at first, and never so far that the attack would be another one.
const STEPS: [f64; 6] = [1e-6, 1e-5, 1e-7, 1e-8, 1e-4, 1e-3];

/// Distance from a kink that counts as a tie.
const NEAR: f64 = 1e-5;

/// Moves of all numbers at once that are tried for each size, besides all up and all down.
const TOGETHER: usize = 6;

/// The strongest attack near `attack`, with its replayed value; nothing if no move makes it
/// stronger. Ends as soon as the value is within `enough` of `claimed`, which is a goal value. The
/// same arguments give the same attack.
#[must_use]
pub fn nudge(
    question: &Question,
    attack: &Attack,
    claimed: f64,
    enough: f64,
) -> Option<(Attack, f64)> {
    let places = places(question, attack);
    if places.is_empty() {
        return None;
    }
    let training = &question.training;
    let samples: u64 = training.batches.iter().map(|b| b.len() as u64).sum();
    let parameters: usize =
        question.network.affine().map(|a| a.weight.len() + a.weight.nrows()).sum();
    let work = samples.saturating_mul(parameters as u64 + 10).max(1);
    let options = SearchOptions {
        replay_limit: (WORK / work).clamp(REPLAYS.0, REPLAYS.1),
        ..SearchOptions::default()
    };
    let mut search = Search::new(question, &options);
    let minimised = if question.goal.adversary_minimises() { claimed } else { -claimed };
    let begin = search.value(attack.clone())?;
    let mut best = begin.clone();
    let mut rng = fastrand::Rng::with_seed(0);
    for step in STEPS {
        for round in 0..TOGETHER + 2 {
            let signs: Vec<bool> = match round {
                0 => vec![true; places.len()],
                1 => vec![false; places.len()],
                _ => places.iter().map(|_| rng.bool()).collect(),
            };
            let mut moved = best.1.clone();
            for (place, up) in places.iter().zip(&signs) {
                place.step(question, &mut moved, if *up { step } else { -step });
            }
            search.offer(&mut best, moved);
        }
        for place in &places {
            for by in [step, -step] {
                let mut moved = best.1.clone();
                place.step(question, &mut moved, by);
                search.offer(&mut best, moved);
            }
            if search.stop() || best.0 <= minimised + enough {
                break;
            }
        }
        if search.stop() || best.0 <= minimised + enough {
            break;
        }
    }
    let value = replay(question, &best.1, 0.0).ok()?.value;
    (best.0 < begin.0 && value.is_finite()).then_some((best.1, value))
}

/// A real number of an attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Feature `.2` of the changed sample `.1` in choice `.0`.
    Feature(usize, usize, usize),
    /// Real label `.2` of the changed sample `.1` in choice `.0`.
    Label(usize, usize, usize),
    /// Feature `.2` of the inserted sample `.1` in choice `.0`.
    Inserted(usize, usize, usize),
    /// A feature of the test input.
    Test(usize),
}

impl Place {
    /// Moves the number by `relative` times one plus its size.
    fn step(self, question: &Question, attack: &mut Attack, relative: f64) {
        let number = match self {
            Place::Test(j) => attack.test_input.as_mut().and_then(|u| u.get_mut(j)),
            Place::Feature(t, i, j) => {
                // A sample that is not moved yet begins where it is.
                let change = attack.choices.get_mut(t).map(|c| c.changes.entry(i).or_default());
                let clean = || question.train.row(i);
                change.and_then(|c| c.features.get_or_insert_with(clean).get_mut(j))
            }
            Place::Label(t, i, j) => {
                let change = attack.choices.get_mut(t).and_then(|c| c.changes.get_mut(&i));
                match change.and_then(|c| c.target.as_mut()) {
                    Some(Target::Real(y)) => y.get_mut(j),
                    Some(Target::Sign(_) | Target::Class(_)) | None => None,
                }
            }
            Place::Inserted(t, k, j) => {
                let sample = attack.choices.get_mut(t).and_then(|c| c.inserted.get_mut(k));
                sample.and_then(|(x, _)| x.get_mut(j))
            }
        };
        if let Some(v) = number {
            *v += relative * (1.0 + v.abs());
        }
    }
}

/// Every real number of an attack that the threat lets move, and the features of samples that lie
/// on a tie themselves and are not moved yet.
fn places(question: &Question, attack: &Attack) -> Vec<Place> {
    let mut out = Vec::new();
    let real = |kinds: &[FeatureKind], j: usize| kinds.get(j) == Some(&FeatureKind::Real);
    let ties = replay(question, attack, NEAR).map(|r| r.ties).unwrap_or_default();
    for tie in ties {
        let (SampleRef::Train(i), Some(step)) = (tie.sample, tie.step) else { continue };
        let t = if attack.choices.len() == 1 { 0 } else { step };
        let moved = |c: &Choice| c.changes.get(&i).is_some_and(|c| c.features.is_some());
        let free = question.threat.candidates.contains(&i)
            && attack.choices.get(t).is_some_and(|c| !moved(c));
        if let (true, Some(threat)) = (free, &question.threat.features) {
            let kinds = threat.kinds.iter().enumerate();
            let real = kinds.filter(|(_, k)| **k == FeatureKind::Real);
            out.extend(real.map(|(j, _)| Place::Feature(t, i, j)));
        }
    }
    for (t, choice) in attack.choices.iter().enumerate() {
        for (i, change) in &choice.changes {
            if let (Some(x), Some(threat)) = (&change.features, &question.threat.features) {
                let moved = (0..x.len()).filter(|j| real(&threat.kinds, *j));
                out.extend(moved.map(|j| Place::Feature(t, *i, j)));
            }
            if let Some(Target::Real(y)) = &change.target {
                out.extend((0..y.len()).map(|j| Place::Label(t, *i, j)));
            }
        }
        for (k, (x, _)) in choice.inserted.iter().enumerate() {
            if let Some(insertion) = &question.threat.insertion {
                let moved = (0..x.len()).filter(|j| real(&insertion.kinds, *j));
                out.extend(moved.map(|j| Place::Inserted(t, k, j)));
            }
        }
    }
    if let (Goal::Backdoor { .. }, Some(u)) = (&question.goal, &attack.test_input) {
        out.extend((0..u.len()).map(Place::Test));
    }
    // A sample may tie in several steps.
    out.sort_unstable();
    out.dedup();
    out
}
