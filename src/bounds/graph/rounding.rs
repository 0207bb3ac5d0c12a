//! A-priori bounds on the rounding errors of sums and of sums of products.
//!
//! Let `u = 2^-53`. A sum of `n` products in any order, each product rounded once and each partial
//! sum rounded once, differs from the exact value by at most `gamma_n S`, where `S` is the exact sum
//! of the absolute products and `gamma_n = n u / (1 - n u)` (Higham, *Accuracy and Stability of
//! Numerical Algorithms*, section 3.1), plus `2^-1075` for each product that underflows (sums do not:
//! a subnormal sum of doubles is exact). If `S` itself is only known as such a rounded sum `S'`, then
//! `S <= (1 + gamma_n)/(1 - gamma_n) S'`, hence `gamma_n S <= 2 n u S'` for `n u <= 1/8`. [`slack`] is
//! `2 (n + 8) u`: the eight spare terms pay for the rounding of `slack` itself, for its product with
//! `S'` and for the few operations that follow it. Overflow ends in an infinity or NaN that stays in
//! the sum; whoever uses a sum must take such a result for "nothing known".

use crate::bounds::Interval;
use crate::bounds::interval::{add_down, add_up, mul_up};

/// Factor by which a rounded sum of `n` absolute values bounds the error of the sum of `n` products.
#[must_use]
pub(crate) fn slack(n: usize) -> f64 {
    (n as f64 + 8.0) * f64::EPSILON
}

/// An upper bound of what underflow contributes to `n` products, each times at most `magnitude`.
#[must_use]
pub(crate) fn underflow(n: usize, magnitude: f64) -> f64 {
    if n == 0 {
        return 0.0;
    }
    // The least positive double is 2^-1074, twice the error of one product.
    mul_up(mul_up(n as f64, magnitude), f64::from_bits(1))
}

/// Power of two that divides `x`: the exponent of its lowest set bit, `i32::MAX` for 0 and
/// `i32::MIN / 4` for what is not finite.
#[must_use]
pub(crate) fn lowest_bit(x: f64) -> i32 {
    if x == 0.0 {
        return i32::MAX;
    }
    if !x.is_finite() {
        return i32::MIN / 4;
    }
    let bits = x.to_bits();
    let biased = ((bits >> 52) & 0x7ff) as i32;
    let fraction = bits & ((1 << 52) - 1);
    if biased == 0 {
        return -1074 + fraction.trailing_zeros() as i32;
    }
    biased - 1075 + (fraction | (1 << 52)).trailing_zeros() as i32
}

/// What is known of a set of numbers before they are multiplied and added: all of them are
/// multiples of `2^lowest`, and those that are not 0 are at least `least` in absolute value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Grid {
    /// See [`lowest_bit`].
    pub lowest: i32,
    /// Smallest absolute value other than 0, infinite if there is none.
    pub least: f64,
}

impl Grid {
    /// The grid of `numbers`.
    pub fn of(numbers: impl Iterator<Item = f64>) -> Grid {
        let mut grid = Grid { lowest: i32::MAX, least: f64::INFINITY };
        for x in numbers {
            grid.lowest = grid.lowest.min(lowest_bit(x));
            if x != 0.0 {
                grid.least = grid.least.min(x.abs());
            }
        }
        grid
    }

    /// How the products of two sets behave in sums of at most `n`.
    pub fn products(self, other: Grid, n: usize) -> Products {
        let exact_below = match (self.lowest, other.lowest) {
            (i32::MAX, _) | (_, i32::MAX) => f64::INFINITY,
            (a, b) if a + b < -1074 => 0.0,
            // Every partial sum is a multiple of 2^(a + b); below 2^53 of them it is exact.
            (a, b) => 2f64.powi((a + b + 53).min(1023)),
        };
        let tiny = if self.least * other.least >= 1e-290 { 0.0 } else { underflow(n, 1.0) };
        Products { exact_below, slack: slack(n), tiny }
    }
}

/// See [`Grid::products`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Products {
    /// A sum whose absolute products sum to less than this is exact.
    exact_below: f64,
    slack: f64,
    tiny: f64,
}

impl Products {
    /// An upper bound of the error of a rounded sum whose absolute products have the rounded sum `of`.
    pub fn error(self, of: f64) -> f64 {
        if of < self.exact_below {
            return 0.0;
        }
        add_up(mul_up(self.slack, of), self.tiny)
    }

    /// An upper bound of the exact sum of absolute products whose rounded sum is `of`.
    pub fn exact(self, of: f64) -> f64 {
        add_up(of, self.error(of))
    }
}

/// `[lo - below, hi + above]`, and no bound on a side that is not finite.
#[must_use]
pub(crate) fn outward(lo: f64, below: f64, hi: f64, above: f64) -> Interval {
    let (l, h) = (add_down(lo, -below), add_up(hi, above));
    Interval {
        lo: if l.is_finite() { l } else { f64::NEG_INFINITY },
        hi: if h.is_finite() { h } else { f64::INFINITY },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dashu::rational::RBig;

    #[test]
    fn the_lowest_bit_is_where_it_is() {
        for (x, e) in [(1.0, 0), (-0.75, -2), (6.0, 1), (f64::from_bits(3), -1074)] {
            assert_eq!(lowest_bit(x), e);
        }
        assert_eq!(lowest_bit(f64::from_bits(3 << 24)), -1050);
    }

    #[test]
    fn errors_of_sums_stay_below_their_bound() {
        let mut rng = fastrand::Rng::with_seed(5);
        for round in 0..400 {
            let n = 1 + rng.usize(0..60);
            let spread = [2, 40, 300, 500][round % 4];
            let whole = round % 5 == 0;
            let mut number = || {
                let x = (rng.f64() - 0.5) * 2f64.powi(rng.i32(-spread..spread));
                if whole { (x * 8.0).round().clamp(-1e6, 1e6) } else { x }
            };
            let (a, b): (Vec<f64>, Vec<f64>) = (0..n).map(|_| (number(), number())).unzip();
            let (mut sum, mut of, mut exact) = (0.0, 0.0, RBig::ZERO);
            for (x, y) in a.iter().zip(&b) {
                sum += x * y;
                of += (x * y).abs();
                exact += RBig::try_from(*x).unwrap() * RBig::try_from(*y).unwrap();
            }
            let grid = Grid::of(a.iter().copied());
            let e = grid.products(Grid::of(b.iter().copied()), n).error(of);
            assert!(!whole || e == 0.0, "whole numbers add up exactly");
            let error = RBig::try_from(sum).unwrap() - exact;
            let e = RBig::try_from(e).unwrap();
            assert!(error <= e && -error <= e);
        }
    }
}
