//! A linear operation on intervals.
//!
//! Lower and upper ends are plain sums in double precision, each with the sum of its absolute
//! products; the error bound of [`super::super::rounding`] moves them outwards. Where the weights and
//! ends are multiples of powers of two and the sums are small (integers, say) nothing is lost.

use super::Linear;
use crate::bounds::Interval;
use crate::bounds::graph::rounding::{Grid, outward};
use crate::bounds::interval::{add_down, add_up};

/// Running sums of one element: lower end, upper end, and the absolute products of both.
type Sums = [f64; 4];

const WIDE: usize = 4;

impl Linear<'_> {
    /// Intervals of the result, and for every element an upper bound of `sum |w| max |x|`.
    pub fn sweep(&self, x: &[Interval]) -> (Vec<Interval>, Vec<f64>) {
        let len = self.y.base.len() * self.groups * self.outputs;
        if !x.iter().all(|v| v.is_finite()) {
            return self.sweep_unbounded(x, len);
        }
        // Channels side by side at each position, so that products run over neighbours.
        let width = self.groups * self.inputs;
        let (mut lo, mut hi) = (Vec::with_capacity(x.len()), Vec::with_capacity(x.len()));
        for &b in &self.x.base {
            for c in 0..width {
                let v = x[b as usize + c * self.x.stride];
                lo.push(v.lo);
                hi.push(v.hi);
            }
        }
        let mut sums: Vec<Sums> = vec![[0.0; 4]; len];
        for p in 0..self.x.base.len() {
            for &(q, k) in self.taps_of(p) {
                for g in 0..self.groups {
                    let at = p * width + g * self.inputs;
                    let (lo, hi) = (&lo[at..at + self.inputs], &hi[at..at + self.inputs]);
                    for o in 0..self.outputs {
                        let w =
                            g * self.group_step + k as usize * self.tap_step + o * self.row_step;
                        let s = products(&self.weight[w..w + self.inputs], lo, hi);
                        let at = self.y.base[q as usize] as usize
                            + (g * self.outputs + o) * self.y.stride;
                        for (total, part) in sums[at].iter_mut().zip(s) {
                            *total += part;
                        }
                    }
                }
            }
        }
        let ends = x.iter().flat_map(|v| [v.lo, v.hi]);
        let rule = self.grid.products(Grid::of(ends), self.fan_in);
        let bias = self.biases();
        let magnitude = |s: &Sums| {
            let m = add_up(rule.exact(s[2]), rule.exact(s[3]));
            if m.is_nan() { f64::INFINITY } else { m }
        };
        let magnitudes = sums.iter().map(magnitude).collect();
        let ranges = sums.iter().enumerate().map(|(e, s)| {
            let b = bias.get(e).copied().unwrap_or(0.0);
            outward(add_down(s[0], b), rule.error(s[2]), add_up(s[1], b), rule.error(s[3]))
        });
        (ranges.collect(), magnitudes)
    }

    /// The same term by term, for operands without finite bounds.
    fn sweep_unbounded(&self, x: &[Interval], len: usize) -> (Vec<Interval>, Vec<f64>) {
        let mut all = vec![Interval::ZERO; len];
        for (e, b) in self.biases().into_iter().enumerate() {
            all[e] = Interval::point(b);
        }
        for p in 0..self.x.base.len() {
            for &(q, k) in self.taps_of(p) {
                for g in 0..self.groups {
                    for o in 0..self.outputs {
                        let w =
                            g * self.group_step + k as usize * self.tap_step + o * self.row_step;
                        let at = self.y.base[q as usize] as usize
                            + (g * self.outputs + o) * self.y.stride;
                        for i in 0..self.inputs {
                            let c = (g * self.inputs + i) * self.x.stride;
                            let v = x[self.x.base[p] as usize + c];
                            all[at] = all[at] + v.scale(self.weight[w + i]);
                        }
                    }
                }
            }
        }
        (all, vec![f64::INFINITY; len])
    }
}

/// Sums of the least and of the largest products, and of their absolute values.
fn products(w: &[f64], lo: &[f64], hi: &[f64]) -> Sums {
    let mut parts = [[0.0f64; WIDE]; 4];
    let chunks = w.chunks_exact(WIDE).zip(lo.chunks_exact(WIDE)).zip(hi.chunks_exact(WIDE));
    for ((w, lo), hi) in chunks {
        for j in 0..WIDE {
            let (least, most) = ordered(w[j], lo[j], hi[j]);
            parts[0][j] += least;
            parts[1][j] += most;
            parts[2][j] += least.abs();
            parts[3][j] += most.abs();
        }
    }
    let mut sums = parts.map(|p| (p[0] + p[1]) + (p[2] + p[3]));
    for i in w.len() - w.len() % WIDE..w.len() {
        let (least, most) = ordered(w[i], lo[i], hi[i]);
        for (s, t) in sums.iter_mut().zip([least, most, least.abs(), most.abs()]) {
            *s += t;
        }
    }
    sums
}

#[inline(always)]
fn ordered(w: f64, lo: f64, hi: f64) -> (f64, f64) {
    let (a, b) = (w * lo, w * hi);
    if w >= 0.0 { (a, b) } else { (b, a) }
}
