//! Derivatives of a weighted sum of the outputs, for all points of a batch at once.

use super::columns::Columns;
use super::forward::{entry, typed};
use super::product::{Float, Matrix, multiply};
use super::{Batches, Values};
use crate::network::graph::eval::conv::runs;
use crate::network::graph::gradient::Steps;
use crate::network::graph::{Groups, NodeId, Op, Port, Scale, Source, Sums, Unary};

/// What a derivative is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The argument.
    Argument,
    /// The parameters.
    Parameters,
    /// Both.
    Both,
}

/// Derivatives in all results of the nodes that lead to what is wanted.
#[derive(Clone, Debug)]
pub struct Gradient<T> {
    /// Of every node, a table as its result; empty where no output depends on it or nobody asks.
    pub(super) nodes: Vec<Vec<T>>,
    /// In the argument, a table; empty unless it is wanted.
    pub argument: Vec<T>,
}

impl Batches<'_> {
    /// `d sum_k weights_k output_k` for each point, where `weights` is a table of all outputs.
    ///
    /// `leads` says of each node whether parameters go into it ([`Batches::leads`]).
    #[must_use]
    pub fn gradient<T: Float>(
        &self,
        values: &Values<T>,
        weights: &[T],
        wanted: Wanted,
        leads: &[bool],
    ) -> Gradient<T> {
        let (graph, count) = (self.graph, values.count);
        let inputs = wanted != Wanted::Parameters;
        let mut slopes: Vec<Vec<T>> = vec![Vec::new(); graph.nodes.len()];
        let mut at = 0;
        for port in &graph.outputs {
            let len = graph.node(port.node).len() * count;
            add(&mut slopes[port.node.index()], len, weights[at..at + len].iter().copied());
            at += len;
        }
        let mut argument =
            if inputs { vec![T::zero(); graph.input_len() * count] } else { Vec::new() };
        for id in graph.ids().rev() {
            let slope = std::mem::take(&mut slopes[id.index()]);
            if slope.is_empty() {
                continue;
            }
            if let Op::Input { port } = graph.node(id).op {
                if inputs {
                    let start: usize = graph.inputs[..port].iter().map(Port::len).sum();
                    argument[start * count..][..slope.len()].copy_from_slice(&slope);
                }
            } else {
                let mut back = Back { batches: self, values, slopes: &mut slopes, inputs, leads };
                back.node(id, &slope);
            }
            slopes[id.index()] = slope;
        }
        Gradient { nodes: slopes, argument }
    }

    /// Whether a node that `has` parameters of its own is that node or goes into it.
    #[must_use]
    pub fn leads(&self, has: impl Fn(NodeId) -> bool) -> Vec<bool> {
        let mut leads = vec![false; self.graph.nodes.len()];
        for id in self.graph.ids() {
            let operands = self.graph.node(id).op.operands();
            leads[id.index()] = has(id) || operands.iter().any(|o| leads[o.index()]);
        }
        leads
    }
}

/// `target += list`, where an empty target is 0.
fn add<T: Float>(target: &mut Vec<T>, len: usize, list: impl Iterator<Item = T>) {
    if target.is_empty() {
        target.reserve(len);
        target.extend(list);
    } else {
        target.iter_mut().zip(list).for_each(|(t, v)| *t = *t + v);
    }
}

struct Back<'a, T> {
    batches: &'a Batches<'a>,
    values: &'a Values<T>,
    slopes: &'a mut [Vec<T>],
    /// Whether slopes go on to the argument.
    inputs: bool,
    leads: &'a [bool],
}

impl<T: Float> Back<'_, T> {
    fn asked(&self, x: NodeId) -> bool {
        self.inputs || self.leads.get(x.index()).copied().unwrap_or(false)
    }

    fn add(&mut self, x: NodeId, list: impl Iterator<Item = T>) {
        if self.asked(x) {
            let len = self.batches.graph.node(x).len() * self.values.count;
            add(&mut self.slopes[x.index()], len, list);
        }
    }

    /// The table of a node, made 0 first where nothing has arrived yet; `None` if nobody asks.
    fn table(&mut self, x: NodeId) -> Option<&mut Vec<T>> {
        if !self.asked(x) {
            return None;
        }
        let len = self.batches.graph.node(x).len() * self.values.count;
        let table = &mut self.slopes[x.index()];
        table.resize(len, T::zero());
        Some(table)
    }

    /// Adds what `slope`, of the result of node `id`, means for its operands.
    fn node(&mut self, id: NodeId, slope: &[T]) {
        let (batches, values) = (self.batches, self.values);
        let graph = batches.graph;
        let count = values.count;
        match &graph.node(id).op {
            Op::Input { .. } | Op::Constant(_) => {}
            Op::Move { from, map } => {
                for (k, x) in from.iter().enumerate() {
                    let Some(table) = self.table(*x) else { continue };
                    for (s, source) in slope.chunks_exact(count).zip(map) {
                        if let Source::Element { operand, element } = *source
                            && operand as usize == k
                        {
                            plus(&mut table[element as usize * count..][..count], s);
                        }
                    }
                }
            }
            Op::Dense { x, by } => {
                let Some(table) = self.table(*x) else { return };
                if by.inputs == 0 || by.outputs == 0 {
                    return;
                }
                let weight = typed(&by.weight);
                let weight = Matrix::new(by.outputs, by.inputs, &weight).turned();
                let rows = table.chunks_exact_mut(by.inputs * count);
                for (t, s) in rows.zip(slope.chunks_exact(by.outputs * count)) {
                    multiply(weight, Matrix::new(by.outputs, count, s), t, false);
                }
            }
            Op::Conv { x, by } => {
                let columns = batches.columns[id.index()].as_ref();
                let (input, output) = (&graph.node(*x).shape, &graph.node(id).shape);
                let Some(table) = self.table(*x) else { return };
                match columns {
                    Some(columns) => conv(table, slope, &typed(&by.weight), columns, count),
                    None => runs(by, input, output, |run| {
                        let w = by.weight[run.weight];
                        for k in 0..run.count {
                            let to = (run.input + k * run.input_step) * count;
                            let from = (run.output + k * run.output_step) * count;
                            weigh(&mut table[to..to + count], w, &slope[from..from + count]);
                        }
                    }),
                }
            }
            Op::Sums { x, by } => {
                if let Some(table) = self.table(*x) {
                    sums(table, slope, by, count);
                }
            }
            Op::Scale { x, by } => self.add(*x, scaled(slope, by, count)),
            Op::Add { terms } => {
                for (x, minus) in terms {
                    let sign = if *minus { T::zero() - T::one() } else { T::one() };
                    self.add(*x, slope.iter().map(|s| sign * *s));
                }
            }
            Op::Product { a, b } => {
                for (x, other) in [(a, b), (b, a)] {
                    let by = slope.iter().zip(values.node(*other));
                    self.add(*x, by.map(|(s, o)| *s * *o));
                }
            }
            Op::Unary { x, f: Unary::Relu } => {
                let zero = T::zero();
                let by = slope.iter().zip(values.node(*x));
                self.add(*x, by.map(|(s, x)| if *x > zero { *s } else { zero }));
            }
            Op::Unary { x, f } => {
                let by = slope.iter().zip(values.node(*x));
                self.add(*x, by.map(|(s, x)| *s * x.slope(*f, Steps::Flat)));
            }
            Op::Max { x, groups } => {
                let (members, largest) = (values.node(*x), values.node(id));
                if let Some(table) = self.table(*x) {
                    max(table, slope, members, largest, groups, count);
                }
            }
            Op::Choose { condition, at_zero, a, b } => {
                let zero = T::zero();
                let by = slope.iter().zip(values.node(*condition));
                self.add(*a, by.clone().map(|(s, c)| c.choose(*at_zero, s, &zero)));
                self.add(*b, by.map(|(s, c)| c.choose(*at_zero, &zero, s)));
            }
            Op::Quotient { a, b } => {
                let ratio = |s: T, d: &T| s.quotient(d).unwrap_or(T::zero());
                let by = slope.iter().zip(values.node(*b));
                self.add(*a, by.clone().map(|(s, b)| ratio(*s, b)));
                let by = by.zip(values.node(id));
                self.add(*b, by.map(|((s, b), y)| ratio(T::zero() - *s * *y, b)));
            }
        }
    }
}

fn plus<T: Float>(target: &mut [T], list: &[T]) {
    target.iter_mut().zip(list).for_each(|(t, v)| *t = *t + *v);
}

fn weigh<T: Float>(target: &mut [T], w: f64, list: &[T]) {
    target.iter_mut().zip(list).for_each(|(t, v)| t.add_product(w, v));
}

fn conv<T: Float>(target: &mut [T], slope: &[T], weight: &[T], columns: &Columns, count: usize) {
    let Columns { taps, positions, outputs, groups, kernels, input, .. } = *columns;
    let width = positions * count;
    let mut under = vec![T::zero(); taps * width];
    for group in 0..groups {
        let first = group % kernels * outputs;
        let kernel = Matrix::new(outputs, taps, &weight[first * taps..]).turned();
        let slope = Matrix::new(outputs, width, &slope[group * outputs * width..]);
        multiply(kernel, slope, &mut under, true);
        columns.scatter(&under, count, &mut target[group * input * count..]);
    }
}

fn sums<T: Float>(target: &mut [T], slope: &[T], by: &Sums, count: usize) {
    for (r, s) in slope.chunks_exact(count).enumerate() {
        let divisor = by.divisors.get(r).copied().unwrap_or(1.0);
        let entries = by.starts[r] as usize..by.starts[r + 1] as usize;
        for (c, w) in by.columns[entries.clone()].iter().zip(&by.coefficients[entries]) {
            let at = *c as usize * count;
            for (t, s) in target[at..at + count].iter_mut().zip(s) {
                t.add_product(*w, &s.over(divisor));
            }
        }
    }
}

fn scaled<T: Float>(slope: &[T], by: &Scale, count: usize) -> impl Iterator<Item = T> {
    slope.chunks_exact(count).enumerate().flat_map(|(k, s)| {
        let (factor, divisor, _) = entry::<T>(by, k);
        s.iter().map(move |s| (*s * factor).over(divisor))
    })
}

fn max<T: Float>(
    target: &mut [T],
    slope: &[T],
    members: &[T],
    largest: &[T],
    groups: &Groups,
    count: usize,
) {
    let rows = slope.chunks_exact(count).zip(largest.chunks_exact(count));
    for (k, (s, y)) in rows.enumerate() {
        // What is left of the slope after the first largest member took it is 0.
        let mut left = s.to_vec();
        for &m in groups.get(k) {
            let at = m as usize * count;
            for (p, left) in left.iter_mut().enumerate() {
                let share = *left * members[at + p].equals(&y[p]);
                target[at + p] = target[at + p] + share;
                *left = *left - share;
            }
        }
    }
}
