//! Gurobi's log: a table without bars, then a closing sentence and `Best objective ...`.
//!
//! Rows are read from the right, because cells to the left may be empty: incumbent, bound, gap,
//! iterations a node, time. A linear program closes with `Optimal objective` and no bound: both
//! agree there (strong duality).

use super::{LogSummary, Row, number, printed};
use crate::sol::Status;

pub(super) fn line(line: &str, summary: &mut LogSummary) -> Option<Row> {
    if let Some(words) = line.strip_prefix("Gurobi Optimizer version ") {
        let version = words.split_whitespace().next().unwrap_or_default();
        summary.solver = Some(format!("Gurobi {version}"));
    } else if let Some(status) = closing(line) {
        summary.status = Some(status);
    } else if let Some(words) = line.strip_prefix("Optimal objective ") {
        summary.status = Some(Status::Optimal);
        summary.primal = number(words);
        summary.dual_bound =
            printed(words).and_then(|b| b.wider(summary.gap * (1.0 + b.value.abs())));
    } else if line.starts_with("Barrier solved model in ") {
        // The default of BarConvTol; the primal objective is printed.
        summary.gap = 1e-8;
    } else if let Some(words) = line.strip_prefix("Best objective ") {
        let mut parts = words.split(", ");
        summary.primal = parts.next().and_then(|v| v.split_whitespace().next()).and_then(number);
        summary.dual_bound =
            parts.next().and_then(|v| v.strip_prefix("best bound ")).and_then(printed);
    } else if let Some(words) = line.strip_prefix("Explored ") {
        summary.nodes = words.split_whitespace().next().and_then(|n| n.parse().ok());
    } else if summary.complaint.is_none() && is_complaint(line) {
        summary.complaint = Some(line.trim().to_owned());
    }
    row(line)
}

/// Whether the line is a header, states the sizes, ends a run.
pub(super) fn marks(line: &str) -> (bool, bool, bool) {
    (
        line.starts_with("Gurobi Optimizer version "),
        line.starts_with("Optimize a model with "),
        line.starts_with("Best objective ") || line.starts_with("Optimal objective "),
    )
}

/// The sense behind the sizes; older versions print none.
pub(super) fn maximises(line: &str) -> Option<bool> {
    let words = line.strip_prefix("Optimize a model with ")?;
    match words.rsplit(' ').next()? {
        "(Max)" => Some(true),
        "(Min)" => Some(false),
        _ => None,
    }
}

fn closing(line: &str) -> Option<Status> {
    let limit = |words: &str| Some(Status::Limit(words.to_owned()));
    match line.trim() {
        l if l.starts_with("Optimal solution found") => Some(Status::Optimal),
        "Model is infeasible" | "Infeasible model" => Some(Status::Infeasible),
        "Model is unbounded" | "Unbounded model" => Some(Status::Unbounded),
        "Model is infeasible or unbounded" | "Infeasible or unbounded model" => {
            Some(Status::InfeasibleOrUnbounded)
        }
        "Solve interrupted" | "Interrupt request received" => Some(Status::Interrupted),
        "Time limit reached" => limit("time limit"),
        "Node limit reached" => limit("node limit"),
        "Solution limit reached" => limit("solution limit"),
        "Memory limit reached" => limit("memory limit"),
        "Work limit reached" => limit("work limit"),
        l if l.starts_with("Sub-optimal termination") => {
            Some(Status::Local("suboptimal".to_owned()))
        }
        _ => None,
    }
}

fn is_complaint(line: &str) -> bool {
    line.contains("GurobiError") || line.starts_with("Error ") || line.starts_with("ERROR")
}

fn row(line: &str) -> Option<Row> {
    let mut cells: Vec<&str> = line.split_whitespace().collect();
    let time = number(cells.pop()?.strip_suffix('s')?)?;
    cells.pop()?;
    let gap = cells.pop()?;
    if !gap.ends_with('%') && gap != "-" {
        return None;
    }
    let bound = cells.pop()?;
    let incumbent = cells.pop()?;
    let nodes = cells.iter().find_map(|c| c.trim_start_matches(['H', '*']).parse().ok())?;
    Some(Row {
        seconds: Some(time),
        bound: printed(bound),
        incumbent: number(incumbent),
        nodes: Some(nodes),
    })
}
