//! `Conv` and `ConvTranspose`.

use super::builder::{Builder, Outcome, Pick, finite};
use super::call::{Call, kind_problem, one};
use super::problem::GraphProblem;
use super::trainable::Use;
use super::value::{Elements, Flow, Stored, Tensor, Value};
use super::window::{AutoPad, auto_pad, spatial, spatial_pads, windows};
use crate::network::graph::{Conv, Op};

/// Kernel, bias and operand of either operator.
struct Parts {
    x: Flow,
    weight: Vec<f64>,
    weight_shape: Vec<usize>,
    bias: Vec<f64>,
    /// Where kernel and bias are stored.
    stored: (Option<Stored>, Option<Stored>),
    groups: usize,
    /// Kernel along each spatial dimension.
    kernel: Vec<usize>,
}

/// Reads what both operators share; `outputs` gives the number of output channels.
fn parts(
    builder: &mut Builder,
    call: &Call<'_>,
    outputs: impl Fn(&[usize], usize) -> usize,
) -> Outcome<Parts> {
    let x = super::elementwise::real(builder, call)?;
    let weight = call.constant(1, "the kernel")?.ok_or(GraphProblem::Missing { position: 2 })?;
    let list = weight.reals().ok_or_else(|| kind_problem("the kernel", weight.kind, "float"))?;
    finite(list)?;
    let rank = x.shape.len().wrapping_sub(2);
    if !(1..=3).contains(&rank) || weight.shape.len() != rank + 2 {
        let rule = "are not of rank 3, 4 or 5, which one to three spatial dimensions need";
        return Err(GraphProblem::shapes(&x.shape, &weight.shape, rule).into());
    }
    let kernel = weight.shape[2..].to_vec();
    if let Some(stated) = call.attributes.ints("kernel_shape")?
        && !stated.iter().map(|&v| usize::try_from(v).ok()).eq(kernel.iter().map(|&k| Some(k)))
    {
        return Err(
            GraphProblem::argument("kernel_shape", stated, "is not that of the kernel").into()
        );
    }
    let groups = usize::try_from(call.attributes.int("group", 1)?).unwrap_or(0);
    if groups == 0 || weight.elements.is_empty() || list.len() > u32::MAX as usize {
        return Err(GraphProblem::shape(&weight.shape, "is no kernel for these groups").into());
    }
    let channels = outputs(&weight.shape, groups);
    let given = call.constant(2, "the bias")?;
    let bias = match &given {
        None => Vec::new(),
        Some(bias) => bias_list(bias, channels)?,
    };
    let stored = (weight.stored.clone(), given.and_then(|bias| bias.stored.clone()));
    // A bias of 0 says nothing, unless it can be trained.
    let keep = stored.1.is_some() || bias.iter().any(|&v| v != 0.0);
    let bias = if keep { bias } else { Vec::new() };
    builder.charge(list.len())?;
    let (weight_shape, weight) = (weight.shape.clone(), list.to_vec());
    Ok(Parts { x, weight, weight_shape, bias, stored, groups, kernel })
}

fn bias_list(bias: &Tensor, channels: usize) -> Outcome<Vec<f64>> {
    let list = bias.reals().ok_or_else(|| kind_problem("the bias", bias.kind, "float"))?;
    finite(list)?;
    if list.len() != channels || bias.shape.len() != 1 {
        let rule = "are not one bias for each channel";
        return Err(GraphProblem::shapes(&bias.shape, &[channels], rule).into());
    }
    Ok(list.to_vec())
}

/// `Conv`.
pub(super) fn conv(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let parts = parts(builder, call, |shape, _| shape[0])?;
    let (channels, outputs) = (parts.x.shape[1], parts.weight_shape[0]);
    let fits = parts.weight_shape[1].checked_mul(parts.groups) == Some(channels)
        && outputs.is_multiple_of(parts.groups);
    if !fits {
        let rule = "do not fit in channels and groups";
        return Err(GraphProblem::shapes(&parts.x.shape, &parts.weight_shape, rule).into());
    }
    let axes = windows(call, &parts.x.shape[2..], &parts.kernel, false)?;
    let mut shape = vec![parts.x.shape[0], outputs];
    shape.extend(axes.iter().map(|a| a.count));
    let x = builder.shaped(&parts.x)?;
    let by = Conv {
        weight: parts.weight,
        weight_shape: parts.weight_shape,
        bias: parts.bias,
        groups: parts.groups,
        strides: axes.iter().map(|a| a.stride).collect(),
        dilations: axes.iter().map(|a| a.dilation).collect(),
        pads_begin: axes.iter().map(|a| a.begin).collect(),
        pads_end: axes.iter().map(|a| a.end).collect(),
        transposed: false,
    };
    let y = builder.flow(Op::Conv { x, by }, &shape, parts.x.kind)?;
    uses(builder, &y, parts.stored);
    Ok(one(y))
}

fn uses(builder: &mut Builder, y: &Flow, (weight, bias): (Option<Stored>, Option<Stored>)) {
    builder.uses(y.node, weight.map(Use::Weight));
    builder.uses(y.node, bias.map(Use::Bias));
}

/// `ConvTranspose`. What `output_padding` adds beyond the padding is a border of the bias.
pub(super) fn transposed(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let parts = parts(builder, call, |shape, groups| shape[1].saturating_mul(groups))?;
    let outputs = parts.weight_shape[1].saturating_mul(parts.groups);
    let channels = parts.weight_shape[0];
    if channels != parts.x.shape[1] || !channels.is_multiple_of(parts.groups) {
        let rule = "do not fit in channels and groups";
        return Err(GraphProblem::shapes(&parts.x.shape, &parts.weight_shape, rule).into());
    }
    let rank = parts.kernel.len();
    let strides = spatial(call, "strides", rank, 1, 1)?;
    let dilations = spatial(call, "dilations", rank, 1, 1)?;
    let extra = spatial(call, "output_padding", rank, 0, 0)?;
    let auto = auto_pad(call)?;
    let stated = match auto {
        AutoPad::Stated => spatial_pads(call, rank)?,
        AutoPad::SameUpper | AutoPad::SameLower | AutoPad::Valid => vec![0; 2 * rank],
    };
    let target = match call.attributes.ints("output_shape")? {
        None => None,
        Some(_) => Some(spatial(call, "output_shape", rank, 0, 1)?),
    };
    let mut pads = (Vec::new(), Vec::new());
    let mut shape = vec![parts.x.shape[0], outputs];
    let mut border = Vec::new();
    for k in 0..rank {
        let full =
            (parts.x.shape[2 + k] - 1) * strides[k] + (parts.kernel[k] - 1) * dilations[k] + 1;
        let same = auto == AutoPad::SameUpper || auto == AutoPad::SameLower;
        let wanted = match &target {
            Some(sizes) => Some(sizes[k]),
            None if same => Some(parts.x.shape[2 + k] * strides[k]),
            None => None,
        };
        let (begin, end) = match wanted {
            None => (stated[k] as i64, stated[rank + k] as i64 - extra[k] as i64),
            Some(size) => {
                let cut = full as i64 + extra[k] as i64 - size as i64;
                if cut < 0 {
                    let what = "an output larger than what the kernel reaches";
                    let instead = "state pads and output_padding";
                    return Err(GraphProblem::unsupported(what, instead).into());
                }
                let (less, more) = (cut.div_euclid(2), cut - cut.div_euclid(2));
                let (begin, end) =
                    if auto == AutoPad::SameUpper { (less, more) } else { (more, less) };
                (begin, end - extra[k] as i64)
            }
        };
        let size = full as i64 - begin - end;
        if begin < 0 || size < 1 {
            let rule = "leaves no result";
            return Err(GraphProblem::argument("the cut-off border", (begin, end), rule).into());
        }
        pads.0.push(begin as usize);
        pads.1.push(end.max(0) as usize);
        border.push(size as usize);
        shape.push((size + end.min(0)).max(0) as usize);
    }
    let x = builder.shaped(&parts.x)?;
    let bias = parts.bias.clone();
    let by = Conv {
        weight: parts.weight,
        weight_shape: parts.weight_shape,
        bias: parts.bias,
        groups: parts.groups,
        strides,
        dilations,
        pads_begin: pads.0,
        pads_end: pads.1,
        transposed: true,
    };
    let y = builder.flow(Op::Conv { x, by }, &shape, parts.x.kind)?;
    uses(builder, &y, parts.stored);
    if shape[2..] == border[..] {
        return Ok(one(y));
    }
    bordered(builder, y, &bias, &border)
}

/// The result inside a larger one, whose further elements are the bias alone.
fn bordered(builder: &mut Builder, y: Flow, bias: &[f64], border: &[usize]) -> Outcome<Vec<Value>> {
    let mut shape = y.shape[..2].to_vec();
    shape.extend(border);
    let n = builder.charge_shape(&shape)?;
    builder.charge(n)?;
    let list = if bias.is_empty() { vec![0.0] } else { bias.to_vec() };
    let channels = list.len();
    let kind = y.kind;
    let fill = Tensor::new(kind, vec![channels], Elements::Real(list));
    let mut picks: Vec<Pick> = Vec::with_capacity(n);
    let mut index = vec![0usize; shape.len()];
    for _ in 0..n {
        let mut at = Some(0usize);
        for (axis, &i) in index.iter().enumerate() {
            at = at.filter(|_| i < y.shape[axis]).map(|a| a * y.shape[axis] + i);
        }
        picks.push(match at {
            Some(e) => (0, e as u32),
            None => (1, (index[1] % channels) as u32),
        });
        for axis in (0..shape.len()).rev() {
            index[axis] += 1;
            if index[axis] < shape[axis] {
                break;
            }
            index[axis] = 0;
        }
    }
    Ok(vec![builder.gather(&[Value::Flow(y), Value::constant(fill)], &picks, &shape)?])
}
