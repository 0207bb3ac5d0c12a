//! Directions whose ranges are carried beside the box (papers 2.4, parameter templates).
//!
//! A box loses what parameters have in common, and grows without bound where training contracts in
//! another norm than the largest entry. The range of any linear function of the parameters is proved
//! like that of one parameter, so any choice of directions is sound.

use super::TrainingError;
use crate::bounds::Interval;
use crate::bounds::interval::{add_down, add_up, mul_down, mul_up};
use crate::network::Layout;
use crate::network::graph::{NodeId, Op, Sums};
use crate::question::reach::Templates;
use crate::question::{Attack, Choice, Question, Scope};
use crate::train::replay;

/// A linear function of the parameters: places in the flat layout with coefficients, ascending, none 0.
pub type Direction = Vec<(usize, f64)>;

/// Multiplications with the Gram matrix for one principal direction.
const POWERS: usize = 100;

/// The directions of a question, the same for all its steps.
///
/// Differences and sums are of all pairs of parameters if there are at most 12, else of the pairs that
/// feed the same neuron. Gradients are principal directions of the steps of training on unchanged data.
///
/// # Errors
/// [`TrainingError::TooMany`].
pub fn directions(
    question: &Question,
    templates: &Templates,
) -> Result<Vec<Direction>, TrainingError> {
    let found = templates.count(&question.network);
    if found > Templates::MOST {
        return Err(TrainingError::TooMany { found });
    }
    let mut out = Vec::new();
    let groups = Templates::groups(&question.network);
    for (_, sign) in [(templates.differences, -1.0), (templates.sums, 1.0)].iter().filter(|k| k.0) {
        for group in &groups {
            for (n, &i) in group.iter().enumerate() {
                out.extend(group[n + 1..].iter().map(|&j| vec![(i, 1.0), (j, *sign)]));
            }
        }
    }
    if let Some(count) = templates.gradients {
        out.extend(principal(&moves(question), count));
    }
    Ok(out)
}

/// What each step of training on unchanged data adds to the parameters.
fn moves(question: &Question) -> Vec<Vec<f64>> {
    let layout = Layout::of(&question.network);
    let choices = match question.threat.scope {
        Scope::Run => 1,
        Scope::Batch => question.training.steps(),
    };
    let clean = Attack { choices: vec![Choice::default(); choices], ..Attack::default() };
    let Ok(run) = replay(question, &clean, 0.0) else { return Vec::new() };
    let states: Vec<Vec<f64>> = run.trajectory.iter().map(|t| layout.flatten(t)).collect();
    states.windows(2).map(|w| w[1].iter().zip(&w[0]).map(|(b, a)| b - a).collect()).collect()
}

/// The first principal directions of some vectors, of length 1, by the power method: the next one is
/// sought in what the ones before leave. Fewer, where nothing is left.
fn principal(vectors: &[Vec<f64>], count: usize) -> Vec<Direction> {
    let mut left = vectors.to_vec();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let total: f64 = left.iter().map(|v| dot(v, v)).sum();
    let mut out = Vec::new();
    for _ in 0..count {
        let Some(longest) = left.iter().max_by(|a, b| dot(a, a).total_cmp(&dot(b, b))) else {
            break;
        };
        let mut d = longest.clone();
        for _ in 0..POWERS {
            let mut next = vec![0.0; d.len()];
            for v in &left {
                let by = dot(v, &d);
                next.iter_mut().zip(v).for_each(|(n, x)| *n += by * x);
            }
            let norm = dot(&next, &next).sqrt();
            if !(norm > 1e-12 * total && norm.is_finite()) {
                return out;
            }
            d = next.into_iter().map(|x| x / norm).collect();
        }
        for v in &mut left {
            let by = dot(v, &d);
            v.iter_mut().zip(&d).for_each(|(x, d)| *x -= by * d);
        }
        out.push(d.into_iter().enumerate().filter(|(_, d)| *d != 0.0).collect());
    }
    out
}

/// The value of a direction, in floating-point arithmetic; not a number where a parameter is missing.
#[must_use]
pub fn along(direction: &Direction, theta: &[f64]) -> f64 {
    direction.iter().map(|(k, d)| theta.get(*k).map_or(f64::NAN, |v| d * v)).sum()
}

/// The range of a direction over a box.
pub(super) fn over(direction: &Direction, theta: &[Interval]) -> Interval {
    let mut sum = Interval::ZERO;
    for (k, d) in direction {
        let i = theta[*k];
        let (lo, hi) = if *d > 0.0 { (i.lo, i.hi) } else { (i.hi, i.lo) };
        sum =
            Interval { lo: add_down(sum.lo, mul_down(*d, lo)), hi: add_up(sum.hi, mul_up(*d, hi)) };
    }
    sum
}

/// The directions of the parameters in the node `x`, as a node.
pub(super) fn node(directions: &[Direction], x: NodeId) -> Op {
    let by = Sums::of(directions.iter().map(|d| d.iter().copied()));
    Op::Sums { x, by }
}
