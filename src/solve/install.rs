//! Brings solvers: a private virtual environment with pinned wheels.
//!
//! Only the wheels themselves are fetched, not the Python packages they name: the drivers use the
//! programs and libraries inside the wheels and import nothing but `gurobipy`, which stands alone.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::discover::{FoundSolver, Places, discover_in};
use super::process::{self, Job};
use super::{SolverKind, home};

/// Why an installation failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstallError {
    /// Nothing to install for this solver.
    #[error("the embedded solver is part of theriac; there is nothing to install")]
    Embedded,
    /// No folder to install into.
    #[error("no folder for solvers is known; set THERIAC_HOME to one")]
    NoHome,
    /// No Python.
    #[error("python3 is not on the PATH, and solver wheels need it; install Python 3.9 or newer")]
    NoPython,
    /// A step failed.
    #[error("{what} failed: {message}; see the lines above, and check network and disk")]
    Step {
        /// What was tried.
        what: String,
        /// Last line that was printed.
        message: String,
    },
    /// All steps passed, and the solver does not answer.
    #[error("{solver} was installed and does not answer; this system may lack a library it needs")]
    NotFound {
        /// Who.
        solver: SolverKind,
    },
}

/// The wheel of a solver, with the version that the drivers are tested with.
#[must_use]
pub const fn wheel(solver: SolverKind) -> Option<&'static str> {
    match solver {
        SolverKind::Embedded => None,
        SolverKind::Highs => Some("highsbox==1.15.1"),
        SolverKind::Scip => Some("PySCIPOpt==6.3.0"),
        SolverKind::Gurobi => Some("gurobipy==13.0.3"),
    }
}

/// Installs the wheels of `solvers` into the private environment of `places.data` (made if it is
/// not there) and returns what is found there afterwards. `say` gets every line: what is about to
/// be downloaded, and what pip prints.
///
/// # Errors
/// See [`InstallError`]. A failed installation leaves other solvers as they were.
pub fn install(
    solvers: &[SolverKind],
    places: &Places,
    say: &mut dyn FnMut(&str),
    cancel: &AtomicBool,
) -> Result<Vec<FoundSolver>, InstallError> {
    let wheels: Vec<&str> = solvers
        .iter()
        .map(|s| wheel(*s).ok_or(InstallError::Embedded))
        .collect::<Result<_, _>>()?;
    let data = places.data.as_deref().ok_or(InstallError::NoHome)?;
    let environment = home::environment(data);
    let python = home::python_of(&environment);
    if !python.exists() {
        let base = ["python3", "python"]
            .iter()
            .find_map(|n| home::program_on(&places.path, n))
            .ok_or(InstallError::NoPython)?;
        say(&format!("making the virtual environment {}", environment.display()));
        std::fs::create_dir_all(data).map_err(|e| InstallError::Step {
            what: format!("making the folder {}", data.display()),
            message: e.to_string(),
        })?;
        let args = ["-m", "venv", &environment.display().to_string()].map(str::to_owned).to_vec();
        let step = "making the virtual environment";
        if let Err(e) = run(step, &base, args, data, say, cancel) {
            // A half-made environment would be taken for a whole one next time.
            let _ = std::fs::remove_dir_all(&environment);
            return Err(e);
        }
    }
    say(&format!("downloading with pip: {}", wheels.join(", ")));
    if solvers.contains(&SolverKind::Gurobi) {
        say(&format!("Gurobi solves, {}", SolverKind::Gurobi.limits().unwrap_or_default()));
    }
    let mut args: Vec<String> =
        ["-m", "pip", "install", "--no-deps", "--only-binary", ":all:", "--progress-bar", "off"]
            .map(str::to_owned)
            .to_vec();
    args.push("--disable-pip-version-check".to_owned());
    args.extend(wheels.iter().map(|w| (*w).to_owned()));
    run("pip", &python, args, data, say, cancel)?;
    let private = Places { data: places.data.clone(), path: std::ffi::OsString::new() };
    let found = discover_in(&private);
    match solvers.iter().find(|s| !found.iter().any(|f| f.kind == **s)) {
        Some(missing) => Err(InstallError::NotFound { solver: *missing }),
        None => Ok(found),
    }
}

fn run(
    what: &str,
    program: &Path,
    args: Vec<String>,
    dir: &Path,
    say: &mut dyn FnMut(&str),
    cancel: &AtomicBool,
) -> Result<(), InstallError> {
    let failed = |message: String| InstallError::Step { what: what.to_owned(), message };
    let job = Job { program: program.to_owned(), args, env: Vec::new(), dir: dir.to_owned() };
    let finished = process::run(&job, None, 5.0, cancel, &mut |_, line| say(line))
        .map_err(|e| failed(e.to_string()))?;
    if finished.exit.success() {
        return Ok(());
    }
    Err(failed(finished.log.lines().last().unwrap_or("no message").to_owned()))
}
