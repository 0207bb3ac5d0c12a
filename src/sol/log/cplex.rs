//! CPLEX's log: a table, and from the interactive program a closing sentence and
//! `Current MIP best bound`.
//!
//! Called as a library CPLEX 22.2 prints no status at all; then the last bound of the table is what
//! is left. The bound's cell of a row may hold the kind and number of cuts instead.

use super::{LogSummary, Row, number, printed};
use crate::sol::Status;

pub(super) fn line(line: &str, summary: &mut LogSummary) -> Option<Row> {
    let text = line.trim();
    if let Some(words) = line.strip_prefix("Version identifier: ") {
        let version = words.split_whitespace().next().unwrap_or_default();
        summary.solver = Some(format!("CPLEX {version}"));
    } else if let Some(words) = closing(text) {
        let (words, objective) = words.split_once(":  Objective = ").unwrap_or((words, ""));
        summary.status = Some(classify(words.trim_end_matches('.')));
        summary.primal = number(objective);
        let exact = !text.starts_with("MIP - ") && !text.starts_with("Barrier - ");
        if exact && summary.status == Some(Status::Optimal) {
            // Both bounds of a linear program agree.
            summary.dual_bound = printed(objective);
        }
    } else if let Some(words) = text.strip_prefix("Current MIP best bound = ") {
        summary.dual_bound = words.split_whitespace().next().and_then(printed);
    } else if summary.complaint.is_none() && text.starts_with("CPLEX Error") {
        summary.complaint = Some(text.to_owned());
    }
    row(line)
}

/// Whether the line is a header, states the sizes, ends a run.
pub(super) fn marks(line: &str) -> (bool, bool, bool) {
    (line.starts_with("Version identifier: "), false, closing(line.trim()).is_some())
}

fn closing(text: &str) -> Option<&str> {
    ["MIP - ", "Primal simplex - ", "Dual simplex - ", "Barrier - ", "Primal - ", "Dual - "]
        .iter()
        .find_map(|start| text.strip_prefix(start))
}

fn classify(words: &str) -> Status {
    let limit = ["Time limit", "Node limit", "Solution limit", "Memory limit", "Iteration limit"];
    match words {
        w if w.starts_with("Integer optimal") || w == "Optimal" => Status::Optimal,
        "Integer infeasible" | "Infeasible" => Status::Infeasible,
        "Integer unbounded" | "Unbounded" => Status::Unbounded,
        "Integer infeasible or unbounded" | "Infeasible or unbounded" => {
            Status::InfeasibleOrUnbounded
        }
        w if w.starts_with("Aborted") => Status::Interrupted,
        w if limit.iter().any(|l| w.starts_with(l)) => Status::Limit(w.to_owned()),
        w => Status::Unknown(w.to_owned()),
    }
}

/// Node, nodes left, objective, IInf, incumbent, bound, iterations, gap. Any cell may be empty or
/// hold words, so cells are told by their columns, in which numbers end where the headings do.
fn row(line: &str) -> Option<Row> {
    const INCUMBENT: std::ops::Range<usize> = 33..47;
    const BOUND: std::ops::Range<usize> = 47..61;
    let gap = line.split_whitespace().next_back()?;
    if !gap.ends_with('%') && gap != "---" {
        return None;
    }
    let node = line.trim_start_matches(['*', ' ']).split_whitespace().next()?;
    let node = node.trim_end_matches('+').parse().ok()?;
    let cell = |at: std::ops::Range<usize>| {
        // A blank parts it from the cell before; a number that is too wide is not read.
        let text = line.get(at)?;
        text.starts_with(' ').then_some(text.trim())
    };
    Some(Row {
        seconds: None,
        bound: cell(BOUND).and_then(printed),
        incumbent: cell(INCUMBENT).and_then(number),
        nodes: Some(node),
    })
}
