//! Linear expressions over model variables, with an enclosure of the real quantity they stand for.

use crate::bounds::Interval;
use crate::ir::VarId;

/// `constant + sum a_k x_k`, standing for a real quantity of the training run.
///
/// The coefficients are doubles; the real quantity may have coefficients that are not. Two numbers
/// keep the difference honest:
///
/// * `range` contains the **real quantity** in every admissible run (outward-rounded);
/// * `slop` bounds the distance between the real quantity and the expression's value, over all
///   admissible runs. Where all arithmetic was exact it is 0.
///
/// Every row that states an inequality about the quantity is relaxed by `slop`, so that the model
/// contains every real run.
#[derive(Clone, Debug, PartialEq)]
pub struct Lin {
    /// Terms by ascending variable, no zeros.
    pub terms: Vec<(VarId, f64)>,
    /// Constant part.
    pub constant: f64,
    /// Encloses the real quantity.
    pub range: Interval,
    /// Bounds the distance from the real quantity.
    pub slop: f64,
}

impl Lin {
    /// A number that is exact.
    #[must_use]
    pub fn exact(value: f64) -> Self {
        Lin { terms: Vec::new(), constant: value, range: Interval::point(value), slop: 0.0 }
    }

    /// Whether the expression has no variable.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether the quantity is exactly zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.is_constant() && self.range == Interval::ZERO
    }

    /// The variable, if the expression is `c + a x`.
    #[must_use]
    pub fn single(&self) -> Option<(VarId, f64)> {
        match self.terms.as_slice() {
            [t] => Some(*t),
            _ => None,
        }
    }

    /// The expression's value at a point.
    #[must_use]
    pub fn value(&self, x: &[f64]) -> f64 {
        self.terms.iter().fold(self.constant, |acc, (v, a)| acc + a * x[v.index()])
    }

    /// The same expression with a smaller enclosure of the quantity.
    #[must_use]
    pub fn within(mut self, range: Interval) -> Self {
        self.range = self.range.meet(range);
        self
    }
}
