//! `QUADOBJ`, `QMATRIX` and `QCMATRIX`.

use super::super::error::{Outcome, Problem};
use super::sections::Entry;
use super::{Reader, Section};
use crate::ir::{QuadTerm, VarId};

impl Reader<'_> {
    /// Turns the entries of the matrix that ends at `line` into terms.
    pub(super) fn close_matrix(
        &mut self,
        section: Section,
        matrix: &mut Vec<Entry>,
        line: usize,
    ) -> Outcome<()> {
        let entries = std::mem::take(matrix);
        match section {
            Section::QuadObj => self.quad_objective = one_triangle(self, entries, line)?,
            // The objective is half of x'Qx, a pair stands on both sides: x'Qx has it twice.
            Section::QMatrix => self.quad_objective = both_triangles(self, entries, 0.5, line)?,
            Section::QcMatrix(row) => {
                let terms = both_triangles(self, entries, 1.0, line)?;
                if self.quad_rows.iter().any(|q| q.0 == row) {
                    let name = "QCMATRIX".to_owned();
                    return Err(Problem::Twice { kind: "the row's", name }.at(line));
                }
                self.quad_rows.push((row, terms));
            }
            Section::Start
            | Section::ObjSense
            | Section::ObjName
            | Section::Rows
            | Section::Columns
            | Section::Rhs
            | Section::Ranges
            | Section::Bounds
            | Section::Sos
            | Section::Sets
            | Section::Indicators => {}
        }
        Ok(())
    }

    fn names(&self, i: VarId, j: VarId) -> String {
        format!("{} {}", self.columns.name(i), self.columns.name(j))
    }
}

/// Orders each pair and says whether it was turned.
fn ordered(entries: Vec<Entry>) -> Vec<(VarId, VarId, f64, bool)> {
    let mut list: Vec<_> = entries
        .into_iter()
        .map(|(i, j, v)| if i <= j { (i, j, v, false) } else { (j, i, v, true) })
        .collect();
    list.sort_by_key(|e| (e.0, e.1, e.3));
    list
}

/// Half of `x'Qx`, one side of each pair given.
fn one_triangle(reader: &Reader<'_>, entries: Vec<Entry>, line: usize) -> Outcome<Vec<QuadTerm>> {
    let list = ordered(entries);
    if let Some(w) = list.windows(2).find(|w| (w[0].0, w[0].1) == (w[1].0, w[1].1)) {
        let pair = reader.names(w[0].0, w[0].1);
        return Err(Problem::ambiguous(
            format!("the pair `{pair}` twice in QUADOBJ (most add up, Xpress reads it once)"),
            "give one triangle",
        )
        .at(line));
    }
    let term = |(i, j, v, _): &(VarId, VarId, f64, bool)| QuadTerm {
        i: *i,
        j: *j,
        coefficient: if i == j { v / 2.0 } else { *v },
    };
    Ok(list.iter().map(term).collect())
}

/// `factor * x'Qx`, both sides of each pair given.
fn both_triangles(
    reader: &Reader<'_>,
    entries: Vec<Entry>,
    factor: f64,
    line: usize,
) -> Outcome<Vec<QuadTerm>> {
    let list = ordered(entries);
    let mut terms = Vec::with_capacity(list.len());
    let mut k = 0;
    while let Some(&(i, j, value, turned)) = list.get(k) {
        let next = list.get(k + 1).filter(|e| (e.0, e.1) == (i, j));
        let pair = match next {
            _ if i == j && next.is_none() => Some(value),
            Some(&(_, _, other, other_turned)) if i != j && other == value => {
                k += 1;
                let third = list.get(k + 1).is_some_and(|e| (e.0, e.1) == (i, j));
                (turned != other_turned && !third).then_some(value + other)
            }
            _ => None,
        };
        let Some(sum) = pair else {
            return Err(Problem::ambiguous(
                format!(
                    "the pair `{}`, which is not there once on both sides,",
                    reader.names(i, j)
                ),
                "give both triangles of a symmetric matrix",
            )
            .at(line));
        };
        terms.push(QuadTerm { i, j, coefficient: factor * sum });
        k += 1;
    }
    Ok(terms)
}
