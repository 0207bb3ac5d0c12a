//! What `lp_solve` prints: 6 digits, the status by its words.
//!
//! ```text
//! Value of objective function: 11.36666667
//!
//! Actual values of the variables:
//! b.1                             1
//! ```
//!
//! After a time limit the same table follows the words `Suboptimal solution`, or the one word
//! `Timeout`. Duals may follow the constraints; they are passed over.

use indexmap::IndexMap;
use nom::Parser;

use super::error::SolError;
use super::text::{self, Text};
use super::{Solution, Status, Values};

/// How a file of this kind begins, blank lines aside.
pub(super) const BEGINNINGS: [&str; 5] = [
    "Value of objective function:",
    "Suboptimal solution",
    "This problem is infeasible",
    "This problem is unbounded",
    "Timeout",
];

pub(super) fn parse(mut text: Text<'_>) -> Result<Solution, SolError> {
    text.skip_blank();
    let Some(first) = text.next_loose() else {
        return Err(text.truncated("before its first words".to_owned()));
    };
    let status = match first.trim() {
        "This problem is infeasible" => return Ok(Solution::pointless(Status::Infeasible)),
        "This problem is unbounded" => return Ok(Solution::pointless(Status::Unbounded)),
        "Timeout" => return Ok(Solution::pointless(Status::Limit("Timeout".to_owned()))),
        "Suboptimal solution" => Status::Limit("Suboptimal solution".to_owned()),
        _ => Status::Optimal,
    };
    let mut line = first;
    if !matches!(status, Status::Optimal) {
        text.skip_blank();
        line = text.next("the objective value")?;
    }
    let Some(objective) = text::after("Value of objective function:", line) else {
        return Err(text.wrong("`Value of objective function:` and a number", line));
    };
    text.skip_blank();
    let head = text.next("`Actual values of the variables:`")?;
    if head.trim() != "Actual values of the variables:" {
        return Err(text.wrong("`Actual values of the variables:`", head));
    }
    let mut values = IndexMap::new();
    loop {
        let line = text.next("`Actual values of the constraints:`")?;
        if line.trim().is_empty() {
            break;
        }
        let (name, v) = text.all(line, "a name and a value", text::name_value.map(|p| p))?;
        text.insert(&mut values, name, v)?;
    }
    // The headline of the next table shows that this one is whole.
    let head = text.next("`Actual values of the constraints:`")?;
    if head.trim() != "Actual values of the constraints:" {
        return Err(text.wrong("`Actual values of the constraints:`", head));
    }
    let mut solution = Solution { digits: 6, ..Solution::pointless(status) };
    solution.objective = text::finite(objective);
    solution.values = Values::Named { values, complete: true };
    Ok(solution)
}
