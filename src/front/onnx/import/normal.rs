//! `BatchNormalization` at inference.

use super::builder::{Builder, Outcome, finite};
use super::call::{Call, kind_problem, one};
use super::problem::GraphProblem;
use super::trainable::Use;
use super::value::Value;
use crate::bounds::Interval;
use crate::front::onnx::OnnxProblem;
use crate::network::graph::parameters::normal;
use crate::network::graph::{Op, Scale};

/// `scale (x - mean) / sqrt(variance + epsilon) + bias`, one of each a channel. The root is
/// enclosed, and so are factor and shift.
pub(super) fn batch(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = super::elementwise::real(builder, call)?;
    let training = call.wanted.iter().skip(1).any(|&w| w) || call.flag("training_mode", false)?;
    if training {
        return Err(GraphProblem::Training.into());
    }
    if call.attributes.int("spatial", 1)? != 1 {
        return Err(GraphProblem::unsupported("spatial = 0", "normalise over channels").into());
    }
    let channels = *x.shape.get(1).ok_or(GraphProblem::shape(&x.shape, "has no channels"))?;
    let list = |position: usize, what: &'static str| -> Outcome<Vec<f64>> {
        let missing = GraphProblem::Missing { position: position + 1 };
        let tensor = call.constant(position, what)?.ok_or(missing)?;
        let list = tensor.reals().ok_or_else(|| kind_problem(what, tensor.kind, "float"))?;
        finite(list)?;
        if list.len() != channels {
            let rule = "do not have the same number of channels";
            return Err(GraphProblem::shapes(&x.shape, &tensor.shape, rule).into());
        }
        Ok(list.to_vec())
    };
    let scale = list(1, "the scale")?;
    let bias = list(2, "the bias")?;
    let mean = list(3, "the mean")?;
    let variance = list(4, "the variance")?;
    let epsilon = Interval::point(call.float("epsilon", 1e-5)?);
    builder.charge(channels.saturating_mul(4))?;
    let mut factor = Vec::with_capacity(channels);
    let mut shift = Vec::with_capacity(channels);
    let mut deviation = Vec::with_capacity(channels);
    for k in 0..channels {
        let under = Interval::point(variance[k]) + epsilon;
        if under.lo <= 0.0 {
            let rule = "is not above 0 with epsilon added";
            return Err(GraphProblem::argument("a variance", variance[k], rule).into());
        }
        let root = sqrt(under);
        let (f, s) = normal(scale[k], bias[k], root, mean[k]);
        shift.push(s);
        factor.push(f);
        deviation.push(root);
    }
    if !factor.iter().chain(&shift).all(|i| i.is_finite()) {
        return Err(GraphProblem::Rounds.into());
    }
    let inner = x.shape[2..].iter().product();
    let by = Scale { factor, divisor: Vec::new(), shift, count: channels, inner };
    let y = builder.flow(Op::Scale { x: x.node, by }, &x.shape, x.kind)?;
    let stored = |position| {
        Ok::<_, OnnxProblem>(call.constant(position, "a table")?.and_then(|t| t.stored.clone()))
    };
    let used = stored(1)?.zip(stored(2)?);
    let used = used.map(|(scale, bias)| Use::Normal { scale, bias, deviation, mean });
    builder.uses(y.node, used);
    Ok(one(y))
}

/// An enclosure of the root of a positive interval, exact where a double holds it.
fn sqrt(x: Interval) -> Interval {
    let exact = |v: f64, r: f64| crate::front::onnx::exact::product(r, r) == Some(v);
    let down = |v: f64| if exact(v, v.sqrt()) { v.sqrt() } else { v.sqrt().next_down() };
    let up = |v: f64| if exact(v, v.sqrt()) { v.sqrt() } else { v.sqrt().next_up() };
    Interval::new(down(x.lo), up(x.hi))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dashu::rational::RBig;

    #[test]
    fn roots_are_enclosed() {
        let exact = |v: f64| RBig::try_from(v).unwrap();
        let mut rng = fastrand::Rng::with_seed(3);
        for _ in 0..2000 {
            let v = rng.f64() * 2f64.powi(rng.i32(-40..40));
            let r = sqrt(Interval::point(v));
            assert!(exact(r.lo) * exact(r.lo) <= exact(v) && exact(v) <= exact(r.hi) * exact(r.hi));
            assert!(r.hi <= r.lo.next_up().next_up());
        }
        assert_eq!(sqrt(Interval::point(2.25)), Interval::point(1.5));
    }
}
