//! Free MPS in the dialect that every reader takes alike.
//!
//! The word `FREE` behind the name keeps CBC 2.10 from taking the file for the fixed format. Data
//! lines are indented by four blanks (with one, CPLEX 22.2 takes a set's member for a set type),
//! fields stand two blanks apart, every vector is named (with an unnamed one Xpress 9.9 silently
//! solves something else), the objective is minimised (`OBJSENSE` is unknown to GLPK and CBC 2.10),
//! and the sections come in the one order that all accept.

mod bounds;
mod columns;
mod indicators;
mod quadratic;
mod rows;
mod sos;

use std::io::Write;

use super::options::startless;
use super::text::{Table, Text};
use super::{Options, WriteError};
use crate::ir::Model;
use crate::lower::Format;
use crate::valid::Checked;

/// Everything that the sections share.
struct Writer<'a, 'w> {
    model: &'a Model,
    vars: Table,
    rows: Table,
    text: Text<'w>,
}

/// Writes a model as free MPS.
///
/// # Errors
///
/// Failures of `out`; smooth expressions, an objective constant, nonlinear indicators, a start.
pub fn write(
    checked: &Checked<'_>,
    options: &Options<'_>,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let model = startless(checked, options, Format::Mps)?;
    let vars = Table::vars(model, options.names);
    let rows = Table::rows(model, options.names);
    let mut writer = Writer { model, vars, rows, text: Text::new(out) };
    writer.text.put(b"NAME model FREE");
    writer.text.end()?;
    writer.rows()?;
    writer.columns()?;
    writer.rhs()?;
    writer.bounds()?;
    writer.sos(options.names)?;
    writer.objective_matrix()?;
    writer.row_matrices()?;
    writer.indicators()?;
    writer.text.put(b"ENDATA\n");
    Ok(writer.text.finish()?)
}
