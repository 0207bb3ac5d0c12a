//! The embedded solver: microlp, in this process, on linear and mixed-integer linear models.
//!
//! microlp proves optimality by branch and bound in floating point but hands out no dual
//! certificate, so what it proves is labelled as an embedded solver's answer. The work is done in
//! slices of nodes and time, between which progress is told and cancelling is possible; a run that
//! stops early gives the best bound over its open nodes.
//!
//! Documented limits of microlp 0.7 that are checked here: integer bounds fit `i32`, finite bounds
//! of continuous variables stay below `2^52`, and the coefficients of a row lie within six orders
//! of magnitude (beyond that the report carries a note, beyond nine the model is refused).

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use microlp::{
    ComparisonOp, Error, OptimizationDirection, Problem, ResumeOptions, SolutionStatus,
    SolveOptions, SolveOutcome, TerminationReason, Variable,
};

use super::report::History;
use super::{Limits, Progress, SolveError, SolveReport, SolverKind};
use crate::ir::names::{describe_row, describe_var};
use crate::ir::{Model, RowView, Sense, VarId, VarKind, VarView};
use crate::sol::{Solution, Status, Values};

/// Name and version that certificates show.
pub const NAME: &str = "microlp 0.7 (embedded)";

/// Largest ratio of coefficients in a row within which microlp answers reliably.
const SPAN_SAFE: f64 = 1e6;
/// Largest ratio that is tried.
const SPAN_REFUSED: f64 = 1e9;
/// Integrality tolerance. At microlp's own 1e-6 an answer may be better than the optimum by that
/// much times the coefficients.
const INTEGRALITY: f64 = 1e-9;
/// Nodes and seconds of a slice.
const SLICE_NODES: u64 = 500;
const SLICE_SECONDS: f64 = 0.5;

/// Solves `model`, which must be linear: legalise it for the embedded target first.
///
/// Values come back by column position. `start` may leave variables out.
///
/// # Errors
/// The model has quadratic, smooth or guarded rows, special ordered sets, or numbers beyond the
/// limits above; or microlp fails. Infeasible and unbounded are answers.
pub fn solve(
    model: &Model,
    limits: &Limits,
    start: &[(VarId, f64)],
    progress: &mut dyn FnMut(Progress),
    cancel: &AtomicBool,
) -> Result<SolveReport, SolveError> {
    let begin = Instant::now();
    let (problem, columns, notes) = translate(model)?;
    let mut options = SolveOptions::default();
    options.mip_gap = limits.relative_gap;
    options.int_tol = INTEGRALITY;
    if let Some(tolerance) = limits.feasibility {
        options.tolerances.feasibility = tolerance;
        options.int_tol = tolerance;
    }
    if !start.is_empty() && problem.has_integer_vars() {
        let hint = start.iter().filter_map(|(v, x)| Some((*columns.get(v.index())?, *x)));
        options.warm_start = Some(hint.collect());
    }
    let constant = model.objective.constant;
    let mut history = History::default();
    let mut outcome: Option<SolveOutcome> = None;
    let (ended, status) = loop {
        let left = limits.seconds.map(|s| s - begin.elapsed().as_secs_f64());
        let over = left.is_some_and(|l| l <= 0.0);
        let cancelled = cancel.load(Ordering::Relaxed);
        if cancelled || over {
            let status =
                if cancelled { Status::Interrupted } else { Status::Limit("time limit".into()) };
            break (outcome, status);
        }
        let slice = Duration::from_secs_f64(left.unwrap_or(SLICE_SECONDS).min(SLICE_SECONDS));
        let answer = match outcome {
            None => {
                options.time_limit = Some(slice);
                options.node_limit = Some(SLICE_NODES);
                guarded(|| problem.solve_with(options.clone()))?
            }
            Some(before) => {
                let mut resume = ResumeOptions::default();
                resume.time_limit = Some(slice);
                resume.node_limit = Some(SLICE_NODES);
                resume.mip_gap = Some(limits.relative_gap);
                guarded(|| before.resume_with(resume))?
            }
        };
        let now = match answer {
            Ok(now) => now,
            Err(Error::Infeasible) => break (None, Status::Infeasible),
            Err(Error::Unbounded) => break (None, Status::Unbounded),
            Err(
                Error::InvalidOptions(m) | Error::InvalidOperation(m) | Error::InternalError(m),
            ) => return Err(failed(m)),
            Err(other) => return Err(failed(other.to_string())),
        };
        let stats = now.stats();
        let seconds = begin.elapsed().as_secs_f64();
        let bound = stats.best_bound.filter(|b| b.is_finite()).map(|b| b + constant);
        let incumbent = now.solution().map(|s| s.objective() + constant);
        history.push(seconds, bound, incumbent);
        progress(Progress { seconds, bound, incumbent, nodes: Some(stats.nodes_solved) });
        let reason = now.termination_reason();
        let optimal = now.is_optimal();
        let gap_met = incumbent.zip(bound).is_some_and(|(i, b)| i - b <= limits.absolute_gap);
        outcome = Some(now);
        if optimal {
            break (outcome, Status::Optimal);
        }
        if reason == TerminationReason::MipGap || (limits.absolute_gap > 0.0 && gap_met) {
            break (outcome, Status::Limit("gap limit".to_owned()));
        }
    };
    let seconds = begin.elapsed().as_secs_f64();
    let mut solution = Solution { solver: Some(NAME.to_owned()), ..Solution::pointless(status) };
    let mut nodes = None;
    if let Some(ended) = ended {
        let stats = ended.stats();
        nodes = Some(stats.nodes_solved);
        solution.dual_bound = stats.best_bound.filter(|b| b.is_finite()).map(|b| b + constant);
        if let Some(point) = ended.solution() {
            let objective = point.objective();
            solution.objective = Some(objective + constant);
            solution.values =
                Values::Indexed(columns.iter().map(|v| point.var_value(*v)).collect());
            if point.status() == SolutionStatus::Optimal {
                // The search drops nodes that are better by less than this.
                let epsilon = options.tolerances.prune_epsilon;
                let proved = objective - epsilon.max(epsilon * objective.abs());
                solution.dual_bound = Some(proved + constant);
            }
        }
    }
    history.push(seconds, solution.dual_bound, solution.objective);
    Ok(SolveReport {
        kind: SolverKind::Embedded,
        solver: NAME.to_owned(),
        solution,
        bound_slack: 0.0,
        seconds,
        nodes,
        history: history.into_vec(),
        log_tail: String::new(),
        log: String::new(),
        notes,
    })
}

/// A panic inside the solver must not take the caller along.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, SolveError> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| failed("it panicked on this model".to_owned()))
}

fn failed(message: String) -> SolveError {
    SolveError::Failed { solver: SolverKind::Embedded, message }
}

fn unsupported(what: String, advice: &'static str) -> SolveError {
    SolveError::Unsupported { solver: SolverKind::Embedded, what, advice }
}

type Translated = (Problem, Vec<Variable>, Vec<String>);

fn translate(model: &Model) -> Result<Translated, SolveError> {
    const LINEAR: &str = "take SCIP or Gurobi, which can";
    const LOWER: &str = "lower the model for the embedded target first";
    if !model.objective.quad.is_empty() || model.objective.smooth.is_some() {
        return Err(unsupported("a nonlinear objective".to_owned(), LINEAR));
    }
    if !model.sos1.is_empty() {
        return Err(unsupported("special ordered sets".to_owned(), LOWER));
    }
    let mut costs = vec![0.0; model.var_count()];
    for (v, c) in &model.objective.linear {
        if let Some(cost) = costs.get_mut(v.index()) {
            *cost = *c;
        }
    }
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let mut columns = Vec::with_capacity(model.var_count());
    for (var, cost) in model.vars.iter().zip(costs) {
        columns.push(column(&mut problem, model, &var, cost)?);
    }
    let mut notes = Vec::new();
    for row in model.rows.iter() {
        if row.guard.is_some() {
            return Err(unsupported(
                format!("the indicator {}", describe_row(model, row.id)),
                LOWER,
            ));
        }
        if !row.quad.is_empty() || row.smooth.is_some() {
            return Err(unsupported(
                format!("the nonlinear {}", describe_row(model, row.id)),
                LINEAR,
            ));
        }
        check_span(model, &row, &mut notes)?;
        let terms: Vec<(Variable, f64)> = row
            .cols
            .iter()
            .zip(row.vals)
            .filter_map(|(v, a)| Some((*columns.get(v.index())?, *a)))
            .collect();
        let relation = match row.sense {
            Sense::Le => ComparisonOp::Le,
            Sense::Ge => ComparisonOp::Ge,
            Sense::Eq => ComparisonOp::Eq,
        };
        problem.add_constraint(terms, relation, row.rhs);
    }
    Ok((problem, columns, notes))
}

fn column(
    problem: &mut Problem,
    model: &Model,
    var: &VarView,
    cost: f64,
) -> Result<Variable, SolveError> {
    const BOUNDS: &str = "give it narrower bounds, or take an external solver";
    match var.kind {
        VarKind::Continuous => {
            let huge = |b: f64| b.is_finite() && b.abs() >= 4_503_599_627_370_496.0;
            if huge(var.lower) || huge(var.upper) {
                let what = format!("bounds of 2^52 and more on {}", describe_var(model, var.id));
                return Err(unsupported(what, BOUNDS));
            }
            Ok(problem.add_var(cost, (var.lower, var.upper)))
        }
        VarKind::Integer | VarKind::Binary => {
            let (lower, upper) = (var.lower.ceil(), var.upper.floor());
            let range = f64::from(i32::MIN)..=f64::from(i32::MAX);
            if !range.contains(&lower) || !range.contains(&upper) {
                let what = format!("integers beyond 32 bits in {}", describe_var(model, var.id));
                return Err(unsupported(what, BOUNDS));
            }
            // Exact: both are integers of the range.
            Ok(problem.add_integer_var(cost, (lower as i32, upper as i32)))
        }
    }
}

fn check_span(model: &Model, row: &RowView<'_>, notes: &mut Vec<String>) -> Result<(), SolveError> {
    let sizes = || row.vals.iter().map(|a| a.abs());
    let (small, large) = (sizes().fold(f64::INFINITY, f64::min), sizes().fold(0.0, f64::max));
    if large > SPAN_REFUSED * small {
        let what = format!(
            "coefficients between {small:e} and {large:e} in the {}",
            describe_row(model, row.id)
        );
        return Err(unsupported(what, "tighten the bounds it is made from, or take HiGHS or SCIP"));
    }
    if large > SPAN_SAFE * small && notes.is_empty() {
        notes.push(format!(
            "the {} has coefficients between {small:e} and {large:e}, more than the embedded \
             solver is made for",
            describe_row(model, row.id)
        ));
    }
    Ok(())
}
