//! A solver's run: model, start, answer.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::super::compile::names_of;
use super::super::matching::in_model_order;
use super::super::{Job, Listener, News, PipelineError};
use super::{Found, SolveChoice};
use crate::back::start::{self, StartFormat};
use crate::back::{WriteError, atomic};
use crate::bounds::pass::total_budget;
use crate::cert::answer::{Finder, Moment, StatedBound};
use crate::cert::assemble::{TIE_TOLERANCE, short_of};
use crate::cert::certificate::BoundSource;
use crate::cert::instance::manifest::TargetRecord;
use crate::cert::store::{self, StoreError};
use crate::cert::words;
use crate::encode::Program;
use crate::front::map;
use crate::front::packing::Packing;
use crate::ir::{NameStyle, VarId};
use crate::lower::{Lowered, Target, legalise};
use crate::question::Goal;
use crate::question::membership::project;
use crate::search::nudge;
use crate::sol::sense::minimised;
use crate::sol::{self, Solution, Status, Values, assign, confirm_fingerprint};
use crate::solve::{self, FoundSolver, Limits, ModelFiles, SolveReport, SolveRequest, SolverKind};
use crate::train;

/// The stored solution in an instance directory.
pub const SOLUTION_FILE: &str = "solution.sol";

/// Runs the solver on the instance's model and takes over what it found.
///
/// # Errors
/// [`PipelineError`].
pub(super) fn run(
    job: &Job,
    solver: &FoundSolver,
    choice: &SolveChoice,
    found: &mut Found,
    begin: Instant,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<(), PipelineError> {
    listen(News::Note(match solver.kind {
        SolverKind::Embedded => solver.version.clone(),
        SolverKind::Highs | SolverKind::Scip | SolverKind::Gurobi => {
            format!("{} {}", solver.kind, solver.version)
        }
    }));
    let (target, record) = pick(job, solver.kind)?;
    let names = record.map(names_of).unwrap_or_default();
    let names = names.style();
    let lowered = legalise(&job.program.model, target)?;
    let point = found.attack.as_ref().and_then(|(attack, _, _)| {
        lowered.extend_point(&job.program.start(&job.spec.question, attack))
    });
    let mut request = SolveRequest {
        limits: Limits {
            seconds: choice.time_limit.map(|s| (s - begin.elapsed().as_secs_f64()).max(0.1)),
            relative_gap: choice.gap,
            threads: choice.threads,
            ..Limits::default()
        },
        ..SolveRequest::default()
    };
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
            let path = store::inside(&job.instance.dir, &record.model.path)?;
            let path = unpacked(path, place.path())?;
            found.model = Some(record.model.path.clone());
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
    let offset = begin.elapsed().as_secs_f64();
    // What a solver says is in the sense of its file.
    let maximise = record.is_some_and(TargetRecord::maximises);
    let bound_of = |b: f64| goal_bound(&job.program, minimised(b, maximise), 0.0);
    let value_of = |v: f64| job.program.goal_value(minimised(v, maximise));
    let mut progress = |p: solve::Progress| {
        let bound = p.bound.map(bound_of).filter(|v| v.is_finite());
        listen(News::Moment { bound, incumbent: p.incumbent.map(value_of) });
    };
    let report = solve::run(solver, &request, &mut progress, stop)?;
    for note in &report.notes {
        listen(News::Note(note.clone()));
    }
    for &(seconds, bound, incumbent) in &report.history {
        found.history.push(Moment {
            seconds: offset + seconds,
            bound: bound.map(bound_of),
            incumbent: incumbent.map(value_of),
        });
    }
    take(job, solver, &report, &lowered, (names, record), found)
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

/// The bound of the goal that follows from a dual bound of the objective, printed with `slack`.
#[must_use]
pub fn goal_bound(program: &Program, objective: f64, slack: f64) -> f64 {
    program.goal_bound(if slack > 0.0 { (objective - slack).next_down() } else { objective })
}

/// Takes over bound and point of a report.
fn take(
    job: &Job,
    solver: &FoundSolver,
    report: &SolveReport,
    lowered: &Lowered<'_>,
    (names, record): (NameStyle<'_>, Option<&TargetRecord>),
    found: &mut Found,
) -> Result<(), PipelineError> {
    let embedded = solver.kind == SolverKind::Embedded;
    let who = if embedded {
        // The embedded solver states its name together with its version.
        let text = solver.version.trim_end_matches(" (embedded)");
        let (name, version) = text.split_once(' ').unwrap_or((text, "unknown"));
        (name.to_owned(), Some(version.to_owned()), true)
    } else {
        (solver.kind.to_string(), Some(solver.version.clone()), false)
    };
    let all = model_names(lowered, names);
    let columns = record.and_then(|r| r.columns.as_deref());
    let x = report.solution.has_point();
    let x = x.then(|| in_model_order(&report.solution, &all, columns)).transpose()?;
    if let Some(x) = &x {
        confirm_fingerprint(&lowered.model, x)?;
    }
    let solution = Solution {
        values: x.map_or(Values::None, Values::Indexed),
        solver: Some(full_name(&who)),
        bound_slack: report.bound_slack,
        ..report.solution.clone().minimised(record.is_some_and(TargetRecord::maximises))
    };
    let names = all.iter().cloned();
    let text = crate::sol::embedded::write(&solution, names).unwrap_or_default();
    // All that is taken over is in the stored file, also where it holds no point, and is read from
    // there: whoever checks the answer reads the same.
    let stored = sol::parse(SOLUTION_FILE, text.as_bytes())?;
    store::write(&job.instance.dir.join(SOLUTION_FILE), text.as_bytes())?;
    found.solution = Some(SOLUTION_FILE.to_owned());
    let x = stored.has_point().then(|| assign(&stored, &all)).transpose()?;
    take_solution(job, &stored, x.as_deref(), stored.bound_slack, who, found)
}

/// Takes over bound and point of a solution whose point is `x` in the columns of the program.
pub(in super::super) fn take_solution(
    job: &Job,
    solution: &Solution,
    x: Option<&[f64]>,
    slack: f64,
    who: Who,
    found: &mut Found,
) -> Result<(), PipelineError> {
    take_bound(job, solution, slack, who, found);
    match x {
        Some(x) => take_point(job, x, solution.objective, found),
        None => Ok(()),
    }
}

/// A solver as answers state it: name, version, and whether it is the embedded one.
pub(in super::super) type Who = (String, Option<String>, bool);

/// The solver's name in a stored solution: name and version in one line.
pub(in super::super) fn full_name((name, version, embedded): &Who) -> String {
    let version = version.as_ref().map_or_else(String::new, |v| format!(" {v}"));
    let text = format!("{name}{version}{}", if *embedded { " (embedded)" } else { "" });
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes over a proved bound, or says why there is none.
pub(in super::super) fn take_bound(
    job: &Job,
    solution: &Solution,
    slack: f64,
    (name, version, embedded): Who,
    found: &mut Found,
) {
    let question = &job.spec.question;
    let status = solution.status.to_string();
    let stated = |value: f64, objective: Option<f64>| StatedBound {
        value,
        objective,
        slack,
        from: BoundSource::Solver,
        solver: Some(name.clone()),
        version: version.clone(),
        embedded,
        status: status.clone(),
    };
    let direction = words::direction(&question.goal);
    match &solution.status {
        Status::Infeasible if solution.has_point() => {
            found.missing = Some(format!(
                "the answer of {name} calls the program infeasible and gives a point of it, which \
                 contradict each other"
            ));
        }
        Status::Failed(words) => {
            found.missing = Some(format!(
                "{name} failed ({words}); a bound that it states all the same is not taken"
            ));
        }
        Status::Infeasible => match &question.goal {
            Goal::SmallestBudget(_) => {
                let inserted = question.threat.insertion.as_ref().map_or(0, |i| i.count);
                let most = total_budget(question.threat.budget) + inserted;
                found.prove(direction, stated(most as f64 + 1.0, None));
            }
            Goal::Margin(_)
            | Goal::Errors(_)
            | Goal::TestLoss(_)
            | Goal::Direction(_)
            | Goal::Backdoor { .. }
            | Goal::SquaredError(_) => {
                found.missing = Some(format!(
                    "{name} calls the program infeasible, but training on unchanged data is a \
                     point of it: the solver or the model is wrong"
                ));
            }
        },
        Status::Local(words) => {
            found.missing = Some(format!("{name} gave a point without proof ({words})"));
        }
        Status::Optimal
        | Status::Unbounded
        | Status::InfeasibleOrUnbounded
        | Status::Limit(_)
        | Status::Interrupted
        | Status::Unknown(_) => match solution.dual_bound.filter(|b| b.is_finite()) {
            Some(b) => {
                found.prove(direction, stated(goal_bound(&job.program, b, slack), Some(b)));
                if solution.status != Status::Optimal {
                    found.missing = Some(format!("{name}: {status}"));
                }
            }
            None => {
                found.missing = Some(format!(
                    "the answer of {name} ({status}) carries no dual bound, and an incumbent is \
                     never one"
                ));
            }
        },
    }
}

/// Decodes, projects and replays a point. Where replay finds less than the solver claims for it,
/// the point lies on a tie, or within a tolerance of one: moves across it are tried.
pub(in super::super) fn take_point(
    job: &Job,
    x: &[f64],
    objective: Option<f64>,
    found: &mut Found,
) -> Result<(), PipelineError> {
    let question = &job.spec.question;
    let attack = project(question, job.program.decode(question, x));
    let value = train::replay(question, &attack, TIE_TOLERANCE)?.value;
    let objective = objective.unwrap_or_else(|| job.program.model.objective_at(x));
    let claimed = job.program.goal_value(objective);
    let enough = short_of(claimed);
    if words::direction(&question.goal).worse(claimed, value)
        && (claimed - value).abs() > enough
        && let Some((attack, value)) = nudge(question, &attack, claimed, enough)
    {
        found.offer(question, attack, value, Finder::Solver);
    }
    found.offer(question, attack, value, Finder::Solver);
    found.claimed = Some(claimed).filter(|v| v.is_finite());
    Ok(())
}

/// Names of the columns of a lowered model.
#[must_use]
pub fn model_names(lowered: &Lowered<'_>, names: NameStyle<'_>) -> Vec<String> {
    let model = &lowered.model;
    (0..model.var_count()).map(|j| names.var_string(model, VarId(j as u32))).collect()
}

/// The target for a solver, and its files unless the solver works in memory. The solver's own
/// target is taken where it was compiled, else a portable one.
fn pick(job: &Job, kind: SolverKind) -> Result<(Target, Option<&TargetRecord>), PipelineError> {
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
    let records = &job.instance.manifest.targets;
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
