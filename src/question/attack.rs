//! A concrete choice of the adversary: the thing that is found, replayed, certified and checked.

use std::collections::BTreeMap;

use super::data::Target;

/// Everything the adversary decides. Numbers here are exact: a replay uses these very doubles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attack {
    /// One choice for [`super::Scope::Run`], one a step for [`super::Scope::Batch`].
    pub choices: Vec<Choice>,
    /// The moved test input of a backdoor goal.
    pub test_input: Option<Vec<f64>>,
}

/// What becomes of the training data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// Touched samples by row of the training data.
    pub changes: BTreeMap<usize, Change>,
    /// Inserted samples with their labels, in order.
    pub inserted: Vec<(Vec<f64>, Target)>,
}

/// What becomes of one touched sample.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// The sample is removed.
    pub deleted: bool,
    /// New features, if they change.
    pub features: Option<Vec<f64>>,
    /// New label, if it changes.
    pub target: Option<Target>,
}

impl Attack {
    /// The attack that changes nothing, over `choices` choices.
    #[must_use]
    pub fn none(choices: usize) -> Self {
        Attack { choices: vec![Choice::default(); choices], test_input: None }
    }
}
