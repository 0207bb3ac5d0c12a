//! `Subject To`: rows and indicators.

use std::io;

use super::Writer;
use super::terms::signed;
use crate::back::cuts::{Cuts, Part};
use crate::back::naming::BATCH;
use crate::back::sink::Sink;
use crate::back::text::Text;
use crate::ir::pen::Word;
use crate::ir::{RowView, Sense, VarId};

impl Writer<'_> {
    /// The section stands there even if it is empty: CBC, MOSEK and GLPK miss it otherwise.
    pub(super) fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        sink.once(|text| {
            text.put(b"Subject To");
            text.end();
        })?;
        let rows = &self.model.rows;
        let size = |row: &RowView<'_>| row.cols.len() + row.quad.len();
        let cuts = Cuts::new(rows.iter().map(|row| size(&row)));
        sink.cut(&cuts, |chunk, text| {
            for row in rows.range(cuts.records(chunk)) {
                self.row(text, &row, &cuts.part(chunk, row.id.index(), size(&row)));
            }
        })
    }

    /// ` c4: b = 1 -> 2 x - y + [ x * y ] <= 3`: variables on the left, one number on the right.
    fn row(&self, text: &mut Text, row: &RowView<'_>, part: &Part) {
        if part.first {
            self.head(text, row);
        }
        let linear = part.items.start.min(row.cols.len())..part.items.end.min(row.cols.len());
        self.begin(text, part);
        let mut first = part.first;
        let batches = row.cols[linear.clone()].chunks(BATCH).zip(row.vals[linear].chunks(BATCH));
        for (cols, vals) in batches {
            let roles = self.names.roles(cols);
            for (k, (var, a)) in cols.iter().zip(vals).enumerate() {
                text.wrap();
                text.pen(|pen| {
                    signed(pen, first, *a);
                    self.names.var_of(pen, *var, roles.get(k));
                });
                first = false;
            }
        }
        self.quadratic(text, part, (row.cols.len(), row.quad, 1.0));
        if part.last {
            text.pen(|pen| {
                pen.word(match row.sense {
                    Sense::Le => const { Word::new(b" <= ") },
                    Sense::Ge => const { Word::new(b" >= ") },
                    Sense::Eq => const { Word::new(b" = ") },
                });
                pen.double(row.rhs);
            });
            text.end();
        }
    }

    fn head(&self, text: &mut Text, row: &RowView<'_>) {
        // A comment alone: COPT 8 ignores a section of lazy rows, SCIP 10 misreads one of user cuts.
        if let Some(word) = self.model.rows.mark(row.id).word() {
            text.put(b"\\ ");
            text.put(word.as_bytes());
            text.end();
        }
        text.pen(|pen| {
            pen.word(const { Word::new(b" ") });
            self.names.row_of(pen, row.id, None);
            pen.word(const { Word::new(b":") });
        });
        if let Some(guard) = row.guard {
            // Blanks everywhere: Gurobi and COPT refuse `b=1 ->`.
            text.put(b" ");
            self.names.var(text, guard.var);
            text.put(if guard.value { b" = 1 ->" } else { b" = 0 ->" });
        }
        // GLPK and parse_lp refuse rows without terms.
        if row.cols.is_empty() && row.quad.is_empty() {
            self.linear(text, true, VarId(0), 0.0);
        }
    }
}
