//! `theriac completions`.

use clap::CommandFactory;

use super::{Failure, Output};

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  theriac completions bash > ~/.local/share/bash-completion/completions/theriac"
)]
pub struct Args {
    /// The shell.
    shell: clap_complete::Shell,
}

/// Prints the script.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut super::Args::command(), "theriac", &mut bytes);
    out.bytes(&bytes)
}
