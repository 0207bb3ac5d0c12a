//! From the minimised objective to the value of the user's goal.

use crate::bounds::Interval;

/// How a goal's value follows from the objective, which is always minimised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueMap {
    /// The value is the objective; the adversary minimises it.
    AsIs,
    /// The value is minus the objective; the adversary maximises it.
    Negated,
    /// The value is the square of minus the objective (which is `-|r|`); maximised.
    SquareOfNegated,
}

impl ValueMap {
    /// The goal's value at an objective value.
    #[must_use]
    pub fn value(self, objective: f64) -> f64 {
        match self {
            ValueMap::AsIs => objective,
            ValueMap::Negated => -objective,
            ValueMap::SquareOfNegated => {
                let t = (-objective).max(0.0);
                t * t
            }
        }
    }

    /// The goal's proved bound at a lower bound of the objective, rounded outwards.
    #[must_use]
    pub fn bound(self, objective: f64) -> f64 {
        match self {
            ValueMap::AsIs => objective,
            ValueMap::Negated => -objective,
            ValueMap::SquareOfNegated => Interval::new(0.0, (-objective).max(0.0)).square().hi,
        }
    }

    /// The worst value of the goal over an enclosure of the objective.
    #[must_use]
    pub fn enclose(self, objective: Interval) -> Interval {
        let worst = self.bound(objective.lo);
        let best = self.value(objective.hi);
        Interval { lo: worst.min(best), hi: worst.max(best) }
    }
}
