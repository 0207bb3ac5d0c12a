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

use std::io::Write;

use super::goal::Goal;
use super::naming::Names;
use super::options::{startless, terms};
use super::sink::Sink;
use super::{Options, WriteError};
use crate::ir::Model;
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
    let model = startless(checked, options, Format::Lp)?;
    let goal = Goal::new(model, options.maximise);
    let writer = Writer { model, goal, names: Names::new(model, options.names) };
    let mut sink = Sink::new(out, options, terms(model));
    writer.objective(&mut sink)?;
    writer.rows(&mut sink)?;
    writer.bounds(&mut sink)?;
    writer.generals(&mut sink)?;
    writer.binaries(&mut sink)?;
    writer.sos(&mut sink)?;
    Ok(sink.once(|text| text.put(b"End\n"))?)
}
