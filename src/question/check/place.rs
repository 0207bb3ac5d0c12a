//! Where in a question something is wrong.

/// A part of a [`crate::question::Question`]. The specification language maps each to a span of
/// the file; steps, rows, features and points are 0-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The network.
    Network,
    /// The training data.
    Data,
    /// The training as a whole.
    Training,
    /// The loss.
    Loss,
    /// The rate of a step.
    Rate(usize),
    /// The number of steps.
    Steps,
    /// The batch of a step.
    Batch(usize),
    /// Momentum.
    Momentum,
    /// l2 decay.
    Decay,
    /// Gradient clipping.
    Clip,
    /// The threat as a whole.
    Threat,
    /// The budget, or the budget of features.
    Budget,
    /// The budget of labels where it is separate.
    LabelBudget,
    /// The samples that may be touched.
    Candidates,
    /// The threat to labels.
    Labels,
    /// The threat to features.
    Features,
    /// A limit of the change of a feature: its number among
    /// [`crate::question::Relations::offsets`].
    Change(usize),
    /// Missing values: their number among [`crate::question::Relations::missing`].
    Missing(usize),
    /// A linear relation: its number among [`crate::question::Relations::linear`].
    Require(usize),
    /// The domain of a feature.
    Domain(usize),
    /// The kind of a feature.
    Kind(usize),
    /// Insertion of samples.
    Insertion,
    /// The goal.
    Goal,
    /// A test point of the goal.
    Point(usize),
    /// A term of a parameter direction.
    Term(usize),
    /// The backdoor of the goal.
    Backdoor,
    /// The claim.
    Claim,
    /// The tie band.
    TieBand,
}
