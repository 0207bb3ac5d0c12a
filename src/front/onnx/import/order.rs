//! Names of a graph, the order in which its nodes are computed, and which of them only name an order.

use std::collections::{BTreeMap, BTreeSet};

use super::problem::GraphProblem;
use crate::front::onnx::graph::{Definition, define, place};
use crate::front::onnx::{OnnxError, OnnxProblem, Place, proto};

/// A graph whose names are looked up.
pub(super) struct Names<'a> {
    graph: &'a proto::Graph,
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
        if graph.output.is_empty() {
            return Err(OnnxError::new(Place::File, GraphProblem::NoOutput.into()));
        }
        Ok(Names { graph, defined, inputs })
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

    /// Values behind which an output only renames its elements: the output's position by name.
    pub(super) fn last(&self, order: &[&'a proto::Node]) -> BTreeMap<&'a str, usize> {
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        let inputs = order.iter().flat_map(|n| &n.input);
        for name in inputs.chain(self.graph.output.iter().map(|o| &o.name)) {
            *uses.entry(name).or_default() += 1;
        }
        let single = |name: &str| uses.get(name) == Some(&1);
        let mut last = BTreeMap::new();
        for (position, output) in self.graph.output.iter().enumerate() {
            let mut name = output.name.as_str();
            while single(name) && last.insert(name, position).is_none() {
                let Ok(Definition::Node(k)) = self.definition(name) else { break };
                let Some(node) = self.graph.node.get(k) else { break };
                let renames = matches!(
                    node.op_type.as_str(),
                    "Identity"
                        | "Reshape"
                        | "Flatten"
                        | "Squeeze"
                        | "Unsqueeze"
                        | "Cast"
                        | "Dropout"
                );
                match node.input.first() {
                    Some(input) if renames => name = input,
                    Some(_) | None => break,
                }
            }
        }
        last
    }

    /// Names that a node on the way to an output, or an output, reads.
    pub(super) fn wanted(&self, order: &[&'a proto::Node]) -> BTreeSet<&'a str> {
        let inputs = order.iter().flat_map(|n| &n.input);
        inputs.chain(self.graph.output.iter().map(|o| &o.name)).map(String::as_str).collect()
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
