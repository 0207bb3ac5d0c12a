//! The lines of docs/solvers.md: each names the files of its target, and where its solver is found it
//! is run, reads the start, and what it writes is taken.
//!
//! Programs are looked for on the path; packages of Python, and SCIP and HiGHS if they are not on the
//! path, in the environment that `THERIAC_SOLVERS` names.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use theriac::back::priorities::PriorityFormat;
use theriac::back::start::StartFormat;
use theriac::cert::pipeline::{CompileOptions, certify_solution, compile};
use theriac::lower::{Format, Target};

/// A fenced block: its language, the targets it is for, its lines.
struct Block {
    language: String,
    targets: Vec<Target>,
    lines: String,
}

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/solvers.md");
    std::fs::read_to_string(path).unwrap()
}

fn blocks(page: &str) -> Vec<Block> {
    let fenced = page.split("```").skip(1).step_by(2).filter_map(|block| {
        let (head, lines) = block.split_once('\n')?;
        let mut words = head.split_whitespace();
        let language = words.next()?.to_owned();
        let targets: Vec<Target> = words.map(|w| Target::from_name(w).unwrap()).collect();
        (!targets.is_empty()).then(|| Block { language, targets, lines: lines.to_owned() })
    });
    fenced.collect()
}

impl Block {
    /// The lines for one of the targets.
    fn of(&self, target: Target) -> String {
        self.lines.replace(self.targets[0].file_name(), target.file_name())
    }
}

/// The cells of the table's row for a target.
fn row(page: &str, target: Target) -> Vec<&str> {
    let mut found = page
        .lines()
        .filter(|l| l.starts_with("| "))
        .map(|l| l.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
    found.find(|c| c[1].split(", ").any(|t| t == target.name())).unwrap()
}

#[test]
fn every_target_has_its_lines_which_name_its_files() {
    let page = page();
    let blocks = blocks(&page);
    let mut met = BTreeSet::new();
    for block in &blocks {
        for target in &block.targets {
            assert!(met.insert(*target), "{} twice", target.name());
            let (file, lines) = (target.file_name(), block.of(*target));
            assert!(lines.contains(file), "{}: {file}", target.name());
            let row = row(&page, *target);
            let start = StartFormat::of(*target).map(|f| format!(".start.{}", f.extension()));
            let priorities = PriorityFormat::of(*target).map(|f| format!(".{}", f.extension()));
            for (cell, ending) in [(row[2], &start), (row[3], &priorities)] {
                let Some(ending) = ending else {
                    // Portable files stand in Gurobi's row and have no priorities.
                    let portable = matches!(target, Target::PortableLp | Target::PortableMps);
                    assert!(portable || !cell.contains('.'), "{row:?}");
                    continue;
                };
                assert_eq!(cell, format!("`{ending}`"), "{}", target.name());
                assert!(lines.contains(&format!("{file}{ending}")), "{}", target.name());
            }
        }
    }
    for target in Target::ALL.into_iter().filter(|t| t.format() != Format::Memory) {
        assert!(met.contains(&target), "{} is missing", target.name());
    }
}

/// A folder of programs that start what a Python environment holds.
fn programs(dir: &Path, python: &Path) {
    const WHERE: &str = "import importlib.util as u, os, glob\n\
        def at(n):\n s = u.find_spec(n)\n return os.path.dirname(s.origin) if s else '/nowhere'\n\
        print(at('highsbox'))\n\
        print((glob.glob(at('pyscipopt') + '.libs/libscip*') + ['/nowhere'])[0])";
    let Ok(out) = Command::new(python).args(["-c", WHERE]).output() else { return };
    let out = String::from_utf8(out.stdout).unwrap();
    let [highs, scip] = out.lines().collect::<Vec<_>>()[..] else { return };
    let dist = format!("{highs}/highs_dist");
    let runner = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/solve/runners/scip.py");
    let start = [
        ("highs", &dist, format!("LD_LIBRARY_PATH='{dist}/lib' exec '{dist}/bin/highs' \"$@\"")),
        (
            "scip",
            &scip.to_owned(),
            format!("exec '{}' '{}' '{scip}' \"$@\"", python.display(), runner.display()),
        ),
    ];
    for (name, needs, line) in start {
        if Path::new(needs).exists() {
            let path = dir.join(name);
            std::fs::write(&path, format!("#!/bin/sh\n{line}\n")).unwrap();
            assert!(Command::new("chmod").arg("+x").arg(&path).status().unwrap().success());
        }
    }
}

/// The question of the example, with priorities.
fn question(dir: &Path) -> PathBuf {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    std::fs::create_dir_all(dir.join("data")).unwrap();
    for name in ["moons_2-1_s1.onnx", "moons_n100_noise0.1_seed0.csv"] {
        std::fs::copy(examples.join("data").join(name), dir.join("data").join(name)).unwrap();
    }
    let text = std::fs::read_to_string(examples.join("moons.thr")).unwrap();
    let text = text.replace("solve { solver embedded }", "encode { priority causal }");
    let spec = dir.join("q.thr");
    std::fs::write(&spec, text).unwrap();
    spec
}

#[test]
fn the_lines_work_where_their_solver_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let bin = dir.path().join("bin");
    std::fs::create_dir(&bin).unwrap();
    let python = std::env::var_os("THERIAC_SOLVERS").map(|v| PathBuf::from(v).join("bin/python"));
    if let Some(python) = &python {
        programs(&bin, python);
    }
    let mut folders: Vec<PathBuf> =
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    folders.push(bin);
    let path = std::env::join_paths(&folders).unwrap();
    let spec = question(dir.path());
    let page = page();
    for block in blocks(&page) {
        let word = block.lines.split_whitespace().next().unwrap();
        let package = block.lines.lines().next().unwrap().trim_start_matches("import ");
        let found = match block.language.as_str() {
            "sh" => folders.iter().any(|f| f.join(word).exists()),
            "python" => python.as_ref().is_some_and(|p| {
                let import = format!("import {package}");
                Command::new(p).args(["-c", &import]).output().is_ok_and(|o| o.status.success())
            }),
            _ => false,
        };
        for target in block.targets.iter().copied() {
            let name = target.name();
            if !found {
                eprintln!("skipped: the lines of {name}, whose solver is not found");
                continue;
            }
            let place = dir.path().join(name);
            let options = CompileOptions { targets: vec![target], ..CompileOptions::default() };
            let job = compile(&spec, &place, &options, &mut |_| {}).unwrap();
            let lines = block.of(target);
            let mut command = match (block.language.as_str(), &python) {
                ("python", Some(python)) => Command::new(python),
                _ => Command::new("sh"),
            };
            let done = command
                .args(["-c", &lines])
                .current_dir(&place)
                .env("PATH", &path)
                .stdin(std::process::Stdio::null())
                .output()
                .unwrap();
            let log = place.join("answer.log");
            if !log.exists() {
                std::fs::write(&log, &done.stdout).unwrap();
            }
            let said = String::from_utf8_lossy(&std::fs::read(&log).unwrap()).into_owned();
            let errors = String::from_utf8_lossy(&done.stderr).into_owned();
            let row = row(&page, target);
            let start = row[4].trim_matches('`');
            assert!(said.contains(start), "{name}: {start:?}\n{said}\n{errors}");
            let solution = ["answer.sol", "answer.slx", "copt.sol"].map(|f| place.join(f));
            let solution = solution.iter().find(|f| f.exists());
            let solution = solution.unwrap_or_else(|| panic!("{name}: {said}\n{errors}"));
            let taken = certify_solution(&job, solution, Some(&log));
            if row[0] == "CBC" {
                // 2.10 writes too few digits, later ones enough.
                continue;
            }
            let bound = taken.unwrap_or_else(|e| panic!("{name}: {e}")).certificate.bound;
            let proved = bound.is_some_and(|b| b.solver.is_some());
            assert_eq!(if proved { "yes" } else { "no" }, row[5], "{name}\n{said}");
        }
    }
}

/// Xpress is for nonconvex questions too, where its own way to write a solution fails.
#[test]
fn the_lines_of_xpress_write_the_answer_of_a_nonconvex_question() {
    let python = std::env::var_os("THERIAC_SOLVERS").map(|v| PathBuf::from(v).join("bin/python"));
    let python = python.filter(|p| {
        let found = Command::new(p).args(["-c", "import xpress"]).output();
        found.is_ok_and(|o| o.status.success())
    });
    let Some(python) = python else {
        eprintln!("skipped: Xpress is not found");
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let spec = question(dir.path());
    let text = "network net = onnx \"data/moons_2-1_s1.onnx\"\n\
        data train = csv \"data/moons_n100_noise0.1_seed0.csv\" features x0, x1\n  \
        label target in {0 -> -1, 1 -> +1} rows 0..9\n\
        train net on train { loss hinge; rate 0.5; steps 2; batch full }\n\
        threat { touch at most 2 of train; features linf 0.1 within [-3, 3] }\n\
        ask worst margin at train[3]\n";
    std::fs::write(&spec, text).unwrap();
    let place = dir.path().join("instance");
    let targets = vec![Target::XpressLp];
    let options = CompileOptions { targets, ..CompileOptions::default() };
    let job = compile(&spec, &place, &options, &mut |_| {}).unwrap();
    let page = page();
    let all = blocks(&page);
    let block = all.iter().find(|b| b.targets.contains(&Target::XpressLp)).unwrap();
    let done = Command::new(&python)
        .args(["-c", &block.of(Target::XpressLp)])
        .current_dir(&place)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{errors}");
    let (solution, log) = (place.join("answer.slx"), place.join("answer.log"));
    let taken = certify_solution(&job, &solution, Some(&log)).unwrap_or_else(|e| panic!("{e}"));
    let taken = taken.certificate;
    assert!(taken.attack.is_some());
    // What the page says of its log.
    assert!(taken.bound.is_none_or(|b| b.solver.is_none()));
}
