//! From nodes to expressions, operands first.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::affine::{self, AffineRow};
use super::cuts::Neuron;
use super::decode::Source;
use super::demand;
use super::error::VerifyError;
use super::options::VerifyOptions;
use super::split::Twins;
use crate::bounds::Interval;
use crate::encode::Lin;
use crate::encode::builder::Builder;
use crate::encode::recipe::Recipe;
use crate::ir::{Family, Origin, Place, Role, Rule, Sense, VarKind};
use crate::network::graph::decided::{Line, contenders};
use crate::network::graph::{Graph, NodeId, Op, Unary};
use crate::question::verify::{Lattice, Variable};

/// An element of a node's result.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub node: usize,
    pub element: usize,
}

impl At {
    pub fn place(self) -> Place {
        Place::NONE.node(self.node).i(self.element)
    }

    pub fn role(self, family: Family, j: usize) -> Role {
        family.at(self.place().j(j))
    }

    pub fn value(self) -> Role {
        Family::NodeValue.at(self.place())
    }

    pub fn origin(self, rule: Rule) -> Origin {
        rule.at(self.place())
    }
}

/// The state of an encoding.
pub(super) struct Encoder<'a> {
    pub b: Builder<'static>,
    pub graph: &'a Graph,
    pub bounds: &'a [Vec<Interval>],
    pub options: VerifyOptions,
    pub twins: Twins,
    pub neurons: Vec<Neuron>,
    pub relaxed: bool,
    pub rounded: usize,
    lattice: Option<Lattice>,
    /// Raised to stop.
    pub cancel: Option<&'a AtomicBool>,
    uses: Vec<Vec<u32>>,
    values: Vec<Vec<Lin>>,
    sources: BTreeMap<usize, Source>,
}

/// Expressions of more terms are given a column before they are read several times by one function.
const FEW: usize = 2;

impl<'a> Encoder<'a> {
    pub fn new(
        graph: &'a Graph,
        bounds: &'a [Vec<Interval>],
        options: VerifyOptions,
        lattice: Option<Lattice>,
    ) -> Self {
        Encoder {
            b: Builder::new(0.0, None),
            graph,
            bounds,
            options,
            twins: Twins::default(),
            neurons: Vec::new(),
            relaxed: false,
            rounded: 0,
            lattice,
            cancel: None,
            uses: Vec::new(),
            values: vec![Vec::new(); graph.nodes.len()],
            sources: BTreeMap::new(),
        }
    }

    /// Node and element of a variable of the property.
    pub fn locate(graph: &Graph, v: Variable) -> (NodeId, usize) {
        let (ports, k) = match v {
            Variable::Input(k) => (&graph.inputs, k as usize),
            Variable::Output(k) => (&graph.outputs, k as usize),
        };
        let mut rest = k;
        for port in ports {
            if rest < port.len() {
                return (port.node, rest);
            }
            rest -= port.len();
        }
        // The sizes were compared at the beginning.
        (NodeId(0), 0)
    }

    /// The expression of a variable that was wanted.
    pub fn variable(&self, v: Variable) -> &Lin {
        self.value(Self::locate(self.graph, v))
    }

    /// Encodes all that the variables of the property depend on.
    pub fn run(&mut self, wanted: &[Variable]) -> Result<(), VerifyError> {
        let ends: Vec<(NodeId, usize)> =
            wanted.iter().map(|v| Self::locate(self.graph, *v)).collect();
        self.run_to(&ends)
    }

    /// The expression of an element that was wanted.
    pub fn value(&self, (node, element): (NodeId, usize)) -> &Lin {
        &self.values[node.index()][element]
    }

    /// Encodes all that the elements depend on.
    pub fn run_to(&mut self, ends: &[(NodeId, usize)]) -> Result<(), VerifyError> {
        let graph = self.graph;
        self.uses = demand::uses(graph, self.bounds, ends.iter().copied());
        let mut last = vec![0; graph.nodes.len()];
        for id in graph.ids() {
            for x in graph.node(id).op.operands() {
                last[x.index()] = id.index();
            }
        }
        for (id, _) in ends {
            last[id.index()] = usize::MAX;
        }
        for id in graph.ids() {
            let mut values = Vec::with_capacity(graph.node(id).len());
            for e in 0..graph.node(id).len() {
                if self.cancel.is_some_and(|c| c.load(Ordering::Relaxed)) {
                    return Err(VerifyError::Stopped);
                }
                let at = At { node: id.index(), element: e };
                let used = self.uses[at.node][e] > 0;
                values.push(if used { self.element(id, at)? } else { self.unread(at) });
            }
            self.values[id.index()] = values;
            // Expressions that nobody reads any more are large.
            for x in graph.node(id).op.operands() {
                if last[x.index()] == id.index() {
                    self.values[x.index()] = Vec::new();
                }
            }
        }
        Ok(())
    }

    /// What nobody reads: its range may decide something, its value may not.
    fn unread(&self, at: At) -> Lin {
        let range = self.bounds[at.node][at.element];
        let constant = if range.is_point() { range.lo } else { f64::NAN };
        Lin { terms: Vec::new(), constant, range, slop: 0.0 }
    }

    fn element(&mut self, id: NodeId, at: At) -> Result<Lin, VerifyError> {
        let known = self.bounds[at.node][at.element];
        if known.is_point() {
            return Ok(Lin::exact(known.lo));
        }
        let made = match affine::row(self.graph, id, at.element) {
            Some(row) => self.affine(&row),
            None => self.function(id, at)?,
        };
        let made = made.within(known);
        self.rounded += usize::from(made.slop > 0.0);
        Ok(self.settle(made, at))
    }

    fn affine(&self, row: &AffineRow) -> Lin {
        let one = Lin::exact(1.0);
        let of = |x: NodeId, e: u32| &self.values[x.index()][e as usize];
        if let ([(x, e, c)], []) = (row.terms.as_slice(), row.bias.as_slice())
            && *c == Interval::point(1.0)
        {
            return of(*x, *e).clone();
        }
        let terms = row.terms.iter().map(|(x, e, c)| (*c, of(*x, *e)));
        let mut parts: Vec<(Interval, &Lin)> = terms.filter(|t| !t.1.is_zero()).collect();
        parts.extend(row.bias.iter().map(|b| (*b, &one)));
        self.b.combine(&parts, 0.0)
    }

    fn function(&mut self, id: NodeId, at: At) -> Result<Lin, VerifyError> {
        let graph = self.graph;
        let of = |s: &Self, x: NodeId| s.values[x.index()][at.element].clone();
        match &graph.node(id).op {
            Op::Input { port } => {
                let before: usize =
                    graph.inputs[..*port].iter().map(crate::network::graph::Port::len).sum();
                Ok(self.input(before + at.element, at))
            }
            Op::Unary { x, f } => {
                let a = of(self, *x);
                if let Some(line) = f.line(a.range) {
                    return Ok(self.line(line, &a));
                }
                match *f {
                    Unary::Relu => self.relu(&a, at),
                    Unary::Leaky { slope } => self.leaky(&a, slope, at),
                    Unary::Abs => self.absolute(&a, at),
                    Unary::Clip { lo, hi } => self.clip(&a, (lo, hi), at),
                    Unary::Step { below, at: zero, above } => {
                        self.step(&a, (below, zero, above), at)
                    }
                    Unary::Threshold { threshold } => self.threshold(&a, threshold, at),
                    Unary::Smooth(f) => self.smooth(&a, f, at),
                }
            }
            Op::Max { x, groups } => {
                let ranges = &self.bounds[x.index()];
                let value = |m: u32| self.values[x.index()][m as usize].clone();
                let members: Vec<Lin> = contenders(groups.get(at.element), ranges)
                    .map(|m| value(m).within(ranges[m as usize]))
                    .collect();
                self.largest(&members, at)
            }
            Op::Choose { condition, at_zero, a, b } => {
                let condition =
                    of(self, *condition).within(self.bounds[condition.index()][at.element]);
                let (a, b) = (of(self, *a), of(self, *b));
                self.choose(&condition, *at_zero, (&a, &b), at)
            }
            Op::Product { a, b } => {
                let (a, b) = (of(self, *a), of(self, *b));
                self.product(&a, &b, at)
            }
            Op::Quotient { a, b } => {
                let (a, b) = (of(self, *a), of(self, *b));
                self.quotient(&a, &b, at)
            }
            Op::Constant(_)
            | Op::Move { .. }
            | Op::Dense { .. }
            | Op::Conv { .. }
            | Op::Sums { .. }
            | Op::Scale { .. }
            | Op::Add { .. } => Ok(Lin::exact(0.0)),
        }
    }

    /// What a function is where it is affine. What it does not look at has no value.
    fn line(&self, line: Line, a: &Lin) -> Lin {
        if line.is_constant() {
            return Lin::exact(line.bias);
        }
        if line == (Line { slope: 1.0, bias: 0.0 }) {
            return a.clone();
        }
        self.b.combine(&[(Interval::point(line.slope), a)], line.bias)
    }

    fn input(&mut self, k: usize, at: At) -> Lin {
        let range = self.bounds[at.node][at.element];
        let x = match self.lattice {
            Some(lattice) => self.lattice_input(k, lattice, range),
            None => {
                let role = Family::Input.at(Place::NONE.i(k));
                self.b.variable(VarKind::Continuous, range, role, Recipe::Decision)
            }
        };
        if let Some((v, _)) = x.single() {
            self.sources.insert(k, Source::Column(v));
        }
        x
    }

    /// Where each element of the input comes from.
    pub fn inputs(&self) -> Vec<Source> {
        let mut out = Vec::with_capacity(self.graph.input_len());
        for port in &self.graph.inputs {
            for range in &self.bounds[port.node.index()] {
                let other =
                    if range.is_point() { Source::Fixed(range.lo) } else { Source::Free(*range) };
                out.push(self.sources.get(&out.len()).copied().unwrap_or(other));
            }
        }
        out
    }

    /// Gives an expression a column where that takes fewer nonzeros than copies of it.
    fn settle(&mut self, l: Lin, at: At) -> Lin {
        let (terms, readers) = (l.terms.len(), self.uses[at.node][at.element] as usize);
        if terms <= 1 || terms * readers <= terms + 1 + readers {
            return l;
        }
        self.column(&l, at.value(), at.origin(Rule::NodeDefine))
    }

    /// The expression, or a column that equals it where it has more than a few terms.
    pub fn compact(&mut self, l: &Lin, at: At, part: usize) -> Lin {
        if l.terms.len() <= FEW {
            return l.clone();
        }
        self.column(l, at.role(Family::NodePart, part), at.origin(Rule::NodeSplit))
    }

    /// A column that equals the expression; the slop stays with the result. *Exact*.
    pub fn column(&mut self, l: &Lin, role: Role, origin: Origin) -> Lin {
        let bounds = l.range.widen(l.slop);
        let recipe = Recipe::Clamp(l.clone(), bounds.lo, bounds.hi);
        let column = self.b.variable(VarKind::Continuous, bounds, role, recipe);
        let mut terms = l.terms.clone();
        terms.extend(column.single().map(|t| (t.0, -1.0)));
        self.b.model.add_row(&terms, Sense::Eq, 0.0 - l.constant, origin);
        Lin { range: l.range, slop: l.slop, ..column }
    }

    /// Fails where a range is not finite.
    pub fn finite(&self, range: Interval, at: At) -> Result<(), VerifyError> {
        if range.is_finite() {
            return Ok(());
        }
        Err(VerifyError::Unbounded { node: self.node_name(at), element: at.element })
    }

    /// Name of a node in the file.
    pub fn node_name(&self, at: At) -> String {
        self.graph.nodes[at.node].origin.clone()
    }
}
