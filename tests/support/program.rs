//! The program as a process.
#![allow(dead_code, clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program with these arguments, to be run in `dir`.
pub fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_theriac"));
    command.args(args).current_dir(dir).env_remove("RUST_BACKTRACE");
    command
}

/// Runs it in `dir`.
pub fn theriac_in(dir: &Path, args: &[&str]) -> Output {
    command(dir, args).output().unwrap()
}

/// Runs it in the project's folder.
pub fn theriac(args: &[&str]) -> Output {
    theriac_in(root(), args)
}

/// Runs it in the project's folder where the only solvers are those of `home`, and other programs are
/// found in `path`.
pub fn theriac_with(home: &Path, path: &str, args: &[&str]) -> Output {
    let path = format!("{}{path}", home.display());
    command(root(), args).env("THERIAC_HOME", home).env("PATH", path).output().unwrap()
}

pub fn status(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

pub fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
