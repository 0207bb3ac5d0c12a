//! SCIP's `.sol`: status line, objective, then nonzeros with 15 digits.
//!
//! ```text
//! solution status: optimal solution found
//! objective value:                     11.3666666666667
//! b.1                                                 1 \t(obj:3)
//! ```
//!
//! The status line comes from the SCIP shell alone; the library leaves it out. The words are those
//! of SCIP 10 (`SCIPprintStatus`). Since zeros are left out, a file cut between two lines cannot
//! be told from a whole one: [`super::confirm_objective`] finds it.

use indexmap::IndexMap;
use nom::bytes::complete::{tag, take_till};
use nom::character::complete::space1;
use nom::combinator::opt;
use nom::sequence::{delimited, terminated};

use super::error::SolError;
use super::text::{self, Text};
use super::{Solution, Status, Values};

pub(super) fn parse(mut text: Text<'_>) -> Result<Solution, SolError> {
    let mut line = text.next("the first line")?;
    let mut status = Status::Unknown("the file states no status".to_owned());
    if let Some(words) = line.strip_prefix("solution status:") {
        status = classify(words.trim());
        line = text.next("the objective value")?;
    }
    let mut solution = Solution { digits: 15, ..Solution::pointless(status) };
    if line.trim() == "no solution available" {
        return Ok(solution);
    }
    let Some(objective) = text::after("objective value:", line) else {
        return Err(text.wrong("`objective value:` and a number", line));
    };
    solution.objective = text::finite(objective);
    let mut values = IndexMap::new();
    while !text.rest().is_empty() {
        let line = text.next("a variable")?;
        let cost = delimited(tag("(obj:"), take_till(|c| c == ')'), tag(")"));
        let entry = (terminated(text::name, space1), text::number, opt((space1, cost)));
        let (name, v, _) = text.all(line, "a name, a value and (obj:...)", entry)?;
        text.insert(&mut values, name, v)?;
    }
    solution.values = Values::Named { values, complete: false };
    Ok(solution)
}

/// Classifies SCIP's words, as its files and its log print them.
pub(super) fn classify(words: &str) -> Status {
    match words {
        "optimal solution found" => Status::Optimal,
        "infeasible" => Status::Infeasible,
        "unbounded" => Status::Unbounded,
        "infeasible or unbounded" => Status::InfeasibleOrUnbounded,
        "user interrupt" | "termination signal received" => Status::Interrupted,
        _ if words.ends_with("limit reached") => Status::Limit(words.to_owned()),
        _ => Status::Unknown(words.to_owned()),
    }
}
