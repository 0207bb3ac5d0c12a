//! The hook through which ranges are tightened in causal order, before a switch is made.

use crate::bounds::Interval;
use crate::encode::Lin;
use crate::ir::{Model, Role};

/// A quantity whose range is to be tightened.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The quantity, with the range known so far.
    pub quantity: Lin,
    /// Its switching points: nobody needs more than the sides on which the quantity lies. Without
    /// any, both ends of the range matter.
    pub points: Vec<f64>,
    /// What the quantity is: the same in every program of one question, and of one quantity alone.
    pub role: Role,
}

impl Wanted {
    /// Whether a better range can be of use.
    #[must_use]
    pub fn is_open(&self, range: Interval) -> bool {
        let undecided = |p: &f64| range.lo < *p && *p < range.hi;
        !self.quantity.is_constant()
            && !range.is_point()
            && (self.points.is_empty() || self.points.iter().any(undecided))
    }
}

/// Tightens the enclosures of quantities over what the model says so far (papers 1.5 D, steps
/// `0..t` and the adversary block).
pub trait Tightener {
    /// From here on the rows of step `t` (0-based) are made; `t` is the number of steps where the
    /// goal begins.
    fn begin_step(&mut self, model: &Model, t: usize);

    /// For each quantity an interval that contains it in every admissible run. They are tightened
    /// independently of each other, all over the model as it is now.
    fn tighten(&mut self, model: &Model, wanted: &[Wanted]) -> Vec<Interval>;
}
