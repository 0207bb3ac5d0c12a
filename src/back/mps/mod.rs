//! Free MPS in the dialect that every reader takes alike.
//!
//! The word `FREE` behind the name keeps CBC 2.10 from taking the file for the fixed format. Data
//! lines are indented by four blanks (with one, CPLEX 22.2 takes a set's member for a set type),
//! fields stand two blanks apart, every vector is named (with an unnamed one Xpress 9.9 silently
//! solves something else), and the sections come in the one order that all accept. A maximisation
//! is `OBJSENSE` and `MAX` on two lines: on one, CPLEX and lp_solve minimise without a word. GLPK
//! and CBC 2.10 know neither, so their targets have none.

mod bounds;
mod columns;
mod indicators;
mod panel;
mod quadratic;
mod rows;
mod sos;

use std::io::Write;

use super::goal::Goal;
use super::naming::Names;
use super::options::{startless, terms};
use super::sink::Sink;
use super::{Options, WriteError};
use crate::ir::Model;
use crate::lower::Format;
use crate::valid::Checked;

/// Everything that the sections share.
struct Writer<'a> {
    model: &'a Model,
    goal: Goal<'a>,
    names: Names<'a>,
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
    let goal = Goal::new(model, options.maximise);
    let writer = Writer { model, goal, names: Names::new(model, options.names) };
    let mut sink = Sink::new(out, options, terms(model));
    sink.once(|text| {
        text.put(b"NAME model FREE\n");
        if writer.goal.maximise {
            text.put(b"OBJSENSE\n    MAX\n");
        }
    })?;
    writer.rows(&mut sink)?;
    writer.columns(&mut sink)?;
    writer.rhs(&mut sink)?;
    writer.bounds(&mut sink)?;
    writer.sos(&mut sink)?;
    writer.objective_matrix(&mut sink)?;
    writer.row_matrices(&mut sink)?;
    writer.indicators(&mut sink)?;
    Ok(sink.once(|text| text.put(b"ENDATA\n"))?)
}
