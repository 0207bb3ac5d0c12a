//! `theriac run`.

use std::path::PathBuf;

use super::progress::Live;
use super::work::{Done, Subject};
use super::{Failure, Output, common, interrupt};

/// Arguments of `run`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit status: 0 done, whatever the verdict; 1 the work failed; 2 the input is wrong.\n\nExample:\n  theriac run examples/moons.thr --report moons.html\n  theriac run net.onnx property.vnnlib"
)]
pub struct Args {
    #[command(flatten)]
    subject: Subject,
    /// The instance directory to write; an older one is replaced. Left out: SPEC.theriac or
    /// NETWORK_PROPERTY.theriac in the current folder; the latter is not replaced if it holds the
    /// answer to another question.
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Write a report as one HTML file.
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Write an attack on a network as the VNN-COMP takes it: `sat`, then ((X_0 0.25) ... (Y_0 3.5)).
    #[arg(long, value_name = "FILE")]
    counterexample: Option<PathBuf>,
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
    common::free_for_counterexample(args.counterexample.as_deref())?;
    let stop = interrupt::flag(out);
    let dir = match &args.output {
        Some(dir) => dir.clone(),
        None => args.subject.directory()?,
    };
    let mut options = args.solve.options();
    options.compile = args.compile.options(true);
    options.keep_others = args.output.is_none() && args.subject.is_pair();
    options.counterexample = args.counterexample.is_some();
    let mut live = Live::start(out, "compiling");
    let mut show = |news| common::show(&mut live, news);
    let done = Done::run(&args.subject, &dir, &options, &mut show, &stop);
    live.finish();
    let done = done.map_err(|e| common::failure(e, out))?;
    done.conclude(args.report.as_deref(), out)?;
    common::write_counterexample(args.counterexample.as_deref(), done.certificate(), out)?;
    args.exit.of(done.certificate())
}
