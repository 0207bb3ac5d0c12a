//! Instances whose only model file is NL: names beside it, answers by name and by position.

use std::path::Path;

use serde_json::Value;
use theriac::solve::{SolverKind, discover};

use crate::program::theriac;

fn done(args: &[&str]) -> String {
    let output = theriac(args);
    let (out, err) = (&output.stdout, String::from_utf8_lossy(&output.stderr).into_owned());
    assert_eq!(output.status.code(), Some(0), "{args:?}: {err}");
    String::from_utf8(out.clone()).unwrap()
}

fn lines(path: &Path) -> Vec<String> {
    std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn answers_by_name_and_by_position_fit_an_nl_file() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let nl = at("nl");
    done(&["compile", "examples/moons.thr", "-o", &nl, "--target", "nl", "--target", "nl-binary"]);
    let manifest: Value =
        serde_json::from_str(&std::fs::read_to_string(at("nl/manifest.json")).unwrap()).unwrap();
    let columns: Vec<usize> = manifest["targets"][0]["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c.as_u64().unwrap() as usize)
        .collect();
    let names = lines(Path::new(&at("nl/model.col")));
    assert_eq!(names.len(), columns.len());
    assert_eq!(names, lines(Path::new(&at("nl/model.bin.col"))));
    let recorded: Vec<&str> = manifest["targets"][0]["name_files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["path"].as_str().unwrap())
        .collect();
    assert_eq!(recorded, ["model.col", "model.row"]);
    // The second line of an NL file begins with its numbers of columns and rows; the objective is
    // named behind the rows.
    let header = lines(Path::new(&at("nl/model.nl")))[1].clone();
    let counts: Vec<usize> =
        header.split_whitespace().take(2).map(|n| n.parse().unwrap()).collect();
    let rows = lines(Path::new(&at("nl/model.row")));
    assert_eq!((names.len(), rows.len()), (counts[0], counts[1] + 1));

    // The truth comes from another file of the same question.
    let lp = at("lp");
    done(&["run", "examples/moons.thr", "-o", &lp, "--solver", "embedded"]);
    let stored = lines(Path::new(&at("lp/solution.sol")));
    let value = |name: &str| {
        let values = stored.iter().skip(6).filter_map(|l| l.split_once(' '));
        values.filter(|(n, _)| *n == name).map(|(_, v)| v.to_owned()).next().expect(name)
    };
    let objective = stored.iter().find_map(|l| l.strip_prefix("objective ")).unwrap();
    let mut by_name =
        format!("solution status: optimal solution found\nobjective value: {objective}\n");
    let mut by_position =
        format!("\nOptions\n3\n0\n1\n0\n{}\n0\n{}\n{}\n", rows.len() - 1, names.len(), names.len());
    for name in &names {
        by_name.push_str(&format!("{name} {} (obj:0)\n", value(name)));
        by_position.push_str(&format!("{}\n", value(name)));
    }
    by_position.push_str("objno 0 0\n");
    let attacks = ["name.sol", "position.sol"].map(|file| {
        let text = if file == "name.sol" { &by_name } else { &by_position };
        std::fs::write(at(file), text).unwrap();
        let text = done(&["certify", &nl, "--solution", &at(file), "--json"]);
        let certificate: Value = serde_json::from_str(&text).unwrap();
        certificate["attack"].clone()
    });
    let lp: Value =
        serde_json::from_str(&std::fs::read_to_string(at("lp/certificate.json")).unwrap()).unwrap();
    for attack in attacks {
        assert_eq!(attack["value"], lp["attack"]["value"]);
        assert_eq!(attack["choices"], lp["attack"]["choices"]);
    }
}

#[test]
fn scip_solves_instances_that_hold_nl_alone() {
    if !discover().iter().any(|s| s.kind == SolverKind::Scip) {
        println!("skipped: no SCIP was found; `theriac solvers install scip` brings it");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    for target in ["nl", "nl-binary"] {
        let place = dir.path().join(target);
        let place = place.to_str().unwrap();
        let args = ["run", "examples/moons.thr", "-o", place, "--target", target];
        let text = done(&[&args[..], &["--solver", "scip", "--json"]].concat());
        let certificate: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(certificate["verdict"], "certified", "{text}");
        assert_eq!(certificate["bound"]["solver"], "SCIP");
        assert_eq!(certificate["gap"], 0.0, "{text}");
        let attack = certificate["attack"]["value"].as_f64().unwrap();
        assert!((attack - 0.149_736_464_363).abs() < 1e-11, "{attack}");
        done(&["check", &format!("{place}/certificate.json")]);
    }
}

/// The second line of an NL file tells its columns; a constant of the objective is one of them,
/// because SCIP would add one of its own (`objconstant`), and neither its answers nor its log
/// would fit the file then.
#[test]
fn an_objective_constant_is_a_column_of_an_nl_file() {
    let dir = tempfile::tempdir().unwrap();
    let scip = discover().iter().any(|s| s.kind == SolverKind::Scip);
    if !scip {
        println!("the run is skipped: no SCIP was found");
    }
    for target in ["nl", "nl-scip"] {
        let place = dir.path().join(target);
        let text = place.to_str().unwrap();
        let args = ["examples/moons-features.thr", "-o", text, "--target", target];
        done(&[&["compile"], &args[..]].concat());
        let file = std::fs::read_dir(&place).unwrap().map(|e| e.unwrap().path());
        let file = file.into_iter().find(|p| p.extension().is_some_and(|e| e == "nl")).unwrap();
        let nl = lines(&file);
        let objective = nl.iter().position(|l| l == "O0 0").unwrap();
        assert_eq!(nl[objective + 1], "n0", "{target}");
        let names = lines(&file.with_extension("col"));
        assert!(names.iter().any(|n| n == "one"), "{target}: {names:?}");
        if scip {
            let args = [&["run"], &args[..], &["--solver", "scip", "--json"]].concat();
            let certificate: Value = serde_json::from_str(&done(&args)).unwrap();
            assert_eq!(certificate["bound"]["solver"], "SCIP", "{target}: {certificate}");
            let value = |key: &str| certificate[key]["value"].as_f64().unwrap();
            assert!(value("bound") <= value("attack"), "{target}");
            assert!(value("attack") - value("bound") < 1e-5, "{target}");
        }
    }
}

/// The files of names beside an NL file are the program's own: compiling again replaces them, and
/// compiling for another target takes them away.
#[test]
fn an_instance_with_names_can_be_compiled_again() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("again");
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/moons.thr");
    for target in ["nl", "nl-binary", "nl", "scip-lp"] {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_theriac"))
            .args(["compile", spec, "--no-start", "--target", target, "-o"])
            .arg(&place)
            .output()
            .unwrap();
        assert!(done.status.success(), "{target}: {}", String::from_utf8_lossy(&done.stderr));
        let names = place.join("model.col").exists() || place.join("model.bin.col").exists();
        assert_eq!(names, target.starts_with("nl"), "{target}");
    }
}
