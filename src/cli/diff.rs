//! `theriac diff`.

use std::path::PathBuf;

use super::{Failure, Output};
use crate::ir::compare::differences;
use crate::ir::save;

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  theriac diff a.theriac/model.thir b.theriac/model.thir")]
pub struct Args {
    /// A saved model.
    a: PathBuf,
    /// Another one.
    b: PathBuf,
}

/// Differences that are listed.
const LISTED: usize = 20;

/// Compares up to the order of columns and rows; different models are a failure (exit status 1).
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let a = save::load(&args.a).map_err(Failure::input)?;
    let b = save::load(&args.b).map_err(Failure::input)?;
    let found = differences(&a, &b, LISTED);
    out.result(&serde_json::json!({"same": found.is_empty(), "differences": found}), || {
        if found.is_empty() { "the models are the same".to_owned() } else { found.join("\n") }
    })?;
    if found.is_empty() { Ok(()) } else { Err(Failure::Work("the models differ".to_owned())) }
}
