//! `theriac convert`.

use std::path::{Path, PathBuf};

use super::progress::Writing;
use super::{Failure, Output, interrupt};
use crate::back::{self, EmitError, Options};
use crate::cert::store::wrong_place;
use crate::front::model;
use crate::front::packing::Packing;
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
    #[arg(long, value_parser = super::compile::targets(), hide_possible_values = true)]
    target: Target,
    /// Names of variables and rows: `readable` (the file's own where every reader takes them and
    /// they are no names of our own, such as `one`, `low_0`, `row_c1`; what was renamed is told),
    /// `short` (`x17`, `c17`), or a file of rules (docs/names.md).
    #[arg(long, value_parser = super::compile::names, default_value = "readable", value_name = "STYLE|FILE")]
    names: Names,
    /// Threads that format, two at most by default; any number writes the same bytes.
    #[arg(long)]
    threads: Option<usize>,
}

/// More threads than this only wait.
const MOST_THREADS: usize = 64;

/// Endings of model files that a target may or may not write.
const MODELS: [&str; 4] = ["lp", "mps", "nl", "thir"];

/// Endings of packings that are not written.
const UNKNOWN_PACKINGS: [&str; 7] = ["bz2", "xz", "lzma", "z", "zip", "7z", "zstd"];

/// Refuses a name that says something else than what the file will be; a note where the target's
/// reader does not unpack it.
fn ending(to: &Path, target: Target) -> Result<Option<String>, Failure> {
    if to.as_os_str() == "-" {
        let why = "`-` is no file; give a path (./- for a file of that name)";
        return Err(Failure::Input(why.to_owned()));
    }
    let packing = Packing::of_path(to);
    let name = if packing.is_some() { to.with_extension("") } else { to.to_owned() };
    let ending = name.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let own = target.format().extension();
    if UNKNOWN_PACKINGS.contains(&ending.as_str()) {
        return Err(Failure::Input(format!(
            "{} would not be compressed: .gz and .zst are what is written; give one of these",
            to.display()
        )));
    }
    if MODELS.contains(&ending.as_str()) && ending != own && !own.is_empty() {
        return Err(Failure::Input(format!(
            "{} ends in .{ending}, and --target {} writes .{own}; correct one of the two",
            to.display(),
            target.name()
        )));
    }
    let capabilities = target.capabilities();
    let unread = packing.filter(|p| match p {
        Packing::Gzip => !capabilities.gzip,
        Packing::Zstd => !capabilities.zstd,
    });
    Ok(unread.map(|p| {
        let (name, ending) = (target.name(), p.extension());
        format!("not every reader of {name} unpacks .{ending} files; unpack it for those")
    }))
}

/// Converts.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let packing = ending(&args.to, args.target)?;
    // Until it is read, Ctrl-C ends the process as it ends any other: there is nothing to tidy up.
    let found = model::load(&args.from).map_err(Failure::input)?;
    let stop = interrupt::flag_saying(out, "no part of the file is left");
    let writing = Writing::new(out, &stop);
    let names = args.names.style();
    let threads = args.threads.unwrap_or_else(back::threads).min(MOST_THREADS);
    let options = Options { names, threads, watch: Some(&writing), ..Options::default() };
    let lowering = LowerOptions::default();
    let done = back::convert_model(&found, args.target, lowering, &options, &args.to);
    writing.finish();
    let done = done.map_err(|e| match e {
        EmitError::Refused(_) | EmitError::Load(_) | EmitError::Names(_) => Failure::input(e),
        EmitError::Io(ref io) if wrong_place(io) => {
            Failure::Input(format!("{e}; give another path than {}", args.to.display()))
        }
        e => Failure::work(e),
    })?;
    let (maximise, mut notes) = (done.maximise, done.notes);
    notes.extend(packing);
    let (renamed, done) = (done.renamed, done.emitted);
    let word = |maximise| if maximise { "maximise" } else { "minimise" };
    let value = serde_json::json!({
        "file": args.to.display().to_string(),
        "sense": word(maximise),
        "file_sense": word(done.maximise),
        "notes": notes,
        "class": done.class.to_string(),
        "variables": done.vars,
        "renamed": {
            "count": renamed.0,
            "first": renamed.1.iter().map(|(own, written)| serde_json::json!({
                "read": own, "written": written,
            })).collect::<Vec<_>>(),
        },
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
        for step in &done.steps {
            text.push_str(&format!("  changed: {step}\n"));
        }
        if renamed.0 > 0 {
            let pairs: Vec<String> =
                renamed.1.iter().map(|(own, written)| format!("{own} is {written}")).collect();
            let more = if renamed.0 > pairs.len() { ", ..." } else { "" };
            text.push_str(&format!(
                "  renamed: {} of the columns, because not every reader takes their names or they are \
                 names of our own: {}{more}\n",
                renamed.0,
                pairs.join(", ")
            ));
        }
        text
    })
}
