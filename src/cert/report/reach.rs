//! Boxes of reachable parameters for a terminal.

use std::fmt::Write as _;

use super::short;
use crate::cert::reaching::record::{MethodRecord, ReachRecord};
use crate::front::printable::counted;

/// Steps that are listed; the certificate has them all.
const LISTED: usize = 12;

/// The outcomes at the points by method, and the mean widths of the boxes by step.
#[must_use]
pub fn table(record: &ReachRecord) -> String {
    let mut out = String::new();
    let window = match record.window {
        1 => "1 step".to_owned(),
        n => format!("{n} steps"),
    };
    let _ = writeln!(
        out,
        "\n  {} parameters, {} points, windows of {window}\n",
        record.parameters, record.points
    );
    let _ = writeln!(
        out,
        "  {:<22} {:>10} {:>8} {:>10} {:>20}",
        "method", "certified", "wrong", "abstains", "last mean width"
    );
    for m in &record.methods {
        let width = m.mean_widths.last().copied().flatten();
        let _ = writeln!(
            out,
            "  {:<22} {:>10} {:>8} {:>10} {:>20}",
            m.method.words(),
            m.tally.certified,
            m.tally.wrong,
            m.tally.abstains,
            shown(width)
        );
    }
    let _ = write!(out, "\n  mean widths of the box after each step\n  {:<5}", "step");
    for m in &record.methods {
        let _ = write!(out, " {:>22}", m.method.words());
    }
    out.push('\n');
    for step in listed(record.methods.first().map_or(0, |m| m.mean_widths.len())) {
        let _ = write!(out, "  {step:<5}");
        for m in &record.methods {
            let _ = write!(out, " {:>22}", at(m, step));
        }
        out.push('\n');
    }
    out.push('\n');
    if record.templates > 0 {
        let width = record.template_widths.last().copied().flatten();
        let _ = writeln!(
            out,
            "  {} templates beside the box, last mean width {}\n",
            record.templates,
            shown(width)
        );
    }
    if !record.rounds.is_empty() {
        rounds(&mut out, record);
    }
    out
}

/// What the rounds came to.
fn rounds(out: &mut String, record: &ReachRecord) {
    let _ = writeln!(
        out,
        "  {:<6}{:>6} {:>11} {:>8} {:>9} {:>9} {:>9} {:>11}",
        "round", "ends", "objectives", "proved", "stopped", "missing", "unusable", "ends moved"
    );
    let last = record.rounds.len();
    for n in listed(last + 1).into_iter().filter(|n| *n > 0) {
        let Some(t) = record.rounds.get(n - 1) else { continue };
        let name = match (n == last, record.by_programs) {
            (true, Some(_)) => "points".to_owned(),
            (true, None) | (false, _) => n.to_string(),
        };
        let _ = writeln!(
            out,
            "  {name:<6}{:>6} {:>11} {:>8} {:>9} {:>9} {:>9} {:>11}",
            t.ends, t.objectives, t.proved, t.stopped, t.missing, t.unusable, t.moved
        );
    }
    if let Some(n) = record.by_programs {
        let points = counted(n, "point");
        let _ = writeln!(out, "  programs answered {points} of those that bounds left open");
    }
    out.push('\n');
}

/// Steps to list: all, or some of them with the first and the last.
fn listed(steps: usize) -> Vec<usize> {
    if steps <= LISTED {
        return (0..steps).collect();
    }
    let mut out: Vec<usize> = (0..LISTED).map(|k| k * (steps - 1) / (LISTED - 1)).collect();
    out.dedup();
    out
}

fn at(method: &MethodRecord, step: usize) -> String {
    shown(method.mean_widths.get(step).copied().flatten())
}

fn shown(width: Option<f64>) -> String {
    width.map_or_else(|| "unbounded".to_owned(), short)
}
