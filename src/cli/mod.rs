//! The command line: one file a command, each a thin layer over the library.

mod certify;
mod check;
mod common;
mod compile;
mod completions;
mod convert;
mod diff;
mod eval;
mod explain;
mod failure;
mod interrupt;
mod next;
mod output;
mod progress;
mod run;
mod solve;
mod solvers;
mod stats;
mod table;
mod targets;
mod work;
mod workflow;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use failure::Failure;
pub use output::Output;

use crate::front::printable::printable;

/// Exact answers about poisoned training and about the verification of networks: compile, solve,
/// certify, check.
#[derive(Debug, Parser)]
#[command(
    name = "theriac",
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    after_help = "Exit status: 0 done (whatever the verdict, which certificate.json has; `run` and \
        `certify` tell it\nby --exit-verdict), 1 the work failed, 2 the input is wrong."
)]
struct Args {
    /// Print one JSON document instead of text.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

/// All commands.
#[derive(Debug, Subcommand)]
enum Command {
    /// Turn a specification, or a network with a property, into an instance directory with model files for solvers.
    Compile(compile::Args),
    /// Solve an instance directory with a solver found on this machine.
    Solve(solve::Args),
    /// Conclude a round of an instance that has rounds, and write the one after it.
    Next(next::Args),
    /// Write the rounds of an instance as a Snakemake workflow and as job arrays of Slurm.
    Workflow(workflow::Args),
    /// Judge what a solver answered and write the certificate.
    Certify(certify::Args),
    /// Compile, solve and certify in one go.
    Run(run::Args),
    /// Check a certificate again, without a solver.
    Check(check::Args),
    /// Say what a variable or a row of an instance stands for.
    Explain(explain::Args),
    /// Count what a saved model holds.
    Stats(stats::Args),
    /// Compare two saved models.
    Diff(diff::Args),
    /// Write a saved model in another format.
    Convert(convert::Args),
    /// Evaluate a network at inputs.
    Eval(eval::Args),
    /// List the solvers found, or install some.
    Solvers(solvers::Args),
    /// List the targets that models can be written for.
    Targets(targets::Args),
    /// Print a completion script for a shell.
    Completions(completions::Args),
}

/// Runs the command of this process: exit status 0 for done, 1 when the work failed, 2 when the
/// input is wrong.
#[must_use]
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(e) => {
            // Help and version are answers; anything else is wrong input.
            let wrong = e.use_stderr();
            let given: Vec<String> =
                std::env::args_os().map(|a| a.to_string_lossy().into_owned()).collect();
            if let Some(failure) = eval::hint(&e, &given) {
                failure.report(&Output::new(given.iter().any(|a| a == "--json")));
                return failure.status();
            }
            // A shell can hand over anything; what clap repeats of it is not for the terminal to obey.
            let text = e.render().to_string();
            if wrong && given.iter().any(|a| a == "--json") {
                let failure = Failure::Input(sentence(&text));
                failure.report(&Output::new(true));
                return failure.status();
            }
            let clean = printable(&text);
            if wrong && clean != text {
                output::complain(&clean);
            } else {
                let _ = e.print();
            }
            return ExitCode::from(if wrong { 2 } else { 0 });
        }
    };
    let out = Output::new(args.json);
    match dispatch(&args.command, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report(&out);
            failure.status()
        }
    }
}

/// What clap says is wrong, without its usage, colours and advice to read the help.
fn sentence(text: &str) -> String {
    let said = text.split("\n\nUsage:").next().unwrap_or(text);
    let said = said.split("\n\nFor more information").next().unwrap_or(said);
    let said = said.strip_prefix("error: ").unwrap_or(said);
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn dispatch(command: &Command, out: &Output) -> Result<(), Failure> {
    match command {
        Command::Compile(args) => compile::run(args, out),
        Command::Solve(args) => solve::run(args, out),
        Command::Next(args) => next::run(args, out),
        Command::Workflow(args) => workflow::run(args, out),
        Command::Certify(args) => certify::run(args, out),
        Command::Run(args) => run::run(args, out),
        Command::Check(args) => check::run(args, out),
        Command::Explain(args) => explain::run(args, out),
        Command::Stats(args) => stats::run(args, out),
        Command::Diff(args) => diff::run(args, out),
        Command::Convert(args) => convert::run(args, out),
        Command::Eval(args) => eval::run(args, out),
        Command::Solvers(args) => solvers::run(args, out),
        Command::Targets(args) => targets::run(args, out),
        Command::Completions(args) => completions::run(args, out),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Args;

    #[test]
    fn the_declaration_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn every_command_has_an_example() {
        for command in Args::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Example:"), "{}", command.get_name());
            assert!(help.contains("theriac "), "{}", command.get_name());
        }
    }
}
