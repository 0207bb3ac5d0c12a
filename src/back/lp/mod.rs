//! CPLEX-LP text in the dialect that every reader takes alike.
//!
//! Tokens are separated by blanks (Gurobi 13 and COPT 8 split at blanks alone and refuse `2x` or
//! `b=1`), the problem is minimised, and the sections come in the one order that all accept:
//! objective, `Subject To`, `Bounds`, `Generals`, `Binaries`, `SOS`, `End`. No comment is written.

mod bounds;
mod integers;
mod objective;
mod rows;
mod sos;
mod terms;

use std::io::Write;

use super::options::startless;
use super::text::{Table, Text};
use super::{Options, WriteError};
use crate::ir::{Model, NameStyle};
use crate::lower::Format;
use crate::valid::Checked;

/// Everything that the sections share.
struct Writer<'a, 'w> {
    model: &'a Model,
    style: NameStyle<'a>,
    names: Table,
    text: Text<'w>,
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
    let names = Table::vars(model, options.names);
    let mut writer = Writer { model, style: options.names, names, text: Text::new(out) };
    writer.objective()?;
    writer.rows()?;
    writer.bounds()?;
    writer.generals()?;
    writer.binaries()?;
    writer.sos()?;
    writer.text.put(b"End\n");
    Ok(writer.text.finish()?)
}
