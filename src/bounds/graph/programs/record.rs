//! Proofs, so that bounds can be had again without a solver.

use serde::{Deserialize, Serialize};

use crate::bounds::obbt::Call;

/// All proofs of [`crate::bounds::graph::tighten`], in the order in which they are used.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Those of the linear relaxation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lp: Vec<Layer>,
    /// Those with branching.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mip: Vec<Layer>,
}

/// Proofs of elements of one node, all over one model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// The node.
    pub node: u32,
    /// The elements, ascending.
    pub elements: Vec<u32>,
    /// A proof an element; empty where nothing was gained.
    pub calls: Vec<Call>,
}
