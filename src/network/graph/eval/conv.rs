//! Where the elements of a convolution meet.
//!
//! [`Conv`] and its transpose link an input element and an output element by a weight. [`runs`]
//! lists all links as runs along the last dimension, sorted such that the links of any one output
//! come in the order of input channels and then of kernel positions: a direct convolution.

use crate::network::graph::Conv;

/// Links `output + k * output_step  +=  weight * (input + k * input_step)` for `k < count`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Index into [`Conv::weight`].
    pub weight: usize,
    /// First element of the operand.
    pub input: usize,
    /// Distance of its elements.
    pub input_step: usize,
    /// First element of the result.
    pub output: usize,
    /// Distance of its elements.
    pub output_step: usize,
    /// Number of links.
    pub count: usize,
}

/// Three spatial dimensions, those that are missing with length 1.
#[derive(Clone, Copy, Debug)]
struct Space {
    /// Of the side that the kernel walks over (`Conv`: input), and of the other.
    wide: [usize; 3],
    narrow: [usize; 3],
    kernel: [usize; 3],
    stride: [usize; 3],
    dilation: [usize; 3],
    pad: [usize; 3],
}

/// The last three of at most three dimensions, filled with `fill` in front.
fn three(dims: &[usize], fill: usize) -> [usize; 3] {
    let mut out = [fill; 3];
    let missing = 3usize.saturating_sub(dims.len());
    for (o, d) in out[missing..].iter_mut().zip(dims) {
        *o = *d;
    }
    out
}

impl Space {
    /// Positions `n` of the narrow side whose tap `k` falls on the wide side: `0 <= n s + k d - p < w`.
    fn range(&self, axis: usize, tap: usize) -> std::ops::Range<usize> {
        let (shift, pad) = (tap * self.dilation[axis], self.pad[axis]);
        let stride = self.stride[axis];
        let first = pad.saturating_sub(shift).div_ceil(stride);
        let last = (self.wide[axis] + pad).saturating_sub(shift).div_ceil(stride);
        first..last.min(self.narrow[axis]).max(first)
    }

    /// The position of the wide side that tap `k` of position `n` falls on.
    fn wide_at(&self, axis: usize, n: usize, tap: usize) -> usize {
        n * self.stride[axis] + tap * self.dilation[axis] - self.pad[axis]
    }
}

/// Calls `f` for every run of a convolution from `[batch, channels, ...]` to a result of that form.
pub fn runs(by: &Conv, input: &[usize], output: &[usize], mut f: impl FnMut(Run)) {
    if input.len() < 2 || output.len() < 2 {
        return;
    }
    let (wide, narrow) = if by.transposed { (output, input) } else { (input, output) };
    let space = Space {
        wide: three(&wide[2..], 1),
        narrow: three(&narrow[2..], 1),
        kernel: three(&by.weight_shape[2..], 1),
        stride: three(&by.strides, 1),
        dilation: three(&by.dilations, 1),
        pad: three(&by.pads_begin, 0),
    };
    let groups = by.groups.max(1);
    let (ins, outs) = (input[1] / groups, output[1] / groups);
    let taps: usize = space.kernel.iter().product();
    let size = |s: [usize; 3]| s.iter().product::<usize>();
    let (in_size, out_size) = if by.transposed {
        (size(space.narrow), size(space.wide))
    } else {
        (size(space.wide), size(space.narrow))
    };
    for batch in 0..input[0] {
        for channel in 0..groups * outs {
            let group = channel / outs.max(1);
            let output_at = (batch * groups * outs + channel) * out_size;
            for i in 0..ins {
                let from = group * ins + i;
                let input_at = (batch * groups * ins + from) * in_size;
                // `[out, in / groups, ...]`, transposed `[in, out / groups, ...]`.
                let kernel_at = if by.transposed {
                    from * outs + channel % outs.max(1)
                } else {
                    channel * ins + i
                } * taps;
                space.walk(|tap, wide_at, narrow_at, count| {
                    let step = space.stride[2];
                    f(if by.transposed {
                        Run {
                            weight: kernel_at + tap,
                            input: input_at + narrow_at,
                            input_step: 1,
                            output: output_at + wide_at,
                            output_step: step,
                            count,
                        }
                    } else {
                        Run {
                            weight: kernel_at + tap,
                            input: input_at + wide_at,
                            input_step: step,
                            output: output_at + narrow_at,
                            output_step: 1,
                            count,
                        }
                    });
                });
            }
        }
    }
}

impl Space {
    /// Calls `f(tap, first on the wide side, first on the narrow side, count)`.
    fn walk(&self, mut f: impl FnMut(usize, usize, usize, usize)) {
        let [kz, ky, kx] = self.kernel;
        for tap in 0..kz * ky * kx {
            let (tz, ty, tx) = (tap / (ky * kx), tap / kx % ky, tap % kx);
            let along = self.range(2, tx);
            if along.is_empty() {
                continue;
            }
            let x = self.wide_at(2, along.start, tx);
            for z in self.range(0, tz) {
                for y in self.range(1, ty) {
                    let (wz, wy) = (self.wide_at(0, z, tz), self.wide_at(1, y, ty));
                    let wide = (wz * self.wide[1] + wy) * self.wide[2] + x;
                    let narrow = (z * self.narrow[1] + y) * self.narrow[2] + along.start;
                    f(tap, wide, narrow, along.len());
                }
            }
        }
    }
}
