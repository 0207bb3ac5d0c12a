//! What a solver said while bounds were tightened: enough to prove them again without one.

use serde::{Deserialize, Serialize};

/// Nonzero multipliers of one linear program, by row of the relaxation.
pub type Duals = Vec<(u32, f64)>;

/// Everything that makes tightening repeatable: the proofs of each call, in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tightening {
    /// One list a round, with one entry a tightened quantity.
    pub rounds: Vec<Vec<Call>>,
}

/// Proofs that bound one quantity; none where nothing was gained.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// Of the lower bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Tree>,
    /// Of the upper bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Tree>,
}

/// A branch-and-bound tree in preorder: a split is followed by the nodes of its lower side, then by
/// those of its upper side. See [`super::tree_value`] for what it proves.
pub type Tree = Vec<Node>;

/// One node of a tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Node {
    /// A leaf: multipliers that bound the objective.
    Bound(Duals),
    /// A leaf: multipliers that prove that it holds no point.
    Empty(Duals),
    /// Two sides that follow from a column and a value, so that no point is left out: `x <= v` and
    /// `x >= v` for a continuous column, `x <= floor(v)` and `x >= floor(v) + 1` for one that takes
    /// whole numbers. The multipliers, if any, bound the objective on both sides together.
    Split(u32, f64, Duals),
}
