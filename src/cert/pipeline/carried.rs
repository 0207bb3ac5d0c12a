//! An answer that was carried here from another machine, before anything is made of it.
//!
//! A solution names the model that it comes from by one column, the [`crate::ir::fingerprint`]. A
//! log names nothing. So these are compared: the fingerprint, the point with every row of the
//! model, the sizes that the log states with those of the model file, and the log's final value
//! with the solution's. What differs is refused; a log that states no sizes, or not the value of
//! the solution that it came with, proves no bound.

use super::PipelineError;
use super::matching::{Match, matches};
use super::part::Part;
use crate::cert::instance::manifest::TargetRecord;
use crate::front::printable::number;
use crate::ir::Model;
use crate::ir::point::ViolatedAt;
use crate::lower::{Target, legalise};
use crate::sol::log::{self, LogKind, LogSummary, Sizes};
use crate::sol::{Solution, Status};

/// Relative violation of a row that no solver's tolerance explains.
const VIOLATION: f64 = 1e-4;

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
    part: Part<'_>,
    solution: Solution,
    text: Option<&str>,
) -> Result<Carried, PipelineError> {
    let (kind, summary) = text.map(one_run).transpose()?.unzip();
    let kind = kind.flatten();
    let mut point = None;
    let mut senses = Senses::default();
    if solution.has_point() {
        let found = matches(part, &solution, summary.as_ref().and_then(|s| s.primal))?;
        found.iter().for_each(|m| senses.add(m.record));
        if let Some(Match { x, record, lowered }) = found.into_iter().next() {
            feasible(&lowered.model, &x, solution.printing())?;
            point = Some((x, record.model.path.clone()));
        }
    }
    let mut unproved = None;
    match summary.as_ref().map(|s| &s.sizes) {
        Some(Some(sizes)) => {
            let fitting = same_sizes(part, sizes)?;
            if point.is_none() {
                fitting.iter().for_each(|record| senses.add(record));
            }
        }
        Some(None) => unproved = Some(no_sizes(kind)),
        None if point.is_none() => {
            unproved = Some(
                "the answer has neither a point nor a log, so that nothing shows that it belongs \
                 to this model; give the log with --log"
                    .to_owned(),
            );
        }
        None => {}
    }
    if let Some(maximise) = summary.as_ref().and_then(|s| s.maximise) {
        senses.confirm(maximise)?;
    }
    let headless = summary.as_ref().is_some_and(|s| !s.headed && s.runs > 0);
    if headless && unproved.is_none() {
        unproved = Some(
            "the log does not begin with the name and version of its solver: the first lines, which \
             say what was set, are cut off; give the whole log"
                .to_owned(),
        );
    }
    let weakened = summary.as_ref().and_then(|s| s.weakened.as_ref()).map(ToString::to_string);
    match (&point, summary.as_ref().map(|s| s.primal)) {
        (None, Some(Some(logged))) => {
            return Err(PipelineError::Log(format!(
                "the log ends with a solution of objective {}, and the solution file holds \
                 no point; give the solution that this run wrote",
                number(logged)
            )));
        }
        (Some(_), Some(None)) if solution.dual_bound.is_none() => {
            unproved.get_or_insert_with(|| {
                "the log states no objective of a solution, so that nothing shows that it is the \
                 log of the run that wrote the solution; give the whole log of that run"
                    .to_owned()
            });
        }
        (Some(_) | None, Some(_) | None) => {}
    }
    let (mut solution, summary) = senses.minimised(solution, summary);
    // A bound is not printed better than the values are.
    let width = solution.dual_bound.map_or(0.0, |b| solution.printing() * b.abs());
    solution.bound_slack = solution.bound_slack.max(width);
    let mut slack = solution.bound_slack;
    if let Some(summary) = &summary {
        slack = complete(&mut solution, summary);
    }
    if point.is_none() && senses.both() && solution.dual_bound.is_some() {
        unproved.get_or_insert_with(|| {
            "some model files of the instance minimise and some maximise, and without a point \
             nothing shows which of them the bound is of; give a solution with a point"
                .to_owned()
        });
    }
    Ok(Carried { solution, slack, point, unproved: unproved.or(weakened) })
}

/// The senses of the model files that an answer fits.
#[derive(Clone, Copy, Debug, Default)]
struct Senses {
    minimise: bool,
    maximise: bool,
}

impl Senses {
    fn add(&mut self, record: &TargetRecord) {
        self.minimise |= !record.maximises();
        self.maximise |= record.maximises();
    }

    /// Keeps the sense that the log states, which one of the files must have.
    fn confirm(&mut self, maximise: bool) -> Result<(), PipelineError> {
        if !self.minimise && !self.maximise {
            return Ok(());
        }
        let (has, words) = match maximise {
            true => (self.maximise, ("maximises", "minimises")),
            false => (self.minimise, ("minimises", "maximises")),
        };
        if !has {
            return Err(PipelineError::Log(format!(
                "the log is of a model that {}, and the model file that the answer fits {}; give \
                 the log of this instance",
                words.0, words.1
            )));
        }
        *self = Senses { minimise: !maximise, maximise };
        Ok(())
    }

    fn both(self) -> bool {
        self.minimise && self.maximise
    }

    /// Both answers with the values of the minimised model. An answer that fits files of both
    /// senses has a value of nearly 0; its bound is then the lower one of the two readings.
    fn minimised(
        self,
        solution: Solution,
        summary: Option<LogSummary>,
    ) -> (Solution, Option<LogSummary>) {
        let of_model = solution.of_model;
        let mut solution = solution.minimised(self.maximise);
        let mut summary = summary.map(|s| s.minimised(self.maximise));
        if self.both() {
            if !of_model {
                solution.dual_bound = solution.dual_bound.map(|b| -b.abs());
            }
            if let Some(bound) = summary.as_mut().and_then(|s| s.dual_bound.as_mut()) {
                bound.value = -bound.value.abs();
            }
        }
        (solution, summary)
    }
}

/// The point must satisfy the model: the names alone do not say that it belongs to it. `printing`
/// is what its printing may change, relatively.
pub(super) fn feasible(model: &Model, x: &[f64], printing: f64) -> Result<(), PipelineError> {
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
    if worst.amount <= VIOLATION.max(printing) * (1.0 + scale) {
        return Ok(());
    }
    Err(PipelineError::OtherInstance { place, amount: worst.amount })
}

/// Why a log without the sizes of the model proves no bound.
fn no_sizes(kind: Option<LogKind>) -> String {
    let belongs = "so that nothing shows that its bound belongs to this model";
    match kind.map(|k| (k.name(), k.sizes_line())) {
        Some((name, Some(line))) => format!(
            "the log does not state how many rows and columns {name} read (as `{line}` does), \
             {belongs}; give the whole log"
        ),
        Some((name, None)) => format!(
            "a log of {name} states the sizes that its presolve left and not those of the model, \
             {belongs}; of its answer the attack is taken"
        ),
        None => {
            let read = LogKind::ALL.into_iter().filter(|k| k.sizes_line().is_some());
            format!(
                "the log is of no solver whose logs are read ({}; their first lines are needed), so \
                 that no bound is taken from it",
                read.map(LogKind::name).collect::<Vec<_>>().join(", ")
            )
        }
    }
}

/// What the log says, which must hold one run of one solver, and whose it is.
fn one_run(text: &str) -> Result<(Option<LogKind>, LogSummary), PipelineError> {
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
    let runs: usize = read.iter().map(|(_, s)| s.runs).sum();
    if runs > 1 {
        return Err(PipelineError::Log(format!(
            "the log holds {runs} runs (solvers append to an existing log), and nothing says which \
             one wrote the solution; give the log of that run alone"
        )));
    }
    Ok(read.pop().map_or_else(Default::default, |(kind, summary)| (Some(kind), summary)))
}

/// The model files that have the sizes that the log states; there must be one.
fn same_sizes<'a>(part: Part<'a>, stated: &Sizes) -> Result<Vec<&'a TargetRecord>, PipelineError> {
    let mut fitting = Vec::new();
    let mut first = None;
    for record in part.targets {
        let Some(target) = Target::from_name(&record.target) else { continue };
        let lowered = legalise(part.model, target)?;
        let found = Sizes::of(&lowered.model, stated.kind);
        if stated.fits(&lowered.model) {
            fitting.push(record);
        }
        first.get_or_insert((record.model.path.clone(), found));
    }
    let Some((path, own)) = first.filter(|_| fitting.is_empty()) else { return Ok(fitting) };
    Err(PipelineError::Log(format!(
        "the log is of a model with {stated}, but {path} has {own}; give the log of this instance"
    )))
}

/// Completes a solution by what the log says; returns the slack of the printed dual bound. Status
/// and bound come from the log where the file leaves them open.
fn complete(solution: &mut Solution, summary: &LogSummary) -> f64 {
    // A file that names its solver may not have the version.
    if let Some(logged) = &summary.solver
        && solution.solver.as_ref().is_none_or(|own| logged.starts_with(own.as_str()))
    {
        solution.solver = Some(logged.clone());
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
