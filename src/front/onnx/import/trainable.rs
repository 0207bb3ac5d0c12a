//! Which constants of the graph are tensors of the file as they are.
//!
//! Recorded while the graph is built, for callers that change what a network has learnt and write
//! the file again ([`Parameters`]).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::value::{Kind, Stored, Tensor};
use crate::bounds::Interval;
use crate::network::graph::NodeId;
use crate::network::graph::parameters::{self, Link, Order, Parameters, Place};

/// How a node uses stored tensors.
#[derive(Clone, Debug)]
pub(super) enum Use {
    Weight(Stored),
    Bias(Stored),
    /// The shift of a `Scale` that does nothing else: a bias, once it is part of a layer.
    Shift(Stored),
    Normal {
        scale: Stored,
        bias: Stored,
        deviation: Vec<Interval>,
        mean: Vec<f64>,
    },
}

/// The record.
#[derive(Clone, Debug, Default)]
pub(super) struct Trainable {
    tensors: BTreeMap<Arc<str>, parameters::Tensor>,
    pub(super) uses: Vec<(NodeId, Use)>,
}

impl Trainable {
    /// An initialiser, which says from now on where it is stored.
    pub(super) fn stored(&mut self, name: &str, tensor: &mut Tensor) {
        let Some(values) = tensor.reals() else { return };
        let own = parameters::Tensor {
            name: name.to_owned(),
            shape: tensor.shape.clone(),
            values: values.to_vec(),
            single: tensor.kind == Kind::Float,
        };
        let name: Arc<str> = name.into();
        self.tensors.insert(name.clone(), own);
        tensor.stored = Some(Stored { name, at: None });
    }

    /// Whether a shift may become part of the layer before it. If so, it is a bias there.
    pub(super) fn merge(
        &mut self,
        layer: NodeId,
        shift: NodeId,
        biases: usize,
        bare: bool,
    ) -> bool {
        let position = |node| self.uses.iter().position(|(n, _)| *n == node);
        let of = |node: NodeId| self.uses.iter().filter(move |(n, _)| *n == node);
        let fixed = |use_: &Use| matches!(use_, Use::Bias(_) | Use::Normal { .. });
        if of(layer).any(|(_, u)| fixed(u)) || of(shift).any(|(_, u)| fixed(u)) {
            return false;
        }
        let Some(at) = position(shift) else { return true };
        let Use::Shift(stored) = &self.uses[at].1 else { return false };
        if !bare {
            return false;
        }
        let count = stored.at.as_ref().map_or(self.tensors[&stored.name].values.len(), |a| a.len());
        let stored = stored.picked((0..biases).map(|k| (k % count) as u32));
        self.uses[at] = (layer, Use::Bias(stored));
        true
    }

    /// New handles; nodes without one are gone.
    pub(super) fn redirect(&mut self, target: impl Fn(NodeId) -> Option<NodeId>) {
        self.uses.retain_mut(|(node, _)| match target(*node) {
            Some(new) => {
                *node = new;
                true
            }
            None => false,
        });
    }

    /// The parameters, once the graph is finished.
    pub(super) fn finish(mut self) -> Parameters {
        self.uses.sort_by_key(|(node, _)| *node);
        let mut parameters = Parameters::default();
        let mut known: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        let mut tensor = |stored: &Stored, list: &mut Vec<parameters::Tensor>| -> Option<usize> {
            if let Some(&k) = known.get(&stored.name) {
                return Some(k);
            }
            list.push(self.tensors.get(&stored.name)?.clone());
            known.insert(stored.name.clone(), list.len() - 1);
            Some(list.len() - 1)
        };
        let list = &mut parameters.tensors;
        for (node, used) in &self.uses {
            let place = match used {
                Use::Weight(s) => {
                    tensor(s, list).map(|tensor| Place::Weight { tensor, order: order(s) })
                }
                Use::Bias(s) => {
                    tensor(s, list).map(|tensor| Place::Bias { tensor, order: order(s) })
                }
                // Not a bias of anything: an offset of the inputs, say.
                Use::Shift(_) => None,
                Use::Normal { scale, bias, deviation, mean } => {
                    tensor(scale, list).zip(tensor(bias, list)).map(|(scale, bias)| Place::Normal {
                        scale,
                        bias,
                        deviation: deviation.clone(),
                        mean: mean.clone(),
                    })
                }
            };
            parameters.links.extend(place.map(|place| Link { node: *node, place }));
        }
        parameters
    }
}

fn order(stored: &Stored) -> Order {
    stored.at.as_ref().map(|at| at.to_vec())
}
