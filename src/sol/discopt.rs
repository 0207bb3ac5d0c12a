//! discopt's `result.json`: status, objective, bound and the values; and the `.sol` beside it, which
//! has the status, the objective and one value a line.
//!
//! The solver says apart from the status whether its gap is certified, in the `.json` alone; without
//! that its "optimal" is a point without proof and its bound none. It reads NL files and calls their columns `x0`,
//! `x1`, ... by position.

use indexmap::IndexMap;
use serde::Deserialize;

use super::error::SolError;
use super::text::{self, Text};
use super::{Solution, Status, Values};

#[derive(Deserialize)]
struct File {
    schema_version: i64,
    status: String,
    objective: Option<f64>,
    bound: Option<f64>,
    gap_certified: Option<bool>,
    x: Option<IndexMap<String, f64>>,
}

pub(super) fn parse(text: Text<'_>) -> Result<Solution, SolError> {
    let file: File = text.json("discopt's object")?;
    if file.schema_version != 1 {
        return Err(text.wrong("schema_version 1", &file.schema_version.to_string()));
    }
    let certified = file.gap_certified == Some(true);
    let mut solution = Solution::pointless(classify(&file.status, certified));
    if certified {
        solution.dual_bound = file.bound.and_then(text::finite);
    }
    let Some(values) = file.x.filter(|x| !x.is_empty()) else { return Ok(solution) };
    if matches!(solution.status, Status::Infeasible | Status::Unbounded) {
        return Ok(solution);
    }
    solution.objective = file.objective.and_then(text::finite);
    let by_position = values.keys().enumerate().all(|(k, name)| *name == format!("x{k}"));
    solution.values = match by_position {
        true => Values::Indexed(values.into_values().collect()),
        false => Values::Named { values, complete: true },
    };
    Ok(solution)
}

/// The `.sol`: it looks like AMPL's and is none.
pub(super) fn parse_sol(mut text: Text<'_>) -> Result<Solution, SolError> {
    let line = text.next("`discopt` and its status")?;
    let Some(word) = line.strip_prefix(SOL_START) else {
        return Err(text.wrong("`discopt` and its status", line));
    };
    let mut solution = Solution::pointless(classify(word.trim(), false));
    let mut values = Vec::new();
    while !text.rest().is_empty() {
        let line = text.next("a value")?;
        if let Some(v) = text::after("objective ", line) {
            solution.objective = text::finite(v);
            continue;
        }
        values.push(text.all(line, "a value", text::number)?);
    }
    if !values.is_empty() {
        solution.values = Values::Indexed(values);
    }
    Ok(solution)
}

/// How the `.sol` begins.
pub(super) const SOL_START: &str = "discopt ";

fn classify(word: &str, certified: bool) -> Status {
    match word {
        "optimal" if certified => Status::Optimal,
        "infeasible" if certified => Status::Infeasible,
        "unbounded" => Status::Unbounded,
        "optimal" | "feasible" => {
            Status::Local(format!("discopt status {word}, gap not certified"))
        }
        "error" | "failed" => Status::Failed(format!("discopt status {word}")),
        _ if word.ends_with("_limit") => Status::Limit(word.replace('_', " ")),
        _ => Status::Unknown(format!("discopt status {word}")),
    }
}
