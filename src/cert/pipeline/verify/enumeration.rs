//! An exhaustive search, done again.

use std::sync::atomic::AtomicBool;

use super::super::Job;
use super::super::exhaust::{Effort, exhaust};
use super::super::solve::{Found, exhaustive, known, take_exhausted};
use super::{Notes, VerifyOptions, stored};
use crate::cert::answer::{Answer, StatedBound};
use crate::cert::assemble::REPLAY_TOLERANCE;
use crate::cert::certificate::BoundSource;
use crate::cert::words;

/// Checks an answer to which an exhaustive search contributed.
pub(super) fn check(
    job: &Job,
    answer: &Answer,
    options: VerifyOptions,
    stop: &AtomicBool,
    notes: &mut Notes,
) {
    stored::best_known(job, answer, notes);
    match answer.bound.as_ref() {
        Some(b) if b.from == BoundSource::Enumeration => {
            repeat(job, answer, b, options, stop, notes);
        }
        other => stored::interval_bound(job, other, notes),
    }
}

/// Repeats the search: wholly if asked to, else as far as a fixed amount of work goes. A part of a
/// search proves a weaker bound; that suffices where the answer states no more.
fn repeat(
    job: &Job,
    answer: &Answer,
    stated: &StatedBound,
    options: VerifyOptions,
    stop: &AtomicBool,
    notes: &mut Notes,
) {
    let plain = StatedBound { status: stated.status.clone(), ..exhaustive(stated.value) };
    notes.tell(plain == *stated, "", "the bound of an exhaustive search names a solver");
    let question = &job.spec.question;
    let done = match exhaust(question, None, options.repeat, stop) {
        Ok(done) => done,
        Err(e) => return notes.wrong(format!("the exhaustive search cannot be repeated: {e}")),
    };
    let complete = done.complete;
    let mut found = match known(job) {
        Ok(found) => found,
        Err(e) => return notes.wrong(e.to_string()),
    };
    take_exhausted(question, done, &mut found);
    let Found { bound, attack, .. } = found;
    let again = bound.map(|b| b.value);
    // Threads meet near ties in any order: a repeated search may differ by a rounding.
    let near = |a: f64, b: f64| (a - b).abs() <= REPLAY_TOLERANCE * (1.0 + b.abs());
    let direction = words::direction(&question.goal);
    let proved = again.is_some_and(|r| near(stated.value, r) || !direction.worse(r, stated.value));
    if complete && !proved {
        let again = again.map_or_else(|| "nothing".to_owned(), |r| r.to_string());
        return notes.wrong(format!(
            "the repeated exhaustive search proves {again}, and the answer states {}",
            stated.value
        ));
    }
    if !proved {
        if options.repeat == Effort::All {
            return notes.wrong("the repeated exhaustive search was stopped before its end");
        }
        let why = "the exhaustive search was not repeated (use --repeat)";
        return notes.open.push(why.to_owned());
    }
    // A search that left nothing open has one bound and one best value.
    if complete && stated.status.starts_with("complete") {
        let one_bound = again.is_some_and(|r| near(stated.value, r));
        notes.tell(one_bound, "", "the answer states a weaker bound than its complete search");
        let best = attack.map(|a| a.1);
        let one_value = match (stored::stored_value(job, answer), best) {
            (Some(a), Some(b)) => near(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        notes.tell(one_value, "", "a complete search finds another best attack");
    }
    notes.good("the exhaustive search was repeated and proves the bound");
}
