//! From the graph of a file to layers, weights and thresholds.

use std::collections::BTreeMap;

use dashu::rational::RBig;

use super::affine::{Affine, Range, exact};
use super::{AtZero, Binarised, NotBinarised, Row, Unit};
use crate::bounds::Interval;
use crate::network::graph::{Graph, Node, NodeId, Op, Source, Unary};

/// The elements of a node as affine functions of a layer; of none if they are constant.
struct Elements {
    layer: Option<usize>,
    all: Vec<Affine>,
}

/// A sign: its values below and above zero, and what happens there.
struct Sign {
    below: f64,
    above: f64,
    at: AtZero,
}

/// Reads a binarised network from a graph.
///
/// # Errors
/// [`NotBinarised`] says what it has that such a network has not.
pub fn import(graph: &Graph) -> Result<Binarised, NotBinarised> {
    let ([input], [output]) = (graph.inputs.as_slice(), graph.outputs.as_slice()) else {
        let (inputs, outputs) = (graph.inputs.len(), graph.outputs.len());
        return Err(NotBinarised::Ports { inputs, outputs });
    };
    let mut known: BTreeMap<NodeId, Elements> = BTreeMap::new();
    let mut hidden: Vec<Vec<Unit>> = Vec::new();
    for id in graph.ids() {
        let node = graph.node(id);
        let elements = match sign(graph, node) {
            Some((of, sign)) => {
                let before = operand(&known, of, node)?;
                // Behind the last layer that is known, and so in front of all others.
                if before.layer != Some(hidden.len()) {
                    return Err(NotBinarised::Branch { node: node.origin.clone() });
                }
                let units = before.all.iter().enumerate();
                let units: Result<Vec<Unit>, NotBinarised> =
                    units.map(|(k, a)| unit(a, k, (&sign, &node.origin))).collect();
                hidden.push(units?);
                let ends = exact(sign.below).zip(exact(sign.above));
                let (low, high) = ends.ok_or_else(|| operation(node))?;
                let literal = |k| Affine::literal(k as u32, &low, &high);
                Elements { layer: Some(hidden.len()), all: (0..node.len()).map(literal).collect() }
            }
            None => affine(&known, node)?,
        };
        known.insert(id, elements);
    }
    if hidden.is_empty() {
        return Err(NotBinarised::NoSign);
    }
    let last = known.get(&output.node).filter(|e| e.layer == Some(hidden.len()));
    let last = last.ok_or_else(|| operation(graph.node(output.node)))?;
    let scores: Result<Vec<Row>, NotBinarised> =
        last.all.iter().enumerate().map(|(k, a)| row(a, k)).collect();
    Ok(Binarised { inputs: input.len(), hidden, scores: scores? })
}

fn operation(node: &Node) -> NotBinarised {
    NotBinarised::Operation { node: node.origin.clone(), op: node.op.name() }
}

fn operand<'a>(
    known: &'a BTreeMap<NodeId, Elements>,
    id: NodeId,
    node: &Node,
) -> Result<&'a Elements, NotBinarised> {
    known.get(&id).ok_or_else(|| operation(node))
}

/// The sign that a node takes, and of what.
fn sign(graph: &Graph, node: &Node) -> Option<(NodeId, Sign)> {
    match &node.op {
        Op::Unary { x, f: Unary::Step { below, at, above } } if below != above => {
            let at = match (at == above, at == below) {
                (true, _) => AtZero::Above,
                (_, true) => AtZero::Below,
                (false, false) => AtZero::Neither,
            };
            Some((*x, Sign { below: *below, above: *above, at }))
        }
        Op::Choose { condition, at_zero, a, b } => {
            let same = |id: NodeId| match &graph.node(id).op {
                Op::Constant(all) => {
                    let first = *all.first()?;
                    all.iter().all(|v| *v == first).then_some(first)
                }
                _ => None,
            };
            let (above, below) = (same(*a)?, same(*b)?);
            let at = if *at_zero { AtZero::Above } else { AtZero::Below };
            (above != below).then_some((*condition, Sign { below, above, at }))
        }
        Op::Input { .. }
        | Op::Constant(_)
        | Op::Move { .. }
        | Op::Dense { .. }
        | Op::Conv { .. }
        | Op::Sums { .. }
        | Op::Scale { .. }
        | Op::Add { .. }
        | Op::Product { .. }
        | Op::Unary { .. }
        | Op::Max { .. }
        | Op::Quotient { .. } => None,
    }
}

/// The elements of a node that is affine in those of its operands.
fn affine(known: &BTreeMap<NodeId, Elements>, node: &Node) -> Result<Elements, NotBinarised> {
    let of = |id: &NodeId| operand(known, *id, node);
    let refuse = || operation(node);
    match &node.op {
        Op::Input { .. } => {
            let literal = |k| Affine::literal(k as u32, &RBig::ZERO, &RBig::ONE);
            Ok(Elements { layer: Some(0), all: (0..node.len()).map(literal).collect() })
        }
        Op::Constant(all) => {
            let all: Option<Vec<Affine>> =
                all.iter().map(|v| Some(Affine::constant(exact(*v)?))).collect();
            Ok(Elements { layer: None, all: all.ok_or_else(refuse)? })
        }
        Op::Move { from, map } => {
            let from: Vec<&Elements> = from.iter().map(of).collect::<Result<_, _>>()?;
            let layer = common(from.iter().map(|e| e.layer), node)?;
            let element = |source: &Source| match source {
                Source::Fixed(v) => Some(Affine::constant(exact(*v)?)),
                Source::Element { operand, element } => {
                    from.get(*operand as usize)?.all.get(*element as usize).cloned()
                }
            };
            let all: Option<Vec<Affine>> = map.iter().map(element).collect();
            Ok(Elements { layer, all: all.ok_or_else(refuse)? })
        }
        Op::Dense { x, by } => {
            let x = of(x)?;
            let mut all = Vec::with_capacity(node.len());
            for row in x.all.chunks(by.inputs.max(1)) {
                for (o, weights) in by.weight.chunks(by.inputs.max(1)).enumerate() {
                    let bias = by.bias.get(o).copied().unwrap_or(0.0);
                    let terms = row.iter().zip(weights.iter().copied());
                    all.push(Affine::combine(terms, bias).ok_or_else(refuse)?);
                }
            }
            Ok(Elements { layer: x.layer, all })
        }
        Op::Scale { x, by } => {
            let x = of(x)?;
            let zero = Interval::ZERO;
            let scaled = x.all.iter().enumerate().map(|(k, a)| {
                let at = by.index(k);
                let divisor = by.divisor.get(at).copied().unwrap_or(1.0);
                let shift = by.shift.get(at).copied().unwrap_or(zero);
                a.scaled(*by.factor.get(at)?, divisor, shift)
            });
            let all: Option<Vec<Affine>> = scaled.collect();
            Ok(Elements { layer: x.layer, all: all.ok_or_else(refuse)? })
        }
        Op::Add { terms } => {
            let parts: Vec<(&Elements, f64)> = terms
                .iter()
                .map(|(id, minus)| Ok((of(id)?, if *minus { -1.0 } else { 1.0 })))
                .collect::<Result<_, NotBinarised>>()?;
            let layer = common(parts.iter().map(|p| p.0.layer), node)?;
            let sum = |k: usize| {
                let each: Option<Vec<(&Affine, f64)>> =
                    parts.iter().map(|(e, by)| Some((e.all.get(k)?, *by))).collect();
                Affine::combine(each?.into_iter(), 0.0)
            };
            let all: Option<Vec<Affine>> = (0..node.len()).map(sum).collect();
            Ok(Elements { layer, all: all.ok_or_else(refuse)? })
        }
        Op::Conv { .. }
        | Op::Sums { .. }
        | Op::Product { .. }
        | Op::Unary { .. }
        | Op::Max { .. }
        | Op::Choose { .. }
        | Op::Quotient { .. } => Err(refuse()),
    }
}

/// The one layer that all are about.
fn common(
    all: impl Iterator<Item = Option<usize>>,
    node: &Node,
) -> Result<Option<usize>, NotBinarised> {
    let mut layers = all.flatten();
    let first = layers.next();
    match layers.all(|l| Some(l) == first) {
        true => Ok(first),
        false => Err(NotBinarised::Branch { node: node.origin.clone() }),
    }
}

/// The neuron that is 1 where `a` lies above zero.
fn unit(a: &Affine, neuron: usize, (sign, node): (&Sign, &str)) -> Result<Unit, NotBinarised> {
    let factor = || NotBinarised::Factor { node: node.to_owned(), neuron };
    let rises = a.factor.positive().ok_or_else(factor)?;
    // sum terms + constant + shift / factor, at least or at most 0 as the factor says.
    let offset = quotient(&a.shift, &a.factor).ok_or_else(factor)?;
    let size = a.terms.values().next().map_or(RBig::ONE, magnitude);
    if a.terms.values().any(|c| magnitude(c) != size) {
        return Err(NotBinarised::Weights { node: node.to_owned(), neuron });
    }
    let places = |positive: bool| {
        let of = a.terms.iter().filter(|(_, c)| (**c > RBig::ZERO) == positive);
        of.map(|(k, _)| *k).collect::<Vec<u32>>()
    };
    let (plus, minus) = (places(rises), places(!rises));
    // Where it falls, both sides change their sign.
    let (lo, hi) = (&a.constant + offset.lo, &a.constant + offset.hi);
    let theta = match rises {
        true => (-hi / &size, -lo / &size),
        false => (lo / &size, hi / &size),
    };
    Ok(Unit { plus, minus, theta, at: sign.at, origin: node.to_owned() })
}

fn magnitude(c: &RBig) -> RBig {
    if *c < RBig::ZERO { -c.clone() } else { c.clone() }
}

/// `a / b`, where `b` is not 0.
fn quotient(a: &Range, b: &Range) -> Option<Range> {
    b.positive()?;
    let all = [&a.lo / &b.lo, &a.lo / &b.hi, &a.hi / &b.lo, &a.hi / &b.hi];
    Some(Range { lo: all.iter().min()?.clone(), hi: all.iter().max()?.clone() })
}

/// A score.
fn row(a: &Affine, output: usize) -> Result<Row, NotBinarised> {
    let plain = Affine::combine(std::iter::once((a, 1.0)), 0.0);
    let plain = plain.ok_or(NotBinarised::Scores { output })?;
    Ok(Row { terms: plain.terms.into_iter().collect(), bias: plain.constant })
}
