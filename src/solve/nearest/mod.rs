//! The nearest point of a polyhedron, by its dual: few rows over many variables.
//!
//! `min 1/2 ||d||^2` subject to `a_i . d <= c_i`. With multipliers `lambda >= 0` the solution is
//! `d = -sum_i lambda_i a_i`, so that only the Gram matrix `G_ij = a_i . a_j` is needed, and of that
//! only columns of rows that are ever active ([`Gram`]): the number of variables does not matter.
//!
//! The method is that of Goldfarb and Idnani (A numerically stable dual method for solving strictly
//! convex quadratic programs, Mathematical Programming 27, 1983) for the Hessian 1: it starts at the
//! unconstrained optimum `d = 0` and adds the most violated row, with the Cholesky factor of the
//! active rows' Gram matrix. Every iterate is optimal for its active rows, so that rows appended later
//! go on from there, and a polyhedron without points shows as a ray of the dual.

mod active;
mod factor;

pub use active::{Dual, Options, Outcome, Residuals, nearest};

/// Products of the rows with each other.
pub trait Gram {
    /// Number of rows.
    fn len(&self) -> usize;

    /// Whether there is no row.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `a_i . a_j` for all `i`.
    fn column(&self, j: usize) -> Vec<f64>;

    /// `a_i . a_i` for all `i`.
    fn diagonal(&self) -> Vec<f64>;
}

/// Rows that are lists of numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dense {
    /// All of one length.
    pub rows: Vec<Vec<f64>>,
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

impl Gram for Dense {
    fn len(&self) -> usize {
        self.rows.len()
    }
    fn column(&self, j: usize) -> Vec<f64> {
        self.rows.iter().map(|r| dot(r, &self.rows[j])).collect()
    }
    fn diagonal(&self) -> Vec<f64> {
        self.rows.iter().map(|r| dot(r, r)).collect()
    }
}
