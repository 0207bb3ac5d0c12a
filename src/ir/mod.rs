//! The intermediate representation: a mixed-integer program before it is written for a solver.
//!
//! # Meaning
//!
//! A [`Model`] denotes the set of points `x` in `R^n` that satisfy everything below, together with
//! an objective that is **always minimised**.
//!
//! 1. *Variables.* `x_j` lies in `[lower_j, upper_j]`; either end may be infinite, neither is NaN.
//!    A [`VarKind::Integer`] variable takes integer values, a [`VarKind::Binary`] one takes 0 or 1
//!    and its bounds lie in `[0, 1]`.
//! 2. *Rows.* `sum_k a_k x_k + sum_k q_k x_{i_k} x_{j_k}  (<= | >= | =)  rhs`. A quadratic term has
//!    **no** hidden factor one half; each unordered pair occurs at most once, stored with `i <= j`.
//!    Each variable occurs at most once in the linear part of a row. All coefficients are finite.
//! 3. *Guards.* A row with guard `(b, v)` is required only where the binary `b` equals `v`
//!    (an indicator constraint).
//! 4. *SOS1.* At most one member of a set is nonzero; weights only order the members.
//! 5. *Objective.* `constant + c'x + x'Qx`, minimised. The user's sense is kept in the manifest.
//! 6. *Priorities and marks* say nothing about points; they advise solvers and readers.
//! 7. *Smooth rows* (for NL targets alone) add the value of an expression of the shared DAG
//!    [`expr::Exprs`] to the left-hand side of a row.
//!
//! # Invariants
//!
//! Checked by [`crate::valid`], which hands out the token that lowering results and writers need:
//! handles point backwards only; guards are binary; no NaN anywhere; no two variables share a
//! [`Role`]; quadratic rows are sorted by row.
//!
//! # Storage
//!
//! Columnar, made for 10^8 nonzeros: no string and no allocation per variable or row. Names are
//! computed from a variable's [`Role`], and every row carries its [`Origin`], so that errors,
//! `theriac explain` and certificates speak of samples, steps and neurons.

pub mod class;
pub mod compare;
pub mod expr;
pub mod fingerprint;
pub mod mark;
pub mod names;
pub mod objective;
pub(crate) mod pen;
pub mod point;
pub mod role;
pub mod rows;
pub mod save;
pub mod sets;
pub mod stats;
pub mod vars;

pub use class::{Curvature, ProgramClass, class};
pub use expr::{ExprId, Exprs};
pub use mark::Mark;
pub use names::{NameStyle, Names};
pub use objective::Objective;
pub use role::{Family, Origin, Place, Role, Rule};
pub use rows::{Guard, QuadTerm, RowId, RowView, Rows, Sense};
pub use sets::Sos1;
pub use stats::{Stats, stats};
pub use vars::{VarId, VarKind, VarView, Vars};

/// A mixed-integer program. See the module documentation for what it means.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// The variables, one column each.
    pub vars: Vars,
    /// The rows, guarded and quadratic ones included.
    pub rows: Rows,
    /// Special ordered sets of type 1.
    pub sos1: Vec<Sos1>,
    /// The objective, minimised.
    pub objective: Objective,
    /// Smooth expressions that rows and objective may refer to; empty for all but NL targets.
    pub exprs: Exprs,
    /// Names of variables whose role is [`Family::Named`]; empty for compiled questions.
    pub names: Vec<String>,
    /// Names of rows whose rule is [`Rule::Foreign`], by their first index; empty for compiled
    /// questions. No two rows have one name.
    pub row_names: Vec<String>,
    /// Branching priorities of integer and binary variables, ascending by variable: of two
    /// undecided variables the one with the higher number is branched on first. Others have 0.
    pub priorities: Vec<(VarId, i32)>,
}

impl Model {
    /// An empty model.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a variable with bounds `[lower, upper]`.
    pub fn add_var(&mut self, kind: VarKind, lower: f64, upper: f64, role: Role) -> VarId {
        self.vars.push(kind, lower, upper, role)
    }

    /// Adds the row `sum terms (sense) rhs`. Terms of one variable are merged, zeros are dropped.
    pub fn add_row(
        &mut self,
        terms: &[(VarId, f64)],
        sense: Sense,
        rhs: f64,
        origin: Origin,
    ) -> RowId {
        self.rows.push(terms, &[], None, sense, rhs, origin)
    }

    /// Adds a row with a quadratic part.
    pub fn add_quad_row(
        &mut self,
        terms: &[(VarId, f64)],
        quad: &[QuadTerm],
        sense: Sense,
        rhs: f64,
        origin: Origin,
    ) -> RowId {
        self.rows.push(terms, quad, None, sense, rhs, origin)
    }

    /// Adds a row that holds only where `guard.var == guard.value` (an indicator constraint).
    pub fn add_guarded_row(
        &mut self,
        guard: Guard,
        terms: &[(VarId, f64)],
        sense: Sense,
        rhs: f64,
        origin: Origin,
    ) -> RowId {
        self.rows.push(terms, &[], Some(guard), sense, rhs, origin)
    }

    /// Adds any row; the others are shorthands for this.
    pub fn push_row(
        &mut self,
        terms: &[(VarId, f64)],
        quad: &[QuadTerm],
        guard: Option<Guard>,
        sense: Sense,
        rhs: f64,
        origin: Origin,
    ) -> RowId {
        self.rows.push(terms, quad, guard, sense, rhs, origin)
    }

    /// The expressions that rows and the objective refer to.
    pub fn expr_roots(&self) -> impl Iterator<Item = ExprId> {
        self.rows.smooth.iter().map(|s| s.1).chain(self.objective.smooth)
    }

    /// Expressions that occur more than once and are more than a number or a variable, older ones
    /// first: the common expressions of an NL file.
    #[must_use]
    pub fn shared_exprs(&self) -> Vec<ExprId> {
        self.exprs.shared(self.expr_roots())
    }

    /// Number of variables.
    #[must_use]
    pub fn var_count(&self) -> usize {
        self.vars.len()
    }

    /// Number of rows.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }
}
