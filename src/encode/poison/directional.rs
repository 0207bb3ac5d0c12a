//! Directional bounds (`bounds::flips`) in the shape that the encoder asks for.

use crate::bounds::Interval;
use crate::bounds::flips::{LinearFlips, Pass};
use crate::question::{Goal, Question};

/// Enclosures of every training score of a linear question, whole run at once.
pub struct Directional {
    pass: Pass,
    samples: usize,
    /// Encloses the objective, if the goal is a direction.
    pub goal: Option<Interval>,
}

/// Enclosures of the scores at one step.
#[derive(Clone, Copy)]
pub struct Scores<'a> {
    all: &'a [Interval],
    clean: &'a [Interval],
    touched: &'a [Interval],
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
}

impl Directional {
    /// The bounds of a question that is linear in this sense; `None` for any other.
    pub fn of(q: &Question) -> Option<Self> {
        let (flips, linear_goal) = match LinearFlips::new(q) {
            Ok(flips) => (flips, true),
            // The scores do not depend on the goal: ask for a direction instead.
            Err(_) => {
                let scores = Question { goal: Goal::Direction(Vec::new()), ..q.clone() };
                (LinearFlips::new(&scores).ok()?, false)
            }
        };
        let pass = flips.pass(&flips.free(), flips.budget)?;
        let goal = linear_goal.then_some(pass.goal);
        Some(Directional { pass, samples: flips.samples, goal })
    }

    /// Scores before step `t + 1`.
    pub fn at(&self, t: usize) -> Scores<'_> {
        let range = t * self.samples..(t + 1) * self.samples;
        Scores {
            all: &self.pass.scores[range.clone()],
            clean: &self.pass.clean[range.clone()],
            touched: &self.pass.touched[range],
        }
    }
}

impl Scores<'_> {
    /// Score of sample `i`.
    pub fn of(&self, i: usize) -> Score {
        Score { all: self.all[i], clean: self.clean[i], touched: self.touched[i] }
    }
}
