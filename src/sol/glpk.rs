//! GLPK's raw file (`--write`) and report (`--output`), and HiGHS styles 2 and 3 made after them.
//!
//! HiGHS counts the objective as one more row, put last. GLPK lists values also where it has no
//! point (status letters `u` and `n`, `UNDEFINED`, `INTEGER EMPTY`); they mean nothing. Style 2 has no names and about 13 digits;
//! style 3 has names (a long one stands on a line of its own) and 6 digits. Without a point both
//! end after their header.

use indexmap::IndexMap;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{anychar, one_of, space1, u64 as natural};
use nom::combinator::{opt, rest};
use nom::sequence::{delimited, preceded, terminated};

use super::error::SolError;
use super::text::{self, Text};
use super::{Solution, Status, Values};

/// Style 2: `c` comments, `s` the solution, `i` rows, `j` columns, `e o f`.
pub(super) fn parse_raw(mut text: Text<'_>) -> Result<Solution, SolError> {
    let mut status = Status::Unknown("no status line".to_owned());
    while text.peek().is_some_and(|l| l.starts_with('c')) {
        let line = text.next("a comment")?;
        if let Some(words) = line.strip_prefix("c Status:") {
            status = classify(words.trim());
        }
    }
    let line = text.next("the line `s ...`")?;
    let head = (
        (tag("s "), alt((tag("mip"), tag("bas")))),
        preceded(space1, natural),
        preceded(space1, natural),
        delimited(space1, anychar, space1),
        opt(terminated(one_of("fnui"), space1)),
        text::number,
    );
    let (_, rows, columns, _, _, objective) =
        text.all(line, "`s`, the kind, two counts, the status and the objective", head)?;
    let has_point = has_point(&status);
    let mut solution = Solution { digits: 13, ..Solution::pointless(status) };
    if text.rest().is_empty() {
        return match solution.status {
            Status::Optimal | Status::Local(_) => Err(text.truncated("before its values".into())),
            _ => Ok(solution),
        };
    }
    for k in 1..=rows {
        let line = text.next(format_args!("row {k} of {rows}"))?;
        text.all(line, "`i`, the number of the row and its value", (tag("i "), rest))?;
    }
    let mut values = Vec::new();
    for k in 1..=columns {
        let line = text.next(format_args!("column {k} of {columns}"))?;
        values.push(text.all(line, "`j`, the number of the column and its value", column(k))?);
    }
    let line = text.next("`e o f`")?;
    if line.trim() != "e o f" {
        return Err(text.wrong("`e o f`", line));
    }
    if has_point {
        solution.objective = text::finite(objective);
        solution.values = Values::Indexed(values);
    }
    Ok(solution)
}

/// `j k value`, `j k status value dual`; `k` is given.
fn column<'a>(k: u64) -> impl Parser<&'a str, Output = f64, Error = nom::error::Error<&'a str>> {
    let index = nom::combinator::verify(natural, move |i| *i == k);
    let status = opt(terminated(one_of("blufs"), space1));
    (tag("j "), index, space1, status, text::number, opt(preceded(space1, text::number)))
        .map(|(_, _, _, _, v, _)| v)
}

/// Style 3: the report.
pub(super) fn parse_report(mut text: Text<'_>) -> Result<Solution, SolError> {
    let mut status = Status::Unknown("no status line".to_owned());
    let mut objective = None;
    loop {
        let line = text.next("the header")?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(words) = line.strip_prefix("Status:") {
            status = classify(words.trim());
        } else if let Some(words) = line.strip_prefix("Objective:") {
            let number = words.split_once('=').map_or(words, |(_, v)| v);
            objective = number.split_whitespace().next().and_then(|v| text::after("", v));
        }
    }
    let mut solution = Solution { digits: 6, ..Solution::pointless(status) };
    if text.rest().is_empty() {
        return match solution.status {
            Status::Optimal | Status::Local(_) => Err(text.truncated("before its values".into())),
            _ => Ok(solution),
        };
    }
    while !text.next("the table of columns")?.contains("Column name") {}
    text.next("the rule under the headings")?;
    let mut values = IndexMap::new();
    loop {
        let line = text.next("a column")?;
        if line.trim().is_empty() {
            break;
        }
        let cells: Vec<&str> = line.split_whitespace().collect();
        let (Some(name), tail) = (cells.get(1), cells.get(2..).unwrap_or_default()) else {
            return Err(text.wrong("the number and name of a column", line));
        };
        let v = if tail.is_empty() {
            let line = text.next("the activity of a column")?;
            activity(&line.split_whitespace().collect::<Vec<_>>())
        } else {
            activity(tail)
        };
        let Some(v) = v else { return Err(text.wrong("the activity of a column", line)) };
        text.insert(&mut values, name, v)?;
    }
    while text.next("`End of output`")?.trim() != "End of output" {}
    if has_point(&solution.status) {
        solution.objective = objective.and_then(text::finite);
        solution.values = Values::Named { values, complete: true };
    }
    Ok(solution)
}

/// Whether the listed values are a feasible point.
fn has_point(status: &Status) -> bool {
    match status {
        Status::Optimal | Status::Local(_) | Status::Limit(_) | Status::Unbounded => true,
        Status::Infeasible
        | Status::InfeasibleOrUnbounded
        | Status::Interrupted
        | Status::Failed(_)
        | Status::Unknown(_) => false,
    }
}

/// The first number after the mark of an integer column (`*`) or a basis status.
fn activity(cells: &[&str]) -> Option<f64> {
    let marks = ["*", "B", "NL", "NU", "NF", "NS"];
    let cell = cells.iter().find(|c| !marks.contains(c))?;
    text::after("", cell)
}

fn classify(words: &str) -> Status {
    match words {
        "OPTIMAL" | "INTEGER OPTIMAL" => Status::Optimal,
        "INTEGER EMPTY" | "INFEASIBLE (FINAL)" => Status::Infeasible,
        "UNBOUNDED" => Status::Unbounded,
        "FEASIBLE" | "INTEGER NON-OPTIMAL" => Status::Local(words.to_owned()),
        _ => Status::Unknown(words.to_owned()),
    }
}
