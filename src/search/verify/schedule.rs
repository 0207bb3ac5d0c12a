//! Which starts are climbed, in which order.

use super::climb::{Climbed, Ground, LANES, Pull, Reached, Start, Step, Target};
use super::space::Space;
use super::{Attack, AttackOptions, AttackReport, Near, Stop};
use crate::network::graph::Graph;
use crate::network::graph::eval::EvalError;
use crate::network::graph::gradient::Steps;
use crate::question::verify::{Atom, Case, Formula};

/// Goals of more conjunctions than this are climbed by their atoms alone.
const CONJUNCTIONS: usize = 4096;

/// Batches that run at the same time. Part of the result's definition, unlike the threads.
const BATCHES: usize = 2;

/// What the starts of one target came to.
struct Record {
    best: Option<Reached>,
    tries: u64,
}

pub(super) fn search(
    graph: &Graph,
    cases: &[Case],
    options: AttackOptions<'_>,
) -> Result<AttackReport, EvalError> {
    let ground = Ground {
        graph,
        cases,
        spaces: cases.iter().map(Space::new).collect(),
        targets: targets(cases),
        steps: options.steps.max(1),
        cancel: options.cancel,
    };
    let mut report =
        AttackReport { attack: None, near: None, evaluations: 0, stop: Stop::Evaluations };
    let mut records: Vec<Record> =
        ground.targets.iter().map(|_| Record { best: None, tries: 0 }).collect();
    let mut number = 0;
    while !records.is_empty() && report.evaluations < options.evaluations {
        let starts: Vec<Start> = (0..(BATCHES * LANES) as u64)
            .map(|k| start(&ground, &mut records, number + k, options.seed))
            .collect();
        number += starts.len() as u64;
        let (first, second) = starts.split_at(LANES);
        let (a, b) = rayon::join(
            || ground.climb(first, Steps::Through),
            || ground.climb(second, Steps::Leaky),
        );
        for climbed in [a?, b?] {
            let late = climbed.late;
            take(climbed, &ground, &mut records, &mut report);
            if report.attack.is_some() {
                report.stop = Stop::Found;
                report.near = None;
                return Ok(report);
            }
            if late {
                report.stop = Stop::Stopped;
                return Ok(report);
            }
        }
    }
    Ok(report)
}

/// Books a batch.
fn take(climbed: Climbed, ground: &Ground<'_>, records: &mut [Record], report: &mut AttackReport) {
    report.evaluations += climbed.evaluations;
    if let Some((start, case, replay)) = climbed.attack {
        report.attack = Some(Attack { case, replay, start });
        return;
    }
    for reached in climbed.reached {
        let case = ground.targets[reached.target].case;
        if report.near.as_ref().is_none_or(|n| reached.margin > n.margin) {
            let (margin, inputs) = (reached.margin, reached.x.clone());
            report.near = Some(Near { case, margin, inputs });
        }
        let best = &mut records[reached.target].best;
        if best.as_ref().is_none_or(|b| reached.margin > b.margin) {
            *best = Some(reached);
        }
    }
}

fn targets(cases: &[Case]) -> Vec<Target<'_>> {
    let mut out = Vec::new();
    for (case, c) in cases.iter().enumerate() {
        let parts = c.goal.conjunctions(CONJUNCTIONS);
        let parts = parts.unwrap_or_else(|| atoms(&c.goal).into_iter().map(|a| vec![a]).collect());
        out.extend(parts.into_iter().map(|atoms| Target { case, atoms }));
    }
    out
}

fn atoms(formula: &Formula) -> Vec<&Atom> {
    match formula {
        Formula::Atom(a) => vec![a],
        Formula::All(parts) | Formula::Any(parts) => parts.iter().flat_map(atoms).collect(),
    }
}

/// The start of a number: first every target in turn, then mostly those that came nearest.
fn start(ground: &Ground<'_>, records: &mut [Record], number: u64, seed: u64) -> Start {
    let mut rng = fastrand::Rng::with_seed(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let count = records.len() as u64;
    let target = if number < 2 * count || number.is_multiple_of(4) {
        (number % count) as usize
    } else {
        promising(records, &mut rng)
    };
    let space = &ground.spaces[ground.targets[target].case];
    let record = &mut records[target];
    let turn = record.tries;
    record.tries += 1;
    let length = [1.0, 0.25, 0.5, 0.1][(turn / 2 % 4) as usize];
    // Around the best point so far, nearer and nearer.
    let near = [0.3, 0.1, 0.03, 0.01][(turn / 4 % 4) as usize];
    let (from, length, spread) = match (turn % 4, &record.best) {
        (0, _) if turn == 0 => (space.center(), length, false),
        (1, _) => (space.corner(&mut rng), length, false),
        (3, Some(best)) => (space.beside(&best.x, near, &mut rng), near, false),
        (turn, _) => (space.random(&mut rng), length, turn == 2),
    };
    Start {
        number,
        target,
        from,
        pull: if (turn / 2).is_multiple_of(2) { Pull::Sum } else { Pull::Worst },
        step: if turn.is_multiple_of(2) { Step::Sign } else { Step::Along },
        length,
        spread,
    }
}

/// A target, those with better margins more often: the best of three drawn ones.
fn promising(records: &[Record], rng: &mut fastrand::Rng) -> usize {
    let margin = |k: usize| records[k].best.as_ref().map_or(f64::NEG_INFINITY, |b| b.margin);
    let mut best = rng.usize(0..records.len());
    for _ in 0..2 {
        let other = rng.usize(0..records.len());
        if margin(other) > margin(best) {
            best = other;
        }
    }
    best
}
