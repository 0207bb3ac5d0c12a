//! HiGHS's log: a table for integer programs, then a report; a shorter one for linear programs.
//!
//! Table rows have a letter for the source of an incumbent, or none, and end in a time with `s`.
//! The report prints the bound with up to 12 digits and drops trailing zeros, so that its slack
//! is taken from the digits that 12 leave.

use super::{LogSummary, Printed, Row, number, printed};
use crate::sol::Status;
use crate::sol::highs::classify;

pub(super) fn line(line: &str, summary: &mut LogSummary) -> Option<Row> {
    if let Some(words) = line.strip_prefix("Running HiGHS ") {
        let version = words.split_whitespace().next().unwrap_or_default();
        summary.solver = Some(format!("HiGHS {version}"));
    } else if let Some(words) = after(line, "Model status        :") {
        summary.status = Some(classify(words));
    } else if let Some(words) = after(line, "Objective value     :") {
        summary.primal = number(words);
        // Primal and dual objective of an optimal program agree (strong duality), as far as the
        // next line says.
        if summary.status == Some(Status::Optimal) {
            summary.pending = printed(words);
        }
    } else if let Some(words) = after(line, "P-D objective error :") {
        let error = number(words).unwrap_or(f64::INFINITY);
        summary.dual_bound =
            summary.pending.take().and_then(|b| b.wider(error * (1.0 + b.value.abs())));
    } else if let Some(words) = after(line, "  Status            ") {
        summary.status = Some(classify(words));
    } else if let Some(words) = after(line, "  Primal bound      ") {
        summary.primal = number(words);
    } else if let Some(words) = after(line, "  Dual bound        ") {
        summary.dual_bound = number(words).map(twelve_digits);
    } else if let Some(words) = after(line, "  Nodes             ") {
        summary.nodes = words.parse().ok();
    } else if summary.complaint.is_none() && line.contains("ERROR") {
        summary.complaint = Some(line.trim().to_owned());
    }
    row(line)
}

/// Whether the line is a header, states the sizes, ends a run. The sizes stand behind the kind of
/// the program and its name: `MIP name has 4 rows; 6 cols; 9 nonzeros`.
pub(super) fn marks(line: &str) -> (bool, bool, bool) {
    let kind = ["LP ", "MIP ", "QP ", "MIQP "].iter().any(|k| line.starts_with(k));
    (
        line.starts_with("Running HiGHS "),
        kind && line.contains(" row") && line.contains(" nonzeros"),
        line.starts_with("Model status        :") || line.starts_with("  Status            "),
    )
}

fn after<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    line.strip_prefix(name).map(str::trim)
}

/// `[letter] processed in-queue leaves explored% bound incumbent gap cuts in-lp conflicts
/// iterations time`
fn row(line: &str) -> Option<Row> {
    let mut cells: Vec<&str> = line.split_whitespace().collect();
    let letter = cells.first()?.chars().all(|c| c.is_ascii_alphabetic());
    if letter {
        cells.remove(0);
    }
    let [nodes, _, _, explored, bound, incumbent, _, _, _, _, _, time] = cells.as_slice() else {
        return None;
    };
    explored.strip_suffix('%')?;
    Some(Row {
        seconds: Some(number(time.strip_suffix('s')?)?),
        nodes: nodes.parse().ok(),
        bound: number(bound).map(twelve_digits),
        incumbent: number(incumbent),
    })
}

fn twelve_digits(value: f64) -> Printed {
    // `%.12g`: half a unit of the twelfth digit is at most 5e-12 of the value.
    Printed { value, slack: 5e-12 * value.abs() }
}
