//! `INDICATORS`, the last section: before `QCMATRIX` SCIP, Gurobi, CPLEX and COPT refuse it.

use std::io;

use super::Writer;
use crate::back::sink::Sink;

impl Writer<'_> {
    /// ` IF row binary value`. The rows are plain ones: on a ranged row COPT drops the indicator and
    /// Gurobi enforces it always, both silently.
    pub(super) fn indicators(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let guards = &self.model.rows.guards;
        if guards.is_empty() {
            return Ok(());
        }
        sink.once(|text| text.put(b"INDICATORS\n"))?;
        sink.list(guards.len(), |range, text| {
            for (row, guard) in &guards[range] {
                text.put(b" IF ");
                self.names.row(text, *row);
                text.put(b" ");
                self.names.var(text, guard.var);
                text.put(if guard.value { b" 1" } else { b" 0" });
                text.end();
            }
        })
    }
}
