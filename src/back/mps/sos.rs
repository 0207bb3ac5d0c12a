//! `SOS`, between `BOUNDS` and the matrices; elsewhere four readers refuse it.

use std::io;

use super::Writer;
use crate::ir::NameStyle;

impl Writer<'_, '_> {
    /// ` S1 name`, then two fields a member. The form `SOS x 1` is skipped by SCIP and CPLEX with a
    /// warning only.
    pub(super) fn sos(&mut self, style: NameStyle<'_>) -> io::Result<()> {
        let model = self.model;
        if model.sos1.is_empty() {
            return Ok(());
        }
        self.text.put(b"SOS");
        self.text.end()?;
        for (k, set) in model.sos1.iter().enumerate() {
            self.text.put(b" S1 ");
            style.sos(k, &mut self.text.buf);
            self.text.end()?;
            for (var, weight) in &set.members {
                self.text.put(b"    ");
                self.text.put(self.vars.get(var.index()));
                self.text.put(b"  ");
                self.text.num(*weight);
                self.text.end()?;
            }
        }
        Ok(())
    }
}
