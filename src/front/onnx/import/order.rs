//! Which values of a graph only rename an output, and which are read at all.

use std::collections::{BTreeMap, BTreeSet};

use crate::front::onnx::graph::{Definition, Names};
use crate::front::onnx::proto;

impl<'a> Names<'a> {
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
