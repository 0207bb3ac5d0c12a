//! Gurobi's `.json`: status, bound and the nonzeros, 17 digits.
//!
//! Unbounded models leave a point with 1e+30 and a bound of 1e+100. The status numbers are those
//! of Gurobi 13; a linear program has no `ObjBound`.

use indexmap::IndexMap;
use serde::Deserialize;

use super::error::SolError;
use super::text::{self, Text};
use super::{Solution, Status, Values};

#[derive(Deserialize)]
struct File {
    #[serde(rename = "SolutionInfo")]
    info: Info,
    #[serde(rename = "Vars")]
    vars: Option<Vec<Var>>,
}

#[derive(Deserialize)]
struct Info {
    #[serde(rename = "Status")]
    status: i64,
    #[serde(rename = "SolCount")]
    points: Option<i64>,
    #[serde(rename = "ObjVal")]
    objective: Option<f64>,
    #[serde(rename = "ObjBound")]
    bound: Option<f64>,
}

#[derive(Deserialize)]
struct Var {
    #[serde(rename = "VarName")]
    name: Option<String>,
    #[serde(rename = "X")]
    value: Option<f64>,
}

pub(super) fn parse(text: Text<'_>) -> Result<Solution, SolError> {
    let file: File = text.json("SolutionInfo and Vars as Gurobi writes them")?;
    let mut solution = Solution::pointless(classify(file.info.status));
    solution.solver = Some("Gurobi".to_owned());
    solution.objective = file.info.objective.and_then(text::finite);
    solution.dual_bound = file.info.bound.and_then(text::finite);
    if file.info.points == Some(0) {
        return Ok(solution);
    }
    let mut values = IndexMap::new();
    for var in file.vars.unwrap_or_default() {
        let Some(name) = var.name else {
            return Err(text.wrong("a VarName for every entry of Vars", "an entry without one"));
        };
        let Some(value) = var.value else {
            return Err(text.wrong("a value X for every entry of Vars", &name));
        };
        text.insert(&mut values, &name, value)?;
    }
    solution.values = Values::Named { values, complete: false };
    Ok(solution)
}

fn classify(code: i64) -> Status {
    let limit = |words: &str| Status::Limit(words.to_owned());
    match code {
        2 => Status::Optimal,
        3 => Status::Infeasible,
        4 => Status::InfeasibleOrUnbounded,
        5 => Status::Unbounded,
        6 => limit("cutoff"),
        7 => limit("iteration limit"),
        8 => limit("node limit"),
        9 => limit("time limit"),
        10 => limit("solution limit"),
        11 => Status::Interrupted,
        12 => Status::Failed("numerical trouble".to_owned()),
        13 => Status::Local("suboptimal".to_owned()),
        15 => limit("user objective limit"),
        16 => limit("work limit"),
        17 => limit("memory limit"),
        18 => Status::Local("locally optimal".to_owned()),
        19 => Status::Local("locally infeasible".to_owned()),
        other => Status::Unknown(format!("Gurobi status {other}")),
    }
}
