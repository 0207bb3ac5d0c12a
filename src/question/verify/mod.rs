//! The question of verification: is there an input in a set whose output is bad?
//!
//! A [`Property`] is a formula over the inputs `X_i` and outputs `Y_j` of a
//! [`Graph`](crate::network::graph::Graph), counted through all of them in order. As in VNN-LIB, it
//! describes what must **not** be possible: the network is *robust* (unsat) if no input makes the
//! formula true, and an input that does is an *attack* (sat).
//!
//! Constants of a property are real numbers written as decimals. What no double holds is kept as an
//! enclosure: a proof covers the larger set, an attack must lie in the smaller one.

pub mod formula;

pub use formula::{Atom, Formula, Property, Relation, Variable};
