//! Xpress's log: a table, then `Final MIP objective` and `Final MIP bound` (`MINLP` for nonconvex
//! models).
//!
//! `Final objective` closes every linear program, the relaxation at the root too: it is a dual
//! bound, and the optimum only where nothing integer follows.

use super::{LogSummary, Row, number, printed};
use crate::sol::Status;

pub(super) fn line(line: &str, summary: &mut LogSummary) -> Option<Row> {
    let text = line.trim();
    if let Some(words) = header(line) {
        let version = words.split(',').next().unwrap_or_default();
        summary.solver = Some(format!("Xpress {version}"));
    } else if let Some(words) = after(text, "Final objective") {
        summary.dual_bound = printed(words);
        summary.primal = number(words);
        summary.status = Some(Status::Optimal);
    } else if text.starts_with("Starting root cutting") || text == "Starting tree search." {
        // What was final so far was the relaxation.
        (summary.status, summary.primal) = (None, None);
    } else if let Some(words) =
        after(text, "Final MIP objective").or_else(|| after(text, "Final MINLP objective"))
    {
        summary.primal = number(words);
    } else if let Some(words) =
        after(text, "Final MIP bound").or_else(|| after(text, "Final MINLP bound"))
    {
        summary.dual_bound = printed(words);
    } else if let Some(words) = after(text, "Number of solutions found / nodes") {
        summary.nodes = words.rsplit('/').next().and_then(|n| n.trim().parse().ok());
    } else if let Some(status) = status(text, summary.status.as_ref()) {
        summary.status = Some(status);
    } else if summary.complaint.is_none() && text.starts_with('?') {
        summary.complaint = Some(text.to_owned());
    }
    row(line)
}

/// Whether the line is a header, states the sizes, ends a run. The sizes of the presolved problem
/// look the same; the first ones count.
pub(super) fn marks(line: &str) -> (bool, bool, bool) {
    let sizes = line.contains(" rows") && line.contains(" col");
    (header(line).is_some(), sizes, false)
}

/// The version, in the line that begins a run; its global solver prints one of its own.
fn header(line: &str) -> Option<&str> {
    line.strip_prefix("FICO Xpress v").filter(|words| !words.contains("Hyper"))
}

/// `Name (remark) : words`.
fn after<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(name)?;
    let (remark, words) = rest.split_once(':')?;
    let remark = remark.trim();
    (remark.is_empty() || remark.starts_with('(')).then_some(words.trim())
}

fn status(text: &str, known: Option<&Status>) -> Option<Status> {
    match text {
        "*** Search completed ***" if known.is_none() => Some(Status::Optimal),
        "Problem is integer infeasible" | "Problem is infeasible" => Some(Status::Infeasible),
        "Problem is unbounded" => Some(Status::Unbounded),
        _ if text.starts_with("*** Search unfinished ***") && known.is_none() => {
            Some(Status::Limit("search unfinished".to_owned()))
        }
        _ => {
            let words = text.strip_prefix("STOPPING - ")?;
            let words = words.split(" (").next().unwrap_or(words);
            Some(Status::Limit(words.trim_end_matches('.').to_owned()))
        }
    }
}

/// Rows of three tables: the tree's have nine cells, the root's ten with the number and kind of its
/// cuts, and seven where a heuristic found something.
fn row(line: &str) -> Option<Row> {
    let cells: Vec<&str> = line.split_whitespace().collect();
    let (node, best, bound) = match (cells.len(), cells.iter().position(|c| c.ends_with('%'))?) {
        (9, 6) => (cells[0].parse().ok(), cells[1], cells[2]),
        (10, 7) => (None, cells[2], cells[3]),
        (7, 4) => (None, cells[1], cells[2]),
        _ => return None,
    };
    Some(Row {
        seconds: number(cells.last()?),
        bound: printed(bound),
        incumbent: number(best),
        nodes: node,
    })
}
