//! Choices of an encoding.

pub use crate::question::verify::formulation::{Ask, Cases, SmoothForm, Split};

/// Choices of an encoding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerifyOptions {
    /// ReLU, leaky ReLU, absolute value and one-sided clips.
    pub split: Split,
    /// Everything else with cases.
    pub cases: Cases,
    /// Smooth functions.
    pub smooth: SmoothForm,
    /// The objective.
    pub ask: Ask,
}
