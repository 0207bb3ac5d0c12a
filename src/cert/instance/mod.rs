//! The instance directory: self-contained, and free to travel to another machine.
//!
//! ```text
//! manifest.json      what is here and what it means
//! inputs/            the specification and everything it refers to
//! model.*            the program for each target, with start points
//! answer.json        what a solver or a search answered
//! attack.json        the attack, exactly
//! certificate.json   the verdict
//! ```

pub mod inputs;
pub mod manifest;
mod open;
pub mod recorded;

pub use manifest::Manifest;
pub use open::{Instance, OpenError};
