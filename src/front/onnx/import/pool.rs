//! Pooling: maxima and means over windows.

use super::arithmetic::group_max;
use super::builder::{Builder, Outcome};
use super::call::{Call, one};
use super::problem::GraphProblem;
use super::value::{Flow, Value};
use super::window::{Axis, spatial, windows};
use crate::network::graph::Groups;

/// `MaxPool`, `AveragePool`.
pub(super) fn pool(builder: &mut Builder, call: &Call<'_>, largest: bool) -> Outcome<Vec<Value>> {
    let x = super::elementwise::real(builder, call)?;
    let rank = spatial_rank(&x)?;
    let kernel = match call.attributes.ints("kernel_shape")? {
        Some(_) => spatial(call, "kernel_shape", rank, 1, 1)?,
        None => return Err(GraphProblem::argument("kernel_shape", "absent", "is needed").into()),
    };
    let axes = windows(call, &x.shape[2..], &kernel, call.flag("ceil_mode", false)?)?;
    let whole = !largest && call.flag("count_include_pad", false)?;
    let beyond = |a: &Axis| {
        a.dilation > 1 && (a.count - 1) * a.stride + a.extent() > a.size + a.begin + a.end
    };
    if whole && axes.iter().any(beyond) {
        // The ONNX project's tests count the elements beyond the padding, its runtime does not.
        let what = "a dilated mean over padding that reaches beyond the padding (ceil_mode)";
        let instead = "pad so that the windows fit";
        return Err(GraphProblem::unsupported(what, instead).into());
    }
    over(builder, &x, &axes, largest, whole)
}

/// `GlobalMaxPool`, `GlobalAveragePool`: one window over everything.
pub(super) fn global(builder: &mut Builder, call: &Call<'_>, largest: bool) -> Outcome<Vec<Value>> {
    let x = super::elementwise::real(builder, call)?;
    spatial_rank(&x)?;
    let axes: Vec<Axis> = x.shape[2..]
        .iter()
        .map(|&size| Axis {
            size,
            kernel: size,
            stride: 1,
            dilation: 1,
            begin: 0,
            end: 0,
            count: 1,
        })
        .collect();
    over(builder, &x, &axes, largest, false)
}

fn spatial_rank(x: &Flow) -> Outcome<usize> {
    match x.shape.len() {
        rank @ 3.. => Ok(rank - 2),
        _ => Err(GraphProblem::shape(&x.shape, "has no spatial dimensions").into()),
    }
}

/// Maxima or means over all windows of all channels.
fn over(
    builder: &mut Builder,
    x: &Flow,
    axes: &[Axis],
    largest: bool,
    whole: bool,
) -> Outcome<Vec<Value>> {
    let mut shape = x.shape[..2].to_vec();
    shape.extend(axes.iter().map(|a| a.count));
    let n = builder.charge_shape(&shape)?;
    let volume = axes.iter().fold(1usize, |v, a| v.saturating_mul(a.kernel.min(a.size)));
    // Windows that are mostly padding are walked through all the same.
    let walked =
        axes.iter().fold(0usize, |v, a| v.saturating_add(a.count.saturating_mul(a.kernel)));
    builder.charge(n.saturating_mul(volume).saturating_mul(3).saturating_add(walked))?;
    // Members and sizes along each axis are those of every channel.
    let members: Vec<Vec<Vec<usize>>> =
        axes.iter().map(|a| (0..a.count).map(|k| a.members(k).collect()).collect()).collect();
    let sizes: Vec<Vec<usize>> =
        axes.iter().map(|a| (0..a.count).map(|k| a.padded(k)).collect()).collect();
    let plane: usize = x.shape[2..].iter().product();
    let mut starts = vec![0u32];
    let mut list: Vec<u32> = Vec::new();
    let mut divisors = Vec::new();
    let mut index = vec![0usize; axes.len()];
    let mut window = Vec::new();
    for k in 0..n {
        if k % shape[2..].iter().product::<usize>() == 0 {
            index.fill(0);
        }
        let channel = k / shape[2..].iter().product::<usize>();
        window.clear();
        window.push(0usize);
        let mut stated = 1usize;
        for (axis, &i) in index.iter().enumerate() {
            let inside = &members[axis][i];
            let size = axes[axis].size;
            window = window.iter().flat_map(|w| inside.iter().map(move |m| w * size + m)).collect();
            stated *= sizes[axis][i];
        }
        if window.is_empty() {
            return Err(GraphProblem::argument("the window", k, "holds nothing but padding").into());
        }
        list.extend(window.iter().map(|w| (channel * plane + w) as u32));
        starts.push(list.len() as u32);
        divisors.push(if whole { stated } else { window.len() } as f64);
        for axis in (0..axes.len()).rev() {
            index[axis] += 1;
            if index[axis] < axes[axis].count {
                break;
            }
            index[axis] = 0;
        }
    }
    if largest {
        let groups = Groups { starts, members: list };
        return Ok(one(group_max(builder, x, groups, &shape, true)?));
    }
    Ok(one(builder.mean(x, starts, list, divisors, &shape)?))
}
