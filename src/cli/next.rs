//! `theriac next`.

use std::path::PathBuf;

use super::work::Work;
use super::{Failure, Output, common};
use crate::cert::reaching::rounds::{Next, words};
use crate::cert::report::terminal;

/// Arguments of `next`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  theriac compile examples/rounds.thr -o moons\n  \
        theriac solve moons --round 1\n  theriac next moons")]
pub struct Args {
    /// The instance directory of a question with rounds.
    dir: PathBuf,
    /// Conclude this round; nothing is done if it is concluded already.
    #[arg(long, value_name = "N")]
    round: Option<usize>,
}

/// Concludes the open round, and writes the one after it.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let work = Work::open(&args.dir).map_err(|e| common::failure(e, out))?;
    let (done, rounds) = work.next(args.round).map_err(|e| common::failure(e, out))?;
    let dir = args.dir.display();
    let solve = |n: usize| {
        let more = if n > rounds { String::new() } else { format!(" --round {n}") };
        format!("theriac solve {dir}{more}")
    };
    let (what, open) = match done {
        Next::Written(n) => (format!("round {n} of {rounds} is written"), n),
        Next::Concluded(n, tally) => (words(n, rounds, &tally), n + 1),
        Next::Already(n) => (format!("round {n} of {rounds} is concluded already"), n + 1),
        Next::Done => (format!("all {rounds} rounds are concluded"), rounds + 1),
    };
    let state = serde_json::json!({
        "rounds": rounds,
        "open": (open <= rounds).then_some(open),
        "what": what,
    });
    out.result(&state, || {
        let mut text = String::new();
        terminal::field(&mut text, "rounds", &what);
        terminal::field(&mut text, "next", &solve(open));
        text
    })
}
