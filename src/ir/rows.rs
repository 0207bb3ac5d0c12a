//! Rows in compressed sparse form; guards and quadratic parts lie in side tables.

use std::ops::Range;

use super::expr::ExprId;
use super::mark::Mark;
use super::role::Origin;
use super::vars::VarId;

/// A row of one [`super::Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u32);

impl RowId {
    /// Position in the row arrays.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// How the left-hand side relates to the right-hand side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Sense {
    /// `<=`
    Le,
    /// `>=`
    Ge,
    /// `=`
    Eq,
}

/// The condition `var == value` of an indicator constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guard {
    /// A binary variable.
    pub var: VarId,
    /// The value that switches the row on.
    pub value: bool,
}

/// `coefficient * x_i * x_j`, with `i <= j` once stored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuadTerm {
    /// First factor.
    pub i: VarId,
    /// Second factor.
    pub j: VarId,
    /// Coefficient, with no hidden factor one half.
    pub coefficient: f64,
}

/// All rows of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// `start[r]..start[r + 1]` are the linear entries of row `r`.
    pub(crate) start: Vec<usize>,
    pub(crate) col: Vec<VarId>,
    pub(crate) val: Vec<f64>,
    pub(crate) sense: Vec<Sense>,
    pub(crate) rhs: Vec<f64>,
    pub(crate) origin: Vec<Origin>,
    /// Guards by ascending row.
    pub(crate) guards: Vec<(RowId, Guard)>,
    /// Quadratic rows in ascending order, each with the range of its terms in `quad`.
    pub(crate) quad_rows: Vec<(RowId, usize, usize)>,
    pub(crate) quad: Vec<QuadTerm>,
    /// Smooth parts by ascending row.
    pub(crate) smooth: Vec<(RowId, ExprId)>,
    /// Marks that are not those of the row's rule, by ascending row.
    pub(crate) marks: Vec<(RowId, Mark)>,
}

impl Default for Rows {
    fn default() -> Self {
        Rows {
            start: vec![0],
            col: Vec::new(),
            val: Vec::new(),
            sense: Vec::new(),
            rhs: Vec::new(),
            origin: Vec::new(),
            guards: Vec::new(),
            quad_rows: Vec::new(),
            quad: Vec::new(),
            smooth: Vec::new(),
            marks: Vec::new(),
        }
    }
}

/// One row, read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowView<'a> {
    /// Its handle.
    pub id: RowId,
    /// Variables of the linear part.
    pub cols: &'a [VarId],
    /// Coefficients of the linear part.
    pub vals: &'a [f64],
    /// Quadratic part, empty for a linear row.
    pub quad: &'a [QuadTerm],
    /// Smooth part, for NL targets alone.
    pub smooth: Option<ExprId>,
    /// Indicator condition, if any.
    pub guard: Option<Guard>,
    /// Relation.
    pub sense: Sense,
    /// Right-hand side.
    pub rhs: f64,
    /// Where the row comes from.
    pub origin: Origin,
}

impl Rows {
    pub(crate) fn push(
        &mut self,
        terms: &[(VarId, f64)],
        quad: &[QuadTerm],
        guard: Option<Guard>,
        sense: Sense,
        rhs: f64,
        origin: Origin,
    ) -> RowId {
        let id = RowId(self.sense.len() as u32);
        let first = self.col.len();
        let ascending = terms.windows(2).all(|w| w[0].0 < w[1].0);
        if ascending {
            for &(v, a) in terms {
                self.push_entry(v, a);
            }
        } else {
            let mut sorted = terms.to_vec();
            sorted.sort_by_key(|t| t.0);
            let mut k = 0;
            while k < sorted.len() {
                let v = sorted[k].0;
                let mut a = 0.0;
                while k < sorted.len() && sorted[k].0 == v {
                    a += sorted[k].1;
                    k += 1;
                }
                self.push_entry(v, a);
            }
        }
        debug_assert!(self.col[first..].windows(2).all(|w| w[0] < w[1]));
        self.start.push(self.col.len());
        self.sense.push(sense);
        self.rhs.push(rhs);
        self.origin.push(origin);
        if let Some(g) = guard {
            self.guards.push((id, g));
        }
        let first = self.quad.len();
        merge_quad(quad, &mut self.quad);
        if self.quad.len() > first {
            self.quad_rows.push((id, first, self.quad.len()));
        }
        id
    }

    fn push_entry(&mut self, v: VarId, a: f64) {
        if a != 0.0 {
            self.col.push(v);
            self.val.push(a);
        }
    }

    /// Adds the value of a smooth expression to the left-hand side of the newest row.
    pub fn attach_smooth(&mut self, row: RowId, expr: ExprId) {
        debug_assert!(self.smooth.last().is_none_or(|(r, _)| *r < row));
        self.smooth.push((row, expr));
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sense.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sense.is_empty()
    }

    /// Number of linear entries over all rows.
    #[must_use]
    pub fn nonzeros(&self) -> usize {
        self.col.len()
    }

    /// Number of quadratic terms over all rows.
    #[must_use]
    pub fn quad_terms(&self) -> usize {
        self.quad.len()
    }

    /// Reads one row; finding its guard or quadratic part is a binary search.
    #[must_use]
    pub fn get(&self, id: RowId) -> RowView<'_> {
        let guard = self.guards.binary_search_by_key(&id, |g| g.0).ok();
        let quad = self.quad_rows.binary_search_by_key(&id, |q| q.0).ok();
        let smooth = self.smooth.binary_search_by_key(&id, |s| s.0).ok();
        self.view(id, guard, quad, smooth)
    }

    fn view(
        &self,
        id: RowId,
        guard: Option<usize>,
        quad: Option<usize>,
        smooth: Option<usize>,
    ) -> RowView<'_> {
        let r = id.index();
        let span = self.start[r]..self.start[r + 1];
        RowView {
            id,
            cols: &self.col[span.clone()],
            vals: &self.val[span],
            quad: quad.map_or(&[], |k| &self.quad[self.quad_rows[k].1..self.quad_rows[k].2]),
            smooth: smooth.map(|k| self.smooth[k].1),
            guard: guard.map(|k| self.guards[k].1),
            sense: self.sense[r],
            rhs: self.rhs[r],
            origin: self.origin[r],
        }
    }

    /// All rows in order, without searching.
    pub fn iter(&self) -> impl Iterator<Item = RowView<'_>> + '_ {
        self.range(0..self.len())
    }

    /// The rows of a range in order, with one search at its beginning.
    pub fn range(&self, rows: Range<usize>) -> impl Iterator<Item = RowView<'_>> + '_ {
        let first = rows.start;
        let mut g = self.guards.partition_point(|x| x.0.index() < first);
        let mut q = self.quad_rows.partition_point(|x| x.0.index() < first);
        let mut s = self.smooth.partition_point(|x| x.0.index() < first);
        rows.map(move |r| {
            let id = RowId(r as u32);
            let guard = (self.guards.get(g).is_some_and(|x| x.0 == id)).then(|| {
                g += 1;
                g - 1
            });
            let quad = (self.quad_rows.get(q).is_some_and(|x| x.0 == id)).then(|| {
                q += 1;
                q - 1
            });
            let smooth = (self.smooth.get(s).is_some_and(|x| x.0 == id)).then(|| {
                s += 1;
                s - 1
            });
            self.view(id, guard, quad, smooth)
        })
    }
}

/// Orders each pair, merges equal pairs, drops zeros, and appends the rest to `out`.
pub(crate) fn merge_quad(quad: &[QuadTerm], out: &mut Vec<QuadTerm>) {
    let mut sorted: Vec<QuadTerm> = quad
        .iter()
        .map(|t| if t.i <= t.j { *t } else { QuadTerm { i: t.j, j: t.i, ..*t } })
        .collect();
    sorted.sort_by_key(|t| (t.i, t.j));
    let first = out.len();
    for t in sorted {
        match out[first..].last_mut() {
            Some(last) if (last.i, last.j) == (t.i, t.j) => last.coefficient += t.coefficient,
            _ => out.push(t),
        }
    }
    let mut keep = first;
    for k in first..out.len() {
        if out[k].coefficient != 0.0 {
            out[keep] = out[k];
            keep += 1;
        }
    }
    out.truncate(keep);
}
