//! `COLUMNS`: the matrix by column, with markers around runs of integer columns.

use std::io;

use super::Writer;
use crate::ir::{Model, VarKind};

/// The linear part of all rows by column.
struct Transposed {
    /// `start[j]..start[j + 1]` are the entries of column `j`.
    start: Vec<usize>,
    row: Vec<u32>,
    val: Vec<f64>,
}

impl Transposed {
    /// Counting sort: entries of a column come by ascending row.
    fn new(model: &Model) -> Self {
        let rows = &model.rows;
        let mut start = vec![0_usize; model.var_count() + 1];
        for v in &rows.col {
            start[v.index() + 1] += 1;
        }
        for j in 1..start.len() {
            start[j] += start[j - 1];
        }
        let mut next = start.clone();
        let mut row = vec![0; rows.col.len()];
        let mut val = vec![0.0; rows.col.len()];
        for r in 0..rows.sense.len() {
            for k in rows.start[r]..rows.start[r + 1] {
                let slot = &mut next[rows.col[k].index()];
                row[*slot] = r as u32;
                val[*slot] = rows.val[k];
                *slot += 1;
            }
        }
        Transposed { start, row, val }
    }
}

impl Writer<'_, '_> {
    /// Entries of a column are contiguous, at most two a line; a column without any gets a zero in
    /// the objective.
    pub(super) fn columns(&mut self) -> io::Result<()> {
        self.text.put(b"COLUMNS");
        self.text.end()?;
        let model = self.model;
        let matrix = Transposed::new(model);
        let mut objective = model.objective.linear.iter().peekable();
        let mut integers = false;
        let mut markers = 0;
        for j in 0..model.var_count() {
            let integer = model.vars.kind[j] != VarKind::Continuous;
            if integer != integers {
                self.marker(&mut markers, integer)?;
                integers = integer;
            }
            let cost = objective.next_if(|t| t.0.index() == j).map(|t| t.1);
            let span = matrix.start[j]..matrix.start[j + 1];
            let mut on_line = 0;
            let cost = if cost.is_none() && span.is_empty() { Some(0.0) } else { cost };
            if let Some(cost) = cost {
                self.begin(j);
                self.text.put(b"  obj  ");
                self.text.num(cost);
                on_line = 1;
            }
            for k in span {
                match on_line {
                    1 => on_line = 2,
                    _ => {
                        if on_line == 2 {
                            self.text.end()?;
                        }
                        self.begin(j);
                        on_line = 1;
                    }
                }
                self.text.put(b"  ");
                self.text.put(self.rows.get(matrix.row[k] as usize));
                self.text.put(b"  ");
                self.text.num(matrix.val[k]);
            }
            self.text.end()?;
        }
        if integers {
            self.marker(&mut markers, false)?;
        }
        Ok(())
    }

    #[inline]
    fn begin(&mut self, column: usize) {
        self.text.put(b"    ");
        self.text.put(self.vars.get(column));
    }

    /// Without the quotes most readers refuse the line.
    fn marker(&mut self, markers: &mut usize, begin: bool) -> io::Result<()> {
        self.text.put(b"    MARKER");
        self.text.int(*markers);
        *markers += 1;
        self.text.put(if begin { b"  'MARKER'  'INTORG'" } else { b"  'MARKER'  'INTEND'" });
        self.text.end()
    }
}
