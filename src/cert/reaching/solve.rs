//! Bounds of every step, and a search for an attack.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::record::{REACH_FILE, ReachFile, tally};
use super::rounds::Concluded;
use super::{Job, rounds};
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

/// Boxes and answers, and what rounds came to, if there are some.
#[derive(Clone, Debug, PartialEq)]
pub struct Solved {
    /// Boxes and answers.
    pub reached: Reached,
    /// What rounds came to.
    pub rounds: Concluded,
}

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

/// The same; returns the bounds and what rounds came to.
pub(super) fn search(
    job: &Job,
    choice: &SolveChoice,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<Solved, PipelineError> {
    let begin = Instant::now();
    let reaching = &job.spec.question;
    let question = &reaching.question;
    let solved = match reaching.approach.rounds {
        Some(_) => {
            let (reached, rounds) = rounds::advance(job, choice, listen, stop)?;
            Solved { reached, rounds }
        }
        None => {
            let reached = bounded(reaching, choice, (begin, listen), stop)?;
            Solved { reached, rounds: Concluded::default() }
        }
    };
    let mut out = Found::default();
    out.prove(words::direction(&question.goal), bound(reaching, &solved));
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
    if reaching.approach.rounds.is_some() && stop.load(Ordering::Relaxed) {
        return Err(PipelineError::Paused { dir: job.instance.dir.clone() });
    }
    out.missing = missing(reaching, &solved, stop.load(Ordering::Relaxed));
    // Rounds may be solved on many machines and on many days: they have no clock, and the same
    // solutions give the same bytes.
    let seconds = match reaching.approach.rounds {
        Some(_) => 0.0,
        None => begin.elapsed().as_secs_f64(),
    };
    let moment =
        Moment { seconds, bound: out.bound.as_ref().map(|b| b.value), incumbent: out.best() };
    listen(News::Moment { bound: moment.bound, incumbent: moment.incumbent });
    out.history.push(moment);
    let dir = &job.instance.dir;
    store::write_json(&dir.join(REACH_FILE), &ReachFile::new(reaching, &solved))?;
    store_answer_in((dir, question), (out, Some(REACH_FILE.to_owned())), seconds)?;
    Ok(solved)
}

/// Boxes by bounds alone.
fn bounded(
    reaching: &Reaching,
    choice: &SolveChoice,
    (begin, listen): (Instant, Listener<'_>),
    stop: &AtomicBool,
) -> Result<Reached, PipelineError> {
    let steps = reaching.question.training.steps();
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
    Ok(reached(reaching, threads, Until::Stopped(stop, end), &mut told)?)
}

/// Why steps are bounded by intervals alone, if some are.
fn missing(reaching: &Reaching, solved: &Solved, stopped: bool) -> Option<String> {
    let found = &solved.reached;
    let steps = reaching.question.training.steps();
    let done = found.reports.len();
    let open = match solved.rounds.unanswered() {
        0 => None,
        n => Some(format!(
            "{n} objectives of the rounds have no bound of a solver; their ends are those of bounds \
             alone"
        )),
    };
    match found.unsaid {
        _ if !reaching.approach.linear => open,
        Some(why) => Some(format!(
            "training with {why} is bounded by intervals alone, because no relaxation says it"
        )),
        None if done == steps && found.answered => open,
        None => {
            let why = if stopped { "it was stopped" } else { "the time was over" };
            Some(format!(
                "{why} after {done} of {steps} steps; the others are bounded by intervals"
            ))
        }
    }
}

/// The largest number of errors that is left open: points that are not certified.
pub(super) fn bound(reaching: &Reaching, solved: &Solved) -> StatedBound {
    let found = &solved.reached;
    let own = tally(reaching, &found.own);
    let solvers: Vec<&str> = solved.rounds.solvers.iter().map(String::as_str).collect();
    StatedBound {
        value: (own.wrong + own.abstains) as f64,
        objective: None,
        slack: 0.0,
        from: match (solvers.is_empty(), found.reports.is_empty() && !solved.rounds.moved()) {
            (false, _) => BoundSource::Solver,
            (true, true) => BoundSource::Interval,
            (true, false) => BoundSource::Relaxation,
        },
        solver: (!solvers.is_empty()).then(|| solvers.join(", ")),
        version: None,
        embedded: false,
        status: "complete".to_owned(),
    }
}
