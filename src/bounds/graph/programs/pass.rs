//! One pass of linear programs through a network, node by node.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{Effort, Layer};
use crate::bounds::Interval;
use crate::bounds::graph::backward::{BackwardOptions, backward};
use crate::bounds::graph::{Empty, GraphBounds, Plan, meet};
use crate::bounds::obbt::{Call, Job, Limits, Relaxation, proved};
use crate::encode::tighten::Wanted;
use crate::encode::verify::{SmoothForm, VerifyError, VerifyOptions, encode_elements};
use crate::ir::{Family, Place};
use crate::network::graph::NodeId;
use crate::solve::highs_lib::HighsLibrary;

/// Pieces of the envelope of a smooth function.
const PIECES: usize = 8;

/// Who proves.
#[derive(Clone, Copy)]
pub(in crate::bounds::graph) enum Source<'a> {
    Nobody,
    Solver(&'a HighsLibrary, Effort),
    Record(&'a [Layer]),
}

/// A pass.
#[derive(Clone, Copy)]
pub(in crate::bounds::graph) struct Sweep<'a> {
    pub source: Source<'a>,
    pub outputs: bool,
    pub threads: usize,
    pub cancel: Option<&'a AtomicBool>,
}

/// What it did.
#[derive(Clone, Debug, Default)]
pub(in crate::bounds::graph) struct Outcome {
    pub rows: usize,
    pub programs: usize,
    pub complete: bool,
    pub layers: Vec<Layer>,
}

pub(in crate::bounds::graph) enum PassError {
    Empty(Empty),
    Record(String),
}

impl From<Empty> for PassError {
    fn from(e: Empty) -> Self {
        PassError::Empty(e)
    }
}

/// Runs a pass.
pub(in crate::bounds::graph) fn sweep(
    plan: &Plan<'_>,
    bounds: &mut GraphBounds,
    how: &Sweep<'_>,
) -> Result<Outcome, PassError> {
    let mut out = Outcome { complete: !matches!(how.source, Source::Nobody), ..Outcome::default() };
    let mut left = match how.source {
        Source::Solver(_, effort) => effort.programs,
        Source::Nobody | Source::Record(_) => 0,
    };
    let mut changed = false;
    for id in plan.graph().ids() {
        if how.cancel.is_some_and(|c| c.load(Ordering::Relaxed)) {
            break;
        }
        if changed && !plan.open(id, bounds.of(id), how.outputs).is_empty() {
            let options = BackwardOptions {
                threads: how.threads,
                outputs: how.outputs,
                from: id,
                to: id,
                crown: false,
                cancel: how.cancel,
                ..BackwardOptions::default()
            };
            out.rows += backward(plan, bounds, &options)?.rows;
        }
        let layer = match how.source {
            Source::Nobody => None,
            Source::Record(layers) => {
                layers.get(out.layers.len()).filter(|l| l.node == id.0).cloned()
            }
            Source::Solver(library, effort) => {
                let share = share(plan, bounds, id, left, effort);
                let job = Job {
                    library,
                    cancel: how.cancel,
                    limits: Limits {
                        nodes: effort.nodes.max(1),
                        seconds: f64::INFINITY,
                        iterations: Some(effort.iterations),
                        fraction: 1.0,
                        spatial: false,
                    },
                    workers: how.threads,
                    // Starting from nothing is dear, and more than four threads are rare.
                    shared: share.len().div_ceil(4).max(8),
                };
                let found = solve(plan, bounds, id, share, &job);
                out.programs += found.as_ref().map_or(0, |f| f.1);
                left = left.saturating_sub(found.as_ref().map_or(0, |f| f.1));
                found.map(|f| f.0)
            }
        };
        if let Some(layer) = layer {
            changed |= apply(plan, bounds, &layer)?;
            out.layers.push(layer);
        }
    }
    out.complete &= !how.cancel.is_some_and(|c| c.load(Ordering::Relaxed));
    if let Source::Record(layers) = how.source
        && out.layers.len() < layers.len()
        && out.complete
    {
        let node = layers[out.layers.len()].node;
        return Err(PassError::Record(format!(
            "there is no node {node} behind the ones before it"
        )));
    }
    Ok(out)
}

/// Elements of a node that get linear programs, at most as many as its part of what is left pays for.
fn share(
    plan: &Plan<'_>,
    bounds: &GraphBounds,
    id: NodeId,
    left: usize,
    effort: Effort,
) -> Vec<u32> {
    let open = plan.open(id, bounds.of(id), false);
    if open.is_empty() {
        return open;
    }
    let later = plan.graph().ids().filter(|k| *k > id);
    let rest: usize = later.map(|k| plan.open(k, bounds.of(k), false).len()).sum();
    let part = left as u128 * open.len() as u128 / (open.len() + rest) as u128;
    let count = part as usize / (2 * effort.nodes.max(1));
    let mut scored: Vec<(f64, u32)> = open
        .into_iter()
        .map(|e| (distance(bounds.of(id)[e as usize], &points(plan, bounds, id, e)), e))
        .collect();
    scored.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut all: Vec<u32> = scored.into_iter().take(count).map(|s| s.1).collect();
    all.sort_unstable();
    all
}

fn points(plan: &Plan<'_>, bounds: &GraphBounds, id: NodeId, e: u32) -> Vec<f64> {
    plan.kinks(id, e as usize, bounds.of(id)[e as usize])
}

/// By how much of its width a range must shrink to leave one of the points out.
fn distance(range: Interval, points: &[f64]) -> f64 {
    let width = range.hi - range.lo;
    let each = points.iter().map(|p| (p - range.lo).min(range.hi - p) / width);
    let least = each.fold(f64::INFINITY, f64::min);
    if least.is_finite() { least } else { 0.5 }
}

/// The elements as expressions over a relaxation of what they depend on.
fn relaxed(
    plan: &Plan<'_>,
    bounds: &GraphBounds,
    id: NodeId,
    elements: &[u32],
) -> Result<(Relaxation, Vec<Wanted>), VerifyError> {
    let at: Vec<(NodeId, usize)> = elements.iter().map(|&e| (id, e as usize)).collect();
    let options = VerifyOptions { smooth: SmoothForm::Pieces(PIECES), ..VerifyOptions::default() };
    let encoded = encode_elements(plan.graph(), &bounds.nodes, &at, &options)?;
    let wanted = encoded.values.into_iter().zip(elements).map(|(quantity, &e)| Wanted {
        quantity,
        points: points(plan, bounds, id, e),
        role: Family::NodeValue.at(Place::NONE.node(id.index()).i(e as usize)),
    });
    Ok((Relaxation::of(&encoded.model, |_| true), wanted.collect()))
}

/// Proofs with a solver. Nothing where there is nothing to prove, or the network up to here cannot be
/// encoded (an element without finite bounds).
fn solve(
    plan: &Plan<'_>,
    bounds: &GraphBounds,
    id: NodeId,
    elements: Vec<u32>,
    job: &Job<'_>,
) -> Option<(Layer, usize)> {
    if elements.is_empty() {
        return None;
    }
    let (relaxation, wanted) = relaxed(plan, bounds, id, &elements).ok()?;
    let (calls, programs) = job.prove(&relaxation, &wanted.iter().collect::<Vec<_>>());
    Some((Layer { node: id.0, elements, calls }, programs))
}

/// Meets the bounds with what the proofs show. Returns whether something was gained.
fn apply(plan: &Plan<'_>, bounds: &mut GraphBounds, layer: &Layer) -> Result<bool, PassError> {
    let id = NodeId(layer.node);
    let count = bounds.of(id).len();
    if layer.elements.iter().any(|&e| e as usize >= count) {
        return Err(PassError::Record(format!("node {} has {count} elements", layer.node)));
    }
    if layer.elements.len() != layer.calls.len() {
        let (found, expected) = (layer.calls.len(), layer.elements.len());
        return Err(PassError::Record(format!(
            "node {} has {found} proofs for {expected} elements",
            layer.node
        )));
    }
    if layer.calls.iter().all(|c| *c == Call::default()) {
        return Ok(false);
    }
    let (relaxation, wanted) =
        relaxed(plan, bounds, id, &layer.elements).map_err(|e| PassError::Record(e.to_string()))?;
    let mut changed = false;
    for ((&e, call), w) in layer.elements.iter().zip(&layer.calls).zip(&wanted) {
        let new = proved(&relaxation, &w.quantity, call);
        let old = &mut bounds.nodes[id.index()][e as usize];
        let both = meet(*old, new).ok_or(Empty { node: id, element: e as usize })?;
        changed |= both != *old;
        *old = both;
    }
    Ok(changed)
}
