//! Checks of a question before anything is built from it.
//!
//! Every rule that the types do not carry is here, one file a block, so that a Rust program that
//! builds a [`Question`] is told the same as a user of the specification language.

mod advice;
mod data;
mod error;
mod goal;
mod network;
mod place;
mod relation;
mod threat;
mod training;

pub use error::QuestionError;
pub use place::Place;

use super::Question;
use super::data::Labels;

impl Question {
    /// Checks shapes, labels, ranges and the consistency of the threat.
    ///
    /// # Errors
    /// Every rule that is broken. Where network and data do not fit together, rules that rest on
    /// their shapes are not looked at.
    pub fn check(&self) -> Result<(), Vec<QuestionError>> {
        let mut errors = Vec::new();
        network::check(&self.network, &mut errors);
        if errors.is_empty() {
            data::check(self, &mut errors);
        }
        if errors.is_empty() {
            training::check(self, &mut errors);
            threat::check(self, &mut errors);
            goal::check(self, &mut errors);
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

impl Labels {
    /// The kind of labels, in words.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            Labels::Signs(_) => "signs -1/+1",
            Labels::Classes { .. } => "classes",
            Labels::Real(_) => "real numbers",
        }
    }
}
