//! `SOS`, the last section: SCIP, Gurobi, CPLEX and COPT refuse it before `Bounds`.

use std::io;

use super::Writer;

impl Writer<'_, '_> {
    /// ` s0: S1:: x : 1 y : 2`, with an upper-case `S1` (SCIP and Gurobi refuse the other).
    pub(super) fn sos(&mut self) -> io::Result<()> {
        let model = self.model;
        if model.sos1.is_empty() {
            return Ok(());
        }
        self.text.put(b"SOS");
        self.text.end()?;
        for (k, set) in model.sos1.iter().enumerate() {
            self.text.put(b" ");
            self.style.sos(k, &mut self.text.buf);
            self.text.put(b": S1::");
            for (var, weight) in &set.members {
                // A set of 5 kB on one line crashes CBC 2.10.
                self.text.wrap()?;
                self.text.put(b" ");
                self.text.put(self.names.get(var.index()));
                self.text.put(b" : ");
                self.text.num(*weight);
            }
            self.text.end()?;
        }
        Ok(())
    }
}
