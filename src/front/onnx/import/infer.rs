//! One unknown dimension of an input, from the constant target of a `Reshape` that reads it.

use super::builder::Builder;
use super::decode;
use super::external::External;
use super::value::Elements;
use crate::front::onnx::graph::{Definition, Names};
use crate::front::onnx::proto::{self, DimensionValue};

/// The shape of the input, if one dimension beside the batch is unknown and a `Reshape` fixes the
/// number of elements.
pub(super) fn shape(
    graph: &proto::Graph,
    names: &Names<'_>,
    input: &str,
    tensor: &proto::TensorType,
) -> Option<Vec<usize>> {
    let mut unknown = None;
    let mut shape = Vec::new();
    for (position, dim) in tensor.shape.as_ref()?.dim.iter().enumerate() {
        shape.push(match dim.value {
            Some(DimensionValue::Number(n)) if n > 0 => usize::try_from(n).ok()?,
            Some(_) | None if position == 0 => 1,
            Some(_) | None if unknown.is_none() => {
                unknown = Some(position);
                1
            }
            Some(_) | None => return None,
        });
    }
    let unknown = unknown?;
    let known = shape.iter().try_fold(1usize, |n, &d| n.checked_mul(d))?;
    let reads = |n: &&proto::Node| {
        n.op_type == "Reshape" && n.input.first().is_some_and(|name| name == input)
    };
    let targets = graph.node.iter().filter(reads).take(8);
    let total = targets.filter_map(|n| target(graph, names, n.input.get(1)?)).find_map(elements)?;
    if !total.is_multiple_of(known) {
        return None;
    }
    shape[unknown] = total / known;
    Some(shape)
}

/// Elements of a batch of one that has this shape. A leading -1 or 0 is the batch.
fn elements(target: Vec<i64>) -> Option<usize> {
    let sizes = target.iter().enumerate().map(|(k, &size)| match size {
        -1 | 0 if k == 0 => Some(1),
        size => usize::try_from(size).ok().filter(|&s| s > 0),
    });
    sizes.collect::<Option<Vec<_>>>()?.into_iter().try_fold(1usize, usize::checked_mul)
}

/// A constant list of integers by name.
fn target(graph: &proto::Graph, names: &Names<'_>, name: &str) -> Option<Vec<i64>> {
    let tensor = match names.definition(name).ok()? {
        Definition::Initializer(k) => graph.initializer.get(k)?,
        Definition::Node(k) => {
            let node = graph.node.get(k).filter(|n| n.op_type == "Constant")?;
            let [attribute] = node.attribute.as_slice() else { return None };
            if attribute.name == "value_ints" {
                return Some(attribute.ints.clone());
            }
            attribute.t.as_ref()?
        }
        Definition::Input | Definition::Sparse => return None,
    };
    let mut none = External::new(std::path::Path::new(""), None);
    let tensor = decode::tensor(tensor, &mut none, &mut Builder::new(64)).ok()?;
    match tensor.elements {
        Elements::Integer(list) => Some(list),
        Elements::Real(_) | Elements::Bool(_) => None,
    }
}
