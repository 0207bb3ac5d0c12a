//! One run of a solver on a program of an instance: model file, start, stored solution.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::super::PipelineError;
use super::super::emit::names_of;
use super::super::matching::in_model_order;
use super::super::part::Part;
use crate::back::start::{self, StartFormat};
use crate::back::{WriteError, atomic};
use crate::cert::instance::manifest::TargetRecord;
use crate::cert::store::{self, StoreError};
use crate::front::map;
use crate::front::packing::Packing;
use crate::ir::{NameStyle, VarId};
use crate::lower::{Lowered, Target, legalise};
use crate::sol::sense::minimised;
use crate::sol::{self, Solution, Status, Values, assign, confirm_fingerprint, confirm_objective};
use crate::solve::{self, FoundSolver, Limits, ModelFiles, SolveReport, SolveRequest, SolverKind};

/// A run to be made.
pub(in crate::cert) struct Task<'a> {
    /// The program.
    pub part: Part<'a>,
    /// Who solves it.
    pub solver: &'a FoundSolver,
    /// When to stop.
    pub limits: Limits,
    /// A point of the program to start from.
    pub point: Option<Vec<f64>>,
    /// Where the solution is stored, relative to the instance directory.
    pub store: &'a str,
}

/// What a run came to. Every value is of the program's objective, which is minimised.
pub(in crate::cert) struct Ran {
    /// The solution, as read from the stored file.
    pub solution: Solution,
    /// Its point, whose first columns are the program's.
    pub x: Option<Vec<f64>>,
    /// Who solved.
    pub who: Who,
    /// The model file that was solved; none where the solver works in memory.
    pub model: Option<String>,
    /// `(seconds, bound, incumbent)` at each change of either.
    pub history: Vec<(f64, Option<f64>, Option<f64>)>,
    /// Nodes of the solver's tree, as far as it has said: of a run that was stopped those of its last line.
    pub nodes: Option<u64>,
    /// What a reader of the result should know.
    pub notes: Vec<String>,
}

/// The solver with its version.
pub(in crate::cert) fn words(solver: &FoundSolver) -> String {
    match solver.kind {
        SolverKind::Embedded => solver.version.clone(),
        SolverKind::Highs | SolverKind::Scip | SolverKind::Gurobi => {
            format!("{} {}", solver.kind, solver.version)
        }
    }
}

impl Task<'_> {
    /// Runs the solver and stores its solution; `progress` hears bound and incumbent.
    ///
    /// # Errors
    /// [`PipelineError`].
    pub fn run(
        self,
        progress: &mut dyn FnMut(Option<f64>, Option<f64>),
        stop: &AtomicBool,
    ) -> Result<Ran, PipelineError> {
        let Task { part, solver, limits, point, store: file } = self;
        let (target, record) = pick(part.targets, solver.kind)?;
        let names = record.map(names_of).unwrap_or_default();
        let names = names.style();
        let lowered = legalise(part.model, target)?;
        let point = point.and_then(|p| lowered.extend_point(&p));
        let mut request = SolveRequest { limits, ..SolveRequest::default() };
        // The start serves this run alone; an instance holds nothing that no certificate rests on.
        let failed = |source| StoreError::Write { path: std::env::temp_dir(), source };
        let place = tempfile::tempdir().map_err(failed)?;
        match record {
            None => {
                request.ir = Some(&lowered.model);
                let start = point.iter().flatten().enumerate();
                request.start_values = start.map(|(j, v)| (VarId(j as u32), *v)).collect();
            }
            Some(record) => {
                let path = store::inside(part.dir, &record.model.path)?;
                let path = unpacked(path, place.path())?;
                request.model = ModelFiles::from_path(&path).unwrap_or_default();
                // An NL file has its start inside.
                let point = point.filter(|_| !start::within(target.format()));
                request.start = point
                    .as_deref()
                    .map(|p| write_start(place.path(), solver.kind, &lowered, p, names))
                    .transpose()?
                    .flatten();
            }
        }
        // What a solver says is in the sense of its file.
        let maximise = record.is_some_and(TargetRecord::maximises);
        let value = |v: Option<f64>| v.map(|v| minimised(v, maximise));
        let mut last = None;
        let mut hear = |p: solve::Progress| {
            last = p.nodes.or(last);
            progress(value(p.bound), value(p.incumbent));
        };
        let report = solve::run(solver, &request, &mut hear, stop)?;
        let history = report.history.iter().map(|&(t, b, i)| (t, value(b), value(i))).collect();
        let (solution, x, who) = keep((part, file), solver, &report, &lowered, (names, record))?;
        let model = record.map(|r| r.model.path.clone());
        let nodes = report.nodes.or(last);
        Ok(Ran { solution, x, who, model, history, nodes, notes: report.notes })
    }
}

/// The model file, unpacked into a folder if it is compressed: not every reader, nor every build
/// of one, reads compressed files.
fn unpacked(path: PathBuf, place: &Path) -> Result<PathBuf, PipelineError> {
    let Some(packing) = Packing::of_path(&path) else { return Ok(path) };
    let plain = place.join(path.file_stem().unwrap_or_default());
    let copy = || -> std::io::Result<()> {
        let mut reader = packing.reader(map::open(&path, map::MODEL)?)?.take(map::MODEL);
        std::io::copy(&mut reader, &mut std::fs::File::create(&plain)?).map(drop)
    };
    copy().map_err(|source| StoreError::Read { path: path.clone(), source })?;
    Ok(plain)
}

/// Stores the solution of a report and reads it again.
fn keep(
    (part, file): (Part<'_>, &str),
    solver: &FoundSolver,
    report: &SolveReport,
    lowered: &Lowered<'_>,
    (names, record): (NameStyle<'_>, Option<&TargetRecord>),
) -> Result<(Solution, Option<Vec<f64>>, Who), PipelineError> {
    let who = who(solver);
    let all = model_names(lowered, names);
    let columns = record.and_then(|r| r.columns.as_deref());
    let x = report.solution.has_point();
    let x = x.then(|| in_model_order(&report.solution, &all, columns)).transpose()?;
    let minimised = report.solution.clone().minimised(record.is_some_and(TargetRecord::maximises));
    if let Some(x) = &x {
        confirm_fingerprint(&lowered.model, x)?;
        confirm_objective(&minimised, lowered.model.objective_at(x))?;
    }
    let solution = Solution {
        values: x.map_or(Values::None, Values::Indexed),
        solver: Some(full_name(&who)),
        bound_slack: report.bound_slack,
        ..minimised
    };
    let names = all.iter().cloned();
    let text = crate::sol::embedded::write(&solution, names).unwrap_or_default();
    // All that is taken over is in the stored file, also where it holds no point, and is read from
    // there: whoever checks the answer reads the same.
    let stored = sol::parse(file, text.as_bytes())?;
    store::write(&store::inside(part.dir, file)?, text.as_bytes())?;
    let x = stored.has_point().then(|| assign(&stored, &all)).transpose()?;
    Ok((stored, x, who))
}

/// A solver as answers state it: name, version, and whether it is the embedded one.
pub(in crate::cert) type Who = (String, Option<String>, bool);

/// A solver as answers state it.
pub(in crate::cert) fn who(solver: &FoundSolver) -> Who {
    match solver.kind {
        SolverKind::Embedded => {
            // The embedded solver states its name together with its version.
            let text = solver.version.trim_end_matches(" (embedded)");
            let (name, version) = text.split_once(' ').unwrap_or((text, "unknown"));
            (name.to_owned(), Some(version.to_owned()), true)
        }
        SolverKind::Highs | SolverKind::Scip | SolverKind::Gurobi => {
            (solver.kind.to_string(), Some(solver.version.clone()), false)
        }
    }
}

/// What there is to say of a solver that finds no point in a program of poisoned training.
pub(in crate::cert) fn no_point(solver: &str) -> String {
    format!(
        "{solver} calls the program infeasible, but training on unchanged data is a point of it: the \
         solver or the model is wrong"
    )
}

/// The solver's name in a stored solution: name and version in one line.
pub(in crate::cert) fn full_name((name, version, embedded): &Who) -> String {
    let version = version.as_ref().map_or_else(String::new, |v| format!(" {v}"));
    let text = format!("{name}{version}{}", if *embedded { " (embedded)" } else { "" });
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The names that a solver may have in an answer whose solution gives its full name.
pub(in crate::cert) fn names(solution: &Solution) -> Vec<Who> {
    let full = solution.solver.clone().unwrap_or_default();
    let Some((name, version)) = full.split_once(' ') else {
        return vec![(full, None, false)];
    };
    let mut out = vec![(name.to_owned(), Some(version.to_owned()), false)];
    if let Some(version) = version.strip_suffix(" (embedded)") {
        out.insert(0, (name.to_owned(), Some(version.to_owned()), true));
    }
    out
}

/// What a solution proves of the objective, which is minimised.
pub(in crate::cert) enum Proved {
    /// A dual bound.
    Bound(f64),
    /// The program has no point.
    Infeasible,
    /// Nothing, and why not.
    Nothing(String),
}

/// What the solution of a solver proves: a dual bound counts, an incumbent never does.
pub(in crate::cert) fn proved(solution: &Solution, name: &str) -> Proved {
    match &solution.status {
        Status::Infeasible if solution.has_point() => Proved::Nothing(format!(
            "the answer of {name} calls the program infeasible and gives a point of it, which \
             contradict each other"
        )),
        Status::Failed(words) => Proved::Nothing(format!(
            "{name} failed ({words}); a bound that it states all the same is not taken"
        )),
        Status::Infeasible => Proved::Infeasible,
        Status::Local(words) => {
            Proved::Nothing(format!("{name} gave a point without proof ({words})"))
        }
        status @ (Status::Optimal
        | Status::Unbounded
        | Status::InfeasibleOrUnbounded
        | Status::Limit(_)
        | Status::Interrupted
        | Status::Unknown(_)) => match solution.dual_bound.filter(|b| b.is_finite()) {
            Some(bound) => Proved::Bound(bound),
            None => {
                Proved::Nothing(format!("{name} stopped ({status}) before it had proved any bound"))
            }
        },
    }
}

/// Names of the columns of a lowered model.
#[must_use]
pub fn model_names(lowered: &Lowered<'_>, names: NameStyle<'_>) -> Vec<String> {
    let model = &lowered.model;
    (0..model.var_count()).map(|j| names.var_string(model, VarId(j as u32))).collect()
}

/// The target for a solver, and its files unless the solver works in memory. The solver's own
/// target is taken where it was compiled, else a portable one.
fn pick(
    records: &[TargetRecord],
    kind: SolverKind,
) -> Result<(Target, Option<&TargetRecord>), PipelineError> {
    let wanted: &[Target] = match kind {
        SolverKind::Embedded => return Ok((Target::Embedded, None)),
        SolverKind::Highs => {
            &[Target::HighsMps, Target::HighsLp, Target::PortableMps, Target::PortableLp]
        }
        SolverKind::Scip => &[
            Target::ScipLp,
            Target::ScipMps,
            Target::NlScip,
            Target::PortableLp,
            Target::PortableMps,
            Target::NlText,
            Target::NlBinary,
        ],
        SolverKind::Gurobi => {
            &[Target::GurobiLp, Target::GurobiMps, Target::PortableLp, Target::PortableMps]
        }
    };
    wanted
        .iter()
        .find_map(|t| records.iter().find(|r| r.target == t.name()).map(|r| (*t, Some(r))))
        .ok_or_else(|| {
            PipelineError::NoSolver(format!(
                "the instance holds no model file that {kind} reads ({}); compile it with --target \
                 lp",
                kind.takes()
            ))
        })
}

fn write_start(
    dir: &Path,
    kind: SolverKind,
    lowered: &Lowered<'_>,
    point: &[f64],
    names: NameStyle<'_>,
) -> Result<Option<std::path::PathBuf>, PipelineError> {
    let (format, file) = match kind {
        SolverKind::Embedded => return Ok(None),
        SolverKind::Highs => (StartFormat::HighsSol, "start.highs.sol"),
        SolverKind::Scip => (StartFormat::ScipSol, "start.scip.sol"),
        SolverKind::Gurobi => (StartFormat::GurobiMst, "start.mst"),
    };
    let path = dir.join(file);
    let target = lowered.target.name();
    let checked = lowered.checked().map_err(crate::lower::Refusal::Invalid)?;
    atomic::write_file(&path, |out| start::write(&checked, point, format, names, out)).map_err(
        |e: WriteError| PipelineError::Emit { target, source: crate::back::EmitError::Write(e) },
    )?;
    Ok(Some(path))
}
