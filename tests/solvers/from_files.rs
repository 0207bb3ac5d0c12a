//! Model -> file -> solver -> solution file -> values of the model, against enumeration: every
//! format in every installed reader that can take it. Says so when it skips.

use std::sync::atomic::AtomicBool;

use crate::milp::{Case, Kinds, random_case};
use theriac::back::{Options, emit_file};
use theriac::ir::{NameStyle, VarId};
use theriac::lower::{LowerOptions, Target, legalise};
use theriac::sol::{self, Status};
use theriac::solve::{
    FoundSolver, Limits, ModelFiles, SolveReport, SolveRequest, SolverKind, discover, run,
};

fn solvers() -> Vec<FoundSolver> {
    let found = discover().into_iter().filter(|s| s.kind != SolverKind::Embedded);
    let found: Vec<FoundSolver> = found.collect();
    for kind in [SolverKind::Highs, SolverKind::Scip, SolverKind::Gurobi] {
        if !found.iter().any(|s| s.kind == kind) {
            println!("skipped for {kind}, which is not installed");
        }
    }
    found
}

fn targets(kind: SolverKind) -> &'static [Target] {
    match kind {
        SolverKind::Embedded => &[Target::Embedded],
        SolverKind::Highs => {
            &[Target::PortableLp, Target::PortableMps, Target::HighsLp, Target::HighsMps]
        }
        SolverKind::Scip => &[
            Target::PortableLp,
            Target::PortableMps,
            Target::NlText,
            Target::NlBinary,
            Target::ScipLp,
        ],
        SolverKind::Gurobi => {
            &[Target::PortableLp, Target::PortableMps, Target::GurobiLp, Target::GurobiMps]
        }
    }
}

/// Writes the case for `target` and solves it; the values are those of the original columns.
fn answer(case: &Case, target: Target, solver: &FoundSolver) -> (SolveReport, Option<Vec<f64>>) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(format!("m.{}", target.format().extension()));
    let options = Options { names: NameStyle::Readable, ..Options::default() };
    let written = emit_file(&case.model, target, LowerOptions::default(), &options, &path).unwrap();
    let model = ModelFiles::from_path(&path).unwrap();
    let request = SolveRequest { model, limits: Limits::default(), ..SolveRequest::default() };
    let report = run(solver, &request, &mut |_| {}, &AtomicBool::new(false)).unwrap();
    let lowered = legalise(&case.model, target).unwrap();
    let count = lowered.model.var_count();
    let names = (0..count as u32).map(|j| NameStyle::Readable.var_string(&lowered.model, VarId(j)));
    let values = sol::assign(&report.solution, names).ok().map(|values| match &written.columns {
        None => values,
        Some(order) => order.restore(&values).unwrap(),
    });
    (report, values)
}

fn compare(kinds: Kinds, count: usize, seed: u64, solver_takes: impl Fn(SolverKind) -> bool) {
    for solver in solvers().iter().filter(|s| solver_takes(s.kind)) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let (mut solved, mut files) = (0, 0);
        for k in 0..count {
            let case = random_case(&mut rng, kinds);
            let best = case.enumerate();
            for target in targets(solver.kind) {
                let (report, values) = answer(&case, *target, solver);
                let name =
                    format!("case {k}, {target:?} in {}: {:?}", solver.kind, report.log_tail);
                files += 1;
                let Some(best) = best else {
                    assert_eq!(report.solution.status, Status::Infeasible, "{name}");
                    continue;
                };
                assert_eq!(report.solution.status, Status::Optimal, "{name}");
                let found = report.solution.objective.unwrap();
                // Nonconvex answers carry the feasibility tolerance of the solver.
                assert!((found - best).abs() < 1e-4, "{name}: {found} and not {best}");
                assert!(report.safe_bound(true).unwrap() <= best + 1e-5, "{name}: {best}");
                let x = values.unwrap();
                let own = &x[..case.integers.len() + 1];
                assert!((case.value(own) - best).abs() < 1e-4, "{name}: {own:?}");
                solved += 1;
            }
        }
        println!("{}: {files} files, {solved} with an optimum", solver.kind);
        assert!(solved * 3 > files, "{}: {solved} of {files}", solver.kind);
    }
}

#[test]
fn linear_models_with_indicators() {
    compare(Kinds { guards: true, products: false }, 12, 21, |_| true);
}

#[test]
fn nonconvex_models() {
    let takes = |kind| kind != SolverKind::Highs;
    compare(Kinds { guards: true, products: true }, 10, 22, takes);
}
