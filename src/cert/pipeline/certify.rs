//! From the stored answer, or from a solution brought along, to the certificate.

use std::path::Path;

use super::carried::{Carried, examine};
use super::compile::names_of;
use super::solve::{Found, interval, known, model_names, store_answer, take_bound, take_point};
use super::{Job, PipelineError};
use crate::cert::answer::{self, Answer};
use crate::cert::assemble::{Assembled, Grounds, assemble};
use crate::cert::attack_file::AttackFile;
use crate::cert::certificate;
use crate::cert::instance::manifest::TargetRecord;
use crate::cert::store;
use crate::ir::fingerprint;
use crate::lower::{Lowered, Target, legalise};
use crate::question::Attack;
use crate::sol::assign::confirm_number;
use crate::sol::{
    self, AssignError, Solution, Values, assign, confirm_fingerprint, confirm_objective,
};

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
    let read = sol::read(solution)?;
    if read.has_point() && read.digits < Solution::ENOUGH_DIGITS {
        return Err(PipelineError::Coarse { digits: read.digits });
    }
    let mut found = known(job)?;
    let log_bytes = solver_log.map(store::read).transpose()?;
    let text = log_bytes.as_deref().map(String::from_utf8_lossy);
    let carried = examine(job, read, text.as_deref())?;
    take_carried(job, carried, solver_log.is_some(), &mut found)?;
    let copy = store::read(solution)?;
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
    logged: bool,
    found: &mut Found,
) -> Result<(), PipelineError> {
    let Carried { solution: read, slack, point, unproved } = carried;
    let unnamed = if logged { "unnamed solver (log without a header)" } else { "unnamed solver" };
    let who = read.solver.clone().unwrap_or_else(|| unnamed.to_owned());
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

/// The point in the columns of the program, and the model file that it belongs to.
///
/// # Errors
/// What does not fit, for the target that came nearest.
pub fn match_model<'a>(
    job: &'a Job,
    solution: &Solution,
) -> Result<(Vec<f64>, &'a TargetRecord), PipelineError> {
    let mut error = None;
    for record in &job.instance.manifest.targets {
        let Some(target) = Target::from_name(&record.target) else { continue };
        let lowered = legalise(&job.program.model, target)?;
        match point_of(solution, &lowered, record) {
            Ok(x) => return Ok((x, record)),
            Err(e) => {
                // Another fingerprint says more than a name that is missing.
                let tells = |e: &AssignError| matches!(e, AssignError::OtherModel { .. });
                if error.is_none() || tells(&e) && !error.as_ref().is_some_and(tells) {
                    error = Some(e);
                }
            }
        }
    }
    Err(error.map_or_else(
        || PipelineError::NoSolver("the instance was compiled without a model file".to_owned()),
        PipelineError::Foreign,
    ))
}

/// The point in the columns of the program, of a solution of this target.
pub(super) fn point_of(
    solution: &Solution,
    lowered: &Lowered<'_>,
    record: &TargetRecord,
) -> Result<Vec<f64>, AssignError> {
    let names = model_names(lowered, names_of(record).style());
    // A fingerprint that stands there tells more than names that do not fit.
    let column = fingerprint::column(&lowered.model);
    let name = column.and_then(|(v, _)| names.get(v.index()));
    if let (Values::Named { values, .. }, Some(name), Some((_, expected))) =
        (&solution.values, name, column)
        && let Some(found) = values.get(name)
    {
        confirm_number(name, *found, expected)?;
    }
    let x = in_model_order(solution, &names, record.columns.as_deref())?;
    confirm_fingerprint(&lowered.model, &x)?;
    confirm_objective(solution, lowered.model.objective_at(&x))?;
    Ok(x)
}

/// The values of a solution in the order of `names`: by name where it has names, else by the
/// position in a file whose columns are the model's `columns`.
pub(super) fn in_model_order(
    solution: &Solution,
    names: &[String],
    columns: Option<&[u32]>,
) -> Result<Vec<f64>, AssignError> {
    match (&solution.values, columns) {
        (Values::Indexed(_), Some(columns)) => {
            let ordered: Vec<&str> =
                columns.iter().filter_map(|c| names.get(*c as usize).map(String::as_str)).collect();
            let by_column = assign(solution, &ordered)?;
            let mut x = vec![0.0; by_column.len()];
            for (value, column) in by_column.iter().zip(columns) {
                if let Some(slot) = x.get_mut(*column as usize) {
                    *slot = *value;
                }
            }
            Ok(x)
        }
        (Values::Indexed(_) | Values::Named { .. } | Values::Partial(_) | Values::None, _) => {
            assign(solution, names)
        }
    }
}
