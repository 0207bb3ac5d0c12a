//! Runs that are killed at any moment go on from their files, and come to the same bytes.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{FLIPS, does, folder, json};

const KILLS: usize = 20;

const REST: &str = "encode { rounds run; points 1; window 1; bounds interval }\n\
    solve { solver embedded; attack off; threads 2 }\n";

/// Every file of an instance with its bytes, but the folder that a kill may leave behind.
fn files(dir: &Path, below: &Path) -> Vec<(String, Vec<u8>)> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(below).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(files(dir, &path));
        } else {
            let name = path.strip_prefix(dir).unwrap().to_string_lossy().into_owned();
            out.push((name, std::fs::read(&path).unwrap()));
        }
    }
    out.sort();
    out
}

#[test]
fn twenty_kills_change_no_byte() {
    let dir = folder(&FLIPS.replace("rows 0..7", "rows 0..9"), REST);
    does(dir.path(), &["run", "q.thr", "-o", "whole"]);
    let whole = files(&dir.path().join("whole"), &dir.path().join("whole"));
    assert!(whole.len() > 50);
    let mut rng = fastrand::Rng::with_seed(7);
    let (mut kills, mut runs, mut between) = (0, 0, 0);
    while kills < KILLS {
        runs += 1;
        assert!(runs < 200, "{kills} kills");
        let place = dir.path().join(format!("run{runs}"));
        // As long as it is killed it is begun again.
        loop {
            let mut child = Command::new(env!("CARGO_BIN_EXE_theriac"))
                .args(["run", "q.thr", "-o"])
                .arg(&place)
                .current_dir(dir.path())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_millis(rng.u64(5..400)));
            if child.try_wait().unwrap().is_some() || kills >= KILLS {
                assert!(child.wait().unwrap().success());
                break;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            kills += 1;
            between += usize::from(place.join("rounds/1/solutions").exists());
        }
        let found = files(&place, &place);
        let names = |all: &[(String, Vec<u8>)]| -> Vec<String> {
            all.iter().map(|f| f.0.clone()).collect()
        };
        assert_eq!(names(&found), names(&whole));
        for ((name, own), (_, other)) in found.iter().zip(&whole) {
            assert!(own == other, "{name} differs");
        }
    }
    // Kills that hit nothing prove nothing.
    assert!(between > 3, "{between} of {kills} kills while rounds were solved");
    assert_eq!(
        json(&dir.path().join("whole"), "reach.json")["rounds"].as_array().unwrap().len(),
        4
    );
}
