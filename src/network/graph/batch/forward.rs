//! Values of all nodes at the points of a batch.

use super::columns::Columns;
use super::product::{Float, Matrix, multiply};
use super::{Batches, Values};
use crate::bounds::Interval;
use crate::network::graph::eval::conv::runs;
use crate::network::graph::eval::{EvalError, NotExact, Number, middle};
use crate::network::graph::{
    Conv, Dense, Graph, Groups, Node, NodeId, Op, Port, Scale, Source, Sums, Unary,
};

impl Batches<'_> {
    /// The results of all nodes for `count` points, whose arguments are a table.
    ///
    /// # Errors
    /// [`EvalError::Length`] where the table does not fit.
    pub fn values<T: Float>(&self, table: &[T], count: usize) -> Result<Values<T>, EvalError> {
        let expected = self.graph.input_len();
        if table.len() != expected * count {
            let found = table.len().checked_div(count).unwrap_or(0);
            return Err(EvalError::Length { expected, found });
        }
        let mut values = Values { count, nodes: Vec::with_capacity(self.graph.nodes.len()) };
        for (node, columns) in self.graph.nodes.iter().zip(&self.columns) {
            let result = apply(self.graph, node, columns.as_ref(), &values, table)
                .map_err(|reason| EvalError::NotExact { node: node.origin.clone(), reason })?;
            values.nodes.push(result);
        }
        Ok(values)
    }
}

fn apply<T: Float>(
    graph: &Graph,
    node: &Node,
    columns: Option<&Columns>,
    values: &Values<T>,
    table: &[T],
) -> Result<Vec<T>, NotExact> {
    let count = values.count;
    let of = |id: &NodeId| values.node(*id);
    Ok(match &node.op {
        Op::Input { port } => {
            let start: usize = graph.inputs[..*port].iter().map(Port::len).sum();
            table[start * count..(start + node.len()) * count].to_vec()
        }
        Op::Constant(list) => spread(list.iter().copied(), count),
        Op::Move { from, map } => {
            let from: Vec<&[T]> = from.iter().map(of).collect();
            let mut result = Vec::with_capacity(map.len() * count);
            for source in map {
                match *source {
                    Source::Element { operand, element } => {
                        let at = element as usize * count;
                        result.extend_from_slice(&from[operand as usize][at..at + count]);
                    }
                    Source::Fixed(v) => result.resize(result.len() + count, T::constant(v)),
                }
            }
            result
        }
        Op::Dense { x, by } => dense(of(x), by, node.len(), count),
        Op::Conv { x, by } => match columns {
            Some(columns) => conv(of(x), by, columns, count),
            None => direct(of(x), by, &graph.node(*x).shape, &node.shape, count),
        },
        Op::Sums { x, by } => sums(of(x), by, count),
        Op::Scale { x, by } => scale(of(x), by, count),
        Op::Add { terms } => {
            let mut result = vec![T::zero(); node.len() * count];
            for (x, minus) in terms {
                for (r, v) in result.iter_mut().zip(of(x)) {
                    *r = if *minus { r.minus(v) } else { r.plus(v) };
                }
            }
            result
        }
        Op::Product { a, b } => of(a).iter().zip(of(b)).map(|(a, b)| a.times(b)).collect(),
        // Most functions are this one, and by itself it is a vector instruction.
        Op::Unary { x, f: Unary::Relu } => {
            let zero = T::zero();
            of(x).iter().map(|x| if *x <= zero { zero } else { *x }).collect()
        }
        Op::Unary { x, f } => of(x).iter().map(|x| x.unary(*f)).collect::<Result<_, _>>()?,
        Op::Max { x, groups } => max(of(x), groups, count),
        Op::Choose { condition, at_zero, a, b } => {
            let pairs = of(a).iter().zip(of(b));
            of(condition).iter().zip(pairs).map(|(c, (a, b))| c.choose(*at_zero, a, b)).collect()
        }
        Op::Quotient { a, b } => {
            let pairs = of(a).iter().zip(of(b));
            pairs.map(|(a, b)| a.quotient(b)).collect::<Result<_, _>>()?
        }
    })
}

/// A table whose points all have the same elements.
fn spread<T: Float>(list: impl Iterator<Item = f64>, count: usize) -> Vec<T> {
    list.flat_map(|v| std::iter::repeat_n(T::constant(v), count)).collect()
}

/// The constants in the batch's type.
pub(super) fn typed<T: Float>(list: &[f64]) -> Vec<T> {
    list.iter().map(|&v| T::constant(v)).collect()
}

fn dense<T: Float>(x: &[T], by: &Dense, len: usize, count: usize) -> Vec<T> {
    if by.inputs == 0 || by.outputs == 0 {
        return vec![T::zero(); len * count];
    }
    let weight = typed(&by.weight);
    let mut y = start(&by.bias, by.outputs, len / by.outputs, count);
    let (taken, made) = (by.inputs * count, by.outputs * count);
    for (x, y) in x.chunks_exact(taken).zip(y.chunks_exact_mut(made)) {
        let weight = Matrix::new(by.outputs, by.inputs, &weight);
        multiply(weight, Matrix::new(by.inputs, count, x), y, false);
    }
    y
}

/// A table of so many results that are the bias alone.
fn start<T: Float>(bias: &[f64], outputs: usize, rows: usize, count: usize) -> Vec<T> {
    if bias.is_empty() {
        return vec![T::zero(); rows * outputs * count];
    }
    spread((0..rows).flat_map(|_| bias.iter().copied()), count)
}

fn conv<T: Float>(x: &[T], by: &Conv, columns: &Columns, count: usize) -> Vec<T> {
    let weight = typed(&by.weight);
    let Columns { taps, positions, outputs, groups, kernels, input, .. } = *columns;
    let width = positions * count;
    let mut y = Vec::with_capacity(groups * outputs * width);
    let mut under = Vec::new();
    for group in 0..groups {
        let first = group % kernels * outputs;
        for o in first..first + outputs {
            let bias = T::constant(by.bias.get(o).copied().unwrap_or(0.0));
            y.resize(y.len() + width, bias);
        }
        columns.gather(&x[group * input * count..], count, &mut under);
        let at = y.len() - outputs * width;
        let kernel = Matrix::new(outputs, taps, &weight[first * taps..]);
        multiply(kernel, Matrix::new(taps, width, &under), &mut y[at..], false);
    }
    y
}

/// A convolution link by link (transposed ones).
fn direct<T: Float>(x: &[T], by: &Conv, input: &[usize], output: &[usize], count: usize) -> Vec<T> {
    let channels = output[1];
    let positions: usize = output[2..].iter().product();
    let bias = |o: usize| by.bias.get(o % channels).copied().unwrap_or(0.0);
    let all = (0..output[0] * channels).flat_map(|o| std::iter::repeat_n(bias(o), positions));
    let mut y: Vec<T> = spread(all, count);
    runs(by, input, output, |run| {
        let w = by.weight[run.weight];
        for k in 0..run.count {
            let from = (run.input + k * run.input_step) * count;
            let to = (run.output + k * run.output_step) * count;
            for (y, x) in y[to..to + count].iter_mut().zip(&x[from..from + count]) {
                y.add_product(w, x);
            }
        }
    });
    y
}

fn sums<T: Float>(x: &[T], by: &Sums, count: usize) -> Vec<T> {
    let rows = by.starts.len() - 1;
    let mut y = vec![T::zero(); rows * count];
    for (r, y) in y.chunks_exact_mut(count.max(1)).enumerate() {
        let entries = by.starts[r] as usize..by.starts[r + 1] as usize;
        for (c, w) in by.columns[entries.clone()].iter().zip(&by.coefficients[entries]) {
            let at = *c as usize * count;
            for (y, x) in y.iter_mut().zip(&x[at..at + count]) {
                y.add_product(*w, x);
            }
        }
        let bias = T::constant(by.bias.get(r).copied().unwrap_or(0.0));
        let divisor = by.divisors.get(r).copied().unwrap_or(1.0);
        y.iter_mut().for_each(|y| *y = y.plus(&bias).over(divisor));
    }
    y
}

fn scale<T: Float>(x: &[T], by: &Scale, count: usize) -> Vec<T> {
    let mut y = Vec::with_capacity(x.len());
    for (k, x) in x.chunks_exact(count.max(1)).enumerate() {
        let (factor, divisor, shift) = entry::<T>(by, k);
        y.extend(x.iter().map(|x| x.times(&factor).over(divisor).plus(&shift)));
    }
    y
}

/// Factor, divisor and shift of element `k`.
pub(super) fn entry<T: Float>(by: &Scale, k: usize) -> (T, f64, T) {
    let at = by.index(k);
    let shift = by.shift.get(at).map_or(0.0, |&s: &Interval| middle(s));
    (
        T::constant(middle(by.factor[at])),
        by.divisor.get(at).copied().unwrap_or(1.0),
        T::constant(shift),
    )
}

fn max<T: Float>(x: &[T], groups: &Groups, count: usize) -> Vec<T> {
    let mut y = Vec::with_capacity(groups.len() * count);
    for k in 0..groups.len() {
        let rows = groups.get(k).iter().map(|&m| &x[m as usize * count..][..count]);
        let at = y.len();
        for (n, row) in rows.enumerate() {
            if n == 0 {
                y.extend_from_slice(row);
            } else {
                y[at..].iter_mut().zip(row).for_each(|(y, x)| *y = Number::max(y, x));
            }
        }
    }
    y
}
