//! Closed intervals with outward rounding.
//!
//! Every operation returns an interval that contains the exact real result for all operands in the
//! given intervals. A sum or product that a double holds exactly is not widened: the rounding error
//! is computed by an error-free transformation, and an end moves by one unit in the last place only
//! where the error points inwards.

use std::ops::{Add, Mul, Neg, Sub};

/// `[lo, hi]` with `lo <= hi`; ends may be infinite, never NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub lo: f64,
    /// Upper end.
    pub hi: f64,
}

/// Largest double `<=` the real sum of `a` and `b`, or one below it.
#[must_use]
pub fn add_down(a: f64, b: f64) -> f64 {
    let s = a + b;
    if s.is_infinite() {
        // A finite overflow upwards is still at least the largest double.
        return if s > 0.0 && a.is_finite() && b.is_finite() { f64::MAX } else { s };
    }
    if two_sum_error(a, b, s) < 0.0 { s.next_down() } else { s }
}

/// Smallest double `>=` the real sum of `a` and `b`, or one above it.
#[must_use]
pub fn add_up(a: f64, b: f64) -> f64 {
    -add_down(-a, -b)
}

/// Largest double `<=` the real product of `a` and `b`, or one below it; `0 * inf` is 0.
#[must_use]
pub fn mul_down(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 {
        return 0.0;
    }
    let p = a * b;
    if p.is_infinite() {
        return if p > 0.0 && a.is_finite() && b.is_finite() { f64::MAX } else { p };
    }
    // Below this magnitude the error of the product need not be a double.
    if p.abs() < 1e-280 {
        return p.next_down();
    }
    if a.mul_add(b, -p) < 0.0 { p.next_down() } else { p }
}

/// Smallest double `>=` the real product of `a` and `b`, or one above it; `0 * inf` is 0.
#[must_use]
pub fn mul_up(a: f64, b: f64) -> f64 {
    -mul_down(-a, b)
}

/// The exact error of the rounded sum `s = fl(a + b)` (Knuth's two-sum).
fn two_sum_error(a: f64, b: f64, s: f64) -> f64 {
    let bb = s - a;
    (a - (s - bb)) + (b - bb)
}

impl Interval {
    /// The interval `[0, 0]`.
    pub const ZERO: Interval = Interval { lo: 0.0, hi: 0.0 };
    /// The interval `[0, 1]`.
    pub const UNIT: Interval = Interval { lo: 0.0, hi: 1.0 };
    /// The whole line.
    pub const ALL: Interval = Interval { lo: f64::NEG_INFINITY, hi: f64::INFINITY };

    /// `[lo, hi]`.
    #[must_use]
    pub fn new(lo: f64, hi: f64) -> Self {
        debug_assert!(lo <= hi, "empty interval [{lo}, {hi}]");
        Interval { lo, hi }
    }

    /// `[x, x]`.
    #[must_use]
    pub fn point(x: f64) -> Self {
        Interval { lo: x, hi: x }
    }

    /// Whether the interval is one number.
    #[must_use]
    pub fn is_point(self) -> bool {
        self.lo == self.hi
    }

    /// Whether both ends are finite.
    #[must_use]
    pub fn is_finite(self) -> bool {
        self.lo.is_finite() && self.hi.is_finite()
    }

    /// Whether `x` lies in the interval.
    #[must_use]
    pub fn contains(self, x: f64) -> bool {
        self.lo <= x && x <= self.hi
    }

    /// Largest absolute value.
    #[must_use]
    pub fn magnitude(self) -> f64 {
        self.lo.abs().max(self.hi.abs())
    }

    /// An upper bound of `hi - lo`.
    #[must_use]
    pub fn width(self) -> f64 {
        add_up(self.hi, -self.lo)
    }

    /// Smallest interval that contains both.
    #[must_use]
    pub fn hull(self, other: Interval) -> Interval {
        Interval { lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }

    /// The common part. Both enclose the same quantity, so it is not empty in exact arithmetic;
    /// where rounding of the sources makes it empty, the hull of the gap is returned.
    #[must_use]
    pub fn meet(self, other: Interval) -> Interval {
        let (lo, hi) = (self.lo.max(other.lo), self.hi.min(other.hi));
        if lo <= hi { Interval { lo, hi } } else { Interval { lo: hi, hi: lo } }
    }

    /// Moves both ends outwards by `by >= 0`.
    #[must_use]
    pub fn widen(self, by: f64) -> Interval {
        Interval { lo: add_down(self.lo, -by), hi: add_up(self.hi, by) }
    }

    /// `max(x, 0)`.
    #[must_use]
    pub fn relu(self) -> Interval {
        Interval { lo: self.lo.max(0.0), hi: self.hi.max(0.0) }
    }

    /// `min(max(x, lo), hi)`.
    #[must_use]
    pub fn clamp(self, lo: f64, hi: f64) -> Interval {
        Interval { lo: self.lo.clamp(lo, hi), hi: self.hi.clamp(lo, hi) }
    }

    /// The product with a number.
    #[must_use]
    pub fn scale(self, c: f64) -> Interval {
        if c >= 0.0 {
            Interval { lo: mul_down(self.lo, c), hi: mul_up(self.hi, c) }
        } else {
            Interval { lo: mul_down(self.hi, c), hi: mul_up(self.lo, c) }
        }
    }

    /// The quotient by a positive number.
    #[must_use]
    pub fn divide(self, d: f64) -> Interval {
        let down = |x: f64| if exact_quotient(x, d) { x / d } else { (x / d).next_down() };
        let up = |x: f64| if exact_quotient(x, d) { x / d } else { (x / d).next_up() };
        Interval { lo: down(self.lo), hi: up(self.hi) }
    }

    /// The square.
    #[must_use]
    pub fn square(self) -> Interval {
        let m = self.magnitude();
        let lo = if self.contains(0.0) { 0.0 } else { self.lo.abs().min(self.hi.abs()) };
        Interval { lo: mul_down(lo, lo).max(0.0), hi: mul_up(m, m) }
    }
}

/// Whether `x / d` is a double, decided by multiplying back without rounding.
fn exact_quotient(x: f64, d: f64) -> bool {
    let q = x / d;
    x == 0.0 || (q.abs() > 1e-280 && q.is_finite() && q.mul_add(d, -x) == 0.0)
}

impl Add for Interval {
    type Output = Interval;
    fn add(self, o: Interval) -> Interval {
        Interval { lo: add_down(self.lo, o.lo), hi: add_up(self.hi, o.hi) }
    }
}

impl Neg for Interval {
    type Output = Interval;
    fn neg(self) -> Interval {
        Interval { lo: -self.hi, hi: -self.lo }
    }
}

impl Sub for Interval {
    type Output = Interval;
    fn sub(self, o: Interval) -> Interval {
        self + -o
    }
}

impl Mul for Interval {
    type Output = Interval;
    fn mul(self, o: Interval) -> Interval {
        let corners = [(self.lo, o.lo), (self.lo, o.hi), (self.hi, o.lo), (self.hi, o.hi)];
        let lo = corners.iter().map(|&(a, b)| mul_down(a, b)).fold(f64::INFINITY, f64::min);
        let hi = corners.iter().map(|&(a, b)| mul_up(a, b)).fold(f64::NEG_INFINITY, f64::max);
        Interval { lo, hi }
    }
}

impl std::iter::Sum for Interval {
    fn sum<I: Iterator<Item = Interval>>(iter: I) -> Interval {
        iter.fold(Interval::ZERO, |a, b| a + b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dashu::rational::RBig;

    fn exact(x: f64) -> RBig {
        RBig::try_from(x).unwrap()
    }

    fn holds(i: Interval, x: &RBig) -> bool {
        exact(i.lo) <= *x && *x <= exact(i.hi)
    }

    #[test]
    fn operations_contain_the_exact_result() {
        let mut rng = fastrand::Rng::with_seed(7);
        let mut number = || (rng.f64() - 0.5) * 2f64.powi(rng.i32(-30..30));
        for _ in 0..5_000 {
            let (a, b, c, d) = (number(), number(), number(), number());
            let x = Interval::new(a.min(b), a.max(b));
            let y = Interval::new(c.min(d), c.max(d));
            for (p, q) in [(a, c), (a, d), (b, c), (b, d)] {
                assert!(holds(x + y, &(exact(p) + exact(q))));
                assert!(holds(x - y, &(exact(p) - exact(q))));
                assert!(holds(x * y, &(exact(p) * exact(q))));
                assert!(holds(x.scale(q), &(exact(p) * exact(q))));
                if q > 0.0 {
                    assert!(holds(x.divide(q), &(exact(p) / exact(q))));
                }
            }
            assert!(holds(x.square(), &(exact(a) * exact(a))));
        }
    }

    #[test]
    fn exact_results_are_not_widened() {
        let x = Interval::new(0.5, 1.5) + Interval::new(0.25, 2.0);
        assert_eq!(x, Interval::new(0.75, 3.5));
        assert_eq!(Interval::new(-1.5, 2.0).scale(-3.0), Interval::new(-6.0, 4.5));
        assert_eq!(Interval::new(1.0, 3.0).divide(4.0), Interval::new(0.25, 0.75));
        assert_eq!(Interval::ZERO * Interval::ALL, Interval::ZERO);
    }
}
