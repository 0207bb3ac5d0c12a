//! Which input position meets which output position under which entry of a kernel.

use super::Places;
use crate::network::graph::{Conv, Node};

/// Positions of a tensor `[batch, channels, ...spatial]`.
pub(super) fn places(node: &Node) -> Places {
    let spatial: usize = node.shape[2..].iter().product();
    let (batch, channels) = (node.shape[0], node.shape[1]);
    let base = (0..batch)
        .flat_map(|b| (0..spatial).map(move |p| (b * channels * spatial + p) as u32))
        .collect();
    Places { base, stride: spatial }
}

/// Taps by input position, in compressed rows: output position and entry of the kernel.
pub(super) fn taps(by: &Conv, x: &Node, y: &Node) -> (Vec<u32>, Vec<(u32, u32)>) {
    // A transposed convolution from x to y has the pairs of the convolution from y to x.
    let (from, to) = if by.transposed { (y, x) } else { (x, y) };
    let (from, to) = (&from.shape[2..], &to.shape[2..]);
    let kernel = &by.weight_shape[2..];
    let mut pairs: Vec<(u32, u32, u32)> = Vec::new();
    let mut at = vec![0usize; to.len()];
    for q in 0..to.iter().product::<usize>() {
        let mut k_at = vec![0usize; kernel.len()];
        for k in 0..kernel.iter().product::<usize>() {
            if let Some(p) = source(by, &at, &k_at, from) {
                let (p, q) = (p as u32, q as u32);
                pairs.push(if by.transposed { (q, p, k as u32) } else { (p, q, k as u32) });
            }
            step(&mut k_at, kernel);
        }
        step(&mut at, to);
    }
    pairs.sort_unstable();
    let (batch, inputs, outputs) = (
        x.shape[0],
        x.shape[2..].iter().product::<usize>(),
        y.shape[2..].iter().product::<usize>(),
    );
    let mut starts = vec![0u32];
    let mut taps = Vec::with_capacity(pairs.len() * batch);
    for b in 0..batch {
        let mut rest = pairs.as_slice();
        for p in 0..inputs {
            let n = rest.partition_point(|t| t.0 as usize <= p);
            taps.extend(rest[..n].iter().map(|t| (t.1 + (b * outputs) as u32, t.2)));
            rest = &rest[n..];
            starts.push(taps.len() as u32);
        }
    }
    (starts, taps)
}

/// The position that entry `k` of the kernel reads for result `at`, unless it is padding.
fn source(by: &Conv, at: &[usize], k: &[usize], from: &[usize]) -> Option<usize> {
    let mut p = 0;
    for d in 0..from.len() {
        let i = at[d] * by.strides[d] + k[d] * by.dilations[d];
        let i = i.checked_sub(by.pads_begin[d]).filter(|&i| i < from[d])?;
        p = p * from[d] + i;
    }
    Some(p)
}

/// The next index in row-major order.
fn step(at: &mut [usize], shape: &[usize]) {
    for d in (0..shape.len()).rev() {
        at[d] += 1;
        if at[d] < shape[d] {
            return;
        }
        at[d] = 0;
    }
}
