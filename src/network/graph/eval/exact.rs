//! The real value of a graph as a rational number.

use dashu::rational::RBig;

use super::number::Number;
use crate::bounds::Interval;
use crate::network::graph::Unary;

/// Why a node has no rational value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotExact {
    /// A smooth function.
    #[error("a smooth function takes irrational values")]
    Smooth,
    /// A factor or shift that is no double.
    #[error("a factor is known by an enclosure alone")]
    Enclosed,
    /// A division by zero.
    #[error("it divides by zero")]
    ByZero,
    /// A constant that is not finite.
    #[error("a constant is not finite")]
    Infinite,
}

/// The number that a finite double stands for. Infinite constants are refused before
/// ([`super::ops`]); infinite ends of a clip are never looked at.
fn real(x: f64) -> RBig {
    RBig::try_from(x).unwrap_or(RBig::ZERO)
}

impl Number for RBig {
    fn constant(x: f64) -> Self {
        real(x)
    }
    fn add_product(&mut self, w: f64, x: &Self) {
        if w != 0.0 && !x.is_zero() {
            *self += real(w) * x;
        }
    }
    fn plus(&self, other: &Self) -> Self {
        self + other
    }
    fn minus(&self, other: &Self) -> Self {
        self - other
    }
    fn times(&self, other: &Self) -> Self {
        self * other
    }
    fn over(&self, d: f64) -> Self {
        self / real(d)
    }
    fn max(&self, other: &Self) -> Self {
        if other > self { other.clone() } else { self.clone() }
    }
    fn choose(&self, at_zero: bool, a: &Self, b: &Self) -> Self {
        let positive = *self > RBig::ZERO || (at_zero && self.is_zero());
        if positive { a.clone() } else { b.clone() }
    }
    fn unary(&self, f: Unary) -> Result<Self, NotExact> {
        let x = self;
        let negative = *x < RBig::ZERO;
        Ok(match f {
            Unary::Relu => {
                if negative {
                    RBig::ZERO
                } else {
                    x.clone()
                }
            }
            Unary::Leaky { slope } => {
                if negative {
                    real(slope) * x
                } else {
                    x.clone()
                }
            }
            Unary::Clip { lo, hi } => {
                if lo.is_finite() && *x < real(lo) {
                    real(lo)
                } else if hi.is_finite() && *x > real(hi) {
                    real(hi)
                } else {
                    x.clone()
                }
            }
            Unary::Abs => {
                if negative {
                    -x
                } else {
                    x.clone()
                }
            }
            Unary::Step { below, at, above } => real(if negative {
                below
            } else if x.is_zero() {
                at
            } else {
                above
            }),
            Unary::Threshold { threshold } => {
                if *x > real(threshold) {
                    x.clone()
                } else {
                    RBig::ZERO
                }
            }
            Unary::Smooth(_) => return Err(NotExact::Smooth),
        })
    }
    fn enclosed(x: Interval) -> Result<Self, NotExact> {
        if !x.is_point() {
            return Err(NotExact::Enclosed);
        }
        RBig::try_from(x.lo).map_err(|_| NotExact::Infinite)
    }
    fn quotient(&self, other: &Self) -> Result<Self, NotExact> {
        if other.is_zero() { Err(NotExact::ByZero) } else { Ok(self / other) }
    }
}
