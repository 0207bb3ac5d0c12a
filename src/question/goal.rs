//! What is asked of the trained network (papers 1.2, test block), and what is claimed of it.

use super::data::Target;

/// A test input with its right label.
#[derive(Clone, Debug, PartialEq)]
pub struct TestPoint {
    /// Features.
    pub input: Vec<f64>,
    /// Label.
    pub target: Target,
    /// Where it comes from, for reports: `test[0]`.
    pub source: String,
}

/// What is asked. Each goal has a direction in which the adversary pushes its value.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// Minimise `v f(u)`, or `min over c != v of f_v(u) - f_c(u)`.
    Margin(TestPoint),
    /// Maximise the number of misclassified points; a margin of exactly 0 counts as an error.
    Errors(Vec<TestPoint>),
    /// Maximise the mean training loss (hinge or margin) over the points.
    TestLoss(Vec<TestPoint>),
    /// Maximise `sum of coefficient * parameter` after training.
    Direction(Vec<(ParameterRef, f64)>),
    /// Minimise the number of touched samples such that the margin at the point is `<= 0`.
    /// The threat's budget stays an upper limit.
    SmallestBudget(TestPoint),
    /// Minimise the margin where the test input moves too, `|u - u_0|_inf <= eps` in `domain`.
    Backdoor {
        /// The clean test point.
        point: TestPoint,
        /// Radius, `> 0`.
        eps: f64,
        /// Domain of each feature (infinite where there is none).
        domain: Vec<(f64, f64)>,
    },
    /// Maximise the squared error `mean over outputs of (f(u) - v)^2` of a regression.
    SquaredError(TestPoint),
}

/// A trained parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterRef {
    /// `weight[layer][row, column]`, layer 1-based over affine layers.
    Weight {
        /// 1-based affine layer.
        layer: usize,
        /// Output unit.
        row: usize,
        /// Input unit.
        column: usize,
    },
    /// `bias[layer][row]`.
    Bias {
        /// 1-based affine layer.
        layer: usize,
        /// Output unit.
        row: usize,
    },
}

impl Goal {
    /// Whether the adversary minimises the value (it maximises it otherwise).
    #[must_use]
    pub fn adversary_minimises(&self) -> bool {
        match self {
            Goal::Margin(_) | Goal::SmallestBudget(_) | Goal::Backdoor { .. } => true,
            Goal::Errors(_) | Goal::TestLoss(_) | Goal::Direction(_) | Goal::SquaredError(_) => {
                false
            }
        }
    }

    /// The claim that a question makes when the specification states none: margins are positive.
    #[must_use]
    pub fn default_claim(&self) -> Option<Claim> {
        match self {
            Goal::Margin(_) | Goal::Backdoor { .. } => {
                Some(Claim { relation: Relation::Greater, value: 0.0 })
            }
            Goal::Errors(_)
            | Goal::TestLoss(_)
            | Goal::Direction(_)
            | Goal::SmallestBudget(_)
            | Goal::SquaredError(_) => None,
        }
    }
}

/// `worst value (relation) value`, to be proved or refuted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// The relation.
    pub relation: Relation,
    /// The right-hand side.
    pub value: f64,
}

/// Relations of a [`Claim`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `<`
    Less,
    /// `<=`
    AtMost,
}

impl Claim {
    /// Whether `value` satisfies the claim.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        match self.relation {
            Relation::Greater => value > self.value,
            Relation::AtLeast => value >= self.value,
            Relation::Less => value < self.value,
            Relation::AtMost => value <= self.value,
        }
    }
}
