//! Free MPS in the dialect that every reader takes alike.
//!
//! No reader can take the file for fixed MPS. The word `FREE` behind the name tells CBC 2.10. SCIP 10
//! and COPT 8 do not look at it: they ask whether lines have blanks where the fixed format has
//! blanks (columns 13 and 14, 23 and 24, 37 to 39) and join what stands between them to one field.
//! SCIP decides at the first line that has none: that is the first row's, the objective's name being
//! longer than eight characters. And fields stand one blank apart, so that no two blanks are
//! neighbours within a line of entries, while the fixed format has two of them before every name
//! and number.
//!
//! Data lines are indented by four blanks (with one, CPLEX 22.2 takes a set's member for a set
//! type), every vector is named (with an unnamed one Xpress 9.9 silently solves something else), and
//! the sections come in the one order that all accept. A maximisation is `OBJSENSE` and `MAX` on two
//! lines: on one, CPLEX and lp_solve minimise without a word. GLPK and CBC 2.10 know neither, so
//! their targets have none.

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
