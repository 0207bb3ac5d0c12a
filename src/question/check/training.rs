//! The training block.

use super::{Place, QuestionError};
use crate::ir::Place as Index;
use crate::question::{Labels, Loss, Question, Training};

pub(super) fn check(question: &Question, errors: &mut Vec<QuestionError>) {
    let training = &question.training;
    check_loss(training.loss, &question.train.labels, errors);
    check_steps(training, question.train.len(), errors);
    let mut range = |what, value: f64, strict: bool, rule, place| {
        let good = value.is_finite() && (value > 0.0 || (!strict && value == 0.0));
        if !good {
            errors.push(QuestionError::OutOfRange { what, value, rule, place });
        }
    };
    range("the momentum", training.momentum, false, "0 or positive", Place::Momentum);
    range("the decay", training.decay, false, "0 or positive", Place::Decay);
    if let Some(clip) = training.clip {
        range("the clipping level", clip, true, "positive", Place::Clip);
    }
    if let Loss::Huber { delta } = training.loss {
        range("delta of the Huber loss", delta, true, "positive", Place::Loss);
    }
    let band = question.encode.tie_band;
    range("the tie band", band, false, "0 or positive", Place::TieBand);
}

fn check_loss(loss: Loss, labels: &Labels, errors: &mut Vec<QuestionError>) {
    let needed = match loss {
        Loss::Hinge | Loss::Perceptron => "signs -1/+1",
        Loss::Margin => "classes",
        Loss::Squared | Loss::Absolute | Loss::Huber { .. } => "real numbers",
        Loss::Logistic | Loss::CrossEntropy => {
            errors.push(QuestionError::Transcendental { loss: loss.words() });
            return;
        }
    };
    // A sign is a real number too: golden instance B of papers 1.10 fits labels -1/+1 by squares.
    let regression = needed == "real numbers" && matches!(labels, Labels::Signs(_));
    if needed != labels.words() && !regression {
        let (loss, labels) = (loss.words(), labels.words());
        errors.push(QuestionError::LossLabels { loss, needed, labels });
    }
}

fn check_steps(training: &Training, samples: usize, errors: &mut Vec<QuestionError>) {
    let limit = Training::STEP_LIMIT;
    match training.steps() {
        0 => errors.push(QuestionError::NoSteps),
        steps if steps > limit => errors.push(QuestionError::TooManySteps { steps, limit }),
        _ => {}
    }
    let (rates, batches) = (training.rates.len(), training.batches.len());
    if rates != batches {
        errors.push(QuestionError::RateCount { rates, batches });
    }
    let bad = training.rates.iter().position(|r| !(r.is_finite() && *r > 0.0));
    if let Some((step, value)) = bad.and_then(|s| Some((s, *training.rates.get(s)?))) {
        errors.push(QuestionError::Rate { step, value });
    }
    let mut seen = vec![usize::MAX; samples];
    for (step, batch) in training.batches.iter().enumerate() {
        if batch.is_empty() {
            errors.push(QuestionError::EmptyBatch { step });
        }
        for &row in batch {
            match seen.get_mut(row) {
                None => {
                    let last = samples.saturating_sub(1);
                    errors.push(QuestionError::BatchRow { step, row, last });
                    return;
                }
                Some(last) if *last == step => {
                    errors.push(QuestionError::BatchRepeats { step, row });
                    return;
                }
                Some(last) => *last = step,
            }
        }
    }
}

impl Training {
    /// The largest number of steps. Bounds and start of an unrolled run take memory that grows with
    /// the square of it: 4,000 steps on two samples take 0.4 GB.
    pub const STEP_LIMIT: usize = 5_000;
    // Every step has an index; the last value means "no step".
    const _STEPS_HAVE_INDICES: () = assert!(Self::STEP_LIMIT < Index::NO_STEP as usize);
}

impl Loss {
    /// The loss's name in the specification language.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Loss::Hinge => "hinge",
            Loss::Margin => "margin",
            Loss::Perceptron => "perceptron",
            Loss::Squared => "squared",
            Loss::Absolute => "absolute",
            Loss::Huber { .. } => "huber",
            Loss::Logistic => "logistic",
            Loss::CrossEntropy => "cross-entropy",
        }
    }
}
