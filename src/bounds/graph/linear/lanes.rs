//! The adjoint of a linear operation on blocks of coefficient rows.
//!
//! A [`Block`] holds [`LANES`] rows at once: the coefficients of one element in all rows are
//! neighbours, so that every operation is the same few vector instructions whatever the strides of a
//! convolution are. Elements whose coefficient is 0 in every row are skipped; behind a ReLU that is
//! most of them, and a row that starts at one neuron sees only its receptive field.
//!
//! Products and sums are never fused, so the result is the same on every machine.

use super::Linear;

/// Rows of a block.
pub(crate) const LANES: usize = 8;

/// The coefficients of one element in the rows of a block.
pub(crate) type Lane = [f64; LANES];

/// Coefficients of all elements of a node.
pub(crate) type Block = Vec<Lane>;

/// Input channels that are accumulated together.
const CHANNELS: usize = 4;

/// Coefficients other than 0, by output position and group.
struct Sparse {
    starts: Vec<u32>,
    channels: Vec<u32>,
    values: Vec<Lane>,
}

impl Linear<'_> {
    /// Adds to `x` the coefficients that `y` has by way of this operation: `x += W' y`.
    pub fn pull_back(&self, y: &[Lane], x: &mut [Lane]) {
        let sparse = self.compress(y);
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has the instructions that the function was compiled for.
            return unsafe { self.accumulate_avx2(&sparse, x) };
        }
        self.accumulate(&sparse, x);
    }

    fn compress(&self, y: &[Lane]) -> Sparse {
        let mut sparse = Sparse { starts: vec![0], channels: Vec::new(), values: Vec::new() };
        for &b in &self.y.base {
            for g in 0..self.groups {
                for o in 0..self.outputs {
                    let a = &y[b as usize + (g * self.outputs + o) * self.y.stride];
                    if is_active(a) {
                        sparse.channels.push(o as u32);
                        sparse.values.push(*a);
                    }
                }
                sparse.starts.push(sparse.channels.len() as u32);
            }
        }
        sparse
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn accumulate_avx2(&self, y: &Sparse, x: &mut [Lane]) {
        self.accumulate(y, x);
    }

    #[inline(always)]
    fn accumulate(&self, y: &Sparse, x: &mut [Lane]) {
        let mut spans: Vec<(usize, usize, u32)> = Vec::new();
        for p in 0..self.x.base.len() {
            for g in 0..self.groups {
                spans.clear();
                spans.extend(self.taps_of(p).iter().filter_map(|&(q, k)| {
                    let at = q as usize * self.groups + g;
                    let (from, to) = (y.starts[at] as usize, y.starts[at + 1] as usize);
                    (from < to).then_some((from, to, k))
                }));
                if spans.is_empty() {
                    continue;
                }
                let at = self.x.base[p] as usize + g * self.inputs * self.x.stride;
                let weight = &self.weight[g * self.group_step..];
                let mut i = 0;
                while i + CHANNELS <= self.inputs {
                    self.channels::<CHANNELS>(weight, i, &spans, y, at, x);
                    i += CHANNELS;
                }
                while i < self.inputs {
                    self.channels::<1>(weight, i, &spans, y, at, x);
                    i += 1;
                }
            }
        }
    }

    /// `N` channels from `i` on of the input position whose first channel of the group is at `at`.
    #[inline(always)]
    fn channels<const N: usize>(
        &self,
        weight: &[f64],
        i: usize,
        spans: &[(usize, usize, u32)],
        y: &Sparse,
        at: usize,
        x: &mut [Lane],
    ) {
        let mut sums = [[0.0f64; LANES]; N];
        for (n, s) in sums.iter_mut().enumerate() {
            *s = x[at + (i + n) * self.x.stride];
        }
        for &(from, to, k) in spans {
            let base = k as usize * self.tap_step + i;
            for (o, a) in y.channels[from..to].iter().zip(&y.values[from..to]) {
                let w = base + *o as usize * self.row_step;
                let w = &weight[w..w + N];
                for n in 0..N {
                    for l in 0..LANES {
                        sums[n][l] += w[n] * a[l];
                    }
                }
            }
        }
        for (n, s) in sums.iter().enumerate() {
            x[at + (i + n) * self.x.stride] = *s;
        }
    }
}

/// Whether some row has a coefficient here.
#[inline]
pub(crate) fn is_active(a: &Lane) -> bool {
    a.iter().any(|&v| v != 0.0)
}
