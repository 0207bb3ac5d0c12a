//! A solver's run: model, start, answer.

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::super::{Job, Listener, News, PipelineError};
use super::runner::{self, Proved, Task, Who};
use super::{Found, SolveChoice};
use crate::bounds::pass::total_budget;
use crate::cert::answer::{Finder, Moment, StatedBound};
use crate::cert::assemble::{TIE_TOLERANCE, short_of};
use crate::cert::certificate::BoundSource;
use crate::cert::words;
use crate::encode::Program;
use crate::question::Goal;
use crate::question::membership::project;
use crate::search::nudge;
use crate::sol::{Solution, Status};
use crate::solve::FoundSolver;
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
    listen(News::Note(runner::words(solver)));
    let question = &job.spec.question;
    let attack = found.attack.as_ref();
    let bound_of = |b: f64| goal_bound(&job.program, b, 0.0);
    let value_of = |v: f64| job.program.goal_value(v);
    let offset = begin.elapsed().as_secs_f64();
    let task = Task {
        part: job.part(),
        solver,
        limits: choice.limits(begin),
        point: attack.map(|(attack, _, _)| job.program.start(question, attack)),
        store: SOLUTION_FILE,
    };
    let mut progress = |bound: Option<f64>, incumbent: Option<f64>| {
        let bound = bound.map(bound_of).filter(|v| v.is_finite());
        listen(News::Moment { bound, incumbent: incumbent.map(value_of) });
    };
    let ran = task.run(&mut progress, stop)?;
    for note in ran.notes {
        listen(News::Note(note));
    }
    for (seconds, bound, incumbent) in ran.history {
        found.history.push(Moment {
            seconds: offset + seconds,
            bound: bound.map(bound_of),
            incumbent: incumbent.map(value_of),
        });
    }
    found.model = ran.model;
    found.solution = Some(SOLUTION_FILE.to_owned());
    let slack = ran.solution.bound_slack;
    take_solution(job, &ran.solution, ran.x.as_deref(), slack, ran.who, found)
}

/// The bound of the goal that follows from a dual bound of the objective, printed with `slack`.
#[must_use]
pub fn goal_bound(program: &Program, objective: f64, slack: f64) -> f64 {
    program.goal_bound(if slack > 0.0 { (objective - slack).next_down() } else { objective })
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
    match runner::proved(solution, &name) {
        Proved::Nothing(why) => found.missing = Some(why),
        Proved::Infeasible => match &question.goal {
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
                found.missing = Some(runner::no_point(&name));
            }
        },
        Proved::Bound(b) => {
            found.prove(direction, stated(goal_bound(&job.program, b, slack), Some(b)));
            if solution.status != Status::Optimal {
                found.missing = Some(format!("{name}: {status}"));
            }
        }
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
