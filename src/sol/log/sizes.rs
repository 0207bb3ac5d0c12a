//! The sizes of the model that a solver says it has read, before its presolve.

use super::LogKind;
use crate::ir::Model;

/// Rows, columns and nonzeros as a solver counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Who counts.
    pub kind: LogKind,
    /// Rows; Gurobi counts the linear ones alone.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Linear entries of these rows; SCIP states none.
    pub nonzeros: Option<usize>,
}

impl Sizes {
    /// What the solver states of `model`.
    #[must_use]
    pub fn of(model: &Model, kind: LogKind) -> Self {
        let counted = |r: &crate::ir::RowView<'_>| match kind {
            LogKind::Gurobi | LogKind::Copt => r.quad.is_empty() && r.guard.is_none(),
            LogKind::Highs | LogKind::Scip | LogKind::Cplex | LogKind::Xpress | LogKind::Cbc => {
                true
            }
        };
        let rows = model.rows.iter().filter(counted);
        let (rows, nonzeros) = rows.fold((0, 0), |(r, n), row| (r + 1, n + row.cols.len()));
        Sizes {
            kind,
            rows,
            columns: model.var_count(),
            nonzeros: match kind {
                LogKind::Scip => None,
                LogKind::Gurobi
                | LogKind::Highs
                | LogKind::Cplex
                | LogKind::Xpress
                | LogKind::Copt
                | LogKind::Cbc => Some(nonzeros),
            },
        }
    }

    /// Whether these can be the sizes of `model`. SCIP's readers add a column and a row for a
    /// quadratic objective and for each indicator.
    #[must_use]
    pub fn fits(&self, model: &Model) -> bool {
        let own = Sizes::of(model, self.kind);
        let added = match self.kind {
            LogKind::Gurobi
            | LogKind::Highs
            | LogKind::Cplex
            | LogKind::Xpress
            | LogKind::Copt
            | LogKind::Cbc => 0,
            LogKind::Scip => {
                model.rows.iter().filter(|r| r.guard.is_some()).count()
                    + usize::from(!model.objective.quad.is_empty())
            }
        };
        (own.rows..=own.rows + added).contains(&self.rows)
            && (own.columns..=own.columns + added).contains(&self.columns)
            && self.nonzeros == own.nonzeros
    }

    /// Reads `N rows ... N columns ... N nonzeros`, whatever stands between.
    pub(super) fn read(kind: LogKind, line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let before = |names: &[&str]| {
            words.windows(2).find_map(|w| {
                let name = w[1].trim_end_matches([',', ';']);
                names.contains(&name).then(|| w[0].parse::<usize>().ok()).flatten()
            })
        };
        Some(Sizes {
            kind,
            rows: before(&["rows", "row", "constraints"])?,
            columns: before(match kind {
                LogKind::Highs => &["cols", "col"],
                LogKind::Xpress | LogKind::Cbc => &["columns", "cols"],
                LogKind::Scip | LogKind::Gurobi | LogKind::Cplex | LogKind::Copt => {
                    &["columns", "variables"]
                }
            })?,
            nonzeros: match kind {
                LogKind::Scip => None,
                // `2 matrix nonzeros` where there is a Hessian as well.
                LogKind::Gurobi => Some(before(&["nonzeros"])?),
                LogKind::Highs => Some(before(&["nonzeros"]).or_else(|| matrix(&words))?),
                LogKind::Copt => Some(before(&["non-zero", "non-zeros"])?),
                LogKind::Xpress => {
                    Some(before(&["elements"]).or_else(|| linear_coefficients(&words))?)
                }
                LogKind::Cplex | LogKind::Cbc => Some(before(&["elements", "nonzeros", "NZ"])?),
            },
        })
    }
}

/// `2 matrix nonzeros`, as HiGHS counts where there is a Hessian as well.
fn matrix(words: &[&str]) -> Option<usize> {
    let at = words.windows(3).find(|w| w[1] == "matrix" && w[2].starts_with("nonzeros"))?;
    at[0].parse().ok()
}

/// `3 linear coefficients`, as Xpress counts nonlinear models.
fn linear_coefficients(words: &[&str]) -> Option<usize> {
    let at = words.windows(3).find(|w| w[1] == "linear" && w[2] == "coefficients")?;
    at[0].parse().ok()
}

impl std::fmt::Display for Sizes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} rows and {} columns", self.rows, self.columns)?;
        match self.nonzeros {
            Some(n) => write!(f, " and {n} nonzeros"),
            None => Ok(()),
        }
    }
}
