//! CPLEX-LP text in the dialect that every reader takes alike.
//!
//! Tokens are separated by blanks (Gurobi 13 and COPT 8 split at blanks alone and refuse `2x` or
//! `b=1`), and the sections come in the one order that all accept:
//! objective, `Subject To`, `Bounds`, `Generals`, `Binaries`, `SOS`, `End`. No comment is written.

mod bounds;
mod integers;
mod objective;
mod order;
mod rows;
mod sos;
mod terms;

use std::io::{self, Write};

use super::goal::Goal;
use super::naming::Names;
use super::options::{startless, terms};
use super::sink::Sink;
use super::{Options, WriteError};
use crate::ir::{Model, VarId};
use crate::lower::Format;
use crate::valid::Checked;

pub use order::columns;

/// Everything that the sections share.
struct Writer<'a> {
    model: &'a Model,
    goal: Goal<'a>,
    names: Names<'a>,
}

/// Writes a model as LP.
///
/// # Errors
///
/// Failures of `out`; smooth expressions, an objective constant, nonlinear indicators, a start.
pub fn write(
    checked: &Checked<'_>,
    options: &Options<'_>,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let writer = Writer::new(checked, options)?;
    let mut sink = Sink::new(out, options, terms(writer.model));
    writer.objective(&mut sink)?;
    Ok(writer.rest(&mut sink)?)
}

/// Writes a linear objective alone, in place of the model's own: what [`write()`] begins with. Models
/// that differ in the objective alone share all that follows, which is [`write_body`]; the two files
/// one after the other are the model. `objective` is minimised, by ascending variable.
///
/// # Errors
///
/// As [`write()`].
pub fn write_head(
    checked: &Checked<'_>,
    objective: &[(VarId, f64)],
    options: &Options<'_>,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let mut writer = Writer::new(checked, options)?;
    writer.goal = Goal::of_linear(objective, options.maximise);
    let mut sink = Sink::new(out, options, objective.len());
    Ok(writer.objective(&mut sink)?)
}

/// Writes all but the objective; see [`write_head`].
///
/// # Errors
///
/// As [`write()`].
pub fn write_body(
    checked: &Checked<'_>,
    options: &Options<'_>,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let writer = Writer::new(checked, options)?;
    let mut sink = Sink::new(out, options, terms(writer.model));
    Ok(writer.rest(&mut sink)?)
}

impl<'a> Writer<'a> {
    fn new(checked: &'a Checked<'_>, options: &Options<'a>) -> Result<Self, WriteError> {
        let model = startless(checked, options, Format::Lp)?;
        let goal = Goal::new(model, options.maximise);
        Ok(Writer { model, goal, names: Names::new(model, options.names) })
    }

    fn rest(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        self.rows(sink)?;
        self.bounds(sink)?;
        self.generals(sink)?;
        self.binaries(sink)?;
        self.sos(sink)?;
        sink.once(|text| text.put(b"End\n"))
    }
}
