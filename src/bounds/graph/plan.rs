//! What of a graph does not depend on bounds, prepared once.

use super::linear::Linear;
use crate::bounds::Interval;
use crate::network::graph::decided::{contenders, holds};
use crate::network::graph::{Graph, NodeId, Op, Source, Unary};

/// A graph made ready for bound propagation: kernels laid out, users of each node known.
#[derive(Clone, Debug)]
pub struct Plan<'g> {
    pub(super) graph: &'g Graph,
    /// Dense layers and convolutions.
    pub(super) linear: Vec<Option<Linear<'g>>>,
    /// Nodes that use each node.
    users: Vec<Vec<NodeId>>,
    /// Whether interval arithmetic is exact up to rounding, because no input is used twice.
    tight: Vec<bool>,
    /// Whether some element of the outputs is an element of the node.
    output: Vec<bool>,
}

/// What inputs lie in besides their box.
#[derive(Clone, Copy, Debug)]
pub(super) struct Within {
    pub ball: bool,
    pub groups: bool,
    pub directions: bool,
}

impl<'g> Plan<'g> {
    /// Prepares `graph`.
    #[must_use]
    pub fn new(graph: &'g Graph) -> Self {
        let n = graph.nodes.len();
        let mut plan = Plan {
            graph,
            linear: Vec::with_capacity(n),
            users: vec![Vec::new(); n],
            tight: Vec::with_capacity(n),
            output: vec![false; n],
        };
        // Whether elements are functions of disjoint sets of inputs.
        let mut apart = Vec::with_capacity(n);
        for id in graph.ids() {
            let node = graph.node(id);
            let operands = node.op.operands();
            for x in &operands {
                plan.users[x.index()].push(id);
            }
            plan.linear.push(match &node.op {
                Op::Dense { by, .. } => Some(Linear::dense(by, node.len())),
                Op::Conv { x, by } => Some(Linear::conv(by, graph.node(*x), node)),
                Op::Input { .. }
                | Op::Constant(_)
                | Op::Move { .. }
                | Op::Sums { .. }
                | Op::Scale { .. }
                | Op::Add { .. }
                | Op::Product { .. }
                | Op::Unary { .. }
                | Op::Max { .. }
                | Op::Choose { .. }
                | Op::Quotient { .. } => None,
            });
            let x_apart = operands.first().is_some_and(|x| apart[x.index()]);
            let x_tight = operands.first().is_some_and(|x| plan.tight[x.index()]);
            let (is_apart, is_tight) = match &node.op {
                Op::Input { .. } | Op::Constant(_) => (true, true),
                Op::Scale { .. } | Op::Unary { .. } => (x_apart, x_tight),
                Op::Move { map, .. } if operands.len() == 1 => (x_apart && once(map), x_tight),
                Op::Dense { .. } | Op::Conv { .. } | Op::Sums { .. } | Op::Max { .. } => {
                    (false, x_apart && x_tight)
                }
                Op::Move { .. }
                | Op::Add { .. }
                | Op::Product { .. }
                | Op::Choose { .. }
                | Op::Quotient { .. } => (false, false),
            };
            apart.push(is_apart);
            plan.tight.push(is_tight);
        }
        for port in &graph.outputs {
            plan.output[port.node.index()] = true;
        }
        plan
    }

    /// The graph.
    #[must_use]
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// Elements of `id`, bounded by `x`, whose relaxation at some user would gain from better bounds;
    /// those of outputs too if `outputs`. None where interval arithmetic cannot be improved.
    pub(super) fn open(&self, id: NodeId, x: &[Interval], outputs: bool) -> Vec<u32> {
        if self.tight[id.index()] {
            return Vec::new();
        }
        let mut wanted = vec![outputs && self.output[id.index()]; x.len()];
        for user in &self.users[id.index()] {
            mark(self.graph, *user, id, x, &mut wanted);
        }
        let all = wanted.into_iter().enumerate().zip(x);
        all.filter(|((_, w), v)| *w && !v.is_point()).map(|((k, _), _)| k as u32).collect()
    }

    /// The same for bounds over the box or, with `ball`, over the part of it in a ball. Interval
    /// arithmetic knows no ball, so that the first layer is bounded as a whole: what is behind it then
    /// has intervals that know of the ball too. With groups or directions, outputs that are affine gain as well.
    pub(super) fn asked(
        &self,
        id: NodeId,
        x: &[Interval],
        outputs: bool,
        within: Within,
    ) -> Vec<u32> {
        let first =
            matches!(self.graph.node(id).op, Op::Dense { .. } | Op::Conv { .. } | Op::Sums { .. });
        let result = (within.groups || within.directions) && outputs && self.output[id.index()];
        if ((within.ball && first) || result) && self.is_tight(id) {
            return (0..x.len() as u32).filter(|&k| !x[k as usize].is_point()).collect();
        }
        self.open(id, x, outputs)
    }

    /// Whether interval arithmetic over a box is exact up to rounding.
    pub(super) fn is_tight(&self, id: NodeId) -> bool {
        self.tight[id.index()]
    }

    /// Where the functions of an element of `id`, bounded by `x`, change their line: nobody needs to
    /// know more of it than on which sides of these it lies. Empty where both of its ends matter.
    pub(super) fn kinks(&self, id: NodeId, element: usize, x: Interval) -> Vec<f64> {
        let mut all = Vec::new();
        for user in &self.users[id.index()] {
            match &self.graph.node(*user).op {
                Op::Unary { f, .. } if f.line(x).is_some() => {}
                Op::Unary { f, .. } => match *f {
                    Unary::Relu | Unary::Leaky { .. } | Unary::Abs | Unary::Step { .. } => {
                        all.push(0.0);
                    }
                    Unary::Clip { lo, hi } => all.extend([lo, hi]),
                    Unary::Threshold { threshold } => all.push(threshold),
                    Unary::Smooth(_) => return Vec::new(),
                },
                Op::Choose { condition, a, b, .. } if *condition == id && *a != id && *b != id => {
                    all.push(0.0);
                }
                Op::Max { groups, .. } if groups.members.contains(&(element as u32)) => {
                    return Vec::new();
                }
                Op::Choose { .. } | Op::Product { .. } | Op::Quotient { .. } => return Vec::new(),
                Op::Max { .. }
                | Op::Input { .. }
                | Op::Constant(_)
                | Op::Move { .. }
                | Op::Dense { .. }
                | Op::Conv { .. }
                | Op::Sums { .. }
                | Op::Scale { .. }
                | Op::Add { .. } => {}
            }
        }
        all.retain(|p| x.lo < *p && *p < x.hi);
        all
    }

    /// Number of elements of `id` that no line describes exactly: unstable neurons, undecided maxima
    /// and choices, products of two variables.
    #[must_use]
    pub fn unstable(&self, id: NodeId, bounds: &[Vec<Interval>]) -> usize {
        let of = |x: &NodeId| &bounds[x.index()];
        match &self.graph.node(id).op {
            Op::Unary { x, f } => of(x).iter().filter(|v| f.line(**v).is_none()).count(),
            Op::Max { x, groups } => {
                let x = of(x);
                (0..groups.len()).filter(|&k| contenders(groups.get(k), x).nth(1).is_some()).count()
            }
            Op::Choose { condition, at_zero, .. } => {
                of(condition).iter().filter(|c| holds(**c, *at_zero).is_none()).count()
            }
            Op::Product { a, b } | Op::Quotient { a, b } => {
                of(a).iter().zip(of(b)).filter(|(p, q)| !p.is_point() && !q.is_point()).count()
            }
            Op::Input { .. }
            | Op::Constant(_)
            | Op::Move { .. }
            | Op::Dense { .. }
            | Op::Conv { .. }
            | Op::Sums { .. }
            | Op::Scale { .. }
            | Op::Add { .. } => 0,
        }
    }
}

/// Whether no element is taken twice.
fn once(map: &[Source]) -> bool {
    let mut taken: Vec<u32> = map
        .iter()
        .filter_map(|s| match s {
            Source::Element { element, .. } => Some(*element),
            Source::Fixed(_) => None,
        })
        .collect();
    let n = taken.len();
    taken.sort_unstable();
    taken.dedup();
    taken.len() == n
}

/// Marks the elements of `id` that `user` cannot describe exactly within their bounds.
fn mark(graph: &Graph, user: NodeId, id: NodeId, x: &[Interval], wanted: &mut [bool]) {
    match &graph.node(user).op {
        Op::Unary { f, .. } => {
            for (w, v) in wanted.iter_mut().zip(x) {
                *w |= f.line(*v).is_none();
            }
        }
        Op::Max { groups, .. } => {
            for k in 0..groups.len() {
                let open: Vec<u32> = contenders(groups.get(k), x).collect();
                if open.len() > 1 {
                    for e in open {
                        wanted[e as usize] = true;
                    }
                }
            }
        }
        Op::Choose { condition, at_zero, a, b } => {
            if *condition == id {
                for (w, v) in wanted.iter_mut().zip(x) {
                    *w |= holds(*v, *at_zero).is_none();
                }
            }
            if *a == id || *b == id {
                wanted.fill(true);
            }
        }
        Op::Product { .. } | Op::Quotient { .. } => wanted.fill(true),
        Op::Input { .. }
        | Op::Constant(_)
        | Op::Move { .. }
        | Op::Dense { .. }
        | Op::Conv { .. }
        | Op::Sums { .. }
        | Op::Scale { .. }
        | Op::Add { .. } => {}
    }
}
