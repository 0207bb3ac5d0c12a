//! The arithmetic of a training run.

use std::fmt::Debug;

use dashu::integer::IBig;
use dashu::rational::RBig;

/// Numbers in which a network can be trained: doubles, or exact rationals.
pub trait Scalar: Clone + PartialOrd + Debug {
    /// The number that a finite double stands for; `None` for NaN and infinities.
    fn from_f64(value: f64) -> Option<Self>;
    /// A count.
    fn from_count(count: usize) -> Self;
    /// The nearest double.
    fn to_f64(&self) -> f64;
    /// `self + other`.
    fn plus(&self, other: &Self) -> Self;
    /// `self - other`.
    fn minus(&self, other: &Self) -> Self;
    /// `self * other`.
    fn times(&self, other: &Self) -> Self;
    /// `self / other`, `other` not zero.
    fn over(&self, other: &Self) -> Self;
    /// Whether the number is finite.
    fn is_finite(&self) -> bool;
    /// `log(1 + exp(self))`, where the arithmetic has it.
    fn softplus(&self) -> Option<Self>;
    /// `1 / (1 + exp(-self))`, where the arithmetic has it.
    fn sigmoid(&self) -> Option<Self>;
    /// `exp(x_c) / sum exp(x)` and `log sum exp(x)`, where the arithmetic has them.
    fn softmax(values: &[Self]) -> Option<(Vec<Self>, Self)>;

    /// Zero.
    fn zero() -> Self {
        Self::from_count(0)
    }
    /// One.
    fn one() -> Self {
        Self::from_count(1)
    }
    /// `-self`.
    fn negated(&self) -> Self {
        Self::zero().minus(self)
    }
    /// `|self|`.
    fn magnitude(&self) -> Self {
        if *self < Self::zero() { self.negated() } else { self.clone() }
    }
    /// `self += a * b`.
    fn add_product(&mut self, a: &Self, b: &Self) {
        *self = self.plus(&a.times(b));
    }
}

/// The four operations of a type that has the operators.
macro_rules! by_operators {
    () => {
        fn plus(&self, other: &Self) -> Self {
            self + other
        }
        fn minus(&self, other: &Self) -> Self {
            self - other
        }
        fn times(&self, other: &Self) -> Self {
            self * other
        }
        fn over(&self, other: &Self) -> Self {
            self / other
        }
    };
}

impl Scalar for f64 {
    fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then_some(value)
    }
    fn from_count(count: usize) -> Self {
        count as f64
    }
    fn to_f64(&self) -> f64 {
        *self
    }
    by_operators!();
    fn is_finite(&self) -> bool {
        f64::is_finite(*self)
    }
    fn softplus(&self) -> Option<Self> {
        // Written so that the exponential never overflows.
        Some(self.max(0.0) + (-self.abs()).exp().ln_1p())
    }
    fn sigmoid(&self) -> Option<Self> {
        let e = (-self.abs()).exp();
        Some(if *self >= 0.0 { 1.0 / (1.0 + e) } else { e / (1.0 + e) })
    }
    fn softmax(values: &[Self]) -> Option<(Vec<Self>, Self)> {
        let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let powers: Vec<f64> = values.iter().map(|v| (v - top).exp()).collect();
        let sum: f64 = powers.iter().sum();
        Some((powers.iter().map(|p| p / sum).collect(), top + sum.ln()))
    }
    fn negated(&self) -> Self {
        -self
    }
}

impl Scalar for RBig {
    fn from_f64(value: f64) -> Option<Self> {
        RBig::try_from(value).ok()
    }
    fn from_count(count: usize) -> Self {
        RBig::from(IBig::from(count))
    }
    fn to_f64(&self) -> f64 {
        RBig::to_f64(self).value()
    }
    by_operators!();
    fn is_finite(&self) -> bool {
        true
    }
    fn softplus(&self) -> Option<Self> {
        None
    }
    fn sigmoid(&self) -> Option<Self> {
        None
    }
    fn softmax(_: &[Self]) -> Option<(Vec<Self>, Self)> {
        None
    }
}
