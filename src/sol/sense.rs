//! The sense of a model file: what a solver says of a file that maximises is turned to the
//! minimised model, once, before anything is made of it.

use super::Solution;
use super::log::{LogSummary, Printed};

/// The value of the minimised model, of one that is stated for a file that maximises or not.
#[must_use]
pub fn minimised(value: f64, maximise: bool) -> f64 {
    // No negative zero.
    if maximise { 0.0 - value } else { value }
}

impl Solution {
    /// The same answer with objective and bound of the minimised model; `maximise` tells of the
    /// file that was solved. An answer that is in that sense already stays as it is.
    #[must_use]
    pub fn minimised(mut self, maximise: bool) -> Self {
        if maximise && !self.of_model {
            self.objective = self.objective.map(|v| minimised(v, true));
            self.dual_bound = self.dual_bound.map(|v| minimised(v, true));
        }
        self.of_model = true;
        self
    }
}

impl LogSummary {
    /// The same, of a log.
    #[must_use]
    pub fn minimised(mut self, maximise: bool) -> Self {
        self.primal = self.primal.map(|v| minimised(v, maximise));
        let bound = |p: Printed| Printed { value: minimised(p.value, maximise), ..p };
        self.dual_bound = self.dual_bound.map(bound);
        self
    }
}
