//! Xpress's `.slx` and `.asc`.
//!
//! ```text
//! NAME          optimal
//!   C b.1                        1
//! ENDATA
//! ```
//!
//! Neither states a status: at a time limit without incumbent a `.slx` holds the *fractional
//! relaxation*, and an infeasible model leaves nothing between its first and last line. The replay
//! of the point decides what it is worth. An `.asc` is a table with commas, its rows first (`L`, `G`,
//! `E`, `N`), then its columns (`C`).

use indexmap::IndexMap;
use nom::bytes::complete::tag;
use nom::character::complete::{space0, space1};
use nom::sequence::preceded;

use super::error::SolError;
use super::text::{self, Text};
use super::{Solution, Status, Values};

fn unstated() -> Status {
    Status::Unknown("the file states no status".to_owned())
}

pub(super) fn parse_slx(mut text: Text<'_>) -> Result<Solution, SolError> {
    text.next("`NAME`")?;
    let mut values = IndexMap::new();
    loop {
        let Some(line) = text.next_loose() else {
            return Err(text.truncated("before `ENDATA`".to_owned()));
        };
        if line.trim_end() == "ENDATA" {
            break;
        }
        let entry = (tag("C"), preceded(space1, text::name), space1, text::number);
        let (_, name, _, v) = text.all(line, "`C`, a name and a value", entry)?;
        text.insert(&mut values, name, v)?;
    }
    let mut solution = Solution::pointless(unstated());
    if !values.is_empty() {
        solution.values = Values::Named { values, complete: true };
    }
    Ok(solution)
}

/// Names are padded to eight characters, so blanks at their end are no part of them.
pub(super) fn parse_asc(mut text: Text<'_>) -> Result<Solution, SolError> {
    const EXPECTED: &str = "a number, a name, a kind, a basis and a value, parted by commas";
    let mut values = IndexMap::new();
    let mut number = 0_u64;
    while !text.rest().is_empty() {
        let line = text.next("a row or column")?;
        number += 1;
        let rest = line.trim_start().strip_prefix(&format!("{number},\""));
        let cells = rest.and_then(|r| {
            let (name, rest) = r.split_once("\",\"")?;
            let (kind, rest) = rest.split_once("\",\"")?;
            let (_, rest) = rest.split_once("\",")?;
            Some((name, kind, rest.split(',').next()?))
        });
        let Some((name, kind, value)) = cells else { return Err(text.wrong(EXPECTED, line)) };
        if kind == "C" {
            let v = text.all(value, EXPECTED, preceded(space0, text::number))?;
            text.insert(&mut values, name.trim_end(), v)?;
        }
    }
    let mut solution = Solution::pointless(unstated());
    if !values.is_empty() {
        solution.values = Values::Named { values, complete: true };
    }
    Ok(solution)
}
