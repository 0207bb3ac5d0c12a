//! Counts that describe a model.

use std::fmt;

use super::Model;
use super::class::{ProgramClass, class};
use super::vars::VarKind;

/// What is in a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stats {
    /// Continuous variables.
    pub continuous: usize,
    /// Integer variables that are not binary.
    pub integers: usize,
    /// Binary variables.
    pub binaries: usize,
    /// Variables with lower bound equal to upper bound.
    pub fixed: usize,
    /// Variables with an infinite bound.
    pub unbounded: usize,
    /// Rows without a quadratic or smooth part, indicators included.
    pub linear_rows: usize,
    /// Rows with a quadratic part.
    pub quad_rows: usize,
    /// Rows with a smooth part.
    pub smooth_rows: usize,
    /// Rows with a guard.
    pub indicators: usize,
    /// Special ordered sets.
    pub sos1: usize,
    /// Variables with a branching priority.
    pub priorities: usize,
    /// Linear entries of all rows.
    pub nonzeros: usize,
    /// Quadratic terms of all rows.
    pub quad_terms: usize,
    /// Linear and quadratic terms of the objective.
    pub objective_terms: usize,
    /// Smallest and largest size of a coefficient in rows, if there is one.
    pub coefficients: Option<(f64, f64)>,
    /// Smallest and largest size of a coefficient of the objective, which is minimised.
    pub objective_coefficients: Option<(f64, f64)>,
    /// Constant of the objective, which is minimised; that of a smooth part is not counted.
    pub objective_constant: f64,
    /// Class of the program.
    pub class: ProgramClass,
}

/// Counts what is in `model`.
#[must_use]
pub fn stats(model: &Model) -> Stats {
    let (vars, rows) = (&model.vars, &model.rows);
    let kind = |k: VarKind| vars.kind.iter().filter(|x| **x == k).count();
    let both =
        rows.quad_rows.iter().filter(|q| rows.smooth.binary_search_by_key(&q.0, |s| s.0).is_ok());
    let nonlinear = rows.quad_rows.len() + rows.smooth.len() - both.count();
    let sizes = rows.val.iter().copied().chain(rows.quad.iter().map(|t| t.coefficient));
    let goal = &model.objective;
    let of_goal = goal.linear.iter().map(|t| t.1).chain(goal.quad.iter().map(|t| t.coefficient));
    let bounds = || vars.lower.iter().zip(&vars.upper);
    Stats {
        continuous: kind(VarKind::Continuous),
        integers: kind(VarKind::Integer),
        binaries: kind(VarKind::Binary),
        fixed: bounds().filter(|(l, u)| l == u).count(),
        unbounded: bounds().filter(|(l, u)| l.is_infinite() || u.is_infinite()).count(),
        linear_rows: rows.len() - nonlinear,
        quad_rows: rows.quad_rows.len(),
        smooth_rows: rows.smooth.len(),
        indicators: rows.guards.len(),
        sos1: model.sos1.len(),
        priorities: model.priorities.len(),
        nonzeros: rows.nonzeros(),
        quad_terms: rows.quad_terms(),
        objective_terms: goal.linear.len() + goal.quad.len(),
        coefficients: range(sizes),
        objective_coefficients: range(of_goal),
        objective_constant: goal.constant,
        class: class(model),
    }
}

/// Smallest and largest size.
fn range(sizes: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    sizes.map(f64::abs).fold(None, |range: Option<(f64, f64)>, a| {
        Some(range.map_or((a, a), |(lo, hi)| (lo.min(a), hi.max(a))))
    })
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "class        {}", self.class)?;
        writeln!(
            f,
            "variables    {} ({} continuous, {} integer, {} binary; {} fixed, {} with an infinite bound)",
            self.continuous + self.integers + self.binaries,
            self.continuous,
            self.integers,
            self.binaries,
            self.fixed,
            self.unbounded
        )?;
        writeln!(
            f,
            "rows         {} linear ({} indicators), {} quadratic, {} smooth; {} special ordered sets",
            self.linear_rows, self.indicators, self.quad_rows, self.smooth_rows, self.sos1
        )?;
        writeln!(
            f,
            "terms        {} linear, {} quadratic; {} in the objective",
            self.nonzeros, self.quad_terms, self.objective_terms
        )?;
        if self.priorities > 0 {
            writeln!(f, "priorities   {} variables", self.priorities)?;
        }
        let words = |range: Option<(f64, f64)>| match range {
            Some((lo, hi)) => format!("{lo:e} to {hi:e}"),
            None => "none".to_owned(),
        };
        let (rows, goal) = (words(self.coefficients), words(self.objective_coefficients));
        write!(f, "coefficients {rows} in the rows, {goal} in the objective")
    }
}
