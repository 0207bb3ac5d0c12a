//! The graph under construction: a budget for its tables, movement of elements, and constants that
//! become nodes.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::Note;
use super::problem::GraphProblem;
use super::shapes::{self, broadcast_strides, view};
use super::trainable::{Trainable, Use};
use super::value::{Condition, Elements, Flow, Kind, Tensor, Value};
use super::walk::PER_BYTE;
use crate::bounds::Interval;
use crate::front::onnx::OnnxProblem;
use crate::network::graph::{Graph, NodeId, Op, Scale, Source, Sums, Unary};

/// What goes wrong inside a node; the walk adds the node's name.
pub(super) type Outcome<T> = Result<T, OnnxProblem>;

/// A graph that grows node by node.
pub(super) struct Builder {
    pub(super) graph: Graph,
    /// Name of the ONNX node that is being read.
    pub(super) origin: String,
    /// What the caller must know.
    pub(super) notes: Vec<Note>,
    /// Which constants are those of the file, if the caller asks.
    pub(super) trainable: Option<Trainable>,
    /// Nodes whose shape a convolution relies on.
    looked_at: BTreeSet<NodeId>,
    limit: usize,
    used: usize,
    /// Bytes of files beside the model that the limit counts already.
    allowed: usize,
}

/// One element of one operand.
pub(super) type Pick = (u32, u32);

impl Builder {
    pub(super) fn new(limit: usize) -> Self {
        let graph = Graph::default();
        let limit = limit.min(u32::MAX as usize);
        Builder {
            graph,
            origin: String::new(),
            notes: Vec::new(),
            trainable: None,
            limit,
            used: 0,
            allowed: 0,
            looked_at: BTreeSet::new(),
        }
    }

    /// Raises the budget for so many bytes of files beside the model.
    pub(super) fn allow(&mut self, bytes: usize) {
        let more = bytes.saturating_sub(self.allowed).saturating_mul(PER_BYTE);
        self.allowed = self.allowed.max(bytes);
        self.limit = self.limit.saturating_add(more).min(u32::MAX as usize);
    }

    /// Records that a node uses stored tensors, if that is asked for and they are stored.
    pub(super) fn uses(&mut self, node: NodeId, used: Option<Use>) {
        if let (Some(trainable), Some(used)) = (&mut self.trainable, used) {
            trainable.uses.push((node, used));
        }
    }

    /// Takes so many numbers from the budget, before they are allocated.
    pub(super) fn charge(&mut self, numbers: usize) -> Outcome<()> {
        self.used = self.used.saturating_add(numbers);
        if self.used > self.limit {
            return Err(GraphProblem::TooLarge { limit: self.limit }.into());
        }
        Ok(())
    }

    /// [`Builder::charge`] for a tensor of this shape; its number of elements.
    pub(super) fn charge_shape(&mut self, shape: &[usize]) -> Outcome<usize> {
        let limit = self.limit;
        let n = shapes::elements(shape).ok_or(GraphProblem::TooLarge { limit })?;
        self.charge(n)?;
        Ok(n)
    }

    /// Adds a node. Tables must have been charged; the result is charged here.
    pub(super) fn push(&mut self, op: Op, shape: Vec<usize>) -> Outcome<NodeId> {
        // A node takes memory even if its result is small.
        if self.charge_shape(&shape)? == 0 {
            return Err(GraphProblem::Empty { shape: format!("{shape:?}") }.into());
        }
        self.charge(32)?;
        Ok(self.graph.push(op, shape, self.origin.clone()))
    }

    /// [`Builder::push`], as a flow.
    pub(super) fn flow(&mut self, op: Op, shape: &[usize], kind: Kind) -> Outcome<Flow> {
        Ok(Flow { node: self.push(op, shape.to_vec())?, shape: shape.to_vec(), kind })
    }

    pub(super) fn unary(&mut self, x: &Flow, f: Unary) -> Outcome<Flow> {
        self.flow(Op::Unary { x: x.node, f }, &x.shape, x.kind)
    }

    /// `factor * x / divisor + shift` with the same numbers for all elements.
    pub(super) fn scale(
        &mut self,
        x: &Flow,
        factor: f64,
        divisor: f64,
        shift: f64,
    ) -> Outcome<Flow> {
        if (factor, divisor, shift) == (1.0, 1.0, 0.0) {
            return Ok(x.clone());
        }
        let by = Scale {
            factor: vec![Interval::point(factor)],
            divisor: if divisor == 1.0 { Vec::new() } else { vec![divisor] },
            shift: if shift == 0.0 { Vec::new() } else { vec![Interval::point(shift)] },
            count: 1,
            inner: 1,
        };
        self.flow(Op::Scale { x: x.node, by }, &x.shape, x.kind)
    }

    pub(super) fn negate(&mut self, x: &Flow) -> Outcome<Flow> {
        self.scale(x, -1.0, 1.0, 0.0)
    }

    /// Sums of elements of `x`, one a list, each over a divisor of its own.
    pub(super) fn sums(
        &mut self,
        x: &Flow,
        lists: Vec<Vec<u32>>,
        divisors: Vec<f64>,
        shape: &[usize],
    ) -> Outcome<Flow> {
        let mut starts = vec![0u32];
        let mut columns = Vec::new();
        for list in lists {
            columns.extend(list);
            starts.push(columns.len() as u32);
        }
        self.mean(x, starts, columns, divisors, shape)
    }

    /// [`Builder::sums`] in compressed rows.
    pub(super) fn mean(
        &mut self,
        x: &Flow,
        starts: Vec<u32>,
        columns: Vec<u32>,
        divisors: Vec<f64>,
        shape: &[usize],
    ) -> Outcome<Flow> {
        let coefficients = vec![1.0; columns.len()];
        let by = Sums { starts, columns, coefficients, bias: Vec::new(), divisors };
        self.flow(Op::Sums { x: x.node, by }, shape, x.kind)
    }

    /// The value as a node: constants become one, conditions 0 or 1.
    pub(super) fn materialize(&mut self, value: &Value) -> Outcome<Flow> {
        match value {
            Value::Flow(flow) => Ok(flow.clone()),
            Value::Constant(tensor) => {
                self.charge(tensor.elements.len())?;
                let list = tensor.doubles().ok_or(GraphProblem::Rounds)?;
                finite(&list)?;
                self.flow(Op::Constant(list), &tensor.shape, tensor.kind)
            }
            Value::Condition(c) => self.truth(c, 0.0, 1.0),
            Value::Labels(_) => Err(GraphProblem::Labels.into()),
        }
    }

    /// `yes` where the condition holds, `no` elsewhere.
    pub(super) fn truth(&mut self, c: &Condition, no: f64, yes: f64) -> Outcome<Flow> {
        let (no, yes) = if c.negated { (yes, no) } else { (no, yes) };
        let f = Unary::Step { below: no, at: if c.at_zero { yes } else { no }, above: yes };
        self.flow(Op::Unary { x: c.quantity, f }, &c.shape, Kind::Bool)
    }

    /// Elements of several operands in a new order. Constants give a constant.
    pub(super) fn gather(
        &mut self,
        operands: &[Value],
        picks: &[Pick],
        shape: &[usize],
    ) -> Outcome<Value> {
        // An operand without elements has nothing to give.
        let sizes: Vec<usize> = operands.iter().map(Value::len).collect();
        for &(operand, element) in picks {
            let size = sizes.get(operand as usize).copied().unwrap_or(0);
            if element as usize >= size {
                return Err(GraphProblem::Index { index: i64::from(element), size }.into());
            }
        }
        let constants: Option<Vec<&Tensor>> = operands
            .iter()
            .map(|v| match v {
                Value::Constant(t) => Some(t.as_ref()),
                Value::Flow(_) | Value::Condition(_) | Value::Labels(_) => None,
            })
            .collect();
        if let Some(tensors) = constants {
            self.charge(picks.len())?;
            return gather_constants(&tensors, picks, shape);
        }
        if let [Value::Condition(c)] = operands {
            let quantity = Flow { node: c.quantity, shape: c.shape.clone(), kind: Kind::Float };
            let moved = self.gather(&[Value::Flow(quantity)], picks, shape)?;
            let quantity = self.materialize(&moved)?.node;
            let c = Condition { quantity, shape: shape.to_vec(), ..c.clone() };
            return Ok(Value::Condition(c));
        }
        self.charge(picks.len().saturating_mul(2))?;
        let mut sources = Vec::with_capacity(operands.len());
        let mut kind = None;
        for value in operands {
            sources.push(match value {
                Value::Constant(t) => Operand::Fixed(t.clone()),
                other => {
                    let flow = self.materialize(other)?;
                    kind = kind.or(Some(flow.kind));
                    Operand::Node(flow.node)
                }
            });
        }
        self.moved(&sources, picks, shape, kind.unwrap_or(Kind::Float)).map(Value::Flow)
    }

    /// Composes with movements below, so that at most one movement stands before any other node.
    fn moved(
        &mut self,
        operands: &[Operand],
        picks: &[Pick],
        shape: &[usize],
        kind: Kind,
    ) -> Outcome<Flow> {
        let mut from: Vec<NodeId> = Vec::new();
        let mut map = Vec::with_capacity(picks.len());
        let mut slots: Vec<Option<u32>> = vec![None; operands.len()];
        let mut inner: Vec<Vec<Option<u32>>> = operands
            .iter()
            .map(|o| match o {
                Operand::Node(id) => vec![None; self.graph.node(*id).op.operands().len()],
                Operand::Fixed(_) => Vec::new(),
            })
            .collect();
        let mut place = |slot: &mut Option<u32>, id: NodeId| match *slot {
            Some(k) => k,
            None => {
                let k = from.iter().position(|&f| f == id).unwrap_or(from.len());
                if k == from.len() {
                    from.push(id);
                }
                *slot = Some(k as u32);
                k as u32
            }
        };
        for &(operand, element) in picks {
            let (o, e) = (operand as usize, element as usize);
            map.push(match &operands[o] {
                Operand::Fixed(t) => Source::Fixed(fixed(t, e)?),
                Operand::Node(id) => match &self.graph.node(*id).op {
                    Op::Constant(list) => Source::Fixed(list[e]),
                    Op::Move { from: below, map } => match map[e] {
                        Source::Fixed(v) => Source::Fixed(v),
                        Source::Element { operand: k, element } => {
                            let slot = &mut inner[o][k as usize];
                            let operand = place(slot, below[k as usize]);
                            Source::Element { operand, element }
                        }
                    },
                    _ => Source::Element { operand: place(&mut slots[o], *id), element },
                },
            });
        }
        if let Some(values) = all_fixed(&map) {
            return self.flow(Op::Constant(values), shape, kind);
        }
        if let [only] = from[..]
            && is_identity(&map, self.graph.node(only).len())
        {
            return Ok(Flow { node: only, shape: shape.to_vec(), kind });
        }
        self.flow(Op::Move { from, map }, shape, kind)
    }

    /// The same elements under another shape.
    pub(super) fn rename(&mut self, value: &Value, shape: &[usize]) -> Outcome<Value> {
        let shape = shape.to_vec();
        Ok(match value {
            Value::Constant(t) if t.shape == shape => value.clone(),
            Value::Constant(t) => {
                self.charge(t.elements.len())?;
                Value::constant(Tensor { shape, ..t.as_ref().clone() })
            }
            Value::Flow(f) => Value::Flow(Flow { shape, ..f.clone() }),
            Value::Labels(f) => Value::Labels(f.clone()),
            Value::Condition(c) => Value::Condition(Condition { shape, ..c.clone() }),
        })
    }

    /// One operand, read as a view of this shape.
    pub(super) fn view(
        &mut self,
        value: &Value,
        shape: &[usize],
        strides: &[i64],
        offset: i64,
    ) -> Outcome<Value> {
        self.charge_shape(shape)?;
        let picks: Vec<Pick> = view(shape, strides, offset).into_iter().map(|e| (0, e)).collect();
        self.gather(std::slice::from_ref(value), &picks, shape)
    }

    /// Repeats elements until the value has this shape, which its own must broadcast to.
    pub(super) fn expand(&mut self, value: &Value, shape: &[usize]) -> Outcome<Value> {
        if value.shape() == shape {
            return Ok(value.clone());
        }
        if value.len() == shapes::elements(shape).unwrap_or(0) {
            return self.rename(value, shape);
        }
        self.view(value, shape, &broadcast_strides(value.shape(), shape), 0)
    }

    /// [`Builder::expand`] for a flow.
    pub(super) fn expand_flow(&mut self, x: &Flow, shape: &[usize]) -> Outcome<Flow> {
        let value = self.expand(&Value::Flow(x.clone()), shape)?;
        self.materialize(&value)
    }

    /// The flow as a node whose own shape is that of the flow, for convolutions, which look at it.
    pub(super) fn shaped(&mut self, x: &Flow) -> Outcome<NodeId> {
        if self.graph.node(x.node).shape != x.shape {
            let taken = self.looked_at.contains(&x.node);
            let own = matches!(self.graph.node(x.node).op, Op::Input { .. } | Op::Conv { .. });
            if taken || own {
                let n = self.charge_shape(&x.shape)?;
                let source = |element| Source::Element { operand: 0, element };
                let map = (0..n as u32).map(source).collect();
                return self.push(Op::Move { from: vec![x.node], map }, x.shape.clone());
            }
            // For all other operations the shape is a name.
            if let Some(node) = self.graph.nodes.get_mut(x.node.index()) {
                node.shape.clone_from(&x.shape);
            }
        }
        self.looked_at.insert(x.node);
        Ok(x.node)
    }
}

/// Where the elements of a movement come from.
enum Operand {
    Node(NodeId),
    Fixed(Rc<Tensor>),
}

/// Refuses infinities and NaN.
pub(super) fn finite(list: &[f64]) -> Outcome<()> {
    match list.iter().position(|v| !v.is_finite()) {
        None => Ok(()),
        Some(index) => {
            let value = list[index].to_string();
            Err(GraphProblem::NotFinite { index, value }.into())
        }
    }
}

fn fixed(tensor: &Tensor, index: usize) -> Outcome<f64> {
    let value = match &tensor.elements {
        Elements::Real(list) => list[index],
        Elements::Integer(list) => super::value::double(list[index]).ok_or(GraphProblem::Rounds)?,
        Elements::Bool(list) => f64::from(u8::from(list[index])),
    };
    if value.is_finite() {
        Ok(value)
    } else {
        Err(GraphProblem::NotFinite { index, value: value.to_string() }.into())
    }
}

fn all_fixed(map: &[Source]) -> Option<Vec<f64>> {
    map.iter()
        .map(|s| match s {
            Source::Fixed(v) => Some(*v),
            Source::Element { .. } => None,
        })
        .collect()
}

fn is_identity(map: &[Source], len: usize) -> bool {
    map.len() == len
        && map.iter().enumerate().all(
            |(k, s)| matches!(s, Source::Element { operand: 0, element } if *element as usize == k),
        )
}

fn gather_constants(tensors: &[&Tensor], picks: &[Pick], shape: &[usize]) -> Outcome<Value> {
    let Some(first) = tensors.first() else {
        return Err(GraphProblem::Missing { position: 1 }.into());
    };
    if let Some(other) = tensors.iter().find(|t| t.kind != first.kind) {
        let found = other.kind.name().to_owned();
        let (what, expected) = ("one of the operands", "the type of the first");
        return Err(GraphProblem::Kind { what, found, expected }.into());
    }
    let elements = match &first.elements {
        Elements::Real(_) => Elements::Real(collect(tensors, picks, |e| match e {
            Elements::Real(list) => list,
            Elements::Integer(_) | Elements::Bool(_) => &[],
        })),
        Elements::Integer(_) => Elements::Integer(collect(tensors, picks, |e| match e {
            Elements::Integer(list) => list,
            Elements::Real(_) | Elements::Bool(_) => &[],
        })),
        Elements::Bool(_) => Elements::Bool(collect(tensors, picks, |e| match e {
            Elements::Bool(list) => list,
            Elements::Real(_) | Elements::Integer(_) => &[],
        })),
    };
    let stored = match tensors {
        [only] => only.stored.as_ref().map(|s| s.picked(picks.iter().map(|&(_, e)| e))),
        _ => None,
    };
    Ok(Value::constant(Tensor { kind: first.kind, shape: shape.to_vec(), elements, stored }))
}

fn collect<'t, T: Copy + 't>(
    tensors: &[&'t Tensor],
    picks: &[Pick],
    list: impl Fn(&'t Elements) -> &'t [T],
) -> Vec<T> {
    let lists: Vec<&[T]> = tensors.iter().map(|t| list(&t.elements)).collect();
    picks.iter().map(|&(o, e)| lists[o as usize][e as usize]).collect()
}
