//! Data sets.

use ndarray::Array2;

/// Samples with labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// The name that the specification gives it.
    pub name: String,
    /// Shape `[samples, features]`.
    pub features: Array2<f64>,
    /// Names of the feature columns.
    pub columns: Vec<String>,
    /// Labels of all samples.
    pub labels: Labels,
}

/// Labels of all samples, of one kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Labels {
    /// Binary classes `-1` and `+1` for a network with one output.
    Signs(Vec<i8>),
    /// Classes `0..count` for a network with one output per class.
    Classes {
        /// Class of each sample.
        of: Vec<usize>,
        /// Number of classes.
        count: usize,
        /// The label of each class as the data file has it.
        names: Vec<String>,
    },
    /// Real targets, shape `[samples, outputs]`.
    Real(Array2<f64>),
}

/// The label of one sample.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// `-1.0` or `+1.0`.
    Sign(f64),
    /// A class.
    Class(usize),
    /// Real targets, one an output.
    Real(Vec<f64>),
}

impl Dataset {
    /// Number of samples.
    #[must_use]
    pub fn len(&self) -> usize {
        self.features.nrows()
    }

    /// Whether there is no sample.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Features of sample `i`.
    #[must_use]
    pub fn row(&self, i: usize) -> Vec<f64> {
        self.features.row(i).to_vec()
    }

    /// Label of sample `i`.
    #[must_use]
    pub fn target(&self, i: usize) -> Target {
        match &self.labels {
            Labels::Signs(s) => Target::Sign(f64::from(s[i])),
            Labels::Classes { of, .. } => Target::Class(of[i]),
            Labels::Real(y) => Target::Real(y.row(i).to_vec()),
        }
    }
}
