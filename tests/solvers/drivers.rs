//! Drivers of external solvers: real ones where they are installed, and fake ones that misbehave.
//!
//! Real solvers are those that `theriac solvers` finds (`THERIAC_HOME`, `PATH`); a test says so
//! when it skips. With `THERIAC_TEST_INSTALL=1` the installation itself is tested, over the network.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use theriac::sol::{self, Status};
use theriac::solve::discover::{Places, discover_in};
use theriac::solve::{
    FoundSolver, How, InstallError, Limits, ModelFiles, Progress, SolveError, SolveReport,
    SolveRequest, SolverKind, discover, install, run,
};

/// The external solvers of this machine; says which kinds are missing.
fn installed(test: &str) -> Vec<FoundSolver> {
    let found: Vec<FoundSolver> =
        discover().into_iter().filter(|s| s.kind != SolverKind::Embedded).collect();
    for kind in [SolverKind::Highs, SolverKind::Scip, SolverKind::Gurobi] {
        if !found.iter().any(|s| s.kind == kind) {
            println!("{test}: skipped for {kind}, which is not installed");
        }
    }
    found
}

fn write(dir: &Path, name: &str, text: &str) -> PathBuf {
    let path = dir.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn request(file: &Path, limits: Limits) -> SolveRequest<'static> {
    let model = ModelFiles::from_path(file).unwrap();
    SolveRequest { model, limits, ..SolveRequest::default() }
}

fn solve(solver: &FoundSolver, request: &SolveRequest<'_>) -> Result<SolveReport, SolveError> {
    run(solver, request, &mut |_| {}, &AtomicBool::new(false))
}

const KNAPSACK: &str = "Minimize\n obj: - 5 x - 4 y - 3 z + 2 w\nSubject To\n \
    c1: 2 x + 3 y + z <= 5\n c2: 4 x + y + 2 z <= 11\n c3: 3 x + 4 y + 2 z - w <= 8\n\
    Bounds\n x <= 4\n y <= 4\n z <= 4\n w <= 1.5\nGenerals\n x y z\nEnd\n";

/// The optimum of [`KNAPSACK`] by enumeration; `w` goes to its lower end.
fn knapsack_optimum() -> f64 {
    let mut best = f64::INFINITY;
    for (x, y, z) in (0..125).map(|k| (k % 5, k / 5 % 5, k / 25)) {
        let w = f64::from((3 * x + 4 * y + 2 * z - 8).max(0));
        if 2 * x + 3 * y + z <= 5 && 4 * x + y + 2 * z <= 11 && w <= 1.5 {
            best = best.min(f64::from(-5 * x - 4 * y - 3 * z) + 2.0 * w);
        }
    }
    best
}

/// Nine rows over 250 binaries: hours of branch and bound, with a point at once.
fn hard() -> String {
    let mut rng = fastrand::Rng::with_seed(5);
    let mut text = String::from("Minimize\n obj:");
    for j in 0..250 {
        text += &format!(" - {} x{j}\n", rng.u32(500..1500));
    }
    text += "Subject To\n";
    for i in 0..9 {
        text += &format!(" k{i}:");
        for j in 0..250 {
            text += &format!(" + {} x{j}\n", rng.u32(1..1000));
        }
        text += " <= 60000\n";
    }
    text += "Binaries\n";
    for j in 0..250 {
        text += &format!(" x{j}\n");
    }
    text + "End\n"
}

#[test]
fn all_solvers_agree_with_enumeration() {
    let dir = tempfile::Builder::new().prefix("with blank ").tempdir().unwrap();
    let lp = write(dir.path(), "knapsack 'of' \"x\".lp", KNAPSACK);
    for solver in installed("all_solvers_agree_with_enumeration") {
        let report = solve(&solver, &request(&lp, Limits::default())).unwrap();
        assert_eq!(report.solution.status, Status::Optimal, "{solver:?}");
        let best = knapsack_optimum();
        assert!((report.solution.objective.unwrap() - best).abs() < 1e-6, "{report:?}");
        let bound = report.safe_bound(true).unwrap();
        assert!(bound <= best + 1e-9 && bound > best - 1e-6, "{report:?}");
        let x = sol::assign(&report.solution, ["x", "y", "z", "w"]).unwrap();
        let computed = -5.0 * x[0] - 4.0 * x[1] - 3.0 * x[2] + 2.0 * x[3];
        sol::confirm_objective(&report.solution, computed).unwrap();
        assert!(report.solver.contains(char::is_numeric), "{}", report.solver);
        assert!(report.seconds > 0.0 && !report.log_tail.is_empty());
        println!("{} {}: {:.2} s", report.solver, solver.how, report.seconds);
    }
}

#[test]
fn linear_programs_have_a_bound_too() {
    let dir = tempfile::tempdir().unwrap();
    let text = "Minimize\n obj: x + 2 y\nSubject To\n c: 3 x + y >= 1\n d: x + 3 y >= 1\nEnd\n";
    let lp = write(dir.path(), "m.lp", text);
    for solver in installed("linear_programs_have_a_bound_too") {
        let report = solve(&solver, &request(&lp, Limits::default())).unwrap();
        assert_eq!(report.solution.status, Status::Optimal, "{solver:?}");
        // x = y = 1/4.
        let bound = report.safe_bound(true).unwrap();
        assert!(bound <= 0.75 && bound > 0.75 - 1e-6, "{solver:?}: {bound}");
    }
}

#[test]
fn models_without_an_optimum_are_answers() {
    let dir = tempfile::tempdir().unwrap();
    let none =
        "Minimize\n obj: x + y\nSubject To\n c1: x + y >= 5\n c2: x + y <= 3\nGenerals\n x\nEnd\n";
    let free = "Minimize\n obj: - x - y\nSubject To\n c1: x - y <= 3\nGenerals\n x\nEnd\n";
    let none = write(dir.path(), "none.lp", none);
    let free = write(dir.path(), "free.lp", free);
    for solver in installed("models_without_an_optimum_are_answers") {
        let report = solve(&solver, &request(&none, Limits::default())).unwrap();
        assert_eq!(report.solution.status, Status::Infeasible, "{solver:?}");
        assert!(!report.solution.has_point());
        let report = solve(&solver, &request(&free, Limits::default())).unwrap();
        let status = &report.solution.status;
        let right = matches!(status, Status::Unbounded | Status::InfeasibleOrUnbounded);
        assert!(right, "{solver:?}: {status:?}");
        assert_eq!(report.solution.dual_bound, None, "{solver:?}");
    }
}

#[test]
fn a_time_limit_keeps_point_and_bound() {
    let dir = tempfile::tempdir().unwrap();
    let lp = write(dir.path(), "hard.lp", &hard());
    for solver in installed("a_time_limit_keeps_point_and_bound") {
        if solver.kind == SolverKind::Gurobi {
            continue; // Small enough for it to be licensed, too easy for it to run out of time.
        }
        let limits = Limits { seconds: Some(2.0), threads: Some(1), ..Limits::default() };
        let mut events = 0;
        let request = request(&lp, limits);
        let mut count = |_: Progress| events += 1;
        let report = run(&solver, &request, &mut count, &AtomicBool::new(false)).unwrap();
        let status = &report.solution.status;
        assert!(
            matches!(status, Status::Limit(w) if w.to_lowercase().contains("time")),
            "{status:?}"
        );
        let (bound, objective) = (report.safe_bound(true), report.solution.objective);
        assert!(bound.unwrap() <= objective.unwrap(), "{solver:?}: {bound:?} {objective:?}");
        assert!(report.solution.has_point() && events > 3, "{solver:?}: {events} events");
        assert!(report.history.len() > 2 && report.seconds < 20.0);
    }
}

#[test]
fn cancelling_keeps_point_and_bound() {
    let dir = tempfile::tempdir().unwrap();
    let lp = write(dir.path(), "hard.lp", &hard());
    for solver in installed("cancelling_keeps_point_and_bound") {
        let cancel = AtomicBool::new(false);
        let mut watch = |p: Progress| {
            if p.incumbent.is_some() && p.bound.is_some() {
                cancel.store(true, Ordering::Relaxed);
            }
        };
        let limits = Limits { seconds: Some(60.0), ..Limits::default() };
        let report = run(&solver, &request(&lp, limits), &mut watch, &cancel).unwrap();
        assert_eq!(report.solution.status, Status::Interrupted, "{solver:?}");
        assert!(report.solution.has_point(), "{solver:?}");
        let (bound, objective) = (report.safe_bound(true), report.solution.objective);
        assert!(bound.unwrap() <= objective.unwrap(), "{solver:?}: {bound:?} {objective:?}");
        assert!(report.seconds < 30.0, "{solver:?}: {}", report.seconds);
        println!("{}: cancelled after {:.2} s", report.solver, report.seconds);
    }
}

/// Five equations over 40 binaries with a planted solution that no heuristic finds in a second.
#[test]
fn a_start_is_read_by_each_solver() {
    let mut rng = fastrand::Rng::with_seed(9);
    let planted: Vec<u32> = (0..40).map(|_| rng.u32(..2)).collect();
    let mut text = String::from("Minimize\n obj: x0 + x1 + x2\nSubject To\n");
    for i in 0..5 {
        let row: Vec<u32> = (0..40).map(|_| rng.u32(1..100)).collect();
        text += &format!(" k{i}:");
        for (j, a) in row.iter().enumerate() {
            text += &format!(" + {a} x{j}\n");
        }
        text += &format!(" = {}\n", row.iter().zip(&planted).map(|(a, x)| a * x).sum::<u32>());
    }
    text += "Binaries\n";
    for j in 0..40 {
        text += &format!(" x{j}\n");
    }
    let dir = tempfile::tempdir().unwrap();
    let lp = write(dir.path(), "split.lp", &(text + "End\n"));
    let objective: u32 = planted.iter().take(3).sum();
    let lines: String = planted.iter().enumerate().map(|(j, x)| format!("x{j} {x}\n")).collect();
    let head = "Model status\nUnknown\n\n# Primal solution values\nFeasible\n";
    let highs = write(
        dir.path(),
        "h.sol",
        &format!("{head}Objective {objective}\n# Columns 40\n{lines}# Rows 0\n"),
    );
    let scip = format!("solution status: unknown\nobjective value: {objective}\n{lines}");
    let scip = write(dir.path(), "s.sol", &scip);
    let gurobi = write(dir.path(), "g.mst", &format!("# MIP start\n{lines}"));
    for solver in installed("a_start_is_read_by_each_solver") {
        let start = match solver.kind {
            SolverKind::Highs => &highs,
            SolverKind::Scip => &scip,
            SolverKind::Gurobi => &gurobi,
            SolverKind::Embedded => continue,
        };
        let limits = Limits { seconds: Some(1.0), threads: Some(1), ..Limits::default() };
        let mut request = request(&lp, limits);
        let without = solve(&solver, &request).unwrap();
        request.start = Some(start.clone());
        let with = solve(&solver, &request).unwrap();
        assert!(with.solution.has_point(), "{solver:?}: {}", with.log_tail);
        assert!(with.solution.objective.unwrap() <= f64::from(objective) + 1e-6, "{solver:?}");
        println!("{}: point without start: {}", with.solver, without.solution.has_point());
    }
}

#[test]
fn broken_and_missing_models_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let broken = write(dir.path(), "broken.lp", "Minimize\n obj: x +\nSubject To\n c: x >= = 1\n");
    for solver in installed("broken_and_missing_models_are_refused") {
        let e = solve(&solver, &request(&broken, Limits::default())).unwrap_err();
        println!("{e}");
        let refused = matches!(e, SolveError::Refused { .. } | SolveError::Died { .. });
        assert!(refused, "{solver:?}: {e:?}");
        let e = solve(&solver, &request(&dir.path().join("no.lp"), Limits::default())).unwrap_err();
        assert!(matches!(e, SolveError::Io { .. }), "{solver:?}: {e:?}");
        let e = solve(&solver, &SolveRequest::default()).unwrap_err();
        assert!(matches!(e, SolveError::NoFile { .. }), "{solver:?}: {e:?}");
    }
}

#[test]
fn scip_solves_nonconvex_rows_and_nl_files() {
    let dir = tempfile::tempdir().unwrap();
    let text = "Maximize\n obj: x + y + 3 b\nSubject To\n q: [ x * y ] + b <= 4\n c: x + y <= 7\n\
        Bounds\n x <= 4\n 1 <= y <= 5\nBinaries\n b\nEnd\n";
    let lp = write(dir.path(), "q.lp", text);
    // min x s.t. x >= 1.5, by position.
    let nl = "g3 0 1 0\n 1 1 1 0 0\n 0 0\n 0 0\n 0 0 0\n 0 0 0 1\n 0 0 0 0 0\n 1 1\n 0 0\n 0 0 0 0 0\n\
        C0\nn0\nO0 0\nn0\nr\n2 1.5\nb\n2 0\nk0\nJ0 1\n0 1\nG0 1\n0 1\n";
    let nl = write(dir.path(), "x.nl", nl);
    let solvers = installed("scip_solves_nonconvex_rows_and_nl_files");
    for solver in solvers.iter().filter(|s| s.kind == SolverKind::Scip) {
        let report = solve(solver, &request(&lp, Limits::default())).unwrap();
        assert!((report.solution.objective.unwrap() - 8.6).abs() < 1e-4, "{report:?}");
        let report = solve(solver, &request(&nl, Limits::default())).unwrap();
        assert_eq!(report.solution.status, Status::Optimal);
        assert_eq!(report.solution.values, sol::Values::Indexed(vec![1.5]));
        assert!((report.safe_bound(true).unwrap() - 1.5).abs() < 1e-9, "{report:?}");
    }
}

#[test]
fn gurobi_without_a_licence_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let mut text = String::from("Minimize\n obj: x0\nSubject To\n");
    for j in 0..2100 {
        text += &format!(" c{j}: x{j} + x{} >= 1\n", j + 1);
    }
    let lp = write(dir.path(), "large.lp", &(text + "End\n"));
    let solvers = installed("gurobi_without_a_licence_says_so");
    for solver in solvers.iter().filter(|s| s.kind == SolverKind::Gurobi) {
        match solve(solver, &request(&lp, Limits::default())) {
            Err(e) => assert!(matches!(e, SolveError::Licence { .. }), "{e:?}"),
            Ok(report) => assert_eq!(report.solution.status, Status::Optimal), // Fully licensed.
        }
    }
}

#[cfg(unix)]
mod fake {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn fake(dir: &Path, kind: SolverKind, body: &str) -> FoundSolver {
        let path = write(dir, "fake", &format!("#!/bin/sh\n{body}\n"));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        let how = How::Program { path, libraries: None };
        FoundSolver { kind, version: "0".to_owned(), how }
    }

    fn ask(kind: SolverKind, body: &str) -> Result<SolveReport, SolveError> {
        let dir = tempfile::tempdir().unwrap();
        let lp = write(dir.path(), "m.lp", KNAPSACK);
        let limits = Limits { seconds: Some(0.5), grace: 0.5, ..Limits::default() };
        let answer = solve(&fake(dir.path(), kind, body), &request(&lp, limits));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2, "something was left behind");
        answer
    }

    #[test]
    fn one_that_dies_is_an_error_with_its_last_words() {
        let e = ask(SolverKind::Highs, "echo out of memory >&2; kill -SEGV $$").unwrap_err();
        assert!(matches!(e, SolveError::Died { .. }), "{e:?}");
        let text = e.to_string();
        assert!(text.starts_with("HiGHS died (signal: 11"), "{text}");
        assert!(text.contains("its last words: out of memory"), "{text}");
        let e = ask(SolverKind::Scip, "exit 3").unwrap_err().to_string();
        assert!(e.starts_with("SCIP died (exit status: 3) without an answer; try"), "{e}");
        assert!(ask(SolverKind::Gurobi, "exit 0").is_err(), "silence is no answer");
    }

    #[test]
    fn one_that_hangs_is_killed() {
        let e = ask(SolverKind::Scip, "trap '' INT; while true; do sleep 0.1; done").unwrap_err();
        assert!(matches!(e, SolveError::Hung { seconds, .. } if seconds < 10.0), "{e:?}");
    }

    #[test]
    fn a_child_that_holds_the_pipes_does_not_hold_us() {
        let begin = std::time::Instant::now();
        assert!(ask(SolverKind::Scip, "sleep 20 & exit 3").is_err());
        assert!(begin.elapsed().as_secs_f64() < 10.0);
    }

    #[test]
    fn one_that_never_stops_talking_is_stopped() {
        let begin = std::time::Instant::now();
        assert!(ask(SolverKind::Gurobi, "trap '' INT; while true; do echo chatter; done").is_err());
        assert!(begin.elapsed().as_secs_f64() < 10.0);
    }

    #[test]
    fn one_that_overruns_keeps_what_it_printed() {
        let row =
            " R       0       0         0   0.00%   -14   -10   2.38%   0   0   0   46   0.0s";
        let body = format!("echo '{row}'; while true; do sleep 0.1; done");
        let report = ask(SolverKind::Highs, &body).unwrap();
        let stopped = Status::Limit("stopped after its time limit".to_owned());
        assert_eq!(report.solution.status, stopped);
        assert_eq!(report.solution.dual_bound, Some(-14.0));
        assert!(report.safe_bound(true).unwrap() < -14.0);
        assert!(!report.solution.has_point());
        assert_eq!(report.history.first().map(|h| (h.1, h.2)), Some((Some(-14.0), Some(-10.0))));
    }

    #[test]
    fn a_cut_solution_is_an_error() {
        let body = "echo '  Status            Optimal'; \
            printf 'Model status\\nOptimal\\n\\n# Primal solution values\\nFeasible\\nObjective -13\\n# Columns 4\\nx 2\\n' \
            > solution.sol";
        let e = ask(SolverKind::Highs, body).unwrap_err();
        assert!(matches!(e, SolveError::Solution { .. }), "{e:?}");
        assert!(e.to_string().contains("before the value of column 2 of 4"), "{e}");
    }

    #[test]
    fn a_licence_failure_is_told() {
        let body = "echo 'ERROR 10009: No Gurobi license found'; exit 1";
        let e = ask(SolverKind::Gurobi, body).unwrap_err();
        assert!(matches!(e, SolveError::Licence { .. }), "{e:?}");
    }

    #[test]
    fn one_that_is_not_there_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let lp = write(dir.path(), "m.lp", KNAPSACK);
        let path = dir.path().join("absent");
        let how = How::Program { path, libraries: None };
        let solver = FoundSolver { kind: SolverKind::Scip, version: String::new(), how };
        let e = solve(&solver, &request(&lp, Limits::default())).unwrap_err();
        assert!(matches!(e, SolveError::Start { .. }), "{e:?}");
    }

    #[test]
    fn programs_on_the_path_are_found_by_their_version() {
        let dir = tempfile::tempdir().unwrap();
        let highs = write(dir.path(), "highs", "#!/bin/sh\necho HiGHS version 1.15.1 \\(x\\)\n");
        let scip = write(dir.path(), "scip", "#!/bin/sh\nexit 1\n");
        for file in [&highs, &scip] {
            std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        let places = Places { data: None, path: dir.path().as_os_str().to_owned() };
        let found = discover_in(&places);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].kind, SolverKind::Embedded);
        assert_eq!((found[1].kind, found[1].version.as_str()), (SolverKind::Highs, "1.15.1"));
    }
}

#[test]
fn installing_needs_python_and_a_solver_that_is_not_embedded() {
    let dir = tempfile::tempdir().unwrap();
    let data = Some(dir.path().join("data"));
    let places = Places { data, path: dir.path().as_os_str().to_owned() };
    let never = AtomicBool::new(false);
    let attempt = |kind| install(&[kind], &places, &mut |_| {}, &never).unwrap_err();
    assert_eq!(attempt(SolverKind::Embedded), InstallError::Embedded);
    assert_eq!(attempt(SolverKind::Highs), InstallError::NoPython);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn installed_solvers_are_found() {
    if std::env::var_os("THERIAC_TEST_INSTALL").is_none() {
        println!("installed_solvers_are_found: skipped, set THERIAC_TEST_INSTALL=1 to download");
        return;
    }
    let places = Places::from_environment();
    let kinds = [SolverKind::Highs, SolverKind::Scip, SolverKind::Gurobi];
    let mut lines = Vec::new();
    let found =
        install(&kinds, &places, &mut |l| lines.push(l.to_owned()), &AtomicBool::new(false));
    for line in &lines {
        println!("{line}");
    }
    let found = found.unwrap();
    for kind in kinds {
        assert!(found.iter().any(|s| s.kind == kind), "{kind} is missing");
    }
    assert!(lines.iter().any(|l| l.contains("highsbox==1.15.1")), "{lines:?}");
}
