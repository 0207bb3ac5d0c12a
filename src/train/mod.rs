//! Training replayed in plain arithmetic: the judge of every attack.
//!
//! The trainer is generic over a [`Scalar`], so that the very same code runs in doubles (the
//! replay that counts) and in exact rationals (the truth of the tests). It follows
//! [`crate::question::Training`] to the letter:
//!
//! - the derivative of a ReLU at 0 is 0, and so is that of a loss at its kink;
//! - sample gradients are added in the order of the batch, inserted samples last; within a
//!   sample, scalar products are summed in the order of the columns and the bias is added last;
//! - a switch that is decided at (or within a tolerance of) its kink is reported as a [`Tie`],
//!   because a program that admits both sides may have taken the other one.

mod chain;
mod goal;
mod loss;
mod poison;
mod replay;
mod scalar;
mod step;
pub mod unrolled;
pub mod whole;

pub use chain::{Chain, Stage};
pub use goal::Outcome;
pub use loss::{Label, sample_loss};
pub use poison::{Poisoned, Sample, SampleRef};
pub use replay::{Replay, Tie, TieKind, replay, replay_with};
pub use scalar::Scalar;
pub use step::{State, Trainer};

use thiserror::Error;

/// Why a run cannot be replayed.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum ReplayError {
    /// The layers of the network do not fit together.
    #[error(
        "affine layer {layer} takes {expected} inputs but the layer before it gives {found}; give layers that fit"
    )]
    Layers {
        /// 1-based affine layer.
        layer: usize,
        /// Inputs that its weight takes.
        expected: usize,
        /// Values that arrive.
        found: usize,
    },
    /// A row of numbers has the wrong length.
    #[error("{what} has {found} numbers where {expected} are needed; give exactly {expected}")]
    Length {
        /// Which row.
        what: String,
        /// Needed length.
        expected: usize,
        /// Found length.
        found: usize,
    },
    /// The attack has the wrong number of choices.
    #[error(
        "the attack has {found} choices where its scope needs {expected}; give one a run, or one a step"
    )]
    Choices {
        /// Needed number.
        expected: usize,
        /// Found number.
        found: usize,
    },
    /// A batch or an attack names a sample that does not exist.
    #[error("sample {sample} is named but the training data has {count} rows; count from 0")]
    NoSample {
        /// The sample.
        sample: usize,
        /// Rows of the data.
        count: usize,
    },
    /// A label does not suit the loss or the goal.
    #[error(
        "{what} needs {needed} but {whose} has another kind of label; declare the label accordingly"
    )]
    Label {
        /// The loss or goal.
        what: String,
        /// What it needs.
        needed: &'static str,
        /// Whose label.
        whose: String,
    },
    /// A parameter of a direction does not exist.
    #[error("{parameter} does not exist in the network; name one of its weights or biases")]
    NoParameter {
        /// The parameter in words.
        parameter: String,
    },
    /// The arithmetic cannot express the loss.
    #[error("the loss needs exponentials, which exact arithmetic does not have; replay in doubles")]
    Transcendental,
    /// A number is not finite.
    #[error("{what} is not a finite number; check the data, the rate and the weights")]
    NotFinite {
        /// Which number.
        what: String,
    },
}
