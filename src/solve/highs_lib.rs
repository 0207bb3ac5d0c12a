//! HiGHS as a library, loaded at run time: sequences of linear programs over one set of rows.
//!
//! Bound tightening solves thousands of linear programs that differ in their objective alone; a
//! session keeps rows and basis, so each one starts where the last ended. The row duals come with
//! the optimum: [`super::dual_bound::lower_bound`] turns them into a bound that holds exactly.
//!
//! The functions are those of `highs_c_api.h` of HiGHS 1.15 with 32-bit indices.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::marker::PhantomData;
use std::path::Path;

use libloading::Library;

#[cfg(not(feature = "link-highs"))]
use super::discover::highs_library;
use super::{FoundSolver, SolveError, SolverKind};
use crate::ir::names::describe_row;
use crate::ir::{Model, Sense, VarId};

type Handle = *mut c_void;
type Width = unsafe extern "C" fn(*const c_void) -> c_int;
type PassLp = unsafe extern "C" fn(
    Handle,
    c_int,
    c_int,
    c_int,
    c_int,
    c_int,
    f64,
    *const f64,
    *const f64,
    *const f64,
    *const f64,
    *const f64,
    *const c_int,
    *const c_int,
    *const f64,
) -> c_int;

/// The loaded library.
#[derive(Debug)]
pub struct HighsLibrary {
    version: String,
    create: unsafe extern "C" fn() -> Handle,
    destroy: unsafe extern "C" fn(Handle),
    pass_lp: PassLp,
    run: unsafe extern "C" fn(Handle) -> c_int,
    status: unsafe extern "C" fn(*const c_void) -> c_int,
    objective: unsafe extern "C" fn(*const c_void) -> f64,
    solution: unsafe extern "C" fn(*const c_void, *mut f64, *mut f64, *mut f64, *mut f64) -> c_int,
    costs: unsafe extern "C" fn(Handle, c_int, c_int, *const f64) -> c_int,
    bounds: unsafe extern "C" fn(Handle, c_int, f64, f64) -> c_int,
    set_bool: unsafe extern "C" fn(Handle, *const c_char, c_int) -> c_int,
    set_int: unsafe extern "C" fn(Handle, *const c_char, c_int) -> c_int,
    set_double: unsafe extern "C" fn(Handle, *const c_char, f64) -> c_int,
    path: String,
    // Last: the functions above live as long as the library. `None` where they are linked in.
    _library: Option<Library>,
}

impl HighsLibrary {
    /// Loads the library at `path`; see [`super::discover::highs_library`].
    ///
    /// # Errors
    /// It cannot be loaded, lacks a function, or was built with 64-bit indices.
    pub fn load(path: &Path) -> Result<Self, SolveError> {
        let shown = path.display().to_string();
        let fail = |e: libloading::Error| SolveError::Library {
            path: shown.clone(),
            message: e.to_string(),
        };
        // SAFETY: loading runs the initialisers of the library that the user installed as HiGHS.
        let library = unsafe { Library::new(path) }.map_err(fail)?;
        macro_rules! function {
            // SAFETY: the types are those of `highs_c_api.h`, index width checked below.
            ($name:literal) => {
                *unsafe { library.get(concat!($name, "\0").as_bytes()) }.map_err(fail)?
            };
        }
        let version: unsafe extern "C" fn() -> *const c_char = function!("Highs_version");
        let width: Width = function!("Highs_getSizeofHighsInt");
        // SAFETY: returns a static string.
        let version = unsafe { CStr::from_ptr(version()) }.to_string_lossy().into_owned();
        let loaded = HighsLibrary {
            version,
            create: function!("Highs_create"),
            destroy: function!("Highs_destroy"),
            pass_lp: function!("Highs_passLp"),
            run: function!("Highs_run"),
            status: function!("Highs_getModelStatus"),
            objective: function!("Highs_getObjectiveValue"),
            solution: function!("Highs_getSolution"),
            costs: function!("Highs_changeColsCostByRange"),
            bounds: function!("Highs_changeColBounds"),
            set_bool: function!("Highs_setBoolOptionValue"),
            set_int: function!("Highs_setIntOptionValue"),
            set_double: function!("Highs_setDoubleOptionValue"),
            path: shown.clone(),
            _library: Some(library),
        };
        loaded.with_narrow_indices(width)
    }

    /// The library that solves linear programs among the solvers that were found: the linked one,
    /// or the shared one beside a `highs` program. `None` if there is none.
    ///
    /// # Errors
    /// As [`HighsLibrary::load`].
    pub fn find(found: &[FoundSolver]) -> Option<Result<Self, SolveError>> {
        #[cfg(feature = "link-highs")]
        return Some(Self::linked()).filter(|_| !found.is_empty());
        #[cfg(not(feature = "link-highs"))]
        highs_library(found).map(|path| Self::load(&path))
    }

    /// The library that is linked into this program.
    ///
    /// # Errors
    /// It was built with 64-bit indices.
    #[cfg(feature = "link-highs")]
    pub fn linked() -> Result<Self, SolveError> {
        use highs_sys as h;
        // SAFETY: returns a static string.
        let version = unsafe { CStr::from_ptr(h::Highs_version()) }.to_string_lossy().into_owned();
        let loaded = HighsLibrary {
            version,
            create: h::Highs_create,
            destroy: h::Highs_destroy,
            pass_lp: h::Highs_passLp,
            run: h::Highs_run,
            status: h::Highs_getModelStatus,
            objective: h::Highs_getObjectiveValue,
            solution: h::Highs_getSolution,
            costs: h::Highs_changeColsCostByRange,
            bounds: h::Highs_changeColBounds,
            set_bool: h::Highs_setBoolOptionValue,
            set_int: h::Highs_setIntOptionValue,
            set_double: h::Highs_setDoubleOptionValue,
            path: "linked".to_owned(),
            _library: None,
        };
        loaded.with_narrow_indices(h::Highs_getSizeofHighsInt)
    }

    /// Refuses a library with 64-bit indices.
    fn with_narrow_indices(self, width: Width) -> Result<Self, SolveError> {
        // SAFETY: a fresh handle is valid for both calls.
        let bytes = unsafe {
            let handle = (self.create)();
            let bytes = width(handle);
            (self.destroy)(handle);
            bytes
        };
        if usize::try_from(bytes) != Ok(size_of::<c_int>()) {
            return Err(self.error("it was built with 64-bit indices"));
        }
        Ok(self)
    }

    /// The version that the library states.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    fn error(&self, message: &str) -> SolveError {
        SolveError::Library { path: self.path.clone(), message: message.to_owned() }
    }
}

/// How a linear program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LpStatus {
    /// Optimal to the solver's tolerances.
    Optimal,
    /// No feasible point.
    Infeasible,
    /// No bound, or infeasible.
    Unbounded,
    /// Time or iterations ran out; duals may still be of use.
    Limit,
    /// Anything else, with HiGHS's number.
    Other(i32),
}

/// The answer to one linear program.
#[derive(Clone, Debug, PartialEq)]
pub struct LpAnswer {
    /// How it ended.
    pub status: LpStatus,
    /// Objective value, without the model's constant.
    pub objective: f64,
    /// Values by column.
    pub values: Vec<f64>,
    /// Multipliers by row: at most 0 for `<=`, at least 0 for `>=`, up to tolerances.
    pub row_duals: Vec<f64>,
}

/// One set of rows and bounds, solved for one objective after the other. Belongs to one thread.
#[derive(Debug)]
pub struct LpSession<'a> {
    library: &'a HighsLibrary,
    handle: Handle,
    columns: usize,
    rows: usize,
    /// Costs as HiGHS has them, so that a change touches few of them.
    costs: Vec<f64>,
    one_thread: PhantomData<*mut ()>,
}

impl<'a> LpSession<'a> {
    /// The linear relaxation of `model`: its rows and bounds without integrality, and its linear
    /// objective, minimised.
    ///
    /// # Errors
    /// A row is guarded or nonlinear, there are special ordered sets, or HiGHS refuses the model.
    pub fn new(library: &'a HighsLibrary, model: &Model) -> Result<Self, SolveError> {
        let unsupported = |what: String| SolveError::Unsupported {
            solver: SolverKind::Highs,
            what,
            advice: "relax or lower it to linear rows first",
        };
        if !model.sos1.is_empty() {
            return Err(unsupported("special ordered sets".to_owned()));
        }
        let int = |n: usize| {
            c_int::try_from(n).map_err(|_| unsupported("more than 2^31 entries".to_owned()))
        };
        let (columns, rows) = (model.var_count(), model.row_count());
        let mut costs = vec![0.0; columns];
        for (v, c) in &model.objective.linear {
            if let Some(cost) = costs.get_mut(v.index()) {
                *cost = *c;
            }
        }
        let (lower, upper): (Vec<f64>, Vec<f64>) =
            model.vars.iter().map(|v| (v.lower, v.upper)).unzip();
        let (mut row_lower, mut row_upper) = (Vec::new(), Vec::new());
        let (mut start, mut index, mut value) = (Vec::new(), Vec::new(), Vec::new());
        for row in model.rows.iter() {
            if row.guard.is_some() || !row.quad.is_empty() || row.smooth.is_some() {
                let what = format!("the guarded or nonlinear {}", describe_row(model, row.id));
                return Err(unsupported(what));
            }
            let (low, high) = match row.sense {
                Sense::Le => (f64::NEG_INFINITY, row.rhs),
                Sense::Ge => (row.rhs, f64::INFINITY),
                Sense::Eq => (row.rhs, row.rhs),
            };
            row_lower.push(low);
            row_upper.push(high);
            start.push(int(index.len())?);
            for (v, a) in row.cols.iter().zip(row.vals) {
                index.push(int(v.index())?);
                value.push(*a);
            }
        }
        let (column_count, row_count, entries) = (int(columns)?, int(rows)?, int(index.len())?);
        // SAFETY: creates an instance that this session owns and destroys.
        let handle = unsafe { (library.create)() };
        let one_thread = PhantomData;
        let session = LpSession { library, handle, columns, rows, costs, one_thread };
        // SAFETY: option names are C strings; array lengths agree with the counts that are passed;
        // HiGHS copies the arrays. Rowwise format is 2, minimisation 1.
        let outcome = unsafe {
            (library.set_bool)(handle, c"output_flag".as_ptr(), 0);
            (library.set_int)(handle, c"threads".as_ptr(), 1);
            (library.set_int)(handle, c"random_seed".as_ptr(), 0);
            (library.pass_lp)(
                handle,
                column_count,
                row_count,
                entries,
                2,
                1,
                0.0,
                session.costs.as_ptr(),
                lower.as_ptr(),
                upper.as_ptr(),
                row_lower.as_ptr(),
                row_upper.as_ptr(),
                start.as_ptr(),
                index.as_ptr(),
                value.as_ptr(),
            )
        };
        if outcome < 0 { Err(library.error("it refused the model")) } else { Ok(session) }
    }

    /// Replaces the objective by `sum terms`, minimised; the last basis is kept.
    ///
    /// # Errors
    /// HiGHS refuses the costs.
    pub fn set_objective(&mut self, terms: &[(VarId, f64)]) -> Result<(), SolveError> {
        let mut fresh = vec![0.0; self.columns];
        for (v, c) in terms {
            if let Some(cost) = fresh.get_mut(v.index()) {
                *cost += *c;
            }
        }
        let changed = |(_, (a, b)): &(usize, (&f64, &f64))| a != b;
        let pairs = || fresh.iter().zip(&self.costs).enumerate().filter(changed);
        if let (Some((first, _)), Some((last, _))) = (pairs().next(), pairs().next_back()) {
            // Both fit: the column count did.
            let (from, to) = (first as c_int, last as c_int);
            let costs = fresh.get(first..=last).unwrap_or_default();
            // SAFETY: `costs` has `to - from + 1` entries, and HiGHS copies them.
            let outcome = unsafe { (self.library.costs)(self.handle, from, to, costs.as_ptr()) };
            if outcome < 0 {
                return Err(self.library.error("it refused an objective"));
            }
            self.costs = fresh;
        }
        Ok(())
    }

    /// Replaces the bounds of a variable.
    ///
    /// # Errors
    /// HiGHS refuses the bounds or knows no such variable.
    pub fn set_bounds(&mut self, var: VarId, lower: f64, upper: f64) -> Result<(), SolveError> {
        if var.index() >= self.columns {
            return Err(self.library.error("it was given bounds of an unknown variable"));
        }
        // SAFETY: the column exists.
        let outcome = unsafe { (self.library.bounds)(self.handle, var.0 as c_int, lower, upper) };
        if outcome < 0 { Err(self.library.error("it refused bounds")) } else { Ok(()) }
    }

    /// Solves for the present objective and bounds, for at most `seconds` more.
    ///
    /// # Errors
    /// HiGHS fails; infeasible, unbounded and limits are answers.
    pub fn solve(&mut self, seconds: Option<f64>) -> Result<LpAnswer, SolveError> {
        let limit = seconds.unwrap_or(f64::INFINITY);
        // SAFETY: the handle is valid; the option name is a C string.
        let (outcome, status) = unsafe {
            (self.library.set_double)(self.handle, c"time_limit".as_ptr(), limit);
            ((self.library.run)(self.handle), (self.library.status)(self.handle))
        };
        if outcome < 0 {
            return Err(self.library.error("it failed on a linear program"));
        }
        let mut values = vec![0.0; self.columns];
        let mut reduced = vec![0.0; self.columns];
        let mut activity = vec![0.0; self.rows];
        let mut row_duals = vec![0.0; self.rows];
        // SAFETY: the arrays have one entry a column and a row.
        let objective = unsafe {
            (self.library.solution)(
                self.handle,
                values.as_mut_ptr(),
                reduced.as_mut_ptr(),
                activity.as_mut_ptr(),
                row_duals.as_mut_ptr(),
            );
            (self.library.objective)(self.handle)
        };
        let status = match status {
            7 => LpStatus::Optimal,
            8 => LpStatus::Infeasible,
            9 | 10 => LpStatus::Unbounded,
            13 | 14 => LpStatus::Limit,
            other => LpStatus::Other(other),
        };
        Ok(LpAnswer { status, objective, values, row_duals })
    }
}

impl Drop for LpSession<'_> {
    fn drop(&mut self) {
        // SAFETY: the handle was created by this library and is not used again.
        unsafe { (self.library.destroy)(self.handle) }
    }
}
