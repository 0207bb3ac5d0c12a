//! Branch and bound over our own bounds: a case is taken apart until bounds alone refute every part.
//!
//! Two ways to take it apart ([`Method`]):
//!
//! - **Inputs.** The input box is halved along one input. The halves are closed and share the double
//!   in the middle, so that together they are the box: no input is lost. Each half is bounded anew by
//!   interval arithmetic and backward relaxation, starting from its parent's bounds, which hold on
//!   it. For few inputs.
//! - **Neurons.** The argument of a ReLU (or of another function of two or more linear pieces) is cut
//!   at a breakpoint `p`: one part has the inputs with `z <= p`, the other those with `z >= p`. Both
//!   are closed, and each input is in one of them at least. In each part the function is replaced by
//!   its piece, and the inequality enters the bound with a multiplier (`phases`). For many inputs.
//!
//! The result is a [`Tree`] of splits, a leaf for each part that bounds refute. [`verify_tree`] walks
//! it again, and needs neither the search nor its choices: it computes the same bounds in the same
//! order, and asks of each leaf that they refute it. So a walk costs no more than the search did.
//!
//! Nodes are handled in rounds of fixed size; a round depends on those before it alone. The result is
//! therefore the same for any number of threads. An input that looks like a counterexample is replayed
//! exactly before it is one.

mod candidate;
mod explore;
mod goal;
mod inputs;
mod phases;
mod score;
mod tree;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

pub use tree::{Method, Split, Splits, Tree};

use super::Plan;
use crate::question::verify::{Case, Replay};
use explore::{End, Guide};
use goal::Goal;

/// Steps that a tree may ask of a walk.
const STEPS: u32 = 10_000;

/// Conjunctions of a goal that are refuted one by one, at most.
const CONJUNCTIONS: usize = 4096;

/// Inputs that move, at most, for [`Method::Inputs`] to be chosen: for any network, and for one whose
/// evaluation takes few products, so that bounding every part anew is cheap.
const FEW: usize = 6;
const SOME: usize = 20;
const CHEAP: usize = 100_000;

/// Steps before the first split for networks whose evaluation takes at most so many products.
const ROOT_STEPS: u32 = 4;
const SMALL: usize = 2_000_000;

/// How a search runs. A search that is not stopped depends on `threads`, `cancel` and `until` in
/// nothing.
#[derive(Clone, Copy, Debug)]
pub struct BranchOptions<'a> {
    /// Nodes of the tree, at most.
    pub nodes: usize,
    /// What is split; chosen by the number of inputs that move and the network's size if not given.
    pub method: Option<Method>,
    /// Steps by which slopes and multipliers are improved at each node, for [`Method::Neurons`].
    pub steps: u32,
    /// Steps by which the slopes of every neuron's bounds are improved before the first split, for
    /// [`Method::Neurons`]; chosen by the network's size if not given.
    pub root_steps: Option<u32>,
    /// Whether points that bounds suggest are tried as counterexamples.
    pub attack: bool,
    /// Threads.
    pub threads: usize,
    /// Raised to stop early.
    pub cancel: Option<&'a AtomicBool>,
    /// When to stop early.
    pub until: Option<Instant>,
}

impl Default for BranchOptions<'_> {
    fn default() -> Self {
        BranchOptions {
            nodes: 100_000,
            method: None,
            steps: 20,
            root_steps: None,
            attack: true,
            threads: 1,
            cancel: None,
            until: None,
        }
    }
}

impl BranchOptions<'_> {
    fn stopped(&self) -> bool {
        self.cancel.is_some_and(|c| c.load(Ordering::Relaxed))
            || self.until.is_some_and(|t| Instant::now() >= t)
    }
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Branched {
    /// The answer.
    pub verdict: Verdict,
    /// Nodes that were bounded.
    pub nodes: usize,
}

/// The answer of a search.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// No input of the case's set makes its goal true; the tree shows it.
    Refuted(Tree),
    /// A counterexample; [`Replay::is_attack`] holds.
    Attack(Box<Replay>),
    /// Neither.
    Unknown {
        /// Why not.
        reason: Reason,
        /// Parts that were not refuted when the search ended.
        open: usize,
        /// Of the parts that were bounded and not refuted in the last round, by how much the worst
        /// one's bound misses, in units of the goal's rows; negative.
        worst: Option<f64>,
    },
}

/// Why a search did not decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// All nodes that were allowed are used.
    Nodes,
    /// It was stopped.
    Stopped,
    /// A part cannot be split further.
    Whole,
    /// The goal is a disjunction of too many conjunctions to take them one by one.
    Goal,
}

/// Why a tree proves nothing. Nodes are counted in preorder, from 0.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TreeError {
    /// Not the text of a tree.
    #[error(
        "the tree cannot be read from byte {at} on; a node is -, i<input> or n<node>:<element>"
    )]
    Text {
        /// Byte.
        at: usize,
    },
    /// A split without both its parts.
    #[error("node {node} of the tree has no second part, so its parts do not cover what it splits")]
    Child {
        /// The split.
        node: usize,
    },
    /// More than the trees that are asked for.
    #[error("node {node} of the tree belongs to no split; remove it and what follows")]
    Surplus {
        /// The first of them.
        node: usize,
    },
    /// Too few trees.
    #[error("the goal has {expected} conjunctions and the tree refutes {found} of them")]
    Trees {
        /// Conjunctions.
        expected: usize,
        /// Trees.
        found: usize,
    },
    /// A split of another method, of something that does not exist, or that has no two parts.
    #[error("node {node} of the tree splits {what}")]
    Split {
        /// The split.
        node: usize,
        /// What is wrong with it.
        what: String,
    },
    /// A leaf that stays open.
    #[error("the bounds at leaf {node} of the tree do not refute it; they miss by {by}")]
    Open {
        /// The leaf.
        node: usize,
        /// By how much the bound of the nearest row misses.
        by: f64,
    },
    /// Steps that no search takes.
    #[error("the tree asks for {found} steps a node, and {most} is the most that is walked")]
    Steps {
        /// In the tree.
        found: u32,
        /// Allowed.
        most: u32,
    },
    /// A goal for which the method is not made.
    #[error("the goal has too many conjunctions for a tree of neurons")]
    Goal,
    /// The walk was stopped.
    #[error("the walk was stopped before its end")]
    Stopped,
}

/// Searches for a proof that no input of `case` makes its goal true, or for such an input.
#[must_use]
pub fn branch(plan: &Plan<'_>, case: &Case, options: &BranchOptions<'_>) -> Branched {
    let method = options.method.unwrap_or_else(|| chosen(plan, case));
    let root_steps = options.root_steps.unwrap_or_else(|| match method {
        Method::Neurons if plan.graph.work() <= SMALL => ROOT_STEPS,
        Method::Neurons | Method::Inputs => 0,
    });
    let head = Tree {
        method,
        steps: options.steps.min(STEPS),
        root_steps: root_steps.min(STEPS),
        splits: Splits::default(),
    };
    let explored = run(plan, case, &head, &Guide::Search, options);
    let unknown = |reason| Verdict::Unknown { reason, open: 1, worst: None };
    match explored {
        Err(TreeError::Stopped) => Branched { verdict: unknown(Reason::Stopped), nodes: 0 },
        // A search has no tree that could be wrong.
        Err(_) => Branched { verdict: unknown(Reason::Goal), nodes: 0 },
        Ok(explored) => {
            let verdict = match explored.end {
                End::Refuted => Verdict::Refuted(Tree { splits: explored.forest.splits(), ..head }),
                End::Attack(replay) => Verdict::Attack(replay),
                End::Unknown { reason, open, worst } => Verdict::Unknown { reason, open, worst },
            };
            Branched { verdict, nodes: explored.nodes }
        }
    }
}

/// What is split where nothing else is asked for.
fn chosen(plan: &Plan<'_>, case: &Case) -> Method {
    let moving = case.outer.iter().filter(|v| !v.is_point()).count();
    if moving <= FEW || (moving <= SOME && plan.graph.work() <= CHEAP) {
        Method::Inputs
    } else {
        Method::Neurons
    }
}

/// Walks a tree again: whether its leaves cover the set of `case`, and bounds refute each of them.
/// Of the options only `threads`, `cancel` and `until` matter. Returns the number of nodes.
///
/// # Errors
/// See [`TreeError`].
pub fn verify_tree(
    plan: &Plan<'_>,
    case: &Case,
    tree: &Tree,
    options: &BranchOptions<'_>,
) -> Result<usize, TreeError> {
    for found in [tree.steps, tree.root_steps] {
        if found > STEPS {
            return Err(TreeError::Steps { found, most: STEPS });
        }
    }
    let explored = run(plan, case, tree, &Guide::Walk(&tree.splits), options)?;
    match explored.end {
        End::Refuted => Ok(explored.nodes),
        End::Attack(_) | End::Unknown { .. } => Err(TreeError::Stopped),
    }
}

fn run(
    plan: &Plan<'_>,
    case: &Case,
    head: &Tree,
    guide: &Guide<'_>,
    options: &BranchOptions<'_>,
) -> Result<explore::Explored, TreeError> {
    let goal = Goal::new(&case.goal);
    let search = matches!(guide, Guide::Search);
    match head.method {
        Method::Inputs => {
            let engine = inputs::Boxes::new(plan, case, &goal, search, options);
            explore::explore(&engine, engine.root(), guide, options)
        }
        Method::Neurons => {
            let Some(parts) = goal.conjunctions(CONJUNCTIONS) else { return Err(TreeError::Goal) };
            let steps = [head.steps, head.root_steps];
            let engine = phases::Phases::new(plan, case, &goal, parts, steps, search, options);
            let engine = engine.ok_or(TreeError::Stopped)?;
            explore::explore(&engine, engine.roots(), guide, options)
        }
    }
}
