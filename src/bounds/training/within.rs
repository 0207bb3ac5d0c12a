//! What some point of a window attains: how much a better bound could gain at most.

use super::{Direction, TrainingError, along};
use crate::bounds::Interval;
use crate::bounds::graph::Groups;
use crate::network::graph::gradient::Steps;
use crate::question::{FeatureKind, Norm, Question};
use crate::train::unrolled::unroll;
use std::ops::Range;

/// Steps of one climb.
const CLIMB: usize = 6;

/// The least and the largest value of each parameter, and of each template, after the steps `steps` (counted from 0) that a
/// climb from corner to corner found, with parameters and velocity before them in boxes. Nothing for
/// questions whose admissible data are no box: a point of the window may be none of theirs then.
///
/// No bound can be narrower than this. It is floating-point arithmetic and proves nothing; it tells
/// where a solver is worth its time.
///
/// # Errors
/// See [`TrainingError`].
pub fn within(
    question: &Question,
    steps: Range<usize>,
    before: &[Interval],
    velocity: &[Interval],
    templates: &[Direction],
) -> Result<Option<Vec<Interval>>, TrainingError> {
    let unrolled = unroll(question, steps.clone(), &[])?;
    if !is_box(question, unrolled.inputs.groups(question).as_ref()) {
        return Ok(None);
    }
    let region = unrolled.inputs.region(question, before, velocity);
    if region.iter().any(|i| !i.is_finite()) {
        return Ok(None);
    }
    let graph = &unrolled.graph;
    let first = (steps.len() - 1) * unrolled.parameters;
    let centre: Vec<f64> = region.iter().map(|i| i.lo + (i.hi - i.lo) / 2.0).collect();
    let mut weights = vec![0.0; graph.output_len()];
    let mut found = Vec::with_capacity(unrolled.parameters + templates.len());
    let own = (0..unrolled.parameters).map(|k| vec![(k, 1.0)]);
    for direction in own.chain(templates.iter().cloned()) {
        weights.fill(0.0);
        direction.iter().for_each(|(k, d)| weights[first + k] = *d);
        let mut own = [f64::INFINITY, f64::NEG_INFINITY];
        for (side, best) in own.iter_mut().enumerate() {
            let sign = if side == 0 { 1.0 } else { -1.0 };
            let mut x = centre.clone();
            for _ in 0..CLIMB {
                let Ok(values) = graph.values(&x) else { break };
                let outputs = values.outputs(graph);
                let reached = along(&direction, outputs.get(first..).unwrap_or_default());
                if sign * reached < sign * *best {
                    *best = reached;
                }
                let slopes = graph.gradient(&values, &weights, Steps::Leaky);
                let corner = region.iter().zip(&slopes).zip(&x);
                let corner = corner.map(|((i, s), x)| match sign * s {
                    s if s > 0.0 => i.lo,
                    s if s < 0.0 => i.hi,
                    _ => *x,
                });
                let corner: Vec<f64> = corner.collect();
                if corner == x {
                    break;
                }
                x = corner;
            }
        }
        found.push(Interval { lo: own[0], hi: own[1] });
    }
    Ok(Some(found))
}

/// Whether every point of a window's region is admissible data.
fn is_box(question: &Question, groups: Option<&Groups>) -> bool {
    let threat = &question.threat;
    let features = threat.features.as_ref().is_none_or(|f| {
        let real = |k: &FeatureKind| matches!(k, FeatureKind::Fixed | FeatureKind::Real);
        matches!(f.norm, Norm::Linf(_) | Norm::Arbitrary)
            && f.kinds.iter().all(real)
            && f.relations.missing.is_empty()
            && f.relations.linear.is_empty()
            && f.relations.changed.is_none()
            && f.relations.cells.is_none()
    });
    let whole = threat.labels.is_none() && threat.deletion.is_none() && threat.insertion.is_none();
    groups.is_none() && features && whole
}
