//! HiGHS styles 0 (raw), 4 (sparse) and 5 (raw without basis), about 13 digits.
//!
//! ```text
//! Model status
//! Optimal
//!
//! # Primal solution values
//! Feasible
//! Objective 11.3666666666667
//! # Columns 6          (style 4: # Columns -4, then `name value index`)
//! b.1 1
//! ```
//!
//! The point is labelled apart from the status: `None` under primal means no point, even after
//! "Optimal", and a point labelled `Infeasible` is not an incumbent.

use indexmap::IndexMap;
use nom::bytes::complete::tag;
use nom::character::complete::{i64 as integer, space1, u64 as natural};
use nom::sequence::{preceded, terminated};

use super::error::SolError;
use super::recognise::Format;
use super::text::{self, Text};
use super::{Solution, Status, Values};

/// Digits that HiGHS prints at least (it rounds to 1e-13 relative).
const DIGITS: u8 = 13;

pub(super) fn parse(mut text: Text<'_>) -> Result<Solution, SolError> {
    expect(&mut text, "Model status", "`Model status`")?;
    let status = classify(text.next("the status")?.trim());
    let mut solution = Solution { digits: DIGITS, ..Solution::pointless(status) };
    text.skip_blank();
    expect(&mut text, "# Primal solution values", "`# Primal solution values`")?;
    let label = text.next("the label of the point")?.trim();
    match label {
        "None" => {}
        "Feasible" | "Infeasible" => {
            let (objective, values) = block(&mut text)?;
            if label == "Feasible" {
                solution.objective = text::finite(objective);
                solution.values = values;
            }
        }
        _ => return Err(text.wrong("`None`, `Feasible` or `Infeasible`", label)),
    }
    if !text.rest().is_empty() && !text.rest().ends_with('\n') {
        while text.rest().contains('\n') {
            text.next_loose();
        }
        // The last line of style 4 without duals has no line end in some releases.
        if text.rest().trim() != "None" {
            return Err(text.truncated("in the middle of a line".to_owned()));
        }
    }
    Ok(solution)
}

/// Reads the file of improving solutions that a MIP run appends to, and returns its last whole
/// point with its objective. The rest of an interrupted run's last point is ignored.
#[must_use]
pub fn last_improving(bytes: &[u8]) -> Option<(f64, Values)> {
    let mut text = Text::new("improving solutions", Format::HighsRaw, bytes).ok()?;
    let mut last = None;
    while let Ok(point) = block(&mut text) {
        last = Some(point);
        text.skip_blank();
    }
    last
}

/// `Objective v`, the columns, and the rows where the style has them.
fn block(text: &mut Text<'_>) -> Result<(f64, Values), SolError> {
    let line = text.next("the objective value")?;
    let Some(objective) = text::after("Objective", line) else {
        return Err(text.wrong("`Objective` and a number", line));
    };
    let line = text.next("`# Columns`")?;
    let count = text.all(line, "`# Columns` and a count", preceded(tag("# Columns "), integer))?;
    let mut values = IndexMap::new();
    for k in 0..count.unsigned_abs() {
        let of = count.unsigned_abs();
        let line = text.next(format_args!("the value of column {} of {of}", k + 1))?;
        let (name, v) = if count < 0 {
            let entry = terminated(text::name_value, (space1, natural));
            text.all(line, "a name, a value and an index", entry)?
        } else {
            text.all(line, "a name and a value", text::name_value)?
        };
        text.insert(&mut values, name, v)?;
    }
    if text.peek().is_some_and(|l| l.starts_with("# Rows")) {
        let line = text.next("`# Rows`")?;
        let rows = text.all(line, "`# Rows` and a count", preceded(tag("# Rows "), natural))?;
        for k in 0..rows {
            let line = text.next(format_args!("the value of row {} of {rows}", k + 1))?;
            text.all(line, "a name and a value", text::name_value)?;
        }
    }
    Ok((objective, Values::Named { values, complete: count >= 0 }))
}

fn expect(text: &mut Text<'_>, line: &str, expected: &'static str) -> Result<(), SolError> {
    let found = text.next(expected)?;
    if found.trim() == line { Ok(()) } else { Err(text.wrong(expected, found)) }
}

/// Classifies HiGHS's words (`utilModelStatusToString`), as its files and its log print them.
pub(super) fn classify(words: &str) -> Status {
    match words {
        "Optimal" => Status::Optimal,
        "Infeasible" => Status::Infeasible,
        "Unbounded" => Status::Unbounded,
        "Primal infeasible or unbounded" => Status::InfeasibleOrUnbounded,
        "Interrupted by user" => Status::Interrupted,
        "Load error"
        | "Model error"
        | "Presolve error"
        | "Solve error"
        | "Postsolve error"
        | "Memory limit reached" => Status::Failed(words.to_owned()),
        _ if words.ends_with("limit reached")
            || words.ends_with("bound reached")
            || words.starts_with("Target for objective") =>
        {
            Status::Limit(words.to_owned())
        }
        _ => Status::Unknown(words.to_owned()),
    }
}
