//! A property and a network: do they speak of the same tensors?

use std::ops::Range;

use super::error::{Located, Place, Problem, VnnlibError};
use super::names::{Side, shape_words};
use super::{Query, Tensor};
use crate::bounds::Interval;
use crate::front::onnx::import::{LoadedGraph, Note, Stripped};
use crate::network::graph::{Graph, Port};
use crate::question::verify::{Atom, Formula, Property, Variable};

impl Query {
    /// The property over the elements of a network, counted in the network's own order.
    ///
    /// Version 1.0 must have as many inputs and outputs as the network. Tensors of version 2.0 are
    /// matched by their ONNX names or, without such, in order; their shapes must agree up to
    /// dimensions of 1.
    ///
    /// # Errors
    /// What does not fit.
    pub fn fit(&self, graph: &Graph) -> Result<Property, VnnlibError> {
        let failed = |e: Located| e.in_file(&self.file);
        let inputs =
            places(Side::Input, &self.inputs, &graph.inputs, self.plain).map_err(failed)?;
        let outputs =
            places(Side::Output, &self.outputs, &graph.outputs, self.plain).map_err(failed)?;
        let mut formula = self.property.formula.clone();
        if !inputs.keeps_order() || !outputs.keeps_order() {
            formula = moved(formula, &inputs, &outputs);
        }
        Ok(Property { formula, ..self.property })
    }

    /// [`Query::fit`] for a network as it was read. Where a last `Softmax` was left out, the property
    /// may only say which of its outputs is larger, because that is all the scores tell.
    ///
    /// # Errors
    /// As [`Query::fit`]; an atom over outputs that were left out.
    pub fn fit_loaded(&self, loaded: &LoadedGraph) -> Result<Property, VnnlibError> {
        let failed = |e: Located| e.in_file(&self.file);
        let class = loaded.notes.iter().find(|n| matches!(n.function, Stripped::ArgMax { .. }));
        if let Some(note) = class {
            return Err(failed(Problem::Class(note.node.clone()).anywhere()));
        }
        let property = self.fit(&loaded.graph)?;
        for note in &loaded.notes {
            let ports = loaded.graph.outputs.iter().map(Port::len);
            let first: usize = ports.clone().take(note.output).sum();
            let scores = first..first + ports.skip(note.output).take(1).sum::<usize>();
            if let Some(atom) = property.formula.atoms().find(|a| !ordinal(a, note, &scores)) {
                let place = Place { line: atom.line, column: 1 };
                return Err(failed(Problem::Scores(note.node.clone()).at(place)));
            }
        }
        Ok(property)
    }
}

/// Whether an atom says nothing about scores but which of two in one group is larger.
fn ordinal(atom: &Atom, note: &Note, scores: &Range<usize>) -> bool {
    let score = |v| match v {
        Variable::Output(j) if scores.contains(&(j as usize)) => Some(j as usize - scores.start),
        Variable::Output(_) | Variable::Input(_) => None,
    };
    if atom.terms.iter().all(|t| score(t.0).is_none()) {
        return true;
    }
    let &[(a, c), (b, d)] = atom.terms.as_slice() else { return false };
    let (Some(a), Some(b)) = (score(a), score(b)) else { return false };
    let product = |dims: &[usize]| dims.iter().product::<usize>().max(1);
    let (from, to) = (note.axes.0.min(note.shape.len()), note.axes.1.min(note.shape.len()));
    let (size, inner) = (product(&note.shape[from.min(to)..to]), product(&note.shape[to..]));
    let group = |e: usize| (e / (size * inner), e % inner);
    group(a) == group(b) && c.is_point() && c == -d && atom.constant == Interval::ZERO
}

/// Where the elements of declared tensors are in the network: `(first there, first here)`, ascending
/// by what is here.
struct Places(Vec<(u32, u32)>);

impl Places {
    fn keeps_order(&self) -> bool {
        self.0.iter().all(|p| p.0 == p.1)
    }

    fn find(&self, element: u32) -> u32 {
        let at = self.0.partition_point(|p| p.1 <= element);
        match at.checked_sub(1).and_then(|k| self.0.get(k)) {
            Some((there, here)) => there + (element - here),
            None => element,
        }
    }
}

fn places(side: Side, tensors: &[Tensor], ports: &[Port], plain: bool) -> Result<Places, Located> {
    let elements = |t: &Tensor| t.elements().unwrap_or(usize::MAX);
    let declared = tensors.iter().map(elements).fold(0, usize::saturating_add);
    let found: usize = ports.iter().map(Port::len).sum();
    let (numbers, words) = match side {
        Side::Input => ("input elements", "input tensors"),
        Side::Output => ("output elements", "output tensors"),
    };
    if plain {
        return match declared == found {
            true => Ok(Places(Vec::new())),
            false => {
                Err(Problem::Size { what: numbers, property: declared, network: found }.anywhere())
            }
        };
    }
    if tensors.len() != ports.len() {
        let (property, network) = (tensors.len(), ports.len());
        return Err(Problem::Size { what: words, property, network }.anywhere());
    }
    let mut out = Vec::with_capacity(tensors.len());
    let mut here = 0;
    for (k, tensor) in tensors.iter().enumerate() {
        let at = match &tensor.onnx {
            None => k,
            Some(name) => {
                let known = || ports.iter().map(|p| format!("`{}`", p.name)).take(8);
                ports.iter().position(|p| p.name == *name).ok_or_else(|| {
                    let known = known().collect::<Vec<_>>().join(", ");
                    Problem::Port { what: side.word(), name: name.clone(), known }.anywhere()
                })?
            }
        };
        let dims = |shape: &[usize]| shape.iter().copied().filter(|d| *d != 1).collect::<Vec<_>>();
        let port = &ports[at];
        if dims(&tensor.shape) != dims(&port.shape) {
            let shape =
                |name: &str, shape| format!("`{name}` has the shape [{}]", shape_words(shape));
            let tensor = shape(&tensor.name, &tensor.shape);
            let port = format!("{} {} in the network", side.word(), shape(&port.name, &port.shape));
            return Err(Problem::Shape { tensor, port }.anywhere());
        }
        let there: usize = ports[..at].iter().map(Port::len).sum();
        out.push((there as u32, here as u32));
        here += elements(tensor);
    }
    let mut first: Vec<u32> = out.iter().map(|p| p.0).collect();
    first.sort_unstable();
    first.dedup();
    if first.len() != out.len() {
        return Err(Problem::SameName.anywhere());
    }
    Ok(Places(out))
}

fn moved(formula: Formula, inputs: &Places, outputs: &Places) -> Formula {
    let all = |parts: Vec<Formula>| -> Vec<Formula> {
        parts.into_iter().map(|p| moved(p, inputs, outputs)).collect()
    };
    match formula {
        Formula::All(parts) => Formula::All(all(parts)),
        Formula::Any(parts) => Formula::Any(all(parts)),
        Formula::Atom(Atom { mut terms, relation, constant, line }) => {
            for term in &mut terms {
                term.0 = match term.0 {
                    Variable::Input(i) => Variable::Input(inputs.find(i)),
                    Variable::Output(j) => Variable::Output(outputs.find(j)),
                };
            }
            terms.sort_by_key(|t| t.0);
            Formula::Atom(Atom { terms, relation, constant, line })
        }
    }
}
