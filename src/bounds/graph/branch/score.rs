//! Which neuron is split.
//!
//! A neuron's relaxation costs its row at most the coefficient times the largest gap between the
//! function and the line on the side that the coefficient takes (for an upper line of a ReLU that is
//! the intercept of Bunel et al., JMLR 2020). Of the neurons that cost most, the one is split whose
//! worse part has the best bound after one pass (filtered smart branching, De Palma et al. 2021,
//! arXiv 2104.06718): with as many candidates as a block has pairs of lanes, that is one pass a part.

use super::phases::{Fixed, Part, Phases, Row, breakpoints, multiply};
use super::tree::Split;
use crate::bounds::Interval;
use crate::bounds::graph::backward::rows::Rows;
use crate::bounds::graph::backward::slopes::Slopes;
use crate::bounds::graph::linear::{Block, LANES};
use crate::bounds::graph::relax::{Line, piece_range, unary};
use crate::network::graph::{NodeId, Op, Unary};

/// Splits that are tried.
const TRIED: usize = LANES / 2;

/// How much the smaller gap of a lower line counts of the larger one.
const LOWER: f64 = 0.1;

/// A split that may be worth it: its score, node, element and breakpoint.
type Worth = (f64, (u32, u32, u32));

/// The best splits of a part, best first.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice(Vec<Worth>);

/// The best splits for the row in `lane`, whose coefficients are in `kept`.
pub(super) fn best(
    phases: &Phases<'_>,
    fixed: &[Fixed],
    kept: &[Option<Block>],
    alpha: &[Block],
    lane: usize,
) -> Choice {
    let mut found: Vec<Worth> = Vec::with_capacity(TRIED + 1);
    for (k, block) in kept.iter().enumerate() {
        let (Some(block), Op::Unary { x, f }) = (block, &phases.plan.graph.nodes[k].op) else {
            continue;
        };
        if breakpoints(*f) == [None, None] {
            continue;
        }
        let node = NodeId(k as u32);
        let known = phases.bounds.of(*x);
        for (e, a) in block.iter().enumerate() {
            let (a, whole) = (a[lane], known[e]);
            if a == 0.0 || !inside(*f, whole).any(|_| true) {
                continue;
            }
            let element = e as u32;
            let range = phases.range(fixed, node, element);
            for (at, p) in inside(*f, range) {
                let free = alpha[k].get(e).map(|s| s[lane]);
                let score = a.abs() * gap(*f, range, p, a > 0.0, free);
                if score.is_finite()
                    && found.last().is_none_or(|w| score > w.0 || found.len() < TRIED)
                {
                    let place = found.partition_point(|w| w.0 >= score);
                    found.insert(place, (score, (node.0, element, at)));
                    found.truncate(TRIED);
                }
            }
        }
    }
    Choice(found)
}

/// Breakpoints strictly within a range, with their numbers.
fn inside(f: Unary, range: Interval) -> impl Iterator<Item = (u32, f64)> {
    let all = breakpoints(f).into_iter().flatten().zip(0..);
    all.map(|(p, at)| (at, p)).filter(move |(_, p)| range.lo < *p && *p < range.hi)
}

/// How far the line on one side is from the function at the breakpoint or the ends.
fn gap(f: Unary, range: Interval, p: f64, below: bool, free: Option<f64>) -> f64 {
    let value = |z: f64| piece_range(f, Interval::point(z));
    let [lower, upper] = unary(f, range);
    if !below {
        let y = value(p);
        return upper.slope * p + upper.bias - (0.5 * y.lo + 0.5 * y.hi);
    }
    let line = match free {
        Some(slope) => Line { slope, bias: 0.0 },
        None => lower,
    };
    let at = |z: f64| value(z).lo - (line.slope * z + line.bias);
    let (a, b) = (at(range.lo), at(range.hi));
    a.min(b) + LOWER * a.max(b)
}

impl Choice {
    /// The split of `part` whose worse half has the best bound for `row`.
    pub fn split(self, phases: &Phases<'_>, part: &Part, row: &Row) -> Option<Split> {
        let split = |w: &Worth| {
            let (node, element, at) = w.1;
            Split::Neuron { node, element, at }
        };
        if self.0.len() < 2 {
            return self.0.first().map(split);
        }
        let halves: Vec<Vec<Fixed>> = self
            .0
            .iter()
            .flat_map(|w| [false, true].map(|upper| phases.fix(&part.fixed, w.1, upper)))
            .filter_map(Result::ok)
            .map(|f| part.fixed.iter().copied().chain([f]).collect())
            .collect();
        let mut rows = Rows::new(phases.plan, &phases.locals, &phases.bounds);
        let mut slopes = Slopes::new(&rows, &[]);
        for (l, fixed) in halves.iter().enumerate() {
            phases.load(row, fixed, l, &mut rows, &mut slopes);
        }
        rows.cuts.sort_by_key(|c| (c.node, c.element, c.lane));
        let side = phases.side(row);
        for (l, fixed) in halves.iter().enumerate() {
            rows.add_linear(l, &side.terms, 1.0);
            multiply(&mut rows, l, fixed, &row.beta);
        }
        let lows = rows.finish_with(Some(&slopes), None);
        let worth = |k: usize| {
            let both = [lows[2 * k], lows[2 * k + 1]].map(|low| side.slack(low).min(0.0));
            (both[0].min(both[1]), both[0].max(both[1]))
        };
        let better = |a: usize, b: usize| if worth(b) > worth(a) { b } else { a };
        (0..self.0.len()).reduce(better).map(|k| split(&self.0[k]))
    }
}
