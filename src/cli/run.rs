//! `theriac run`.

use std::path::PathBuf;

use super::progress::Live;
use super::{Failure, Output, common, interrupt};
use crate::cert::pipeline;

/// Arguments of `run`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit status: 0 done, whatever the verdict; 1 the work failed; 2 the input is wrong.\n\nExample:\n  theriac run examples/moons.thr --report moons.html"
)]
pub struct Args {
    /// The specification.
    spec: PathBuf,
    /// The instance directory to write; an older one is replaced. Left out: the specification's
    /// name with the ending `.theriac`, in the current folder.
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Write a report as one HTML file.
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    #[command(flatten)]
    exit: common::ExitVerdict,
    #[command(flatten)]
    compile: super::compile::Writing,
    #[command(flatten)]
    solve: super::solve::Search,
}

/// Runs everything, and prints the certificate.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    common::free_for_report(args.report.as_deref())?;
    let stop = interrupt::flag(out);
    let dir = match &args.output {
        Some(dir) => dir.clone(),
        None => {
            let stem = args
                .spec
                .file_stem()
                .ok_or_else(|| Failure::Input(format!("{} names no file", args.spec.display())))?;
            PathBuf::from(stem).with_extension("theriac")
        }
    };
    let mut options = args.solve.options();
    options.compile = args.compile.options(true);
    let mut live = Live::start(out, "compiling");
    let done =
        pipeline::run(&args.spec, &dir, &options, &mut |news| common::show(&mut live, news), &stop);
    live.finish();
    let (job, assembled) = done.map_err(|e| common::failure(e, out))?;
    common::conclude(&job, &assembled, args.report.as_deref(), out)?;
    args.exit.of(&assembled)
}
