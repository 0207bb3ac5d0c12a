//! Fast gradient and projected gradient attacks in the `linf` ball, with CleverHans' order of
//! operations (`fast_gradient_method` and `projected_gradient_descent` of cleverhans 4.0, PyTorch):
//! start in the ball, cut to the range; then in each step move by the sign of the gradient of the
//! cross-entropy, cut to the range, cut to the ball, cut to the range.

use std::ops::Range;

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use crate::network::graph::batch::{Batches, Float, Wanted, column};
use crate::question::Loss;
use crate::train::whole::{BATCH, FitError, Samples, slopes};

/// An attack.
#[derive(Clone, Debug, PartialEq)]
pub struct Descent {
    /// Radius of the ball.
    pub radius: f64,
    /// Length of a step. The fast gradient method is one step of the length of the radius.
    pub step: f64,
    /// Number of steps.
    pub steps: usize,
    /// Seed of a start drawn evenly from the ball; at the sample itself without one.
    pub seed: Option<u64>,
    /// What elements are cut to.
    pub range: Option<(f64, f64)>,
}

impl Descent {
    /// The fast gradient method.
    #[must_use]
    pub fn fast(radius: f64, range: Option<(f64, f64)>) -> Self {
        Descent { radius, step: radius, steps: 1, seed: None, range }
    }
}

/// The samples, moved. What happens to one does not depend on the others.
///
/// # Errors
/// [`FitError`] where samples, labels and network do not fit together.
pub fn attack<T: Float>(
    batches: &Batches<'_>,
    samples: &Samples<T>,
    how: &Descent,
) -> Result<Samples<T>, FitError> {
    let inputs = by_batch(samples.len(), |which| one(batches, samples, how, which))?;
    Ok(Samples { width: samples.width, inputs, labels: samples.labels.clone() })
}

/// What `one` makes of every batch of so many samples, in their order; batches run side by side.
fn by_batch<R: Send>(
    samples: usize,
    one: impl Fn(Range<usize>) -> Result<Vec<R>, FitError> + Sync,
) -> Result<Vec<R>, FitError> {
    let parts: Vec<Result<Vec<R>, FitError>> = (0..samples.div_ceil(BATCH))
        .into_par_iter()
        .with_max_len(1)
        .map(|batch| one(batch * BATCH..samples.min((batch + 1) * BATCH)))
        .collect();
    let mut all = Vec::with_capacity(samples);
    for part in parts {
        all.extend(part?);
    }
    Ok(all)
}

/// A batch, sample behind sample.
fn one<T: Float>(
    batches: &Batches<'_>,
    samples: &Samples<T>,
    how: &Descent,
    which: Range<usize>,
) -> Result<Vec<T>, FitError> {
    let count = which.len();
    let start = samples.table(which.clone());
    let mut x = start.clone();
    if let Some(seed) = how.seed {
        for p in 0..count {
            let mut rng = fastrand::Rng::with_seed(
                seed ^ ((which.start + p) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15),
            );
            for e in 0..samples.width {
                let eta = how.radius * (2.0 * rng.f64() - 1.0);
                x[e * count + p] = x[e * count + p] + T::constant(eta);
            }
        }
        ranged(&mut x, how);
    }
    let step = T::constant(how.step);
    for _ in 0..how.steps {
        let values = batches.values(&x, count)?;
        let by = slopes(batches, &values, &samples.labels[which.clone()], Loss::CrossEntropy)?;
        let gradient = batches.gradient(&values, &by, Wanted::Argument, &[]);
        for (x, g) in x.iter_mut().zip(&gradient.argument) {
            if *g > T::zero() {
                *x = *x + step;
            } else if *g < T::zero() {
                *x = *x - step;
            }
        }
        ranged(&mut x, how);
        let radius = T::constant(how.radius);
        for (x, s) in x.iter_mut().zip(&start) {
            let eta = *x - *s;
            if eta > radius {
                *x = *s + radius;
            } else if eta < T::zero() - radius {
                *x = *s - radius;
            }
        }
        ranged(&mut x, how);
    }
    Ok((0..count).flat_map(|p| column(&x, p, count)).collect())
}

fn ranged<T: Float>(x: &mut [T], how: &Descent) {
    let Some((lo, hi)) = how.range else { return };
    let (lo, hi) = (T::constant(lo), T::constant(hi));
    for x in x {
        if *x < lo {
            *x = lo;
        } else if *x > hi {
            *x = hi;
        }
    }
}

/// The score of the own class minus the largest other one, one a sample: negative where it is misread.
///
/// # Errors
/// [`FitError`] where samples and network do not fit together.
pub fn violations<T: Float>(
    batches: &Batches<'_>,
    samples: &Samples<T>,
) -> Result<Vec<f64>, FitError> {
    by_batch(samples.len(), |which| {
        let count = which.len();
        let values = batches.values(&samples.table(which.clone()), count)?;
        let table = batches.outputs(&values);
        let margin = |(p, sample): (usize, usize)| {
            let scores: Vec<f64> = column(&table, p, count).map(Float::value).collect();
            let own = samples.labels[sample].class();
            let others = scores.iter().enumerate().filter(|(c, _)| Some(*c) != own);
            let other = others.fold(f64::NEG_INFINITY, |most, (_, s)| most.max(*s));
            own.and_then(|c| scores.get(c)).map_or(f64::NAN, |own| own - other)
        };
        Ok(which.enumerate().map(margin).collect())
    })
}
