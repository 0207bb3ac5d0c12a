//! COPT's log: a table whose rows are read from the right, then `Best solution`, `Best bound`,
//! `MIP status` and `Solution status`; a linear program closes with one line `Status: ...`.
//!
//! "Locally optimal" (status 20, the default for nonconvex models) is no bound and no optimum.

use super::{LogSummary, Row, number, printed};
use crate::sol::Status;

pub(super) fn line(line: &str, summary: &mut LogSummary) -> Option<Row> {
    if let Some(words) = line.strip_prefix("Cardinal Optimizer v") {
        let version = words.split(". ").next().unwrap_or_default();
        summary.solver = Some(format!("COPT {version}"));
    } else if let Some(words) = after(line, "Best solution") {
        summary.primal = number(words);
    } else if let Some(words) = after(line, "Best bound") {
        summary.dual_bound = printed(words);
    } else if let Some(words) = after(line, "Solve node") {
        summary.nodes = words.parse().ok();
    } else if let Some(words) = after(line, "MIP status") {
        let inner = words.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
        summary.status = inner.map(|w| match w {
            "user interrupt" => Status::Interrupted,
            w => Status::Limit(w.to_owned()),
        });
    } else if let Some(words) = line.strip_prefix("Duality gap (abs/rel):") {
        summary.gap = words.split('/').next().and_then(number).unwrap_or(f64::INFINITY).abs();
    } else if let Some(words) = after(line, "Solution status") {
        classify(words, summary);
    } else if let Some(words) = line.strip_prefix("Status: ") {
        linear(words, summary);
    } else if summary.complaint.is_none() && line.starts_with("Error") {
        summary.complaint = Some(line.trim().to_owned());
    }
    row(line)
}

/// Whether the line is a header, states the sizes, ends a run. The sizes of the presolved problem
/// look the same; the first ones count.
pub(super) fn marks(line: &str) -> (bool, bool, bool) {
    (
        line.starts_with("Cardinal Optimizer v"),
        line.contains(" non-zero elements"),
        line.starts_with("Solution status") || line.starts_with("Status: "),
    )
}

/// `Name   : words`.
fn after<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    line.strip_prefix(name)?.trim_start().strip_prefix(':').map(str::trim)
}

fn classify(words: &str, summary: &mut LogSummary) {
    summary.status = Some(match words {
        w if w.starts_with("integer optimal") || w == "optimal" => Status::Optimal,
        "infeasible" => Status::Infeasible,
        "unbounded" => Status::Unbounded,
        "infeasible or unbounded" => Status::InfeasibleOrUnbounded,
        w if w.contains("local") => Status::Local(w.to_owned()),
        w => match summary.status.take() {
            Some(limit) => limit,
            None => Status::Unknown(w.to_owned()),
        },
    });
}

/// `Optimal  Objective: -4.9e+00  Iterations: 0  Time: 0.00s`: both bounds agree there.
fn linear(words: &str, summary: &mut LogSummary) {
    let (status, rest) = words.split_once("  ").unwrap_or((words, ""));
    summary.status = Some(match status {
        "Optimal" => Status::Optimal,
        "Infeasible" => Status::Infeasible,
        "Unbounded" => Status::Unbounded,
        other => Status::Unknown(other.to_owned()),
    });
    let value = rest.trim_start().strip_prefix("Objective:").map(str::trim_start);
    let value = value.and_then(|v| v.split_whitespace().next());
    if status == "Optimal" {
        summary.primal = value.and_then(number);
        // Behind an interior point the primal objective is printed.
        summary.dual_bound = value.and_then(printed).and_then(|b| b.wider(2.0 * summary.gap));
    }
}

fn row(line: &str) -> Option<Row> {
    let cells: Vec<&str> = line.split_whitespace().collect();
    let [before @ .., bound, incumbent, gap, time] = cells.as_slice() else { return None };
    if !gap.ends_with('%') && *gap != "Inf" {
        return None;
    }
    let seconds = number(time.strip_suffix('s')?)?;
    let nodes = before.iter().find_map(|c| c.trim_start_matches(['H', '*']).parse().ok())?;
    Some(Row {
        seconds: Some(seconds),
        bound: printed(bound),
        incumbent: number(incumbent),
        nodes: Some(nodes),
    })
}
