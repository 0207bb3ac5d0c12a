//! From the stored answer, or from a solution brought along, to the certificate.

use std::path::Path;

use super::carried::{Carried, examine};
use super::solve::{Found, interval, known, store_answer, take_bound, take_point};
use super::{Job, PipelineError};
use crate::cert::answer::{self, Answer};
use crate::cert::assemble::{Assembled, Grounds, assemble};
use crate::cert::attack_file::AttackFile;
use crate::cert::certificate;
use crate::cert::store;
use crate::question::Attack;
use crate::sol::{self, Solution, Values};

/// Judges the stored answer and writes `certificate.json`.
///
/// # Errors
/// [`PipelineError`].
pub fn certify(job: &Job) -> Result<Assembled, PipelineError> {
    let dir = &job.instance.dir;
    let question = &job.spec.question;
    if !dir.join(answer::FILE_NAME).exists() {
        return Err(PipelineError::NotSolved { dir: dir.clone() });
    }
    let answer = job.instance.answer()?;
    let attack = stored_attack(job, &answer)?;
    let files = job.instance.grounds(&answer)?;
    let interval = interval(job);
    let attack = attack.as_ref();
    let grounds = Grounds { question, answer: &answer, interval: Some(&interval), attack, files };
    let assembled = assemble(&grounds)?;
    store::write_json(&dir.join(certificate::FILE_NAME), &assembled.certificate)?;
    Ok(assembled)
}

fn stored_attack(job: &Job, answer: &Answer) -> Result<Option<Attack>, PipelineError> {
    if answer.finder.is_none() {
        return Ok(None);
    }
    let file = AttackFile::read(&job.instance.dir)?;
    let attack = file.attack(&job.spec.question).map_err(PipelineError::BadAttack)?;
    Ok(Some(attack))
}

/// Takes a solver's solution file (and its log, where most solvers state the dual bound) into the
/// instance as its answer, judges it, and writes `certificate.json`.
///
/// # Errors
/// [`PipelineError`]; the instance is then as it was.
pub fn certify_solution(
    job: &Job,
    solution: &Path,
    solver_log: Option<&Path>,
) -> Result<Assembled, PipelineError> {
    let copy = sol::contents(solution)?;
    let read = sol::parse(&solution.display().to_string(), &copy)?;
    if let Values::Partial(_) = read.values {
        return Err(PipelineError::StartFile { path: solution.to_owned() });
    }
    if read.has_point() && read.digits < Solution::LEAST_DIGITS {
        return Err(PipelineError::Coarse { digits: read.digits });
    }
    let mut found = known(job)?;
    let log_bytes = solver_log.map(store::read_unpacked).transpose()?;
    let text = log_bytes.as_deref().map(String::from_utf8_lossy);
    let carried = examine(job.part(), read, text.as_deref())?;
    take_carried(job, carried, &mut found)?;
    let dir = &job.instance.dir;
    store::write(&dir.join(SOLUTION_COPY), &copy)?;
    found.solution = Some(SOLUTION_COPY.to_owned());
    if let Some(bytes) = log_bytes {
        store::write(&dir.join(LOG_COPY), &bytes)?;
        found.log = Some(LOG_COPY.to_owned());
    }
    store_answer(job, found, 0.0)?;
    certify(job)
}

/// Takes over bound and point of a carried answer.
pub(super) fn take_carried(
    job: &Job,
    carried: Carried,
    found: &mut Found,
) -> Result<(), PipelineError> {
    let Carried { solution: read, slack, point, unproved } = carried;
    let who = read.solver.clone().unwrap_or_else(|| "unnamed solver".to_owned());
    match unproved {
        Some(why) => found.missing = Some(why),
        None => take_bound(job, &read, slack, (who, None, false), found),
    }
    if let Some((x, model)) = point {
        found.model = Some(model);
        take_point(job, &x, read.objective, found)?;
    }
    Ok(())
}

/// The copy of a solution that was brought along.
pub const SOLUTION_COPY: &str = "solution.sol";
/// The copy of a log that was brought along.
pub const LOG_COPY: &str = "solver.log";
