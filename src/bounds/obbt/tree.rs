//! What a recorded branch-and-bound tree proves.

use super::record::{Duals, Node};
use super::relaxation::Relaxation;
use crate::bounds::Interval;
use crate::ir::VarId;

/// The two sides of a split: together they hold every value that the column can take.
#[must_use]
pub fn sides(whole: bool, range: Interval, at: f64) -> [Interval; 2] {
    let (below, above) = if whole { (at.floor(), at.floor() + 1.0) } else { (at, at) };
    // `min` and `max` leave the range as it is for a place that is not a number.
    [
        Interval { lo: range.lo, hi: range.hi.min(below) },
        Interval { lo: range.lo.max(above), hi: range.hi },
    ]
}

/// What is left to do: visit the next node, or leave a side.
enum Task {
    Visit { parent: Option<usize>, side: Option<(usize, Interval)> },
    Restore(usize, Interval),
}

/// A lower bound of `sum terms` over the relaxation that holds whatever the tree says: the smallest
/// bound of a leaf, each over its own box, by weak duality. `-inf` for a tree that is not whole,
/// `+inf` if every leaf is shown to be empty.
#[must_use]
pub fn value(relaxation: &Relaxation, terms: &[(VarId, f64)], tree: &[Node]) -> f64 {
    let mut bounds = relaxation.bounds();
    // Bound that a node proves itself, and the smallest of its sides.
    let mut own: Vec<f64> = Vec::with_capacity(tree.len());
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(tree.len());
    let mut tasks = vec![Task::Visit { parent: None, side: None }];
    while let Some(task) = tasks.pop() {
        let (parent, side) = match task {
            Task::Restore(v, range) => {
                bounds[v] = range;
                continue;
            }
            Task::Visit { parent, side } => (parent, side),
        };
        let at = own.len();
        let Some(node) = tree.get(at) else { return f64::NEG_INFINITY };
        if let Some((v, range)) = side {
            tasks.push(Task::Restore(v, bounds[v]));
            bounds[v] = range;
        }
        parents.push(parent);
        own.push(match node {
            Node::Bound(duals) => relaxation.prove(terms, duals, &bounds),
            Node::Empty(duals) => emptiness(relaxation, duals, &bounds),
            Node::Split(column, place, duals) => {
                let v = *column as usize;
                let Some(range) = bounds.get(v).copied() else { return f64::NEG_INFINITY };
                let [below, above] = sides(relaxation.is_whole(VarId(*column)), range, *place);
                tasks.push(Task::Visit { parent: Some(at), side: Some((v, above)) });
                tasks.push(Task::Visit { parent: Some(at), side: Some((v, below)) });
                if duals.is_empty() {
                    f64::NEG_INFINITY
                } else {
                    relaxation.prove(terms, duals, &bounds)
                }
            }
        });
    }
    if own.len() != tree.len() {
        return f64::NEG_INFINITY;
    }
    // Children follow their parent, so they are complete when it is reached from the end.
    let mut smallest = vec![f64::INFINITY; tree.len()];
    let mut root = f64::NEG_INFINITY;
    for (k, node) in tree.iter().enumerate().rev() {
        let value = match node {
            Node::Split(..) => own[k].max(smallest[k]),
            Node::Bound(_) | Node::Empty(_) => own[k],
        };
        match parents[k] {
            Some(parent) => smallest[parent] = smallest[parent].min(value),
            None => root = value,
        }
    }
    root
}

/// `+inf` if the multipliers prove that the box holds no point of the relaxation: they bound the
/// objective 0 by something positive.
fn emptiness(relaxation: &Relaxation, duals: &Duals, bounds: &[Interval]) -> f64 {
    if relaxation.prove(&[], duals, bounds) > 0.0 { f64::INFINITY } else { f64::NEG_INFINITY }
}
