//! Dense layers and convolutions as one thing: a sparse block operation.
//!
//! Elements are grouped into *positions* of *channels*. Output position `q` is the sum over its
//! *taps* `(p, k)` of the matrix of tap `k` times the channels of input position `p`. A dense layer
//! has one tap, and row `r` of the result has row `r` of the operand; a convolution has one tap an
//! entry of the kernel. Groups of channels are independent. Nothing here is a dense matrix of a
//! convolution.

mod geometry;
mod lanes;
mod sweep;

use std::borrow::Cow;

use super::rounding::Grid;
use crate::network::graph::{Conv, Dense, Node};

pub(crate) use lanes::{Block, LANES, Lane, is_active};

/// Channels at positions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    /// First element of each position.
    pub base: Vec<u32>,
    /// Distance of neighbouring channels.
    pub stride: usize,
}

/// A linear operation, ready to be applied to intervals, or backwards to coefficients.
#[derive(Clone, Debug)]
pub(crate) struct Linear<'g> {
    /// Weight of tap `k`, output channel `o` and input channel `i` (both within a group) is at
    /// `g group_step + k tap_step + o row_step + i`.
    weight: Cow<'g, [f64]>,
    tap_step: usize,
    row_step: usize,
    group_step: usize,
    groups: usize,
    /// Channels of a group.
    inputs: usize,
    outputs: usize,
    /// One an output channel, or empty.
    bias: &'g [f64],
    x: Places,
    y: Places,
    /// Taps of each input position: output position and tap.
    starts: Vec<u32>,
    taps: Vec<(u32, u32)>,
    /// Most terms of an output element, and of an input element in the adjoint.
    pub fan_in: usize,
    pub fan_out: usize,
    grid: Grid,
}

impl<'g> Linear<'g> {
    /// A dense layer on `rows` rows.
    pub fn dense(by: &'g Dense, len: usize) -> Self {
        let rows = len.checked_div(by.outputs).unwrap_or(0);
        let places =
            |n: usize| Places { base: (0..rows).map(|r| (r * n) as u32).collect(), stride: 1 };
        Linear {
            tap_step: 0,
            row_step: by.inputs,
            group_step: 0,
            groups: 1,
            inputs: by.inputs,
            outputs: by.outputs,
            bias: &by.bias,
            x: places(by.inputs),
            y: places(by.outputs),
            starts: (0..=rows as u32).collect(),
            taps: (0..rows as u32).map(|r| (r, 0)).collect(),
            fan_in: by.inputs,
            fan_out: by.outputs,
            grid: Grid::of(by.weight.iter().copied()),
            weight: Cow::Borrowed(&by.weight),
        }
    }

    /// A convolution from the shape of `x` to that of `y`.
    pub fn conv(by: &'g Conv, x: &Node, y: &Node) -> Self {
        let (first, second) = (by.weight_shape[0], by.weight_shape[1]);
        let kernel: usize = by.weight_shape[2..].iter().product();
        // The file has [out, in / groups] for a convolution, [in, out / groups] for its transpose.
        let (inputs, outputs) =
            if by.transposed { (first / by.groups, second) } else { (second, first / by.groups) };
        let mut weight = vec![0.0; by.weight.len()];
        for g in 0..by.groups {
            for o in 0..outputs {
                for i in 0..inputs {
                    let at = if by.transposed {
                        (g * inputs + i) * second + o
                    } else {
                        (g * outputs + o) * second + i
                    } * kernel;
                    for k in 0..kernel {
                        weight[((g * kernel + k) * outputs + o) * inputs + i] = by.weight[at + k];
                    }
                }
            }
        }
        let (starts, taps) = geometry::taps(by, x, y);
        let most = |counts: &mut dyn Iterator<Item = u32>| counts.max().unwrap_or(0) as usize;
        let mut arriving = vec![0u32; geometry::places(y).base.len()];
        for t in &taps {
            arriving[t.0 as usize] += 1;
        }
        Linear {
            tap_step: outputs * inputs,
            row_step: inputs,
            group_step: kernel * outputs * inputs,
            groups: by.groups,
            inputs,
            outputs,
            bias: &by.bias,
            x: geometry::places(x),
            y: geometry::places(y),
            fan_in: most(&mut arriving.into_iter()) * inputs,
            fan_out: most(&mut starts.windows(2).map(|w| w[1] - w[0])) * outputs,
            starts,
            taps,
            grid: Grid::of(weight.iter().copied()),
            weight: Cow::Owned(weight),
        }
    }

    /// The operation that walks the other way, without bias: what [`Linear::pull_back`] of it adds is
    /// this operation's product.
    pub fn adjoint(&self) -> Linear<'static> {
        let taps = self.weight.len().checked_div(self.groups * self.inputs * self.outputs);
        let taps = taps.unwrap_or(0);
        let mut weight = vec![0.0; self.weight.len()];
        for g in 0..self.groups {
            for k in 0..taps {
                for o in 0..self.outputs {
                    for i in 0..self.inputs {
                        let at = g * self.group_step + k * self.tap_step + o * self.row_step + i;
                        let to = ((g * taps + k) * self.inputs + i) * self.outputs + o;
                        weight[to] = self.weight[at];
                    }
                }
            }
        }
        let mut pairs: Vec<(u32, u32, u32)> = (0..self.x.base.len())
            .flat_map(|p| self.taps_of(p).iter().map(move |t| (t.0, p as u32, t.1)))
            .collect();
        pairs.sort_unstable();
        let ends = (0..=self.y.base.len() as u32)
            .map(|q| pairs.partition_point(|t| t.0 < q) as u32)
            .collect();
        Linear {
            tap_step: self.inputs * self.outputs,
            row_step: self.outputs,
            group_step: taps * self.inputs * self.outputs,
            groups: self.groups,
            inputs: self.outputs,
            outputs: self.inputs,
            bias: &[],
            x: self.y.clone(),
            y: self.x.clone(),
            starts: ends,
            taps: pairs.into_iter().map(|t| (t.1, t.2)).collect(),
            fan_in: self.fan_out,
            fan_out: self.fan_in,
            grid: self.grid,
            weight: Cow::Owned(weight),
        }
    }

    /// Bias of every element of the result, by element.
    pub fn biases(&self) -> Vec<f64> {
        if self.bias.is_empty() {
            return Vec::new();
        }
        let channels = self.groups * self.outputs;
        let mut all = vec![0.0; self.y.base.len() * channels];
        for &b in &self.y.base {
            for (c, &v) in self.bias.iter().enumerate() {
                all[b as usize + c * self.y.stride] = v;
            }
        }
        all
    }

    fn taps_of(&self, p: usize) -> &[(u32, u32)] {
        &self.taps[self.starts[p] as usize..self.starts[p + 1] as usize]
    }
}
