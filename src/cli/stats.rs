//! `theriac stats`.

use std::path::PathBuf;

use super::{Failure, Output, table};
use crate::front::model;
use crate::front::printable::number;
use crate::ir::stats;
use crate::sol::sense::minimised;

/// Arguments of `stats`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  theriac stats moons.theriac/model.lp")]
pub struct Args {
    /// A model: .lp, .mps, .nl (also .gz, .zst), or a saved one (.thir).
    file: PathBuf,
}

/// Counts.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let found = model::load(&args.file).map_err(Failure::input)?;
    let s = stats::stats(&found.model);
    let value = serde_json::json!({
        "sense": if found.maximise { "maximise" } else { "minimise" },
        "notes": found.notes,
        "class": s.class.to_string(),
        "continuous": s.continuous, "integers": s.integers, "binaries": s.binaries,
        "fixed": s.fixed, "unbounded": s.unbounded,
        "linear_rows": s.linear_rows, "quad_rows": s.quad_rows, "smooth_rows": s.smooth_rows,
        "indicators": s.indicators, "sos1": s.sos1,
        "nonzeros": s.nonzeros, "quad_terms": s.quad_terms, "objective_terms": s.objective_terms,
        "coefficients": s.coefficients.map(|(a, b)| [a, b]),
        "objective_coefficients": s.objective_coefficients.map(|(a, b)| [a, b]),
        "objective_constant": minimised(s.objective_constant, found.maximise),
    });
    out.result(&value, || {
        let sense = if found.maximise { "maximise" } else { "minimise" };
        let mut text = format!("{s}\nsense        {sense}");
        if s.objective_constant != 0.0 {
            let constant = number(minimised(s.objective_constant, found.maximise));
            text.push_str(&format!("\nconstant     {constant} in the objective"));
        }
        for note in &found.notes {
            text.push_str("\nnote         ");
            text.push_str(note);
        }
        table::hanging(&text, "class        ".len())
    })
}
