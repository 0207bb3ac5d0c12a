//! The optional `.col` and `.row` files beside a stub, which give columns and rows their names.

use std::io::{self, Write};

use super::Columns;
use crate::back::Options;
use crate::back::naming::Names;
use crate::back::sink::Sink;
use crate::ir::{Model, NameStyle};

/// Writes the names of the columns, one a line.
///
/// # Errors
///
/// Failures of `out`.
pub fn write_column_names(
    model: &Model,
    columns: &Columns,
    style: NameStyle<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let names = Names::new(model, style);
    Sink::new(out, &Options::default(), 0).list(columns.vars.len(), |range, text| {
        for var in &columns.vars[range] {
            names.var(text, *var);
            text.end();
        }
    })
}

/// Writes the names of the rows, one a line, and then that of the objective.
///
/// # Errors
///
/// Failures of `out`.
pub fn write_row_names(
    model: &Model,
    columns: &Columns,
    style: NameStyle<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let names = Names::new(model, style);
    let options = Options::default();
    let mut sink = Sink::new(out, &options, 0);
    sink.list(columns.rows.len(), |range, text| {
        for row in &columns.rows[range] {
            names.row(text, *row);
            text.end();
        }
    })?;
    sink.once(|text| text.put(b"obj\n"))
}
