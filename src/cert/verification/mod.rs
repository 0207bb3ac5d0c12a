//! Questions of verification, from a specification to a certificate.
//!
//! A property is taken apart into *parts*, the ways in which the network may break it: a set of inputs
//! with one conjunction of what must not happen there. For robustness these are the wrong classes.
//!
//! ```text
//! analyse: bounds of every neuron; many parts are impossible by them alone
//! attack:  search by replay on the others
//! branch:  branching on bounds, part by part
//! compile: a program for each part that is still open, with the nearest point as its start
//! solve:   a solver, part by part
//! certify: the verdict: attacked by a replayed input, or certified because no part is possible
//! check:   all of it again: bounds computed, trees walked, programs compiled, attack replayed
//! ```
//!
//! `compile` alone does not branch: it writes the programs of all parts that bounds leave open.
//!
//! The *margin* is the amount by which the forbidden formula fails: of `a <= b` it is `a - b`, of a
//! conjunction the largest and of a disjunction the smallest margin of its parts. So an attack has a
//! margin of at most 0, and a lower bound above 0 proves that there is none.

mod analysis;
pub mod assemble;
mod certify;
mod check;
mod clock;
mod compile;
pub mod cuts;
mod job;
mod layerwise;
mod record;
mod run;
mod scale;
mod search;
mod solve;
mod stored;
mod study;
mod words;

pub use analysis::{Analysis, Part};
pub use certify::{certify, certify_solutions};
pub use check::verify;
pub use compile::compile;
pub use cuts::CUTS_FILE;
pub use job::{BOUNDS_FILE, Job, nodes};
pub use layerwise::{HullRecord, Layerwise, RoundRecord, layerwise, root_cuts};
pub use record::is_attack;
pub use run::run;
pub use solve::{PROOF_FILE, solve};
pub use study::Study;
pub use words::question_text;
