//! The step-by-step question: every parameter vector that training can reach, and what the networks
//! with these parameters answer (papers 2).

use super::{Goal, Question, TestPoint};
use crate::network::{Layout, Network};

/// Most parameters of which all pairs are taken.
const ALL_PAIRS: usize = 12;

/// Which parameters can training on perturbed data reach, and on which points do all networks with
/// such parameters give the same answer?
#[derive(Clone, Debug, PartialEq)]
pub struct Reaching {
    /// Network, data, training and threat. The goal is the number of errors on the points; the claim is
    /// about the same.
    pub question: Question,
    /// How steps are bounded.
    pub approach: Approach,
}

/// How steps are bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Approach {
    /// Steps that are bounded together: a step keeps what it has in common with those before it in its
    /// window. `None` is all steps from the first on.
    pub window: Option<usize>,
    /// Backward linear relaxation through the window, beside interval arithmetic.
    pub linear: bool,
    /// Nodes of the branching for each end of each parameter's interval; 0 for none.
    pub nodes: usize,
    /// Linear functions of the parameters whose ranges are carried beside the box.
    pub templates: Templates,
    /// Rounds of programs for solvers, one a step; none if bounds alone answer.
    pub rounds: Option<Rounds>,
    /// Programs of the points that bounds leave open behind the last round, each through so many of the last
    /// steps; 0 for the parameters in their last box alone.
    pub points: Option<usize>,
    /// Most training runs of the search for an attack; 0 for no search, `None` for what it takes
    /// elsewhere.
    pub replays: Option<u64>,
}

/// Which linear functions of the parameters are carried beside the box (papers 2.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Templates {
    /// Differences of two parameters.
    pub differences: bool,
    /// Sums of two parameters.
    pub sums: bool,
    /// So many principal directions of the steps of training on unchanged data; none for none.
    pub gradients: Option<usize>,
}

impl Templates {
    /// Whether there is one.
    #[must_use]
    pub fn any(&self) -> bool {
        self.differences || self.sums || self.gradients.is_some()
    }

    /// Most directions of a question.
    pub const MOST: usize = 1024;

    /// The directions that are asked for; of principal ones there may be fewer.
    #[must_use]
    pub fn count(&self, network: &Network) -> usize {
        let pairs = |g: &Vec<usize>| g.len() * g.len().saturating_sub(1) / 2;
        let pairs: usize = Self::groups(network).iter().map(pairs).sum();
        pairs * (usize::from(self.differences) + usize::from(self.sums))
            + self.gradients.unwrap_or(0)
    }

    /// The parameters that are paired with one another, each group ascending: all if there are at most 12,
    /// else those that feed the same neuron.
    #[must_use]
    pub fn groups(network: &Network) -> Vec<Vec<usize>> {
        let parameters = Layout::of(network).len();
        if parameters <= ALL_PAIRS {
            return vec![(0..parameters).collect()];
        }
        let (mut out, mut first) = (Vec::new(), 0);
        for affine in network.affine() {
            let (units, inputs) = affine.weight.dim();
            let biases = first + units * inputs;
            let biased = affine.bias.is_some();
            out.extend((0..units).map(|unit| {
                let weights = first + unit * inputs..first + (unit + 1) * inputs;
                weights.chain(biased.then_some(biases + unit)).collect()
            }));
            first = biases + if biased { units } else { 0 };
        }
        out
    }
}

/// How many steps the program of a round holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounds {
    /// So many, at least 1; with 1 it is that of MIBP-Cert.
    Steps(usize),
    /// All from the first on: the poisoning question.
    Run,
}

impl Rounds {
    /// The steps of the program that bounds the parameters after `end` steps.
    #[must_use]
    pub fn steps(self, end: usize) -> std::ops::Range<usize> {
        match self {
            Rounds::Steps(k) => end.saturating_sub(k.max(1))..end,
            Rounds::Run => 0..end,
        }
    }
}

impl Default for Approach {
    fn default() -> Self {
        Approach {
            window: None,
            linear: true,
            nodes: 0,
            templates: Templates::default(),
            rounds: None,
            points: None,
            replays: None,
        }
    }
}

impl Reaching {
    /// Steps of a window.
    #[must_use]
    pub fn window(&self) -> usize {
        self.approach.window.unwrap_or_else(|| self.question.training.steps()).max(1)
    }

    /// Rounds, one a step, and one for the points if programs are asked for them.
    #[must_use]
    pub fn rounds(&self) -> usize {
        self.question.training.steps() + usize::from(self.approach.points.is_some())
    }

    /// The points whose answers are asked for.
    #[must_use]
    pub fn points(&self) -> &[TestPoint] {
        match &self.question.goal {
            Goal::Errors(points) => points,
            Goal::Margin(_)
            | Goal::Backdoor { .. }
            | Goal::TestLoss(_)
            | Goal::Direction(_)
            | Goal::SmallestBudget(_)
            | Goal::SquaredError(_) => &[],
        }
    }
}
