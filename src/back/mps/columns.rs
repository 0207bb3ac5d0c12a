//! `COLUMNS`: the matrix by column, with markers around runs of integer columns.

use std::io;
use std::ops::Range;
use std::sync::atomic::Ordering;

use super::Writer;
use super::panel::{Counts, Panel, budget, coefficient};
use crate::back::cuts::Cuts;
use crate::back::naming::BATCH;
use crate::back::sink::Sink;
use crate::back::text::Text;
use crate::ir::pen::Word;
use crate::ir::{Origin, RowId, VarId, VarKind};

impl Writer<'_> {
    /// Entries of a column are contiguous, at most two a line; a column without any gets a zero in
    /// the objective.
    pub(super) fn columns(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        sink.once(|text| text.put(b"COLUMNS\n"))?;
        let (rows, columns) = (&self.model.rows, self.model.var_count());
        let mut counts = Counts::new(rows, columns, sink.threads());
        let budget = budget(rows);
        let mut panel = Panel::new(budget.min(rows.nonzeros()));
        let (mut from, mut markers) = (0, 0);
        while from < columns {
            let mut size = counts.of(from);
            if size > budget {
                self.long_column(sink, from, markers)?;
                markers += usize::from(self.switches(from));
                from += 1;
                continue;
            }
            let mut to = from + 1;
            while to < columns && size + counts.of(to) <= budget {
                size += counts.of(to);
                to += 1;
            }
            panel.fill(rows, from..to, &mut counts);
            markers = self.panel(sink, &panel, from..to, (&counts, markers))?;
            from = to;
        }
        sink.once(|text| {
            if columns > 0 && self.integer(columns - 1) {
                marker(text, markers, false);
            }
        })
    }

    /// Writes the columns of a panel before which there are so many markers, and returns how many
    /// there are behind it.
    fn panel(
        &self,
        sink: &mut Sink<'_>,
        panel: &Panel,
        columns: Range<usize>,
        (counts, mut markers): (&Counts, usize),
    ) -> io::Result<usize> {
        let first = columns.start;
        let cuts = Cuts::new(columns.map(|j| counts.of(j)));
        // Markers before the columns that begin in each chunk.
        let mut before = Vec::with_capacity(cuts.len());
        for chunk in 0..cuts.len() {
            before.push(markers);
            markers += cuts.begun(chunk).filter(|c| self.switches(first + c)).count();
        }
        sink.cut(&cuts, |chunk, text| {
            let mut markers = before[chunk];
            for c in cuts.records(chunk) {
                let j = first + c;
                let (rows, vals) = panel.column(j);
                let part = cuts.part(chunk, c, rows.len());
                let mut lines = Lines { writer: self, column: j, on_line: 0, name: None };
                if part.first {
                    lines.head(text, &mut markers, rows.is_empty());
                }
                let (rows, vals) = (&rows[part.items.clone()], &vals[part.items]);
                for (rows, vals) in rows.chunks(BATCH).zip(vals.chunks(BATCH)) {
                    let rows = rows.iter().map(|row| RowId(row.load(Ordering::Relaxed)));
                    let vals = vals.iter().map(|a| f64::from_bits(a.load(Ordering::Relaxed)));
                    let origins = self.names.origins(rows.clone());
                    for (k, (row, a)) in rows.zip(vals).enumerate() {
                        lines.entry(text, a, (row, origins.get(k)));
                    }
                }
                lines.end(text);
            }
        })?;
        Ok(markers)
    }

    /// A column that is no smaller than a whole panel: looked up row by row.
    fn long_column(&self, sink: &mut Sink<'_>, j: usize, markers: usize) -> io::Result<()> {
        let rows = &self.model.rows;
        sink.list(rows.len(), |range, text| {
            let mut lines = Lines { writer: self, column: j, on_line: 0, name: None };
            if range.start == 0 {
                lines.head(text, &mut { markers }, false);
            }
            for r in range {
                if let Some(a) = coefficient(rows, r, j) {
                    lines.entry(text, a, (RowId(r as u32), None));
                }
            }
            lines.end(text);
        })
    }

    fn integer(&self, column: usize) -> bool {
        self.model.vars.kind[column] != VarKind::Continuous
    }

    /// Whether a run of integer columns begins or ends before the column.
    fn switches(&self, column: usize) -> bool {
        self.integer(column) != (column > 0 && self.integer(column - 1))
    }
}

/// The lines of one column.
struct Lines<'a> {
    writer: &'a Writer<'a>,
    column: usize,
    /// Entries on the line that is not ended.
    on_line: u8,
    /// Where in the text the column's name stands already.
    name: Option<Range<usize>>,
}

impl Lines<'_> {
    /// A marker, if the column needs one, and its cost, if it has one or has nothing else.
    fn head(&mut self, text: &mut Text, markers: &mut usize, empty: bool) {
        let Self { writer, column, .. } = *self;
        if writer.switches(column) {
            marker(text, *markers, writer.integer(column));
            *markers += 1;
        }
        let costs = &writer.goal.linear;
        let cost = costs.binary_search_by_key(&column, |t| t.0.index()).ok().map(|k| costs[k].1);
        if let Some(cost) = cost.or(empty.then_some(0.0)) {
            self.begin(text);
            text.put(b" objective ");
            text.num(cost);
        }
    }

    #[inline]
    fn entry(&mut self, text: &mut Text, a: f64, (row, origin): (RowId, Option<Origin>)) {
        if self.on_line == 1 {
            self.on_line = 2;
        } else {
            self.end(text);
            self.begin(text);
        }
        const BLANK: Word = Word::new(b" ");
        text.pen(|pen| {
            pen.word(BLANK);
            self.writer.names.row_of(pen, row, origin);
            pen.word(BLANK);
            pen.double(a);
        });
    }

    #[inline]
    fn begin(&mut self, text: &mut Text) {
        text.put(b"    ");
        if let Some(name) = &self.name {
            text.again(name.clone());
        } else {
            let start = text.place();
            self.writer.names.var(text, VarId(self.column as u32));
            self.name = Some(start..text.place());
        }
        self.on_line = 1;
    }

    #[inline]
    fn end(&mut self, text: &mut Text) {
        if self.on_line > 0 {
            text.end();
        }
        self.on_line = 0;
    }
}

/// Without the quotes most readers refuse the line.
fn marker(text: &mut Text, number: usize, begin: bool) {
    text.put(b"    MARKER");
    text.int(number);
    text.put(if begin { b" 'MARKER' 'INTORG'" } else { b" 'MARKER' 'INTEND'" });
    text.end();
}
