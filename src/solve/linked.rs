//! HiGHS linked into this program (feature `link-highs`).
//!
//! The solver still runs in a process of its own, so that it can be stopped and cannot take this
//! one down: the program starts itself with [`WORD`] as its first argument and then behaves like
//! the `highs` program, as far as the driver asks for it.

use std::ffi::{CStr, CString, c_void};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{FoundSolver, How, SolverKind};
use crate::sol::{self, Values};

pub use super::highs::LINKED_WORD as WORD;

/// The linked solver, if the running program is `theriac` itself.
#[must_use]
pub fn found() -> Option<FoundSolver> {
    let program = std::env::current_exe().ok()?;
    let ours = program.file_stem().is_some_and(|name| name == "theriac");
    ours.then(|| FoundSolver {
        kind: SolverKind::Highs,
        version: version(),
        how: How::Linked { program },
    })
}

fn version() -> String {
    // SAFETY: returns a static string.
    unsafe { CStr::from_ptr(highs_sys::Highs_version()) }.to_string_lossy().into_owned()
}

/// What the driver asks of the `highs` program.
#[derive(Debug, Default)]
struct Request {
    options: Option<PathBuf>,
    solution: Option<PathBuf>,
    start: Option<PathBuf>,
    model: Option<PathBuf>,
}

/// One HiGHS instance, destroyed at the end.
struct Instance(*mut c_void);

impl Drop for Instance {
    fn drop(&mut self) {
        // SAFETY: created by `Highs_create`, used by this value alone.
        unsafe { highs_sys::Highs_destroy(self.0) }
    }
}

/// Behaves like the `highs` program with these arguments.
#[must_use]
pub fn main(arguments: &[String]) -> ExitCode {
    if arguments.iter().any(|a| a == "--version") {
        println!("HiGHS version {}", version());
        return ExitCode::SUCCESS;
    }
    let mut request = Request::default();
    let mut rest = arguments.iter();
    while let Some(word) = rest.next() {
        let mut path = || rest.next().map(PathBuf::from);
        match word.as_str() {
            "--options_file" => request.options = path(),
            "--solution_file" => request.solution = path(),
            "--read_solution_file" => request.start = path(),
            model => request.model = Some(PathBuf::from(model)),
        }
    }
    match solve(&request) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("ERROR: {message}");
            ExitCode::FAILURE
        }
    }
}

fn text(path: &Path) -> Result<CString, String> {
    CString::new(path.as_os_str().as_encoded_bytes()).map_err(|e| e.to_string())
}

fn solve(request: &Request) -> Result<(), String> {
    let model = text(request.model.as_deref().ok_or("no model file was given")?)?;
    // SAFETY: creates an instance that is destroyed once.
    let highs = Instance(unsafe { highs_sys::Highs_create() });
    let done = |what: &str, status: i32| {
        if status < 0 { Err(format!("HiGHS failed to {what}")) } else { Ok(()) }
    };
    if let Some(options) = &request.options {
        let options = text(options)?;
        // SAFETY: the handle is valid and the name a C string.
        done("read the options", unsafe {
            highs_sys::Highs_readOptions(highs.0, options.as_ptr())
        })?;
    }
    // SAFETY: as above.
    done("read the model", unsafe { highs_sys::Highs_readModel(highs.0, model.as_ptr()) })?;
    if let Some(start) = &request.start {
        set_start(&highs, start)?;
    }
    // SAFETY: the handle is valid.
    done("run", unsafe { highs_sys::Highs_run(highs.0) })?;
    if let Some(solution) = &request.solution {
        let solution = text(solution)?;
        // SAFETY: the handle is valid and the name a C string.
        done("write the solution", unsafe {
            highs_sys::Highs_writeSolution(highs.0, solution.as_ptr())
        })?;
    }
    Ok(())
}

/// Hands over the start point; names that the model lacks are an error.
fn set_start(highs: &Instance, path: &Path) -> Result<(), String> {
    let start = sol::read(path).map_err(|e| e.to_string())?;
    let Values::Named { values, .. } = start.values else {
        return Err("the start file names no variable".to_owned());
    };
    // SAFETY: the handle is valid.
    let columns = unsafe { highs_sys::Highs_getNumCol(highs.0) };
    let mut point = vec![0.0; usize::try_from(columns).unwrap_or(0)];
    for (name, value) in values {
        let c_name = CString::new(name.as_str()).map_err(|e| e.to_string())?;
        let mut column = 0;
        // SAFETY: handle, name and result are valid.
        let found =
            unsafe { highs_sys::Highs_getColByName(highs.0, c_name.as_ptr(), &raw mut column) };
        let slot = usize::try_from(column).ok().and_then(|c| point.get_mut(c));
        match (found, slot) {
            (0, Some(slot)) => *slot = value,
            _ => return Err(format!("the model has no variable {name}")),
        }
    }
    let none = std::ptr::null();
    // SAFETY: the point has one entry a column; the other arrays may be null.
    let status = unsafe { highs_sys::Highs_setSolution(highs.0, point.as_ptr(), none, none, none) };
    if status < 0 { Err("HiGHS refused the start".to_owned()) } else { Ok(()) }
}
