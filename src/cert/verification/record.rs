//! A replayed input as certificates and instances store it.

use crate::cert::answer::Finder;
use crate::cert::attack_file::AttackFile;
use crate::cert::certificate::{AttackRecord, OutputsRecord};
use crate::cert::pipeline::PipelineError;
use crate::network::graph::eval::EvalError;
use crate::question::verify::{Case, Judge, Replay, Subject, Verification, Whole};

/// An input with its replay and the set that it lies in.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Which of [`Verification::cases`].
    pub case: usize,
    /// Its replay there.
    pub replay: Replay,
}

impl Found {
    /// The margin in double precision.
    #[must_use]
    pub fn value(&self, question: &Verification) -> f64 {
        let replay = &self.replay;
        margin(question.cases.get(self.case), &replay.inputs, &replay.outputs)
    }
}

/// By how much the goal of a case fails at a point, in doubles.
pub(super) fn margin(case: Option<&Case>, x: &[f64], y: &[f64]) -> f64 {
    // Zero has no sign here.
    case.map_or(f64::INFINITY, |case| 0.0 - case.goal.margin(x, y))
}

/// Replays an input through the graph: the first case that it attacks, or else the one that it comes
/// nearest to among those that it lies in.
///
/// # Errors
/// [`EvalError::Length`] where the input does not fit the graph.
pub fn replay(question: &Verification, x: &[f64]) -> Result<Option<Found>, EvalError> {
    let mut best: Option<(f64, Found)> = None;
    for (case, set) in question.cases.iter().enumerate() {
        // Cheap, and leaves few of thousands of boxes.
        let outside = |(v, range): (&f64, &crate::bounds::Interval)| !range.contains(*v);
        if x.len() == set.outer.len() && x.iter().zip(&set.outer).any(outside) {
            continue;
        }
        let found = Found { case, replay: set.replay(&question.graph, x)? };
        if found.replay.is_attack() {
            return Ok(Some(found));
        }
        let value = found.value(question);
        if best.as_ref().is_none_or(|(least, _)| value < *least) {
            best = Some((value, found));
        }
    }
    Ok(best.map(|b| b.1))
}

/// Whether the replay of an input breaks the property.
///
/// # Errors
/// [`PipelineError::BadAttack`] where the input does not fit the graph.
pub fn is_attack(question: &Verification, x: &[f64]) -> Result<bool, PipelineError> {
    let found = replay(question, x).map_err(|e| PipelineError::BadAttack(e.to_string()))?;
    Ok(found.is_some_and(|f| f.replay.is_attack()))
}

/// The stored form of an input.
#[must_use]
pub fn file(x: &[f64]) -> AttackFile {
    AttackFile { choices: Vec::new(), test_input: Some(x.to_vec()) }
}

/// The margin at the point that a question of robustness is about, if its inputs are doubles.
fn at_point(question: &Verification) -> Option<f64> {
    let Subject::Robust { around, .. } = &question.subject else { return None };
    let x: Vec<f64> = around.center.iter().map(|c| c.hi).collect();
    let y = question.graph.eval(&x, crate::network::graph::Rounding::Double).ok()?;
    Some(margin(question.cases.first(), &x, &y)).filter(|v| v.is_finite())
}

/// How many neurons of a binarised network take the sign of 0 where that has a third value.
fn ties(question: &Verification, case: &Case, x: &[f64]) -> usize {
    if question.approach.binarised.is_none() {
        return 0;
    }
    let Ok(whole) = Whole::new(&question.graph, case) else { return 0 };
    whole.network.evaluate(&whole.steps(x)).ties.len()
}

/// What a certificate says of a replayed input. None where its margin is not a number.
#[must_use]
pub fn attack(
    question: &Verification,
    found: &Found,
    (finder, claimed): (Finder, Option<f64>),
) -> Option<AttackRecord> {
    let replay = &found.replay;
    let value = found.value(question);
    let case = question.cases.get(found.case)?;
    let single: Vec<f64> = replay.inputs.iter().map(|v| f64::from(*v as f32)).collect();
    let single_value = margin(Some(case), &single, &replay.single_outputs);
    let finite = |list: &[f64]| list.iter().all(|v| v.is_finite());
    if !value.is_finite() || !single_value.is_finite() || !finite(&replay.outputs) {
        return None;
    }
    let moved = match &question.subject {
        Subject::Robust { around, .. } => {
            let pairs = replay.inputs.iter().zip(&around.center);
            pairs.filter(|(v, c)| !c.contains(**v)).count()
        }
        Subject::Property { .. } => 0,
    };
    Some(AttackRecord {
        value,
        claimed,
        difference: claimed.map(|c| c - value),
        clean: at_point(question),
        finder,
        ties: ties(question, case, &replay.inputs),
        changed: moved,
        choices: Vec::new(),
        test_input: Some(replay.inputs.clone()),
        outputs: Some(OutputsRecord {
            case: found.case,
            double: replay.outputs.clone(),
            single: replay.single_outputs.clone(),
            single_value,
            agreed: replay.agreed(),
            judge: match replay.judge {
                Judge::Enclosure => "enclosure",
                Judge::Exact => "exact",
            }
            .to_owned(),
        }),
    })
}
