//! Solves programs with SCIP, where one is found: written as LP, solved, read back by name.
#![allow(dead_code)]

use std::sync::atomic::AtomicBool;

use theriac::encode::Program;
use theriac::lower::{Target, legalise};
use theriac::sol::{self, Status};
use theriac::solve::{FoundSolver, Limits, ModelFiles, SolveRequest, SolverKind};

/// What SCIP says.
#[derive(Debug)]
pub enum Answer {
    /// There is no point.
    Infeasible,
    /// The time limit came first.
    TooSlow,
    /// Its own feasible point is better than its bound by this much: SCIP 10.0.2 does so now and
    /// then where a concave quadratic objective has several terms.
    Contradiction(f64),
    /// Objective, proved bound and point at the optimum.
    Optimal(Optimum),
}

/// An optimum.
#[derive(Debug)]
pub struct Optimum {
    /// Objective at the point.
    pub objective: f64,
    /// Proved lower bound.
    pub bound: f64,
    /// Values of the written variables; the program's come first.
    pub point: Vec<f64>,
}

/// SCIP, or `None` after a line that says what is skipped.
pub fn find() -> Option<FoundSolver> {
    let found = theriac::solve::discover().into_iter().find(|s| s.kind == SolverKind::Scip);
    if found.is_none() {
        println!("skipped: no SCIP was found; `theriac solvers install scip` brings it");
    }
    found
}

/// Solves a program within `seconds` to a relative gap.
pub fn solve(scip: &FoundSolver, program: &Program, seconds: f64, gap: f64) -> Answer {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("model.lp");
    let target = Target::ScipLp;
    let lowered = legalise(&program.model, target).expect("lowered");
    let checked = lowered.checked().expect("valid");
    let options = theriac::back::Options::default();
    let mut bytes = Vec::new();
    theriac::back::write(&checked, target.format(), &options, &mut bytes).expect("written");
    std::fs::write(&path, bytes).expect("a file");
    let request = SolveRequest {
        model: ModelFiles::from_path(&path).expect("a model"),
        limits: Limits { seconds: Some(seconds), relative_gap: gap, ..Limits::default() },
        ..SolveRequest::default()
    };
    let report = theriac::solve::run(scip, &request, &mut |_| {}, &AtomicBool::new(false))
        .expect("an answer");
    let solution = &report.solution;
    match &solution.status {
        Status::Infeasible => return Answer::Infeasible,
        Status::Limit(_) => return Answer::TooSlow,
        other => assert_eq!(*other, Status::Optimal, "{report:?}"),
    }
    let names = lowered.model.vars.iter().map(|v| options.names.var_string(&lowered.model, v.id));
    let point = sol::assign(solution, names).expect("values");
    let bound = report.safe_bound(true).expect("a bound");
    let own = program.model.objective_at(&point);
    let excess = bound - own;
    if excess > 1e-4 * (1.0 + own.abs()) && program.model.violation(&point).amount < 1e-6 {
        return Answer::Contradiction(excess);
    }
    Answer::Optimal(Optimum { objective: solution.objective.expect("an objective"), bound, point })
}
