//! `INDICATORS`, the last section: before `QCMATRIX` SCIP, Gurobi, CPLEX and COPT refuse it.

use std::io;

use super::Writer;

impl Writer<'_, '_> {
    /// ` IF row binary value`. The rows are plain ones: on a ranged row COPT drops the indicator and
    /// Gurobi enforces it always, both silently.
    pub(super) fn indicators(&mut self) -> io::Result<()> {
        let model = self.model;
        if model.rows.guards.is_empty() {
            return Ok(());
        }
        self.text.put(b"INDICATORS");
        self.text.end()?;
        for (row, guard) in &model.rows.guards {
            self.text.put(b" IF ");
            self.text.put(self.rows.get(row.index()));
            self.text.put(b"  ");
            self.text.put(self.vars.get(guard.var.index()));
            self.text.put(if guard.value { b"  1" } else { b"  0" });
            self.text.end()?;
        }
        Ok(())
    }
}
