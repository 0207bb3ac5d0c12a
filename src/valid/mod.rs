//! Validation: every invariant of [`crate::ir`] is checked once, and the proof of it is a token.
//!
//! [`validate`] hands out a [`Checked`], which every writer demands; a model that was not checked
//! cannot be written. With [`Capabilities`] it also checks that the model says nothing which a
//! target cannot, so a writer never has to drop anything.
//!
//! The checks destructure every structure field by field: a new field does not compile until
//! somebody has decided what has to hold for it.

mod capabilities;
mod fault;
mod fits;
mod numbers;
mod tables;

pub use capabilities::{Capabilities, Quadratic, Sets};
pub use fault::Fault;

use crate::ir::Model;

/// At most so many faults are collected.
const MOST_FAULTS: usize = 50;

/// A model that passed validation.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    model: &'a Model,
}

impl<'a> Checked<'a> {
    /// The model.
    #[must_use]
    pub fn model(&self) -> &'a Model {
        self.model
    }
}

/// Faults found so far.
struct Faults(Vec<Fault>);

impl Faults {
    fn push(&mut self, fault: Fault) {
        if self.0.len() < MOST_FAULTS {
            self.0.push(fault);
        }
    }

    fn full(&self) -> bool {
        self.0.len() >= MOST_FAULTS
    }
}

/// Checks every invariant of `model` and, where `capabilities` are given, that a target with them
/// can say all of it.
///
/// # Errors
///
/// The broken invariants (at most 50), each naming its variable or row in words. Where the tables
/// themselves do not fit together, only that is reported.
pub fn validate<'a>(
    model: &'a Model,
    capabilities: Option<&Capabilities>,
) -> Result<Checked<'a>, Vec<Fault>> {
    let mut faults = Faults(Vec::new());
    tables::check(model, &mut faults);
    if !faults.0.is_empty() {
        return Err(faults.0);
    }
    numbers::check(model, &mut faults);
    if faults.0.is_empty()
        && let Some(capabilities) = capabilities
    {
        fits::check(model, capabilities, &mut faults);
    }
    if faults.0.is_empty() { Ok(Checked { model }) } else { Err(faults.0) }
}

/// The first thing in `model` that a target with `capabilities` cannot say. Writers ask this for
/// their format as a whole, so that nothing is dropped even if a model was checked for no target.
pub(crate) fn lacking(checked: &Checked<'_>, capabilities: &Capabilities) -> Option<Fault> {
    let mut faults = Faults(Vec::new());
    fits::check(checked.model, capabilities, &mut faults);
    faults.0.into_iter().next()
}
