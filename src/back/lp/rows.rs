//! `Subject To`: rows and indicators.

use std::io;

use super::Writer;
use crate::ir::{RowView, Sense, VarId};

impl Writer<'_, '_> {
    /// The section stands there even if it is empty: CBC, MOSEK and GLPK miss it otherwise.
    pub(super) fn rows(&mut self) -> io::Result<()> {
        self.text.put(b"Subject To");
        self.text.end()?;
        let model = self.model;
        for row in model.rows.iter() {
            self.row(&row)?;
        }
        Ok(())
    }

    /// ` c4: b = 1 -> 2 x - y + [ x * y ] <= 3`: variables on the left, one number on the right.
    fn row(&mut self, row: &RowView<'_>) -> io::Result<()> {
        self.text.put(b" ");
        self.style.row(self.model, row.id, &mut self.text.buf);
        self.text.put(b":");
        if let Some(guard) = row.guard {
            // Blanks everywhere: Gurobi and COPT refuse `b=1 ->`.
            self.text.put(b" ");
            self.text.put(self.names.get(guard.var.index()));
            self.text.put(if guard.value { b" = 1 ->" } else { b" = 0 ->" });
        }
        for (k, (col, val)) in row.cols.iter().zip(row.vals).enumerate() {
            self.linear(k == 0, *col, *val)?;
        }
        // GLPK and parse_lp refuse rows without terms.
        if row.cols.is_empty() && row.quad.is_empty() {
            self.linear(true, VarId(0), 0.0)?;
        }
        if !row.quad.is_empty() {
            self.bracket(row.cols.is_empty(), row.quad, 1.0)?;
        }
        self.text.put(match row.sense {
            Sense::Le => b" <= ".as_slice(),
            Sense::Ge => b" >= ",
            Sense::Eq => b" = ",
        });
        self.text.num(row.rhs);
        self.text.end()
    }
}
