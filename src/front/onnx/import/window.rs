//! Geometry of windows that slide over spatial dimensions: convolution and pooling.

use super::builder::Outcome;
use super::call::Call;
use super::operators::Operator;
use super::problem::GraphProblem;

/// Windows along one spatial dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Axis {
    /// Size of the operand.
    pub(super) size: usize,
    pub(super) kernel: usize,
    pub(super) stride: usize,
    pub(super) dilation: usize,
    /// Padding before.
    pub(super) begin: usize,
    /// Padding behind.
    pub(super) end: usize,
    /// Number of windows.
    pub(super) count: usize,
}

impl Axis {
    /// Elements from the first to the last of a window.
    pub(super) fn extent(&self) -> usize {
        (self.kernel - 1) * self.dilation + 1
    }

    /// Elements of window `k` that lie in the operand.
    pub(super) fn members(&self, k: usize) -> impl Iterator<Item = usize> + use<> {
        let Axis { size, kernel, stride, dilation, begin, .. } = *self;
        (0..kernel).filter_map(move |j| {
            (k * stride + j * dilation).checked_sub(begin).filter(|&i| i < size)
        })
    }

    /// Elements of window `k` that lie in the operand or its stated padding.
    pub(super) fn padded(&self, k: usize) -> usize {
        let total = self.size + self.begin + self.end;
        (0..self.kernel).filter(|j| k * self.stride + j * self.dilation < total).count()
    }
}

/// Where padding comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AutoPad {
    Stated,
    SameUpper,
    SameLower,
    Valid,
}

/// The attribute `auto_pad`.
pub(super) fn auto_pad(call: &Call<'_>) -> Outcome<AutoPad> {
    match call.attributes.text("auto_pad", "NOTSET")? {
        "NOTSET" | "" => Ok(AutoPad::Stated),
        "SAME_UPPER" => Ok(AutoPad::SameUpper),
        "SAME_LOWER" => Ok(AutoPad::SameLower),
        "VALID" => Ok(AutoPad::Valid),
        other => {
            let what = format!("auto_pad {other:?}");
            let instead = "use NOTSET, SAME_UPPER, SAME_LOWER or VALID";
            Err(GraphProblem::unsupported(what, instead).into())
        }
    }
}

/// Largest kernel, stride, dilation or padding that is read.
const MOST: i64 = 1 << 24;

/// An attribute with one number a dimension, or a default.
pub(super) fn spatial(
    call: &Call<'_>,
    name: &'static str,
    rank: usize,
    default: usize,
    least: i64,
) -> Outcome<Vec<usize>> {
    match call.attributes.ints(name)? {
        None => Ok(vec![default; rank]),
        Some(list) if list.len() == rank && list.iter().all(|v| (least..=MOST).contains(v)) => {
            Ok(list.iter().map(|&v| v as usize).collect())
        }
        Some(list) => {
            let rule = "is not one sensible number for each spatial dimension";
            Err(GraphProblem::argument(name, list, rule).into())
        }
    }
}

/// Windows over the spatial dimensions of the operand.
pub(super) fn windows(
    call: &Call<'_>,
    sizes: &[usize],
    kernel: &[usize],
    ceil: bool,
) -> Outcome<Vec<Axis>> {
    let rank = sizes.len();
    let strides = spatial(call, "strides", rank, 1, 1)?;
    let dilations = spatial(call, "dilations", rank, 1, 1)?;
    let auto = auto_pad(call)?;
    let pads = match auto {
        AutoPad::Stated => spatial_pads(call, rank)?,
        AutoPad::SameUpper | AutoPad::SameLower | AutoPad::Valid => vec![0; 2 * rank],
    };
    let mut axes = Vec::new();
    for k in 0..rank {
        let mut axis = Axis {
            size: sizes[k],
            kernel: kernel[k],
            stride: strides[k],
            dilation: dilations[k],
            begin: pads[k],
            end: pads[rank + k],
            count: 0,
        };
        if auto == AutoPad::SameUpper || auto == AutoPad::SameLower {
            axis.count = axis.size.div_ceil(axis.stride);
            let needed = (axis.count - 1) * axis.stride + axis.extent();
            let padding = needed.saturating_sub(axis.size);
            if call.operator != Operator::Conv && axis.size > needed + 1 {
                // Runtimes disagree on which elements the windows then pass over.
                let what = "automatic padding of windows that are smaller than their steps";
                let instead = "state the pads";
                return Err(GraphProblem::unsupported(what, instead).into());
            }
            let (less, more) = (padding / 2, padding - padding / 2);
            (axis.begin, axis.end) =
                if auto == AutoPad::SameUpper { (less, more) } else { (more, less) };
        } else {
            let total = axis.size + axis.begin + axis.end;
            let Some(room) = total.checked_sub(axis.extent()) else {
                let rule = "is smaller than the window";
                return Err(GraphProblem::argument("a padded dimension", total, rule).into());
            };
            let steps = if ceil { room.div_ceil(axis.stride) } else { room / axis.stride };
            // A window that would start in the padding behind is none.
            let starts = |k: usize| k * axis.stride < axis.size + axis.begin;
            axis.count = if ceil && !starts(steps) { steps } else { steps + 1 };
        }
        axes.push(axis);
    }
    Ok(axes)
}

/// The attribute `pads`: all beginnings, then all ends.
pub(super) fn spatial_pads(call: &Call<'_>, rank: usize) -> Outcome<Vec<usize>> {
    spatial(call, "pads", 2 * rank, 0, 0)
}
