//! The hook through which ranges are tightened in causal order, before a switch is made.

use crate::bounds::Interval;
use crate::encode::Lin;
use crate::ir::{Family, Model};

/// Tightens the enclosure of a quantity over everything that the model says so far
/// (papers 1.5 D, steps `0..t` and the adversary block).
pub trait Tightener {
    /// An interval that contains the quantity in every admissible run. `interesting` is the
    /// switching point: a caller needs no more than the side on which the quantity lies.
    fn tighten(
        &mut self,
        model: &Model,
        quantity: &Lin,
        interesting: f64,
        family: Family,
    ) -> Interval;
}
