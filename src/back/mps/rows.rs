//! `ROWS` and `RHS`.

use std::io;

use super::Writer;
use crate::back::sink::Sink;
use crate::back::text::Text;
use crate::ir::pen::Word;
use crate::ir::{RowId, Sense};

impl Writer<'_> {
    /// One `N` row, the objective, whose name covers the thirteenth column, and then all rows, the quadratic ones last: Gurobi 13 refuses an
    /// indicator on a row that stands behind a quadratic one ("Invalid constraint sense").
    pub(super) fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        sink.once(|text| text.put(b"ROWS\n N  objective\n"))?;
        let rows = &self.model.rows;
        sink.list(rows.len(), |range, text| {
            for row in rows.range(range).filter(|row| row.quad.is_empty()) {
                self.row(text, row.id);
            }
        })?;
        sink.list(rows.quad_rows.len(), |range, text| {
            for (row, ..) in &rows.quad_rows[range] {
                self.row(text, *row);
            }
        })
    }

    fn row(&self, text: &mut Text, row: RowId) {
        if let Some(word) = self.model.rows.mark(row).word() {
            text.put(b"* ");
            text.put(word.as_bytes());
            text.end();
        }
        text.pen(|pen| {
            pen.word(match self.model.rows.sense[row.index()] {
                Sense::Le => const { Word::new(b" L  ") },
                Sense::Ge => const { Word::new(b" G  ") },
                Sense::Eq => const { Word::new(b" E  ") },
            });
            self.names.row_of(pen, row, None);
        });
        text.end();
    }

    /// The section stands there even if it is empty: SCIP 10 and CBC refuse a file without it.
    /// `RANGES` are never written, every ranged row being two rows.
    pub(super) fn rhs(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        sink.once(|text| text.put(b"RHS\n"))?;
        let sides = &self.model.rows.rhs;
        sink.list(sides.len(), |range, text| {
            for r in range.filter(|r| sides[*r] != 0.0) {
                text.pen(|pen| {
                    pen.word(const { Word::new(b"    RHS ") });
                    self.names.row_of(pen, RowId(r as u32), None);
                    pen.word(const { Word::new(b" ") });
                    pen.double(sides[r]);
                });
                text.end();
            }
        })
    }
}
