//! An error stream that nobody reads, and an interrupt before there is anything to tidy up.
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Stdio};

use crate::program::command as theriac;

const MODEL: &str = "Maximize\n obj: x\nSubject To\n c0: x <= 4\nEnd\n";

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

/// Whether a process has a file mapped or open, as Linux tells.
#[cfg(target_os = "linux")]
fn holds(id: u32, file: &Path) -> bool {
    let maps = std::fs::read_to_string(format!("/proc/{id}/maps")).unwrap_or_default();
    let open = std::fs::read_dir(format!("/proc/{id}/fd")).into_iter().flatten().flatten();
    let mut open = open.filter_map(|entry| std::fs::read_link(entry.path()).ok());
    maps.contains(&*file.to_string_lossy()) || open.any(|path| path == file)
}

/// A million and a half rows take much longer to read than the interrupt to arrive, which is sent as
/// soon as the file is held. One that comes later is tried again; a command that was too fast has
/// written its file.
#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_while_a_model_is_read_ends_the_command() {
    use std::os::unix::process::ExitStatusExt as _;
    let dir = tempfile::tempdir().unwrap();
    let rows = " x + y >= 1\n".repeat(3 << 19);
    let text = format!("Minimize\n obj: x\nSubject To\n{rows}End\n");
    let model = dir.path().canonicalize().unwrap().join("m.lp");
    std::fs::write(&model, text).unwrap();
    let mut seen = Vec::new();
    for _ in 0..3 {
        let args = ["convert", "m.lp", "out.mps", "--target", "mps"];
        let mut command = theriac(dir.path(), &args);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while !holds(child.id(), &model) && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        let id = child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).stderr(Stdio::null()).status();
        assert!(sent.is_ok());
        let status = child.wait().unwrap();
        let written = dir.path().join("out.mps").exists();
        if status.signal() == Some(2) || status.success() && written {
            assert!(written || std::fs::read_dir(dir.path()).unwrap().count() == 1);
            return;
        }
        seen.push(status);
    }
    panic!("{seen:?}");
}
