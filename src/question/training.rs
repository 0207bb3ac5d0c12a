//! How the network is trained: gradient descent with a fixed order of batches.

/// Training of `steps()` gradient steps:
///
/// ```text
/// g    = reduce over the batch of dL/dtheta, clipped per sample if `clip`, plus decay * theta
/// v    = momentum * v + g            (v starts at 0)
/// theta = theta - rate_t * v
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Training {
    /// The loss of one sample.
    pub loss: Loss,
    /// How sample gradients are combined.
    pub reduction: Reduction,
    /// Learning rate of each step.
    pub rates: Vec<f64>,
    /// Rows of the training data used by each step, 0-based, in order.
    pub batches: Vec<Vec<usize>>,
    /// Momentum `mu >= 0`; 0 is plain gradient descent.
    pub momentum: f64,
    /// l2 decay `lambda >= 0`, applied to weights and biases.
    pub decay: f64,
    /// Element-wise clipping of each sample's gradient to `[-clip, clip]`, if any.
    pub clip: Option<f64>,
}

impl Training {
    /// Number of gradient steps.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.rates.len()
    }
}

/// Loss of one sample with output `f` and label `y`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Loss {
    /// `max(0, 1 - y f)`, `y` a sign. Derivative 0 at the kink.
    Hinge,
    /// `sum over c != y of max(0, 1 - f_y + f_c)`, `y` a class. Derivative 0 at the kink.
    Margin,
    /// `max(0, -y f)`, `y` a sign. Derivative 0 at the kink.
    Perceptron,
    /// `mean over outputs of (f - y)^2`.
    Squared,
    /// `mean over outputs of |f - y|`. Derivative 0 at the kink.
    Absolute,
    /// `mean over outputs of r^2 / 2 if |r| <= delta, else delta (|r| - delta / 2)`, `r = f - y`.
    Huber {
        /// Where the loss turns linear, `> 0`.
        delta: f64,
    },
    /// `log(1 + exp(-y f))`: trained and replayed, but refused by every encoder.
    Logistic,
    /// Softmax cross-entropy: trained and replayed, but refused by every encoder.
    CrossEntropy,
}

/// How the gradients of the samples of a batch are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// Sum divided by the size of the clean batch, whatever the adversary deletes or inserts.
    Mean,
    /// Sum divided by the number of samples that remain (0 if none).
    MeanOfRemaining,
    /// Sum.
    Sum,
}
