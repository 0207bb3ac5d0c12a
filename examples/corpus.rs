//! Writes the generated corpus: each of its small models for every target, in folders like those of
//! `golden/`.
//!
//! ```sh
//! cargo run --example corpus -- DIR
//! ```
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../tests/corpus/mod.rs"]
mod corpus;
#[path = "../tests/models/mod.rs"]
mod models;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(root) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: cargo run --example corpus -- DIR");
        return ExitCode::from(2);
    };
    let entries = corpus::entries(corpus::RANDOM);
    let mut files = 0;
    for entry in &entries {
        let folder = root.join(&entry.name);
        std::fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in corpus::files::folder(entry) {
            files += usize::from(!matches!(name.as_str(), "truth.json" | "targets.txt"));
            std::fs::write(folder.join(name), bytes).unwrap();
        }
    }
    println!("{} models, {files} files in {}", entries.len(), root.display());
    ExitCode::SUCCESS
}
