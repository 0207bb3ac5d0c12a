//! SCIP's log: a table with bars, then `SCIP Status`, `Primal Bound`, `Dual Bound`.
//!
//! The time cell is glued to a letter that names the heuristic (`r 0.0s|`); bounds are printed in
//! the sense of the model, with 7 digits in the table and 15 below it.

use super::{LogSummary, Row, number, printed};
use crate::sol::Status;
use crate::sol::scip::classify;

pub(super) fn line(line: &str, summary: &mut LogSummary) -> Option<Row> {
    if let Some(words) = line.strip_prefix("SCIP version ") {
        let version = words.split_whitespace().next().unwrap_or_default();
        summary.solver = Some(format!("SCIP {version}"));
    } else if let Some(words) = after(line, "SCIP Status") {
        summary.status = Some(status(words));
        // Python's interface prints no header; nobody else prints this line.
        summary.solver.get_or_insert_with(|| "SCIP".to_owned());
    } else if let Some(words) = after(line, "Primal Bound") {
        summary.primal = number(words.split_whitespace().next().unwrap_or_default());
    } else if let Some(words) = after(line, "Dual Bound") {
        summary.dual_bound = printed(words.split_whitespace().next().unwrap_or_default());
    } else if let Some(words) = after(line, "Solving Nodes") {
        summary.nodes = words.split_whitespace().next().and_then(|n| n.parse().ok());
    } else if summary.complaint.is_none() && is_complaint(line) {
        summary.complaint = Some(line.trim().to_owned());
    }
    let cells: Vec<&str> = line.split('|').collect();
    let [time, nodes, .., bound, incumbent, _gap, _complete] = cells.as_slice() else {
        return None;
    };
    let time = time.trim().rsplit(' ').next()?.strip_suffix('s')?;
    let time = time.trim_start_matches(|c: char| !c.is_ascii_digit());
    Some(Row {
        seconds: Some(number(time)?),
        nodes: nodes.trim().parse().ok(),
        bound: printed(bound),
        incumbent: number(incumbent),
    })
}

/// Whether the line is a header, states the sizes, ends a run: the status stands there again in
/// every `display statistics`, the time behind it does not.
pub(super) fn marks(line: &str) -> (bool, bool, bool) {
    (
        line.starts_with("SCIP version "),
        line.starts_with("original problem has "),
        after(line, "Solving Time (sec)").is_some(),
    )
}

/// `Name : words`.
fn after<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    line.strip_prefix(name)?.trim_start().strip_prefix(':').map(str::trim)
}

/// The words in brackets; `problem is solved [optimal solution found]`.
fn status(words: &str) -> Status {
    let inner = words.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
    classify(inner.map_or(words, |(inner, _)| inner))
}

fn is_complaint(line: &str) -> bool {
    line.contains("ERROR:")
        || line.starts_with("error reading file")
        || (line.starts_with("file <") && line.contains("not found"))
        || line.starts_with("no reader for input file")
}
