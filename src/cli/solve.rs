//! `theriac solve`.

use std::path::PathBuf;

use super::progress::Live;
use super::work::Work;
use super::{Failure, Output, common, interrupt};
use crate::cert::pipeline::RunOptions;
use crate::cert::reaching::rounds::{Share, State};
use crate::cert::report::terminal;
use crate::front::printable::number;
use crate::front::spec::SolverChoice;

/// Arguments of `solve`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  theriac solve moons --solver highs --time-limit 60")]
pub struct Args {
    /// The instance directory.
    dir: PathBuf,
    /// Solve the objectives of this round alone, which is written already (`ask reach` with
    /// `rounds`); `theriac next` concludes it.
    #[arg(long, value_name = "N")]
    round: Option<usize>,
    /// Solve a share of the round: I/B takes every B-th objective, with I from 0 to B - 1.
    #[arg(long, value_name = "I/B", value_parser = share, requires = "round")]
    task: Option<Share>,
    #[command(flatten)]
    how: Search,
}

/// A share of a round.
fn share(word: &str) -> Result<Share, String> {
    let numbers = word.split_once('/').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    match numbers {
        Some((part, of)) if part < of => Ok(Share { part, of }),
        Some(_) | None => {
            Err("a share of the form I/B is needed, with I from 0 to B - 1, such as 0/2".to_owned())
        }
    }
}

/// How the answer is looked for; what is left out is as the specification says.
#[derive(Debug, clap::Args)]
pub struct Search {
    /// auto, branch (verification and rounds), embedded, highs, scip, gurobi or exhaustive (poisoned training).
    #[arg(long, value_parser = common::solvers(), hide_possible_values = true)]
    solver: Option<SolverChoice>,
    /// Wall-clock limit in seconds; of each objective where there are rounds. Without one, verification branches on up to 2000 pieces of each
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

/// Says what is next after a share of a round.
fn solved(args: &Args, number: usize, state: State, out: &Output) -> Result<(), Failure> {
    let (what, open) = match state {
        State::Open(open) if open == number => {
            (format!("round {number} is solved as far as asked"), Some(open))
        }
        State::Open(open) => (format!("round {number} is concluded already"), Some(open)),
        State::Done => (format!("round {number} is concluded already"), None),
    };
    out.result(&serde_json::json!({ "round": number, "open": open }), || {
        let dir = args.dir.display();
        let mut text = String::new();
        terminal::field(&mut text, "round", &what);
        let next = match open {
            Some(open) if open == number => format!("theriac next {dir}"),
            Some(open) => format!("theriac solve {dir} --round {open}"),
            None => format!("theriac solve {dir}"),
        };
        terminal::field(&mut text, "next", &next);
        text
    })
}

/// Solves, and says what was found.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let stop = interrupt::flag(out);
    let work = Work::open(&args.dir).map_err(|e| common::failure(e, out))?;
    let mut live = Live::start(out, "solving");
    let options = args.how.options();
    if let Some(number) = args.round {
        let part = (number, args.task.unwrap_or(Share::ALL));
        let done =
            work.solve_round(&options, part, &mut |news| common::show(&mut live, news), &stop);
        live.finish();
        let state = done.map_err(|e| common::failure(e, out))?;
        return solved(args, number, state, out);
    }
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
