//! COPT's `.json`: status codes, objective, dual bound, and the values by position.
//!
//! From about 64 columns on the values are packed, see `copt_packed`.
//!
//! Codes of COPT 8: 1 optimal, 2 infeasible, 3 unbounded, 4 infeasible or unbounded, 5 numerical
//! trouble, 6 node limit, 7 imprecise, 8 time limit, 9 unfinished, 10 interrupted, 20 locally optimal.

use serde::Deserialize;

use super::copt_packed;
use super::error::SolError;
use super::text::{self, Text};
use super::{Solution, Status, Values};

#[derive(Deserialize)]
struct File {
    #[serde(rename = "CoptVersion")]
    version: String,
    #[serde(rename = "SolutionInfo")]
    info: Info,
    #[serde(rename = "MIPSolution")]
    mip: Option<Columns>,
    #[serde(rename = "LPSolution")]
    lp: Option<Columns>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Info {
    status: i64,
    has_sol: i64,
    obj_val: Option<f64>,
    obj_bound: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Columns {
    col_value: Column,
}

/// Values as they stand there, or packed: from about 64 columns on.
#[derive(Deserialize)]
#[serde(untagged)]
enum Column {
    Plain(Vec<f64>),
    Packed(String),
}

pub(super) fn parse(text: Text<'_>) -> Result<Solution, SolError> {
    let file: File = text.json("COPT's object")?;
    let mut solution = Solution::pointless(classify(file.info.status));
    solution.solver = Some(format!("COPT {}", file.version));
    solution.dual_bound = file.info.obj_bound.and_then(text::finite);
    let point = file.mip.or(file.lp);
    if file.info.has_sol != 0
        && let Some(point) = point
    {
        solution.objective = file.info.obj_val.and_then(text::finite);
        solution.values = Values::Indexed(match point.col_value {
            Column::Plain(values) => values,
            Column::Packed(packed) => copt_packed::values(&packed)
                .map_err(|e| text.wrong("values, or values in COPT's packing", e))?,
        });
    }
    Ok(solution)
}

fn classify(code: i64) -> Status {
    match code {
        1 => Status::Optimal,
        2 => Status::Infeasible,
        3 => Status::Unbounded,
        4 => Status::InfeasibleOrUnbounded,
        5 => Status::Failed("COPT status 5, numerical trouble".to_owned()),
        6 => Status::Limit("COPT status 6, node limit".to_owned()),
        8 => Status::Limit("COPT status 8, time limit".to_owned()),
        10 => Status::Interrupted,
        20 => Status::Local("COPT status 20, locally optimal".to_owned()),
        other => Status::Unknown(format!("COPT status {other}")),
    }
}
