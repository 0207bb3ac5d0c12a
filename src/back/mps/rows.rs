//! `ROWS` and `RHS`.

use std::io;

use super::Writer;
use crate::ir::Sense;

impl Writer<'_, '_> {
    /// One `N` row, the objective, then all rows, the quadratic ones last: Gurobi 13 refuses an
    /// indicator on a row that stands behind a quadratic one ("Invalid constraint sense").
    pub(super) fn rows(&mut self) -> io::Result<()> {
        self.text.put(b"ROWS\n N  obj");
        self.text.end()?;
        let mut quadratic = self.model.rows.quad_rows.iter().map(|q| q.0.index()).peekable();
        for r in 0..self.model.row_count() {
            if quadratic.next_if_eq(&r).is_none() {
                self.row(r)?;
            }
        }
        for (row, ..) in &self.model.rows.quad_rows {
            self.row(row.index())?;
        }
        Ok(())
    }

    fn row(&mut self, r: usize) -> io::Result<()> {
        self.text.put(match self.model.rows.sense[r] {
            Sense::Le => b" L  ".as_slice(),
            Sense::Ge => b" G  ",
            Sense::Eq => b" E  ",
        });
        self.text.put(self.rows.get(r));
        self.text.end()
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
