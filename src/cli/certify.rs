//! `theriac certify`.

use std::path::PathBuf;

use crate::cert::pipeline::PipelineError;

use super::work::Work;
use super::{Failure, Output, common, interrupt};

/// Arguments of `certify`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit status: 0 done, whatever the verdict; 1 the work failed; 2 the input is wrong.\n\nExample:\n  theriac certify moons --solution gurobi.sol --log gurobi.log"
)]
pub struct Args {
    /// The instance directory.
    dir: PathBuf,
    /// A solution file that was carried here from another machine.
    /// Where an instance has several programs, give one of each; a solution's fingerprint tells which
    /// it is of.
    #[arg(long)]
    solution: Vec<PathBuf>,
    /// The log of that solver; most solution files carry no dual bound, logs do.
    /// Of several, in the order of the solutions.
    #[arg(long, requires = "solution")]
    log: Vec<PathBuf>,
    /// Write a report as one HTML file.
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Write an attack on a network as the VNN-COMP takes it: `sat`, then ((X_0 0.25) ... (Y_0 3.5)).
    #[arg(long, value_name = "FILE")]
    counterexample: Option<PathBuf>,
    #[command(flatten)]
    exit: common::ExitVerdict,
}

/// Certifies, and prints the certificate.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    common::free_for_report(args.report.as_deref())?;
    common::free_for_counterexample(args.counterexample.as_deref())?;
    let stop = interrupt::flag(out);
    if args.log.len() > args.solution.len() {
        return Err(Failure::Input("there are more logs than solutions".to_owned()));
    }
    let logs = args.log.iter().cloned().map(Some).chain(std::iter::repeat(None));
    let brought: Vec<_> = args.solution.iter().cloned().zip(logs).collect();
    let work = Work::open(&args.dir).map_err(|e| common::failure(e, out))?;
    if args.counterexample.is_some() && !work.verifies() {
        return Err(Failure::input(PipelineError::NoCounterexample));
    }
    let (done, note) = work.certify(&brought, &stop).map_err(|e| common::failure(e, out))?;
    if let Some(note) = note {
        out.note(&format!("note: {note}"));
    }
    done.conclude(args.report.as_deref(), out)?;
    common::write_counterexample(args.counterexample.as_deref(), done.certificate(), out)?;
    args.exit.of(done.certificate())
}
