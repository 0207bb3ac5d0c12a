//! `theriac targets`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Failure, Output, table};
use crate::back::start::{StartFormat, within};
use crate::lower::Target;
use crate::valid::{Quadratic, Sets};

/// Arguments of `targets`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  theriac targets cplex-mps")]
pub struct Args {
    /// Show one target with what its readers misread or refuse.
    #[arg(value_parser = super::compile::targets(), hide_possible_values = true)]
    target: Option<Target>,
    /// The table as Markdown.
    #[arg(long, conflicts_with = "target")]
    markdown: bool,
}

/// Lists the targets, or shows one.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    if let Some(target) = args.target {
        return out.result(&full(target), || table::wrapped(&shown(target)));
    }
    let value: Vec<Value> = Target::ALL.into_iter().map(full).collect();
    out.result(&value, || if args.markdown { markdown() } else { brief() })
}

fn quadratic(q: Quadratic) -> &'static str {
    match q {
        Quadratic::No => "no",
        Quadratic::Convex => "convex",
        Quadratic::Any => "any",
    }
}

fn sets(s: Sets) -> &'static str {
    match s {
        Sets::No => "no",
        Sets::Disjoint => "disjoint",
        Sets::Any => "any",
    }
}

fn yes(b: bool) -> &'static str {
    if b { "yes" } else { "no" }
}

fn indicators(target: Target) -> &'static str {
    let c = target.capabilities();
    match (c.indicators, c.nonconvex_indicators) {
        (false, _) => "no",
        (true, false) => "convex",
        (true, true) => "yes",
    }
}

/// Where a start point goes.
fn start(target: Target) -> &'static str {
    match StartFormat::of(target) {
        Some(format) => format.extension(),
        None if within(target.format()) => "inside",
        None => "no",
    }
}

/// What a target can say, by the heads of the table.
fn row(target: Target) -> Vec<(&'static str, String)> {
    let c = target.capabilities();
    let packed = match (c.gzip, c.zstd) {
        (false, false) => "no",
        (true, false) => "gz",
        (true, true) => "gz zst",
        (false, true) => "zst",
    };
    let cells = [
        ("target", target.name()),
        ("quadratic rows", quadratic(c.quad_rows)),
        ("quadratic objective", quadratic(c.quad_objective)),
        ("indicators", indicators(target)),
        ("SOS1", sets(c.sos1)),
        ("smooth", yes(c.smooth)),
        ("maximise", yes(c.maximise)),
        ("priorities", yes(c.priorities)),
        ("start", start(target)),
        ("packed", packed),
        ("reader", target.reader()),
    ];
    cells.into_iter().map(|(head, cell)| (head, cell.to_owned())).collect()
}

/// The heads of the narrow table on a terminal.
fn short(head: &str) -> &str {
    match head {
        "quadratic rows" => "q.rows",
        "quadratic objective" => "q.obj",
        "indicators" => "indic",
        "maximise" => "max",
        "priorities" => "prio",
        other => other,
    }
}

fn brief() -> String {
    let rows: Vec<Vec<(&str, String)>> = Target::ALL.into_iter().map(row).collect();
    let heads: Vec<&str> = rows.first().into_iter().flatten().map(|(h, _)| short(h)).collect();
    let cells: Vec<Vec<String>> =
        rows.iter().map(|r| r.iter().map(|(_, cell)| cell.clone()).collect()).collect();
    table::table(&heads, &cells)
}

fn markdown() -> String {
    let mut text = String::new();
    for (k, target) in Target::ALL.into_iter().enumerate() {
        let mut cells = row(target);
        cells.push(("traps met", target.quirks().len().to_string()));
        if k == 0 {
            let heads: Vec<&str> = cells.iter().map(|(h, _)| *h).collect();
            let _ = writeln!(text, "| {} |\n|{}", heads.join(" | "), "---|".repeat(heads.len()));
        }
        let cells: Vec<&str> = cells.iter().map(|(_, cell)| cell.as_str()).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

fn shown(target: Target) -> String {
    let mut text = String::new();
    for (head, cell) in row(target) {
        let _ = writeln!(text, "{head:<20} {cell}");
    }
    let c = target.capabilities();
    if !target.file_name().is_empty() {
        let _ = writeln!(text, "{:<20} {}", "file", target.file_name());
    }
    let _ = writeln!(text, "{:<20} below {:e}", "coefficients", c.largest_coefficient);
    if c.negligible_coefficient > 0.0 {
        let _ = writeln!(text, "{:<20} above {:e}", "", c.negligible_coefficient);
    }
    let _ = writeln!(text, "{:<20} below {:e}", "bounds and sides", c.infinity);
    let quirks = target.quirks();
    if !quirks.is_empty() {
        text.push_str("\nwhat its readers misread or refuse, shown by files in probes/, and what is written instead\n");
    }
    for concern in quirks {
        let quirk = concern.quirk;
        let _ = writeln!(text, "- {}: {}", quirk.probe, quirk.words);
        for o in concern.outcomes {
            let _ = writeln!(text, "    {}: {}", o.version, o.words);
        }
        let _ = writeln!(text, "    instead: {}", quirk.instead);
    }
    text
}

fn full(target: Target) -> Value {
    let c = target.capabilities();
    let file = (!target.file_name().is_empty()).then(|| target.file_name());
    let quirks: Vec<Value> = target
        .quirks()
        .into_iter()
        .map(|concern| {
            let quirk = concern.quirk;
            let outcomes = concern.outcomes.iter();
            let outcomes: Vec<Value> =
                outcomes.map(|o| json!({"reader": o.version, "outcome": o.words})).collect();
            json!({
                "probe": quirk.probe, "words": quirk.words, "instead": quirk.instead,
                "outcomes": outcomes,
            })
        })
        .collect();
    json!({
        "target": target.name(), "reader": target.reader(), "file": file,
        "integers": c.integers,
        "quadratic_rows": quadratic(c.quad_rows),
        "quadratic_objective": quadratic(c.quad_objective),
        "nonconvex_beside_rows": c.nonconvex_beside_rows,
        "integer_quadratic": c.integer_quadratic,
        "indicators": c.indicators, "nonconvex_indicators": c.indicators && c.nonconvex_indicators,
        "no_rows": c.no_rows, "sos1": sets(c.sos1), "smooth": c.smooth,
        "common_expressions": c.common_expressions,
        "maximise": c.maximise, "priorities": c.priorities,
        "start": start(target), "gzip": c.gzip, "zstd": c.zstd,
        "largest_coefficient": c.largest_coefficient,
        "negligible_coefficient": c.negligible_coefficient,
        "infinity": c.infinity,
        "longest_name": (c.longest_name != usize::MAX).then_some(c.longest_name),
        "quirks": quirks,
    })
}
