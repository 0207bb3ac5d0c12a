//! Looking for the answer: the interval pass, search by replay, exhaustive replay, solvers.

mod choose;
mod driver;
mod enumerate;
pub(in crate::cert) mod runner;

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::{Job, Listener, News, PipelineError};
use crate::cert::answer::{self, Answer, Finder, Moment, StatedBound};
use crate::cert::assemble::{TIE_TOLERANCE, no_attack};
use crate::cert::attack_file::{self, AttackFile};
use crate::cert::certificate::{self, BoundSource, Direction, Verdict};
use crate::cert::store;
use crate::cert::verdict::{Evidence, gap, judge};
use crate::cert::words;
use crate::front::spec::SolverChoice;
use crate::question::{Attack, Question};
use crate::solve::Limits;
use crate::train;

pub use choose::{Plan, choose, named, solvers_for};
pub use driver::{SOLUTION_FILE, goal_bound};
pub(super) use driver::{take_bound, take_point, take_solution};
pub use enumerate::enumerate;
pub(super) use enumerate::{exhaustive, take_exhausted};
pub use runner::model_names;
pub(super) use runner::{Who, full_name, names};

/// How the answer is looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct SolveChoice {
    /// Who solves.
    pub solver: SolverChoice,
    /// Wall-clock limit in seconds.
    pub time_limit: Option<f64>,
    /// Relative gap at which a solver may stop.
    pub gap: f64,
    /// Threads of a solver.
    pub threads: Option<u32>,
    /// Whether to stop as soon as the claim is decided, rather than go on for the exact value.
    pub decide: bool,
}

impl SolveChoice {
    /// When a solver that starts now is to stop, the search having begun at `begin`.
    pub(in crate::cert) fn limits(&self, begin: Instant) -> Limits {
        Limits {
            seconds: self.time_limit.map(|s| (s - begin.elapsed().as_secs_f64()).max(0.1)),
            relative_gap: self.gap,
            threads: self.threads,
            ..Limits::default()
        }
    }
}

/// What a search came to so far.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The strongest attack and its replayed value.
    pub attack: Option<(Attack, f64, Finder)>,
    /// The value that a solver claimed for its point, whoever found the attack.
    pub claimed: Option<f64>,
    /// The proved bound.
    pub bound: Option<StatedBound>,
    /// What there is to say when something is missing.
    pub missing: Option<String>,
    /// How the solver or the search failed, if it did.
    pub failure: Option<String>,
    /// Bound and best value over time.
    pub history: Vec<Moment>,
    /// The stored solution.
    pub solution: Option<String>,
    /// The stored log.
    pub log: Option<String>,
    /// The model file that was solved.
    pub model: Option<String>,
}

impl Found {
    /// Takes an attack if it is worse for the defender than the one at hand.
    pub fn offer(&mut self, question: &Question, attack: Attack, value: f64, finder: Finder) {
        let direction = words::direction(&question.goal);
        let better = match &self.attack {
            None => true,
            Some((_, best, _)) => direction.worse(value, *best),
        };
        if better && value.is_finite() {
            self.attack = Some((attack, value, finder));
        }
    }

    /// Takes a bound if it is stronger than the one at hand.
    pub fn prove(&mut self, direction: Direction, bound: StatedBound) {
        let stronger = match &self.bound {
            None => true,
            Some(b) => direction.worse(b.value, bound.value),
        };
        if stronger && bound.value.is_finite() {
            self.bound = Some(bound);
        }
    }

    /// Value of the best attack.
    #[must_use]
    pub fn best(&self) -> Option<f64> {
        self.attack.as_ref().map(|a| a.1)
    }
}

/// Looks for the answer and stores it in the instance directory: `answer.json`, `attack.json` and,
/// where a solver ran, its solution. An older answer is replaced.
///
/// A search that was stopped is an answer with what it has. So is one that failed, because a solver
/// is missing, refuses the program or dies: what was known before it is the answer, and
/// [`Answer::failure`] says why there is no more. Only an older answer is not given up for that.
///
/// # Errors
/// [`PipelineError`].
pub fn solve(
    job: &Job,
    choice: &SolveChoice,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<Answer, PipelineError> {
    let begin = Instant::now();
    let question = &job.spec.question;
    let direction = words::direction(&question.goal);
    let mut found = known(job)?;
    note_moment(&mut found, begin, listen);
    let first = early(question, direction, &found);
    if let (Verdict::Certified, why) = &first {
        listen(News::Note(format!("first answer, no solver: {why}")));
    }
    let agree = gap(found.bound.as_ref().map(|b| b.value), found.best(), 0.0) == Some(0.0);
    let decided = choice.decide && first.0 != Verdict::Unknown;
    // A solver that was asked for by name runs even if nothing is left to prove.
    let agree = agree && choice.solver == SolverChoice::Auto;
    if !agree && !decided {
        let mut more = found.clone();
        let searched = match choose(job, choice) {
            Ok(Plan::Enumerate) => enumerate(job, choice, &mut more, begin, listen, stop),
            Ok(Plan::Solver(solver)) => {
                driver::run(job, &solver, choice, &mut more, begin, listen, stop)
            }
            // What the interval pass and the search by replay know is an answer too.
            Err(PipelineError::NoSolver(why)) if choice.solver == SolverChoice::Auto => {
                listen(News::Note(why.clone()));
                more.missing = Some(why);
                Ok(())
            }
            Err(e) => Err(e),
        };
        match searched {
            Ok(()) => found = more,
            Err(e) if !e.is_of_search() => return Err(e),
            Err(e) if job.instance.dir.join(answer::FILE_NAME).exists() => {
                let dir = job.instance.dir.clone();
                return Err(PipelineError::Unsolved { why: e.to_string(), dir });
            }
            Err(e) => {
                found.failure = Some(e.to_string());
            }
        }
    }
    note_moment(&mut found, begin, listen);
    store_answer(job, found, begin.elapsed().as_secs_f64())
}

/// What is known before any solver runs: the clean run, the start attack, the interval bound.
///
/// # Errors
/// When training cannot be replayed.
pub(super) fn known(job: &Job) -> Result<Found, PipelineError> {
    let question = &job.spec.question;
    let mut found = Found::default();
    let clean = no_attack(question);
    let value = train::replay(question, &clean, TIE_TOLERANCE)?.value;
    found.offer(question, clean, value, Finder::Heuristic);
    if let Some(start) = &job.start {
        found.offer(question, start.attack.clone(), start.value, Finder::Heuristic);
    }
    found.prove(words::direction(&question.goal), interval(job));
    Ok(found)
}

/// The bound of the interval pass, which needs no solver; it may be infinite.
#[must_use]
pub fn interval(job: &Job) -> StatedBound {
    StatedBound {
        value: job.program.interval_bound(),
        objective: Some(job.program.interval.lo).filter(|v| v.is_finite()),
        slack: 0.0,
        from: BoundSource::Interval,
        solver: None,
        version: None,
        embedded: false,
        status: "complete".to_owned(),
    }
}

/// The verdict that this already gives.
fn early(question: &Question, direction: Direction, found: &Found) -> (Verdict, String) {
    judge(&Evidence {
        direction,
        claim: question.claim,
        bound: found.bound.as_ref().map(|b| b.value),
        tolerance: 0.0,
        attack: found.best(),
        most: words::most_samples(question),
    })
}

fn note_moment(found: &mut Found, begin: Instant, listen: Listener<'_>) {
    let moment = Moment {
        seconds: begin.elapsed().as_secs_f64(),
        bound: found.bound.as_ref().map(|b| b.value),
        incumbent: found.best(),
    };
    listen(News::Moment { bound: moment.bound, incumbent: moment.incumbent });
    found.history.push(moment);
}

/// The history with what was best known at each moment: a solver begins anew with its bound.
pub(super) fn best_so_far(direction: Direction, mut history: Vec<Moment>) -> Vec<Moment> {
    history.retain(|m| m.seconds.is_finite());
    let (mut bound, mut incumbent) = (None, None);
    for m in &mut history {
        let stronger = |b: &f64| b.is_finite() && bound.is_none_or(|old| direction.worse(old, *b));
        bound = m.bound.filter(stronger).or(bound);
        let worse = |v: &f64| v.is_finite() && incumbent.is_none_or(|old| direction.worse(*v, old));
        incumbent = m.incumbent.filter(worse).or(incumbent);
        (m.bound, m.incumbent) = (bound, incumbent);
    }
    history
}

/// Writes the files of an answer; an older certificate goes, because it no longer fits.
pub(super) fn store_answer(job: &Job, found: Found, seconds: f64) -> Result<Answer, PipelineError> {
    store_answer_in((&job.instance.dir, &job.spec.question), (found, None), seconds)
}

/// The same in any directory, with the name of a proof that lies there.
pub(in crate::cert) fn store_answer_in(
    (dir, question): (&Path, &Question),
    (found, proof): (Found, Option<String>),
    seconds: f64,
) -> Result<Answer, PipelineError> {
    let history = best_so_far(words::direction(&question.goal), found.history);
    let answer = Answer {
        schema: answer::SCHEMA,
        theriac: env!("CARGO_PKG_VERSION").to_owned(),
        bound: found.bound,
        missing: found.missing,
        failure: found.failure,
        claimed: found.claimed,
        finder: found.attack.as_ref().map(|a| a.2),
        solution: found.solution,
        log: found.log,
        model: found.model,
        parts: Vec::new(),
        proof,
        seconds,
        history,
    };
    let attack = found.attack.as_ref().map(|(attack, _, _)| AttackFile::new(question, attack));
    let is = |name: &str, bytes: Option<Vec<u8>>| store::read(&dir.join(name)).ok() == bytes;
    let same_attack = is(attack_file::FILE_NAME, attack.as_ref().and_then(|a| store::json(a).ok()));
    let is_answer = |bytes| is(answer::FILE_NAME, Some(bytes));
    if same_attack && store::json(&answer).is_ok_and(is_answer) {
        // The same answer again: what was certified stays certified.
        return Ok(answer);
    }
    for old in [certificate::FILE_NAME, answer::FILE_NAME, attack_file::FILE_NAME] {
        let path = dir.join(old);
        if path.exists() {
            std::fs::remove_file(&path)
                .map_err(|source| store::StoreError::Write { path, source })?;
        }
    }
    if let Some(attack) = &attack {
        attack.write(dir)?;
    }
    store::write_json(&dir.join(answer::FILE_NAME), &answer)?;
    Ok(answer)
}
