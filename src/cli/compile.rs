//! `theriac compile`.

use std::path::{Path, PathBuf};

use super::progress::Live;
use super::work::{Subject, Work};
use super::{Failure, Output, common, interrupt, table};
use crate::cert::instance::Manifest;
use crate::cert::pipeline::CompileOptions;
use crate::cert::reaching::rounds::RoundFile;
use crate::cert::store;
use crate::front::nearest::nearest;
use crate::front::packing::Packing;
use crate::ir::Names;
use crate::ir::names::NameMap;
use crate::lower::Target;

/// Arguments of `compile`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  theriac compile examples/moons.thr -o moons --target lp --target nl\n  theriac compile net.onnx property.vnnlib -o net --target highs-mps"
)]
pub struct Args {
    #[command(flatten)]
    subject: Subject,
    /// The instance directory to write.
    #[arg(short, long)]
    output: PathBuf,
    #[command(flatten)]
    how: Writing,
    /// Replace an instance directory even if it holds an answer.
    #[arg(long)]
    force: bool,
}

/// How a program is written.
#[derive(Debug, clap::Args)]
pub struct Writing {
    /// A target (`theriac targets` lists them); may be given more than once. Left out: lp, mps.
    #[arg(long, value_parser = targets(), hide_possible_values = true)]
    target: Vec<Target>,
    /// Names of variables and rows: `readable` (computed from what they stand for), `short`
    /// (`x17`, `c17`), or a file of rules (docs/names.md).
    #[arg(long, value_parser = names, default_value = "readable", value_name = "STYLE|FILE")]
    names: Names,
    /// Compress the model files: `gz` or `zst`. Hashes in the manifest are those of the contents.
    #[arg(long, value_parser = compression, value_name = "gz|zst")]
    compress: Option<Packing>,
    /// Do not look for an attack to start from: no start files, no warm start. A cutoff needs one.
    #[arg(long)]
    no_start: bool,
}

impl Writing {
    /// The library's options.
    pub fn options(&self, force: bool) -> CompileOptions {
        let defaults = CompileOptions::default();
        let mut targets: Vec<Target> = Vec::new();
        for target in &self.target {
            if !targets.contains(target) {
                targets.push(*target);
            }
        }
        CompileOptions {
            targets: if self.target.is_empty() { defaults.targets } else { targets },
            names: self.names.clone(),
            compress: self.compress,
            force,
            start: !self.no_start,
            points: Vec::new(),
        }
    }
}

/// Any of [`target`].
pub fn targets() -> common::Word<Target> {
    common::Word { list: Target::ALL.into_iter().map(Target::name).collect(), read: target }
}

/// A target by name.
pub fn target(word: &str) -> Result<Target, String> {
    Target::from_name(word).ok_or_else(|| {
        // Solver and format in the other order.
        let turned = word.split_once('-').map(|(a, b)| format!("{b}-{a}"));
        let turned = turned.and_then(|t| Target::from_name(&t)).map(Target::name);
        match turned.or_else(|| nearest(word, Target::ALL.into_iter().map(Target::name))) {
            Some(near) => format!("there is no target {word:?}; did you mean {near}?"),
            None => format!("there is no target {word:?}; `theriac targets` lists them"),
        }
    })
}

/// A packing by its ending.
pub fn compression(word: &str) -> Result<Packing, String> {
    let found = Packing::ALL.into_iter().find(|p| p.extension() == word);
    found.ok_or_else(|| format!("{word:?} is neither `gz` nor `zst`"))
}

/// A style of names by its word, or by a file of rules.
pub fn names(word: &str) -> Result<Names, String> {
    match word {
        "short" => Ok(Names::Short),
        "readable" => Ok(Names::Readable),
        file if Path::new(file).exists() => {
            NameMap::load(Path::new(file)).map(Names::from).map_err(|e| e.to_string())
        }
        word => Err(match nearest(word, ["short", "readable"]) {
            Some(near) => format!("there is no style or file {word:?}; did you mean {near}?"),
            None => format!("{word:?} is neither `readable` nor `short` nor a file of rules"),
        }),
    }
}

/// Compiles, and lists what was written.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let mut live = Live::start(out, "compiling");
    let options = args.how.options(args.force);
    let stop = interrupt::flag(out);
    let mut show = |news| common::show(&mut live, news);
    let done = Work::compile(&args.subject, &args.output, &options, &mut show, &stop);
    live.finish();
    let work = done.map_err(|e| common::failure(e, out))?;
    let manifest = work.manifest();
    out.result(manifest, || {
        let rows: Vec<Vec<String>> = manifest
            .files()
            .map(|f| {
                // The manifest counts the contents; on disk a model may be compressed.
                let there = std::fs::metadata(args.output.join(&f.path));
                let bytes = there.map_or(f.bytes, |m| m.len());
                vec![f.role.word().to_owned(), bytes.to_string(), f.path.clone()]
            })
            .collect();
        let mut text = table::table(&["file", "bytes", "path"], &rows);
        let written =
            manifest.program.is_some() || manifest.parts.iter().any(|p| p.program.is_some());
        if work.verifies() && !written {
            text.push_str(&format!(
                "no program is needed and none was written; next: theriac solve {0}, then theriac \
                 certify {0}\n",
                args.output.display()
            ));
        }
        if let Some(first) = first_round(args, manifest) {
            text.push_str(&format!(
                "round 1 of {} is written, {} objectives over one {}; next: theriac solve {}\n",
                first.rounds,
                first.objectives.len(),
                first.class,
                args.output.display()
            ));
        }
        text
    })
}

/// What the first round asks, if there are rounds.
fn first_round(args: &Args, manifest: &Manifest) -> Option<RoundFile> {
    manifest.rounds.as_ref()?;
    store::read_json(&args.output.join("rounds/1/round.json"), "file of a round").ok()
}
