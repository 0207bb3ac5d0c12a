//! `theriac targets`.

use super::{Failure, Output, table};
use crate::lower::Target;
use crate::valid::{Quadratic, Sets};

/// Arguments of `targets`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  theriac targets")]
pub struct Args {}

/// Lists the targets.
pub fn run(_: &Args, out: &Output) -> Result<(), Failure> {
    let quadratic = |q: Quadratic| match q {
        Quadratic::No => "no",
        Quadratic::Convex => "convex",
        Quadratic::Any => "any",
    };
    let sets = |s: Sets| match s {
        Sets::No => "no",
        Sets::Disjoint => "disjoint",
        Sets::Any => "any",
    };
    let yes = |b: bool| if b { "yes" } else { "no" }.to_owned();
    let rows: Vec<Vec<String>> = Target::ALL
        .into_iter()
        .map(|t| {
            let c = t.capabilities();
            vec![
                t.name().to_owned(),
                quadratic(c.quad_rows).to_owned(),
                yes(c.indicators),
                sets(c.sos1).to_owned(),
                yes(c.smooth),
                t.reader().to_owned(),
            ]
        })
        .collect();
    let names = ["target", "quadratic rows", "indicators", "sos1", "smooth", "reader"];
    let value: Vec<serde_json::Value> = Target::ALL
        .into_iter()
        .map(|t| {
            let c = t.capabilities();
            let file = (!t.file_name().is_empty()).then(|| t.file_name());
            serde_json::json!({
                "target": t.name(), "reader": t.reader(), "file": file,
                "integers": c.integers,
                "quadratic_rows": quadratic(c.quad_rows),
                "quadratic_objective": quadratic(c.quad_objective),
                "indicators": c.indicators, "sos1": sets(c.sos1), "smooth": c.smooth,
                "largest_coefficient": c.largest_coefficient, "infinity": c.infinity,
            })
        })
        .collect();
    out.result(&value, || table::table(&names, &rows))
}
