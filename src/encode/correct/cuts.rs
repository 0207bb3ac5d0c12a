//! Linearised constraints, kept in the form in which their derivatives come.

use ndarray::aview1;

use crate::network::graph::batch::{Block, Rows};
use crate::solve::nearest::Gram;

/// Where a row comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// An attacking point must not be taken for another class.
    Attack {
        /// Round whose solution is linearised at; 0 is the trained network.
        round: usize,
        /// Attacking point.
        point: usize,
        /// The other class.
        rival: usize,
    },
    /// The loss must not rise.
    Loss {
        /// Round whose solution is linearised at.
        round: usize,
    },
}

/// Rows `a_i . d <= c_i` over the change `d` of all parameters.
#[derive(Clone, Debug, Default)]
pub struct Cuts {
    parts: Vec<Part>,
    /// First row of each part.
    starts: Vec<usize>,
    /// `c_i`.
    pub limits: Vec<f64>,
    /// One a row.
    pub origins: Vec<Origin>,
    /// First parameter of each tensor, and behind the last the number of parameters.
    tensors: Vec<usize>,
}

#[derive(Clone, Debug)]
enum Part {
    /// Derivatives at points.
    Rows(Rows),
    /// One row, every parameter.
    Vector(Vec<f64>),
}

impl Cuts {
    /// None yet, over tensors that start at these parameters
    /// ([`Parameters::starts`](crate::network::graph::parameters::Parameters::starts)).
    #[must_use]
    pub fn new(tensors: Vec<usize>) -> Self {
        Cuts { tensors, ..Cuts::default() }
    }

    /// Number of parameters.
    #[must_use]
    pub fn width(&self) -> usize {
        self.tensors.last().copied().unwrap_or(0)
    }

    /// Appends derivatives at points, with one limit and one origin a row.
    pub fn push_rows(&mut self, rows: Rows, limits: &[f64], origins: &[Origin]) {
        debug_assert_eq!((rows.count, rows.count), (limits.len(), origins.len()));
        self.starts.push(self.limits.len());
        self.limits.extend_from_slice(limits);
        self.origins.extend_from_slice(origins);
        self.parts.push(Part::Rows(rows));
    }

    /// Appends one row.
    pub fn push_vector(&mut self, vector: Vec<f64>, limit: f64, origin: Origin) {
        debug_assert_eq!(vector.len(), self.width());
        self.starts.push(self.limits.len());
        self.limits.push(limit);
        self.origins.push(origin);
        self.parts.push(Part::Vector(vector));
    }

    /// Part and position in it of a row.
    fn place(&self, row: usize) -> (&Part, usize) {
        let part = self.starts.partition_point(|s| *s <= row) - 1;
        (&self.parts[part], row - self.starts[part])
    }

    /// Row `i`, every parameter.
    #[must_use]
    pub fn row(&self, i: usize) -> Vec<f64> {
        let mut all = vec![0.0; self.width()];
        self.add_row(i, 1.0, &mut all);
        all
    }

    /// `sum_i weights_i a_i`.
    #[must_use]
    pub fn combination(&self, weights: &[f64]) -> Vec<f64> {
        let mut sum = vec![0.0; self.width()];
        for (i, w) in weights.iter().enumerate().filter(|(_, w)| **w != 0.0) {
            self.add_row(i, *w, &mut sum);
        }
        sum
    }

    /// `sum += weight a_i`.
    fn add_row(&self, i: usize, weight: f64, sum: &mut [f64]) {
        match self.place(i) {
            (Part::Vector(vector), _) => {
                sum.iter_mut().zip(vector).for_each(|(s, v)| *s += weight * v);
            }
            (Part::Rows(rows), k) => {
                for (block, start) in rows.blocks.iter().zip(&self.tensors) {
                    add(block, k, weight, &mut sum[*start..]);
                }
            }
        }
    }
}

/// `row_k . vector` for every row, where tensors start at these parameters.
pub(super) fn times(rows: &Rows, starts: &[usize], vector: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; rows.count];
    add_times(&rows.blocks, starts, vector, &mut sums);
    sums
}

/// Adds the products of all rows of `blocks` with a vector over all parameters.
fn add_times<'b>(
    blocks: impl IntoIterator<Item = &'b Block>,
    starts: &[usize],
    vector: &[f64],
    sums: &mut [f64],
) {
    for (block, start) in blocks.into_iter().zip(starts) {
        with_vector(block, &vector[*start..], sums);
    }
}

/// `target += weight row_k`.
fn add(block: &Block, k: usize, weight: f64, target: &mut [f64]) {
    match block {
        Block::Full { len, list } => {
            let row = &list[k * len..(k + 1) * len];
            target.iter_mut().zip(row).for_each(|(t, v)| *t += weight * v);
        }
        Block::Outer { outputs, inputs, left, right, order } => {
            let left = &left[k * outputs..(k + 1) * outputs];
            let right = &right[k * inputs..(k + 1) * inputs];
            for (o, l) in left.iter().enumerate().filter(|(_, l)| **l != 0.0) {
                let (l, at) = (weight * l, o * inputs);
                match order {
                    None => {
                        let row = &mut target[at..at + inputs];
                        row.iter_mut().zip(right).for_each(|(t, r)| *t += l * r);
                    }
                    Some(order) => {
                        for (e, r) in order[at..at + inputs].iter().zip(right) {
                            target[*e as usize] += l * r;
                        }
                    }
                }
            }
        }
    }
}

/// With several sums side by side, unlike a fold.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    aview1(a).dot(&aview1(b))
}

/// Adds the products of all rows of `block` with row `k` of `other`, derivatives in the same tensor.
fn products(block: &Block, other: &Block, k: usize, sums: &mut [f64]) {
    match (block, other) {
        (
            Block::Outer { outputs, inputs, left, right, .. },
            Block::Outer { left: other_left, right: other_right, .. },
        ) => {
            let l = &other_left[k * outputs..(k + 1) * outputs];
            let r = &other_right[k * inputs..(k + 1) * inputs];
            let pairs = left.chunks_exact(*outputs).zip(right.chunks_exact(*inputs));
            for (s, (left, right)) in sums.iter_mut().zip(pairs) {
                let outer = dot(left, l);
                if outer != 0.0 {
                    *s += outer * dot(right, r);
                }
            }
        }
        (Block::Full { len, list }, _) => {
            let mut row = vec![0.0; *len];
            add(other, k, 1.0, &mut row);
            for (s, own) in sums.iter_mut().zip(list.chunks_exact((*len).max(1))) {
                *s += dot(own, &row);
            }
        }
        (Block::Outer { outputs, inputs, .. }, Block::Full { len, list }) => {
            let row = &list[k * len..(k + 1) * len];
            debug_assert_eq!(outputs * inputs, *len);
            with_vector(block, row, sums);
        }
    }
}

/// Adds the products of all rows of a block with a vector over its tensor.
fn with_vector(block: &Block, vector: &[f64], sums: &mut [f64]) {
    match block {
        Block::Full { len, list } => {
            for (s, row) in sums.iter_mut().zip(list.chunks_exact((*len).max(1))) {
                *s += dot(row, &vector[..*len]);
            }
        }
        Block::Outer { outputs, inputs, left, right, order } => {
            let ordered: Vec<f64>;
            let matrix = match order {
                None => &vector[..outputs * inputs],
                Some(order) => {
                    ordered = order.iter().map(|e| vector[*e as usize]).collect();
                    &ordered
                }
            };
            let pairs = left.chunks_exact(*outputs).zip(right.chunks_exact(*inputs));
            for (s, (left, right)) in sums.iter_mut().zip(pairs) {
                for (l, row) in left.iter().zip(matrix.chunks_exact(*inputs)) {
                    if *l != 0.0 {
                        *s += l * dot(row, right);
                    }
                }
            }
        }
    }
}

impl Gram for Cuts {
    fn len(&self) -> usize {
        self.limits.len()
    }

    fn column(&self, j: usize) -> Vec<f64> {
        let mut column = vec![0.0; self.limits.len()];
        let other = self.place(j);
        for (part, start) in self.parts.iter().zip(&self.starts) {
            let sums = &mut column[*start..];
            match (part, &other) {
                (Part::Rows(rows), (Part::Rows(own), k)) => {
                    for (block, own) in rows.blocks.iter().zip(&own.blocks) {
                        products(block, own, *k, &mut sums[..rows.count]);
                    }
                }
                (Part::Rows(rows), (Part::Vector(vector), _)) => {
                    let sums = &mut sums[..rows.count];
                    add_times(&rows.blocks, &self.tensors, vector, sums);
                }
                (Part::Vector(vector), (Part::Rows(own), k)) => {
                    let row: Vec<Block> = own.blocks.iter().map(|b| alone(b, *k)).collect();
                    add_times(&row, &self.tensors, vector, &mut sums[..1]);
                }
                (Part::Vector(a), (Part::Vector(b), _)) => sums[0] = dot(a, b),
            }
        }
        column
    }

    fn diagonal(&self) -> Vec<f64> {
        let mut diagonal = Vec::with_capacity(self.limits.len());
        for part in &self.parts {
            match part {
                Part::Vector(vector) => diagonal.push(dot(vector, vector)),
                Part::Rows(rows) => {
                    for k in 0..rows.count {
                        diagonal.push(rows.blocks.iter().map(|b| square(b, k)).sum());
                    }
                }
            }
        }
        diagonal
    }
}

/// The block with one row alone.
fn alone(block: &Block, k: usize) -> Block {
    match block {
        Block::Full { len, list } => {
            Block::Full { len: *len, list: list[k * len..(k + 1) * len].to_vec() }
        }
        Block::Outer { outputs, inputs, left, right, order } => Block::Outer {
            outputs: *outputs,
            inputs: *inputs,
            left: left[k * outputs..(k + 1) * outputs].to_vec(),
            right: right[k * inputs..(k + 1) * inputs].to_vec(),
            order: order.clone(),
        },
    }
}

fn square(block: &Block, k: usize) -> f64 {
    match block {
        Block::Full { len, list } => {
            let row = &list[k * len..(k + 1) * len];
            dot(row, row)
        }
        Block::Outer { outputs, inputs, left, right, .. } => {
            let left = &left[k * outputs..(k + 1) * outputs];
            let right = &right[k * inputs..(k + 1) * inputs];
            dot(left, left) * dot(right, right)
        }
    }
}
