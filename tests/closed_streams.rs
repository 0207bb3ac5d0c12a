//! An error stream that nobody reads, and an interrupt before there is anything to tidy up.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Stdio};

const MODEL: &str = "Maximize\n obj: x\nSubject To\n c0: x <= 4\nEnd\n";

fn theriac(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_theriac"));
    command.args(args).current_dir(dir);
    command
}

/// The far end of the stream is closed before the command starts.
fn with_closed_stderr(mut command: Command) -> Option<i32> {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    command.stdout(Stdio::null()).stderr(writer).status().unwrap().code()
}

#[test]
fn a_closed_error_stream_changes_no_exit_status_and_no_file() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("m.lp"), MODEL).unwrap();
    std::fs::write(dir.path().join("bad.lp"), "Maximize\n obj: x\n").unwrap();
    let run = |args: &[&str]| with_closed_stderr(theriac(dir.path(), args));
    assert_eq!(run(&["convert", "m.lp", "out.mps", "--target", "mps"]), Some(0));
    assert!(dir.path().join("out.mps").exists());
    assert_eq!(run(&["convert", "bad.lp", "b.mps", "--target", "mps"]), Some(2));
    assert_eq!(run(&["--json", "convert", "bad.lp", "b.mps", "--target", "mps"]), Some(2));
    assert_eq!(run(&["convert", "m.lp", "o.mps", "--target", "no\u{1b}pe"]), Some(2));
    assert!(!dir.path().join("b.mps").exists());
}

/// A comment of 48 MiB is read for much longer than the command needs to start. Should it be done
/// all the same, the file is there.
#[test]
fn ctrl_c_while_a_model_is_read_ends_the_command() {
    use std::os::unix::process::ExitStatusExt as _;
    let dir = tempfile::tempdir().unwrap();
    let line = format!("\\ {}\n", "a ".repeat(500));
    std::fs::write(dir.path().join("m.lp"), line.repeat(48 << 10) + MODEL).unwrap();
    let args = ["convert", "m.lp", "out.mps", "--target", "mps"];
    let mut child = theriac(dir.path(), &args).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(100));
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let status = child.wait().unwrap();
    let done = status.success() && dir.path().join("out.mps").exists();
    assert!(done || status.signal() == Some(2), "{status}");
    if !done {
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
