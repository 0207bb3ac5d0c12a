//! An answer that was carried here from another machine, before anything is made of it.
//!
//! A solution names the model that it comes from by one column, the [`crate::ir::fingerprint`]. A
//! log names nothing. So these are compared: the fingerprint, the point with every row of the
//! model, the sizes that the log states with those of the model file, and the log's final value
//! with the solution's. What differs is refused; a log that states no sizes, or not the value of
//! the solution that it came with, proves no bound.

use super::certify::match_model;
use super::{Job, PipelineError};
use crate::ir::Model;
use crate::ir::point::ViolatedAt;
use crate::lower::{Target, legalise};
use crate::sol::log::{self, LogKind, LogSummary, Sizes};
use crate::sol::{Solution, Status};

/// Relative violation of a row that no solver's tolerance explains.
const VIOLATION: f64 = 1e-4;

/// Relative difference of the log's final value and the solution's that is still the same answer.
const SAME_VALUE: f64 = 1e-6;

/// A carried answer after all comparisons.
#[derive(Clone, Debug)]
pub struct Carried {
    /// The solution, completed by the log.
    pub solution: Solution,
    /// How far the true dual bound may lie from the one that the log prints.
    pub slack: f64,
    /// The point in the program's columns, and the model file that it belongs to.
    pub point: Option<(Vec<f64>, String)>,
    /// Why no bound may be taken from the answer, if none may.
    pub unproved: Option<String>,
}

/// Compares a solution and the log that came with it with the instance.
///
/// # Errors
/// [`PipelineError::Foreign`] and [`PipelineError::Log`] when they do not belong to it.
pub fn examine(
    job: &Job,
    mut solution: Solution,
    text: Option<&str>,
) -> Result<Carried, PipelineError> {
    let mut point = None;
    let mut value = solution.objective;
    if solution.has_point() {
        let (x, record) = match_model(job, &solution)?;
        if let Some(target) = Target::from_name(&record.target) {
            let lowered = legalise(&job.program.model, target)?;
            feasible(&lowered.model, &x)?;
            value = value.or(Some(lowered.model.objective_at(&x)));
        }
        point = Some((x, record.model.path.clone()));
    }
    let Some(text) = text else {
        let unproved = point.is_none().then(|| {
            "the answer has neither a point nor a log, so that nothing shows that it belongs to \
             this model; give the log with --log"
                .to_owned()
        });
        let slack = solution.bound_slack;
        return Ok(Carried { solution, slack, point, unproved });
    };
    let summary = one_run(text)?;
    let mut unproved = match &summary.sizes {
        Some(sizes) => {
            same_sizes(job, sizes)?;
            None
        }
        None => Some(
            "the log does not state how many rows and columns the solver read, so that nothing \
             shows that its bound belongs to this model; give the whole log"
                .to_owned(),
        ),
    };
    match (value, summary.primal) {
        (Some(stated), Some(logged))
            if (stated - logged).abs() > SAME_VALUE * (1.0 + stated.abs()) =>
        {
            return Err(PipelineError::Log(format!(
                "the log ends with the objective {logged} and the solution has {stated}; give the \
                 log of the run that wrote the solution"
            )));
        }
        (None, Some(logged)) if point.is_none() => {
            return Err(PipelineError::Log(format!(
                "the log ends with a solution of objective {logged}, and the solution file holds \
                 no point; give the solution that this run wrote"
            )));
        }
        (Some(_), None) if solution.dual_bound.is_none() => {
            unproved.get_or_insert(
                "the log states no objective of a solution, so that nothing shows that it is the \
                 log of the run that wrote the solution; give the whole log of that run"
                    .to_owned(),
            );
        }
        (Some(_) | None, Some(_) | None) => {}
    }
    let slack = complete(&mut solution, &summary);
    Ok(Carried { solution, slack, point, unproved })
}

/// The point must satisfy the model: the names alone do not say that it belongs to it.
fn feasible(model: &Model, x: &[f64]) -> Result<(), PipelineError> {
    let worst = model.violation(x);
    let at = |j: usize| x.get(j).copied().unwrap_or(0.0).abs();
    let (scale, place) = match worst.place {
        ViolatedAt::Nowhere => return Ok(()),
        ViolatedAt::Variable(v) => (at(v.index()), crate::ir::names::describe_var(model, v)),
        ViolatedAt::Row(r) => {
            let row = model.rows.get(r);
            let linear = row.cols.iter().zip(row.vals).map(|(v, a)| (a * at(v.index())).abs());
            (linear.fold(row.rhs.abs(), f64::max), crate::ir::names::describe_row(model, r))
        }
        ViolatedAt::Sos1(k) => (0.0, format!("special ordered set {k}")),
    };
    if worst.amount <= VIOLATION * (1.0 + scale) {
        return Ok(());
    }
    Err(PipelineError::OtherInstance { place, amount: worst.amount })
}

/// What the log says, which must hold one run of one solver.
fn one_run(text: &str) -> Result<LogSummary, PipelineError> {
    let kinds = LogKind::ALL;
    let mut read: Vec<(LogKind, LogSummary)> = kinds
        .into_iter()
        .map(|k| (k, log::read(k, text)))
        .filter(|(k, s)| s.runs > 0 && (!k.needs_header() || s.solver.is_some()))
        .collect();
    // Their sentences look like those of other solvers; their headers do not.
    if read.iter().any(|(k, _)| k.needs_header()) {
        read.retain(|(_, s)| s.solver.is_some());
    }
    let mut known: Vec<LogSummary> = read.into_iter().map(|(_, s)| s).collect();
    let runs: usize = known.iter().map(|s| s.runs).sum();
    if runs > 1 {
        return Err(PipelineError::Log(format!(
            "the log holds {runs} runs (solvers append to an existing log), and nothing says which \
             one wrote the solution; give the log of that run alone"
        )));
    }
    Ok(known.pop().unwrap_or_default())
}

/// The sizes that the log states must be those of one of the instance's model files.
fn same_sizes(job: &Job, stated: &Sizes) -> Result<(), PipelineError> {
    let mut first = None;
    for record in &job.instance.manifest.targets {
        let Some(target) = Target::from_name(&record.target) else { continue };
        let lowered = legalise(&job.program.model, target)?;
        let found = Sizes::of(&lowered.model, stated.kind);
        if stated.fits(&lowered.model) {
            return Ok(());
        }
        first.get_or_insert((record.model.path.clone(), found));
    }
    let Some((path, own)) = first else { return Ok(()) };
    Err(PipelineError::Log(format!(
        "the log is of a model with {stated}, but {path} has {own}; give the log of this instance"
    )))
}

/// Completes a solution by what the log says; returns the slack of the printed dual bound. Status
/// and bound come from the log where the file leaves them open.
fn complete(solution: &mut Solution, summary: &LogSummary) -> f64 {
    if solution.solver.is_none() {
        solution.solver.clone_from(&summary.solver);
    }
    if let (Status::Unknown(_), Some(status)) = (&solution.status, &summary.status) {
        solution.status = status.clone();
    }
    match (solution.dual_bound, summary.dual_bound) {
        (None, Some(printed)) if summary.status.is_some() => {
            solution.dual_bound = Some(printed.value);
            printed.slack
        }
        _ => solution.bound_slack,
    }
}
