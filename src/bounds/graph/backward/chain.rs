//! CROWN's own relaxations, beside ours.

use super::local::Local;
use super::{BackwardOptions, Found, Plan};
use crate::bounds::Interval;
use crate::bounds::graph::{GraphBounds, forward, meet};
use crate::network::graph::NodeId;

/// Bounds by relaxation alone, and the relaxations that follow from them, node by node.
pub(super) struct Chain {
    bounds: Vec<Vec<Interval>>,
    /// Empty as long as they are those of the better bounds.
    locals: Vec<Local>,
    /// The node before which bounds are kept as they are.
    from: NodeId,
    /// Whether some bound differs from the better one.
    differs: bool,
}

impl Chain {
    /// Nothing where it is not wanted, or cannot be gone on with.
    pub fn new(
        plan: &Plan<'_>,
        bounds: &GraphBounds,
        options: &BackwardOptions<'_>,
    ) -> Option<Chain> {
        let from = if bounds.crown.is_empty() { NodeId(0) } else { options.from };
        (options.crown && from == options.from).then(|| Chain {
            bounds: bounds.crown.get(..from.index()).unwrap_or_default().to_vec(),
            locals: Vec::with_capacity(plan.graph.nodes.len()),
            from,
            differs: false,
        })
    }

    /// Interval arithmetic of one node. `locals` are ours up to it, and `fresh` what interval
    /// arithmetic made of our operands, with the magnitudes.
    pub fn enter(
        &mut self,
        plan: &Plan<'_>,
        id: NodeId,
        bounds: &GraphBounds,
        locals: &[Local],
        (fresh, magnitudes): (Vec<Interval>, &[f64]),
    ) {
        if id >= self.from {
            let own = if self.differs { forward::node(plan, id, &self.bounds).0 } else { fresh };
            self.bounds.push(own);
        }
        let ours = &locals[id.index()];
        let own = (self.differs && !ours.brackets.is_empty()).then(|| {
            let from = (bounds.nodes.as_slice(), self.bounds.as_slice());
            Local::new(plan, id, from, locals, magnitudes)
        });
        if self.is_apart() {
            self.locals.push(own.unwrap_or_else(|| ours.clone()));
        } else if let Some(own) = own.filter(|own| own.brackets != ours.brackets) {
            self.locals = locals[..id.index()].to_vec();
            self.locals.push(own);
        }
    }

    /// Compares with what is known of a node in the end.
    pub fn leave(&mut self, id: NodeId, bounds: &GraphBounds) {
        self.differs |= self.bounds[id.index()] != bounds.nodes[id.index()];
    }

    /// Bounds of a node.
    pub fn of(&self, id: NodeId) -> &[Interval] {
        &self.bounds[id.index()]
    }

    /// The relaxations, which may be `ours`.
    pub fn locals<'a>(&'a self, ours: &'a [Local]) -> &'a [Local] {
        if self.is_apart() { &self.locals } else { ours }
    }

    /// Whether some relaxation differs from ours.
    pub fn is_apart(&self) -> bool {
        !self.locals.is_empty()
    }

    /// Takes what was found for elements of a node, whatever was known of them; of a node whose
    /// intervals are `tight` over the box, what both say.
    pub fn keep(&mut self, id: NodeId, open: &[u32], found: &[Found], tight: bool) {
        for &(k, lane) in found {
            let old = &mut self.bounds[id.index()][open[k] as usize];
            let new = Interval { lo: lane[0], hi: -lane[1] };
            *old = if tight { meet(*old, new).unwrap_or(new) } else { new };
        }
    }

    /// All bounds.
    pub fn finish(self) -> Vec<Vec<Interval>> {
        self.bounds
    }
}
