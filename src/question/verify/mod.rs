//! The question of verification: is there an input in a set whose output is bad?
//!
//! A [`Property`] is a formula over the inputs `X_i` and outputs `Y_j` of a
//! [`Graph`](crate::network::graph::Graph), counted through all of them in order. As in VNN-LIB, it
//! describes what must **not** be possible: the network is *robust* (unsat) if no input makes the
//! formula true, and an input that does is an *attack* (sat).
//!
//! Constants of a property are real numbers written as decimals. What no double holds is kept as an
//! enclosure: a proof covers the larger set, an attack must lie in the smaller one.
//!
//! [`cases`] takes a property apart: each [`Case`] is a set of inputs (a box with rows, a ball, a
//! lattice) and a goal, the formula that must not become true there. Together they say what the
//! property says.

pub mod approach;
pub mod around;
pub mod case;
mod display;
pub mod formula;
pub mod formulation;
pub mod largest;
pub mod margin;
mod partial;
mod range;
pub mod replay;
mod simplify;
pub mod split;
mod tighten;
pub mod truth;
pub mod verification;
pub mod whole;
pub mod witness;

pub use approach::{Approach, Binarised, Models, Passes};
pub use around::{Around, Perturbation, Targets, Ties, Written};
pub use case::{Ball, BallNorm, Case, Lattice};
pub use display::decimal;
pub use formula::{Atom, Formula, Property, Relation, Variable};
pub use formulation::{Ask, Cases, SmoothForm, Split};
pub use largest::{Edits, Largest, Radii};
pub use replay::{Judge, Replay};
pub use split::{CasesError, cases};
pub use truth::Truth;
pub use verification::{Subject, Verification};
pub use whole::{NotWhole, Whole};
pub use witness::{Witness, WitnessError};
