//! Sequences of linear programs over one set of columns and rows, solved by HiGHS.
//!
//! Bound tightening solves thousands of linear programs that differ in their objective and in a
//! few bounds; a session keeps rows and basis, so each one starts where the last ended. The row
//! duals come with the optimum: [`super::dual_bound`] turns them into a bound that holds exactly.

use std::ffi::{c_char, c_int, c_void};
use std::marker::PhantomData;
use std::sync::atomic::{AtomicBool, Ordering};

use super::highs_lib::{CallbackIn, Handle, HighsLibrary};
use super::{SolveError, SolverKind};
use crate::ir::names::describe_row;
use crate::ir::{Model, Sense, VarId};

/// How a linear program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LpStatus {
    /// Optimal to the solver's tolerances.
    Optimal,
    /// No feasible point.
    Infeasible,
    /// No bound, or infeasible.
    Unbounded,
    /// Time or iterations ran out, or somebody stopped it; duals may still be of use.
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

/// Which columns and rows are basic: where a linear program starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    columns: Vec<c_int>,
    rows: Vec<c_int>,
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
            let (low, high) = sides(row.sense, row.rhs);
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
        // HiGHS copies the arrays. Rowwise format is 2, minimisation 1. Strategy 0 lets HiGHS take the
        // primal simplex where only the objective has changed.
        let outcome = unsafe {
            (library.set_bool)(handle, c"output_flag".as_ptr(), 0);
            (library.set_int)(handle, c"threads".as_ptr(), 1);
            (library.set_int)(handle, c"random_seed".as_ptr(), 0);
            (library.set_int)(handle, c"simplex_strategy".as_ptr(), 0);
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

    /// Replaces coefficients and right-hand side of a row; the others stay as they are.
    ///
    /// # Errors
    /// HiGHS refuses them, or there is no such row or variable.
    pub fn set_row(
        &mut self,
        row: usize,
        entries: &[(VarId, f64)],
        sense: Sense,
        rhs: f64,
    ) -> Result<(), SolveError> {
        if row >= self.rows || entries.iter().any(|(v, _)| v.index() >= self.columns) {
            return Err(self.library.error("it was given an unknown row or variable"));
        }
        let id = row as c_int;
        let (low, high) = sides(sense, rhs);
        let mut refused = false;
        // SAFETY: row and columns exist.
        unsafe {
            for (v, a) in entries {
                refused |= (self.library.coefficient)(self.handle, id, v.0 as c_int, *a) < 0;
            }
            refused |= (self.library.row_bounds)(self.handle, id, low, high) < 0;
        }
        if refused { Err(self.library.error("it refused a row")) } else { Ok(()) }
    }

    /// Appends a row; the last basis is kept, with the row's slack in it.
    ///
    /// # Errors
    /// HiGHS refuses it, or there is no such variable.
    pub fn add_row(
        &mut self,
        terms: &[(VarId, f64)],
        sense: Sense,
        rhs: f64,
    ) -> Result<(), SolveError> {
        if terms.iter().any(|(v, _)| v.index() >= self.columns) {
            return Err(self.library.error("it was given a row with an unknown variable"));
        }
        let (low, high) = sides(sense, rhs);
        // All fit: the column count did, and no variable stands twice in a row.
        let index: Vec<c_int> = terms.iter().map(|t| t.0.0 as c_int).collect();
        let value: Vec<f64> = terms.iter().map(|t| t.1).collect();
        let (entries, start) = (index.len() as c_int, [0]);
        // SAFETY: the columns exist, the arrays have the lengths that are passed, and HiGHS copies
        // them.
        let outcome = unsafe {
            (self.library.add_rows)(
                self.handle,
                1,
                &raw const low,
                &raw const high,
                entries,
                start.as_ptr(),
                index.as_ptr(),
                value.as_ptr(),
            )
        };
        if outcome < 0 {
            return Err(self.library.error("it refused a row"));
        }
        self.rows += 1;
        Ok(())
    }

    /// The basis in which the last linear program ended; nothing if HiGHS has none.
    #[must_use]
    pub fn basis(&self) -> Option<Basis> {
        let mut basis = Basis { columns: vec![0; self.columns], rows: vec![0; self.rows] };
        // SAFETY: the arrays have one entry a column and a row.
        let outcome = unsafe {
            let (columns, rows) = (basis.columns.as_mut_ptr(), basis.rows.as_mut_ptr());
            (self.library.get_basis)(self.handle, columns, rows)
        };
        (outcome >= 0).then_some(basis)
    }

    /// Lets the next linear program start from a basis.
    ///
    /// # Errors
    /// HiGHS refuses it, or it belongs to other rows or columns.
    pub fn set_basis(&mut self, basis: &Basis) -> Result<(), SolveError> {
        if basis.columns.len() != self.columns || basis.rows.len() != self.rows {
            return Err(self.library.error("it was given the basis of another program"));
        }
        // SAFETY: the arrays have one entry a column and a row, and HiGHS copies them.
        let outcome = unsafe {
            let (columns, rows) = (basis.columns.as_ptr(), basis.rows.as_ptr());
            (self.library.set_basis)(self.handle, columns, rows)
        };
        if outcome < 0 { Err(self.library.error("it refused a basis")) } else { Ok(()) }
    }

    /// Multipliers that show why the program just solved has no feasible point, up to their common
    /// sign; nothing if HiGHS has none.
    #[must_use]
    pub fn dual_ray(&self) -> Option<Vec<f64>> {
        let mut ray = vec![0.0; self.rows];
        let mut has: c_int = 0;
        // SAFETY: the array has one entry a row.
        let outcome =
            unsafe { (self.library.dual_ray)(self.handle, &raw mut has, ray.as_mut_ptr()) };
        (outcome >= 0 && has != 0).then_some(ray)
    }

    /// Ends the linear program that is being solved, and those after it, once `stop` is set. HiGHS asks in
    /// every iteration of the simplex method.
    pub fn heed(&mut self, stop: &'a AtomicBool) {
        const SIMPLEX_INTERRUPT: c_int = 1;
        let data = std::ptr::from_ref(stop).cast_mut().cast::<c_void>();
        // SAFETY: the handle is valid, and `stop` outlives this session, which destroys it. Where HiGHS
        // refuses, it is not interrupted.
        unsafe {
            (self.library.set_callback)(self.handle, ask, data);
            (self.library.start_callback)(self.handle, SIMPLEX_INTERRUPT);
        }
    }

    /// Ends each linear program after so many iterations of the simplex method.
    pub fn limit_iterations(&mut self, n: u32) {
        let n = c_int::try_from(n).unwrap_or(c_int::MAX);
        // SAFETY: the handle is valid; the option name is a C string.
        unsafe { (self.library.set_int)(self.handle, c"simplex_iteration_limit".as_ptr(), n) };
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
            13 | 14 | 17 => LpStatus::Limit,
            other => LpStatus::Other(other),
        };
        Ok(LpAnswer { status, objective, values, row_duals })
    }
}

/// Tells HiGHS whether somebody has stopped it; `data` is the [`AtomicBool`] of [`LpSession::heed`].
unsafe extern "C" fn ask(
    _: c_int,
    _: *const c_char,
    _: *const c_void,
    answer: *mut CallbackIn,
    data: *mut c_void,
) {
    // SAFETY: HiGHS hands on the pointer that it was given, to a value that outlives the session, and
    // an answer of its own, if any.
    unsafe {
        if let (Some(stop), Some(answer)) = (data.cast::<AtomicBool>().as_ref(), answer.as_mut()) {
            // HiGHS keeps an answer until it gets another.
            answer.interrupt = c_int::from(stop.load(Ordering::Relaxed));
        }
    }
}

/// Ends of the interval that a row's left-hand side lies in.
fn sides(sense: Sense, rhs: f64) -> (f64, f64) {
    match sense {
        Sense::Le => (f64::NEG_INFINITY, rhs),
        Sense::Ge => (rhs, f64::INFINITY),
        Sense::Eq => (rhs, rhs),
    }
}

impl Drop for LpSession<'_> {
    fn drop(&mut self) {
        // SAFETY: the handle was created by this library and is not used again.
        unsafe { (self.library.destroy)(self.handle) }
    }
}
