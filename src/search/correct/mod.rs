//! What nearest weights are looked for with: attacks on many samples at once, and the candidates among
//! which the best is chosen.

mod pgd;
mod pool;

pub use pgd::{Descent, attack, violations};
pub use pool::{Candidate, Pool};
