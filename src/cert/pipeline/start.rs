//! The attack that a compilation starts from: a warm start for solvers, and a cutoff for bounds.
//!
//! The stored attack is part of the instance, so that opening the instance elsewhere compiles the
//! very same program.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::PipelineError;
use super::exhaust::heuristic;
use crate::cert::assemble::{TIE_TOLERANCE, no_attack};
use crate::cert::attack_file::AttackFile;
use crate::cert::certificate::{FileRecord, FileRole};
use crate::cert::store;
use crate::cert::words;
use crate::encode::Program;
use crate::encode::poison::ValueMap;
use crate::question::{Attack, Cutoff, Goal, Question, membership};
use crate::train;

/// The start attack in an instance directory.
pub const FILE_NAME: &str = "start.json";

/// Largest violation of a start point: the tolerance that solvers have by default.
const FEASIBLE: f64 = 1e-6;

/// A replayed attack to start from.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// The attack.
    pub attack: Attack,
    /// Its replayed value.
    pub value: f64,
}

/// Looks for a start by replay; always the same one for the same question. `None` if nothing is
/// worse for the defender than the unchanged data, or if none is wanted and no cutoff needs one.
/// Once `stop` is raised, the search ends with what it has, which is then no start to compile from.
///
/// # Errors
/// When training cannot be replayed.
pub fn find(
    question: &Question,
    wanted: bool,
    stop: &AtomicBool,
) -> Result<Option<Start>, PipelineError> {
    if !wanted && question.encode.cutoff == Cutoff::Off {
        return Ok(None);
    }
    let clean = train::replay(question, &no_attack(question), TIE_TOLERANCE)?.value;
    let Some(attack) = heuristic(question, stop)? else { return Ok(None) };
    let value = train::replay(question, &attack, TIE_TOLERANCE)?.value;
    let better = words::direction(&question.goal).worse(value, clean) && value.is_finite();
    Ok(better.then_some(Start { attack, value }))
}

/// Stores a start in an instance directory.
///
/// # Errors
/// When it cannot be written.
pub fn write(dir: &Path, question: &Question, start: &Start) -> Result<FileRecord, PipelineError> {
    store::write_json(&dir.join(FILE_NAME), &AttackFile::new(question, &start.attack))?;
    Ok(store::record(dir, FileRole::Start, FILE_NAME)?)
}

/// Reads the start of an instance directory: an attack that the threat allows, replayed again.
///
/// # Errors
/// When it is not one.
pub fn read(dir: &Path, question: &Question) -> Result<Start, PipelineError> {
    let file: AttackFile = store::read_json(&dir.join(FILE_NAME), "start attack")?;
    let attack = file.attack(question).map_err(PipelineError::BadAttack)?;
    membership::check(question, &attack)
        .map_err(|e| PipelineError::BadAttack(format!("the threat does not allow it: {e}")))?;
    let value = train::replay(question, &attack, TIE_TOLERANCE)?.value;
    Ok(Start { attack, value })
}

/// The point of the program that a start determines; `None` where the program leaves it out, as a
/// tie band may.
#[must_use]
pub fn point(question: &Question, program: &Program, start: &Start) -> Option<Vec<f64>> {
    let point = program.start(question, &start.attack);
    (program.model.violation(&point).amount <= FEASIBLE).then_some(point)
}

/// The cutoff that a start gives: the objective of its replayed value, where that is one to one
/// and the question asks for it.
#[must_use]
pub fn cutoff(question: &Question, start: Option<&Start>) -> Option<f64> {
    if question.encode.cutoff == Cutoff::Off {
        return None;
    }
    objective(&question.goal, start?.value)
}

/// The objective value of a goal's value, where it is one to one.
fn objective(goal: &Goal, value: f64) -> Option<f64> {
    let map = match goal {
        Goal::Margin(_) | Goal::Backdoor { .. } => ValueMap::AsIs,
        Goal::Direction(_) | Goal::TestLoss(_) => ValueMap::Negated,
        Goal::Errors(_) | Goal::SmallestBudget(_) | Goal::SquaredError(_) => return None,
    };
    let objective = match map {
        ValueMap::AsIs => value,
        ValueMap::Negated | ValueMap::SquareOfNegated => -value,
    };
    objective.is_finite().then_some(objective)
}
