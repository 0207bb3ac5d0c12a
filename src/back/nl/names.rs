//! The optional `.col` and `.row` files beside a stub, which give columns and rows their names.

use std::io::{self, Write};

use super::Columns;
use crate::back::Options;
use crate::back::naming::Names;
use crate::back::sink::Sink;
use crate::ir::{Model, NameStyle};

/// Writes one name a line: columns to `col`, rows and then the objective to `row`.
///
/// # Errors
///
/// Failures of `col` and `row`.
pub fn write_names(
    model: &Model,
    columns: &Columns,
    style: NameStyle,
    col: &mut dyn Write,
    row: &mut dyn Write,
) -> io::Result<()> {
    let options = Options { names: style, ..Options::default() };
    let names = Names::new(model, style);
    Sink::new(col, &options, 0).list(columns.vars.len(), |range, text| {
        for var in &columns.vars[range] {
            names.var(text, *var);
            text.end();
        }
    })?;
    let mut sink = Sink::new(row, &options, 0);
    sink.list(columns.rows.len(), |range, text| {
        for id in &columns.rows[range] {
            names.row(text, *id);
            text.end();
        }
    })?;
    sink.once(|text| text.put(b"obj\n"))
}
