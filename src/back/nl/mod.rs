//! AMPL NL, text and binary.
//!
//! The order of columns is part of the meaning (nonlinear ones first), and a
//! solution file has no names, so writing returns the order as [`Columns`]. The text has no
//! comments (casadi and discopt refuse them), and nothing that a reader on the AMPL/MP library,
//! SHOT, discopt or casadi would not take: no logical rows, no `min`, no `if`, and suffixes and
//! common expressions only where the target has them.

mod expr;
mod header;
mod names;
mod order;
mod output;
mod segments;
mod suffixes;

use std::io::Write;

pub use names::{write_column_names, write_row_names};
pub use order::Columns;

use super::goal::Goal;
use super::options::{must_fit, terms};
use super::sink::Sink;
use super::text::Text;
use super::{Options, WriteError};
use crate::ir::{Model, NameStyle};
use crate::lower::Format;
use crate::valid::Checked;
use expr::Shared;
use order::Order;
use output::Output;

/// How segments are written; the header is text in either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `g`
    Text,
    /// `b`: little-endian 32-bit integers and doubles.
    Binary,
}

/// Everything that the segments share.
struct Writer<'a> {
    model: &'a Model,
    goal: Goal<'a>,
    order: Order,
    shared: Shared,
    encoding: Encoding,
}

impl Writer<'_> {
    fn output<'t>(&self, text: &'t mut Text) -> Output<'t> {
        Output::new(text, self.encoding)
    }
}

/// Writes a model as NL and returns the order of its columns and rows.
///
/// # Errors
///
/// Failures of `out`; indicators and special ordered sets; a start of the wrong length; more than
/// 2^31 of anything.
pub fn write(
    checked: &Checked<'_>,
    encoding: Encoding,
    options: &Options<'_>,
    out: &mut dyn Write,
) -> Result<Columns, WriteError> {
    must_fit(checked, Format::NlText)?;
    let model = checked.model();
    let counts = [
        (model.var_count(), "columns"),
        (model.row_count(), "rows"),
        (model.rows.nonzeros() + 2 * model.rows.quad_terms(), "entries"),
    ];
    if let Some((_, what)) = counts.iter().find(|c| c.0 > i32::MAX as usize) {
        return Err(WriteError::TooMany { what });
    }
    if let Some(start) = options.start {
        super::start::check(model, NameStyle::Readable, start)?;
    }
    let (order, shared) = (Order::new(model), Shared::new(model));
    let writer =
        Writer { model, goal: Goal::new(model, options.maximise), order, shared, encoding };
    let mut sink = Sink::new(out, options, terms(model));
    writer.header(&mut sink)?;
    writer.sets(&mut sink)?;
    writer.common_expressions(&mut sink)?;
    writer.rows(&mut sink)?;
    writer.objective(&mut sink)?;
    writer.start(&mut sink, options.start)?;
    writer.right_hand_sides(&mut sink)?;
    writer.bounds(&mut sink)?;
    writer.column_counts(&mut sink)?;
    writer.jacobian(&mut sink)?;
    writer.gradient(&mut sink)?;
    Ok(writer.order.columns)
}
