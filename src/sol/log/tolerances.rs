//! Tolerances that a run was made with, where its log repeats what was set.

use super::LogKind;

/// A bound is moved outward for tolerances of this size; a default above it is what solvers are
/// known with.
const TIGHT: f64 = 1e-6;

/// Names of the tolerances that a bound rests on, as the solver's log prints them.
fn names(kind: LogKind) -> &'static [&'static str] {
    match kind {
        LogKind::Scip => &["numerics/feastol", "numerics/dualfeastol", "numerics/epsilon"],
        LogKind::Highs => &[
            "primal_feasibility_tolerance",
            "dual_feasibility_tolerance",
            "mip_feasibility_tolerance",
            "kkt_tolerance",
        ],
        LogKind::Gurobi => {
            &["FeasibilityTol", "IntFeasTol", "OptimalityTol", "BarConvTol", "BarQCPConvTol"]
        }
        LogKind::Cplex => &[],
        LogKind::Xpress => &["FEASTOL", "MIPTOL", "OPTIMALITYTOL"],
        LogKind::Copt => &["FeasTol", "IntTol", "DualTol"],
        LogKind::Cbc => &["primalTolerance", "dualTolerance", "integerTolerance"],
    }
}

/// What solvers take where nothing is set, if that is above [`TIGHT`].
fn usual(name: &str) -> f64 {
    match name {
        "IntFeasTol" => 1e-5,
        "MIPTOL" => 5e-6,
        _ => TIGHT,
    }
}

/// `name value` of a line that sets such a tolerance looser than usual.
pub(super) fn loose(kind: LogKind, line: &str) -> Option<String> {
    let words = || {
        let parts = line.split(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '='));
        parts.map(|w| w.trim_end_matches([':', ','])).filter(|w| !w.is_empty())
    };
    let name = names(kind).iter().find(|name| words().any(|w| w == **name))?;
    let value = words().filter_map(|w| w.parse::<f64>().ok()).next_back()?;
    // What is not a number is no tolerance that a bound could be moved by.
    let fine = value <= usual(name);
    (!fine).then(|| format!("{name} {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_set_looser_is_found() {
        let lines = [
            (LogKind::Gurobi, "FeasibilityTol  0.01", Some("FeasibilityTol 0.01")),
            (LogKind::Gurobi, "Set parameter IntFeasTol to value 0.1", Some("IntFeasTol 0.1")),
            (LogKind::Gurobi, "Set parameter IntFeasTol to value 1e-05", None),
            (LogKind::Gurobi, "FeasibilityTol  1e-09", None),
            (LogKind::Gurobi, "TimeLimit  20", None),
            (LogKind::Scip, "numerics/feastol = 0.001", Some("numerics/feastol 0.001")),
            (
                LogKind::Highs,
                "Set option mip_feasibility_tolerance to \"0.01\"",
                Some("mip_feasibility_tolerance 0.01"),
            ),
            (LogKind::Copt, "Setting parameter 'FeasTol' to 0.001", Some("FeasTol 0.001")),
            (LogKind::Xpress, "FEASTOL = 0.01", Some("FEASTOL 0.01")),
            (LogKind::Xpress, "MIPTOL = 5e-06", None),
            (
                LogKind::Cbc,
                "integerTolerance was changed from 1e-07 to 0.1",
                Some("integerTolerance 0.1"),
            ),
        ];
        for (kind, line, expected) in lines {
            assert_eq!(loose(kind, line).as_deref(), expected, "{line}");
        }
    }
}
