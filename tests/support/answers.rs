//! Answers as solvers write them: solution files of every format that may be certified, and logs.

use std::fmt::Write as _;

use theriac::sol::log::LogKind;

/// What a solver says of a point.
pub struct Answer<'a> {
    /// Names of the columns, in the order of the file.
    pub names: &'a [String],
    /// Their values.
    pub values: &'a [f64],
    /// Objective of the point in the file's sense.
    pub objective: f64,
    /// Number of rows of the file.
    pub rows: usize,
}

/// Formats by name, and whether they state the objective.
pub const BY_NAME: [(&str, bool); 7] = [
    ("scip", true),
    ("gurobi", true),
    ("gurobi-json", true),
    ("highs", true),
    ("cplex", true),
    ("xpress", false),
    ("theriac", true),
];

/// Formats by position, and whether they state the objective.
pub const BY_POSITION: [(&str, bool); 3] = [("ampl", false), ("glpk", true), ("copt-json", true)];

/// The answer in a format of the two lists.
pub fn write(format: &str, a: &Answer<'_>) -> String {
    let mut out = String::new();
    let pairs = || a.names.iter().zip(a.values);
    let (value, n) = (a.objective, a.values.len());
    match format {
        "scip" => {
            out = format!("solution status: optimal solution found\nobjective value: {value}\n");
            for (name, v) in pairs().filter(|(_, v)| **v != 0.0) {
                let _ = writeln!(out, "{name} {v} \t(obj:0)");
            }
        }
        "gurobi" => {
            out = format!("# Solution for model obj\n# Objective value = {value:e}\n");
            pairs().for_each(|(name, v)| out.push_str(&format!("{name} {v:e}\n")));
        }
        "gurobi-json" => {
            let vars: Vec<String> = pairs()
                .filter(|(_, v)| **v != 0.0)
                .map(|(name, v)| format!("{{ \"VarName\": \"{name}\", \"X\": {v:e}}}"))
                .collect();
            out = format!(
                "{{ \"SolutionInfo\": {{ \"Status\": 2, \"ObjVal\": {value:e}, \"ObjBound\": {value:e}, \
                 \"SolCount\": 1}}, \"Vars\": [{}]}}\n",
                vars.join(", ")
            );
        }
        "highs" => {
            out = format!(
                "Model status\nOptimal\n\n# Primal solution values\nFeasible\nObjective {value}\n\
                 # Columns {n}\n"
            );
            pairs().for_each(|(name, v)| out.push_str(&format!("{name} {v}\n")));
            out.push_str("# Rows 0\n\n# Dual solution values\nNone\n");
        }
        "cplex" => {
            out = format!(
                "<?xml version = \"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
                 <CPLEXSolution version=\"1.2\">\n <header\n   problemName=\"model.lp\"\n   \
                 objectiveValue=\"{value}\"\n   solutionStatusString=\"integer optimal solution\"/>\n \
                 <variables>\n"
            );
            for (k, (name, v)) in pairs().enumerate() {
                let _ = writeln!(out, "  <variable name=\"{name}\" index=\"{k}\" value=\"{v}\"/>");
            }
            out.push_str(" </variables>\n</CPLEXSolution>\n");
        }
        "xpress" => {
            out.push_str("NAME          model\n");
            pairs().for_each(|(name, v)| out.push_str(&format!("  C {name} {v}\n")));
            out.push_str("ENDATA\n");
        }
        "theriac" => {
            out = format!(
                "theriac solution 1\nsolver other 1\nstatus optimal\nobjective {value}\nbound {value}\n\
                 values {n}\n"
            );
            pairs().for_each(|(name, v)| out.push_str(&format!("{name} {v}\n")));
            out.push_str("end\n");
        }
        "ampl" => {
            out =
                format!("optimal solution found\n\nOptions\n3\n1\n1\n0\n{}\n0\n{n}\n{n}\n", a.rows);
            a.values.iter().for_each(|v| out.push_str(&format!("{v}\n")));
            out.push_str("objno 0 0\n");
        }
        "glpk" => {
            let _ = writeln!(out, "c Problem:\nc Rows:       {}\nc Columns:    {n}", a.rows);
            let _ =
                writeln!(out, "c Status:     INTEGER OPTIMAL\nc\ns mip {} {n} o {value}", a.rows);
            (1..=a.rows).for_each(|k| out.push_str(&format!("i {k} 0\n")));
            a.values.iter().enumerate().for_each(|(k, v)| {
                let _ = writeln!(out, "j {} {v}", k + 1);
            });
            out.push_str("e o f\n");
        }
        "copt-json" => {
            let values: Vec<String> = a.values.iter().map(ToString::to_string).collect();
            out = format!(
                "{{\"CoptVersion\": \"8.0.7\", \"SolutionInfo\": {{\"Status\": 1, \"HasSol\": 1, \
                 \"ObjVal\": {value}, \"ObjBound\": {value}}}, \"MIPSolution\": {{\"ColValue\": [{}]}}}}",
                values.join(", ")
            );
        }
        other => panic!("no format {other}"),
    }
    out
}

/// A log of a run that ended at a limit, with its incumbent and its bound in the file's sense.
pub fn log(
    kind: LogKind,
    (rows, columns, nonzeros): (usize, usize, usize),
    ends: [f64; 2],
) -> String {
    let [primal, bound] = ends;
    match kind {
        LogKind::Scip => format!(
            "SCIP version 10.0.2 [precision: 8 byte]\noriginal problem has {columns} variables (1 bin, \
             0 int, 1 cont) and {rows} constraints\nSCIP Status        : solving was interrupted \
             [time limit reached]\nPrimal Bound       : {primal:+.14e} (1 solutions)\n\
             Dual Bound         : {bound:+.14e}\n"
        ),
        LogKind::Gurobi => format!(
            "Gurobi Optimizer version 13.0.3 build v13.0.3rc0\nOptimize a model with {rows} rows, \
             {columns} columns and {nonzeros} nonzeros\nTime limit reached\nBest objective \
             {primal:.12e}, best bound {bound:.12e}, gap 1%\n"
        ),
        LogKind::Highs => format!(
            "Running HiGHS 1.15.1 (git hash: 04024d7)\nMIP has {rows} rows; {columns} cols; \
             {nonzeros} nonzeros\nSolving report\n  Status            Time limit reached\n  \
             Primal bound      {primal:.12}\n  Dual bound        {bound:.12}\n"
        ),
        other => panic!("no log of {other:?}"),
    }
}
