//! `theriac workflow`.

use std::path::PathBuf;

use super::work::Work;
use super::{Failure, Output, common};
use crate::cert::reaching::workflow::WorkflowOptions;
use crate::cert::report::terminal;

/// Arguments of `workflow`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  theriac compile examples/rounds.thr -o moons\n  \
        theriac workflow moons --tasks 16 --time-limit 60\n  \
        snakemake --snakefile moons/workflow/Snakefile --jobs 2\n  \
        moons/workflow/slurm/submit.sh --partition long")]
pub struct Args {
    /// The instance directory of a question with rounds.
    dir: PathBuf,
    /// Share each round among this many tasks. Left out: 8.
    #[arg(long, value_name = "B", value_parser = tasks, allow_negative_numbers = true)]
    tasks: Option<usize>,
    /// Wall-clock limit in seconds for each objective. Left out: as the specification says.
    #[arg(long, value_name = "SECONDS", value_parser = common::seconds, allow_negative_numbers = true)]
    time_limit: Option<f64>,
    /// The folder to write. Left out: `workflow` in the instance directory.
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

/// A number of tasks.
fn tasks(word: &str) -> Result<usize, String> {
    match word.parse::<usize>() {
        Ok(n) if n > 0 => Ok(n),
        Ok(_) | Err(_) => Err("a number of tasks of at least 1 is needed".to_owned()),
    }
}

/// Writes the workflow, and says how it is started.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let work = Work::open(&args.dir).map_err(|e| common::failure(e, out))?;
    let options = WorkflowOptions {
        tasks: args.tasks,
        time_limit: args.time_limit,
        folder: args.output.clone(),
    };
    let done = work.workflow(&options).map_err(|e| common::failure(e, out))?;
    let folder = done.folder.display();
    let state = serde_json::json!({
        "folder": folder.to_string(),
        "files": done.files,
        "rounds": done.rounds,
        "tasks": done.tasks,
    });
    out.result(&state, || {
        let mut text = String::new();
        let what = format!("{} with {} tasks each, in {folder}", done.rounds, done.tasks);
        terminal::field(&mut text, "rounds", &what);
        let snakemake = format!("snakemake --snakefile {folder}/Snakefile --jobs 2");
        terminal::field(&mut text, "here", &snakemake);
        terminal::field(&mut text, "Slurm", &format!("{folder}/slurm/submit.sh"));
        text
    })
}
