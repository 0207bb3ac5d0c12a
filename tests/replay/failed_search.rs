//! Solvers that are missing, die, refuse the program or find nothing in their time: the certificate
//! says what is known without them, and why there is no more.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;

use crate::program::{err, status, theriac_with};

/// Runs the program where only the solvers of `home` are found.
fn theriac(home: &Path, args: &[&str]) -> Output {
    theriac_with(home, ":/usr/bin:/bin", args)
}

/// A program called `highs` that tells its version and then does this.
fn fake(home: &Path, body: &str) {
    let path = home.join("highs");
    let text = format!(
        "#!/bin/sh\ncase \"$*\" in *--version*) echo 'HiGHS version 1.15.1 (x)'; exit 0;; esac\n\
         {body}\n"
    );
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// The half-moons example with a claim of your own.
fn spec(dir: &Path, claim: &str) -> PathBuf {
    let data = dir.join("data");
    std::fs::create_dir_all(&data).unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for name in ["moons_2-1_s1.onnx", "moons_n100_noise0.1_seed0.csv"] {
        std::fs::copy(examples.join("data").join(name), data.join(name)).unwrap();
    }
    let text = std::fs::read_to_string(examples.join("moons.thr")).unwrap();
    let path = dir.join("q.thr");
    std::fs::write(&path, text.replace("prove margin > 0", claim)).unwrap();
    path
}

fn certificate(place: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(place.join("certificate.json")).unwrap()).unwrap()
}

/// What the run left, after a check of it.
fn left(home: &Path, place: &Path) -> Value {
    let path = place.join("certificate.json");
    let checked = theriac(home, &["check", path.to_str().unwrap()]);
    let text = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(text.starts_with("ACCEPTED  verdict"), "{text}{}", err(&checked));
    assert!(text.contains("how the search failed"), "{text}");
    certificate(place)
}

/// Solvers that fail in their own way, and a part of the reason that must be given.
const FAILURES: [(&str, &str, &str); 4] = [
    ("gurobi", "", "Gurobi was not found on this machine"),
    ("highs", "echo no memory >&2; kill -SEGV $$", "HiGHS died (signal: 11"),
    ("highs", "echo 'ERROR: licence of this year'; exit 1", "HiGHS"),
    ("highs", "exit 0", "HiGHS died (exit status: 0) without an answer"),
];

/// Without a solver the worst margin of this question is known to lie between 0.12 and 0.15: one
/// claim is open then, one is proved, one is refuted.
#[test]
fn a_failed_search_leaves_a_certificate_with_what_is_known() {
    let cases = [
        ("prove margin > 0.14", "unknown", 1),
        ("prove margin > 0", "certified", 0),
        ("prove margin > 1", "attacked", 0),
    ];
    for (solver, body, why) in FAILURES {
        for (claim, verdict, exit) in cases {
            let dir = tempfile::tempdir().unwrap();
            let home = dir.path().join("home");
            std::fs::create_dir(&home).unwrap();
            if !body.is_empty() {
                fake(&home, body);
            }
            let spec = spec(dir.path(), claim);
            let place = dir.path().join("out");
            let (from, to) = (spec.to_str().unwrap(), place.to_str().unwrap());
            let done = theriac(&home, &["run", from, "-o", to, "--solver", solver]);
            assert_eq!(status(&done), exit, "{solver} {body} {claim}: {}", err(&done));
            assert_eq!(err(&done).contains("error: "), exit == 1, "{}", err(&done));
            let c = left(&home, &place);
            assert_eq!(c["verdict"], verdict, "{c:#}");
            assert_eq!(c["bound"]["from"], "interval");
            assert!(c["attack"]["value"].is_f64());
            let reason = c["reason"].as_str().unwrap();
            assert!(reason.contains("the search failed: ") && reason.contains(why), "{reason}");
            if exit == 0 {
                continue;
            }
            // By hand: `solve` fails too, and what it stored can be certified.
            let by_hand = dir.path().join("by hand");
            let to = by_hand.to_str().unwrap();
            assert_eq!(status(&theriac(&home, &["compile", from, "-o", to])), 0);
            let solved = theriac(&home, &["solve", to, "--solver", solver]);
            assert_eq!(status(&solved), 1, "{}", err(&solved));
            // The reason is told once, and not again as the error.
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let told = words(&String::from_utf8_lossy(&solved.stdout));
            assert!(told.contains(why), "{told}");
            assert!(!err(&solved).contains("the search failed: "), "{}", err(&solved));
            assert!(err(&solved).contains("error: the search failed, for the reason above"));
            theriac(&home, &["certify", to]);
            assert_eq!(left(&home, &by_hand)["reason"], c["reason"]);
        }
    }
}

/// A limit is what the user asked for: the work is done, with whatever it brought.
#[test]
fn a_limit_without_a_solution_is_an_answer() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    std::fs::create_dir(&home).unwrap();
    fake(
        &home,
        "echo 'Running HiGHS 1.15.1'; echo 'Solving report'; echo '  Status            Time limit reached'",
    );
    let spec = spec(dir.path(), "prove margin > 0.14");
    let place = dir.path().join("out");
    let (from, to) = (spec.to_str().unwrap(), place.to_str().unwrap());
    let args = ["run", from, "-o", to, "--solver", "highs", "--time-limit", "5"];
    let done = theriac(&home, &args);
    assert_eq!(status(&done), 0, "{}", err(&done));
    let c = certificate(&place);
    assert_eq!((&c["verdict"], &c["bound"]["from"]), (&"unknown".into(), &"interval".into()));
    let reason = c["reason"].as_str().unwrap();
    assert!(
        reason.contains("limit") && reason.contains("before it had proved any bound"),
        "{reason}"
    );
    let path = place.join("certificate.json");
    assert_eq!(status(&theriac(&home, &["check", path.to_str().unwrap()])), 0);
}
