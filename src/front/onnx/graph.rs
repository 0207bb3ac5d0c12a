//! Names of a graph, and the order in which its nodes are computed.

use std::collections::BTreeMap;

use super::error::{OnnxError, OnnxProblem, Place};
use super::proto;

/// What defines a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Definition {
    Input,
    /// Position among the initialisers.
    Initializer(usize),
    Sparse,
    /// Position among the nodes.
    Node(usize),
}

/// A graph whose names are looked up.
pub(super) struct Names<'a> {
    pub(super) graph: &'a proto::Graph,
    defined: BTreeMap<&'a str, Definition>,
    /// Inputs that are no constants.
    pub(super) inputs: Vec<&'a proto::ValueInfo>,
}

impl<'a> Names<'a> {
    /// Collects all names: each is defined once.
    pub(super) fn new(graph: &'a proto::Graph) -> Result<Self, OnnxError> {
        let mut defined = BTreeMap::new();
        for (position, tensor) in graph.initializer.iter().enumerate() {
            define(&mut defined, &tensor.name, Definition::Initializer(position))?;
        }
        for values in graph.sparse_initializer.iter().filter_map(|s| s.values.as_ref()) {
            define(&mut defined, &values.name, Definition::Sparse)?;
        }
        // Before IR version 4 every initialiser had to be listed as an input too.
        let inputs: Vec<&proto::ValueInfo> =
            graph.input.iter().filter(|input| !defined.contains_key(input.name.as_str())).collect();
        for input in &inputs {
            define(&mut defined, &input.name, Definition::Input)?;
        }
        for (position, node) in graph.node.iter().enumerate() {
            for output in node.output.iter().filter(|name| !name.is_empty()) {
                define(&mut defined, output, Definition::Node(position))?;
            }
        }
        Ok(Names { graph, defined, inputs })
    }

    /// The one input and the name of the one output.
    pub(super) fn single(&self) -> Result<(&'a proto::ValueInfo, &'a str), OnnxError> {
        let whole = |problem| OnnxError::new(Place::File, problem);
        let names = |infos: &[&proto::ValueInfo]| infos.iter().map(|i| i.name.clone()).collect();
        let outputs: Vec<&proto::ValueInfo> = self.graph.output.iter().collect();
        let &[input] = self.inputs.as_slice() else {
            return Err(whole(OnnxProblem::Inputs { names: names(&self.inputs) }));
        };
        let &[output] = outputs.as_slice() else {
            return Err(whole(OnnxProblem::Outputs { names: names(&outputs) }));
        };
        Ok((input, &output.name))
    }

    /// What defines `name`.
    pub(super) fn definition(&self, name: &str) -> Result<Definition, OnnxError> {
        let missing = || OnnxError::new(Place::Value(name.to_owned()), OnnxProblem::Undefined);
        self.defined.get(name).copied().ok_or_else(missing)
    }

    /// The nodes on which an output depends, each after those that it reads. Nodes may stand in
    /// any order in the file; others are left out.
    pub(super) fn order(&self) -> Result<Vec<&'a proto::Node>, OnnxError> {
        let mut order = Vec::new();
        let mut marks = vec![Mark::New; self.graph.node.len()];
        let mut stack = Vec::new();
        for output in self.graph.output.iter().rev() {
            if let Definition::Node(last) = self.definition(&output.name)? {
                stack.push(last);
            }
        }
        while let Some(&position) = stack.last() {
            let Some(node) = self.graph.node.get(position) else { break };
            match marks[position] {
                Mark::Done => {
                    stack.pop();
                }
                Mark::Open => {
                    marks[position] = Mark::Done;
                    order.push(node);
                    stack.pop();
                }
                Mark::New => {
                    marks[position] = Mark::Open;
                    // The first operand is computed first.
                    for name in node.input.iter().rev().filter(|name| !name.is_empty()) {
                        let Definition::Node(needed) = self.definition(name)? else { continue };
                        match marks[needed] {
                            Mark::New => stack.push(needed),
                            Mark::Done => {}
                            Mark::Open => {
                                return Err(OnnxError::new(place(node), OnnxProblem::Cycle));
                            }
                        }
                    }
                }
            }
        }
        Ok(order)
    }
}

/// State of a node in the depth-first search.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    /// Its inputs are being visited.
    Open,
    Done,
}

pub(super) fn define<'a>(
    defined: &mut BTreeMap<&'a str, Definition>,
    name: &'a str,
    definition: Definition,
) -> Result<(), OnnxError> {
    match defined.insert(name, definition) {
        None => Ok(()),
        Some(_) => Err(OnnxError::new(Place::Value(name.to_owned()), OnnxProblem::DefinedTwice)),
    }
}

/// The name of a node, or of its first output if it has none.
pub(super) fn label(node: &proto::Node) -> String {
    let first_output = node.output.first().map_or("", String::as_str);
    let label = if node.name.is_empty() { first_output } else { &node.name };
    label.to_owned()
}

/// The node as a place for messages.
pub(super) fn place(node: &proto::Node) -> Place {
    Place::Node { label: label(node), operator: node.op_type.clone() }
}
