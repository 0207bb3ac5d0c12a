//! The loss of a graph over a whole data set, with its derivative in the parameters.
//!
//! For data sets of tens of thousands of samples: batches of points are matrix products
//! ([`crate::network::graph::batch`]), and spans of batches run side by side. Spans are the same for
//! any number of threads, and their sums are added in order.

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::loss::output_gradient;
use super::{Label, ReplayError, sample_loss};
use crate::network::graph::batch::{Batches, Float, Values, Wanted, column};
use crate::network::graph::eval::EvalError;
use crate::network::graph::parameters::Parameters;
use crate::question::Loss;

/// Points of a batch.
pub const BATCH: usize = 64;
/// Batches of a span.
const SPAN: usize = 8;

/// Samples in memory.
#[derive(Clone, Debug)]
pub struct Samples<T> {
    /// Elements of one sample.
    pub width: usize,
    /// Sample behind sample.
    pub inputs: Vec<T>,
    /// One a sample.
    pub labels: Vec<Label<f64>>,
}

impl<T: Float> Samples<T> {
    /// Number of samples.
    #[must_use]
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The table of some samples for a batch.
    #[must_use]
    pub fn table(&self, which: impl Iterator<Item = usize> + Clone) -> Vec<T> {
        let element = |e: usize| which.clone().map(move |s| self.inputs[s * self.width + e]);
        (0..self.width).flat_map(element).collect()
    }
}

/// What a data set says of a network.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fit {
    /// Mean loss over all samples.
    pub loss: f64,
    /// Samples whose own class alone has the largest score.
    pub right: usize,
    /// Derivative of the loss in all parameters; empty unless it is asked for.
    pub gradient: Vec<f64>,
}

impl Fit {
    fn nothing(parameters: Option<&Parameters>) -> Self {
        Fit { loss: 0.0, right: 0, gradient: vec![0.0; parameters.map_or(0, Parameters::len)] }
    }
}

/// Why a data set says nothing.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FitError {
    /// The network has no value.
    #[error(transparent)]
    Eval(#[from] EvalError),
    /// The loss does not suit the labels.
    #[error(transparent)]
    Loss(#[from] ReplayError),
}

/// The mean loss over `samples`, and its derivative in `parameters` if they are given.
///
/// # Errors
/// [`FitError`] where samples, labels and network do not fit together.
pub fn fit<T: Float>(
    batches: &Batches<'_>,
    samples: &Samples<T>,
    loss: Loss,
    parameters: Option<&Parameters>,
) -> Result<Fit, FitError> {
    let leads = parameters.map(|p| batches.trained(p));
    let length = BATCH * SPAN;
    let spans: Vec<Result<Fit, FitError>> = (0..samples.len().div_ceil(length))
        .into_par_iter()
        .map(|span| {
            let mut sum = Fit::nothing(parameters);
            let end = samples.len().min((span + 1) * length);
            for first in (span * length..end).step_by(BATCH) {
                let last = end.min(first + BATCH);
                let values = batches.values(&samples.table(first..last), last - first)?;
                let own = &samples.labels[first..last];
                count_losses(batches, &values, own, loss, &mut sum)?;
                if let (Some(parameters), Some(leads)) = (parameters, &leads) {
                    let slopes = slopes(batches, &values, own, loss)?;
                    let gradient = batches.gradient(&values, &slopes, Wanted::Parameters, leads);
                    batches.add_sum(&values, &gradient, parameters, &mut sum.gradient);
                }
            }
            Ok(sum)
        })
        .with_max_len(1)
        .collect();
    let mut total = Fit::nothing(parameters);
    for span in spans {
        let span = span?;
        total.loss += span.loss;
        total.right += span.right;
        total.gradient.iter_mut().zip(&span.gradient).for_each(|(t, s)| *t += s);
    }
    let count = samples.len().max(1) as f64;
    total.loss /= count;
    total.gradient.iter_mut().for_each(|g| *g /= count);
    Ok(total)
}

/// The scores of one point of a batch.
fn scores<T: Float>(table: &[T], point: usize, count: usize) -> Vec<f64> {
    column(table, point, count).map(Float::value).collect()
}

/// Adds the losses of a batch to `sum`.
fn count_losses<T: Float>(
    batches: &Batches<'_>,
    values: &Values<T>,
    labels: &[Label<f64>],
    loss: Loss,
    sum: &mut Fit,
) -> Result<(), FitError> {
    let table = batches.outputs(values);
    for (p, label) in labels.iter().enumerate() {
        let scores = scores(&table, p, values.count);
        sum.loss += sample_loss(loss, label, &scores)?;
        sum.right += usize::from(is_right(label, &scores));
    }
    Ok(())
}

/// The table of the derivatives of each point's loss in its outputs.
///
/// # Errors
/// [`FitError::Loss`] where the loss does not suit a label.
pub fn slopes<T: Float>(
    batches: &Batches<'_>,
    values: &Values<T>,
    labels: &[Label<f64>],
    loss: Loss,
) -> Result<Vec<T>, FitError> {
    let table = batches.outputs(values);
    let mut slopes = vec![T::zero(); table.len()];
    for (p, label) in labels.iter().enumerate() {
        let scores = scores(&table, p, values.count);
        let own = output_gradient(loss, label, &scores, &mut |_| ())?;
        for (k, g) in own.into_iter().enumerate() {
            slopes[k * values.count + p] = T::constant(g);
        }
    }
    Ok(slopes)
}

/// Whether the class has the largest score alone, or the score the sign.
fn is_right(label: &Label<f64>, scores: &[f64]) -> bool {
    match label {
        Label::Class(y) => {
            scores.iter().enumerate().all(|(c, s)| c == *y || scores.get(*y).is_some_and(|y| y > s))
        }
        Label::Sign(y) => scores.first().is_some_and(|s| s * y > 0.0),
        Label::Real(_) => false,
    }
}
