//! Elements of affine operations as sparse rows over the elements of their operands.

use crate::bounds::Interval;
use crate::network::graph::{Conv, Graph, Node, NodeId, Op, Source};

/// `bias + sum coefficient * element`, with enclosures of the real coefficients.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AffineRow {
    /// Operand, its element, and the coefficient; no zeros.
    pub terms: Vec<(NodeId, u32, Interval)>,
    /// The constant.
    pub bias: Vec<Interval>,
}

impl AffineRow {
    fn term(&mut self, node: NodeId, element: usize, c: Interval) {
        if c != Interval::ZERO {
            self.terms.push((node, element as u32, c));
        }
    }

    fn weight(&mut self, node: NodeId, element: usize, c: f64) {
        self.term(node, element, Interval::point(c));
    }
}

/// `i / d` for a divisor that is not 0.
#[must_use]
pub fn quotient(i: Interval, d: f64) -> Interval {
    if d > 0.0 { i.divide(d) } else { (-i).divide(-d) }
}

/// Element `e` of node `id` as an affine row; nothing where the operation is not affine.
#[must_use]
pub fn row(graph: &Graph, id: NodeId, e: usize) -> Option<AffineRow> {
    let mut out = AffineRow::default();
    let node = graph.node(id);
    match &node.op {
        Op::Constant(values) => out.bias.push(Interval::point(values[e])),
        Op::Move { from, map } => match map[e] {
            Source::Fixed(c) => out.bias.push(Interval::point(c)),
            Source::Element { operand, element } => {
                out.weight(from[operand as usize], element as usize, 1.0);
            }
        },
        Op::Dense { x, by } => {
            let (r, o) = (e / by.outputs, e % by.outputs);
            let weights = &by.weight[o * by.inputs..(o + 1) * by.inputs];
            for (i, w) in weights.iter().enumerate() {
                out.weight(*x, r * by.inputs + i, *w);
            }
            out.bias.extend(by.bias.get(o).map(|b| Interval::point(*b)));
        }
        Op::Conv { x, by } => conv(&mut out, *x, by, graph.node(*x), node, e),
        Op::Sums { x, by } => {
            let d = by.divisors.get(e).copied().unwrap_or(1.0);
            for k in by.starts[e] as usize..by.starts[e + 1] as usize {
                let c = quotient(Interval::point(by.coefficients[k]), d);
                out.term(*x, by.columns[k] as usize, c);
            }
            out.bias.extend(by.bias.get(e).map(|b| quotient(Interval::point(*b), d)));
        }
        Op::Scale { x, by } => {
            let k = by.index(e);
            let d = by.divisor.get(k).copied().unwrap_or(1.0);
            out.term(*x, e, quotient(by.factor[k], d));
            out.bias.extend(by.shift.get(k));
        }
        Op::Add { terms } => {
            for (x, minus) in terms {
                out.weight(*x, e, if *minus { -1.0 } else { 1.0 });
            }
        }
        Op::Input { .. }
        | Op::Product { .. }
        | Op::Unary { .. }
        | Op::Max { .. }
        | Op::Choose { .. }
        | Op::Quotient { .. } => return None,
    }
    Some(out)
}

/// Positions of a box in row-major order.
fn unravel(mut k: usize, shape: &[usize]) -> Vec<usize> {
    let mut at = vec![0; shape.len()];
    for (a, n) in at.iter_mut().zip(shape).rev() {
        *a = k % n;
        k /= n;
    }
    at
}

fn ravel(at: &[usize], shape: &[usize]) -> usize {
    at.iter().zip(shape).fold(0, |k, (a, n)| k * n + a)
}

/// Position of the operand under output position `o` and kernel position `k` in dimension `d`.
fn under(by: &Conv, d: usize, o: usize, k: usize, size: usize) -> Option<usize> {
    let (stride, far) = (by.strides[d], k * by.dilations[d]);
    let i = if by.transposed {
        let whole = (o + by.pads_begin[d]).checked_sub(far)?;
        (whole % stride == 0).then_some(whole / stride)?
    } else {
        (o * stride + far).checked_sub(by.pads_begin[d])?
    };
    (i < size).then_some(i)
}

fn conv(out: &mut AffineRow, x: NodeId, by: &Conv, from: &Node, to: &Node, e: usize) {
    let kernel = &by.weight_shape[2..];
    let (inside, outside) = (&from.shape[2..], &to.shape[2..]);
    let positions: usize = inside.iter().product();
    let taps: usize = kernel.iter().product();
    let at = unravel(e, &to.shape);
    let (batch, channel, place) = (at[0], at[1], &at[2..]);
    debug_assert_eq!(place.len(), outside.len());
    // Which taps of the kernel meet the operand, and where.
    let mut met = Vec::with_capacity(taps);
    for tap in 0..taps {
        let k = unravel(tap, kernel);
        let i: Option<Vec<usize>> =
            (0..k.len()).map(|d| under(by, d, place[d], k[d], inside[d])).collect();
        if let Some(i) = i {
            met.push((tap, ravel(&i, inside)));
        }
    }
    let group = channel / (to.shape[1] / by.groups);
    let channels = from.shape[1] / by.groups;
    let start = batch * from.shape[1];
    for c in 0..channels {
        let source = group * channels + c;
        let row = if by.transposed {
            source * by.weight_shape[1] + channel % by.weight_shape[1]
        } else {
            channel * by.weight_shape[1] + c
        };
        for &(tap, i) in &met {
            let w = by.weight[row * taps + tap];
            out.weight(x, (start + source) * positions + i, w);
        }
    }
    out.bias.extend(by.bias.get(channel).map(|b| Interval::point(*b)));
}
