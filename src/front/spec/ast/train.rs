//! `train`

use super::super::span::Spanned;
use super::data::{RowRange, Text};
use crate::question::{Loss, Reduction};

/// `train NET on DATA { ... }`
#[derive(Clone, Debug, PartialEq)]
pub struct Train {
    /// The network.
    pub network: Text,
    /// The training data.
    pub data: Text,
    /// Settings in order.
    pub settings: Vec<Spanned<TrainSetting>>,
}

/// A line of the block.
#[derive(Clone, Debug, PartialEq)]
pub enum TrainSetting {
    /// `loss hinge`
    Loss(Loss),
    /// `reduce mean`
    Reduce(Reduction),
    /// `rate 0.5 for 3, 0.1 decay 0.6`
    Rate(Vec<RatePart>, Option<Schedule>),
    /// `steps 5`
    Steps(Spanned<usize>),
    /// `epochs 2`
    Epochs(Spanned<usize>),
    /// `batch ...`
    Batch(Batch),
    /// `batches (0..4), (5..9)`
    Batches(Vec<Spanned<Vec<RowRange>>>),
    /// `momentum 0.9`
    Momentum(f64),
    /// `decay 0.01`
    Decay(f64),
    /// `clip 1`
    Clip(f64),
}

impl TrainSetting {
    /// The keyword that begins it, one for settings that exclude each other.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            TrainSetting::Loss(_) => "loss",
            TrainSetting::Reduce(_) => "reduce",
            TrainSetting::Rate(..) => "rate",
            TrainSetting::Steps(_) => "steps",
            TrainSetting::Epochs(_) => "epochs",
            TrainSetting::Batch(_) => "batch",
            TrainSetting::Batches(_) => "batches",
            TrainSetting::Momentum(_) => "momentum",
            TrainSetting::Decay(_) => "decay",
            TrainSetting::Clip(_) => "clip",
        }
    }
}

/// `0.5` or `0.5 for 3`
#[derive(Clone, Debug, PartialEq)]
pub struct RatePart {
    /// The rate.
    pub rate: Spanned<f64>,
    /// For how many steps.
    pub steps: Option<Spanned<usize>>,
}

/// `decay 0.6 [per epoch] [floor 0.001]`: the rate is divided by `1 + 0.6 k` at step or epoch `k`.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// The factor of `k`.
    pub decay: Spanned<f64>,
    /// What `k` counts.
    pub per: Per,
    /// The rate never falls below this.
    pub floor: Option<Spanned<f64>>,
}

/// What a schedule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// Gradient steps.
    Step,
    /// Passes through the data.
    Epoch,
}

/// `batch ...`
#[derive(Clone, Debug, PartialEq)]
pub enum Batch {
    /// `batch full`
    Full,
    /// `batch 10 [last kept] [order ...]`
    Size {
        /// Rows a batch.
        size: Spanned<usize>,
        /// What becomes of an incomplete last batch.
        last: Option<LastBatch>,
        /// Order of the rows; that of the file if absent.
        order: Option<Vec<RowRange>>,
    },
}

/// What becomes of the rows left over by whole batches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastBatch {
    /// They form a smaller batch.
    Kept,
    /// They are not used.
    Dropped,
}
