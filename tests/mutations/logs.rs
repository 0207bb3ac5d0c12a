//! 6,000 mutated logs.

use std::path::Path;

use theriac::sol::Status;
use theriac::sol::log::{self, LogKind, LogSummary};

use super::memory::measured;
use super::mutate::{harm, mutate};

/// Names begin so, kinds, and whether they maximise follows from the case.
const SOLVERS: [(&str, LogKind); 8] = [
    ("scip_", LogKind::Scip),
    ("gurobi_", LogKind::Gurobi),
    ("highs_", LogKind::Highs),
    ("cplex_", LogKind::Cplex),
    ("xpress_", LogKind::Xpress),
    ("copt_", LogKind::Copt),
    ("cbc_", LogKind::Cbc),
    ("cbcdevel_", LogKind::Cbc),
];

/// Optima of the cases that end at one, `true` where they maximise.
const OPTIMA: [(&str, f64, bool); 8] = [
    ("lp_max", 11.625, true),
    ("lp_min", 9.25, false),
    ("qp_max", 4.875, true),
    ("qp_min", -4.875, false),
    ("bil_max", 1.125, true),
    ("bil_min", -1.125, false),
    ("knap_max", 21804.0, true),
    ("knap_min", -21804.0, false),
];

/// Cases that do not end at an optimum.
const OTHERS: [&str; 8] =
    ["inf_max", "unb_max", "unb_lp_max", "node_max", "node_min", "time_max", "noinc", "interrupt"];

fn text(solver: &str, case: &str) -> Option<Vec<u8>> {
    let path = format!("tests/data/logs/{solver}{case}.log");
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).ok()
}

fn read(kind: LogKind, bytes: &[u8]) -> LogSummary {
    let text = String::from_utf8_lossy(bytes);
    let (summary, held) = measured(|| log::read(kind, &text));
    assert!(held <= 4 * bytes.len() + 65_536, "{held} bytes for {}", bytes.len());
    summary
}

#[test]
fn three_thousand_logs_that_end_at_an_optimum() {
    let mut rng = fastrand::Rng::with_seed(32);
    let (mut optimal, mut refused, mut bounds) = (0, 0, 0);
    for round in 0..3000 {
        let (case, optimum, maximises) = OPTIMA[round % OPTIMA.len()];
        let (solver, kind) = SOLVERS[rng.usize(..SOLVERS.len())];
        let Some(bytes) = text(solver, case) else { continue };
        // What may be spliced in is a log of the same solver.
        let case = OPTIMA[rng.usize(..OPTIMA.len())].0;
        let other = text(solver, case).unwrap_or_default();
        let mutated = mutate(&bytes, if other.is_empty() { &bytes } else { &other }, &mut rng);
        let summary = read(kind, &mutated);
        if summary.status != Some(Status::Optimal) {
            continue;
        }
        optimal += 1;
        // The solution that comes with the log holds the optimum; a log that states another value
        // or none is not taken.
        let near = |p: f64| (p - optimum).abs() <= 2e-5 * (1.0 + optimum.abs());
        if summary.runs > 1 || !summary.primal.is_some_and(near) {
            refused += 1;
            continue;
        }
        let Some(b) = summary.dual_bound else { continue };
        let sign = if maximises { -1.0 } else { 1.0 };
        let (bound, point) = (sign * b.value - b.slack, sign * optimum);
        // A bound better than a point contradicts it, and proves nothing.
        let contradicts = bound > point + 1e-6 * (1.0 + point.abs());
        assert!(bound.is_finite() && b.slack >= 0.0, "{solver}{case}: {b:?}");
        refused += usize::from(contradicts);
        bounds += usize::from(!contradicts);
    }
    assert!(optimal > 1000 && bounds > 700 && refused > 50, "{optimal} {bounds} {refused}");
}

#[test]
fn three_thousand_logs_that_end_elsewhere_are_never_optimal() {
    let mut rng = fastrand::Rng::with_seed(33);
    let mut read_as = [0; 2];
    for round in 0..3000 {
        let case = OTHERS[round % OTHERS.len()];
        let (solver, kind) = SOLVERS[rng.usize(..SOLVERS.len())];
        let Some(bytes) = text(solver, case) else { continue };
        let summary = read(kind, &harm(&bytes, &mut rng));
        assert_ne!(summary.status, Some(Status::Optimal), "{solver}{case}");
        read_as[usize::from(summary.status.is_some())] += 1;
    }
    assert!(read_as[0] > 100 && read_as[1] > 1000, "{read_as:?}");
}
