//! What nearest weights are looked for with: attacks on many samples at once.

mod pgd;

pub use pgd::{Descent, attack, violations};
