//! The specification language against its documents: the grammar, and its examples.
//!
//! `THERIAC_BLESS=1 cargo test --test grammar` rewrites the expected messages in `grammar/fail/`
//! and the summaries in `grammar/pass/`; read the difference before it is committed.

// A test fails by panicking.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ebnf;
mod fail;
mod generate;
mod loader;
mod pass;
mod productions;
mod questions;
mod sentences;
mod verify;

use std::path::PathBuf;

/// A folder of the repository.
fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The files of a folder with this ending, in order.
fn files(folder: &PathBuf, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == ending))
        .collect();
    files.sort();
    files
}

/// Compares `found` with the stored text, or rewrites it under `THERIAC_BLESS`. Returns what is
/// wrong.
fn golden(path: &PathBuf, found: &str) -> Option<String> {
    if std::env::var_os("THERIAC_BLESS").is_some() {
        std::fs::write(path, found).unwrap();
        return None;
    }
    let stored = std::fs::read_to_string(path).unwrap_or_default();
    (stored != found).then(|| format!("{} differs; it is now:\n{found}", path.display()))
}
