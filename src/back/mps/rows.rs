//! `ROWS` and `RHS`.

use std::io;

use super::Writer;
use crate::ir::Sense;

impl Writer<'_, '_> {
    /// One `N` row, the objective, then all rows.
    pub(super) fn rows(&mut self) -> io::Result<()> {
        self.text.put(b"ROWS\n N  obj");
        self.text.end()?;
        for (r, sense) in self.model.rows.sense.iter().enumerate() {
            self.text.put(match sense {
                Sense::Le => b" L  ".as_slice(),
                Sense::Ge => b" G  ",
                Sense::Eq => b" E  ",
            });
            self.text.put(self.rows.get(r));
            self.text.end()?;
        }
        Ok(())
    }

    /// The section stands there even if it is empty: SCIP 10 and CBC refuse a file without it.
    /// `RANGES` are never written, every ranged row being two rows.
    pub(super) fn rhs(&mut self) -> io::Result<()> {
        self.text.put(b"RHS");
        self.text.end()?;
        for (r, rhs) in self.model.rows.rhs.iter().enumerate() {
            if *rhs != 0.0 {
                self.text.put(b"    RHS  ");
                self.text.put(self.rows.get(r));
                self.text.put(b"  ");
                self.text.num(*rhs);
                self.text.end()?;
            }
        }
        Ok(())
    }
}
