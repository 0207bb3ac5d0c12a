//! What a run of a solver came to.

use super::SolverKind;
use crate::sol::{Solution, Status};

/// The end of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct SolveReport {
    /// Who ran.
    pub kind: SolverKind,
    /// Name and version, as the solver itself states them.
    pub solver: String,
    /// Status, point, objective and dual bound, in the sense of the model file.
    pub solution: Solution,
    /// How far the true dual bound may lie from `solution.dual_bound` because it was printed with
    /// few digits. See [`SolveReport::safe_bound`].
    pub bound_slack: f64,
    /// Wall-clock seconds of the whole run, reading included.
    pub seconds: f64,
    /// Nodes explored, where the solver says so.
    pub nodes: Option<u64>,
    /// `(seconds, bound, incumbent)` at each change of either.
    pub history: Vec<(f64, Option<f64>, Option<f64>)>,
    /// Last lines that the solver printed.
    pub log_tail: String,
    /// All that the solver printed.
    pub log: String,
    /// What the reader of the result should know, one sentence each.
    pub notes: Vec<String>,
}

impl SolveReport {
    /// The status.
    #[must_use]
    pub fn status(&self) -> &Status {
        &self.solution.status
    }

    /// Name and version apart.
    #[must_use]
    pub fn name_and_version(&self) -> (&str, &str) {
        self.solver.split_once(' ').unwrap_or((&self.solver, ""))
    }

    /// The dual bound moved outwards by what printing may have cost: a lower bound if the model
    /// is minimised, an upper bound otherwise. `None` if the solver gave none.
    ///
    /// The solver's own tolerances remain: the bound is that of a floating-point solver.
    #[must_use]
    pub fn safe_bound(&self, minimised: bool) -> Option<f64> {
        let bound = self.solution.dual_bound?;
        Some(if minimised {
            (bound - self.bound_slack).next_down()
        } else {
            (bound + self.bound_slack).next_up()
        })
    }
}

/// Collects the history of a run: one entry a change.
#[derive(Clone, Debug, Default)]
pub(super) struct History(Vec<(f64, Option<f64>, Option<f64>)>);

impl History {
    pub(super) fn push(&mut self, seconds: f64, bound: Option<f64>, incumbent: Option<f64>) {
        let (old_bound, old_incumbent) = self.0.last().map_or((None, None), |h| (h.1, h.2));
        let entry = (seconds, bound.or(old_bound), incumbent.or(old_incumbent));
        let same = (entry.1, entry.2) == (old_bound, old_incumbent);
        if !same {
            self.0.push(entry);
        }
    }

    pub(super) fn into_vec(self) -> Vec<(f64, Option<f64>, Option<f64>)> {
        self.0
    }
}
