//! HiGHS as a library, loaded at run time: sequences of linear programs over one set of rows.
//!
//! [`LpSession`] solves them; here the library is found and its functions are declared.
//!
//! The functions are those of `highs_c_api.h` of HiGHS 1.15 with 32-bit indices.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::Path;

use libloading::Library;

#[cfg(not(feature = "link-highs"))]
use super::discover::highs_library;
pub use super::lp_session::{Basis, LpAnswer, LpSession, LpStatus};
use super::{FoundSolver, SolveError};

pub(super) type Handle = *mut c_void;
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

type AddRows = unsafe extern "C" fn(
    Handle,
    c_int,
    *const f64,
    *const f64,
    c_int,
    *const c_int,
    *const c_int,
    *const f64,
) -> c_int;

type GetBasis = unsafe extern "C" fn(*const c_void, *mut c_int, *mut c_int) -> c_int;
type SetBasis = unsafe extern "C" fn(Handle, *const c_int, *const c_int) -> c_int;
/// What HiGHS may be told in a callback (`HighsCallbackDataIn`), as far as it is used: the fields behind are
/// HiGHS's own.
#[repr(C)]
pub(super) struct CallbackIn {
    pub(super) interrupt: c_int,
}
pub(super) type Callback =
    unsafe extern "C" fn(c_int, *const c_char, *const c_void, *mut CallbackIn, *mut c_void);
type SetCallback = unsafe extern "C" fn(Handle, Callback, *mut c_void) -> c_int;
type DualRay = unsafe extern "C" fn(*const c_void, *mut c_int, *mut f64) -> c_int;

/// The loaded library.
#[derive(Debug)]
pub struct HighsLibrary {
    version: String,
    pub(super) create: unsafe extern "C" fn() -> Handle,
    pub(super) destroy: unsafe extern "C" fn(Handle),
    pub(super) pass_lp: PassLp,
    pub(super) run: unsafe extern "C" fn(Handle) -> c_int,
    pub(super) status: unsafe extern "C" fn(*const c_void) -> c_int,
    pub(super) objective: unsafe extern "C" fn(*const c_void) -> f64,
    pub(super) solution:
        unsafe extern "C" fn(*const c_void, *mut f64, *mut f64, *mut f64, *mut f64) -> c_int,
    pub(super) costs: unsafe extern "C" fn(Handle, c_int, c_int, *const f64) -> c_int,
    pub(super) bounds: unsafe extern "C" fn(Handle, c_int, f64, f64) -> c_int,
    pub(super) coefficient: unsafe extern "C" fn(Handle, c_int, c_int, f64) -> c_int,
    pub(super) row_bounds: unsafe extern "C" fn(Handle, c_int, f64, f64) -> c_int,
    pub(super) add_rows: AddRows,
    pub(super) dual_ray: DualRay,
    pub(super) get_basis: GetBasis,
    pub(super) set_basis: SetBasis,
    pub(super) set_callback: SetCallback,
    pub(super) start_callback: unsafe extern "C" fn(Handle, c_int) -> c_int,
    pub(super) set_bool: unsafe extern "C" fn(Handle, *const c_char, c_int) -> c_int,
    pub(super) set_int: unsafe extern "C" fn(Handle, *const c_char, c_int) -> c_int,
    pub(super) set_double: unsafe extern "C" fn(Handle, *const c_char, f64) -> c_int,
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
            coefficient: function!("Highs_changeCoeff"),
            row_bounds: function!("Highs_changeRowBounds"),
            add_rows: function!("Highs_addRows"),
            dual_ray: function!("Highs_getDualRay"),
            get_basis: function!("Highs_getBasis"),
            set_basis: function!("Highs_setBasis"),
            set_callback: function!("Highs_setCallback"),
            start_callback: function!("Highs_startCallback"),
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
        // With the types of above.
        unsafe extern "C" {
            fn Highs_setCallback(highs: Handle, callback: Callback, data: *mut c_void) -> c_int;
        }
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
            coefficient: h::Highs_changeCoeff,
            row_bounds: h::Highs_changeRowBounds,
            add_rows: h::Highs_addRows,
            dual_ray: h::Highs_getDualRay,
            get_basis: h::Highs_getBasis,
            set_basis: h::Highs_setBasis,
            set_callback: Highs_setCallback,
            start_callback: h::Highs_startCallback,
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

    pub(super) fn error(&self, message: &str) -> SolveError {
        SolveError::Library { path: self.path.clone(), message: message.to_owned() }
    }
}
