//! `theriac certify`.

use std::path::PathBuf;

use super::{Failure, Output, common};
use crate::cert::pipeline::{self, Job};

/// Arguments of `certify`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit status: 0 done, whatever the verdict; 1 the work failed; 2 the input is wrong.\n\nExample:\n  theriac certify moons --solution gurobi.sol --log gurobi.log"
)]
pub struct Args {
    /// The instance directory.
    dir: PathBuf,
    /// A solution file that was carried here from another machine.
    #[arg(long)]
    solution: Option<PathBuf>,
    /// The log of that solver; most solution files carry no dual bound, logs do.
    #[arg(long, requires = "solution")]
    log: Option<PathBuf>,
    /// Write a report as one HTML file.
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    #[command(flatten)]
    exit: common::ExitVerdict,
}

/// Certifies, and prints the certificate.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    common::free_for_report(args.report.as_deref())?;
    let job = Job::open(&args.dir).map_err(|e| common::failure(e, out))?;
    let done = match &args.solution {
        None => pipeline::certify(&job).map(|done| (done, None)),
        Some(solution) => pipeline::certify_better(&job, solution, args.log.as_deref()),
    };
    let (assembled, note) = done.map_err(|e| common::failure(e, out))?;
    if let Some(note) = note {
        out.note(&format!("note: {note}"));
    }
    common::conclude(&job, &assembled, args.report.as_deref(), out)?;
    args.exit.of(&assembled)
}
