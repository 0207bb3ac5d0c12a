//! A graph in rational arithmetic, written from the definitions of its operations.

use dashu::rational::RBig;
use theriac::network::graph::{Conv, Graph, Op, Source, Unary};

pub fn exact(x: f64) -> RBig {
    RBig::try_from(x).unwrap()
}

/// Values of all nodes at `inputs`. `pick` chooses where a factor is only enclosed.
pub fn evaluate(
    graph: &Graph,
    inputs: &[f64],
    pick: &mut dyn FnMut(f64, f64) -> f64,
) -> Vec<Vec<RBig>> {
    let mut all: Vec<Vec<RBig>> = Vec::new();
    let mut first = 0;
    for node in &graph.nodes {
        let of = |x: &theriac::network::graph::NodeId| &all[x.index()];
        let len = node.len();
        let values: Vec<RBig> = match &node.op {
            Op::Input { .. } => {
                let part = inputs[first..first + len].iter().map(|&x| exact(x)).collect();
                first += len;
                part
            }
            Op::Constant(c) => c.iter().map(|&x| exact(x)).collect(),
            Op::Move { from, map } => map
                .iter()
                .map(|s| match *s {
                    Source::Element { operand, element } => {
                        of(&from[operand as usize])[element as usize].clone()
                    }
                    Source::Fixed(v) => exact(v),
                })
                .collect(),
            Op::Dense { x, by } => (0..len)
                .map(|e| {
                    let (r, o) = (e / by.outputs, e % by.outputs);
                    let mut y = by.bias.get(o).map_or(RBig::ZERO, |&b| exact(b));
                    for i in 0..by.inputs {
                        y += exact(by.weight[o * by.inputs + i]) * &of(x)[r * by.inputs + i];
                    }
                    y
                })
                .collect(),
            Op::Conv { x, by } => conv(by, &graph.node(*x).shape, of(x), &node.shape),
            Op::Sums { x, by } => (0..len)
                .map(|r| {
                    let mut y = by.bias.get(r).map_or(RBig::ZERO, |&b| exact(b));
                    for k in by.starts[r] as usize..by.starts[r + 1] as usize {
                        y += exact(by.coefficients[k]) * &of(x)[by.columns[k] as usize];
                    }
                    by.divisors.get(r).map_or(y.clone(), |&d| y / exact(d))
                })
                .collect(),
            Op::Scale { x, by } => {
                let f: Vec<f64> = by.factor.iter().map(|f| pick(f.lo, f.hi)).collect();
                let s: Vec<f64> = by.shift.iter().map(|f| pick(f.lo, f.hi)).collect();
                (0..len)
                    .map(|k| {
                        let t = by.index(k);
                        let d = by.divisor.get(t).copied().unwrap_or(1.0);
                        exact(f[t]) * &of(x)[k] / exact(d) + exact(s.get(t).copied().unwrap_or(0.0))
                    })
                    .collect()
            }
            Op::Add { terms } => (0..len)
                .map(|k| {
                    let term = |t: &(theriac::network::graph::NodeId, bool)| {
                        if t.1 { -of(&t.0)[k].clone() } else { of(&t.0)[k].clone() }
                    };
                    terms.iter().map(term).fold(RBig::ZERO, |a, b| a + b)
                })
                .collect(),
            Op::Product { a, b } => of(a).iter().zip(of(b)).map(|(p, q)| p * q).collect(),
            Op::Unary { x, f } => of(x).iter().map(|v| unary(*f, v)).collect(),
            Op::Max { x, groups } => (0..groups.len())
                .map(|k| groups.get(k).iter().map(|&e| of(x)[e as usize].clone()).max().unwrap())
                .collect(),
            Op::Choose { condition, at_zero, a, b } => (0..len)
                .map(|k| {
                    let c = &of(condition)[k];
                    let takes_a = *c > RBig::ZERO || (*at_zero && *c == RBig::ZERO);
                    of(if takes_a { a } else { b })[k].clone()
                })
                .collect(),
            Op::Quotient { a, b } => of(a)
                .iter()
                .zip(of(b))
                .map(|(p, q)| if *q == RBig::ZERO { RBig::ZERO } else { p / q })
                .collect(),
        };
        assert_eq!(values.len(), len);
        all.push(values);
    }
    all
}

fn unary(f: Unary, x: &RBig) -> RBig {
    let zero = RBig::ZERO;
    match f {
        Unary::Relu => x.clone().max(zero),
        Unary::Leaky { slope } if *x < zero => x * exact(slope),
        Unary::Leaky { .. } => x.clone(),
        Unary::Clip { lo, hi } if lo.is_finite() && *x < exact(lo) => exact(lo.min(hi)),
        Unary::Clip { hi, .. } if hi.is_finite() && *x > exact(hi) => exact(hi),
        Unary::Clip { .. } => x.clone(),
        Unary::Abs => x.clone().max(-x.clone()),
        Unary::Step { below, at, above } => exact(match x.cmp(&zero) {
            std::cmp::Ordering::Less => below,
            std::cmp::Ordering::Equal => at,
            std::cmp::Ordering::Greater => above,
        }),
        Unary::Threshold { threshold } if *x > exact(threshold) => x.clone(),
        Unary::Threshold { .. } => zero,
        Unary::Smooth(_) => panic!("not rational"),
    }
}

/// The index of a position in row-major order, and back.
fn positions(shape: &[usize]) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for &n in shape {
        all = all.iter().flat_map(|p| (0..n).map(move |i| [p.as_slice(), &[i]].concat())).collect();
    }
    all
}

fn index(shape: &[usize], at: &[usize]) -> usize {
    shape.iter().zip(at).fold(0, |k, (n, i)| k * n + i)
}

fn conv(by: &Conv, from: &[usize], x: &[RBig], to: &[usize]) -> Vec<RBig> {
    let mut y = vec![RBig::ZERO; to.iter().product()];
    if !by.bias.is_empty() {
        for at in positions(to) {
            y[index(to, &at)] = exact(by.bias[at[1]]);
        }
    }
    // The small side of the stencil: outputs of a convolution, inputs of its transpose.
    let (small, large) = if by.transposed { (from, to) } else { (to, from) };
    let per = (by.weight_shape[0] / by.groups, by.weight_shape[1]);
    for b in 0..from[0] {
        for s in positions(&small[2..]) {
            for k in positions(&by.weight_shape[2..]) {
                let l: Option<Vec<usize>> = (0..s.len())
                    .map(|d| {
                        let i = s[d] * by.strides[d] + k[d] * by.dilations[d];
                        i.checked_sub(by.pads_begin[d]).filter(|&i| i < large[d + 2])
                    })
                    .collect();
                let Some(l) = l else { continue };
                for first in 0..by.weight_shape[0] {
                    for second in 0..by.weight_shape[1] {
                        let w = index(&by.weight_shape, &[&[first, second], k.as_slice()].concat());
                        let other = first / per.0 * per.1 + second;
                        let small_at = index(small, &[&[b, first], s.as_slice()].concat());
                        let large_at = index(large, &[&[b, other], l.as_slice()].concat());
                        let (from, to) =
                            if by.transposed { (small_at, large_at) } else { (large_at, small_at) };
                        y[to] += exact(by.weight[w]) * &x[from];
                    }
                }
            }
        }
    }
    y
}
