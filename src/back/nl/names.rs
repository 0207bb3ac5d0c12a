//! The optional `.col` and `.row` files beside a stub, which give columns and rows their names.

use std::io::{self, Write};

use super::Columns;
use crate::back::text::Text;
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
    let mut text = Text::new(col);
    for var in &columns.vars {
        style.var(model, *var, &mut text.buf);
        text.end()?;
    }
    text.finish()?;
    let mut text = Text::new(row);
    for id in &columns.rows {
        style.row(model, *id, &mut text.buf);
        text.end()?;
    }
    text.put(b"obj");
    text.end()?;
    text.finish()
}
