//! Bounds of every step, and a search for an attack.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::Job;
use super::record::{REACH_FILE, ReachFile, tally};
use crate::bounds::Interval;
use crate::bounds::training::{Reached, StepReport, Until, reached};
use crate::cert::answer::{Answer, Finder, Moment, StatedBound};
use crate::cert::assemble::{TIE_TOLERANCE, no_attack};
use crate::cert::certificate::BoundSource;
use crate::cert::pipeline::solve::{Found, SolveChoice, store_answer_in};
use crate::cert::pipeline::{Listener, News, PipelineError};
use crate::cert::report::short;
use crate::cert::{store, words};
use crate::question::reach::Reaching;
use crate::search::{SearchOptions, find_attack};
use crate::train;

/// Steps that are bounded at the same time as the work is not stopped; a time limit leaves a quarter
/// of itself to the search for an attack.
const BOUNDING: f64 = 0.75;

/// Bounds every step and looks for an attack; stores both: `reach.json`, `answer.json`, `attack.json`.
/// What is stopped is an answer with what it has.
///
/// # Errors
/// [`PipelineError`].
pub fn solve(
    job: &Job,
    choice: &SolveChoice,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<Answer, PipelineError> {
    search(job, choice, listen, stop)?;
    Ok(job.instance.answer()?)
}

/// The same; returns the bounds.
pub(super) fn search(
    job: &Job,
    choice: &SolveChoice,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<Reached, PipelineError> {
    let begin = Instant::now();
    let reaching = &job.spec.question;
    let question = &reaching.question;
    let steps = question.training.steps();
    let end = choice.time_limit.map(|s| begin + Duration::from_secs_f64((s * BOUNDING).min(1e9)));
    let threads = choice.threads.map_or_else(crate::back::threads, |t| t as usize);
    let mut told = |step: usize, report: Option<&StepReport>, all: &[Interval]| {
        let mean = all.iter().map(|i| i.width()).sum::<f64>() / all.len().max(1) as f64;
        let what = match report {
            Some(r) => format!("{} of {} switches undecided", r.undecided, r.switches),
            None => "intervals alone".to_owned(),
        };
        listen(News::Note(format!(
            "step {} of {steps}: mean width {}, {what}",
            step + 1,
            short(mean)
        )));
    };
    let found = reached(reaching, threads, Until::Stopped(stop, end), &mut told)?;
    let mut out = Found::default();
    out.prove(words::direction(&question.goal), bound(reaching, &found));
    let clean = no_attack(question);
    let value = train::replay(question, &clean, TIE_TOLERANCE)?.value;
    out.offer(question, clean, value, Finder::Heuristic);
    let mut options = SearchOptions { cancel: Some(stop), ..SearchOptions::default() };
    options.replay_limit = reaching.approach.replays.unwrap_or(options.replay_limit);
    if options.replay_limit > 0 {
        let (attack, _) = find_attack(question, &options)?;
        let value = train::replay(question, &attack, TIE_TOLERANCE)?.value;
        out.offer(question, attack, value, Finder::Heuristic);
    }
    out.missing = missing(reaching, &found, stop.load(Ordering::Relaxed));
    let seconds = begin.elapsed().as_secs_f64();
    let moment =
        Moment { seconds, bound: out.bound.as_ref().map(|b| b.value), incumbent: out.best() };
    listen(News::Moment { bound: moment.bound, incumbent: moment.incumbent });
    out.history.push(moment);
    let dir = &job.instance.dir;
    store::write_json(&dir.join(REACH_FILE), &ReachFile::new(reaching, &found))?;
    store_answer_in((dir, question), (out, Some(REACH_FILE.to_owned())), seconds)?;
    Ok(found)
}

/// Why steps are bounded by intervals alone, if some are.
fn missing(reaching: &Reaching, found: &Reached, stopped: bool) -> Option<String> {
    let steps = reaching.question.training.steps();
    let done = found.reports.len();
    match found.unsaid {
        _ if !reaching.approach.linear => None,
        Some(why) => Some(format!(
            "training with {why} is bounded by intervals alone, because no relaxation says it"
        )),
        None if done == steps && found.answered => None,
        None => {
            let why = if stopped { "it was stopped" } else { "the time was over" };
            Some(format!(
                "{why} after {done} of {steps} steps; the others are bounded by intervals"
            ))
        }
    }
}

/// The largest number of errors that is left open: points that are not certified.
pub(super) fn bound(reaching: &Reaching, found: &Reached) -> StatedBound {
    let own = tally(reaching, &found.own);
    StatedBound {
        value: (own.wrong + own.abstains) as f64,
        objective: None,
        slack: 0.0,
        from: match found.reports.as_slice() {
            [] => BoundSource::Interval,
            [_, ..] => BoundSource::Relaxation,
        },
        solver: None,
        version: None,
        embedded: false,
        status: "complete".to_owned(),
    }
}
