//! Every operation, once for all arithmetics.

use super::Values;
use super::conv::{Run, runs};
use super::exact::NotExact;
use super::number::Number;
use crate::bounds::Interval;
use crate::network::graph::{Conv, Dense, Graph, Groups, Node, NodeId, Op, Scale, Source, Sums};

/// A fixed number; the only place where one that is not finite is met.
fn fixed<T: Number>(x: f64) -> Result<T, NotExact> {
    T::enclosed(Interval::point(x))
}

/// The result of one node whose operands are in `values`.
pub(super) fn apply<T: Number>(
    graph: &Graph,
    node: &Node,
    values: &Values<T>,
    argument: &[T],
) -> Result<Vec<T>, NotExact> {
    let of = |id: NodeId| values.node(id);
    Ok(match &node.op {
        Op::Input { port } => {
            let start: usize = graph.inputs[..*port].iter().map(super::super::Port::len).sum();
            argument[start..start + node.len()].to_vec()
        }
        Op::Constant(numbers) => numbers.iter().map(|&x| fixed(x)).collect::<Result<_, _>>()?,
        Op::Move { from, map } => {
            let from: Vec<&[T]> = from.iter().map(|&id| of(id)).collect();
            let element = |s: &Source| match *s {
                Source::Element { operand, element } => {
                    Ok(from[operand as usize][element as usize].clone())
                }
                Source::Fixed(x) => fixed(x),
            };
            map.iter().map(element).collect::<Result<_, _>>()?
        }
        Op::Dense { x, by } => dense(of(*x), by, node.len()),
        Op::Conv { x, by } => conv(of(*x), by, &graph.node(*x).shape, &node.shape),
        Op::Sums { x, by } => sums(of(*x), by),
        Op::Scale { x, by } => scale(of(*x), by)?,
        Op::Add { terms } => add(terms, of, node.len()),
        Op::Product { a, b } => of(*a).iter().zip(of(*b)).map(|(a, b)| a.times(b)).collect(),
        Op::Unary { x, f } => of(*x).iter().map(|x| x.unary(*f)).collect::<Result<_, _>>()?,
        Op::Max { x, groups } => max(of(*x), groups),
        Op::Choose { condition, at_zero, a, b } => {
            let pairs = of(*a).iter().zip(of(*b));
            of(*condition).iter().zip(pairs).map(|(c, (a, b))| c.choose(*at_zero, a, b)).collect()
        }
        Op::Quotient { a, b } => {
            let pairs = of(*a).iter().zip(of(*b));
            pairs.map(|(a, b)| a.quotient(b)).collect::<Result<_, _>>()?
        }
    })
}

/// Four rows at a time: independent sums keep the adders busy without changing their order.
fn dense<T: Number>(x: &[T], by: &Dense, len: usize) -> Vec<T> {
    let (n, m) = (by.inputs, by.outputs);
    let mut out = vec![T::constant(0.0); len];
    if m == 0 {
        return out;
    }
    // Without inputs, each output is an empty sum.
    let rows = x.chunks_exact(n.max(1)).chain(std::iter::repeat(&[][..]));
    for (x, out) in rows.zip(out.chunks_exact_mut(m)) {
        let mut blocks = out.chunks_exact_mut(4);
        let mut row = 0;
        for block in &mut blocks {
            let w: [&[f64]; 4] = std::array::from_fn(|k| &by.weight[(row + k) * n..][..n]);
            let mut sums: [T; 4] = std::array::from_fn(|_| T::constant(0.0));
            for (i, x) in x.iter().enumerate() {
                for (sum, w) in sums.iter_mut().zip(w) {
                    sum.add_product(w[i], x);
                }
            }
            block.clone_from_slice(&sums);
            row += 4;
        }
        for y in blocks.into_remainder() {
            for (w, x) in by.weight[row * n..][..n].iter().zip(x) {
                y.add_product(*w, x);
            }
            row += 1;
        }
        for (y, b) in out.iter_mut().zip(&by.bias) {
            *y = y.plus(&T::constant(*b));
        }
    }
    out
}

fn conv<T: Number>(x: &[T], by: &Conv, input: &[usize], output: &[usize]) -> Vec<T> {
    let mut out = vec![T::constant(0.0); output.iter().product()];
    runs(by, input, output, |run| link(&mut out, x, by.weight[run.weight], run));
    if !by.bias.is_empty() && output.len() > 1 {
        let inner = output[2..].iter().product::<usize>().max(1);
        for (k, channel) in out.chunks_mut(inner).enumerate() {
            let bias = T::constant(by.bias[k % output[1]]);
            channel.iter_mut().for_each(|y| *y = y.plus(&bias));
        }
    }
    out
}

/// `out += w x` along a run. Steps of one are slices, which the compiler vectorises.
fn link<T: Number>(out: &mut [T], x: &[T], w: f64, run: Run) {
    let Run { input, input_step, output, output_step, count, .. } = run;
    if input_step == 1 && output_step == 1 {
        for (y, x) in out[output..output + count].iter_mut().zip(&x[input..input + count]) {
            y.add_product(w, x);
        }
    } else {
        let x = x[input..].iter().step_by(input_step);
        for (y, x) in out[output..].iter_mut().step_by(output_step).zip(x).take(count) {
            y.add_product(w, x);
        }
    }
}

fn sums<T: Number>(x: &[T], by: &Sums) -> Vec<T> {
    let rows = by.starts.len().saturating_sub(1);
    let row = |r: usize| {
        let entries = by.starts[r] as usize..by.starts[r + 1] as usize;
        let mut sum = T::constant(0.0);
        for (c, w) in by.columns[entries.clone()].iter().zip(&by.coefficients[entries]) {
            sum.add_product(*w, &x[*c as usize]);
        }
        if let Some(b) = by.bias.get(r) {
            sum = sum.plus(&T::constant(*b));
        }
        match by.divisors.get(r) {
            Some(&d) if d != 1.0 => sum.over(d),
            _ => sum,
        }
    };
    (0..rows).map(row).collect()
}

fn scale<T: Number>(x: &[T], by: &Scale) -> Result<Vec<T>, NotExact> {
    let tables = |t: &[Interval]| t.iter().map(|&i| T::enclosed(i)).collect::<Result<Vec<T>, _>>();
    let (factor, shift) = (tables(&by.factor)?, tables(&by.shift)?);
    let element = |(k, x): (usize, &T)| {
        let at = by.index(k);
        let mut y = factor[at].times(x);
        if let Some(&d) = by.divisor.get(at).filter(|&&d| d != 1.0) {
            y = y.over(d);
        }
        match shift.get(at) {
            Some(s) => y.plus(s),
            None => y,
        }
    };
    Ok(x.iter().enumerate().map(element).collect())
}

fn add<'v, T: Number + 'v>(
    terms: &[(NodeId, bool)],
    of: impl Fn(NodeId) -> &'v [T],
    len: usize,
) -> Vec<T> {
    let zero = T::constant(0.0);
    let mut out: Option<Vec<T>> = None;
    for &(id, subtract) in terms {
        let x = of(id);
        out = Some(match out {
            None if subtract => x.iter().map(|x| zero.minus(x)).collect(),
            None => x.to_vec(),
            Some(sum) if subtract => sum.iter().zip(x).map(|(s, x)| s.minus(x)).collect(),
            Some(sum) => sum.iter().zip(x).map(|(s, x)| s.plus(x)).collect(),
        });
    }
    out.unwrap_or_else(|| vec![zero; len])
}

fn max<T: Number>(x: &[T], groups: &Groups) -> Vec<T> {
    let largest = |k: usize| {
        let mut members = groups.get(k).iter().map(|&m| &x[m as usize]);
        let first = members.next().cloned().unwrap_or_else(|| T::constant(f64::NEG_INFINITY));
        members.fold(first, |a, b| a.max(b))
    };
    (0..groups.len()).map(largest).collect()
}
