//! The training data against the network.

use super::{Place, QuestionError};
use crate::question::{Labels, Question};

pub(super) fn check(question: &Question, errors: &mut Vec<QuestionError>) {
    let (network, train) = (&question.network, &question.train);
    let name = || train.name.clone();
    if train.is_empty() {
        errors.push(QuestionError::NoSamples { name: name() });
    }
    let features = train.features.ncols();
    if features != network.inputs {
        errors.push(QuestionError::FeatureCount {
            name: name(),
            found: features,
            needed: network.inputs,
        });
    }
    let mut length = |what, found, needed| {
        if found != needed {
            errors.push(QuestionError::Length { what, found, needed, place: Place::Data });
        }
    };
    length("the list of columns", train.columns.len(), features);
    length("the list of labels", count(&train.labels), train.len());
    for ((row, column), value) in train.features.indexed_iter() {
        if !value.is_finite() {
            let column = train.columns.get(column).cloned().unwrap_or_default();
            errors.push(QuestionError::DataNotFinite { name: name(), row, column });
        }
    }
    if let Some(row) = bad_label(&train.labels) {
        errors.push(QuestionError::LabelOutside { name: name(), row });
    }
    let needed = match &train.labels {
        Labels::Signs(_) => (1, "1 output".to_string()),
        Labels::Classes { count, .. } => (*count, format!("{count} outputs, one a class")),
        Labels::Real(y) => (y.ncols(), format!("{} outputs", y.ncols())),
    };
    if needed.0 != network.outputs {
        errors.push(QuestionError::Outputs {
            labels: train.labels.words(),
            needed: needed.1,
            outputs: network.outputs,
        });
    }
}

fn count(labels: &Labels) -> usize {
    match labels {
        Labels::Signs(s) => s.len(),
        Labels::Classes { of, .. } => of.len(),
        Labels::Real(y) => y.nrows(),
    }
}

/// The first row whose label is outside its set.
fn bad_label(labels: &Labels) -> Option<usize> {
    match labels {
        Labels::Signs(s) => s.iter().position(|s| s.abs() != 1),
        Labels::Classes { of, count, .. } => of.iter().position(|c| c >= count),
        Labels::Real(y) => y.rows().into_iter().position(|r| !r.iter().all(|v| v.is_finite())),
    }
}
