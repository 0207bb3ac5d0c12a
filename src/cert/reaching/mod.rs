//! Questions of reachable parameters, from a specification to a certificate.
//!
//! ```text
//! compile: the specification and its inputs, copied
//! solve:   boxes of the parameters step by step, the answers at the points, a search for an attack
//! certify: the number of points that may be answered wrongly, against the attack
//! check:   all of it again
//! ```
//!
//! A point counts as *certified* if all networks with reachable parameters give it the label that it
//! has; as *wrong* if all give it the same other label; else the prediction *abstains*. So the worst
//! number of errors of any poisoned training is at most the number of points that are not certified:
//! that is the bound of the certificate, and what an attack is replayed against.

mod certify;
mod check;
mod compile;
mod job;
pub mod record;
pub mod rounds;
mod solve;
mod words;
pub mod workflow;

pub use certify::certify;
pub use check::verify;
pub use compile::{compile, run};
pub use job::Job;
pub use record::REACH_FILE;
pub use solve::solve;
pub use words::question_text;
