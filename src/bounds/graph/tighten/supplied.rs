//! Bounds that somebody else vouches for.

use super::report::{Assumed, TightenError};
use crate::bounds::Interval;
use crate::bounds::graph::{GraphBounds, meet as common};
use crate::network::graph::{Graph, NodeId};

/// A bound of one element, as a file has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Supplied {
    /// The node.
    pub node: NodeId,
    /// Its element, in row-major order.
    pub element: usize,
    /// What it is said to lie in; an infinite end says nothing.
    pub range: Interval,
    /// Line of the file.
    pub line: usize,
}

/// Meets number `k` of the supplied bounds with what is known. `None` where that gains nothing.
pub(super) fn meet(
    graph: &Graph,
    bounds: &mut GraphBounds,
    k: usize,
    s: &Supplied,
) -> Result<Option<Assumed>, TightenError> {
    let name = || graph.nodes.get(s.node.index()).map_or_else(String::new, |n| n.origin.clone());
    let all = bounds.nodes.get_mut(s.node.index());
    let count = all.as_ref().map_or(0, |a| a.len());
    let Some(old) = all.and_then(|a| a.get_mut(s.element)) else {
        let (line, element) = (s.line, s.element);
        return Err(TightenError::NoElement { line, node: name(), element, count });
    };
    let proved = *old;
    let Some(used) = common(proved, s.range) else {
        return Err(TightenError::Contradiction {
            line: s.line,
            node: name(),
            element: s.element,
            given: s.range,
            proved,
        });
    };
    *old = used;
    let (node, element) = (s.node, s.element);
    Ok((used != proved).then_some(Assumed { node, element, proved, used, supplied: k }))
}
