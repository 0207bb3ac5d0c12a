//! CBC's log: sentences, then a closing block that begins with `Result - `.
//!
//! At an optimum the block states no bound, and the objective alone is none: it is taken from
//! `Lower bound:` or `Upper bound:`, which stand there after a limit. Within the log objectives of
//! a maximisation have the other sign; only the closing block is read.

use super::{LogSummary, Row, number, printed};
use crate::sol::Status;

pub(super) fn line(line: &str, summary: &mut LogSummary) -> Option<Row> {
    let text = line.trim();
    if let Some(words) = text.strip_prefix("Version: ") {
        summary.solver = Some(format!("CBC {}", words.trim()));
    } else if let Some(words) = text.strip_prefix(DEVELOPMENT) {
        let version = words.split(')').next().unwrap_or_default();
        summary.solver = Some(format!("CBC devel {version}"));
    } else if text.starts_with("Bound tightening: infeasibility proved") {
        summary.status = Some(Status::Infeasible);
    } else if let Some(words) = text.strip_prefix("Result - ") {
        summary.status = Some(classify(words));
    } else if text.starts_with("Problem is infeasible") {
        summary.status = Some(Status::Infeasible);
    } else if text.starts_with("Problem is unbounded") {
        summary.status = Some(Status::Unbounded);
    } else if let Some(words) = text.strip_prefix("Objective value:") {
        summary.primal = number(words);
    } else if let Some(words) =
        text.strip_prefix("Lower bound:").or_else(|| text.strip_prefix("Upper bound:"))
    {
        summary.dual_bound = printed(words);
    } else if let Some(words) = text.strip_prefix("Enumerated nodes:") {
        summary.nodes = words.trim().parse().ok();
    } else if summary.complaint.is_none()
        && (text.contains("There were") && text.contains("errors") || text.starts_with("### ERROR"))
    {
        summary.complaint = Some(text.to_owned());
    }
    None
}

/// Whether the line is a header, states the sizes, ends a run.
pub(super) fn marks(line: &str) -> (bool, bool, bool) {
    (
        line.starts_with("Welcome to the CBC") || line.starts_with(DEVELOPMENT),
        line.starts_with("Problem ") && line.contains(" rows, ") && line.contains(" elements")
            || line.contains("Problem loaded") && line.contains(" rows, ") && line.contains(" NZ"),
        line.starts_with("Result - "),
    )
}

/// How the development version begins.
const DEVELOPMENT: &str = "CBC devel (";

fn classify(words: &str) -> Status {
    match words.trim() {
        "Optimal solution found" | "Optimal solution found (within gap tolerance)" => {
            Status::Optimal
        }
        "Problem proven infeasible" => Status::Infeasible,
        "Problem proven unbounded" => Status::Unbounded,
        // The relaxation alone; nothing is said about feasible points.
        "Linear relaxation unbounded" => Status::InfeasibleOrUnbounded,
        "User ctrl-cuser ctrl-c" | "User ctrl-c" => Status::Interrupted,
        w if w.starts_with("Stopped on") => Status::Limit(w.to_owned()),
        w => Status::Unknown(w.to_owned()),
    }
}
