//! Several points side by side, so that one weight serves all of them and the compiler vectorises.

use super::exact::NotExact;
use super::number::Number;
use crate::bounds::Interval;
use crate::network::graph::Unary;

/// `N` numbers of a type; every operation is that of the type, lane by lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lanes<T, const N: usize>(pub [T; N]);

impl<T: Number + Copy, const N: usize> Lanes<T, N> {
    #[inline(always)]
    fn zip(&self, other: &Self, f: impl Fn(&T, &T) -> T) -> Self {
        Lanes(std::array::from_fn(|k| f(&self.0[k], &other.0[k])))
    }

    #[inline(always)]
    fn try_map(mut self, f: impl Fn(usize, &T) -> Result<T, NotExact>) -> Result<Self, NotExact> {
        for (k, x) in self.0.iter_mut().enumerate() {
            *x = f(k, x)?;
        }
        Ok(self)
    }
}

impl<T: Number + Copy, const N: usize> Number for Lanes<T, N> {
    #[inline(always)]
    fn constant(x: f64) -> Self {
        Lanes([T::constant(x); N])
    }
    #[inline(always)]
    fn add_product(&mut self, w: f64, x: &Self) {
        for (y, x) in self.0.iter_mut().zip(&x.0) {
            y.add_product(w, x);
        }
    }
    #[inline(always)]
    fn plus(&self, other: &Self) -> Self {
        self.zip(other, T::plus)
    }
    #[inline(always)]
    fn minus(&self, other: &Self) -> Self {
        self.zip(other, T::minus)
    }
    #[inline(always)]
    fn times(&self, other: &Self) -> Self {
        self.zip(other, T::times)
    }
    #[inline(always)]
    fn over(&self, d: f64) -> Self {
        Lanes(self.0.map(|x| x.over(d)))
    }
    #[inline(always)]
    fn max(&self, other: &Self) -> Self {
        self.zip(other, T::max)
    }
    #[inline(always)]
    fn choose(&self, at_zero: bool, a: &Self, b: &Self) -> Self {
        Lanes(std::array::from_fn(|k| self.0[k].choose(at_zero, &a.0[k], &b.0[k])))
    }
    #[inline(always)]
    fn unary(&self, f: Unary) -> Result<Self, NotExact> {
        self.try_map(|_, x| x.unary(f))
    }
    #[inline(always)]
    fn enclosed(x: Interval) -> Result<Self, NotExact> {
        Ok(Lanes([T::enclosed(x)?; N]))
    }
    #[inline(always)]
    fn quotient(&self, other: &Self) -> Result<Self, NotExact> {
        self.try_map(|k, x| x.quotient(&other.0[k]))
    }
}
