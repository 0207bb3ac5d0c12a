//! Least values of linear functions of inputs of which only some groups may leave a point.
//!
//! For a row `a . x` the inputs of a group give the least value of their part over their ranges if the
//! group is touched, and its value at the point if not. So the row is at least its value with no group
//! touched, plus the sum of the most negative differences, as many as groups may be touched: the
//! rule of abstract gradient training (papers 1.5 A) for a whole row instead of for each gradient.

use super::rows::Rows;
use crate::bounds::graph::linear::{Block, LANES};
use crate::bounds::interval::{add_down, mul_down, mul_up};

/// What the inputs lie in besides their box: of each choice at most so many groups differ from a point.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Groups {
    /// The group of each input element, those of all inputs in order; none for what is free.
    pub of: Vec<Option<u32>>,
    /// The value of each element where its group is untouched.
    pub clean: Vec<f64>,
    /// The choice of each group, ascending.
    pub choices: Vec<u32>,
    /// Most groups that are touched in each choice.
    pub touched: Vec<usize>,
}

impl Rows<'_, '_> {
    /// All inputs: the least value where the groups are touched as they may be. `held` are
    /// coefficients of nodes.
    pub(super) fn least_touched(&mut self, groups: &Groups, held: &[Option<Block>]) {
        let plan = self.plan;
        let mut differences = vec![[0.0; LANES]; groups.choices.len()];
        let mut element = 0;
        for port in &plan.graph.inputs {
            let (k, first) = (port.node.index(), element);
            element += port.len();
            let Some(block) = held.get(k).and_then(Option::as_ref) else { continue };
            for (e, (a, range)) in block.iter().zip(&self.bounds[k]).enumerate() {
                let group = groups.of.get(first + e).copied().flatten();
                let clean = groups.clean.get(first + e).copied().unwrap_or_default();
                for (l, &a) in a.iter().enumerate().filter(|(_, a)| **a != 0.0) {
                    let least = mul_down(a, if a > 0.0 { range.lo } else { range.hi });
                    let Some(group) = group else {
                        self.shift(l, least);
                        continue;
                    };
                    self.shift(l, mul_down(a, clean));
                    let by = add_down(least, -mul_up(a, clean)).min(0.0);
                    let sum = &mut differences[group as usize][l];
                    *sum = add_down(*sum, by);
                }
            }
        }
        for l in 0..LANES {
            for (choice, &count) in groups.touched.iter().enumerate() {
                let from = groups.choices.partition_point(|c| (*c as usize) < choice);
                let to = groups.choices.partition_point(|c| (*c as usize) <= choice);
                let mut all: Vec<f64> = differences[from..to].iter().map(|d| d[l]).collect();
                all.sort_by(f64::total_cmp);
                for by in all.into_iter().take(count).take_while(|d| *d < 0.0) {
                    self.shift(l, by);
                }
            }
        }
    }
}
