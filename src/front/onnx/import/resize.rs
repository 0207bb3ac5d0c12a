//! `Resize` and `Upsample` to the nearest element.

use super::builder::{Builder, Outcome, Pick};
use super::call::Call;
use super::operators::Operator;
use super::problem::GraphProblem;
use super::shapes::{axes, dimensions, strides};
use super::value::Value;

/// `Resize` and `Upsample`.
pub(super) fn resize(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let text = |name, default| call.attributes.text(name, default);
    match text("mode", "nearest")? {
        "nearest" => {}
        other => {
            let what = format!("mode {other:?}");
            return Err(GraphProblem::unsupported(what, "resize to the nearest element").into());
        }
    }
    let simple = call.operator == Operator::Upsample || call.opset < 11;
    let transform =
        if simple { "asymmetric" } else { text("coordinate_transformation_mode", "half_pixel")? };
    let rounding = if simple { "floor" } else { text("nearest_mode", "round_prefer_floor")? };
    let rank = x.shape().len();
    let along = match call.attributes.ints("axes")? {
        Some(list) => axes(list, rank)?,
        None => (0..rank).collect(),
    };
    let (scales, sizes) = targets(call, simple)?;
    let mut shape = x.shape().to_vec();
    let mut factors = vec![1.0f64; rank];
    match (scales, sizes) {
        (Some(scales), None) if scales.len() == along.len() => {
            for (&axis, &scale) in along.iter().zip(&scales) {
                let size = (shape[axis] as f64 * scale).floor();
                if !(scale > 0.0 && size < 4.0e9) {
                    let rule = "is not above 0, or far too large";
                    return Err(GraphProblem::argument("a scale", scale, rule).into());
                }
                (shape[axis], factors[axis]) = (size as usize, scale);
            }
        }
        (None, Some(sizes)) if sizes.len() == along.len() => {
            if text("keep_aspect_ratio_policy", "stretch")? != "stretch" {
                let what = "a size that keeps the aspect ratio";
                return Err(GraphProblem::unsupported(what, "give the final size").into());
            }
            for (&axis, &size) in along.iter().zip(&sizes) {
                factors[axis] = size as f64 / shape[axis] as f64;
                shape[axis] = size;
            }
        }
        _ => {
            let rule = "is not one scale or size for each axis";
            return Err(GraphProblem::argument("the target", "given", rule).into());
        }
    }
    let n = builder.charge_shape(&shape)?;
    builder.charge(n)?;
    let mut maps: Vec<Vec<usize>> = Vec::new();
    for axis in 0..rank {
        let sizes = (x.shape()[axis], shape[axis]);
        builder.charge(shape[axis])?;
        let map: Outcome<Vec<usize>> = (0..shape[axis])
            .map(|k| nearest(k, sizes, factors[axis], transform, rounding))
            .collect();
        maps.push(map?);
    }
    let steps = strides(x.shape());
    let mut picks: Vec<Pick> = Vec::with_capacity(n);
    let mut index = vec![0usize; rank];
    for _ in 0..n {
        let e: usize = index.iter().enumerate().map(|(a, &i)| maps[a][i] * steps[a] as usize).sum();
        picks.push((0, e as u32));
        for axis in (0..rank).rev() {
            index[axis] += 1;
            if index[axis] < shape[axis] {
                break;
            }
            index[axis] = 0;
        }
    }
    Ok(vec![builder.gather(std::slice::from_ref(x), &picks, &shape)?])
}

type Targets = (Option<Vec<f64>>, Option<Vec<usize>>);

/// Scales or sizes, from wherever the form has them.
fn targets(call: &Call<'_>, simple: bool) -> Outcome<Targets> {
    if let Some(list) = call.attributes.floats("scales")? {
        return Ok((Some(list.iter().map(|&v| f64::from(v)).collect()), None));
    }
    let scales = call.constant(if simple { 1 } else { 2 }, "the scales")?;
    let scales = scales.filter(|s| !s.elements.is_empty());
    let scales = match scales {
        None => None,
        Some(tensor) => Some(tensor.doubles().ok_or(GraphProblem::Rounds)?),
    };
    let sizes = match call.integers(3, "the sizes")? {
        Some(list) if !list.is_empty() => Some(dimensions(&list)?),
        Some(_) | None => None,
    };
    Ok((scales, sizes))
}

/// The element that is taken for index `k` of the result.
fn nearest(
    k: usize,
    sizes: (usize, usize),
    scale: f64,
    transform: &str,
    rounding: &str,
) -> Outcome<usize> {
    let double = index(coordinate(k, sizes, scale, transform, |v| v)?, rounding)?;
    // Runtimes compute the coordinate in single precision.
    let single = coordinate(k, sizes, scale, transform, |v| f64::from(v as f32))?;
    if index(single, rounding)? != double {
        let what = format!("scale {scale}, by which rounding decides the element for index {k},");
        return Err(GraphProblem::unsupported(what, "give the final size or a whole scale").into());
    }
    Ok(double.clamp(0.0, (sizes.0 as f64 - 1.0).max(0.0)) as usize)
}

/// Where index `k` of the result lies in the operand; every operation is rounded by `r`.
fn coordinate(
    k: usize,
    (from, to): (usize, usize),
    scale: f64,
    transform: &str,
    r: impl Fn(f64) -> f64,
) -> Outcome<f64> {
    let (k, scale) = (k as f64, r(scale));
    let (length, result) = (from as f64, to as f64);
    let half = |k: f64| r(r((k + 0.5) / scale) - 0.5);
    Ok(match transform {
        "asymmetric" => r(k / scale),
        "half_pixel" => half(k),
        "pytorch_half_pixel" if to > 1 => half(k),
        "pytorch_half_pixel" => 0.0,
        "align_corners" if to > 1 => r(r(k * (length - 1.0)) / (result - 1.0)),
        "align_corners" => 0.0,
        "half_pixel_symmetric" => {
            let adjustment = r(result / r(scale * length));
            let offset = r(length / 2.0 * r(1.0 - adjustment));
            r(offset + half(k))
        }
        other => {
            let what = format!("coordinate_transformation_mode {other:?}");
            let instead = "use asymmetric, half_pixel or align_corners";
            return Err(GraphProblem::unsupported(what, instead).into());
        }
    })
}

/// The whole number that a coordinate is rounded to.
fn index(x: f64, rounding: &str) -> Outcome<f64> {
    Ok(match rounding {
        "floor" => x.floor(),
        "ceil" => x.ceil(),
        "round_prefer_floor" => (x - 0.5).ceil(),
        "round_prefer_ceil" => (x + 0.5).floor(),
        other => {
            let what = format!("nearest_mode {other:?}");
            return Err(GraphProblem::unsupported(what, "use floor or round_prefer_floor").into());
        }
    })
}
