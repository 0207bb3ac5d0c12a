//! Paths and numbers that no one should give: one sentence, exit status 2, nothing left behind.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::program::theriac_in as theriac;

/// A folder with copies of the example specifications and their data.
fn examples() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    std::fs::create_dir(dir.path().join("data")).unwrap();
    for name in ["moons.thr", "diabetes.thr"] {
        std::fs::copy(from.join(name), dir.path().join(name)).unwrap();
    }
    for entry in std::fs::read_dir(from.join("data")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, dir.path().join("data").join(path.file_name().unwrap())).unwrap();
    }
    dir
}

/// The message of a command that must end with exit status 2, its line breaks undone.
fn refused(dir: &Path, args: &[&str]) -> String {
    let done = theriac(dir, args);
    let text = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{args:?}: {text}");
    text.replace("\n  | ", " ").replace("\n      ", " ")
}

fn names(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).unwrap();
    let mut names: Vec<String> =
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const MOONS: [&str; 4] = ["data", "diabetes.thr", "moons.thr", "odd"];

#[cfg(unix)]
mod special {
    use super::*;

    /// What no command may read: a device without an end, a pipe without a writer, a folder, and a
    /// file of zeros that is larger than any limit and takes no room on the disk.
    fn odd(dir: &Path) -> [(PathBuf, &'static str); 4] {
        let odd = dir.join("odd");
        std::fs::create_dir(&odd).unwrap();
        std::os::unix::fs::symlink("/dev/zero", odd.join("zero")).unwrap();
        let made = Command::new("mkfifo").arg(odd.join("pipe")).status().unwrap();
        assert!(made.success());
        std::fs::create_dir(odd.join("folder")).unwrap();
        std::fs::File::create(odd.join("large")).unwrap().set_len(8 << 30).unwrap();
        [
            (odd.join("zero"), "it is a device, pipe or socket, not an ordinary file"),
            (odd.join("pipe"), "it is a device, pipe or socket, not an ordinary file"),
            (odd.join("folder"), "it is a folder, not a file"),
            (odd.join("large"), "it has 8589934592 bytes, and at most"),
        ]
    }

    #[test]
    fn specifications_solutions_and_certificates_are_ordinary_files() {
        let dir = examples();
        let root = dir.path();
        let done = theriac(root, &["run", "moons.thr", "-o", "moons", "--solver", "embedded"]);
        assert!(done.status.success());
        for (path, words) in odd(root) {
            let path = path.to_str().unwrap();
            for args in [
                &["compile", path, "-o", "new"][..],
                &["certify", "moons", "--solution", path],
                &["certify", "moons", "--solution", "moons/solution.sol", "--log", path],
                &["check", path],
                &["eval", path, "0,0"],
            ] {
                let message = refused(root, args);
                assert!(message.contains(words), "{args:?}: {message}");
            }
            // A file of zeros is no model, however large; what may be one has another limit.
            let words = if path.ends_with("large") { "none of the model files" } else { words };
            let message = refused(root, &["stats", path]);
            assert!(message.contains(words), "{message}");
        }
        assert_eq!(names(root), ["data", "diabetes.thr", "moons", "moons.thr", "odd"]);
    }

    #[test]
    fn networks_and_data_are_ordinary_files() {
        let dir = examples();
        let root = dir.path();
        let good = std::fs::read_to_string(root.join("moons.thr")).unwrap();
        for (path, words) in odd(root) {
            let here = format!("odd/{}", path.file_name().unwrap().to_str().unwrap());
            for named in ["data/moons_2-1_s1.onnx", "data/moons_n100_noise0.1_seed0.csv"] {
                assert!(good.contains(named));
                std::fs::write(root.join("q.thr"), good.replace(named, &here)).unwrap();
                let message = refused(root, &["compile", "q.thr", "-o", "new"]);
                assert!(message.contains(words), "{named} {message}");
                assert!(message.contains("THR0110"), "{named} {message}");
            }
        }
        std::fs::remove_file(root.join("q.thr")).unwrap();
        assert_eq!(names(root), MOONS);
    }
}

#[test]
fn an_impossible_output_is_refused_and_leaves_nothing() {
    let dir = examples();
    let root = dir.path();
    std::fs::write(root.join("odd"), "a file").unwrap();
    let long = "x".repeat(300);
    let below = format!("new/{long}");
    for place in [&long, &below, "odd/x", "odd/x/y", "odd"] {
        for command in ["compile", "run"] {
            let message = refused(root, &[command, "moons.thr", "-o", place]);
            assert!(message.contains("cannot write") || place == "odd", "{message}");
            assert_eq!(names(root), MOONS, "{command} {place}");
        }
    }
    for report in [&format!("{long}.html"), "odd/r.html", "new/r.html"] {
        let args = ["run", "moons.thr", "-o", "new", "--report", report];
        refused(root, &args);
        assert_eq!(names(root), MOONS, "{report}");
    }
    let made = theriac(root, &["compile", "moons.thr", "-o", "deep/er/moons"]);
    assert!(made.status.success());
    for to in [&long, "odd/x.lp", "none/x.lp", "deep"] {
        let from = "deep/er/moons/model.thir";
        refused(root, &["convert", from, to, "--target", "lp"]);
    }
    assert_eq!(names(&root.join("deep")), ["er"]);
}

/// The message tells the number and its place: the third row of data, counted from 0.
#[test]
fn numbers_that_overflow_are_refused_at_their_place() {
    for (spec, file, column) in [
        ("moons.thr", "data/moons_n100_noise0.1_seed0.csv", "x0"),
        ("diabetes.thr", "data/diabetes_train.csv", "x0"),
    ] {
        let dir = examples();
        let root = dir.path();
        let file = root.join(file);
        let text = std::fs::read_to_string(&file).unwrap();
        let lines = text.lines().enumerate().map(|(at, line)| match line.split_once(',') {
            Some((_, rest)) if at == 3 => format!("1e308,{rest}\n"),
            Some(_) | None => format!("{line}\n"),
        });
        std::fs::write(&file, lines.collect::<String>()).unwrap();
        let message = refused(root, &["run", spec, "-o", "new"]);
        let place = format!("is 1e+308 (row 2, column {column:?})");
        assert!(message.contains(&place), "{message}");
        assert!(!root.join("new").exists());
    }
}

/// However many errors there are, and however long the lines: the first twenty, each with the part
/// of its line that matters and its true line and column.
#[test]
fn thousands_of_errors_are_cut_short() {
    let dir = examples();
    let root = dir.path();
    let good = std::fs::read_to_string(root.join("moons.thr")).unwrap();
    let rows: Vec<String> = (0..3000).map(|k| (k % 100).to_string()).collect();
    let long = good.replace("of train   ", &format!("of train rows {}", rows.join(", ")));
    let repeated = format!("{good}{}", "ask worst margin at train[1]\n".repeat(3000));
    let wrong = good.replace("  loss hinge", &"  loss hnge\n".repeat(3000));
    for (text, more, all) in [(long, 2880, 2900), (repeated, 2980, 3000), (wrong, 2980, 3000)] {
        assert_ne!(text, good);
        std::fs::write(root.join("q.thr"), &text).unwrap();
        let message = refused(root, &["compile", "q.thr", "-o", "new"]);
        assert_eq!(message.matches("THR0").count(), 20, "{message}");
        assert!(message.ends_with(&format!("and {more} more errors; correct these first\n")));
        assert!(message.len() < 20_000, "{}", message.len());
        let json = theriac(root, &["--json", "compile", "q.thr", "-o", "new"]);
        let value: serde_json::Value = serde_json::from_slice(&json.stderr).unwrap();
        let listed = value["error"]["errors"].as_array().unwrap().len();
        assert_eq!(listed + value["error"]["more"].as_u64().unwrap() as usize, all);
    }
    // A message repeats only the beginning of what is long.
    let vector = format!("({}) label 1", vec!["1"; 50_000].join(", "));
    std::fs::write(root.join("q.thr"), good.replace("train[1]", &vector)).unwrap();
    let message = refused(root, &["compile", "q.thr", "-o", "new"]);
    assert!(message.contains("test point (1, 1,") && message.len() < 5000, "{message}");
    // The row that is named again first stands behind a hundred others.
    let line = 1 + good.lines().position(|l| l.contains("touch at most")).unwrap();
    let before = "  touch at most 5 of train rows ".len();
    let column = 1 + before + (0..100).map(|k| k.to_string().len() + 2).sum::<usize>();
    let long = good.replace("of train   ", &format!("of train rows {}", rows.join(", ")));
    std::fs::write(root.join("q.thr"), long).unwrap();
    let message = refused(root, &["compile", "q.thr", "-o", "new"]);
    assert!(message.contains(&format!("[q.thr:{line}:{column}]")), "{message}");
}

/// Nothing that a file, a path or a solver says reaches the terminal as a command to it.
#[test]
fn control_characters_are_shown_and_not_obeyed() {
    let dir = examples();
    let root = dir.path();
    let good = std::fs::read_to_string(root.join("moons.thr")).unwrap();
    let quiet = |args: &[&str]| {
        let message = refused(root, args);
        assert!(!message.contains(|c: char| c.is_control() && c != '\n'), "{message:?}");
        message
    };
    let clear = "\u{1b}[2J\u{9b}1m\u{7}";
    std::fs::write(root.join("q.thr"), good.replace("hinge", &format!("hinge {clear}"))).unwrap();
    assert!(quiet(&["compile", "q.thr", "-o", "new"]).contains("loss hinge ?[2J"));
    let named = format!("no{clear}.thr");
    assert!(quiet(&["compile", &named, "-o", "new"]).contains("no\\u{1b}[2J\\u{9b}1m\\u{7}.thr"));
    quiet(&["certify", &named]);
    quiet(&["compile", "moons.thr", "-o", "new", "--target", clear]);
    let data = root.join("data/moons_n100_noise0.1_seed0.csv");
    let text = std::fs::read_to_string(&data).unwrap();
    std::fs::write(&data, format!("{text}0,0,{clear}\n")).unwrap();
    quiet(&["compile", "moons.thr", "-o", "new"]);
    std::fs::write(&data, text).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let bin = root.join("bin");
        std::fs::create_dir(&bin).unwrap();
        let script = "#!/bin/sh\ncase \"$*\" in *ersion*) echo SCIP version 10.0.0;;\n\
                      *) printf 'last \\033[31mwords\\007\\n' >&2; exit 3;; esac\n";
        std::fs::write(bin.join("scip"), script).unwrap();
        let mode = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(bin.join("scip"), mode).unwrap();
        let done = Command::new(env!("CARGO_BIN_EXE_theriac"))
            .args(["run", "moons.thr", "-o", "new", "--solver", "scip"])
            .current_dir(root)
            .env("PATH", format!("{}:/usr/bin:/bin", bin.display()))
            .env("THERIAC_HOME", root)
            .output()
            .unwrap();
        // The answer tells once how the search failed.
        let shown = [done.stdout, done.stderr].map(|b| String::from_utf8_lossy(&b).into_owned());
        let text = shown.concat();
        assert!(!text.contains(['\u{1b}', '\u{7}']), "{text}");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(text.matches("last \\u{1b}[31mwords\\u{7}").count(), 1, "{text}");
    }
}
