//! Where results go: text for people or one JSON document for programs.

use std::io::{IsTerminal as _, Write as _};

use serde::Serialize;

use super::{Failure, table};
use crate::front::printable::printable;

/// The kind of output that the user asked for.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    json: bool,
}

impl Output {
    /// JSON or text.
    #[must_use]
    pub fn new(json: bool) -> Self {
        Output { json }
    }

    /// Whether JSON was asked for.
    #[must_use]
    pub fn json(self) -> bool {
        self.json
    }

    /// Whether the error stream is a terminal that shows colours and live lines.
    #[must_use]
    pub fn live(self) -> bool {
        !self.json && std::io::stderr().is_terminal()
    }

    /// Prints the result: `value` as JSON, or `text`.
    ///
    /// # Errors
    /// When the output cannot be written (a full disk). A closed pipe is no error.
    pub fn result<T: Serialize>(
        self,
        value: &T,
        text: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        let mut bytes = if self.json {
            serde_json::to_vec_pretty(value).map_err(Failure::work)?
        } else {
            printable(&text()).into_owned().into_bytes()
        };
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        self.bytes(&bytes)
    }

    /// Prints bytes as they are.
    ///
    /// # Errors
    /// As [`Output::result`].
    pub fn bytes(self, bytes: &[u8]) -> Result<(), Failure> {
        let mut stdout = std::io::stdout().lock();
        stdout.write_all(bytes).and_then(|()| stdout.flush()).or_else(|e| match e.kind() {
            // Whoever reads has seen enough.
            std::io::ErrorKind::BrokenPipe => Ok(()),
            _ => Err(Failure::Work(format!("cannot write the result: {e}"))),
        })
    }

    /// A line about what is going on, on the error stream, for people alone; broken where it is
    /// too long.
    pub fn note(self, text: &str) {
        if !self.json {
            complain(&table::wrapped(&printable(text)));
        }
    }
}

/// Writes to the error stream. Nobody can be told where that is closed, and the work goes on.
pub(super) fn complain(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
