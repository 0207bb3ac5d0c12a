//! To which model file of an instance an answer belongs.

use super::PipelineError;
use super::carried::feasible;
use super::emit::names_of;
use super::part::Part;
use super::solve::model_names;
use crate::back::lp;
use crate::cert::instance::manifest::TargetRecord;
use crate::front::printable::number;
use crate::ir::fingerprint;
use crate::lower::{Format, Lowered, Target, legalise};
use crate::sol::assign::confirm_number;
use crate::sol::sense::minimised;
use crate::sol::{AssignError, Solution, Values, assign, confirm_fingerprint, confirm_objective};

/// Relative difference of the log's final value and the solution's that is still the same answer.
const SAME_VALUE: f64 = 1e-6;

/// A model file that an answer fits.
#[derive(Clone, Debug)]
pub struct Match<'a> {
    /// The point in the columns of the program.
    pub x: Vec<f64>,
    /// The file.
    pub record: &'a TargetRecord,
    /// Its model.
    pub lowered: Lowered<'a>,
}

/// Every model file that a solution with a point fits, with the final value of its log where that
/// states one. Files may hold the model in either sense: values and bounds are in the file's.
///
/// # Errors
/// What does not fit, for the file that came nearest.
pub fn matches<'a>(
    part: Part<'a>,
    solution: &Solution,
    logged: Option<f64>,
) -> Result<Vec<Match<'a>>, PipelineError> {
    let mut found = Vec::new();
    let mut error: Option<PipelineError> = None;
    for record in part.targets {
        let Some(target) = Target::from_name(&record.target) else { continue };
        let lowered = legalise(part.model, target)?;
        let x = match point_of(solution, &lowered, record) {
            Ok(x) => x,
            Err(e) => {
                let rank = |e: &PipelineError| match e {
                    // A log that does not fit, then another fingerprint, say more than a name that
                    // is missing.
                    PipelineError::Log(_) => 2,
                    PipelineError::Foreign(AssignError::OtherModel { .. }) => 1,
                    _ => 0,
                };
                let e = PipelineError::Foreign(e);
                if error.as_ref().is_none_or(|old| rank(old) < rank(&e)) {
                    error = Some(e);
                }
                continue;
            }
        };
        let stated = minimised(lowered.model.objective_at(&x), record.maximises());
        let tolerance = SAME_VALUE.max(solution.printing());
        match logged {
            Some(logged) if (stated - logged).abs() > tolerance * (1.0 + stated.abs()) => {
                error = Some(PipelineError::Log(format!(
                    "the log ends with the objective {} and the solution has {}; give the log of the \
                     run that wrote the solution",
                    number(logged),
                    number(stated)
                )));
            }
            Some(_) | None => found.push(Match { x, record, lowered }),
        }
    }
    match (found.is_empty(), error) {
        (true, Some(error)) => Err(error),
        (true, None) => Err(PipelineError::NoSolver(
            "the instance was compiled without a model file".to_owned(),
        )),
        (false, _) => Ok(found),
    }
}

/// The point in the columns of the program, of a solution of this target.
///
/// Readers of LP files count columns in the order of their first mention. A file without names is
/// taken for one of theirs where the model's order does not make a point of it and theirs does:
/// with the fingerprint in its place, the objective that is stated, and no row broken.
pub(in crate::cert) fn point_of(
    solution: &Solution,
    lowered: &Lowered<'_>,
    record: &TargetRecord,
) -> Result<Vec<f64>, AssignError> {
    let model = &lowered.model;
    let own = point_in(solution, lowered, record, record.columns.as_deref());
    let lp = lowered.target.format() == Format::Lp && matches!(solution.values, Values::Indexed(_));
    let holds = |x: &Vec<f64>| feasible(model, x, solution.printing()).is_ok();
    if !lp || fingerprint::column(model).is_none() || own.as_ref().is_ok_and(holds) {
        return own;
    }
    match point_in(solution, lowered, record, Some(&lp::columns(model))) {
        Ok(x) if holds(&x) => Ok(x),
        Ok(_) | Err(_) => own,
    }
}

/// The same, with the columns of the file in this order, or in that of the model.
fn point_in(
    solution: &Solution,
    lowered: &Lowered<'_>,
    record: &TargetRecord,
    columns: Option<&[u32]>,
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
    let x = in_model_order(solution, &names, columns)?;
    confirm_fingerprint(&lowered.model, &x)?;
    let computed = lowered.model.objective_at(&x);
    let file = record.maximises() && !solution.of_model;
    confirm_objective(solution, minimised(computed, file))?;
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
