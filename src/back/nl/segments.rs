//! The segments: rows `C`, objective `O`, start `x`, sides `r`, bounds `b`, counts `k`, linear
//! parts `J` and `G`.

use std::io;

use super::Writer;
use crate::ir::{Sense, VarId};

impl Writer<'_, '_> {
    /// `C`: the nonlinear part of every row, `n0` for a linear one.
    pub(super) fn rows(&mut self) -> io::Result<()> {
        let model = self.model;
        for place in 0..model.row_count() {
            self.out.segment(b'C', &[place])?;
            if place < self.order.counts.nonlinear_rows {
                let row = model.rows.get(self.order.columns.rows[place]);
                self.nonlinear(row.quad, row.smooth, 0.0)?;
            } else {
                self.out.number(0.0)?;
            }
        }
        Ok(())
    }

    /// `O`: minimised; the constant is part of the expression.
    pub(super) fn objective(&mut self) -> io::Result<()> {
        let objective = &self.model.objective;
        self.out.segment(b'O', &[0, 0])?;
        self.nonlinear(&objective.quad, objective.smooth, objective.constant)
    }

    /// `x`: a value for every column.
    pub(super) fn start(&mut self, start: Option<&[f64]>) -> io::Result<()> {
        let Some(start) = start else { return Ok(()) };
        self.out.segment(b'x', &[start.len()])?;
        for (column, var) in self.order.columns.vars.iter().enumerate() {
            self.out.entry(column, start[var.index()])?;
        }
        Ok(())
    }

    /// `r`: relation and right-hand side of every row.
    pub(super) fn right_hand_sides(&mut self) -> io::Result<()> {
        self.out.segment(b'r', &[])?;
        for row in &self.order.columns.rows {
            let kind = match self.model.rows.sense[row.index()] {
                Sense::Le => b'1',
                Sense::Ge => b'2',
                Sense::Eq => b'4',
            };
            self.out.limits(kind, &[self.model.rows.rhs[row.index()]])?;
        }
        Ok(())
    }

    /// `b`: infinite bounds by kind, never by a large number (COPT's driver answered wrongly).
    pub(super) fn bounds(&mut self) -> io::Result<()> {
        self.out.segment(b'b', &[])?;
        for var in &self.order.columns.vars {
            let view = self.model.vars.get(*var);
            let (lower, upper) = (view.lower, view.upper);
            match (lower.is_finite(), upper.is_finite()) {
                (false, false) => self.out.limits(b'3', &[])?,
                (true, false) => self.out.limits(b'2', &[lower])?,
                (false, true) => self.out.limits(b'1', &[upper])?,
                (true, true) if lower == upper => self.out.limits(b'4', &[lower])?,
                (true, true) => self.out.limits(b'0', &[lower, upper])?,
            }
        }
        Ok(())
    }

    /// Linear terms of a row with a zero for each variable that is only in its nonlinear part, in
    /// the order of the variables. `place` is the row's place in the file.
    fn row_terms(&self, place: usize, terms: &mut Vec<(VarId, f64)>) {
        let rows = &self.model.rows;
        let row = self.order.columns.rows[place].index();
        let span = rows.start[row]..rows.start[row + 1];
        let (cols, vals) = (&rows.col[span.clone()], &rows.val[span]);
        terms.clear();
        let nonlinear = self.order.row_nonlinear.get(place).map_or(&[][..], Vec::as_slice);
        merge(cols.iter().copied().zip(vals.iter().copied()), nonlinear, terms);
    }

    /// Linear terms of the objective, completed in the same way.
    pub(super) fn gradient_terms(&self) -> Vec<(VarId, f64)> {
        let mut terms = Vec::new();
        let linear = self.model.objective.linear.iter().copied();
        merge(linear, &self.order.objective_nonlinear, &mut terms);
        terms
    }

    /// Number of entries of all `J` segments.
    pub(super) fn jacobian_entries(&self) -> usize {
        let mut terms = Vec::new();
        let mut count = self.model.rows.nonzeros();
        for place in 0..self.order.counts.nonlinear_rows {
            let row = self.order.columns.rows[place].index();
            let linear = self.model.rows.start[row + 1] - self.model.rows.start[row];
            self.row_terms(place, &mut terms);
            count += terms.len() - linear;
        }
        count
    }

    /// `k`: entries in the columns up to each but the last.
    pub(super) fn column_counts(&mut self) -> io::Result<()> {
        let columns = self.model.var_count();
        let mut counts = vec![0_usize; columns];
        for v in &self.model.rows.col {
            counts[self.order.column[v.index()] as usize] += 1;
        }
        let mut terms = Vec::new();
        for place in 0..self.order.counts.nonlinear_rows {
            self.row_terms(place, &mut terms);
            for (v, _) in terms.iter().filter(|t| t.1 == 0.0) {
                counts[self.order.column[v.index()] as usize] += 1;
            }
        }
        self.out.segment(b'k', &[columns - 1])?;
        let mut sum = 0;
        for count in &counts[..columns - 1] {
            sum += count;
            self.out.count(sum)?;
        }
        Ok(())
    }

    /// `J`: by row, columns ascending; an empty one is left out, because AMPL's library fails on it.
    pub(super) fn jacobian(&mut self) -> io::Result<()> {
        let mut terms = Vec::new();
        for place in 0..self.model.row_count() {
            self.row_terms(place, &mut terms);
            self.linear(b'J', place, &mut terms)?;
        }
        Ok(())
    }

    /// `G`: the same for the objective.
    pub(super) fn gradient(&mut self) -> io::Result<()> {
        let mut terms = self.gradient_terms();
        self.linear(b'G', 0, &mut terms)
    }

    fn linear(&mut self, letter: u8, place: usize, terms: &mut [(VarId, f64)]) -> io::Result<()> {
        if terms.is_empty() {
            return Ok(());
        }
        self.out.segment(letter, &[place, terms.len()])?;
        let column = &self.order.column;
        terms.sort_unstable_by_key(|(v, _)| column[v.index()]);
        for (v, a) in terms.iter() {
            self.out.entry(column[v.index()] as usize, *a)?;
        }
        Ok(())
    }
}

/// Merges ascending linear terms with ascending nonlinear variables, which get a zero.
fn merge(
    linear: impl Iterator<Item = (VarId, f64)>,
    nonlinear: &[VarId],
    out: &mut Vec<(VarId, f64)>,
) {
    let mut rest = nonlinear.iter().copied().peekable();
    for (v, a) in linear {
        while let Some(x) = rest.next_if(|x| *x < v) {
            out.push((x, 0.0));
        }
        rest.next_if_eq(&v);
        out.push((v, a));
    }
    out.extend(rest.map(|x| (x, 0.0)));
}
