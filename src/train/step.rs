//! One gradient step.

use super::chain::{Chain, Stage};
use super::loss::{Kink, clamp, output_gradient, sample_loss};
use super::poison::{Poisoned, Sample, SampleRef};
use super::replay::{Tie, TieKind};
use super::{ReplayError, Scalar};
use crate::question::{Loss, Question, Reduction};

/// Everything of a training run that the adversary cannot change.
#[derive(Clone, Debug)]
pub struct Trainer<S> {
    /// The network, and where its parameters lie.
    pub chain: Chain,
    /// The parameters before the first step.
    pub start: Vec<S>,
    loss: Loss,
    reduction: Reduction,
    rates: Vec<S>,
    batches: Vec<Vec<usize>>,
    momentum: S,
    decay: S,
    clip: Option<S>,
}

/// Parameters and momentum between two steps.
#[derive(Clone, Debug, PartialEq)]
pub struct State<S> {
    /// The parameters.
    pub theta: Vec<S>,
    /// The velocity of momentum.
    pub velocity: Vec<S>,
}

impl<S: Scalar> Trainer<S> {
    /// The training run of a question.
    ///
    /// # Errors
    /// [`ReplayError`] where shapes, rows or numbers are wrong.
    pub fn new(question: &Question) -> Result<Self, ReplayError> {
        let chain = Chain::new(&question.network)?;
        let start = chain.flatten(&question.network.parameters())?;
        let t = &question.training;
        if t.batches.len() != t.rates.len() {
            let what = "the list of batches".to_string();
            return Err(ReplayError::Length {
                what,
                expected: t.rates.len(),
                found: t.batches.len(),
            });
        }
        let count = question.train.len();
        if let Some(&sample) = t.batches.iter().flatten().find(|i| **i >= count) {
            return Err(ReplayError::NoSample { sample, count });
        }
        let number = |what: &str, v: f64| {
            S::from_f64(v).ok_or_else(|| ReplayError::NotFinite { what: what.to_string() })
        };
        Ok(Trainer {
            start,
            loss: t.loss,
            reduction: t.reduction,
            rates: t.rates.iter().map(|r| number("a rate", *r)).collect::<Result<_, _>>()?,
            batches: t.batches.clone(),
            momentum: number("the momentum", t.momentum)?,
            decay: number("the decay", t.decay)?,
            clip: t.clip.map(|c| number("the clipping limit", c)).transpose()?,
            chain,
        })
    }

    /// Number of steps.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.rates.len()
    }

    /// Gives every step this rate: exact runs need rates such as 1/10 that no double holds.
    pub fn set_rate(&mut self, rate: &S) {
        self.rates.fill(rate.clone());
    }

    /// The state before the first step.
    #[must_use]
    pub fn begin(&self) -> State<S> {
        State { theta: self.start.clone(), velocity: vec![S::zero(); self.chain.parameter_count()] }
    }

    /// Runs step `t` (0-based) on `data`. Switches within `tolerance` of their kink are pushed to
    /// `ties`.
    ///
    /// # Errors
    /// [`ReplayError::Label`], [`ReplayError::Transcendental`], or [`ReplayError::NotFinite`]
    /// where training overflows.
    pub fn step(
        &self,
        t: usize,
        state: &mut State<S>,
        data: &Poisoned<S>,
        tolerance: f64,
        ties: &mut Vec<Tie>,
    ) -> Result<(), ReplayError> {
        let rows = &self.batches[t];
        let mut sum = vec![S::zero(); self.chain.parameter_count()];
        let mut own = sum.clone();
        let mut remaining = 0;
        for (who, sample) in data.batch(rows) {
            let mut seen = |kind, layer, unit, distance: f64| {
                if distance.abs() <= tolerance {
                    ties.push(Tie { sample: who, step: Some(t), layer, unit, kind, distance });
                }
            };
            remaining += 1;
            own.fill(S::zero());
            self.sample_gradient(&state.theta, sample, &mut own, &mut seen).map_err(
                |e| match e {
                    ReplayError::Label { what, needed, .. } => {
                        let whose = match who {
                            SampleRef::Train(i) => format!("training sample {i}"),
                            SampleRef::Inserted(i) => format!("inserted sample {i}"),
                            SampleRef::Test(i) => format!("test point {i}"),
                        };
                        ReplayError::Label { what, needed, whose }
                    }
                    other => other,
                },
            )?;
            for (total, g) in sum.iter_mut().zip(&own) {
                let g = self.clip.as_ref().map_or_else(|| g.clone(), |c| clamp(g, c));
                *total = total.plus(&g);
            }
        }
        let denominator = match self.reduction {
            Reduction::Mean => rows.len(),
            Reduction::MeanOfRemaining => remaining,
            Reduction::Sum => 1,
        };
        let denominator = S::from_count(denominator.max(1));
        for ((theta, v), g) in state.theta.iter_mut().zip(&mut state.velocity).zip(&sum) {
            let mut g = g.over(&denominator);
            g.add_product(&self.decay, theta);
            *v = self.momentum.times(v).plus(&g);
            *theta = theta.minus(&self.rates[t].times(v));
            if !theta.is_finite() {
                let what = format!("a parameter after step {}", t + 1);
                return Err(ReplayError::NotFinite { what });
            }
        }
        Ok(())
    }

    /// Mean loss of the batch of step `t` before the step.
    ///
    /// # Errors
    /// As [`sample_loss`].
    pub fn batch_loss(&self, t: usize, theta: &[S], data: &Poisoned<S>) -> Result<S, ReplayError> {
        let (mut sum, mut count) = (S::zero(), 0);
        for (_, sample) in data.batch(&self.batches[t]) {
            let f = self.chain.output(theta, &sample.x);
            sum = sum.plus(&sample_loss(self.loss, &sample.y, &f)?);
            count += 1;
        }
        Ok(sum.over(&S::from_count(count.max(1))))
    }

    /// Adds the gradient of one sample's loss to `own`.
    fn sample_gradient(
        &self,
        theta: &[S],
        sample: &Sample<S>,
        own: &mut [S],
        seen: &mut dyn FnMut(TieKind, usize, usize, f64),
    ) -> Result<(), ReplayError> {
        let values = self.chain.forward(theta, &sample.x);
        let Some((f, inputs)) = values.split_last() else { return Ok(()) };
        let last = self.chain.affine_layers();
        let mut delta =
            output_gradient(self.loss, &sample.y, f, &mut |Kink::Switch { unit, distance }| {
                seen(TieKind::Loss, last, unit, distance);
            })?;
        for (k, stage) in self.chain.stages.iter().enumerate().rev() {
            let x = &inputs[k];
            match *stage {
                Stage::Affine(s) => {
                    let mut back = vec![S::zero(); if k == 0 { 0 } else { s.columns }];
                    for (r, d) in delta.iter().enumerate().take(s.rows) {
                        let row = s.weight(r, 0)..s.weight(r + 1, 0);
                        for (g, v) in own[row.clone()].iter_mut().zip(x) {
                            g.add_product(d, v);
                        }
                        if let Some(b) = s.bias(r) {
                            own[b] = own[b].plus(d);
                        }
                        for (b, w) in back.iter_mut().zip(&theta[row]) {
                            b.add_product(d, w);
                        }
                    }
                    delta = back;
                }
                Stage::Relu { layer, .. } => {
                    for (unit, (d, a)) in delta.iter_mut().zip(x).enumerate() {
                        // A unit behind which nothing depends on it has no switch to report.
                        if *d != S::zero() {
                            seen(TieKind::Relu, layer, unit, a.to_f64());
                        }
                        if *a <= S::zero() {
                            *d = S::zero();
                        }
                    }
                }
            }
        }
        Ok(())
    }
}
