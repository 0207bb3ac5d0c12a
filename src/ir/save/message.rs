//! The protocol-buffer messages, written by hand. Numbers of fields are never reused.

use prost::Message;

/// Doubles, bit for bit.
#[derive(Clone, PartialEq, Message)]
pub struct Numbers {
    /// Little-endian doubles: all of them, or the distinct ones where `index` is not empty.
    #[prost(bytes = "vec", tag = "1")]
    pub doubles: Vec<u8>,
    /// Position of each number among the distinct ones.
    #[prost(uint32, repeated, tag = "2")]
    pub index: Vec<u32>,
}

/// Places of roles and origins, by index.
#[derive(Clone, PartialEq, Message)]
pub struct Places {
    /// Stable code of the family or rule.
    #[prost(bytes = "vec", tag = "1")]
    pub code: Vec<u8>,
    /// Layers; empty if all are zero, like the other lists.
    #[prost(uint32, repeated, tag = "2")]
    pub layer: Vec<u32>,
    /// Steps plus one, no step being zero.
    #[prost(uint32, repeated, tag = "3")]
    pub step: Vec<u32>,
    /// Samples.
    #[prost(uint32, repeated, tag = "4")]
    pub sample: Vec<u32>,
    /// First indices.
    #[prost(uint32, repeated, tag = "5")]
    pub i: Vec<u32>,
    /// Second indices.
    #[prost(uint32, repeated, tag = "6")]
    pub j: Vec<u32>,
}

/// Quadratic terms.
#[derive(Clone, PartialEq, Message)]
pub struct Quad {
    /// First factors.
    #[prost(uint32, repeated, tag = "1")]
    pub i: Vec<u32>,
    /// Second factors.
    #[prost(uint32, repeated, tag = "2")]
    pub j: Vec<u32>,
    /// Coefficients.
    #[prost(message, optional, tag = "3")]
    pub coefficient: Option<Numbers>,
}

/// Variables.
#[derive(Clone, PartialEq, Message)]
pub struct Vars {
    /// 0 continuous, 1 integer, 2 binary.
    #[prost(bytes = "vec", tag = "1")]
    pub kind: Vec<u8>,
    /// Lower bounds.
    #[prost(message, optional, tag = "2")]
    pub lower: Option<Numbers>,
    /// Upper bounds.
    #[prost(message, optional, tag = "3")]
    pub upper: Option<Numbers>,
    /// Roles.
    #[prost(message, optional, tag = "4")]
    pub role: Option<Places>,
}

/// Rows.
#[derive(Clone, PartialEq, Message)]
pub struct Rows {
    /// Number of entries of each row.
    #[prost(uint32, repeated, tag = "1")]
    pub length: Vec<u32>,
    /// Variables: the first of a row as it is, each other as its distance from the one before.
    #[prost(uint32, repeated, tag = "2")]
    pub col: Vec<u32>,
    /// Coefficients.
    #[prost(message, optional, tag = "3")]
    pub val: Option<Numbers>,
    /// 0 `<=`, 1 `>=`, 2 `=`.
    #[prost(bytes = "vec", tag = "4")]
    pub sense: Vec<u8>,
    /// Right-hand sides.
    #[prost(message, optional, tag = "5")]
    pub rhs: Option<Numbers>,
    /// Origins.
    #[prost(message, optional, tag = "6")]
    pub origin: Option<Places>,
    /// Guarded rows, ascending.
    #[prost(uint32, repeated, tag = "7")]
    pub guarded: Vec<u32>,
    /// Twice the guard plus its value.
    #[prost(uint64, repeated, tag = "8")]
    pub guard: Vec<u64>,
    /// Quadratic rows, ascending.
    #[prost(uint32, repeated, tag = "9")]
    pub quad_row: Vec<u32>,
    /// Number of terms of each.
    #[prost(uint32, repeated, tag = "10")]
    pub quad_length: Vec<u32>,
    /// Their terms.
    #[prost(message, optional, tag = "11")]
    pub quad: Option<Quad>,
    /// Smooth rows, ascending.
    #[prost(uint32, repeated, tag = "12")]
    pub smooth_row: Vec<u32>,
    /// Their expressions.
    #[prost(uint32, repeated, tag = "13")]
    pub smooth: Vec<u32>,
    /// Rows with a mark of their own, ascending.
    #[prost(uint32, repeated, tag = "14")]
    pub marked: Vec<u32>,
    /// 0 core, 1 cut, 2 lazy.
    #[prost(bytes = "vec", tag = "15")]
    pub mark: Vec<u8>,
}

/// One special ordered set.
#[derive(Clone, PartialEq, Message)]
pub struct Sos1 {
    /// Members.
    #[prost(uint32, repeated, tag = "1")]
    pub var: Vec<u32>,
    /// Weights.
    #[prost(message, optional, tag = "2")]
    pub weight: Option<Numbers>,
    /// Origin.
    #[prost(message, optional, tag = "3")]
    pub origin: Option<Places>,
}

/// The objective.
#[derive(Clone, PartialEq, Message)]
pub struct Objective {
    /// Variables of the linear part.
    #[prost(uint32, repeated, tag = "1")]
    pub var: Vec<u32>,
    /// Their coefficients.
    #[prost(message, optional, tag = "2")]
    pub val: Option<Numbers>,
    /// Quadratic part.
    #[prost(message, optional, tag = "3")]
    pub quad: Option<Quad>,
    /// Constant.
    #[prost(double, tag = "4")]
    pub constant: f64,
    /// Smooth part plus one, none being zero.
    #[prost(uint64, tag = "5")]
    pub smooth: u64,
}

/// The expression graph.
#[derive(Clone, PartialEq, Message)]
pub struct Exprs {
    /// 0 constant, 1 variable, 2 sum, 3 product, 4 quotient, 5 negation, 6 exp, 7 log.
    #[prost(bytes = "vec", tag = "1")]
    pub op: Vec<u8>,
    /// Operands of all nodes in order: a variable, expressions, or for a sum their number first.
    #[prost(uint32, repeated, tag = "2")]
    pub operand: Vec<u32>,
    /// Constants of all constant nodes in order.
    #[prost(message, optional, tag = "3")]
    pub constant: Option<Numbers>,
}

/// A model.
#[derive(Clone, PartialEq, Message)]
pub struct Model {
    /// Version of this layout.
    #[prost(uint32, tag = "1")]
    pub version: u32,
    /// Variables.
    #[prost(message, optional, tag = "2")]
    pub vars: Option<Vars>,
    /// Rows.
    #[prost(message, optional, tag = "3")]
    pub rows: Option<Rows>,
    /// Special ordered sets.
    #[prost(message, repeated, tag = "4")]
    pub sos1: Vec<Sos1>,
    /// Objective.
    #[prost(message, optional, tag = "5")]
    pub objective: Option<Objective>,
    /// Expressions.
    #[prost(message, optional, tag = "6")]
    pub exprs: Option<Exprs>,
    /// Names of a foreign model's variables.
    #[prost(string, repeated, tag = "7")]
    pub names: Vec<String>,
    /// Names of a foreign model's rows.
    #[prost(string, repeated, tag = "8")]
    pub row_names: Vec<String>,
    /// Variables with a branching priority, ascending.
    #[prost(uint32, repeated, tag = "9")]
    pub prioritised: Vec<u32>,
    /// Their priorities.
    #[prost(sint32, repeated, tag = "10")]
    pub priority: Vec<i32>,
    /// Whether files of the model maximise the negative of its objective.
    #[prost(bool, tag = "11")]
    pub maximise: bool,
}
