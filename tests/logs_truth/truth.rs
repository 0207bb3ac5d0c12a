//! Logs of every solver in every way to end, maximising and minimising, against the truth.

use std::path::Path;

use theriac::sol::Status;
use theriac::sol::log::{self, LogKind, LogSummary};

const SOLVERS: [(&str, LogKind); 8] = [
    ("scip", LogKind::Scip),
    ("gurobi", LogKind::Gurobi),
    ("highs", LogKind::Highs),
    ("cplex", LogKind::Cplex),
    ("xpress", LogKind::Xpress),
    ("copt", LogKind::Copt),
    ("cbc", LogKind::Cbc),
    ("cbcdevel", LogKind::Cbc),
];

fn text(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/logs/{name}.log"));
    std::fs::read_to_string(path).ok()
}

/// How a run ended, as the solver's own interface told.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Optimal,
    Infeasible,
    Unbounded,
    Limit,
    Interrupted,
}

/// The case, how it ends, the optimum (or what brackets it), and whether it maximises.
type Case = (&'static str, End, Option<(f64, f64)>, bool);

#[rustfmt::skip]
const CASES: [Case; 17] = [
    ("lp_max", End::Optimal, Some((11.625, 11.625)), true),
    ("lp_min", End::Optimal, Some((9.25, 9.25)), false),
    ("inf_max", End::Infeasible, None, true),
    ("unb_max", End::Unbounded, None, true),
    ("unb_lp_max", End::Unbounded, None, true),
    ("qp_max", End::Optimal, Some((4.875, 4.875)), true),
    ("qp_min", End::Optimal, Some((-4.875, -4.875)), false),
    ("bil_max", End::Optimal, Some((1.125, 1.125)), true),
    ("bil_min", End::Optimal, Some((-1.125, -1.125)), false),
    ("knap_max", End::Optimal, Some((21804.0, 21804.0)), true),
    ("knap_min", End::Optimal, Some((-21804.0, -21804.0)), false),
    ("node_max", End::Limit, Some((21804.0, 21804.0)), true),
    ("start", End::Limit, Some((21804.0, 21804.0)), true),
    ("node_min", End::Limit, Some((-21804.0, -21804.0)), false),
    ("time_max", End::Limit, Some((107_896.0, 108_136.0)), true),
    // A market split: sums of slacks, so that the optimum is not negative.
    ("noinc", End::Limit, Some((0.0, f64::INFINITY)), false),
    ("interrupt", End::Interrupted, Some((107_896.0, 108_136.0)), true),
];

/// Logs that say less than how the run ended: `InfeasibleOrUnbounded`, or nothing. CPLEX as a
/// library states no status at all, CBC none for a linear program, and a killed process none.
#[rustfmt::skip]
const WEAKER: [(&str, &str, Option<Status>); 11] = [
    ("gurobi", "inf_max", Some(Status::InfeasibleOrUnbounded)),
    ("highs", "unb_max", Some(Status::InfeasibleOrUnbounded)),
    ("copt", "unb_max", Some(Status::InfeasibleOrUnbounded)),
    ("gurobi", "unb_lp_max", Some(Status::InfeasibleOrUnbounded)),
    ("xpress", "unb_lp_max", Some(Status::InfeasibleOrUnbounded)),
    ("cbc", "unb_lp_max", Some(Status::InfeasibleOrUnbounded)),
    ("cbcdevel", "unb_lp_max", None),
    ("cbc", "lp_max", None),
    ("cbc", "lp_min", None),
    ("highs", "interrupt", None),
    ("xpress", "interrupt", None),
];

fn agrees(status: Option<&Status>, end: End) -> bool {
    match (status, end) {
        (Some(Status::Optimal), End::Optimal)
        | (Some(Status::Infeasible), End::Infeasible)
        | (Some(Status::Unbounded), End::Unbounded)
        | (Some(Status::Limit(_)), End::Limit)
        | (Some(Status::Interrupted), End::Interrupted) => true,
        (_, _) => false,
    }
}

/// `value` on the side of the optimum on which a dual bound lies, or on the other.
fn beyond(value: f64, (low, high): (f64, f64), maximises: bool, dual: bool) -> bool {
    let tolerance = 1e-6 * value.abs().max(1.0);
    if maximises == dual { value >= low - tolerance } else { value <= high + tolerance }
}

#[test]
fn every_log_ends_as_its_run_did_and_no_bound_is_better_than_the_truth() {
    let (mut logs, mut bounds) = (0, 0);
    for (case, end, optimum, maximises) in CASES {
        for (solver, kind) in SOLVERS {
            let Some(text) = text(&format!("{solver}_{case}")) else { continue };
            let name = format!("{solver} {case}");
            let summary: LogSummary = log::read(kind, &text);
            let weaker = WEAKER.iter().find(|w| (w.0, w.1) == (solver, case));
            match weaker {
                Some((.., status)) => assert_eq!(summary.status, *status, "{name}"),
                None if solver == "cplex" || solver == "cbcdevel" && case.starts_with("lp") => {
                    assert_eq!(summary.status, None, "{name}");
                }
                None => assert!(agrees(summary.status.as_ref(), end), "{name}: {summary:?}"),
            }
            assert_eq!(summary.runs, 1, "{name}");
            assert!(summary.solver.is_some(), "{name}");
            let Some(optimum) = optimum else {
                assert_eq!(summary.dual_bound, None, "{name}");
                continue;
            };
            if let Some(b) = summary.dual_bound {
                // With its slack the bound is never better, by more than rounding of SCIP's kind.
                let worst = if maximises { b.value + b.slack } else { b.value - b.slack };
                let rounding = 1e-12 * worst.abs().max(1.0);
                let right = match maximises {
                    true => worst >= optimum.0 - rounding,
                    false => worst <= optimum.1 + rounding,
                };
                assert!(right, "{name}: {b:?}");
                bounds += 1;
            }
            if let Some(p) = summary.primal {
                assert!(beyond(p, optimum, maximises, false), "{name}: incumbent {p}");
                assert!(case != "noinc", "{name}: {p}");
            }
            if matches!(summary.status, Some(Status::Optimal)) {
                let p = summary.primal.unwrap_or_else(|| panic!("{name}"));
                assert!((p - optimum.0).abs() <= 2e-5 * p.abs().max(1.0), "{name}: {p}");
            }
            logs += 1;
        }
    }
    assert!(logs >= 85 && bounds >= 75, "{logs} logs, {bounds} bounds");
}

/// Rows of the tables are bounds and incumbents in the sense of the file too.
#[test]
fn progress_brackets_the_optimum_in_the_sense_of_the_file() {
    let mut rows = 0;
    for (case, end, optimum, maximises) in CASES {
        let Some(optimum) = optimum else { continue };
        for (solver, kind) in SOLVERS {
            let Some(text) = text(&format!("{solver}_{case}")) else { continue };
            let mut reader = log::LogReader::new(kind);
            for event in text.lines().filter_map(|line| reader.line(line)) {
                // Tables print few digits.
                let off = 1e-4 * optimum.0.abs().max(1.0);
                let wide = (optimum.0 - off, optimum.1 + off);
                if let Some(b) = event.bound {
                    assert!(beyond(b, wide, maximises, true), "{solver} {case}: bound {b}");
                    rows += 1;
                }
                if let Some(p) = event.incumbent {
                    assert!(beyond(p, wide, maximises, false), "{solver} {case}: incumbent {p}");
                }
            }
            assert!(rows > 0 || end == End::Optimal, "{solver} {case}");
        }
    }
    assert!(rows > 500, "{rows}");
}

#[test]
fn several_runs_in_one_log_say_nothing() {
    for (solver, kind) in SOLVERS {
        let text = text(&format!("{solver}_several")).unwrap();
        let summary = log::read(kind, &text);
        assert!(summary.runs >= 2, "{solver}");
        let said = (summary.status, summary.dual_bound, summary.primal, summary.sizes);
        assert_eq!(said, (None, None, None, None), "{solver}");
    }
}

/// A log cut anywhere never says more than the whole: no other optimum, and no better bound.
#[test]
fn cut_logs_claim_no_more_than_the_truth() {
    let mut cuts = 0;
    for (case, _, optimum, maximises) in CASES {
        let Some((low, high)) = optimum else { continue };
        for (solver, kind) in SOLVERS {
            let Some(text) = text(&format!("{solver}_{case}")) else { continue };
            let whole = log::read(kind, &text);
            let step = text.len() / 60 + 1;
            let near_end = (text.len().saturating_sub(1200)..text.len()).step_by(7);
            for end in (0..text.len()).step_by(step).chain(near_end) {
                let Some(cut) = text.get(..end) else { continue };
                let summary = log::read(kind, cut);
                if summary.status == Some(Status::Optimal) {
                    assert_eq!(whole.status, Some(Status::Optimal), "{solver} {case} at {end}");
                    if let Some(p) = summary.primal {
                        assert_eq!(Some(p), whole.primal, "{solver} {case} at {end}");
                    }
                }
                if let Some(b) = summary.dual_bound {
                    let rounding = 1e-12 * b.value.abs().max(1.0);
                    let right = match maximises {
                        true => b.value + b.slack >= low - rounding,
                        false => b.value - b.slack <= high + rounding,
                    };
                    assert!(right, "{solver} {case} at {end}: {b:?}");
                }
                cuts += 1;
            }
        }
    }
    assert!(cuts > 10_000, "{cuts}");
}
