//! `QUADOBJ` and `QCMATRIX`, in this order (Gurobi and COPT refuse the other).

use std::io;

use super::Writer;
use crate::back::cuts::Cuts;
use crate::back::sink::Sink;
use crate::back::text::Text;
use crate::ir::{QuadTerm, VarId};

impl Writer<'_> {
    /// One triangle of `Q`, the objective being half of `x'Qx`: squares doubled, products as they
    /// are. Both triangles are added up by most readers, read once by Xpress, refused by CPLEX.
    pub(super) fn objective_matrix(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let quad = &*self.goal.quad;
        if quad.is_empty() {
            return Ok(());
        }
        sink.once(|text| text.put(b"QUADOBJ\n"))?;
        sink.list(quad.len(), |range, text| {
            for QuadTerm { i, j, coefficient } in &quad[range] {
                let value = if i == j { 2.0 * coefficient } else { *coefficient };
                self.matrix_entry(text, *i, *j, value);
            }
        })
    }

    /// Both triangles of `Q`, the row having `x'Qx` without a half: squares as they are, products
    /// halved on either side. One side alone is doubled by Xpress and refused by Gurobi and CPLEX.
    pub(super) fn row_matrices(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let rows = &self.model.rows;
        let cuts = Cuts::new(rows.quad_rows.iter().map(|(_, from, to)| to - from));
        sink.cut(&cuts, |chunk, text| {
            for k in cuts.records(chunk) {
                let (row, from, to) = rows.quad_rows[k];
                let part = cuts.part(chunk, k, to - from);
                if part.first {
                    text.put(b"QCMATRIX ");
                    self.names.row(text, row);
                    text.end();
                }
                for QuadTerm { i, j, coefficient } in &rows.quad[from..to][part.items] {
                    if i == j {
                        self.matrix_entry(text, *i, *j, *coefficient);
                    } else {
                        self.matrix_entry(text, *i, *j, coefficient / 2.0);
                        self.matrix_entry(text, *j, *i, coefficient / 2.0);
                    }
                }
            }
        })
    }

    fn matrix_entry(&self, text: &mut Text, i: VarId, j: VarId, value: f64) {
        text.put(b"    ");
        self.names.var(text, i);
        text.put(b" ");
        self.names.var(text, j);
        text.put(b" ");
        text.num(value);
        text.end();
    }
}
