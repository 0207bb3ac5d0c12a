//! What a round asks: the program of a step, and the ends that bounds alone leave open.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::End;
use crate::bounds::Interval;
use crate::bounds::training::{Direction, OpenScore, TrainingError, Walk, open_scores, within};
use crate::cert::assemble::SOLVER_TOLERANCE;
use crate::cert::pipeline::PipelineError;
use crate::cert::reaching::record::names;
use crate::encode::poison::window::{Known, Score, WindowProgram, scores, window};
use crate::ir::VarId;
use crate::question::reach::{Reaching, Rounds};

/// An end that could be moved by no more than this share of its interval is not worth a solver.
const GAIN: f64 = 0.01;

/// Version of the layout of [`RoundFile`].
pub const SCHEMA: u32 = 1;

/// The program of a step.
pub struct Round {
    /// The step, counted from 1; one more than there are for the points.
    pub number: usize,
    /// The program, without an objective.
    pub program: WindowProgram,
    /// The steps that it holds, counted from 0.
    pub steps: Range<usize>,
    /// Linear functions of the parameters whose ranges stand behind the box.
    pub templates: Vec<Direction>,
    /// What bounds alone say of all that is asked for: the box after the step, or scores.
    pub known: Vec<Interval>,
    /// Which scores these are; none where they are the parameters after the step.
    pub scores: Option<Vec<OpenScore>>,
    /// The ends that are asked for.
    pub open: Vec<End>,
    /// What some point of the program attains, as far as floating-point arithmetic tells; nothing where
    /// its points may be none of the question's.
    pub attained: Option<Vec<Interval>>,
}

/// The objective of an end, without its constant.
pub struct Target {
    /// Linear terms, minimised, by ascending variable.
    pub terms: Vec<(VarId, f64)>,
    /// What is to be added to it.
    pub constant: f64,
    /// By how much the sum may be too large, because coefficients are doubles.
    pub slop: f64,
}

/// What is known before a program of these steps, and between them.
fn about<'w>(walk: &'w Walk<'_>, steps: &Range<usize>) -> Known<'w> {
    let trail = walk.trail();
    Known {
        before: &trail.boxes()[steps.start],
        velocity: &trail.velocities()[steps.start],
        after: &trail.boxes()[steps.start + 1..=steps.end],
        templates: trail.templates(),
        ranges: &trail.ranges()[steps.start],
    }
}

impl Round {
    /// The program of the step whose box is the last of `walk`. Ends that bounds alone attain are not
    /// asked for, nor those that no solver can move by more than its tolerance and [`GAIN`].
    ///
    /// # Errors
    /// The step cannot be encoded.
    pub fn of(reaching: &Reaching, rounds: Rounds, walk: &Walk<'_>) -> Result<Self, PipelineError> {
        let number = walk.done();
        let steps = rounds.steps(number);
        let (question, before) = (&reaching.question, about(walk, &steps));
        let program = window(question, steps.clone(), &before)?;
        let (known, templates) = (walk.known(), before.templates);
        // A point of the box may have none of the ranges that stand beside it.
        let apart = !templates.is_empty() && steps.start > 0;
        let climbed = (!apart)
            .then(|| within(question, steps.clone(), before.before, before.velocity, templates));
        let within = match climbed.transpose() {
            Ok(within) => within.flatten(),
            Err(TrainingError::Unsaid(_)) => None,
            Err(e) => return Err(e.into()),
        };
        let attained = walk.trail().attained();
        let open = |end: &End| {
            let Some(own) = known.get(end.parameter) else { return false };
            let of = |i: &Interval| if end.largest { i.hi } else { i.lo };
            let done = attained.get(end.parameter).is_some_and(|e| e[usize::from(end.largest)]);
            // What a solver proves is moved by its tolerance, and ends that are met already cannot move.
            let scale = SOLVER_TOLERANCE * (1.0 + of(own).abs());
            let most = within.as_ref().and_then(|w| w.get(end.parameter));
            let most = most.map_or(own.width(), |i| {
                // Below 0 where windows of bounds have told more than this program can.
                if end.largest { own.hi - i.hi } else { i.lo - own.lo }
            });
            !done && most > scale && most > GAIN * own.width()
        };
        let open = End::all(known.len()).filter(open).collect();
        Ok(Round {
            number,
            program,
            steps,
            templates: templates.to_vec(),
            known,
            scores: None,
            open,
            attained: within,
        })
    }

    /// The programs of the points that bounds leave open behind the last step: for each score that keeps a
    /// point from the answer of the network trained on unchanged data, whose scores are `clean`, the end that
    /// decides.
    ///
    /// # Errors
    /// The steps or the network cannot be encoded.
    pub fn of_points(
        reaching: &Reaching,
        walk: &mut Walk<'_>,
        clean: &[f64],
    ) -> Result<Self, PipelineError> {
        let end = reaching.question.training.steps();
        let steps = end.saturating_sub(reaching.approach.points.unwrap_or(0))..end;
        let (asked, known) = Self::open_scores(reaching, walk, clean)?;
        let score = |(s, known): (&OpenScore, &Interval)| {
            let input = reaching.points().get(s.point).map_or(&[][..], |p| p.input.as_slice());
            Score { point: s.point, input, outputs: s.outputs, known: *known }
        };
        let all: Vec<Score<'_>> = asked.iter().zip(&known).map(score).collect();
        let program = scores(&reaching.question, steps.clone(), &about(walk, &steps), &all)?;
        let open = asked.iter().enumerate();
        let open = open.map(|(k, s)| End { parameter: k, largest: s.largest }).collect();
        let (number, scores) = (end + 1, Some(asked));
        let templates = Vec::new();
        Ok(Round { number, program, steps, templates, known, scores, open, attained: None })
    }

    /// The scores that are asked for, and what is known of them.
    ///
    /// # Errors
    /// Bounds contradict each other.
    pub fn open_scores(
        reaching: &Reaching,
        walk: &mut Walk<'_>,
        clean: &[f64],
    ) -> Result<(Vec<OpenScore>, Vec<Interval>), PipelineError> {
        let all = walk.scores()?;
        let points = reaching.points().len();
        let asked = open_scores(reaching.question.network.outputs, points, all, clean);
        let known = asked.iter().map(|s| all.get(s.place).copied().unwrap_or(Interval::ALL));
        let known = known.collect();
        Ok((asked, known))
    }

    /// What an end is of, in words.
    #[must_use]
    pub fn label(&self, end: End, reaching: &Reaching) -> String {
        let Some(scores) = &self.scores else {
            let names = names(&reaching.question);
            let Some(k) = end.parameter.checked_sub(names.len()) else {
                return names.get(end.parameter).cloned().unwrap_or_default();
            };
            let name = |k: &usize| names.get(*k).map_or("", String::as_str);
            return match self.templates.get(k).map(Vec::as_slice) {
                Some([(a, 1.0), (b, -1.0)]) => format!("{} - {}", name(a), name(b)),
                Some([(a, 1.0), (b, 1.0)]) => format!("{} + {}", name(a), name(b)),
                Some(_) | None => format!("direction {k}"),
            };
        };
        let Some(score) = scores.get(end.parameter) else { return String::new() };
        let at = reaching.points().get(score.point).map_or("", |p| p.source.as_str());
        match score.outputs {
            None => format!("output at {at}"),
            Some((c, d)) => format!("output {c} less output {d} at {at}"),
        }
    }

    /// The objective of an end.
    #[must_use]
    pub fn target(&self, end: End) -> Option<Target> {
        let (objective, slop) = self.program.objective(end.parameter, end.largest)?;
        Some(Target { terms: objective.linear, constant: objective.constant, slop })
    }

    /// Whether a bound of an end, as [`Round::target`] minimises it, leaves a solver nothing that is worth
    /// its time: no more than [`GAIN`] of the interval.
    #[must_use]
    pub fn is_enough(&self, end: End, bound: f64) -> bool {
        if self.scores.is_some() {
            // The answer is that of all networks, whatever else could be proved.
            return bound > 0.0;
        }
        let of = |all: &Vec<Interval>| all.get(end.parameter).copied();
        let (Some(found), Some(known)) = (self.attained.as_ref().and_then(of), of(&self.known))
        else {
            return false;
        };
        let attained = if end.largest { -found.hi } else { found.lo };
        attained - bound <= GAIN * known.width()
    }

    /// The width of the interval that an end is of, by bounds alone.
    #[must_use]
    pub fn width(&self, end: End) -> f64 {
        self.known.get(end.parameter).map_or(f64::INFINITY, |i| i.width())
    }

    /// How many ends could be asked for.
    #[must_use]
    pub fn ends(&self) -> usize {
        match &self.scores {
            Some(scores) => scores.len(),
            None => 2 * self.known.len(),
        }
    }

    /// What bounds alone say of an end.
    #[must_use]
    pub fn end(&self, end: End) -> f64 {
        let known = self.known.get(end.parameter).copied().unwrap_or(Interval::ALL);
        if end.largest { known.hi } else { known.lo }
    }
}

/// `round.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundFile {
    /// Version of this layout.
    pub schema: u32,
    /// Version of the program that made it.
    pub theriac: String,
    /// The step that the round bounds, counted from 1; one more than there are for the points.
    pub round: usize,
    /// All rounds.
    pub rounds: usize,
    /// The first and the last step of the program, counted from 1; it holds none if the last is before the
    /// first.
    pub window: (usize, usize),
    /// MILP, MIQCP and so on, as it is written.
    pub class: String,
    /// Whether products are relaxed because the target has none.
    pub relaxed: bool,
    /// The number that names the program; see [`crate::ir::fingerprint`].
    pub fingerprint: u32,
    /// Size of the program as it is written.
    pub variables: usize,
    /// How many of them are integer or binary.
    pub integers: usize,
    /// Rows.
    pub rows: usize,
    /// Linear entries.
    pub nonzeros: usize,
    /// Quadratic terms.
    pub quadratic: usize,
    /// SHA-256 of the body.
    pub body: String,
    /// The ends that are asked for.
    pub objectives: Vec<EndRecord>,
}

/// An end that is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndRecord {
    /// Its name, and that of its files.
    pub end: String,
    /// The parameter as specifications name it, or the score in words.
    pub parameter: String,
    /// Whether its file maximises.
    pub maximises: bool,
    /// What bounds alone say.
    pub known: f64,
    /// The constant that the file's objective lacks: the value of the parameter is the objective's
    /// plus this.
    pub constant: f64,
    /// SHA-256 of the objective's file.
    pub head: String,
}
