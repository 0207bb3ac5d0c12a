//! The training data as an attack leaves it.

use super::loss::Label;
use super::{ReplayError, Scalar};
use crate::question::{Choice, Question, Target};

/// A sample, for reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SampleRef {
    /// Row of the training data.
    Train(usize),
    /// Inserted sample by its position in the choice.
    Inserted(usize),
    /// Test point by its position in the goal.
    Test(usize),
}

/// Features and label of one sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample<S> {
    /// Features.
    pub x: Vec<S>,
    /// Label.
    pub y: Label<S>,
}

/// Training data under one choice of the adversary.
#[derive(Clone, Debug, PartialEq)]
pub struct Poisoned<S> {
    /// Every row of the training data.
    pub samples: Vec<Sample<S>>,
    /// Whether each row is used in training.
    pub kept: Vec<bool>,
    /// Inserted samples; they join every batch after its rows.
    pub inserted: Vec<Sample<S>>,
}

impl<S: Scalar> Sample<S> {
    /// A sample of `inputs` features; `whose` names it in errors.
    ///
    /// # Errors
    /// [`ReplayError::Length`] or [`ReplayError::NotFinite`].
    pub fn new(
        x: &[f64],
        y: &Target,
        inputs: usize,
        whose: impl Fn() -> String,
    ) -> Result<Self, ReplayError> {
        if x.len() != inputs {
            return Err(ReplayError::Length { what: whose(), expected: inputs, found: x.len() });
        }
        let not_finite = || ReplayError::NotFinite { what: whose() };
        let x: Option<Vec<S>> = x.iter().map(|v| S::from_f64(*v)).collect();
        Ok(Sample { x: x.ok_or_else(not_finite)?, y: Label::new(y).ok_or_else(not_finite)? })
    }
}

impl<S: Scalar> Poisoned<S> {
    /// The data of `question` under `choice`.
    ///
    /// # Errors
    /// [`ReplayError::NoSample`], [`ReplayError::Length`] or [`ReplayError::NotFinite`].
    pub fn new(question: &Question, choice: &Choice) -> Result<Self, ReplayError> {
        let data = &question.train;
        let (count, inputs) = (data.len(), question.network.inputs);
        if let Some(&sample) = choice.changes.keys().find(|i| **i >= count) {
            return Err(ReplayError::NoSample { sample, count });
        }
        let mut samples = Vec::with_capacity(count);
        let mut kept = vec![true; count];
        for (i, kept) in kept.iter_mut().enumerate() {
            let (mut x, mut y) = (data.row(i), data.target(i));
            if let Some(change) = choice.changes.get(&i) {
                *kept = !change.deleted;
                if let Some(f) = &change.features {
                    x.clone_from(f);
                }
                if let Some(t) = &change.target {
                    y.clone_from(t);
                }
            }
            samples.push(Sample::new(&x, &y, inputs, || format!("training sample {i}"))?);
        }
        let inserted = choice
            .inserted
            .iter()
            .enumerate()
            .map(|(i, (x, y))| Sample::new(x, y, inputs, || format!("inserted sample {i}")))
            .collect::<Result<_, _>>()?;
        Ok(Poisoned { samples, kept, inserted })
    }

    /// The samples of a batch that are trained on, in order.
    pub fn batch<'a>(
        &'a self,
        rows: &'a [usize],
    ) -> impl Iterator<Item = (SampleRef, &'a Sample<S>)> {
        rows.iter()
            .filter(|i| self.kept[**i])
            .map(|i| (SampleRef::Train(*i), &self.samples[*i]))
            .chain(self.inserted.iter().enumerate().map(|(k, s)| (SampleRef::Inserted(k), s)))
    }
}
