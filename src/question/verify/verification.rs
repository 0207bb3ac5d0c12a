//! A question of verification, resolved: may any input of a set make a network's outputs do what a
//! property forbids?

use super::{Approach, Around, Case, CasesError, Property, Targets, Ties, cases};
use crate::bounds::graph::Supplied;
use crate::network::graph::Graph;

/// Everything that determines a question of verification.
///
/// It is answered by *no* (the property holds for the real-valued network on the whole set) or by an
/// input, an *attack*, that is replayed through the graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Verification {
    /// The name of the network.
    pub network: String,
    /// The network.
    pub graph: Graph,
    /// What of the network's file is not part of the graph, one sentence each: a last softmax.
    pub left_out: Vec<String>,
    /// What is asked.
    pub subject: Subject,
    /// The sets of inputs, each with what must not happen there. Without any, nothing can happen.
    pub cases: Vec<Case>,
    /// How the answer is looked for.
    pub approach: Approach,
    /// Bounds of neurons that somebody else vouches for: an answer *no* is only as true as they are.
    pub supplied: Vec<Supplied>,
}

/// What is asked of the network.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// That a formula is never true.
    Property {
        /// Where it is written: the path of a file as the specification has it, or what the
        /// specification calls it.
        source: String,
        /// The formula.
        property: Property,
    },
    /// That the class of a point stays the largest output around it.
    Robust {
        /// The point in words: `test[7]`.
        point: String,
        /// The inputs.
        around: Around,
        /// The class, from 0.
        label: usize,
        /// Number of classes, the outputs of the network.
        classes: usize,
        /// What an output as large as that of the class is.
        ties: Ties,
    },
}

impl Subject {
    /// The sets of inputs, each with what must not happen there.
    ///
    /// # Errors
    /// [`CasesError`]: a property that leaves an input without an end.
    pub fn cases(&self) -> Result<Vec<Case>, CasesError> {
        match self {
            Subject::Property { property, .. } => cases(property),
            Subject::Robust { around, label, classes, ties, .. } => {
                Ok(around.robust((*label, *classes), *ties, Targets::Together))
            }
        }
    }
}
