//! `QUADOBJ` and `QCMATRIX`, in this order (Gurobi and COPT refuse the other).

use std::io;

use super::Writer;
use crate::ir::{QuadTerm, VarId};

impl Writer<'_, '_> {
    /// One triangle of `Q`, the objective being half of `x'Qx`: squares doubled, products as they
    /// are. Both triangles are added up by most readers, read once by Xpress, refused by CPLEX.
    pub(super) fn objective_matrix(&mut self) -> io::Result<()> {
        let model = self.model;
        if model.objective.quad.is_empty() {
            return Ok(());
        }
        self.text.put(b"QUADOBJ");
        self.text.end()?;
        for QuadTerm { i, j, coefficient } in &model.objective.quad {
            let value = if i == j { 2.0 * coefficient } else { *coefficient };
            self.entry(*i, *j, value)?;
        }
        Ok(())
    }

    /// Both triangles of `Q`, the row having `x'Qx` without a half: squares as they are, products
    /// halved on either side. One side alone is doubled by Xpress and refused by Gurobi and CPLEX.
    pub(super) fn row_matrices(&mut self) -> io::Result<()> {
        let model = self.model;
        for &(row, from, to) in &model.rows.quad_rows {
            self.text.put(b"QCMATRIX ");
            self.text.put(self.rows.get(row.index()));
            self.text.end()?;
            for QuadTerm { i, j, coefficient } in &model.rows.quad[from..to] {
                if i == j {
                    self.entry(*i, *j, *coefficient)?;
                } else {
                    self.entry(*i, *j, coefficient / 2.0)?;
                    self.entry(*j, *i, coefficient / 2.0)?;
                }
            }
        }
        Ok(())
    }

    fn entry(&mut self, i: VarId, j: VarId, value: f64) -> io::Result<()> {
        self.text.put(b"    ");
        self.text.put(self.vars.get(i.index()));
        self.text.put(b"  ");
        self.text.put(self.vars.get(j.index()));
        self.text.put(b"  ");
        self.text.num(value);
        self.text.end()
    }
}
