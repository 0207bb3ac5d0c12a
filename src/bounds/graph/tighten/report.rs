//! What became of bounds.

use std::fmt;

use super::Record;
use crate::bounds::Interval;
use crate::network::graph::NodeId;

/// One of the ways to bounds, in the order in which they are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pass {
    /// Interval arithmetic.
    Interval,
    /// Backward linear relaxation.
    Relaxation,
    /// Supplied bounds, and what relaxation makes of them.
    Supplied,
    /// Relaxation with improved slopes.
    Slopes,
    /// Linear programs.
    Lp,
    /// Linear programs in the leaves of a branching.
    Mip,
}

impl Pass {
    /// Its name, in one word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Pass::Interval => "interval",
            Pass::Relaxation => "relaxation",
            Pass::Supplied => "supplied",
            Pass::Slopes => "slopes",
            Pass::Lp => "lp",
            Pass::Mip => "mip",
        }
    }
}

impl fmt::Display for Pass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What a pass did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassReport {
    /// Which one.
    pub pass: Pass,
    /// Elements that no linear function describes exactly after it
    /// ([`super::GraphBounds::unstable`]): for a network of ReLUs, its unstable neurons.
    pub undecided: usize,
    /// Elements that it bounded by backward rows, each from both sides.
    pub rows: usize,
    /// Linear programs that it solved.
    pub programs: usize,
    /// Whether it ran to its end: to that of its budget, and was not cancelled.
    pub complete: bool,
}

/// A bound that was supplied and is better than ours: what follows rests on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assumed {
    /// The node.
    pub node: NodeId,
    /// Its element.
    pub element: usize,
    /// What we had proved.
    pub proved: Interval,
    /// What is used: its common part with what was supplied.
    pub used: Interval,
    /// Which of [`super::Tighten::supplied`].
    pub supplied: usize,
}

/// See [`super::tighten`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tightened {
    /// The passes, in order.
    pub passes: Vec<PassReport>,
    /// Bounds that are not proved by us. Where there is one, the bounds of all nodes behind it, and a
    /// certificate that uses them, rest on it.
    pub assumed: Vec<Assumed>,
    /// The proofs of linear programs and branchings: with [`super::Programs::Record`] they give the
    /// same bounds without a solver.
    pub record: Record,
    /// Whether every pass ran to its end.
    pub complete: bool,
}

/// Why bounds cannot be tightened.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TightenError {
    /// No input is left.
    #[error(
        "{}element {element} of node {node} has no value left within its bounds",
        if *supplied { "the supplied bounds admit no input: " } else { "" }
    )]
    Empty {
        /// Name of the node in the file.
        node: String,
        /// Its element.
        element: usize,
        /// Whether bounds that were supplied were in use.
        supplied: bool,
    },
    /// A supplied bound excludes what is proved.
    #[error(
        "line {line}: element {element} of node {node} is supplied as [{}, {}], but lies in [{}, {}]; \
         correct or remove the line", given.lo, given.hi, proved.lo, proved.hi
    )]
    Contradiction {
        /// Line of the file.
        line: usize,
        /// Name of the node.
        node: String,
        /// Its element.
        element: usize,
        /// What was supplied.
        given: Interval,
        /// What is proved.
        proved: Interval,
    },
    /// There is no such element.
    #[error("line {line}: node {node} has {count} elements, and none with the number {element}")]
    NoElement {
        /// Line of the file.
        line: usize,
        /// Name of the node.
        node: String,
        /// What was asked for.
        element: usize,
        /// Its elements.
        count: usize,
    },
    /// A record that belongs to other bounds, another network or another version.
    #[error("the recorded proofs do not fit: {0}")]
    Record(String),
}
