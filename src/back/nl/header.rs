//! The ten lines of the header.

use std::io;

use super::{Encoding, Writer};
use crate::ir::Sense;

impl Writer<'_, '_> {
    /// Counts of everything. The second number of line five is the number of variables nonlinear in
    /// the objective *and* rows unless some are nonlinear in the objective alone; then it is the
    /// number of all nonlinear variables.
    pub(super) fn header(&mut self) -> io::Result<()> {
        let model = self.model;
        let c = self.order.counts;
        let (magic, arithmetic) = match self.out.encoding {
            Encoding::Text => ("g3 1 1 0", 0),
            // 1: little-endian IEEE numbers.
            Encoding::Binary => ("b3 1 1 0", 1),
        };
        let equations = model.rows.sense.iter().filter(|s| **s == Sense::Eq).count();
        let objective = usize::from(!self.order.objective_nonlinear.is_empty());
        let in_rows = c.both + c.rows_only;
        let in_objective = if c.objective_only > 0 { in_rows + c.objective_only } else { c.both };
        self.out.header(magic)?;
        // Variables, rows, objectives, ranges, equations.
        let line = format!(" {} {} 1 0 {equations}", model.var_count(), model.row_count());
        self.out.header(&line)?;
        self.out.header(&format!(" {} {objective}", c.nonlinear_rows))?;
        // No network constraints.
        self.out.header(" 0 0")?;
        self.out.header(&format!(" {in_rows} {in_objective} {}", c.both))?;
        // No functions; 1 asks for suffixes in the answer.
        self.out.header(&format!(" 0 0 {arithmetic} 1"))?;
        self.out.header(&format!(
            " {} {} {} {} {}",
            c.linear_binary, c.linear_integer, c.both_integer, c.rows_integer, c.objective_integer
        ))?;
        let line = format!(" {} {}", self.jacobian_entries(), self.gradient_terms().len());
        self.out.header(&line)?;
        // Longest names, for which nobody allocates any more.
        self.out.header(" 0 0")?;
        self.out.header(&format!(" {} 0 0 0 0", self.shared.nodes.len()))
    }
}
