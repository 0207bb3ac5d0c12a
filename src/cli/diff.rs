//! `theriac diff`.

use std::path::PathBuf;

use super::{Failure, Output};
use crate::front::model;
use crate::ir::compare::differences;

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  theriac diff moons.theriac/model.lp other.mps")]
pub struct Args {
    /// A model: .lp, .mps, .nl (also .gz), or a saved one (.thir).
    a: PathBuf,
    /// Another one.
    b: PathBuf,
}

/// Differences that are listed.
const LISTED: usize = 20;

/// Compares up to the order of columns and rows; different models are a failure (exit status 1).
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let a = model::load(&args.a).map_err(Failure::input)?;
    let b = model::load(&args.b).map_err(Failure::input)?;
    let mut found = differences(&a.model, &b.model, LISTED);
    if a.maximise != b.maximise {
        let senses = if a.maximise {
            "maximises, the second minimises"
        } else {
            "minimises, the second maximises"
        };
        found.insert(0, format!("the first {senses} (objectives are compared as minimised)"));
    }
    out.result(&serde_json::json!({"same": found.is_empty(), "differences": found}), || {
        if found.is_empty() { "the models are the same".to_owned() } else { found.join("\n") }
    })?;
    if found.is_empty() { Ok(()) } else { Err(Failure::Work("the models differ".to_owned())) }
}
