//! The question's program, the same bytes whenever and wherever it is compiled.

use crate::encode::{self, EncodeError, Program};
use crate::question::Question;

/// Compiles the question.
///
/// # Errors
/// [`EncodeError`].
pub fn program(question: &Question) -> Result<Program, EncodeError> {
    encode::compile(question, None)
}
