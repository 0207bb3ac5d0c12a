//! Proved bounds of every element of a network's graph.
//!
//! 1. [`interval`] walks forward: an interval an element, from those of its operands.
//! 2. [`backward`] bounds the elements whose relaxation would gain from it by backward linear
//!    relaxation, in topological order, so that each pass uses the bounds found before.
//! 3. Linear programs, and a bounded branching over phases, do the same for what is undecided even
//!    then ([`Programs`]); multipliers prove what they find.
//! 4. [`bound_linear`] bounds linear functions of the outputs, which alone may decide a property ([`refuted`]).
//!
//! [`tighten`] runs 1 to 3 as far as is wanted, with bounds that are supplied.
//!
//! Bounds are true for every input in the box, or in the part of it in a ball ([`interval_of`]; and,
//! where a caller has narrowed intervals itself, for every such input whose run stays within them:
//! fixing the phase of a ReLU is setting one end of its operand to 0). They hold for the real-valued function of the graph; all rounding is paid
//! for by a-priori error bounds (`rounding`, `backward::local`). A pass gives the same bytes for any
//! number of threads and on any machine.

mod backward;
pub mod branch;
mod failing;
mod forward;
mod linear;
mod plan;
mod programs;
mod refute;
mod relax;
mod rounding;
mod threads;
mod tighten;

pub use backward::budget::Groups;
pub use backward::directions::Directions;
pub use backward::{BackwardOptions, Linear, Report, backward, bound_linear};
pub use failing::failing;
pub use plan::Plan;
pub use programs::{Effort, Layer, Programs, Record};
pub use refute::refuted;
pub use tighten::{Assumed, Pass, PassReport, Supplied, Tighten, TightenError, Tightened, tighten};

use std::sync::Arc;

use super::Interval;
use crate::network::graph::{Graph, NodeId, Op};
use crate::question::verify::{Ball, Case, Truth};

/// Bounds of every element of every node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphBounds {
    /// One list a node, one interval an element.
    pub nodes: Vec<Vec<Interval>>,
    /// The same by relaxation alone: what CROWN has, whose relaxations follow from these and not from
    /// the better ones in `nodes` ([`backward`]). True for every input of the box that they were made
    /// for, whatever was narrowed since. Empty before a backward pass with [`BackwardOptions::crown`].
    pub crown: Vec<Vec<Interval>>,
    /// What the inputs lie in besides their box: all bounds but those by interval arithmetic use it.
    pub ball: Option<Arc<Ball>>,
    /// How many groups of the inputs may leave a point, where there is no ball: as the ball.
    pub groups: Option<Arc<Groups>>,
    /// Linear functions of an input whose ranges are known: backward relaxation uses them.
    pub directions: Option<Arc<Directions>>,
}

/// Proved: no run through the graph stays within the bounds that were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("element {element} of node {node:?} has no value within its bounds")]
pub struct Empty {
    /// Where two bounds exclude each other.
    pub node: NodeId,
    /// Its element.
    pub element: usize,
}

/// Bounds by interval arithmetic over the box `inputs`, one interval an input element, those of all
/// inputs in order.
///
/// # Errors
/// None for intervals that hold a number each; see [`Empty`].
pub fn interval(plan: &Plan<'_>, inputs: &[Interval]) -> Result<GraphBounds, Empty> {
    let graph: &Graph = plan.graph();
    let mut bounds = GraphBounds {
        nodes: graph.nodes.iter().map(|n| vec![Interval::ALL; n.len()]).collect(),
        ..GraphBounds::default()
    };
    let mut first = 0;
    for port in &graph.inputs {
        for (to, from) in bounds.nodes[port.node.index()].iter_mut().zip(&inputs[first..]) {
            *to = *from;
        }
        first += port.len();
    }
    bounds.forward(plan)?;
    Ok(bounds)
}

/// The same over the box of a case. What follows from these bounds holds for the inputs of its balls
/// alone, if it has some; of several only the first is used, rows and lattice are not.
///
/// # Errors
/// See [`interval`]; also if the box has nothing in common with one of the balls.
pub fn interval_of(plan: &Plan<'_>, case: &Case) -> Result<GraphBounds, Empty> {
    let mut bounds = interval(plan, &case.outer)?;
    let graph = plan.graph();
    let nodes = graph.ids().filter(|id| matches!(graph.node(*id).op, Op::Input { .. }));
    let mut ports: Vec<NodeId> = graph.inputs.iter().map(|p| p.node).collect();
    ports.sort_unstable();
    // Each number of the centre belongs to one input.
    let one_each = nodes.eq(ports) && graph.input_len() == case.outer.len();
    let fits = |b: &&Ball| one_each && case.outer.len() == b.center.len();
    for ball in case.balls.iter().filter(fits) {
        if let (Truth::No, Some(port)) = (ball.holds(&case.outer), graph.inputs.first()) {
            return Err(Empty { node: port.node, element: 0 });
        }
        bounds.ball.get_or_insert_with(|| Arc::new(ball.clone()));
    }
    Ok(bounds)
}

impl GraphBounds {
    /// Bounds of the elements of a node.
    #[must_use]
    pub fn of(&self, id: NodeId) -> &[Interval] {
        &self.nodes[id.index()]
    }

    /// Bounds of all output elements in order.
    #[must_use]
    pub fn outputs(&self, graph: &Graph) -> Vec<Interval> {
        graph.outputs.iter().flat_map(|p| self.of(p.node).iter().copied()).collect()
    }

    /// Interval arithmetic from the first node to the last, met with what is there: the way to use
    /// bounds that a caller has narrowed.
    ///
    /// # Errors
    /// See [`Empty`].
    pub fn forward(&mut self, plan: &Plan<'_>) -> Result<(), Empty> {
        plan.graph().ids().try_for_each(|id| self.sweep(plan, id).map(|_| ()))
    }

    /// Number of elements that no linear function describes exactly within these bounds: unstable
    /// neurons, undecided maxima and choices, products of two variables.
    #[must_use]
    pub fn unstable(&self, plan: &Plan<'_>) -> usize {
        plan.graph().ids().map(|id| plan.unstable(id, &self.nodes)).sum()
    }

    /// Meets the bounds of one node with those from its operands. Returns these, and the upper bounds
    /// of `sum |w| max |x|` of a dense layer or convolution.
    fn sweep(&mut self, plan: &Plan<'_>, id: NodeId) -> Result<(Vec<Interval>, Vec<f64>), Empty> {
        let (new, magnitudes) = forward::node(plan, id, &self.nodes);
        for (element, (old, new)) in self.nodes[id.index()].iter_mut().zip(&new).enumerate() {
            *old = meet(*old, *new).ok_or(Empty { node: id, element })?;
        }
        Ok((new, magnitudes))
    }
}

/// The common part of two bounds, if they have one.
fn meet(a: Interval, b: Interval) -> Option<Interval> {
    let (lo, hi) = (a.lo.max(b.lo), a.hi.min(b.hi));
    (lo <= hi).then_some(Interval { lo, hi })
}
