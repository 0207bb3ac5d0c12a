//! Exhaustive replay.

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::super::exhaust::{Effort, Exhausted, exhaust};
use super::super::{Job, Listener, News, PipelineError};
use super::{Found, SolveChoice};
use crate::cert::answer::{Finder, StatedBound};
use crate::cert::certificate::BoundSource;
use crate::cert::words;
use crate::question::Question;

/// Replays every admissible choice, or cuts it off by a sound bound.
///
/// # Errors
/// [`PipelineError::NoSolver`] when the question has another shape.
pub fn enumerate(
    job: &Job,
    choice: &SolveChoice,
    found: &mut Found,
    begin: Instant,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<(), PipelineError> {
    let question = &job.spec.question;
    listen(News::Note("exhaustive replay".to_owned()));
    let seconds = choice.time_limit.map(|s| (s - begin.elapsed().as_secs_f64()).max(0.0));
    let done = exhaust(question, seconds, Effort::All, stop).map_err(PipelineError::NoSolver)?;
    take_exhausted(question, done, found);
    Ok(())
}

/// Takes over the bound and the attack of an exhaustive replay.
pub(in super::super) fn take_exhausted(question: &Question, done: Exhausted, found: &mut Found) {
    if !done.complete {
        found.missing = Some("the exhaustive replay was stopped before it was complete".to_owned());
    }
    // A complete search without an attack: no number of allowed samples suffices.
    let value = match words::most_samples(question) {
        Some(most) if done.complete && done.bound == f64::INFINITY => most + 1.0,
        Some(_) | None => done.bound,
    };
    let bound = StatedBound { status: done.effort, ..exhaustive(value) };
    found.prove(words::direction(&question.goal), bound);
    found.offer(question, done.attack, done.value, Finder::Enumeration);
}

/// A bound by exhaustive replay; how the search ended is left open.
pub(in super::super) fn exhaustive(value: f64) -> StatedBound {
    StatedBound {
        value,
        objective: None,
        slack: 0.0,
        from: BoundSource::Enumeration,
        solver: None,
        version: None,
        embedded: false,
        status: String::new(),
    }
}
