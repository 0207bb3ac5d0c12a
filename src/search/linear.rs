//! Fast replay of a linear flip question, with a watch for switches too close to call.

use crate::bounds::flips::LinearFlips;
use crate::question::{Attack, Change, Choice, Question, Target};
use crate::train::{ReplayError, Trainer, replay_with};

/// How a sample is touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touch {
    /// Its label is flipped.
    Flip,
    /// It is deleted.
    Delete,
}

/// Switches closer to the kink than this are always decided in exact arithmetic.
const LEAST_DOUBT: f64 = 1e-9;

/// Replays of one question, by the parameters alone.
#[derive(Clone, Debug)]
pub struct FastReplay {
    pub(super) width: usize,
    /// Features, and 1 if there is a bias, of each sample.
    pub(super) rows: Vec<f64>,
    /// The same after clipping: what a sample adds to the gradient.
    pub(super) steered: Vec<f64>,
    pub(super) labels: Vec<f64>,
    pub(super) batches: Vec<Vec<usize>>,
    /// How often sample `j` is in the batch of step `t + 1`, at `t * samples + j`.
    pub(super) times: Vec<f64>,
    /// Rate and one over the denominator of each step.
    pub(super) rates: Vec<f64>,
    pub(super) scale: Vec<f64>,
    pub(super) momentum: f64,
    pub(super) decay: f64,
    pub(super) start: Vec<f64>,
    pub(super) goal: Vec<f64>,
    pub(super) kink: f64,
    /// Distance from the kink below which rounding might have decided.
    pub(super) doubt: f64,
}

/// One fast replay.
#[derive(Clone, Copy, Debug)]
pub struct FastOutcome {
    /// The minimised goal.
    pub value: f64,
    /// Whether some switch was too close to call.
    pub doubtful: bool,
}

impl FastReplay {
    /// Prepares replays of `question`, whose shape is that of `flips`.
    ///
    /// # Errors
    /// As [`Trainer::new`].
    pub fn new(question: &Question, flips: &LinearFlips) -> Result<Self, ReplayError> {
        let trainer = Trainer::<f64>::new(question)?;
        let t = &question.training;
        let n = flips.samples;
        let clip = t.clip.unwrap_or(f64::INFINITY);
        let bias = flips.parameters > question.network.inputs;
        let mut rows = Vec::with_capacity(n * flips.parameters);
        for i in 0..n {
            rows.extend(question.train.row(i));
            rows.extend(bias.then_some(1.0));
        }
        let scale = |b: &Vec<usize>| match t.reduction {
            crate::question::Reduction::Sum => 1.0,
            crate::question::Reduction::Mean | crate::question::Reduction::MeanOfRemaining => {
                1.0 / b.len().max(1) as f64
            }
        };
        let doubt = (0..flips.steps)
            .flat_map(|t| (0..n).map(move |i| (t, i)))
            .map(|(t, i)| flips.error(t, i))
            .fold(0.0, f64::max);
        let mut times = vec![0.0; flips.steps * n];
        for (s, batch) in t.batches.iter().enumerate() {
            batch.iter().for_each(|j| times[s * n + j] += 1.0);
        }
        Ok(FastReplay {
            width: flips.parameters,
            steered: rows.iter().map(|v| v.clamp(-clip, clip)).collect(),
            rows,
            labels: flips.labels.clone(),
            batches: t.batches.clone(),
            times,
            rates: t.rates.clone(),
            scale: t.batches.iter().map(scale).collect(),
            momentum: t.momentum,
            decay: t.decay,
            start: trainer.start,
            goal: flips.goal_direction().to_vec(),
            kink: flips.kink,
            doubt: (4.0 * doubt).max(LEAST_DOUBT),
        })
    }

    /// What sample `j` adds to the gradient, for a label of -1.
    pub(super) fn step_row(&self, j: usize) -> &[f64] {
        &self.steered[j * self.width..(j + 1) * self.width]
    }

    /// Trains on the labels times `factor`: 1 clean, -1 flipped, 0 deleted.
    #[must_use]
    pub fn run(&self, factor: &[f64]) -> FastOutcome {
        let p = self.width;
        let mut theta = self.start.clone();
        let mut velocity = vec![0.0; p];
        let mut gradient = vec![0.0; p];
        let mut doubtful = false;
        for (t, batch) in self.batches.iter().enumerate() {
            gradient.fill(0.0);
            for &j in batch {
                let y = self.labels[j] * factor[j];
                let x = &self.rows[j * p..(j + 1) * p];
                let score: f64 = theta.iter().zip(x).map(|(w, v)| w * v).sum();
                let margin = y * score;
                doubtful |= (margin - self.kink).abs() <= self.doubt && y != 0.0;
                if margin < self.kink && y != 0.0 {
                    let g = &self.steered[j * p..(j + 1) * p];
                    gradient.iter_mut().zip(g).for_each(|(s, v)| *s -= y * v);
                }
            }
            for k in 0..p {
                let g = gradient[k] * self.scale[t] + self.decay * theta[k];
                velocity[k] = self.momentum * velocity[k] + g;
                theta[k] -= self.rates[t] * velocity[k];
            }
        }
        let value = theta.iter().zip(&self.goal).map(|(w, c)| w * c).sum();
        FastOutcome { value, doubtful }
    }
}

/// The attack that touches these samples.
#[must_use]
pub fn attack_of(question: &Question, touched: &[(usize, Touch)]) -> Attack {
    let mut choice = Choice::default();
    for &(i, touch) in touched {
        let change = match (touch, question.train.target(i)) {
            (Touch::Flip, Target::Sign(y)) => {
                Change { target: Some(Target::Sign(-y)), ..Change::default() }
            }
            (Touch::Flip | Touch::Delete, _) => Change { deleted: true, ..Change::default() },
        };
        choice.changes.insert(i, change);
    }
    Attack { choices: vec![choice], test_input: None }
}

/// The minimised goal in exact arithmetic, rounded to the nearest double.
///
/// # Errors
/// As [`replay_with`].
pub fn exact_value(
    question: &Question,
    flips: &LinearFlips,
    touched: &[(usize, Touch)],
) -> Result<f64, ReplayError> {
    let attack = attack_of(question, touched);
    let (_, outcome, _) = replay_with::<dashu::rational::RBig>(question, &attack, 0.0)?;
    let value = outcome.value.map_or(f64::INFINITY, |v| v.to_f64().value());
    Ok(flips.sign * value)
}
