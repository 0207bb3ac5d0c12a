//! One block of rows on its way from a node back to the inputs.

use super::ball::Inputs;
use super::budget::Groups;
use super::directions::Directions;
use super::local::{Local, middle};
use super::slopes::Slopes;
use super::{Linear, place};
use crate::bounds::Interval;
use crate::bounds::graph::GraphBounds;
use crate::bounds::graph::linear::{Block, LANES, Lane, is_active};
use crate::bounds::graph::plan::Plan;
use crate::bounds::graph::relax::Line;
use crate::bounds::graph::rounding::{slack, underflow};
use crate::bounds::interval::{add_down, add_up, mul_down, mul_up};
use crate::network::graph::{Node, NodeId, Op, Scale, Source, Sums};
use crate::question::verify::Ball;

/// Up to [`LANES`] linear functions of node elements and numbers below them. See [`super::local`].
pub(in crate::bounds::graph) struct Rows<'a, 'g> {
    pub plan: &'a Plan<'g>,
    pub locals: &'a [Local],
    pub bounds: &'a [Vec<Interval>],
    /// What the inputs lie in besides their box.
    pub ball: Option<&'a Ball>,
    /// How many groups of them may be touched.
    pub groups: Option<&'a Groups>,
    /// Linear functions of an input with a known range.
    directions: Option<&'a Directions>,
    /// Coefficients of nodes not yet replaced.
    pending: Vec<Option<Block>>,
    /// Buffers to be used again.
    spare: Vec<Block>,
    /// The constant, rounded downwards.
    constant: Lane,
    /// What rounding may have added, nonnegative.
    error: Lane,
    /// Terms added to `error`.
    counted: usize,
    /// What holds in some rows alone, by node.
    pub cuts: Vec<Cut>,
}

/// Lines below and above one element of an element-wise function that hold for one row alone, because
/// the row is a bound over those inputs only whose argument of the function is in a narrower range.
#[derive(Clone, Copy, Debug)]
pub(in crate::bounds::graph) struct Cut {
    pub node: NodeId,
    pub element: u32,
    pub lane: usize,
    pub lines: [Line; 2],
}

impl<'a, 'g> Rows<'a, 'g> {
    pub fn new(plan: &'a Plan<'g>, locals: &'a [Local], bounds: &'a GraphBounds) -> Self {
        Rows {
            plan,
            locals,
            bounds: &bounds.nodes,
            ball: bounds.ball.as_deref(),
            groups: bounds.groups.as_deref(),
            directions: bounds.directions.as_deref(),
            pending: vec![None; plan.graph.nodes.len()],
            spare: Vec::new(),
            constant: [0.0; LANES],
            error: [0.0; LANES],
            counted: 0,
            cuts: Vec::new(),
        }
    }

    /// The cuts of a node.
    pub fn cuts_of(&self, id: NodeId) -> &[Cut] {
        let from = self.cuts.partition_point(|c| c.node < id);
        let len = self.cuts[from..].partition_point(|c| c.node == id);
        &self.cuts[from..from + len]
    }

    /// Takes back coefficients that [`Rows::finish_with`] left.
    pub fn recycle(&mut self, kept: &mut [Option<Block>]) {
        self.spare.extend(kept.iter_mut().filter_map(Option::take));
    }

    /// Adds a constant to row `lane`.
    pub fn shift(&mut self, lane: usize, by: f64) {
        self.constant[lane] = add_down(self.constant[lane], by);
    }

    /// Adds `by` times an element to row `lane`, without rounding if the row has no such term yet.
    pub fn add(&mut self, lane: usize, node: NodeId, element: usize, by: f64) {
        let mut block = self.take(node);
        let old = block[element][lane];
        let (down, up) = (add_down(old, by), add_up(old, by));
        block[element][lane] = up;
        self.pending[node.index()] = Some(block);
        if down != up {
            let m = self.bounds[node.index()][element].magnitude();
            self.blur(lane, mul_up(add_up(up, -down), m));
        }
    }

    /// Adds `sign`, 1 or -1, times a linear function of inputs and outputs to row `lane`.
    pub fn add_linear(&mut self, lane: usize, function: &Linear, sign: f64) {
        for (variable, by) in function {
            let Some((node, element)) = place(self.plan, *variable) else { continue };
            self.add(lane, node, element, sign * middle(*by));
            let off = by.width();
            if off > 0.0 {
                let m = self.bounds[node.index()][element].magnitude();
                self.blur(lane, mul_up(off, m));
            }
        }
    }

    /// Lowers row `lane` by `by >= 0`.
    pub fn blur(&mut self, lane: usize, by: f64) {
        self.error[lane] = add_up(self.error[lane], by);
    }

    /// The coefficients of `node`, all 0 if it has none.
    fn take(&mut self, node: NodeId) -> Block {
        if let Some(block) = self.pending[node.index()].take() {
            return block;
        }
        let mut block = self.spare.pop().unwrap_or_default();
        block.clear();
        block.resize(self.plan.graph.node(node).len(), [0.0; LANES]);
        block
    }

    /// A lower bound of every row over the inputs; the rows are gone afterwards.
    pub fn finish(&mut self) -> Lane {
        self.finish_with(None, None)
    }

    /// The same with lower slopes of one's own, and the coefficients of all nodes left in `kept`.
    pub fn finish_with(
        &mut self,
        slopes: Option<&Slopes<'_>>,
        mut kept: Option<&mut Vec<Option<Block>>>,
    ) -> Lane {
        let holds = self.ball.is_some() || self.groups.is_some();
        let mut held = vec![None; if holds { self.pending.len() } else { 0 }];
        for k in (0..self.pending.len()).rev() {
            if let Some(mut block) = self.pending[k].take() {
                // An input has no operand, so nothing is added to its coefficients later.
                if let Some(all) = self.directions.filter(|d| d.node.index() == k) {
                    self.turn(all, &mut block);
                }
                if holds && matches!(self.plan.graph.nodes[k].op, Op::Input { .. }) {
                    held[k] = Some(block);
                    continue;
                }
                let alpha = slopes.map(|s| s.alpha[k].as_slice()).filter(|a| !a.is_empty());
                self.replace(NodeId(k as u32), &block, alpha);
                match &mut kept {
                    Some(kept) => kept[k] = Some(block),
                    None => self.spare.push(block),
                }
            }
        }
        if holds {
            match (self.ball, self.groups) {
                (Some(ball), _) => self.least_within(ball, &held),
                (None, Some(groups)) => self.least_touched(groups, &held),
                (None, None) => {}
            }
            match &mut kept {
                Some(kept) => kept.iter_mut().zip(held).for_each(|(k, h)| *k = h.or(k.take())),
                None => self.recycle(&mut held),
            }
        }
        let mut bound = [f64::NEG_INFINITY; LANES];
        for (l, bound) in bound.iter_mut().enumerate() {
            // All terms of the error are nonnegative, so its own rounding is relative.
            let error = mul_up(self.error[l], 1.0 + slack(self.counted));
            let b = add_down(self.constant[l], -error);
            if b.is_finite() {
                *bound = b;
            }
        }
        (self.constant, self.error, self.counted) = ([0.0; LANES], [0.0; LANES], 0);
        bound
    }

    /// Replaces node `id`, which has the coefficients `block`, by its operands. `alpha` are lower
    /// slopes of a ReLU.
    fn replace(&mut self, id: NodeId, block: &[Lane], alpha: Option<&[Lane]>) {
        let plan = self.plan;
        let node = plan.graph.node(id);
        let local = &self.locals[id.index()];
        let active: Vec<u32> =
            (0..block.len() as u32).filter(|&k| is_active(&block[k as usize])).collect();
        if active.is_empty() {
            return;
        }
        if !local.noise.is_empty() {
            self.count(&active, block, &local.noise, 1.0);
        }
        for e in &mut self.error {
            *e += local.once;
        }
        self.counted += 1;
        if !local.bias.is_empty() {
            self.constants(&active, |k, l| block[k][l] * local.bias[k]);
        }
        if !local.brackets.is_empty() {
            if self.cuts_of(id).is_empty() {
                return self.relax(node, local, &active, block, alpha);
            }
            let rest = self.cut(id, node, block);
            self.relax(node, local, &active, &rest, alpha);
            self.spare.push(rest);
            return;
        }
        match &node.op {
            Op::Input { .. } => self.least(id, &active, block),
            Op::Constant(_) => {}
            Op::Move { from, map } => {
                for (n, x) in from.iter().enumerate() {
                    // A node that is an operand twice gets what is due to each.
                    self.onto(*x, local.slack, |_, to| {
                        for &k in &active {
                            if let Source::Element { operand, element } = map[k as usize]
                                && operand as usize == n
                            {
                                plus(&mut to[element as usize], &block[k as usize], 1.0);
                            }
                        }
                    });
                }
            }
            Op::Dense { x, .. } | Op::Conv { x, .. } => {
                if let Some(linear) = &plan.linear[id.index()] {
                    self.onto(*x, local.slack, |_, to| linear.pull_back(block, to));
                }
            }
            Op::Sums { x, by } => self.onto(*x, local.slack, |_, to| sums(by, &active, block, to)),
            Op::Scale { x, by } => {
                self.onto(*x, local.slack, |_, to| scale(by, &active, block, to));
            }
            Op::Add { terms } => {
                for (x, minus) in terms {
                    self.onto(*x, slack(1), |_, to| {
                        for &k in &active {
                            let sign = if *minus { -1.0 } else { 1.0 };
                            plus(&mut to[k as usize], &block[k as usize], sign);
                        }
                    });
                }
            }
            // These have brackets, unless they have no elements.
            Op::Product { .. }
            | Op::Unary { .. }
            | Op::Max { .. }
            | Op::Choose { .. }
            | Op::Quotient { .. } => {}
        }
    }

    /// Lets `f` add to the coefficients of `x`, in sums of the given slack.
    fn onto(&mut self, x: NodeId, slack: f64, f: impl FnOnce(&Self, &mut Block)) {
        let old = self.pending[x.index()].is_some();
        let mut to = self.take(x);
        if old {
            let m = &self.locals[x.index()].magnitude;
            let active: Vec<u32> =
                (0..to.len() as u32).filter(|&k| is_active(&to[k as usize])).collect();
            self.count(&active, &to, m, slack);
        }
        f(self, &mut to);
        self.pending[x.index()] = Some(to);
    }

    /// Adds `factor |a_k| weight_k` over the active elements to the error.
    fn count(&mut self, active: &[u32], block: &[Lane], weight: &[f64], factor: f64) {
        let mut sum = [0.0; LANES];
        for &k in active {
            let (a, w) = (&block[k as usize], weight[k as usize]);
            for l in 0..LANES {
                sum[l] += if a[l] == 0.0 { 0.0 } else { a[l].abs() * w };
            }
        }
        // One product may vanish by underflow where the weight is tiny.
        let tiny = underflow(active.len(), 1.0);
        for (e, s) in self.error.iter_mut().zip(sum) {
            *e += s * factor + tiny;
        }
        self.counted += active.len() + 2;
    }

    /// Adds the sum of `f(element, row)` over the active elements to the constants.
    fn constants(&mut self, active: &[u32], f: impl Fn(usize, usize) -> f64) {
        let (mut sum, mut of) = ([0.0; LANES], [0.0f64; LANES]);
        for &k in active {
            for l in 0..LANES {
                let t = f(k as usize, l);
                sum[l] += t;
                of[l] += t.abs();
            }
        }
        self.total(active.len(), sum, of);
    }

    /// Adds sums of `n` products, with the sums of their absolute values, to the constants.
    fn total(&mut self, n: usize, sum: Lane, of: Lane) {
        let tiny = underflow(n, 1.0);
        for l in 0..LANES {
            self.constant[l] = add_down(self.constant[l], sum[l]);
            self.error[l] = add_up(self.error[l], add_up(mul_up(of[l], slack(n)), tiny));
        }
    }

    /// Input elements: the least value of each term.
    fn least(&mut self, id: NodeId, active: &[u32], block: &[Lane]) {
        let bounds = &self.bounds[id.index()];
        self.constants(active, |k, l| {
            let a = block[k][l];
            let at = if a > 0.0 { bounds[k].lo } else { bounds[k].hi };
            if a == 0.0 { 0.0 } else { a * at }
        });
    }

    /// All inputs: the least value over the part of the box in the ball.
    fn least_within(&mut self, ball: &Ball, held: &[Option<Block>]) {
        if held.iter().all(Option::is_none) {
            return;
        }
        let [sum, error] = Inputs::new(self.plan, self.bounds, ball, held).least();
        for l in 0..LANES {
            self.shift(l, sum[l]);
            self.blur(l, error[l]);
        }
    }

    /// Replaces the elements that are cut, row by row. Returns the coefficients without them.
    fn cut(&mut self, id: NodeId, node: &Node, block: &[Lane]) -> Block {
        let mut rest = self.spare.pop().unwrap_or_default();
        rest.clear();
        rest.extend_from_slice(block);
        let Some(&x) = node.op.operands().first() else { return rest };
        for k in 0..self.cuts_of(id).len() {
            let Cut { element, lane, lines: [below, above], .. } = self.cuts_of(id)[k];
            let a = std::mem::take(&mut rest[element as usize][lane]);
            let line = if a > 0.0 { below } else { above };
            if a == 0.0 {
                continue;
            }
            self.shift(lane, mul_down(a, line.bias));
            let (down, up) = (mul_down(a, line.slope), mul_up(a, line.slope));
            self.add(lane, x, element as usize, up);
            if down != up {
                let m = self.bounds[x.index()][element as usize].magnitude();
                self.blur(lane, mul_up(add_up(up, -down), m));
            }
        }
        rest
    }

    /// Relaxed elements: positive coefficients take what is below, negative ones what is above.
    fn relax(
        &mut self,
        node: &Node,
        local: &Local,
        active: &[u32],
        block: &[Lane],
        alpha: Option<&[Lane]>,
    ) {
        self.constants(active, |k, l| {
            let (a, b) = (block[k][l], &local.brackets[k]);
            let bias = if a > 0.0 { b.lower.bias } else { b.upper.bias };
            if a == 0.0 || bias == 0.0 { 0.0 } else { a * bias }
        });
        let mut operands = node.op.operands();
        operands.sort_unstable();
        operands.dedup();
        for x in operands {
            self.onto(x, local.slack, |_, to| {
                for &k in active {
                    let (a, b) = (&block[k as usize], &local.brackets[k as usize]);
                    if let Some(alpha) = alpha
                        && b.lower != b.upper
                    {
                        // An unstable ReLU, whose lower line is any through 0.
                        let (t, s) = (&b.upper.terms[0], &alpha[k as usize]);
                        let to = &mut to[t.element as usize];
                        for l in 0..LANES {
                            let slope = if a[l] > 0.0 { s[l] } else { t.slope };
                            to[l] += if a[l] == 0.0 { 0.0 } else { a[l] * slope };
                        }
                        continue;
                    }
                    for t in b.lower.terms.iter().filter(|t| t.node == x && t.slope != 0.0) {
                        let to = &mut to[t.element as usize];
                        for l in 0..LANES {
                            to[l] += if a[l] > 0.0 { a[l] * t.slope } else { 0.0 };
                        }
                    }
                    for t in b.upper.terms.iter().filter(|t| t.node == x && t.slope != 0.0) {
                        let to = &mut to[t.element as usize];
                        for l in 0..LANES {
                            to[l] += if a[l] < 0.0 { a[l] * t.slope } else { 0.0 };
                        }
                    }
                }
            });
        }
    }
}

#[inline]
fn plus(to: &mut Lane, a: &Lane, by: f64) {
    for l in 0..LANES {
        to[l] += a[l] * by;
    }
}

fn sums(by: &Sums, active: &[u32], block: &[Lane], to: &mut Block) {
    for &r in active {
        let r = r as usize;
        let mut a = block[r];
        if let Some(&d) = by.divisors.get(r) {
            a = a.map(|v| v / d);
        }
        for k in by.starts[r] as usize..by.starts[r + 1] as usize {
            plus(&mut to[by.columns[k] as usize], &a, by.coefficients[k]);
        }
    }
}

fn scale(by: &Scale, active: &[u32], block: &[Lane], to: &mut Block) {
    for &k in active {
        let t = by.index(k as usize);
        let factor = middle(by.factor[t]);
        let d = by.divisor.get(t).copied().unwrap_or(1.0);
        let to = &mut to[k as usize];
        for l in 0..LANES {
            to[l] += block[k as usize][l] * factor / d;
        }
    }
}
