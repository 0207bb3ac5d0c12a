//! Recorded outputs of the ONNX project's operator tests and of other projects' models.
//!
//! `THERIAC_ONNX_SUITE` names a folder with more of them, each a folder of its own; then the table
//! `docs/operators.md` is written anew if the folder is that of the operator tests (it has an
//! `index.csv` with the operators of each test).

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::suite::{Tolerance, Verdict, data_folder, run};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Folders below that hold a test, by name.
fn tests(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .map(|e| e.path())
        .filter(|p| data_folder(p).join("output_0.pb").is_file())
        .collect();
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Every recorded model gives its recorded outputs: none is refused, none is wrong.
#[test]
fn recorded_models_are_reproduced() {
    let folders =
        [("tests/data/onnx", Tolerance::Network), ("tests/data/onnx_nodes", Tolerance::Suite)];
    for (folder, tolerance) in folders {
        let tests = tests(&root().join(folder));
        let mut wrong = Vec::new();
        for test in &tests {
            match run(test, tolerance) {
                Verdict::Passed { .. } => {}
                Verdict::Refused(e) => wrong.push(format!("{}: refused: {e}", name(test))),
                Verdict::Failed(e) => wrong.push(format!("{}: {e}", name(test))),
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(tests.len() >= 12, "{folder} has {} tests", tests.len());
    }
}

/// The same for a larger folder, where files may be refused.
#[test]
fn a_larger_suite_is_reproduced_or_refused() {
    let Some(folder) = std::env::var_os("THERIAC_ONNX_SUITE").map(PathBuf::from) else {
        println!("THERIAC_ONNX_SUITE is not set: only the copied tests are run");
        return;
    };
    let mut wrong = Vec::new();
    let mut passed = BTreeMap::new();
    let mut refused = BTreeMap::new();
    let operators = operators(&folder);
    let tolerance = if operators.is_some() { Tolerance::Suite } else { Tolerance::Network };
    for test in tests(&folder) {
        match run(&test, tolerance) {
            Verdict::Passed { fixed, inputs } => drop(passed.insert(name(&test), (fixed, inputs))),
            Verdict::Refused(e) => drop(refused.insert(name(&test), e)),
            Verdict::Failed(e) => wrong.push(format!("{}: {e}", name(&test))),
        }
    }
    println!("{} passed, {} refused, {} wrong", passed.len(), refused.len(), wrong.len());
    for (test, e) in &refused {
        println!("refused {test}: {e}");
    }
    println!("{}", wrong.join("\n"));
    let names = root().join("target").join("passed.txt");
    std::fs::write(names, passed.keys().cloned().collect::<Vec<_>>().join("\n")).unwrap();
    assert!(wrong.is_empty());
    if let Some(operators) = operators {
        let text = table(&operators, &passed, &refused);
        std::fs::write(root().join("docs/operators.md"), text).unwrap();
    }
}

/// Operators of each test, from the index of the operator tests.
fn operators(folder: &Path) -> Option<BTreeMap<String, Vec<String>>> {
    let mut reader = csv::Reader::from_path(folder.join("index.csv")).ok()?;
    if reader.headers().ok()?.get(0) != Some("test") {
        return None;
    }
    let rows = reader.records().flatten();
    let row = |r: csv::StringRecord| {
        let operators = r.get(1).unwrap_or_default().split('+').map(str::to_owned).collect();
        (r.get(0).unwrap_or_default().to_owned(), operators)
    };
    Some(rows.map(row).collect())
}

fn table(
    operators: &BTreeMap<String, Vec<String>>,
    passed: &BTreeMap<String, (usize, usize)>,
    refused: &BTreeMap<String, String>,
) -> String {
    // Passed as variables, passed with constants, refused.
    let mut counts: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for (test, list) in operators {
        for operator in list {
            let count = counts.entry(operator).or_default();
            match passed.get(test) {
                Some((0, _)) => count.0 += 1,
                Some(_) => count.1 += 1,
                None if refused.contains_key(test) => count.2 += 1,
                None => {}
            }
        }
    }
    let mut out = String::from(
        "# Operators\n\n\
         What `theriac` reads of ONNX, and how it fares with the operator tests of the ONNX project \
         (onnx 1.16.2).\nThis page is written by `tests/onnx_graph`; see its `recorded.rs`.\n\n",
    );
    let constants = passed.values().filter(|(fixed, _)| *fixed > 0).count();
    let _ = writeln!(
        out,
        "Of {} tests {} give the recorded outputs within the tolerance of the suite (1e-3 relative, \
         1e-7 absolute), and {} are refused\nwith a reason. In {} of those that pass, some inputs had \
         to be constants: kernels, shapes, indices, conditions.\n",
        passed.len() + refused.len(),
        passed.len(),
        refused.len(),
        constants,
    );
    out.push_str(
        "A test counts for each operator in it. *Variable*: all inputs are variables. *Constant*: \
         some or all are constants.\n\n\
         | operator | opsets | variable | constant | refused |\n|---|---|---|---|---|\n",
    );
    let supported = theriac::front::onnx::import::supported();
    for (operator, since, until) in &supported {
        let (a, b, c) = counts.remove(operator).unwrap_or_default();
        let until = until.map_or(String::new(), |u| u.to_string());
        let _ = writeln!(out, "| {operator} | {}-{until} | {a} | {b} | {c} |", since.max(&1));
    }
    out.push_str("\nNot read:\n\n| operator | tests refused |\n|---|---|\n");
    for (operator, (_, _, c)) in counts {
        let _ = writeln!(out, "| {operator} | {c} |");
    }
    out.push_str("\n## Refused tests\n\n| test | reason |\n|---|---|\n");
    for (test, e) in refused {
        let _ = writeln!(out, "| {test} | {} |", e.replace('|', "\\|"));
    }
    out
}
