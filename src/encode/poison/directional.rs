//! Directional bounds (`bounds::flips`) in the shape that the encoder asks for.

use std::sync::atomic::AtomicBool;

use crate::bounds::Interval;
use crate::bounds::cutoff;
use crate::bounds::flips::{LinearFlips, Pass, Status};
use crate::question::{Cutoff, Goal, Question};
use crate::search::all_below;

/// Enclosures of every training score of a linear question, whole run at once.
pub struct Directional {
    pass: Pass,
    /// Sides of switches that hold below the cutoff alone; empty without one.
    sides: Vec<[Option<bool>; 2]>,
    samples: usize,
    /// Encloses the objective, if the goal is a direction.
    pub goal: Option<Interval>,
    /// What is known of each sample's fate.
    pub status: Vec<Status>,
}

/// Bounds, or the news that no run goes below the cutoff.
pub enum Found {
    /// The question is not linear in this sense.
    NotLinear,
    /// No run has an objective below the cutoff.
    NoRun,
    /// Bounds.
    Bounds(Box<Directional>),
}

/// Enclosures of the scores at one step.
#[derive(Clone, Copy)]
pub struct Scores<'a> {
    all: &'a [Interval],
    clean: &'a [Interval],
    touched: &'a [Interval],
    sides: &'a [[Option<bool>; 2]],
}

/// Enclosures of one sample's score.
#[derive(Clone, Copy, Debug)]
pub struct Score {
    /// In every run.
    pub all: Interval,
    /// In runs that leave the sample clean.
    pub clean: Interval,
    /// In runs that touch it.
    pub touched: Interval,
    /// Whether the loss is active in every run below the cutoff, with the clean and with the
    /// flipped label.
    pub sides: [Option<bool>; 2],
}

impl Directional {
    /// The bounds of a question that is linear in this sense, over the runs whose objective is at
    /// most `cutoff` (all runs if it is infinite).
    ///
    /// The attacks below a cutoff are listed one by one if the question asks for it and that can be
    /// done, else bounded in families.
    pub fn of(q: &Question, cutoff: f64, cancel: Option<&AtomicBool>) -> Found {
        let (flips, linear_goal) = match LinearFlips::new(q) {
            Ok(flips) => (flips, true),
            // The scores do not depend on the goal: ask for a direction instead.
            Err(_) => {
                let scores = Question { goal: Goal::Direction(Vec::new()), ..q.clone() };
                match LinearFlips::new(&scores) {
                    Ok(flips) => (flips, false),
                    Err(_) => return Found::NotLinear,
                }
            }
        };
        let status = flips.free();
        let samples = flips.samples;
        if linear_goal && cutoff.is_finite() {
            let listed = match q.encode.cutoff {
                Cutoff::List => all_below(q, &flips, cutoff, cancel),
                Cutoff::Off | Cutoff::Families => None,
            };
            let restricted = match listed {
                Some(sets) => cutoff::restrict_to(&flips, cutoff, &sets),
                None => cutoff::restrict(&flips, cutoff),
            };
            return match restricted {
                None => Found::NoRun,
                Some(r) => Found::Bounds(Box::new(Directional {
                    goal: Some(r.pass.goal),
                    pass: r.pass,
                    sides: r.sides,
                    samples,
                    status: r.status,
                })),
            };
        }
        let Some(pass) = flips.pass(&status, flips.budget) else { return Found::NotLinear };
        let goal = linear_goal.then_some(pass.goal);
        Found::Bounds(Box::new(Directional { pass, sides: Vec::new(), samples, goal, status }))
    }

    /// Scores before step `t + 1`.
    pub fn at(&self, t: usize) -> Scores<'_> {
        let range = t * self.samples..(t + 1) * self.samples;
        Scores {
            all: &self.pass.scores[range.clone()],
            clean: &self.pass.clean[range.clone()],
            touched: &self.pass.touched[range.clone()],
            sides: self.sides.get(range).unwrap_or_default(),
        }
    }
}

impl Scores<'_> {
    /// Score of sample `i`.
    pub fn of(&self, i: usize) -> Score {
        Score {
            all: self.all[i],
            clean: self.clean[i],
            touched: self.touched[i],
            sides: self.sides.get(i).copied().unwrap_or_default(),
        }
    }
}
