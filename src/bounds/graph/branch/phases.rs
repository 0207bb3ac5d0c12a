//! Parts in which neurons are fixed in a phase.
//!
//! # Why a part's bound holds
//!
//! A part is the set of inputs of the box whose run has `s_j (z_j - p_j) >= 0` at each split `j`, where
//! `z_j` is the argument of a function with breakpoint `p_j`, and `s_j` is 1 or -1. Splitting a part at
//! `(z, p)` gives the inputs with `z <= p` and those with `z >= p`: both closed, together the part.
//!
//! 1. Bounds of all nodes over the whole box hold on the part. Where `z_j` is cut to a narrower range,
//!    lines below and above the function on that range hold for every input of the part. For a ReLU cut
//!    at 0 they are the function itself: `0` or `z`.
//! 2. *Multipliers* (beta-CROWN, Wang et al., NeurIPS 2021). For any `beta_j >= 0` and any function `f`,
//!    `f - sum_j beta_j s_j (z_j - p_j) <= f` on the part, since each term that is taken away is not
//!    negative there. A lower bound of the left-hand side over *any* superset of the part, such as what
//!    the relaxation describes, is therefore a lower bound of `f` on the part. The terms are added to
//!    the row before it is walked back, and pay for their rounding like all others.
//! 3. The lower slope of a ReLU that is not cut may be any number in `[0, 1]`.
//!
//! So a bound is proved by the pass that computes it, whatever slopes and multipliers are. They are
//! chosen by projected gradient ascent: by 2, the derivative of the bound by `beta_j` is
//! `-s_j (z_j - p_j)` at the input (with the relaxed run) where the last pass took its minimum.

use std::sync::Arc;

use super::candidate::Candidates;
use super::explore::{Engine, Fate};
use super::goal::{Goal, Side};
use super::score::{self, Choice};
use super::{BranchOptions, Split};
use crate::bounds::Interval;
use crate::bounds::graph::backward::ball::least_point;
use crate::bounds::graph::backward::local::Local;
use crate::bounds::graph::backward::propagate;
use crate::bounds::graph::backward::rows::{Cut, Rows};
use crate::bounds::graph::backward::slopes::{Slopes, adjoints};
use crate::bounds::graph::linear::{Block, LANES, Linear};
use crate::bounds::graph::relax::{Line, unary};
use crate::bounds::graph::{BackwardOptions, GraphBounds, Plan, interval_of};
use crate::network::graph::{NodeId, Op, Unary};
use crate::question::verify::Case;

/// How far a multiplier moves in the first step, in units of its neuron's coefficient, and what
/// remains of that after each.
const RATE: f64 = 0.25;
const DECAY: f64 = 0.95;

/// Bounds parts of the phases of neurons.
pub(super) struct Phases<'a> {
    pub plan: &'a Plan<'a>,
    case: &'a Case,
    goal: &'a Goal<'a>,
    /// Sides of each conjunction.
    conjunctions: Vec<Vec<usize>>,
    /// Bounds over the whole box, and what rows need of them.
    pub bounds: GraphBounds,
    pub locals: Vec<Local>,
    adjoints: Vec<Option<Linear<'static>>>,
    /// ReLUs whose lower slope is free: node and element.
    knobs: Vec<(u32, u32)>,
    steps: u32,
    candidates: Option<Candidates<'a>>,
    search: bool,
    options: BranchOptions<'a>,
}

/// One split of a part: which side of a breakpoint the argument is on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fixed {
    /// The node that applies the function, and its element.
    pub node: NodeId,
    pub element: u32,
    /// Where the argument is.
    pub range: Interval,
    /// The breakpoint.
    pub at: f64,
    /// 1 above, -1 below.
    pub sign: f64,
    /// Lines below and above the function on `range`.
    pub lines: [Line; 2],
}

/// A part of the inputs, and what was chosen for its rows.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub fixed: Vec<Fixed>,
    rows: Vec<Row>,
    /// The row with the best bound.
    best: usize,
}

/// A row: one side of the part's conjunction.
#[derive(Clone, Debug)]
pub(super) struct Row {
    side: usize,
    /// Lower slopes of all `knobs`; the adaptive ones if not there yet.
    alpha: Option<Arc<Vec<f32>>>,
    /// Multipliers, one a split.
    pub beta: Vec<f64>,
    low: f64,
}

/// One row in a lane of a block.
struct Lane<'p> {
    fixed: &'p [Fixed],
    row: &'p mut Row,
    moments: Vec<[f64; 2]>,
    /// Units of the multipliers.
    scale: Vec<f64>,
    choice: Choice,
    corner: Option<Vec<f64>>,
}

impl<'a> Phases<'a> {
    /// Bounds the whole box. Nothing if that was stopped.
    pub fn new(
        plan: &'a Plan<'a>,
        case: &'a Case,
        goal: &'a Goal<'a>,
        conjunctions: Vec<Vec<usize>>,
        [steps, root_steps]: [u32; 2],
        search: bool,
        options: &BranchOptions<'a>,
    ) -> Option<Self> {
        let mut phases = Phases {
            plan,
            case,
            goal,
            conjunctions,
            bounds: GraphBounds::default(),
            locals: Vec::new(),
            adjoints: if steps > 0 { adjoints(plan) } else { Vec::new() },
            knobs: Vec::new(),
            steps,
            candidates: (search && options.attack)
                .then_some(Candidates { graph: plan.graph, case }),
            search,
            options: *options,
        };
        let back = BackwardOptions {
            threads: options.threads,
            steps: root_steps as usize,
            outputs: false,
            cancel: options.cancel,
            until: options.until,
            ..BackwardOptions::default()
        };
        let bounded = interval_of(plan, case).and_then(|mut bounds| {
            let (report, locals) = propagate(plan, &mut bounds, &back)?;
            Ok((report.complete, bounds, locals))
        });
        let Ok((complete, bounds, locals)) = bounded else {
            // The box is empty, and there is nothing to refute.
            phases.conjunctions.clear();
            return Some(phases);
        };
        for (k, node) in plan.graph.nodes.iter().enumerate() {
            if let Op::Unary { f: Unary::Relu, .. } = node.op {
                let open = locals[k].brackets.iter().enumerate().filter(|b| b.1.lower != b.1.upper);
                phases.knobs.extend(open.map(|(e, _)| (k as u32, e as u32)));
            }
        }
        (phases.bounds, phases.locals) = (bounds, locals);
        complete.then_some(phases)
    }

    /// A part a conjunction.
    pub fn roots(&self) -> Vec<Part> {
        let row =
            |&side: &usize| Row { side, alpha: None, beta: Vec::new(), low: f64::NEG_INFINITY };
        let part =
            |c: &Vec<usize>| Part { fixed: Vec::new(), rows: c.iter().map(row).collect(), best: 0 };
        self.conjunctions.iter().map(part).collect()
    }

    /// The range of the argument of an element in a part.
    pub fn range(&self, fixed: &[Fixed], node: NodeId, element: u32) -> Interval {
        let same = |f: &&Fixed| f.node == node && f.element == element;
        if let Some(f) = fixed.iter().rev().find(same) {
            return f.range;
        }
        let x = self.plan.graph.node(node).op.operands().first().copied();
        x.and_then(|x| self.bounds.of(x).get(element as usize)).copied().unwrap_or(Interval::ALL)
    }

    /// Bounds up to [`LANES`] rows.
    fn block(&self, lanes: &mut [Lane<'_>]) {
        let mut rows = Rows::new(self.plan, &self.locals, &self.bounds);
        let mut slopes = Slopes::new(&rows, &self.adjoints);
        for (l, lane) in lanes.iter().enumerate() {
            self.load(lane.row, lane.fixed, l, &mut rows, &mut slopes);
        }
        rows.cuts.sort_by_key(|c| (c.node, c.element, c.lane));
        let mut kept = vec![None; self.plan.graph.nodes.len()];
        for step in 0..=self.steps {
            for (l, lane) in lanes.iter().enumerate() {
                rows.add_linear(l, &self.goal.sides[lane.row.side].terms, 1.0);
                multiply(&mut rows, l, lane.fixed, &lane.row.beta);
            }
            rows.recycle(&mut kept);
            let lows = rows.finish_with(Some(&slopes), Some(&mut kept));
            for (lane, low) in lanes.iter_mut().zip(lows) {
                lane.row.low = lane.row.low.max(low);
            }
            let done = |l: &Lane<'_>| self.goal.sides[l.row.side].excludes(l.row.low);
            if step == self.steps || lanes.iter().all(done) || self.options.stopped() {
                break;
            }
            slopes.climb(&rows, &kept, step as i32 + 1);
            self.climb(lanes, &rows, &kept, &mut slopes, step as i32 + 1);
        }
        for (l, lane) in lanes.iter_mut().enumerate() {
            let alpha = self.knobs.iter().map(|&(k, e)| slopes.alpha[k as usize][e as usize][l]);
            lane.row.alpha = Some(Arc::new(alpha.map(|a| a as f32).collect()));
            if self.search {
                lane.choice = score::best(self, lane.fixed, &kept, &slopes.alpha, l);
                lane.corner = Some(self.corner(&rows, &kept, l));
            }
        }
    }

    /// Slopes and cuts of a row in a lane; cuts are not sorted.
    pub fn load(
        &self,
        row: &Row,
        fixed: &[Fixed],
        lane: usize,
        rows: &mut Rows<'_, '_>,
        slopes: &mut Slopes<'_>,
    ) {
        if let Some(alpha) = &row.alpha {
            for (&(k, e), a) in self.knobs.iter().zip(alpha.iter()) {
                slopes.alpha[k as usize][e as usize][lane] = f64::from(*a);
            }
        }
        // Of several cuts of an element the last one is the narrowest.
        for (k, f) in fixed.iter().enumerate() {
            let same = |g: &Fixed| (g.node, g.element) == (f.node, f.element);
            if !fixed[k + 1..].iter().any(same) {
                rows.cuts.push(Cut { node: f.node, element: f.element, lane, lines: f.lines });
            }
        }
    }

    /// What a row bounds.
    pub fn side(&self, row: &Row) -> &Side {
        &self.goal.sides[row.side]
    }

    /// One step of the multipliers.
    fn climb(
        &self,
        lanes: &mut [Lane<'_>],
        rows: &Rows<'_, '_>,
        kept: &[Option<Block>],
        slopes: &mut Slopes<'_>,
        step: i32,
    ) {
        let last = lanes.iter().flat_map(|l| l.fixed).map(|f| f.node.index()).max();
        let Some(last) = last else { return };
        let from = slopes.values[..last].iter().rposition(|v| !v.is_empty()).map_or(0, |k| k + 1);
        slopes.evaluate(rows, kept, from..last);
        let rate = RATE * DECAY.powi(step - 1);
        let bias = [1.0 - 0.9f64.powi(step), 1.0 - 0.999f64.powi(step)];
        for (l, lane) in lanes.iter_mut().enumerate() {
            for (j, f) in lane.fixed.iter().enumerate() {
                let Some(&x) = self.plan.graph.node(f.node).op.operands().first() else { continue };
                let z = slopes.values[x.index()].get(f.element as usize).map_or(f.at, |v| v[l]);
                let g = -f.sign * (z - f.at);
                let a = kept[f.node.index()].as_ref().map_or(0.0, |b| b[f.element as usize][l]);
                let scale = &mut lane.scale[j];
                *scale = scale.max(a.abs());
                if !(g.is_finite() && scale.is_finite()) {
                    continue;
                }
                let m = &mut lane.moments[j];
                *m = [0.9 * m[0] + 0.1 * g, 0.999 * m[1] + 0.001 * g * g];
                let size = (m[1] / bias[1]).sqrt();
                if size > 0.0 {
                    let by = rate * *scale * (m[0] / bias[0]) / (size + 1e-12);
                    lane.row.beta[j] = (lane.row.beta[j] + by).max(0.0);
                }
            }
        }
    }

    /// The corner of the box, or the point of the ball, where a row is least.
    fn corner(&self, rows: &Rows<'_, '_>, kept: &[Option<Block>], lane: usize) -> Vec<f64> {
        if let Some(x) = least_point(rows, kept) {
            return x.iter().map(|x| x[lane]).collect();
        }
        let ports = self.plan.graph.inputs.iter();
        let all = ports.flat_map(|p| (0..p.len()).map(|e| (p.node, e)));
        let end = |(node, e): (NodeId, usize)| {
            let v = self.bounds.of(node)[e];
            let a = kept[node.index()].as_ref().map_or(0.0, |b| b[e][lane]);
            if a > 0.0 { v.lo } else { v.hi }
        };
        all.map(end).collect()
    }
}

/// Takes the multiplied splits from a row.
pub(super) fn multiply(rows: &mut Rows<'_, '_>, lane: usize, fixed: &[Fixed], beta: &[f64]) {
    for (f, &b) in fixed.iter().zip(beta) {
        let Some(&x) = rows.plan.graph.node(f.node).op.operands().first() else { continue };
        if b > 0.0 {
            rows.add(lane, x, f.element as usize, -b * f.sign);
            rows.shift(lane, crate::bounds::interval::mul_down(b * f.sign, f.at));
        }
    }
}

impl Engine for Phases<'_> {
    type Part = Part;

    const TOGETHER: usize = LANES;

    fn bound(&self, parts: &mut [&mut Part]) -> Vec<Fate> {
        let mut lanes: Vec<Lane<'_>> = Vec::new();
        for part in parts.iter_mut() {
            let Part { fixed, rows, .. } = &mut **part;
            for row in rows {
                row.low = f64::NEG_INFINITY;
                row.beta.resize(fixed.len(), 0.0);
                lanes.push(Lane {
                    moments: vec![[0.0; 2]; fixed.len()],
                    scale: vec![0.0; fixed.len()],
                    choice: Choice::default(),
                    corner: None,
                    fixed,
                    row,
                });
            }
        }
        lanes.chunks_mut(LANES).for_each(|block| self.block(block));
        let mut told: Vec<(Choice, Option<Vec<f64>>)> =
            lanes.into_iter().map(|l| (l.choice, l.corner)).collect();
        let mut fates = Vec::new();
        for part in parts.iter_mut() {
            let mut own: Vec<_> = told.drain(..part.rows.len()).collect();
            let slack = |r: &Row| self.goal.sides[r.side].slack(r.low);
            if part.rows.iter().any(|r| self.goal.sides[r.side].excludes(r.low)) {
                fates.push(Fate::Refuted);
                continue;
            }
            for k in 1..part.rows.len() {
                if slack(&part.rows[k]) > slack(&part.rows[part.best]) {
                    part.best = k;
                }
            }
            // A conjunction of nothing is true everywhere.
            let low = part.rows.get(part.best).map_or(f64::NEG_INFINITY, slack);
            let (choice, corner) = own.get_mut(part.best).map(std::mem::take).unwrap_or_default();
            let tries = self.candidates.as_ref().zip(corner);
            fates.push(Fate::Open {
                low: low.min(-f64::MIN_POSITIVE),
                split: part.rows.get(part.best).and_then(|row| choice.split(self, part, row)),
                attack: tries.and_then(|(c, x)| c.attempt(x, &self.case.outer)),
            });
        }
        fates
    }

    fn split(&self, part: &Part, by: Split) -> Result<[Part; 2], String> {
        let Split::Neuron { node, element, at } = by else {
            return Err("an input in a tree of neurons".into());
        };
        let lower = self.fix(&part.fixed, (node, element, at), false)?;
        let upper = self.fix(&part.fixed, (node, element, at), true)?;
        let with = |f: Fixed| {
            let mut part = part.clone();
            part.fixed.push(f);
            part
        };
        Ok([with(lower), with(upper)])
    }
}

impl Phases<'_> {
    /// One side of a breakpoint.
    pub fn fix(
        &self,
        fixed: &[Fixed],
        (node, element, at): (u32, u32, u32),
        upper: bool,
    ) -> Result<Fixed, String> {
        let name = || format!("element {element} of node {node}");
        let of = self.plan.graph.nodes.get(node as usize).filter(|n| (element as usize) < n.len());
        let Some(found) = of else {
            return Err(format!("{}, which does not exist", name()));
        };
        let Op::Unary { f, .. } = found.op else {
            return Err(format!("{}, which has no phases", name()));
        };
        let node = NodeId(node);
        let range = self.range(fixed, node, element);
        let breakpoint = breakpoints(f).into_iter().flatten().nth(at as usize);
        let Some(at) = breakpoint.filter(|p| range.lo < *p && *p < range.hi) else {
            return Err(format!("{}, whose argument is on one side already", name()));
        };
        let (range, sign) = if upper {
            (Interval { lo: at, hi: range.hi }, 1.0)
        } else {
            (Interval { lo: range.lo, hi: at }, -1.0)
        };
        Ok(Fixed { node, element, range, at, sign, lines: unary(f, range) })
    }
}

/// Where a function changes from one piece to the next, from below.
pub(super) fn breakpoints(f: Unary) -> [Option<f64>; 2] {
    let finite = |v: f64| v.is_finite().then_some(v);
    match f {
        Unary::Relu | Unary::Leaky { .. } | Unary::Abs | Unary::Step { .. } => [Some(0.0), None],
        Unary::Clip { lo, hi } => [finite(lo), finite(hi)],
        Unary::Threshold { threshold } => [finite(threshold), None],
        Unary::Smooth(_) => [None, None],
    }
}
