//! The segments: rows `C`, objective `O`, start `x`, sides `r`, bounds `b`, counts `k`, linear
//! parts `J` and `G`.

use std::io;

use super::Writer;
use super::output::Output;
use crate::back::cuts::Cuts;
use crate::back::sink::Sink;
use crate::ir::{Sense, VarId};

impl Writer<'_> {
    /// `C`: the nonlinear part of every row, `n0` for a linear one.
    pub(super) fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let model = self.model;
        let row = |place: usize| model.rows.get(self.order.columns.rows[place]);
        let nonlinear = self.order.counts.nonlinear_rows;
        let cuts = Cuts::new((0..nonlinear).map(|place| row(place).quad.len()));
        sink.cut(&cuts, |chunk, text| {
            let mut out = self.output(text);
            for place in cuts.records(chunk) {
                let row = row(place);
                let part = cuts.part(chunk, place, row.quad.len());
                if part.first {
                    out.segment(b'C', &[place]);
                }
                let smooth = row.smooth.map(|id| (id, false));
                self.nonlinear(&mut out, &part, row.quad, (smooth, 0.0));
            }
        })?;
        sink.list(model.row_count() - nonlinear, |range, text| {
            let mut out = self.output(text);
            for place in range {
                out.segment(b'C', &[nonlinear + place]);
                out.number(0.0);
            }
        })
    }

    /// `O`: minimised (0) or maximised (1); the constant is part of the expression.
    pub(super) fn objective(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let goal = &self.goal;
        let size = goal.quad.len();
        let cuts = Cuts::new([size]);
        sink.cut(&cuts, |chunk, text| {
            let mut out = self.output(text);
            let part = cuts.part(chunk, 0, size);
            if part.first {
                out.segment(b'O', &[0, usize::from(goal.maximise)]);
            }
            self.nonlinear(&mut out, &part, &goal.quad, (goal.smooth, goal.constant));
        })
    }

    /// `x`: a value for every column.
    pub(super) fn start(&self, sink: &mut Sink<'_>, start: Option<&[f64]>) -> io::Result<()> {
        let Some(start) = start else { return Ok(()) };
        sink.once(|text| self.output(text).segment(b'x', &[start.len()]))?;
        sink.list(start.len(), |range, text| {
            let mut out = self.output(text);
            for column in range {
                out.entry(column, start[self.order.columns.vars[column].index()]);
            }
        })
    }

    /// `r`: relation and right-hand side of every row.
    pub(super) fn right_hand_sides(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        sink.once(|text| self.output(text).segment(b'r', &[]))?;
        let rows = &self.model.rows;
        sink.list(rows.len(), |range, text| {
            let mut out = self.output(text);
            for row in &self.order.columns.rows[range] {
                let kind = match rows.sense[row.index()] {
                    Sense::Le => b'1',
                    Sense::Ge => b'2',
                    Sense::Eq => b'4',
                };
                out.limits(kind, &[rows.rhs[row.index()]]);
            }
        })
    }

    /// `b`: infinite bounds by kind, never by a large number (COPT's driver answered wrongly).
    pub(super) fn bounds(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        sink.once(|text| self.output(text).segment(b'b', &[]))?;
        sink.list(self.model.var_count(), |range, text| {
            let mut out = self.output(text);
            for var in &self.order.columns.vars[range] {
                let view = self.model.vars.get(*var);
                let (lower, upper) = (view.lower, view.upper);
                match (lower.is_finite(), upper.is_finite()) {
                    (false, false) => out.limits(b'3', &[]),
                    (true, false) => out.limits(b'2', &[lower]),
                    (false, true) => out.limits(b'1', &[upper]),
                    (true, true) if lower == upper => out.limits(b'4', &[lower]),
                    (true, true) => out.limits(b'0', &[lower, upper]),
                }
            }
        })
    }

    /// Linear terms of a row with a zero for each variable that is only in its nonlinear part, in
    /// the order of the variables. `place` is the row's place in the file.
    fn row_terms(&self, place: usize, terms: &mut Vec<(VarId, f64)>) {
        let rows = &self.model.rows;
        let row = self.order.columns.rows[place].index();
        let span = rows.start[row]..rows.start[row + 1];
        let (cols, vals) = (&rows.col[span.clone()], &rows.val[span]);
        terms.clear();
        let nonlinear = self.order.row_nonlinear(place);
        merge(cols.iter().copied().zip(vals.iter().copied()), nonlinear, terms);
    }

    /// Linear terms of the objective, completed in the same way.
    pub(super) fn gradient_terms(&self) -> Vec<(VarId, f64)> {
        let mut terms = Vec::new();
        let linear = self.goal.linear.iter().copied();
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
    pub(super) fn column_counts(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let columns = self.model.var_count();
        // No more than 2^31 of anything.
        let mut counts = vec![0_u32; columns];
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
        let mut sum = 0;
        for count in &mut counts {
            sum += *count;
            *count = sum;
        }
        sink.once(|text| self.output(text).segment(b'k', &[columns - 1]))?;
        sink.list(columns - 1, |range, text| {
            let mut out = self.output(text);
            counts[range].iter().for_each(|sum| out.count(*sum as usize));
        })
    }

    /// `J`: by row, columns ascending; an empty one is left out, because AMPL's library fails on it.
    pub(super) fn jacobian(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let rows = &self.model.rows;
        let entries =
            |place: &crate::ir::RowId| rows.start[place.index() + 1] - rows.start[place.index()];
        let cuts = Cuts::new(self.order.columns.rows.iter().map(entries));
        sink.cut(&cuts, |chunk, text| {
            let mut out = self.output(text);
            let mut terms = Vec::new();
            for place in cuts.begun(chunk) {
                self.row_terms(place, &mut terms);
                self.linear(&mut out, b'J', place, &mut terms);
            }
        })
    }

    /// `G`: the same for the objective.
    pub(super) fn gradient(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let mut terms = self.gradient_terms();
        sink.once(|text| self.linear(&mut self.output(text), b'G', 0, &mut terms))
    }

    fn linear(&self, out: &mut Output<'_>, letter: u8, place: usize, terms: &mut [(VarId, f64)]) {
        if terms.is_empty() {
            return;
        }
        out.segment(letter, &[place, terms.len()]);
        let column = &self.order.column;
        terms.sort_unstable_by_key(|(v, _)| column[v.index()]);
        for (v, a) in terms.iter() {
            out.entry(column[v.index()] as usize, *a);
        }
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
