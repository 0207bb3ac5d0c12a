//! Exhaustive replay and search by replay.

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use super::super::{Job, Listener, News, PipelineError};
use super::{Found, SolveChoice};
use crate::cert::answer::{Finder, StatedBound};
use crate::cert::certificate::BoundSource;
use crate::cert::words;
use crate::question::{Attack, Question};
use crate::search::exhaustive::{self, ExhaustiveOptions};

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
    let options = ExhaustiveOptions {
        node_limit: None,
        time_limit: choice
            .time_limit
            .map(|s| Duration::from_secs_f64((s - begin.elapsed().as_secs_f64()).clamp(0.0, 1e9))),
        cancel: Some(stop),
    };
    let done = exhaustive::branch(question, &options).map_err(PipelineError::NoSolver)?;
    let status = if done.complete {
        format!("complete, {} nodes, {} replays", done.nodes, done.replays)
    } else {
        format!("stopped after {} nodes, {} replays", done.nodes, done.replays)
    };
    if !done.complete {
        found.missing = Some("the exhaustive replay was stopped before it was complete".to_owned());
    }
    found.prove(
        words::direction(&question.goal),
        StatedBound {
            value: done.bound,
            objective: None,
            slack: 0.0,
            from: BoundSource::Enumeration,
            solver: None,
            version: None,
            embedded: false,
            status,
        },
    );
    found.offer(question, done.attack, done.value, Finder::Enumeration);
    Ok(())
}

/// A good attack, found by replay, if one is found.
pub(super) fn heuristic(question: &Question, stop: &AtomicBool) -> Option<Attack> {
    let _ = (question, stop);
    None
}
