//! `theriac solve`.

use std::path::PathBuf;

use super::progress::Live;
use super::work::Work;
use super::{Failure, Output, common, interrupt};
use crate::cert::pipeline::RunOptions;
use crate::cert::report::terminal;
use crate::front::printable::number;
use crate::front::spec::SolverChoice;

/// Arguments of `solve`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  theriac solve moons --solver highs --time-limit 60")]
pub struct Args {
    /// The instance directory.
    dir: PathBuf,
    #[command(flatten)]
    how: Search,
}

/// How the answer is looked for; what is left out is as the specification says.
#[derive(Debug, clap::Args)]
pub struct Search {
    /// auto, branch (verification), embedded, highs, scip, gurobi or exhaustive (poisoned training).
    #[arg(long, value_parser = common::solvers(), hide_possible_values = true)]
    solver: Option<SolverChoice>,
    /// Wall-clock limit in seconds. Without one, verification branches on up to 2000 pieces of each
    /// part, and a solver then works until it is done.
    #[arg(long, value_parser = common::seconds, allow_negative_numbers = true)]
    time_limit: Option<f64>,
    /// Relative gap at which a solver may stop.
    #[arg(long, value_parser = common::gap, allow_negative_numbers = true)]
    gap: Option<f64>,
    /// Threads of the solver, and of branching on bounds.
    #[arg(long, value_parser = common::threads, allow_negative_numbers = true)]
    threads: Option<u32>,
    /// Stop as soon as the claim is decided, rather than go on for the exact worst value.
    #[arg(long)]
    decide: bool,
}

impl Search {
    /// The library's options.
    pub fn options(&self) -> RunOptions {
        RunOptions {
            solver: self.solver,
            time_limit: self.time_limit,
            gap: self.gap,
            threads: self.threads,
            decide: self.decide,
            ..RunOptions::default()
        }
    }
}

/// Solves, and says what was found.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let stop = interrupt::flag(out);
    let work = Work::open(&args.dir).map_err(|e| common::failure(e, out))?;
    let mut live = Live::start(out, "solving");
    let options = args.how.options();
    let done = work.solve(&options, &mut |news| common::show(&mut live, news), &stop);
    live.finish();
    let answer = done.map_err(|e| common::failure(e, out))?;
    out.result(&answer, || {
        let mut text = String::new();
        let word = |v: Option<f64>| v.map_or_else(|| "none".to_owned(), number);
        let bound = answer.bound.as_ref();
        let last = answer.history.last();
        let least = last.and_then(|m| m.bound).map(|b| match b == 0.0 && answer.proof.is_some() {
            true => "margin > 0".to_owned(),
            false => format!("margin >= {}", number(b)),
        });
        let shown = match work.verifies() {
            true => least.unwrap_or_else(|| "none".to_owned()),
            false => word(bound.map(|b| b.value)),
        };
        terminal::field(&mut text, "bound", &shown);
        if let Some(b) = bound {
            terminal::field(&mut text, "from", &format!("{}, {}", b.from.word(), b.status));
        }
        let best = last.and_then(|m| m.incumbent);
        if !work.verifies() {
            terminal::field(&mut text, "attack", &word(best));
        } else {
            // What is above 0 is no attack, however near it comes.
            if answer.finder.is_some() {
                terminal::field(&mut text, "attack", &format!("margin {}", word(best)));
            } else {
                terminal::field(&mut text, "attack", "none found");
                if let Some(best) = best {
                    terminal::field(&mut text, "nearest", &format!("margin {}", number(best)));
                }
            }
        }
        if let Some(missing) = &answer.missing {
            terminal::field(&mut text, "missing", missing);
        }
        if let Some(failure) = &answer.failure {
            terminal::field(&mut text, "failure", failure);
        }
        terminal::field(&mut text, "next", &format!("theriac certify {}", args.dir.display()));
        text
    })?;
    answer.failure.map_or(Ok(()), |_| Err(Failure::Work(common::SEARCH_FAILED.to_owned())))
}
