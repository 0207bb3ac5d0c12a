//! How commands fail.

use std::process::ExitCode;

use super::Output;
use super::output::complain;
use crate::front::printable::printable;

/// A command's failure, with the exit status that tells whose fault it is.
#[derive(Debug)]
pub enum Failure {
    /// The work failed: exit status 1.
    Work(String),
    /// The result is printed already; only the exit status says more.
    Told(u8),
    /// The input is wrong: exit status 2.
    Input(String),
    /// The input is wrong, and the message already shows where: exit status 2.
    Shown {
        /// For people, with source lines.
        text: String,
        /// For programs.
        json: serde_json::Value,
    },
}

impl Failure {
    /// The work failed.
    pub fn work(error: impl std::fmt::Display) -> Self {
        Failure::Work(error.to_string())
    }

    /// The input is wrong.
    pub fn input(error: impl std::fmt::Display) -> Self {
        Failure::Input(error.to_string())
    }

    /// Prints the failure on the error stream.
    pub fn report(&self, out: &Output) {
        let (kind, message) = match self {
            Failure::Work(m) => ("work", m),
            Failure::Input(m) => ("input", m),
            Failure::Told(_) => return,
            Failure::Shown { text, json } => {
                if out.json() {
                    complain(&format!("{json}\n"));
                } else {
                    complain(text);
                }
                return;
            }
        };
        if out.json() {
            let json = serde_json::json!({"error": {"kind": kind, "message": message}});
            complain(&format!("{json}\n"));
        } else {
            let text = format!("error: {}", printable(message));
            // Programs read one line.
            complain(&match out.live() {
                true => super::table::wrapped(&text),
                false => format!("{text}\n"),
            });
        }
    }

    /// The exit status.
    #[must_use]
    pub fn status(&self) -> ExitCode {
        match self {
            Failure::Work(_) => ExitCode::from(1),
            Failure::Told(status) => ExitCode::from(*status),
            Failure::Input(_) | Failure::Shown { .. } => ExitCode::from(2),
        }
    }
}
