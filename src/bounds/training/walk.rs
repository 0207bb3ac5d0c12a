//! All steps of a question, one after another, with room for what others prove in between.

use super::reached::met;
use super::{
    Boxes, Reached, StepReport, Trail, TrainingError, Until, WindowOptions, budgeted, directions,
    intervals, predictions, scores, start,
};
use crate::bounds::Interval;
use crate::bounds::pass::{self, State};
use crate::question::reach::Reaching;
use crate::train::unrolled::Unsaid;

/// The boxes so far, by all methods.
#[derive(Clone, Debug)]
pub struct Walk<'a> {
    reaching: &'a Reaching,
    until: Until<'a>,
    points: Vec<Vec<f64>>,
    intervals: Option<Boxes>,
    budgeted: Option<Boxes>,
    unsaid: Option<Unsaid>,
    trail: Trail<'a>,
    reports: Vec<StepReport>,
    /// Scores by bounds alone, and whether through a window.
    scores: Option<(Vec<Interval>, bool)>,
    /// Scores as others proved them.
    proved: Option<Vec<Interval>>,
}

impl<'a> Walk<'a> {
    /// Before the first step. The methods that are compared have all their boxes already.
    ///
    /// # Errors
    /// [`TrainingError`], where neither windows nor intervals can say anything.
    pub fn new(
        reaching: &'a Reaching,
        threads: usize,
        until: Until<'a>,
    ) -> Result<Self, TrainingError> {
        let question = &reaching.question;
        let points: Vec<Vec<f64>> = reaching.points().iter().map(|p| p.input.clone()).collect();
        let begin = start(question);
        let answers = |steps: Vec<Vec<Interval>>| -> Result<Boxes, TrainingError> {
            let last = steps.last().map_or(&[][..], Vec::as_slice);
            let scores = scores(question, last, &points)?;
            Ok(Boxes { steps, scores })
        };
        let (plain, unsaid) = match intervals(question, &begin) {
            Ok(boxes) => (Some(answers(boxes)?), None),
            Err(TrainingError::Unsaid(why)) => (None, Some(why)),
            Err(e) => return Err(e),
        };
        let agt = budgeted(question, &begin).map(answers).transpose()?;
        if let (Some(why), None) = (unsaid, &agt) {
            return Err(why.into());
        }
        let (cancel, end) = match until {
            Until::Stopped(flag, end) => (Some(flag), end),
            Until::Steps(..) => (None, None),
        };
        let templates = directions(question, &reaching.approach.templates)?;
        let options = WindowOptions { window: reaching.window(), threads, cancel, until: end };
        Ok(Walk {
            reaching,
            until,
            points,
            intervals: plain,
            budgeted: agt,
            unsaid,
            trail: Trail::new(question, begin, options).with(templates),
            reports: Vec::new(),
            scores: None,
            proved: None,
        })
    }

    /// Steps that have a box.
    #[must_use]
    pub fn done(&self) -> usize {
        self.trail.boxes().len() - 1
    }

    /// The boxes and what windows hold.
    #[must_use]
    pub fn trail(&self) -> &Trail<'a> {
        &self.trail
    }

    /// The box after the last step.
    #[must_use]
    pub fn last(&self) -> &[Interval] {
        self.trail.boxes().last().map_or(&[], Vec::as_slice)
    }

    /// The box after the last step, and behind it the ranges of the templates.
    #[must_use]
    pub fn known(&self) -> Vec<Interval> {
        let ranges = self.trail.ranges().last().map_or(&[][..], Vec::as_slice);
        [self.last(), ranges].concat()
    }

    /// Whether steps are bounded through windows.
    fn windows(&self) -> bool {
        self.reaching.approach.linear && self.unsaid.is_none()
    }

    /// Bounds the next step; says what its window came to, if there is one.
    ///
    /// # Errors
    /// [`TrainingError`], where bounds contradict each other.
    pub fn advance(&mut self) -> Result<Option<StepReport>, TrainingError> {
        let question = &self.reaching.question;
        let linear = self.windows();
        let (step, trail) = (self.done(), &mut self.trail);
        // What the budget rule makes of the box that is known is never wider than what it makes of its own.
        let before =
            State { theta: trail.boxes()[step].clone(), velocity: trail.velocity().to_vec() };
        let next = pass::step(question, step, &before).map(|s| s.0);
        let chains = [&self.intervals, &self.budgeted];
        let chains = chains.into_iter().flatten().map(|b| b.steps[step + 1].as_slice());
        let mut known: Vec<&[Interval]> = chains.collect();
        known.extend(next.as_ref().map(|s| s.theta.as_slice()));
        if linear && self.reports.len() == step && !self.until.over(step) {
            let mut longer = trail.clone();
            let mut found = longer.step(&known)?;
            if found.complete && self.reaching.approach.nodes > 0 {
                found.sharpened = longer.sharpen(self.reaching.approach.nodes)?;
            }
            // What was cut off cannot be computed again.
            if found.complete && !self.until.stopped() {
                *trail = longer;
                self.reports.push(found);
                return Ok(Some(found));
            }
        }
        let velocity = next.as_ref().map(|s| s.velocity.as_slice());
        trail.skip(&known, velocity);
        Ok(None)
    }

    /// Meets what is known after the last step, as [`Walk::known`] has it, with what was proved otherwise.
    ///
    /// # Errors
    /// [`TrainingError::Apart`] if the two have nothing in common.
    pub fn narrow(&mut self, proved: &[Interval]) -> Result<(), TrainingError> {
        self.trail.narrow(proved)
    }

    /// Scores at the points by bounds alone, as [`Trail::scores`] has them.
    ///
    /// # Errors
    /// [`TrainingError`], where bounds contradict each other.
    pub fn scores(&mut self) -> Result<&[Interval], TrainingError> {
        let known = match self.scores.take() {
            Some(known) => known,
            None => self.bound_scores()?,
        };
        Ok(&self.scores.insert(known).0)
    }

    /// Takes over proved scores, which are met with those by bounds.
    pub fn answer(&mut self, proved: Vec<Interval>) {
        self.proved = Some(proved);
    }

    fn bound_scores(&self) -> Result<(Vec<Interval>, bool), TrainingError> {
        let mut found = scores(&self.reaching.question, self.last(), &self.points)?;
        let through = self.windows() && self.reports.len() == self.done() && self.until.answers();
        let mut answered = false;
        if through {
            let window = self.trail.scores(&self.points)?;
            if !self.until.stopped() {
                answered = true;
                found = met(found, &window);
            }
        }
        for other in [&self.intervals, &self.budgeted].into_iter().flatten() {
            found = met(found, &other.scores);
        }
        Ok((found, answered))
    }

    /// The answers at the points, and all that was found.
    ///
    /// # Errors
    /// [`TrainingError`], where bounds contradict each other.
    pub fn finish(mut self) -> Result<Reached, TrainingError> {
        let (bounds, answered) = match self.scores.take() {
            Some(known) => known,
            None => self.bound_scores()?,
        };
        let steps = self.trail.boxes().to_vec();
        let ranges = self.trail.ranges().to_vec();
        let templates = self.trail.templates().to_vec();
        let (scores, programs) = match self.proved {
            None => (bounds, None),
            Some(proved) => {
                let found = met(bounds.clone(), &proved);
                let outputs = self.reaching.question.network.outputs;
                let answers = |s: &[Interval]| predictions(outputs, self.points.len(), s);
                let new =
                    answers(&found).iter().zip(answers(&bounds)).filter(|(a, b)| *a != b).count();
                (found, Some(new))
            }
        };
        Ok(Reached {
            programs,
            own: Boxes { steps, scores },
            intervals: self.intervals,
            budgeted: self.budgeted,
            reports: self.reports,
            templates,
            ranges,
            answered,
            unsaid: self.unsaid,
        })
    }
}
