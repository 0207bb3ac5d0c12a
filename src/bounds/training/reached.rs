//! All steps in one go, with the methods that are compared, and what networks with reachable
//! parameters answer.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::{Direction, StepReport, TrainingError, Walk};
use crate::bounds::Interval;
use crate::question::reach::Reaching;
use crate::train::unrolled::{Unsaid, pairs};

/// Boxes of the parameters before the first step and after each, and the scores at the points.
#[derive(Clone, Debug, PartialEq)]
pub struct Boxes {
    /// One box a step, flat layout.
    pub steps: Vec<Vec<Interval>>,
    /// As [`super::Trail::scores`] has them.
    pub scores: Vec<Interval>,
}

/// What bounds say of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Reached {
    /// The best that is known: all methods met.
    pub own: Boxes,
    /// Interval arithmetic with every sample touched, as FullCert; none where a step is no graph.
    pub intervals: Option<Boxes>,
    /// Interval arithmetic with the budget, as abstract gradient training; none for a loss without a
    /// piecewise linear derivative.
    pub budgeted: Option<Boxes>,
    /// What the windows came to, for the steps that were bounded by them.
    pub reports: Vec<StepReport>,
    /// Linear functions of the parameters, the templates.
    pub templates: Vec<Direction>,
    /// Ranges of the templates before the first step and after each.
    pub ranges: Vec<Vec<Interval>>,
    /// Whether the points were bounded through a window, too.
    pub answered: bool,
    /// Why there are no windows, if there cannot be any.
    pub unsaid: Option<Unsaid>,
    /// Points that programs answered and bounds alone did not; none where no programs were asked for.
    pub programs: Option<usize>,
}

/// Where a computation ends early. Steps that are not reached by then are bounded by intervals.
#[derive(Clone, Copy, Debug)]
pub enum Until<'a> {
    /// When a flag is raised or the time is over.
    Stopped(&'a AtomicBool, Option<Instant>),
    /// After so many steps, and before the points unless the flag says so: to do again what was cut off.
    Steps(usize, bool),
}

impl Until<'_> {
    pub(super) fn over(&self, step: usize) -> bool {
        match self {
            Until::Stopped(flag, end) => {
                flag.load(Ordering::Relaxed) || end.is_some_and(|end| Instant::now() >= end)
            }
            Until::Steps(steps, _) => step >= *steps,
        }
    }

    pub(super) fn stopped(&self) -> bool {
        match self {
            Until::Stopped(..) => self.over(0),
            Until::Steps(..) => false,
        }
    }

    pub(super) fn answers(&self) -> bool {
        match self {
            Until::Stopped(..) => !self.over(0),
            Until::Steps(_, answers) => *answers,
        }
    }
}

/// Hears of a step, counted from 0, with what its window came to, if there was one, and its box.
pub type Told<'a> = &'a mut dyn FnMut(usize, Option<&StepReport>, &[Interval]);

/// Bounds every step. `told` hears of each step with its box.
///
/// # Errors
/// [`TrainingError`], where neither windows nor intervals can say anything, or bounds contradict each
/// other.
pub fn reached(
    reaching: &Reaching,
    threads: usize,
    until: Until<'_>,
    told: Told<'_>,
) -> Result<Reached, TrainingError> {
    let mut walk = Walk::new(reaching, threads, until)?;
    for step in 0..reaching.question.training.steps() {
        let report = walk.advance()?;
        told(step, report.as_ref(), walk.last());
    }
    walk.finish()
}

pub(super) fn met(a: Vec<Interval>, b: &[Interval]) -> Vec<Interval> {
    a.into_iter().zip(b).map(|(a, b)| a.meet(*b)).collect()
}

/// What all networks with reachable parameters answer at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prediction {
    /// The sign of their output is the same for all.
    Sign(i8),
    /// This class has the largest output for all.
    Class(usize),
    /// Not all answer the same, as far as bounds tell; or some have a tie.
    Abstains,
}

/// The answers at `points` points from their scores, for a network with so many outputs
/// (papers 2.2, prediction; ties are not certified).
#[must_use]
pub fn predictions(outputs: usize, points: usize, scores: &[Interval]) -> Vec<Prediction> {
    let at = |row: usize, point: usize| scores.get(row * points + point).copied();
    let one = |point: usize| -> Prediction {
        if outputs == 1 {
            return match at(0, point) {
                Some(s) if s.lo > 0.0 => Prediction::Sign(1),
                Some(s) if s.hi < 0.0 => Prediction::Sign(-1),
                Some(_) | None => Prediction::Abstains,
            };
        }
        let wins = |class: usize| {
            pairs(outputs).enumerate().all(|(row, (c, d))| match at(row, point) {
                Some(s) if c == class => s.lo > 0.0,
                Some(s) if d == class => s.hi < 0.0,
                Some(_) => true,
                None => false,
            })
        };
        (0..outputs).find(|c| wins(*c)).map_or(Prediction::Abstains, Prediction::Class)
    };
    (0..points).map(one).collect()
}

/// An end of a score that keeps a point from the answer of the network trained on unchanged data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenScore {
    /// The place of the score, as [`super::Trail::scores`] has them.
    pub place: usize,
    /// The point.
    pub point: usize,
    /// The two outputs, the first less the second; none for a network with one output.
    pub outputs: Option<(usize, usize)>,
    /// Whether its largest value is to be below 0, else its least one above.
    pub largest: bool,
}

/// The ends that are open at `points` points, point by point, from what is known of the `scores`; `clean` are
/// those of the network trained on unchanged data, whose answer is the only one that can be certified. A tie has none.
#[must_use]
pub fn open_scores(
    outputs: usize,
    points: usize,
    scores: &[Interval],
    clean: &[f64],
) -> Vec<OpenScore> {
    let all: Vec<Option<(usize, usize)>> = match outputs {
        1 => vec![None],
        n => pairs(n).map(Some).collect(),
    };
    let exact: Vec<Interval> = clean.iter().map(|v| Interval::point(*v)).collect();
    let answers = predictions(outputs, points, &exact);
    let mut open = Vec::new();
    for (point, answer) in answers.into_iter().enumerate() {
        for (row, outputs) in all.iter().enumerate() {
            let largest = match (answer, outputs) {
                (Prediction::Sign(sign), None) => sign < 0,
                (Prediction::Class(class), Some((c, _))) if class == *c => false,
                (Prediction::Class(class), Some((_, d))) if class == *d => true,
                (Prediction::Sign(_) | Prediction::Class(_) | Prediction::Abstains, _) => continue,
            };
            let place = row * points + point;
            let decided = |s: &Interval| if largest { s.hi < 0.0 } else { s.lo > 0.0 };
            if !scores.get(place).is_some_and(decided) {
                open.push(OpenScore { place, point, outputs: *outputs, largest });
            }
        }
    }
    open
}
