//! Numbers in which a graph can be evaluated.

use super::exact::NotExact;
use super::smooth;
use crate::bounds::Interval;
use crate::network::graph::{Function, Unary};

/// An arithmetic. Methods named like operations of [`Op`](crate::network::graph::Op) have their
/// meaning, rounded, enclosed or exact as the type has it.
///
/// What is not defined (the logarithm of a negative number) stays so: a number that is not one goes
/// through every method, and no sign, maximum or choice makes a number of it again.
pub trait Number: Clone {
    /// The number that a double stands for, rounded to the type.
    fn constant(x: f64) -> Self;
    /// `self += w * x`, the product rounded before the sum.
    fn add_product(&mut self, w: f64, x: &Self);
    /// `self + other`.
    fn plus(&self, other: &Self) -> Self;
    /// `self - other`.
    fn minus(&self, other: &Self) -> Self;
    /// `self * other`.
    fn times(&self, other: &Self) -> Self;
    /// `self / d`, `d` not zero.
    fn over(&self, d: f64) -> Self;
    /// The larger of both.
    fn max(&self, other: &Self) -> Self;
    /// `a` where `self > 0`, or `self >= 0` if `at_zero`; else `b`.
    fn choose(&self, at_zero: bool, a: &Self, b: &Self) -> Self;
    /// An element-wise function.
    ///
    /// # Errors
    /// Where the type has no such number.
    fn unary(&self, f: Unary) -> Result<Self, NotExact>;
    /// A real number of which an enclosure is known.
    ///
    /// # Errors
    /// Where the type has no such number.
    fn enclosed(x: Interval) -> Result<Self, NotExact>;
    /// `self / other`.
    ///
    /// # Errors
    /// Where the type has no such number.
    fn quotient(&self, other: &Self) -> Result<Self, NotExact>;
}

/// The double next to the middle of an interval.
#[must_use]
pub fn middle(x: Interval) -> f64 {
    if x.is_point() { x.lo } else { x.lo / 2.0 + x.hi / 2.0 }
}

/// Floating point: `$wide` turns a number into a double without rounding, `$round` rounds one.
macro_rules! floating {
    ($type:ty) => {
        impl Number for $type {
            #[inline(always)]
            fn constant(x: f64) -> Self {
                x as $type
            }
            #[inline(always)]
            fn add_product(&mut self, w: f64, x: &Self) {
                *self += w as $type * x;
            }
            #[inline(always)]
            fn plus(&self, other: &Self) -> Self {
                self + other
            }
            #[inline(always)]
            fn minus(&self, other: &Self) -> Self {
                self - other
            }
            #[inline(always)]
            fn times(&self, other: &Self) -> Self {
                self * other
            }
            #[inline(always)]
            fn over(&self, d: f64) -> Self {
                self / d as $type
            }
            #[inline(always)]
            fn max(&self, other: &Self) -> Self {
                if *other > *self || other.is_nan() { *other } else { *self }
            }
            #[inline(always)]
            fn choose(&self, at_zero: bool, a: &Self, b: &Self) -> Self {
                if *self > 0.0 || (at_zero && *self == 0.0) {
                    *a
                } else if self.is_nan() {
                    *self
                } else {
                    *b
                }
            }
            #[inline(always)]
            fn unary(&self, f: Unary) -> Result<Self, NotExact> {
                let x = *self;
                Ok(match f {
                    Unary::Relu => {
                        if x <= 0.0 {
                            0.0
                        } else {
                            x
                        }
                    }
                    Unary::Leaky { slope } => {
                        if x >= 0.0 {
                            x
                        } else {
                            slope as $type * x
                        }
                    }
                    Unary::Clip { lo, hi } => {
                        let x = if x < lo as $type { lo as $type } else { x };
                        if x > hi as $type { hi as $type } else { x }
                    }
                    Unary::Abs => x.abs(),
                    Unary::Step { below, at, above } => {
                        if x < 0.0 {
                            below as $type
                        } else if x > 0.0 {
                            above as $type
                        } else if x == 0.0 {
                            at as $type
                        } else {
                            x
                        }
                    }
                    Unary::Threshold { threshold } => {
                        if x <= threshold as $type {
                            0.0
                        } else {
                            x
                        }
                    }
                    Unary::Smooth(f) => smooth_value(f, f64::from(x)) as $type,
                })
            }
            #[inline(always)]
            fn enclosed(x: Interval) -> Result<Self, NotExact> {
                Ok(middle(x) as $type)
            }
            #[inline(always)]
            fn quotient(&self, other: &Self) -> Result<Self, NotExact> {
                Ok(self / other)
            }
        }
    };
}

floating!(f64);
floating!(f32);

#[inline(never)]
fn smooth_value(f: Function, x: f64) -> f64 {
    smooth::value(f, x)
}
