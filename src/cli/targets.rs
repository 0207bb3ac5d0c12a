//! `theriac targets`.

use super::{Failure, Output, table};
use crate::lower::Target;
use crate::valid::Quadratic;

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
    let yes = |b: bool| if b { "yes" } else { "no" }.to_owned();
    let rows: Vec<Vec<String>> = Target::ALL
        .into_iter()
        .map(|t| {
            let c = t.capabilities();
            vec![
                t.name().to_owned(),
                quadratic(c.quad_rows).to_owned(),
                yes(c.indicators),
                yes(c.sos1),
                yes(c.smooth),
                t.reader().to_owned(),
            ]
        })
        .collect();
    let names = ["target", "quadratic rows", "indicators", "sos1", "smooth", "reader"];
    let value: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| {
            let pairs = names.iter().zip(row);
            pairs.map(|(k, v)| ((*k).to_owned(), serde_json::Value::from(v.clone()))).collect()
        })
        .collect();
    out.result(&value, || table::table(&names, &rows))
}
