//! Questions with rounds: from the specification over the solutions of solvers to a certificate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/program.rs"]
mod program;
#[path = "../support/mod.rs"]
mod support;

mod branched;
mod brought;
mod exact;
mod files;
mod forged;
mod killed;
mod once_more;
mod points;

use std::path::Path;
use std::process::Output;

use program::{err, out, status, theriac_in};
use serde_json::Value;

/// Two half-moons, few of them, and a linear score. The labels of two samples may flip.
const FLIPS: &str = "network net = dense 2 -> 1 start zero\n\
    data train = csv \"train.csv\" features x0, x1 label target in {0 -> -1, 1 -> +1} rows 0..7\n\
    data test = csv \"train.csv\" like train rows 40..59\n\
    train net on train { loss hinge; rate 0.5; steps 3; batch full }\n\
    threat { touch at most 2 of train; labels flip }\n\
    ask reach on test\n";

/// A folder with data and a specification that ends with `rest`.
fn folder(question: &str, rest: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
    let copy = |from: &str, to: &str| std::fs::copy(data.join(from), dir.path().join(to)).unwrap();
    copy("moons_2-4-1_s1.onnx", "net.onnx");
    copy("moons_n100_noise0.1_seed0.csv", "train.csv");
    std::fs::write(dir.path().join("q.thr"), format!("{question}{rest}")).unwrap();
    dir
}

/// Runs a command that must succeed.
fn does(dir: &Path, args: &[&str]) -> Output {
    let done = theriac_in(dir, args);
    assert_eq!(status(&done), 0, "{args:?}: {}{}", out(&done), err(&done));
    done
}

fn json(dir: &Path, file: &str) -> Value {
    serde_json::from_slice(&std::fs::read(dir.join(file)).unwrap()).unwrap()
}

/// The ends of the box after a step.
fn boxes(dir: &Path, step: usize) -> (Vec<f64>, Vec<f64>) {
    let reach = json(dir, "reach.json");
    let of = |key: &str| -> Vec<f64> {
        let all = reach["steps"][step][key].as_array().unwrap();
        all.iter().map(|v| v.as_f64().unwrap()).collect()
    };
    (of("lower"), of("upper"))
}

/// A count of a round.
fn count(dir: &Path, round: usize, key: &str) -> u64 {
    json(dir, "reach.json")["rounds"][round - 1][key].as_u64().unwrap()
}
