//! What a run was made with that its bound, or its finding that nothing is feasible, does not hold
//! without: tolerances, cutoffs, files of settings. As far as its log repeats what was set.

use std::fmt;

use super::LogKind;

/// Why the bound of a run proves nothing about the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Weakened {
    /// A tolerance looser than what a bound is moved outward for: `FeasibilityTol 0.01`.
    Tolerance(String),
    /// A value that solutions had to be better than: `objective_bound 6`. What is worse was cut off,
    /// so that "infeasible" says nothing.
    Cutoff(String),
    /// A file of settings whose content the log does not repeat.
    Settings(String),
}

impl fmt::Display for Weakened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Weakened::Tolerance(what) => write!(
                f,
                "the run was made with {what}, looser than the tolerance that a bound is moved \
                 outward by, so that its bound proves nothing; run the solver with its own tolerances"
            ),
            Weakened::Cutoff(what) => write!(
                f,
                "the run was made with a cutoff ({what}): it left out every solution that is not \
                 better, so that its bound proves nothing; run the solver without"
            ),
            Weakened::Settings(what) => write!(
                f,
                "the run was made with settings that its log does not show ({what}), so that its \
                 bound proves nothing; set them one by one, or run the solver without"
            ),
        }
    }
}

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

/// Names of the cutoffs, likewise.
fn cutoffs(kind: LogKind) -> &'static [&'static str] {
    match kind {
        LogKind::Scip => &["limits/objective"],
        LogKind::Highs => &["objective_bound"],
        LogKind::Gurobi => &["Cutoff"],
        LogKind::Xpress => &["MIPABSCUTOFF", "MIPADDCUTOFF", "MIPRELCUTOFF"],
        // What is not better than the best solution by the increment is cut off, too.
        LogKind::Cbc => &["cutoff", "increment"],
        LogKind::Copt | LogKind::Cplex => &[],
    }
}

/// Solvers take for infinite what is not below this.
const INFINITE: f64 = 1e20;

/// What a line says that takes the proof from the run's bound, if it does.
pub(super) fn weakened(kind: LogKind, line: &str) -> Option<Weakened> {
    if let Some((name, value)) = setting(names(kind), line) {
        // What is not a number is no tolerance that a bound could be moved by.
        let fine = value <= usual(name);
        return (!fine).then(|| Weakened::Tolerance(format!("{name} {value}")));
    }
    if let Some((name, value)) = setting(cutoffs(kind), line) {
        let none = value.abs() >= INFINITE;
        return (!none).then(|| Weakened::Cutoff(format!("{name} {value}")));
    }
    match kind {
        LogKind::Scip => scip(line),
        LogKind::Highs
        | LogKind::Gurobi
        | LogKind::Cplex
        | LogKind::Xpress
        | LogKind::Copt
        | LogKind::Cbc => None,
    }
}

/// SCIP 10.0 shows an objective limit by its last lines alone, and of a file of settings the name.
fn scip(line: &str) -> Option<Weakened> {
    if let Some(words) = line.trim_start().strip_prefix("Primal Bound") {
        let value = words.trim_start_matches([' ', ':']);
        let value: f64 = value.split_whitespace().next()?.parse().ok()?;
        let limit = words.contains("(objective limit") && value.abs() < INFINITE;
        return limit.then(|| Weakened::Cutoff(format!("objective limit {value}")));
    }
    let file = line.split_once("parameter file <").and_then(|(_, rest)| rest.split_once('>'));
    let (name, rest) = file?;
    let read = !rest.contains("not found") && !line.contains("saved");
    read.then(|| Weakened::Settings(format!("parameter file {name}")))
}

/// One of `names` in a line, with the last number of the line. `name` stands alone, so that a table
/// or a sentence with the word in it is no setting: the number comes behind it.
fn setting(names: &[&'static str], line: &str) -> Option<(&'static str, f64)> {
    let parts = line.split(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '='));
    let words: Vec<&str> =
        parts.map(|w| w.trim_end_matches([':', ','])).filter(|w| !w.is_empty()).collect();
    let (at, name) = words
        .iter()
        .enumerate()
        .find_map(|(at, w)| names.iter().find(|name| *name == w).map(|name| (at, *name)))?;
    let value = words[at..].iter().filter_map(|w| w.parse::<f64>().ok()).next_back()?;
    Some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_the_proof_from_a_bound_is_found() {
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
            let expected = expected.map(|e| Weakened::Tolerance(e.to_owned()));
            assert_eq!(weakened(kind, line), expected, "{line}");
        }
        let lines = [
            (LogKind::Highs, "Set option objective_bound to 6", Some("objective_bound 6")),
            (LogKind::Highs, "Set option objective_bound to inf", None),
            (LogKind::Highs, "  BestBound       BestSol", None),
            (LogKind::Gurobi, "Cutoff  7", Some("Cutoff 7")),
            (LogKind::Gurobi, "Set parameter Cutoff to value 7.5", Some("Cutoff 7.5")),
            (LogKind::Gurobi, "   12    9 cutoff   10       7.0     6.0  14%   2.1    0s", None),
            (LogKind::Cbc, "cutoff was changed from 1e+100 to 3", Some("cutoff 3")),
            (LogKind::Cbc, "increment was changed from 1e-05 to 0.9", Some("increment 0.9")),
            (LogKind::Xpress, "MIPABSCUTOFF = 12", Some("MIPABSCUTOFF 12")),
            (
                LogKind::Scip,
                "Primal Bound       : +3.00000000000000e+00 (objective limit, 0 solutions)",
                Some("objective limit 3"),
            ),
            (
                LogKind::Scip,
                "Primal Bound       : +1.00000000000000e+20 (objective limit, 0 solutions)",
                None,
            ),
            (LogKind::Scip, "  Primal Bound     : infeasible (objective limit reached)", None),
            (LogKind::Scip, "Primal Bound       : +3.00000000000000e+00 (2 solutions)", None),
        ];
        for (kind, line, expected) in lines {
            let expected = expected.map(|e| Weakened::Cutoff(e.to_owned()));
            assert_eq!(weakened(kind, line), expected, "{line}");
        }
        let absent = "user parameter file <scip.set> not found - using default parameters";
        assert_eq!(weakened(LogKind::Scip, absent), None);
        let read = "reading user parameter file <mine.set>";
        let file = Weakened::Settings("parameter file mine.set".to_owned());
        assert_eq!(weakened(LogKind::Scip, read), Some(file));
    }
}
