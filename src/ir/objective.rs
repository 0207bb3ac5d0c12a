//! The objective, always minimised.

use super::expr::ExprId;
use super::rows::{QuadTerm, merge_quad};
use super::vars::VarId;

/// `constant + sum a_k x_k + sum q_k x_i x_j (+ smooth)`, minimised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Objective {
    /// Linear part by ascending variable.
    pub linear: Vec<(VarId, f64)>,
    /// Quadratic part, `i <= j`, each pair once, no hidden factor one half.
    pub quad: Vec<QuadTerm>,
    /// Added to every objective value.
    pub constant: f64,
    /// Smooth part, for NL targets alone.
    pub smooth: Option<ExprId>,
}

impl Objective {
    /// Builds an objective, merging terms of the same variable or pair and dropping zeros.
    #[must_use]
    pub fn new(linear: &[(VarId, f64)], quad: &[QuadTerm], constant: f64) -> Self {
        let mut sorted = linear.to_vec();
        sorted.sort_by_key(|t| t.0);
        let mut merged: Vec<(VarId, f64)> = Vec::with_capacity(sorted.len());
        for (v, a) in sorted {
            match merged.last_mut() {
                Some(last) if last.0 == v => last.1 += a,
                _ => merged.push((v, a)),
            }
        }
        merged.retain(|t| t.1 != 0.0);
        let mut q = Vec::new();
        merge_quad(quad, &mut q);
        Objective { linear: merged, quad: q, constant, smooth: None }
    }

    /// Whether every point has the same objective value.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.linear.is_empty() && self.quad.is_empty() && self.smooth.is_none()
    }
}
