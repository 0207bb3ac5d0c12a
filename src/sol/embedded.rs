//! Theriac's own solution format: what the embedded solver found, with its status and bound.
//!
//! ```text
//! theriac solution 1
//! solver microlp 0.7.0 (embedded)
//! status optimal
//! objective -0.25
//! bound -0.25
//! values 2
//! w[1][0,0] 0.5
//! b[1][0] 1
//! end
//! ```
//!
//! Objective and bound are those of the minimised model, also where the solver read a file that
//! maximises. Numbers are the shortest decimals that read back to the same double; `none` stands for no
//! value. Without a point the line is `values none`. It also keeps answers of other solvers: a
//! line `bound -0.25 slack 5e-8` that it was printed with few digits, a line `digits 13` after it says that their values were printed with fewer digits, and
//! `values 2 nonzero` that zeros are left out.

use std::fmt::Write as _;

use indexmap::IndexMap;
use nom::Parser;
use nom::bytes::complete::tag;
use nom::character::complete::{space1, u64 as natural};
use nom::combinator::{opt, rest};
use nom::sequence::preceded;

use super::error::SolError;
use super::text::{self, Text};
use super::{Solution, Status, Values};

/// The first line.
pub const HEADER: &str = "theriac solution 1";

/// Digits that carry a double exactly.
const EXACT: u8 = 17;

/// Writes a solution; `names` are those of the columns, for values that are [`Values::Indexed`].
///
/// Returns `None` if there are fewer names than values.
pub fn write(solution: &Solution, names: impl IntoIterator<Item = String>) -> Option<String> {
    let mut out = format!("{HEADER}\n");
    if let Some(solver) = &solution.solver {
        let _ = writeln!(out, "solver {}", one_line(solver));
    }
    let (word, detail) = match &solution.status {
        Status::Optimal => ("optimal", None),
        Status::Infeasible => ("infeasible", None),
        Status::Unbounded => ("unbounded", None),
        Status::InfeasibleOrUnbounded => ("infeasible-or-unbounded", None),
        Status::Interrupted => ("interrupted", None),
        Status::Limit(words) => ("limit", Some(words)),
        Status::Local(words) => ("local", Some(words)),
        Status::Failed(words) => ("failed", Some(words)),
        Status::Unknown(words) => ("unknown", Some(words)),
    };
    let detail = detail.map(|words| format!(" {}", one_line(words))).unwrap_or_default();
    let _ = writeln!(out, "status {word}{}", detail.trim_end());
    let _ = writeln!(out, "objective {}", optional(solution.objective));
    let _ = match solution.bound_slack {
        slack if slack > 0.0 && solution.dual_bound.is_some() => {
            writeln!(out, "bound {} slack {}", optional(solution.dual_bound), decimal(slack))
        }
        _ => writeln!(out, "bound {}", optional(solution.dual_bound)),
    };
    if solution.digits < EXACT {
        let _ = writeln!(out, "digits {}", solution.digits);
    }
    match &solution.values {
        // A part of a point is none, and this format has no word for it.
        Values::None | Values::Partial(_) => out.push_str("values none\n"),
        Values::Named { values, complete } => {
            let kind = if *complete { "" } else { " nonzero" };
            let _ = writeln!(out, "values {}{kind}", values.len());
            for (name, v) in values {
                let _ = writeln!(out, "{name} {}", decimal(*v));
            }
        }
        Values::Indexed(values) => {
            let _ = writeln!(out, "values {}", values.len());
            let mut names = names.into_iter();
            for v in values {
                let _ = writeln!(out, "{} {}", names.next()?, decimal(*v));
            }
        }
    }
    out.push_str("end\n");
    Some(out)
}

pub(super) fn parse(mut text: Text<'_>) -> Result<Solution, SolError> {
    let line = text.next("the header")?;
    if line != HEADER {
        return Err(text.wrong("`theriac solution 1`", line));
    }
    let mut solution =
        Solution { of_model: true, ..Solution::pointless(Status::Unknown(String::new())) };
    let mut line = text.next("the solver or status")?;
    if let Some(solver) = line.strip_prefix("solver ") {
        solution.solver = Some(solver.to_owned());
        line = text.next("the status")?;
    }
    let parser = (preceded(tag("status "), text::name), opt(preceded(space1, rest)));
    let (word, words) = text.all(line, "`status` and a word", parser)?;
    let words = words.unwrap_or_default().to_owned();
    solution.status = match word {
        "optimal" => Status::Optimal,
        "infeasible" => Status::Infeasible,
        "unbounded" => Status::Unbounded,
        "infeasible-or-unbounded" => Status::InfeasibleOrUnbounded,
        "interrupted" => Status::Interrupted,
        "limit" => Status::Limit(words),
        "local" => Status::Local(words),
        "failed" => Status::Failed(words),
        "unknown" => Status::Unknown(words),
        _ => return Err(text.wrong("a known status", line)),
    };
    solution.objective = value(&mut text, "objective ", "`objective` and a number or `none`")?;
    (solution.dual_bound, solution.bound_slack) = bound(&mut text)?;
    let mut line = text.next("the number of values")?;
    if line.starts_with("digits ") {
        let digits = preceded(tag("digits "), nom::character::complete::u8);
        solution.digits = text.all(line, "`digits` and a number", digits)?;
        line = text.next("the number of values")?;
    }
    if line != "values none" {
        let counts = (preceded(tag("values "), natural), opt(tag(" nonzero")));
        let (count, sparse) = text.all(line, "`values` and a count", counts)?;
        let mut values = IndexMap::new();
        for k in 0..count {
            let line = text.next(format_args!("value {} of {count}", k + 1))?;
            let (name, v) = text.all(line, "a name and a value", text::name_value)?;
            text.insert(&mut values, name, v)?;
        }
        solution.values = Values::Named { values, complete: sparse.is_none() };
    }
    let line = text.next("`end`")?;
    if line != "end" || !text.rest().is_empty() {
        return Err(text.wrong("`end` and nothing after it", line));
    }
    Ok(solution)
}

/// `bound none`, `bound -0.25`, `bound -0.25 slack 5e-8`.
fn bound(text: &mut Text<'_>) -> Result<(Option<f64>, f64), SolError> {
    const EXPECTED: &str = "`bound` and a number or `none`";
    let line = text.next(EXPECTED)?;
    let slack = opt(preceded(tag(" slack "), text::number));
    let number = (text::number, slack).map(|(v, slack)| (Some(v), slack.unwrap_or(0.0)));
    let none = tag("none").map(|_| (None, 0.0));
    let (value, slack) =
        text.all(line, EXPECTED, preceded(tag("bound "), nom::branch::alt((number, none))))?;
    if !(slack >= 0.0 && slack.is_finite()) {
        return Err(text.wrong("a slack of at least zero", line));
    }
    Ok((value, slack))
}

fn value(
    text: &mut Text<'_>,
    word: &'static str,
    expected: &'static str,
) -> Result<Option<f64>, SolError> {
    let line = text.next(expected)?;
    let number = nom::branch::alt((text::number.map(Some), tag("none").map(|_| None)));
    text.all(line, expected, preceded(tag(word), number))
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn optional(v: Option<f64>) -> String {
    v.map_or_else(|| "none".to_owned(), decimal)
}

fn decimal(v: f64) -> String {
    if v.is_finite() {
        let mut buffer = zmij::Buffer::new();
        let text = buffer.format(v);
        text.strip_suffix(".0").unwrap_or(text).to_owned()
    } else if v > 0.0 {
        "inf".to_owned()
    } else if v < 0.0 {
        "-inf".to_owned()
    } else {
        "none".to_owned()
    }
}
