//! Exhaustive replay and search by replay, as the pipeline uses them.

use std::sync::atomic::AtomicBool;

use super::greedy::greedy;
use crate::question::{Attack, Question};
use crate::train::ReplayError;

/// What exhaustive replay came to.
#[derive(Clone, Debug)]
pub struct Exhausted {
    /// The best attack found.
    pub attack: Attack,
    /// Its replayed value.
    pub value: f64,
    /// Proved bound on every attack.
    pub bound: f64,
    /// Whether nothing was left open.
    pub complete: bool,
    /// What was done, in words.
    pub effort: String,
}

/// Whether the question has the shape for [`exhaust`].
#[must_use]
pub fn suits(question: &Question) -> bool {
    let _ = question;
    false
}

/// Replays every admissible choice, or cuts it off by a sound bound.
///
/// # Errors
/// One sentence that says why the question does not suit.
pub fn exhaust(
    question: &Question,
    seconds: Option<f64>,
    stop: &AtomicBool,
) -> Result<Exhausted, String> {
    let _ = (question, seconds, stop);
    Err("exhaustive replay is not part of this build".to_owned())
}

/// A strong attack found by replay, if one is found. The same question gives the same attack.
///
/// # Errors
/// When training cannot be replayed.
pub fn heuristic(question: &Question) -> Result<Option<Attack>, ReplayError> {
    greedy(question)
}
