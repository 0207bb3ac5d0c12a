//! Convolutions as matrix products: the operand's elements under the taps of a kernel, as columns.

use super::product::Float;
use crate::network::graph::Conv;
use crate::network::graph::eval::conv::runs;

/// No element: padding.
const NONE: u32 = u32::MAX;

/// Where the elements under the taps are, for the first group of the first image of an operand.
///
/// Rows are input channels of a group with their taps, columns are output positions.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    at: Vec<u32>,
    /// Rows.
    pub(super) taps: usize,
    /// Columns.
    pub(super) positions: usize,
    /// Output channels of a group.
    pub(super) outputs: usize,
    /// Groups of all images: their number in the operand and the result.
    pub(super) groups: usize,
    /// Groups of one image, which have kernels of their own.
    pub(super) kernels: usize,
    /// Elements of a group in the operand.
    pub(super) input: usize,
}

impl Columns {
    /// For operands and results of these shapes, `[batch, channels, ...]`.
    pub(super) fn new(by: &Conv, input: &[usize], output: &[usize]) -> Option<Self> {
        let kernels = by.groups.max(1);
        let (inputs, outputs) = (input.get(1)? / kernels, output.get(1)? / kernels);
        let positions: usize = output[2..].iter().product();
        let taps = inputs * by.weight_shape.get(2..)?.iter().product::<usize>();
        let mut at = vec![NONE; taps.checked_mul(positions)?];
        let mut alone = by.clone();
        alone.groups = 1;
        let small = |shape: &[usize], channels| {
            let mut small = shape.to_vec();
            (small[0], small[1]) = (1, channels);
            small
        };
        // One output channel shows the geometry of all.
        runs(&alone, &small(input, inputs), &small(output, 1), |run| {
            for k in 0..run.count {
                let position = run.output + k * run.output_step;
                at[run.weight * positions + position] = (run.input + k * run.input_step) as u32;
            }
        });
        Some(Columns {
            at,
            taps,
            positions,
            outputs,
            groups: input[0] * kernels,
            kernels,
            input: inputs * input[2..].iter().product::<usize>(),
        })
    }

    /// The columns of a group whose table, of `count` points, is `x`.
    pub(super) fn gather<T: Float>(&self, x: &[T], count: usize, columns: &mut Vec<T>) {
        columns.clear();
        columns.reserve(self.at.len() * count);
        for &e in &self.at {
            if e == NONE {
                columns.resize(columns.len() + count, T::zero());
            } else {
                let e = e as usize * count;
                columns.extend_from_slice(&x[e..e + count]);
            }
        }
    }

    /// Adds columns to the elements that they were gathered from.
    pub(super) fn scatter<T: Float>(&self, columns: &[T], count: usize, x: &mut [T]) {
        for (&e, column) in self.at.iter().zip(columns.chunks_exact(count.max(1))) {
            if e != NONE {
                let e = e as usize * count;
                for (t, s) in x[e..e + count].iter_mut().zip(column) {
                    *t = *t + *s;
                }
            }
        }
    }
}
