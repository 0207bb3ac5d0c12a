//! The transpose of every operation's Jacobian.

use super::{Real, Steps};
use crate::bounds::Interval;
use crate::network::graph::eval::conv::{Run, runs};
use crate::network::graph::eval::{Values, middle};
use crate::network::graph::{Dense, Graph, Groups, NodeId, Op, Scale, Source, Sums};

/// Adds what `slope`, of the result of node `id`, means for its operands.
pub(super) fn back<T: Real>(
    graph: &Graph,
    id: NodeId,
    slope: &[T],
    values: &Values<T>,
    slopes: &mut [Vec<T>],
    argument: &mut [T],
    steps: Steps,
) {
    let zero = T::constant(0.0);
    let mut to = |x: NodeId, f: &mut dyn FnMut(&mut [T])| {
        let target = &mut slopes[x.index()];
        target.resize(graph.node(x).len(), zero);
        f(target);
    };
    match &graph.node(id).op {
        Op::Input { port } => {
            let start: usize = graph.inputs[..*port].iter().map(super::super::Port::len).sum();
            add(&mut argument[start..start + slope.len()], slope.iter().copied());
        }
        Op::Constant(_) => {}
        Op::Move { from, map } => {
            for (k, x) in from.iter().enumerate() {
                to(*x, &mut |t| {
                    for (s, source) in slope.iter().zip(map) {
                        if let Source::Element { operand, element } = *source
                            && operand as usize == k
                        {
                            t[element as usize] = t[element as usize].plus(s);
                        }
                    }
                });
            }
        }
        Op::Dense { x, by } => to(*x, &mut |t| dense(t, slope, by)),
        Op::Conv { x, by } => to(*x, &mut |t| {
            runs(by, &graph.node(*x).shape, &graph.node(id).shape, |run| {
                link(t, slope, by.weight[run.weight], run);
            });
        }),
        Op::Sums { x, by } => to(*x, &mut |t| sums(t, slope, by)),
        Op::Scale { x, by } => to(*x, &mut |t| scale(t, slope, by)),
        Op::Add { terms } => {
            for (x, subtract) in terms {
                let sign = |s: &T| if *subtract { zero.minus(s) } else { *s };
                to(*x, &mut |t| add(t, slope.iter().map(sign)));
            }
        }
        Op::Product { a, b } => {
            for (x, other) in [(a, b), (b, a)] {
                let by = slope.iter().zip(values.node(*other));
                to(*x, &mut |t| add(t, by.clone().map(|(s, o)| s.times(o))));
            }
        }
        Op::Unary { x, f } => {
            let by = slope.iter().zip(values.node(*x));
            to(*x, &mut |t| add(t, by.clone().map(|(s, x)| s.times(&x.slope(*f, steps)))));
        }
        Op::Max { x, groups } => {
            let (members, largest) = (values.node(*x), values.node(id));
            to(*x, &mut |t| max(t, slope, members, largest, groups));
        }
        Op::Choose { condition, at_zero, a, b } => {
            let by = slope.iter().zip(values.node(*condition));
            let taken = |(s, c): (&T, &T)| c.choose(*at_zero, s, &zero);
            let left = |(s, c): (&T, &T)| c.choose(*at_zero, &zero, s);
            to(*a, &mut |t| add(t, by.clone().map(taken)));
            to(*b, &mut |t| add(t, by.clone().map(left)));
        }
        Op::Quotient { a, b } => {
            // d (a / b) = da / b - (a / b) db / b.
            let ratio = |s: &T, d: &T| s.quotient(d).unwrap_or(zero);
            let by = slope.iter().zip(values.node(*b));
            to(*a, &mut |t| add(t, by.clone().map(|(s, b)| ratio(s, b))));
            let by = by.zip(values.node(id));
            let second = |((s, b), y): ((&T, &T), &T)| zero.minus(&ratio(&s.times(y), b));
            to(*b, &mut |t| add(t, by.clone().map(second)));
        }
    }
}

fn add<T: Real>(target: &mut [T], slope: impl Iterator<Item = T>) {
    for (t, s) in target.iter_mut().zip(slope) {
        *t = t.plus(&s);
    }
}

fn dense<T: Real>(target: &mut [T], slope: &[T], by: &Dense) {
    if by.inputs == 0 || by.outputs == 0 {
        return;
    }
    let rows = target.chunks_exact_mut(by.inputs).zip(slope.chunks_exact(by.outputs));
    for (target, slope) in rows {
        for (s, w) in slope.iter().zip(by.weight.chunks_exact(by.inputs)) {
            for (t, w) in target.iter_mut().zip(w) {
                t.add_product(*w, s);
            }
        }
    }
}

/// A run of a convolution, walked from the result to the operand.
fn link<T: Real>(target: &mut [T], slope: &[T], w: f64, run: Run) {
    let Run { input, input_step, output, output_step, count, .. } = run;
    let slope = slope[output..].iter().step_by(output_step);
    for (t, s) in target[input..].iter_mut().step_by(input_step).zip(slope).take(count) {
        t.add_product(w, s);
    }
}

fn sums<T: Real>(target: &mut [T], slope: &[T], by: &Sums) {
    for (r, s) in slope.iter().enumerate() {
        let s = match by.divisors.get(r) {
            Some(&d) => s.over(d),
            None => *s,
        };
        let entries = by.starts[r] as usize..by.starts[r + 1] as usize;
        for (c, w) in by.columns[entries.clone()].iter().zip(&by.coefficients[entries]) {
            target[*c as usize].add_product(*w, &s);
        }
    }
}

fn scale<T: Real>(target: &mut [T], slope: &[T], by: &Scale) {
    let factor: Vec<f64> = by.factor.iter().map(|&f: &Interval| middle(f)).collect();
    for (k, (t, s)) in target.iter_mut().zip(slope).enumerate() {
        let at = by.index(k);
        let s = match by.divisor.get(at) {
            Some(&d) => s.over(d),
            None => *s,
        };
        t.add_product(factor[at], &s);
    }
}

fn max<T: Real>(target: &mut [T], slope: &[T], members: &[T], largest: &[T], groups: &Groups) {
    for (k, (s, y)) in slope.iter().zip(largest).enumerate() {
        // What is left of the slope after the first largest member took it is 0.
        let mut left = *s;
        for &m in groups.get(k) {
            let share = left.times(&members[m as usize].equals(y));
            target[m as usize] = target[m as usize].plus(&share);
            left = left.minus(&share);
        }
    }
}
