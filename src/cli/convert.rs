//! `theriac convert`.

use std::path::PathBuf;

use super::progress::Writing;
use super::{Failure, Output, interrupt};
use crate::back::{self, EmitError, Options};
use crate::cert::store::wrong_place;
use crate::ir::Names;
use crate::lower::{LowerOptions, Target};

/// Arguments of `convert`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  theriac convert moons.theriac/model.thir moons.nl --target nl")]
pub struct Args {
    /// A model: .lp, .mps, .nl (also .gz, .zst), or a saved one (.thir).
    from: PathBuf,
    /// The file to write; `.gz` or `.zst` at its end compresses it.
    to: PathBuf,
    /// The target (`theriac targets` lists them).
    #[arg(long, value_parser = super::compile::target)]
    target: Target,
    /// Names of variables and rows: `readable` (the file's own where every reader takes them),
    /// `short` (`x17`, `c17`), or a file of rules (docs/names.md).
    #[arg(long, value_parser = super::compile::names, default_value = "readable", value_name = "STYLE|FILE")]
    names: Names,
    /// Threads that format, two at most by default; any number writes the same bytes.
    #[arg(long)]
    threads: Option<usize>,
}

/// More threads than this only wait.
const MOST_THREADS: usize = 64;

/// Converts.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let stop = interrupt::flag_saying(out, "no part of the file is left");
    let writing = Writing::new(out, &stop);
    let names = args.names.style();
    let threads = args.threads.unwrap_or_else(back::threads).min(MOST_THREADS);
    let options = Options { names, threads, watch: Some(&writing), ..Options::default() };
    let lowering = LowerOptions::default();
    let done = back::convert(&args.from, args.target, lowering, &options, &args.to);
    writing.finish();
    let done = done.map_err(|e| match e {
        EmitError::Refused(_) | EmitError::Load(_) | EmitError::Names(_) => Failure::input(e),
        EmitError::Io(ref io) if wrong_place(io) => {
            Failure::Input(format!("{e}; give another path than {}", args.to.display()))
        }
        e => Failure::work(e),
    })?;
    let (maximise, notes, done) = (done.maximise, done.notes, done.emitted);
    let word = |maximise| if maximise { "maximise" } else { "minimise" };
    let value = serde_json::json!({
        "file": args.to.display().to_string(),
        "sense": word(maximise),
        "file_sense": word(done.maximise),
        "notes": notes,
        "class": done.class.to_string(),
        "variables": done.vars,
        "steps": done.steps.iter().map(|s| serde_json::json!({
            "count": s.count, "what": s.lowering.words(),
        })).collect::<Vec<_>>(),
    });
    out.result(&value, || {
        let to = args.to.display();
        let mut text = format!("{to}: {} with {} variables\n", done.class, done.vars);
        if maximise && !done.maximise {
            text.push_str(
                "  note: the model maximises, which the target's reader does not know; the \
                 minimisation of the negative was written\n",
            );
        }
        for note in &notes {
            text.push_str(&format!("  note: {note}\n"));
        }
        text
    })
}
