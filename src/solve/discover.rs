//! Finds the solvers of this machine: programs on `$PATH`, and Python wheels.
//!
//! Wheels are looked for in the private environment that `theriac solvers install` makes, and in
//! the Python on `$PATH`. Nothing of a wheel is imported: its files are located by metadata.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::highs::libraries_env;
use super::process::ask;
use super::{SolverKind, embedded, home};

/// A solver that can be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundSolver {
    /// Which.
    pub kind: SolverKind,
    /// Its version, as it states it.
    pub version: String,
    /// How it is started.
    pub how: How,
}

/// How a solver is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// In this process.
    Embedded,
    /// As a program.
    Program {
        /// The program.
        path: PathBuf,
        /// Folder of its shared libraries, where the loader has to be told.
        libraries: Option<PathBuf>,
    },
    /// This program itself, with HiGHS linked into it (feature `link-highs`).
    Linked {
        /// The running program.
        program: PathBuf,
    },
    /// A Python that loads a shared library.
    Library {
        /// The Python.
        python: PathBuf,
        /// The library.
        library: PathBuf,
    },
    /// A Python that imports the solver's package.
    Package {
        /// The Python.
        python: PathBuf,
    },
}

impl std::fmt::Display for How {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            How::Embedded => f.write_str("part of this program"),
            How::Program { path, .. } => write!(f, "{}", path.display()),
            How::Linked { .. } => f.write_str("linked into this program"),
            How::Library { library, .. } => write!(f, "{}", library.display()),
            How::Package { python } => write!(f, "gurobipy of {}", python.display()),
        }
    }
}

/// Where to look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Theriac's own data folder.
    pub data: Option<PathBuf>,
    /// The value of `$PATH`.
    pub path: OsString,
}

impl Places {
    /// The places that the environment names.
    #[must_use]
    pub fn from_environment() -> Self {
        Places { data: home::data_folder(), path: std::env::var_os("PATH").unwrap_or_default() }
    }
}

/// The embedded solver.
#[must_use]
pub fn embedded_solver() -> FoundSolver {
    let version = embedded::NAME.to_owned();
    FoundSolver { kind: SolverKind::Embedded, version, how: How::Embedded }
}

/// Every solver that is found, the best way to start each kind first.
#[must_use]
pub fn discover() -> Vec<FoundSolver> {
    discover_in(&Places::from_environment())
}

/// As [`discover`], in given places.
#[must_use]
pub fn discover_in(places: &Places) -> Vec<FoundSolver> {
    let mut found = vec![embedded_solver()];
    #[cfg(feature = "link-highs")]
    found.extend(super::linked::found());
    let program = |(kind, name): (SolverKind, &str)| {
        let program = home::program_on(&places.path, name);
        program.and_then(|path| check_program(kind, path, None)).into_iter().collect::<Vec<_>>()
    };
    let private = places.data.as_deref().map(|d| home::python_of(&home::environment(d)));
    let public = ["python3", "python"].iter().find_map(|n| home::program_on(&places.path, n));
    let pythons: Vec<PathBuf> = [private, public].into_iter().flatten().collect();
    // Each of them takes its time to say what it is; together they take that of the slowest.
    std::thread::scope(|scope| {
        let programs = [
            (SolverKind::Highs, "highs"),
            (SolverKind::Scip, "scip"),
            (SolverKind::Gurobi, "gurobi_cl"),
        ];
        let programs = programs.map(|which| scope.spawn(move || program(which)));
        let pythons: Vec<_> = pythons
            .iter()
            .filter(|python| python.exists())
            .map(|python| scope.spawn(move || wheels(python)))
            .collect();
        for asked in programs.into_iter().chain(pythons) {
            // One that panics is not there.
            found.extend(asked.join().unwrap_or_default());
        }
    });
    found.sort_by_key(|s| s.kind);
    found.dedup_by(|a, b| a.how == b.how);
    found
}

/// A discovery on a thread of its own, beside other work.
#[derive(Debug, Default)]
pub struct Discovery(Option<std::thread::JoinHandle<Vec<FoundSolver>>>);

impl Discovery {
    /// Begins to look.
    #[must_use]
    pub fn begin() -> Self {
        Discovery(std::thread::Builder::new().spawn(discover).ok())
    }

    /// What was found. Without a beginning it looks now.
    #[must_use]
    pub fn wait(self) -> Vec<FoundSolver> {
        self.0.and_then(|thread| thread.join().ok()).unwrap_or_else(discover)
    }
}

/// The first solver of a kind.
#[must_use]
pub fn find(kind: SolverKind) -> Option<FoundSolver> {
    // It need not be looked for, which takes longer than small programs do.
    if kind == SolverKind::Embedded {
        return Some(embedded_solver());
    }
    discover().into_iter().find(|s| s.kind == kind)
}

/// The shared library of HiGHS, for [`super::highs_lib`].
#[must_use]
pub fn highs_library(found: &[FoundSolver]) -> Option<PathBuf> {
    let name = if cfg!(target_os = "macos") { "libhighs.dylib" } else { "libhighs.so" };
    found
        .iter()
        .filter(|s| s.kind == SolverKind::Highs)
        .filter_map(|s| match &s.how {
            How::Program { path, libraries } => {
                let beside = path.parent()?.parent().map(|p| p.join("lib"));
                libraries.clone().or(beside).map(|l| l.join(name))
            }
            How::Embedded | How::Linked { .. } | How::Library { .. } | How::Package { .. } => None,
        })
        .find(|library| library.exists())
}

/// Asks a program for its version; one that does not answer is not there.
fn check_program(
    kind: SolverKind,
    path: PathBuf,
    libraries: Option<PathBuf>,
) -> Option<FoundSolver> {
    let said = ask(&path, &["--version"], &libraries_env(libraries.as_deref()))?;
    let version = version_in(&said)?;
    Some(FoundSolver { kind, version, how: How::Program { path, libraries } })
}

/// The first word that is a dotted number.
fn version_in(text: &str) -> Option<String> {
    text.split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_ascii_digit()))
        .find(|w| w.contains('.') && w.chars().all(|c| c.is_ascii_digit() || c == '.'))
        .map(str::to_owned)
}

/// Solvers in the wheels of one Python.
fn wheels(python: &Path) -> Vec<FoundSolver> {
    const PROBE: &str = include_str!("runners/probe.py");
    let Some(said) = ask(python, &["-c", PROBE], &[]) else { return Vec::new() };
    said.lines().filter_map(|line| wheel(python, line)).collect()
}

/// One line of the probe: `package version folder`, separated by tabs.
fn wheel(python: &Path, line: &str) -> Option<FoundSolver> {
    let mut cells = line.split('\t');
    let (package, version, folder) = (cells.next()?, cells.next()?, Path::new(cells.next()?));
    let python = python.to_owned();
    match package {
        "highsbox" => {
            let dist = folder.join("highsbox").join("highs_dist");
            let name = if cfg!(windows) { "highs.exe" } else { "highs" };
            let program = dist.join("bin").join(name);
            check_program(SolverKind::Highs, program, Some(dist.join("lib")))
        }
        "pyscipopt" => {
            let library = scip_library(&folder.join("pyscipopt.libs"))?;
            let how = How::Library { python, library };
            let version = format!("(PySCIPOpt {version})");
            Some(FoundSolver { kind: SolverKind::Scip, version, how })
        }
        "gurobipy" => {
            let how = How::Package { python };
            Some(FoundSolver { kind: SolverKind::Gurobi, version: version.to_owned(), how })
        }
        _ => None,
    }
}

fn scip_library(folder: &Path) -> Option<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("libscip")))
        .collect();
    files.sort();
    files.into_iter().next()
}
