//! Convolutions, written out as affine layers.
//!
//! `Conv` of one or two spatial dimensions with a constant kernel is linear: output `(m, p)` is the sum
//! over the channels of its group and the places of the kernel of `W[m, c, k] * x[c, p s - a + k d]`,
//! with strides `s`, pads `a` (zeros around the input) and dilations `d`, plus `B[m]`. Every pair of
//! an input and an output meets at most one number of the kernel, so that the matrix holds the
//! numbers of the file and nothing is rounded.

use ndarray::{Array1, Array2};

use super::attributes::Attributes;
use super::chain::{Chain, Fold, FoldKind, Value};
use super::error::{OnnxError, OnnxProblem};
use super::graph::{label, place};
use super::proto::{self, attribute_type};
use super::shape::{Shape, show_dims};
use crate::network::{Affine, Layer};

/// Entries of the matrix of one convolution, at most: 64 MiB of doubles.
const LARGEST: usize = 1 << 23;

const FIT: &str = "do not fit for a convolution of one or two spatial dimensions (batch, channels, \
                   one or two sizes; outputs, channels a group, the kernel); export the model again";
const BATCH: &str =
    "convolve several inputs at once; export the model with a batch of one or a symbolic batch";

/// One spatial dimension.
#[derive(Clone, Copy, Debug)]
struct Axis {
    size: usize,
    kernel: usize,
    stride: usize,
    dilation: usize,
    /// Zeros in front of the input.
    pad: usize,
    output: usize,
}

impl Axis {
    /// Every output with every input that it meets, and the place of the kernel that does; inputs in
    /// the pads are zero and left out. Looking at all pairs costs no more than the matrix has entries.
    fn meetings(&self) -> Vec<[usize; 3]> {
        let mut out = Vec::new();
        for o in 0..self.output {
            for i in 0..self.size {
                // `i = o s - a + k d`
                let Some(ahead) = (i + self.pad).checked_sub(o * self.stride) else { continue };
                let k = ahead / self.dilation;
                if ahead % self.dilation == 0 && k < self.kernel {
                    out.push([o, i, k]);
                }
            }
        }
        out
    }
}

/// A convolution with everything known but its numbers.
struct Conv {
    groups: usize,
    /// Channels of one group, of input and output.
    channels: usize,
    maps: usize,
    axes: Vec<Axis>,
}

impl<'a> Chain<'a> {
    /// `Conv`: an affine layer that is no single tensor of the file.
    pub(super) fn conv(&mut self, node: &'a proto::Node) -> Result<Value<'a>, OnnxError> {
        let at = |problem| OnnxError::new(place(node), problem);
        let Value::Flow(shape) = self.input(node, 0)?.clone() else {
            return Err(at(OnnxProblem::ConstantArithmetic));
        };
        let what = "the kernel";
        let weight = self.constant(node, 1, what)?.cloned();
        let weight = weight.ok_or_else(|| at(OnnxProblem::NotConstant { what }))?;
        let bias = self.constant(node, 2, "the bias")?.cloned();
        let conv = Conv::new(node, &shape, &weight.dims).map_err(at)?;
        let (rows, columns) = (conv.outputs(), shape.elements());
        let entries = rows.and_then(|rows| rows.checked_mul(columns));
        let (Some(rows), Some(_)) = (rows, entries.filter(|n| *n <= LARGEST)) else {
            return Err(at(OnnxProblem::LargeConv { inputs: columns, limit: LARGEST }));
        };
        let maps = conv.groups * conv.maps;
        if let Some(bias) = &bias
            && bias.dims != [maps]
        {
            let right = show_dims(&bias.dims);
            return Err(at(OnnxProblem::Shapes { left: shape.show(), right, rule: FIT }));
        }
        let kernel = self.parameter(node, &weight)?;
        let mut matrix = Array2::zeros((rows, columns));
        conv.fill(&kernel, |row, column, value| {
            if let Some(slot) = matrix.get_mut((row, column)) {
                *slot = value;
            }
        });
        let places = rows / maps.max(1);
        let bias = match bias {
            None => None,
            Some(bias) => {
                let one = self.parameter(node, &bias)?;
                let all = one.iter().flat_map(|b| std::iter::repeat_n(*b, places));
                Some(Array1::from_iter(all))
            }
        };
        self.folds.push(Fold::new(node, FoldKind::Convolution));
        self.layers.push(Layer::Affine(Affine { weight: matrix, bias, node: label(node) }));
        let mut dims = vec![1, maps];
        dims.extend(conv.axes.iter().map(|a| a.output));
        Ok(Value::Flow(Shape { dims, batch: shape.batch }))
    }
}

impl Conv {
    fn new(node: &proto::Node, x: &Shape, w: &[usize]) -> Result<Self, OnnxProblem> {
        let known = ["auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"];
        let attributes = Attributes::new(node, &known)?;
        let unfit = |rule| OnnxProblem::Shapes { left: x.show(), right: show_dims(w), rule };
        let (&[batch, channels, ref sizes @ ..], &[maps, per_group, ref kernel @ ..]) =
            (x.dims.as_slice(), w)
        else {
            return Err(unfit(FIT));
        };
        let rank = sizes.len();
        if !(1..=2).contains(&rank) || kernel.len() != rank || kernel.contains(&0) || maps == 0 {
            return Err(unfit(FIT));
        }
        if batch != 1 {
            return Err(unfit(BATCH));
        }
        let groups = usize::try_from(attributes.int("group", 1)?).unwrap_or(0);
        let divided = groups > 0 && channels % groups == 0 && maps % groups == 0;
        if !divided || channels / groups != per_group {
            return Err(unfit(FIT));
        }
        let list = |name: &'static str, count: usize, least: usize| {
            let bad = |reason| OnnxProblem::BadAttribute { name: name.to_owned(), reason };
            let found = attributes.get(name, attribute_type::INTS, "is no list of integers")?;
            let Some(found) = found else { return Ok(None) };
            let whole: Option<Vec<usize>> = found
                .ints
                .iter()
                .map(|v| usize::try_from(*v).ok().filter(|v| *v >= least))
                .collect();
            match whole {
                Some(list) if list.len() == count => Ok(Some(list)),
                Some(_) => Err(bad("has another length than the kernel has dimensions")),
                None => Err(bad("has a number that is too small")),
            }
        };
        if list("kernel_shape", rank, 1)?.is_some_and(|shape| shape != kernel) {
            return Err(unfit("do not agree with `kernel_shape`; export the model again"));
        }
        let strides = list("strides", rank, 1)?.unwrap_or_else(|| vec![1; rank]);
        let dilations = list("dilations", rank, 1)?.unwrap_or_else(|| vec![1; rank]);
        let pads = list("pads", 2 * rank, 0)?;
        let padding = Padding::of(&attributes)?;
        if !matches!(padding, Padding::Explicit) && pads.iter().flatten().any(|p| *p > 0) {
            let reason = "stands beside pads; leave one of them out";
            return Err(OnnxProblem::BadAttribute { name: "auto_pad".to_owned(), reason });
        }
        let pads = pads.unwrap_or_else(|| vec![0; 2 * rank]);
        let axes: Option<Vec<Axis>> = (0..rank)
            .map(|k| {
                let ends = (pads.get(k).copied()?, pads.get(rank + k).copied()?);
                let given = [*sizes.get(k)?, *kernel.get(k)?, *strides.get(k)?, *dilations.get(k)?];
                padding.axis(given, ends)
            })
            .collect();
        let axes =
            axes.ok_or_else(|| unfit("leave no output: the kernel is larger than the input"))?;
        Ok(Conv { groups, channels: per_group, maps: maps / groups, axes })
    }

    /// Number of outputs, if it can be counted.
    fn outputs(&self) -> Option<usize> {
        let maps = self.groups.checked_mul(self.maps)?;
        self.axes.iter().try_fold(maps, |n, axis| n.checked_mul(axis.output))
    }

    /// Hands every entry of the matrix to `put`: row, column, value.
    fn fill(&self, kernel: &[f64], mut put: impl FnMut(usize, usize, f64)) {
        // A second dimension of one place changes nothing.
        let single = Axis { size: 1, kernel: 1, stride: 1, dilation: 1, pad: 0, output: 1 };
        let (high, wide) = match self.axes.as_slice() {
            [a, b] => (*a, *b),
            [a] => (*a, single),
            _ => return,
        };
        let (rows, columns) = (high.meetings(), wide.meetings());
        let planes = kernel.chunks_exact(high.kernel * wide.kernel);
        for (number, plane) in planes.enumerate() {
            let (map, within) = (number / self.channels, number % self.channels);
            let channel = map / self.maps * self.channels + within;
            for &[o, i, k] in &rows {
                for &[p, j, l] in &columns {
                    let Some(&value) = plane.get(k * wide.kernel + l) else { continue };
                    let row = (map * high.output + o) * wide.output + p;
                    put(row, (channel * high.size + i) * wide.size + j, value);
                }
            }
        }
    }
}

/// How the zeros around the input are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Padding {
    /// By the attribute `pads`, none without it.
    Explicit,
    /// None.
    Valid,
    /// As many as give `size / stride` outputs, rounded up; an odd one behind the input.
    SameUpper,
    /// The same, an odd one in front of it.
    SameLower,
}

impl Padding {
    fn of(attributes: &Attributes<'_>) -> Result<Self, OnnxProblem> {
        let bad = || OnnxProblem::BadAttribute {
            name: "auto_pad".to_owned(),
            reason: "is none of NOTSET, VALID, SAME_UPPER and SAME_LOWER",
        };
        let found = attributes.get("auto_pad", attribute_type::STRING, "is no string")?;
        match found.map_or(&b"NOTSET"[..], |a| &a.s) {
            b"NOTSET" => Ok(Padding::Explicit),
            b"VALID" => Ok(Padding::Valid),
            b"SAME_UPPER" => Ok(Padding::SameUpper),
            b"SAME_LOWER" => Ok(Padding::SameLower),
            _ => Err(bad()),
        }
    }

    /// The axis of these sizes; nothing if it has no output or cannot be counted.
    fn axis(
        self,
        [size, kernel, stride, dilation]: [usize; 4],
        ends: (usize, usize),
    ) -> Option<Axis> {
        let reach = (kernel - 1).checked_mul(dilation)?.checked_add(1)?;
        let (pad, output) = match self {
            Padding::Explicit | Padding::Valid => {
                let padded = size.checked_add(ends.0)?.checked_add(ends.1)?;
                (ends.0, padded.checked_sub(reach)? / stride + 1)
            }
            Padding::SameUpper | Padding::SameLower => {
                let output = size.div_ceil(stride);
                let needed = (output - 1).checked_mul(stride)?.checked_add(reach)?;
                let total = needed.saturating_sub(size);
                let front = if self == Padding::SameUpper { total / 2 } else { total.div_ceil(2) };
                (front, output)
            }
        };
        Some(Axis { size, kernel, stride, dilation, pad, output })
    }
}
