//! `theriac diff`.

use std::path::PathBuf;

use super::{Failure, Output};
use crate::front::model;
use crate::ir::compare::differences_of;

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Two models are the same if they have the same columns, rows and objective, in \
    whatever order.\nSmooth parts are compared up to the order of sums and products; notes tell what was not read as it \
    stands.\nExit status: 0 the same, 1 different, 2 a file that cannot be read.\n\n\
    Example:\n  theriac diff moons.theriac/model.lp other.mps"
)]
pub struct Args {
    /// A model: .lp, .mps, .nl (also .gz, .zst), or a saved one (.thir).
    a: PathBuf,
    /// Another one.
    b: PathBuf,
}

/// Differences that are listed.
const LISTED: usize = 20;

/// Compares up to the order of columns and rows.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let a = model::load(&args.a).map_err(Failure::input)?;
    let b = model::load(&args.b).map_err(Failure::input)?;
    let mut found = differences_of(&a.model, &b.model, a.maximise && b.maximise, LISTED);
    if a.maximise != b.maximise {
        let senses = if a.maximise {
            "maximises, the second minimises"
        } else {
            "minimises, the second maximises"
        };
        found.insert(0, format!("the first {senses} (objectives are compared as minimised)"));
    }
    let value = serde_json::json!({
        "same": found.is_empty(), "differences": found, "notes": [a.notes, b.notes],
    });
    out.result(&value, || {
        let (first, second) = (args.a.display(), args.b.display());
        let notes = |name: String, notes: &[String]| -> String {
            notes.iter().map(|note| format!("  note on {name}: {note}\n")).collect()
        };
        let notes = notes(first.to_string(), &a.notes) + &notes(second.to_string(), &b.notes);
        if found.is_empty() {
            let text = format!("SAME  {first} and {second} hold the same model\n{notes}");
            return text.trim_end().to_owned();
        }
        let mut text = format!("DIFFERENT  {first} (the first) and {second} (the second)\n");
        for difference in &found {
            text.push_str(&format!("  {difference}\n"));
        }
        if found.len() >= LISTED {
            text.push_str(&format!("  (the first {LISTED} differences are listed)\n"));
        }
        text.push_str(&notes);
        text
    })?;
    if found.is_empty() { Ok(()) } else { Err(Failure::Told(1)) }
}
