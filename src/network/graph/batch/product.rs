//! Matrix products of slices.

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2, LinalgScalar};

use crate::network::graph::gradient::Real;

/// Numbers with fast matrix products.
pub trait Float: Real + LinalgScalar + PartialOrd + Send + Sync {
    /// Its value.
    fn value(self) -> f64;
}

impl Float for f64 {
    fn value(self) -> f64 {
        self
    }
}

impl Float for f32 {
    fn value(self) -> f64 {
        f64::from(self)
    }
}

/// A matrix in a slice, perhaps read as its transpose.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matrix<'a, T> {
    rows: usize,
    columns: usize,
    list: &'a [T],
    turned: bool,
}

impl<'a, T: Float> Matrix<'a, T> {
    /// Row-major; `list` has at least as many numbers as it takes.
    pub(super) fn new(rows: usize, columns: usize, list: &'a [T]) -> Self {
        Matrix { rows, columns, list: &list[..rows * columns], turned: false }
    }

    /// Its transpose.
    pub(super) fn turned(self) -> Self {
        Matrix { turned: !self.turned, ..self }
    }

    fn view(&self) -> Option<ArrayView2<'a, T>> {
        let view = ArrayView2::from_shape((self.rows, self.columns), self.list).ok()?;
        Some(if self.turned { view.reversed_axes() } else { view })
    }
}

/// `c += a b`, or `c = a b` where `fresh`; `c` is row-major.
pub(super) fn multiply<T: Float>(a: Matrix<'_, T>, b: Matrix<'_, T>, c: &mut [T], fresh: bool) {
    let (Some(a), Some(b)) = (a.view(), b.view()) else { return };
    debug_assert_eq!(a.ncols(), b.nrows());
    let shape = (a.nrows(), b.ncols());
    let Ok(mut c) = ArrayViewMut2::from_shape(shape, &mut c[..shape.0 * shape.1]) else { return };
    let keep = if fresh { T::zero() } else { T::one() };
    general_mat_mul(T::one(), &a, &b, keep, &mut c);
}
