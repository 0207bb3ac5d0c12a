//! Xpress's log: a table, then `Final MIP objective` and `Final MIP bound` (`MINLP` for nonconvex
//! models).
//!
//! `Final objective` closes every linear program, the relaxation at the root too: it is a dual
//! bound once its accuracy is printed (of a quadratic program it is the primal value of an interior
//! point), and the optimum only where the log calls the program an `LP`, `QP` or `QCQP`.

use super::{LogSummary, Row, number, printed};
use crate::sol::Status;

pub(super) fn line(line: &str, summary: &mut LogSummary) -> Option<Row> {
    let text = line.trim();
    if let Some(words) = header(line) {
        let version = words.split(',').next().unwrap_or_default();
        summary.solver = Some(format!("Xpress {version}"));
    } else if let Some(class) = class(line) {
        summary.continuous = Some(class);
    } else if let Some(words) = after(text, "Final objective") {
        summary.pending = printed(words);
        if summary.continuous == Some(true) {
            summary.primal = number(words);
            summary.status = Some(Status::Optimal);
        }
    } else if let Some(words) = after(text, "Max complementarity viol.") {
        let off = words.split_whitespace().next().and_then(number).unwrap_or(f64::INFINITY);
        summary.dual_bound =
            summary.pending.take().and_then(|b| b.wider(2.0 * off)).or(summary.dual_bound);
    } else if let Some(words) = final_value(text, "objective") {
        summary.primal = number(words);
    } else if let Some(words) = final_value(text, "bound") {
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

/// Whether the class of `Maximizing LP name using ...` is continuous and convex.
fn class(line: &str) -> Option<bool> {
    let rest = line.strip_prefix("Maximizing ").or_else(|| line.strip_prefix("Minimizing "))?;
    let word = rest.split_whitespace().next()?;
    Some(matches!(word, "LP" | "QP" | "QCP" | "QCQP"))
}

/// The words behind `Final MIP objective`, `Final NLP bound` and the like.
fn final_value<'a>(text: &'a str, what: &str) -> Option<&'a str> {
    let rest = text.strip_prefix("Final ")?;
    let (class, rest) = rest.split_once(' ')?;
    matches!(class, "MIP" | "NLP" | "MINLP").then_some(())?;
    after(rest, what)
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
        // Its presolve looks at one column, not at whether there is a feasible point.
        _ if text.starts_with("The problem is unbounded due to") && known.is_none() => {
            Some(Status::InfeasibleOrUnbounded)
        }
        _ if text.starts_with("The problem is infeasible due to") && known.is_none() => {
            Some(Status::Infeasible)
        }
        _ if text.starts_with("*** Search unfinished ***") && known.is_none() => {
            Some(Status::Limit("search unfinished".to_owned()))
        }
        _ => {
            let words = text.strip_prefix("STOPPING - ")?;
            let words = words.split(" (").next().unwrap_or(words);
            // The gap is closed as far as was asked.
            if words.starts_with("MIPRELSTOP") || words.starts_with("MIPABSSTOP") {
                return None;
            }
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
