//! `theriac next`.

use std::path::PathBuf;

use super::work::Work;
use super::{Failure, Output, common};
use crate::cert::certificate;
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
    let mut useless = Vec::new();
    let mut lacking = false;
    let (what, open) = match done {
        Next::Written(n) => (format!("round {n} of {rounds} is written"), n),
        Next::Concluded(n, tally, why) => {
            useless = why;
            lacking = tally.missing + tally.unusable > 0;
            (words(n, rounds, &tally), n + 1)
        }
        Next::Already(n) => (format!("round {n} of {rounds} is concluded already"), n + 1),
        Next::Done => (format!("all {rounds} rounds are concluded"), rounds + 1),
    };
    let certified = args.dir.join(certificate::FILE_NAME).exists();
    let next = match open {
        n if n <= rounds => Some(format!("theriac solve {dir} --round {n}")),
        _ if certified => None,
        _ => Some(format!("theriac solve {dir}, then theriac certify {dir}")),
    };
    let reasons: Vec<_> =
        useless.iter().map(|(end, why)| serde_json::json!({ "end": end, "why": why })).collect();
    let state = serde_json::json!({
        "rounds": rounds,
        "open": (open <= rounds).then_some(open),
        "what": what,
        "unusable": reasons,
    });
    out.result(&state, || {
        let mut text = String::new();
        terminal::field(&mut text, "rounds", &what);
        for (end, why) in useless.iter().take(LISTED) {
            terminal::field(&mut text, "unusable", &format!("{end}: {why}"));
        }
        if useless.len() > LISTED {
            let more = useless.len() - LISTED;
            let file = format!("{dir}/rounds/{}/answers.json", open - 1);
            terminal::field(
                &mut text,
                "",
                &format!("and {more} more, with their reasons in {file}"),
            );
        }
        if lacking {
            let old = format!("{dir}/rounds/{}/answers.json", open - 1);
            let after = match open <= rounds {
                true => format!(" and {dir}/rounds/{open}"),
                false => String::new(),
            };
            let what = format!("remove {old}{after} to conclude the round again, with other files");
            terminal::field(&mut text, "again", &what);
        }
        if let Some(next) = &next {
            terminal::field(&mut text, "next", next);
        }
        text
    })
}

/// Solutions of a round whose reasons are shown.
const LISTED: usize = 5;
