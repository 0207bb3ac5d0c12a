//! The ten lines of the header.

use std::io;

use super::{Encoding, Writer};
use crate::back::sink::Sink;
use crate::ir::Sense;

impl Writer<'_> {
    /// Counts of everything. The second number of line five is the number of variables nonlinear in
    /// the objective *and* rows unless some are nonlinear in the objective alone; then it is the
    /// number of all nonlinear variables.
    pub(super) fn header(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let model = self.model;
        let c = self.order.counts;
        let (magic, arithmetic) = match self.encoding {
            Encoding::Text => ("g3 1 1 0", 0),
            // 1: little-endian IEEE numbers.
            Encoding::Binary => ("b3 1 1 0", 1),
        };
        let equations = model.rows.sense.iter().filter(|s| **s == Sense::Eq).count();
        let objective = usize::from(!self.order.objective_nonlinear.is_empty());
        let in_rows = c.both + c.rows_only;
        let in_objective = if c.objective_only > 0 { in_rows + c.objective_only } else { c.both };
        let (entries, gradient) = (self.jacobian_entries(), self.gradient_terms().len());
        sink.once(|text| {
            let mut out = self.output(text);
            out.header(magic);
            // Variables, rows, objectives, ranges, equations.
            let (columns, rows) = (model.var_count(), model.row_count());
            out.header(&format!(" {columns} {rows} 1 0 {equations}"));
            out.header(&format!(" {} {objective}", c.nonlinear_rows));
            // No network constraints.
            out.header(" 0 0");
            out.header(&format!(" {in_rows} {in_objective} {}", c.both));
            // No functions; 1 asks for suffixes in the answer.
            out.header(&format!(" 0 0 {arithmetic} 1"));
            out.header(&format!(
                " {} {} {} {} {}",
                c.linear_binary,
                c.linear_integer,
                c.both_integer,
                c.rows_integer,
                c.objective_integer
            ));
            out.header(&format!(" {entries} {gradient}"));
            // Longest names, for which nobody allocates any more.
            out.header(" 0 0");
            out.header(&format!(" {} 0 0 0 0", self.shared.nodes.len()));
        })
    }
}
