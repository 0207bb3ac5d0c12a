//! Gurobi's `.sol` and `.mst` (COPT's `.sol` is the same): `name value` a line, 17 digits.
//!
//! ```text
//! # Solution for model obj
//! # Objective value = 1.1366666666666667e+01
//! b.1 1
//! ```
//!
//! A `.sol` lists every column and states no status, not even after "unbounded", when it holds a
//! point with 1e+30 in it. A `.mst` lists integer columns only.

use indexmap::IndexMap;

use super::error::SolError;
use super::recognise::Format;
use super::text::{self, Text};
use super::{Solution, Status, Values};

pub(super) fn parse(mut text: Text<'_>) -> Result<Solution, SolError> {
    let words = "a .sol of this kind states no status".to_owned();
    let mut solution = Solution::pointless(Status::Unknown(words));
    while text.peek().is_some_and(|l| l.starts_with('#')) {
        let line = text.next("the header")?;
        let comment = line.trim_start_matches('#').trim();
        if comment.starts_with("Objective value") {
            let Some(v) = text::after("Objective value =", comment)
                .or_else(|| text::after("Objective value", comment))
            else {
                return Err(text.wrong("the objective value", line));
            };
            solution.objective = text::finite(v);
        }
    }
    solution.values = Values::Named { values: entries(text)?, complete: true };
    Ok(solution)
}

/// A `.mst` as an answer: values of some columns and nothing else.
pub(super) fn parse_partial(text: Text<'_>) -> Result<Solution, SolError> {
    let words = "a MIP start lists integer columns alone".to_owned();
    let values = Values::Partial(entries(text)?);
    Ok(Solution { values, ..Solution::pointless(Status::Unknown(words)) })
}

/// Reads a `.mst`: start values of the columns that it lists, which are not all.
///
/// # Errors
/// The bytes break the format or end in the middle of a line.
pub fn parse_start(file: &str, bytes: &[u8]) -> Result<IndexMap<String, f64>, SolError> {
    entries(Text::new(file, Format::GurobiStart, bytes)?)
}

fn entries(mut text: Text<'_>) -> Result<IndexMap<String, f64>, SolError> {
    let mut values = IndexMap::new();
    while !text.rest().is_empty() {
        let line = text.next("a variable")?;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, v) = text.all(line, "a name and a value", text::name_value)?;
        text.insert(&mut values, name, v)?;
    }
    Ok(values)
}
