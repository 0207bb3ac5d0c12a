//! Xpress's `.slx`, `.asc`, `.hdr` and `.prt`.
//!
//! ```text
//! NAME          optimal
//!   C b.1                        1
//! ENDATA
//! ```
//!
//! Where a name has a blank or an `@`, the first line is `* Names escaped using: @` and both are
//! written as `@20` and `@40` in a `.slx`, in any name; the other files hold them as they are.
//!
//! None of them states a status that can be believed: at a time limit without incumbent a `.slx`
//! holds the *fractional relaxation*, and the `.hdr` calls it `"O"` and the `.prt` "Optimal solution
//! found" as well; an infeasible model leaves nothing between first and last line of its `.slx`. The
//! replay of the point decides what it is worth. An `.asc` is a table with commas, its rows first
//! (`L`, `G`, `E`, `N`), then its columns (`C`); the `.hdr` beside it is one line without values. A
//! `.prt` is a report with about seven digits and no mark of its end.

use indexmap::IndexMap;
use nom::bytes::complete::tag;
use nom::character::complete::{space0, space1};
use nom::sequence::preceded;

use super::error::SolError;
use super::text::{self, Text};
use super::{Solution, Status, Values};
use crate::front::escaped::{escape_of, unescaped};

fn unstated() -> Status {
    Status::Unknown("the file states no status".to_owned())
}

pub(super) fn parse_slx(mut text: Text<'_>) -> Result<Solution, SolError> {
    let escape = escape_of(text.rest());
    while text.peek().is_some_and(|l| l.starts_with('*')) {
        text.next("a comment")?;
    }
    // Without any solution some releases write the last line alone.
    if text.peek().is_some_and(|l| l.starts_with("NAME")) {
        text.next("`NAME`")?;
    }
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
        let Some(name) = escape.map_or(Some(name.to_owned()), |e| unescaped(name, e)) else {
            return Err(text.wrong("a name whose escapes are two hexadecimal digits each", line));
        };
        text.insert(&mut values, &name, v)?;
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

/// The line beside an `.asc`: its ninth cell is the objective of whatever point was written last,
/// which may be a relaxation's, so that nothing is taken from it.
pub(super) fn parse_header(mut text: Text<'_>) -> Result<Solution, SolError> {
    const EXPECTED: &str = "a name, three counts, a letter, three counts and an objective";
    let line = text.next(EXPECTED)?;
    let cells: Vec<&str> = line.split(',').map(str::trim).collect();
    let counts =
        [1, 2, 3, 5, 6, 7].iter().all(|k| cells.get(*k).is_some_and(|c| c.parse::<i64>().is_ok()));
    let letter = cells.get(4).is_some_and(|c| c.len() == 3 && c.starts_with('"'));
    let objective = cells.get(8).and_then(|c| text::after("", c)).is_some();
    if !(counts && letter && objective && text.rest().is_empty()) {
        return Err(text.wrong(EXPECTED, line));
    }
    Ok(Solution::pointless(unstated()))
}

/// The report; the counts in its head tell whether all columns are there.
pub(super) fn parse_print(mut text: Text<'_>) -> Result<Solution, SolError> {
    let (mut columns, mut objective) = (None, None);
    loop {
        let line = text.next("the table of columns")?;
        if is_head(line) {
            break;
        }
        if let Some(words) = line.strip_prefix("Problem has ") {
            let words: Vec<&str> = words.split_whitespace().collect();
            columns = match words.as_slice() {
                [_, "rows", "and", n, ..] => n.parse::<usize>().ok(),
                _ => None,
            };
        } else if let Some(v) = line.strip_prefix("Objective function value is ") {
            objective = text::after("", v);
        }
    }
    let (Some(columns), Some(objective)) = (columns, objective) else {
        return Err(text.wrong("the counts and the objective in front of it", "the columns"));
    };
    let mut values = IndexMap::new();
    for k in 1..=columns {
        let mut line = text.next(format_args!("column {k} of {columns}"))?;
        // Every page has the headings again.
        if is_head(line) {
            line = text.next(format_args!("column {k} of {columns}"))?;
        }
        let cells: Vec<&str> = line.split_whitespace().collect();
        let ["C", _, name, _, value, _, _] = cells.as_slice() else {
            return Err(text.wrong("`C`, a number, a name, a letter and three numbers", line));
        };
        let Some(v) = text::after("", value) else { return Err(text.wrong("a value", line)) };
        text.insert(&mut values, name, v)?;
    }
    let mut solution = Solution { digits: 6, ..Solution::pointless(unstated()) };
    solution.objective = text::finite(objective);
    if !values.is_empty() {
        solution.values = Values::Named { values, complete: true };
    }
    Ok(solution)
}

fn is_head(line: &str) -> bool {
    line.split_whitespace().take(4).eq(["Number", "Column", "At", "Value"])
}
