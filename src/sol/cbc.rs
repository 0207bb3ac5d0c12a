//! CBC's and Clp's solution file: a status line, then `index name value reduced-cost`.
//!
//! ```text
//! Optimal - objective value 11.36666667
//!       0 b.1                    1                       3
//! ```
//!
//! Larger models leave out zeros, and nothing tells whether this one does. CBC 2.10 writes 8 digits,
//! the development version 15. Where no integer point was found, the relaxation is listed instead,
//! and only the first line says so; points of infeasible and unbounded models mean nothing. With
//! `printingOptions all` (or `rows`) the rows stand before the columns, both counted from 0, and
//! nothing but the count tells where the columns begin.

use indexmap::IndexMap;
use nom::character::complete::{space0, space1, u64 as natural};
use nom::combinator::opt;
use nom::sequence::preceded;

use super::error::SolError;
use super::text::{self, Text};
use super::{Solution, Status, Values};

/// What parts the status from the objective in the first line.
pub(super) const MARK: &str = " - objective value ";

pub(super) fn parse(mut text: Text<'_>) -> Result<Solution, SolError> {
    let line = text.next("the status")?;
    let Some((words, objective)) = line.split_once(MARK) else {
        return Err(text.wrong("a status, `- objective value` and a number", line));
    };
    let Some(objective) = text::after("", objective) else {
        return Err(text.wrong("a status, `- objective value` and a number", line));
    };
    let (status, has_point) = classify(words.trim());
    let mut values = IndexMap::new();
    let mut digits = 8;
    let (mut last, mut after_rows) = (None, false);
    while !text.rest().is_empty() {
        let line = text.next("a column")?;
        // `**` marks what violates its bounds or row.
        let body = line.trim_start().trim_start_matches("**");
        let entry = (
            space0,
            natural,
            preceded(space1, text::name),
            preceded(space1, text::number),
            opt((space1, text::number)),
        );
        let (_, k, name, v, _) = text.all(body, "a number, a name, a value and a cost", entry)?;
        if last.is_some_and(|last| k <= last) {
            if after_rows || k > 0 {
                return Err(text.wrong("a number above the one before", line));
            }
            // So far these were rows.
            after_rows = true;
            values.clear();
        }
        last = Some(k);
        digits = digits.max(significant(body.split_whitespace().nth(2).unwrap_or_default()));
        text.insert(&mut values, name, v)?;
    }
    let mut solution = Solution { digits, ..Solution::pointless(status) };
    if has_point {
        solution.objective = text::finite(objective);
        solution.values = Values::Named { values, complete: false };
    }
    Ok(solution)
}

/// Significant digits that stand in a number, at most 15.
fn significant(number: &str) -> u8 {
    let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
    let digits = mantissa.bytes().filter(u8::is_ascii_digit);
    digits.skip_while(|d| *d == b'0').count().min(15) as u8
}

/// The status, and whether a feasible point is listed.
fn classify(words: &str) -> (Status, bool) {
    let relaxed = words.contains("no integer solution");
    match words {
        "Optimal" | "Optimal (within gap tolerance)" => (Status::Optimal, true),
        "Infeasible" | "Integer infeasible" => (Status::Infeasible, false),
        "Unbounded" => (Status::Unbounded, false),
        "Stopped on ctrl-c" => (Status::Interrupted, true),
        _ if words.starts_with("Stopped on difficulties") => {
            (Status::Failed(words.to_owned()), false)
        }
        _ if words.starts_with("Stopped") => (Status::Limit(words.to_owned()), !relaxed),
        _ => (Status::Unknown(words.to_owned()), false),
    }
}
