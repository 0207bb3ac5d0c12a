//! The linear relaxation of a program, and of any part of it that a box cuts out.
//!
//! Integrality is dropped; every product of two columns is replaced by a column of its own within
//! the McCormick envelope over the bounds of its factors. In a smaller box the envelope is smaller:
//! its rows are computed for the box at hand, so that branching on a factor tightens the product.
//! **Relaxation**; rows that cannot be said (guarded, smooth, a product without bounds) are left out.

use indexmap::IndexMap;

use super::record::Duals;
use crate::bounds::Interval;
use crate::bounds::interval::{add_down, add_up};
use crate::ir::{Family, Model, Place, RowId, RowView, Rule, Sense, VarId, VarKind};
use crate::solve::dual_bound::DualBound;

/// A product of two columns and the column that stands for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Product {
    /// First factor.
    pub x: VarId,
    /// Second factor; the first again for a square.
    pub y: VarId,
    /// The column of the product.
    pub w: VarId,
    /// The first of its rows.
    first: usize,
}

impl Product {
    /// A square has three rows, its two secants being the same; others have four.
    fn sides(self) -> usize {
        if self.x == self.y { 3 } else { 4 }
    }

    /// Its rows over the box.
    pub fn rows(self) -> std::ops::Range<usize> {
        self.first..self.first + self.sides()
    }
}

/// A row of an envelope: a factor that is squared occurs once, the second time with 0.
pub struct Envelope {
    /// Entries.
    pub entries: Vec<(VarId, f64)>,
    /// Relation.
    pub sense: Sense,
    /// Right-hand side.
    pub rhs: f64,
}

/// See the module documentation.
#[derive(Clone)]
pub struct Relaxation {
    /// All rows linear; those of the envelopes last, for the bounds of the columns.
    pub model: Model,
    /// The products, in the order of their rows.
    pub products: Vec<Product>,
    /// Positions in `products` by factor.
    by_factor: IndexMap<VarId, Vec<usize>>,
    /// First row of an envelope.
    envelopes: usize,
    /// The row of the program that each row before the envelopes is.
    sources: Vec<RowId>,
}

impl Relaxation {
    /// The relaxation of the rows of `model` that `keep` selects by position.
    #[must_use]
    pub fn of(model: &Model, keep: impl Fn(usize) -> bool) -> Self {
        let mut out = Model { vars: model.vars.clone(), ..Model::new() };
        let mut products: IndexMap<(VarId, VarId), VarId> = IndexMap::new();
        let mut sources = Vec::new();
        for row in model.rows.iter().filter(|r| keep(r.id.index())) {
            if row.guard.is_some() || row.smooth.is_some() {
                continue;
            }
            let Some(terms) = linear(&mut out, &mut products, &row) else { continue };
            if !terms.is_empty() {
                out.add_row(&terms, row.sense, row.rhs, row.origin);
                sources.push(row.id);
            }
        }
        let mut r = Relaxation {
            envelopes: out.row_count(),
            model: out,
            products: Vec::new(),
            by_factor: IndexMap::new(),
            sources,
        };
        let bounds = r.bounds();
        for ((x, y), w) in products {
            let product = Product { x, y, w, first: r.model.row_count() };
            for factor in if x == y { vec![x] } else { vec![x, y] } {
                r.by_factor.entry(factor).or_default().push(r.products.len());
            }
            for side in 0..product.sides() {
                let e = envelope(product, side, &bounds);
                let origin = Rule::McCormick.at(Place::NONE.i(w.index()));
                r.model.add_row(&e.entries, e.sense, e.rhs, origin);
            }
            r.products.push(product);
        }
        r
    }

    /// The bounds of the columns.
    #[must_use]
    pub fn bounds(&self) -> Vec<Interval> {
        self.model.vars.iter().map(|v| Interval { lo: v.lower, hi: v.upper }).collect()
    }

    /// Whether a column takes whole numbers.
    #[must_use]
    pub fn is_whole(&self, v: VarId) -> bool {
        self.model.vars.get(v).kind != VarKind::Continuous
    }

    /// Positions of the products with this factor.
    #[must_use]
    pub fn with_factor(&self, v: VarId) -> &[usize] {
        self.by_factor.get(&v).map_or(&[], Vec::as_slice)
    }

    /// The row of the program that a row of the relaxation is; nothing for one of an envelope.
    #[must_use]
    pub fn source(&self, row: usize) -> Option<RowId> {
        self.sources.get(row).copied()
    }

    /// Both factors and the product of the envelope that a row belongs to; none for other rows.
    #[must_use]
    pub fn factors(&self, row: usize) -> Vec<VarId> {
        let k = self.products.partition_point(|p| p.first <= row).checked_sub(1);
        let product = k.and_then(|k| self.products.get(k)).filter(|p| p.rows().contains(&row));
        product.map_or_else(Vec::new, |p| vec![p.x, p.y, p.w])
    }

    /// A row of an envelope over the box. Nothing where `row` is none.
    #[must_use]
    pub fn envelope(&self, row: usize, bounds: &[Interval]) -> Option<Envelope> {
        let k = self.products.partition_point(|p| p.first <= row).checked_sub(1)?;
        let product = self.products.get(k).filter(|p| p.rows().contains(&row))?;
        Some(envelope(*product, row - product.first, bounds))
    }

    /// The lower bound of `sum terms` over the box that the multipliers prove; `+inf` where the box
    /// is empty.
    #[must_use]
    pub fn prove(&self, terms: &[(VarId, f64)], duals: &Duals, bounds: &[Interval]) -> f64 {
        let mut sum = DualBound::new(self.model.var_count(), terms);
        for &(row, y) in duals {
            let at = row as usize;
            if at >= self.model.row_count() {
                continue;
            }
            match self.envelope(at, bounds) {
                Some(e) if at >= self.envelopes => {
                    let (cols, vals): (Vec<VarId>, Vec<f64>) = e.entries.into_iter().unzip();
                    sum.add(&cols, &vals, (e.sense, e.rhs), y);
                }
                Some(_) | None => {
                    let row = self.model.rows.get(RowId(row));
                    sum.add(row.cols, row.vals, (row.sense, row.rhs), y);
                }
            }
        }
        sum.within(bounds.iter().map(|b| (b.lo, b.hi)))
    }
}

/// The row with a column for each product, or nothing if it only says what such a column is, or
/// cannot be said.
fn linear(
    out: &mut Model,
    products: &mut IndexMap<(VarId, VarId), VarId>,
    row: &RowView<'_>,
) -> Option<Vec<(VarId, f64)>> {
    let mut terms: Vec<(VarId, f64)> =
        row.cols.iter().copied().zip(row.vals.iter().copied()).collect();
    if let ([(w, a)], [q]) = (terms.as_slice(), row.quad)
        && row.sense == Sense::Eq
        && row.rhs == 0.0
        && q.coefficient == -a
        && *w != q.i
        && *w != q.j
        && !products.contains_key(&(q.i, q.j))
        && bounded(out, q.i)
        && bounded(out, q.j)
    {
        products.insert((q.i, q.j), *w);
        return None;
    }
    for q in row.quad {
        let w = match products.get(&(q.i, q.j)) {
            Some(w) => *w,
            None if bounded(out, q.i) && bounded(out, q.j) => {
                let (x, y) = (range(out, q.i), range(out, q.j));
                let of = if q.i == q.j { x.square() } else { x * y };
                let role = Family::Lowered.at(Place::NONE.i(out.var_count()));
                let w = out.add_var(VarKind::Continuous, of.lo, of.hi, role);
                products.insert((q.i, q.j), w);
                w
            }
            None => return None,
        };
        // Merging coefficients would round them.
        if terms.iter().any(|t| t.0 == w) {
            return None;
        }
        terms.push((w, q.coefficient));
    }
    Some(terms)
}

fn range(model: &Model, v: VarId) -> Interval {
    let v = model.vars.get(v);
    Interval { lo: v.lower, hi: v.upper }
}

fn bounded(model: &Model, v: VarId) -> bool {
    range(model, v).is_finite()
}

/// One row of the envelope of `w = x y` over the box (McCormick 1976): `w (sense) q x + p y - p q`
/// at a corner `(p, q)`. The constant is rounded outward; for a square the slope `p + q` is too,
/// and its error times the range of `x` moves the constant.
fn envelope(product: Product, side: usize, bounds: &[Interval]) -> Envelope {
    let of = |v: VarId| bounds.get(v.index()).copied().unwrap_or(Interval::ALL);
    let Product { x, y, w, .. } = product;
    let (Interval { lo: a, hi: b }, Interval { lo: c, hi: d }) = (of(x), of(y));
    let (p, q, sense) = match side {
        0 => (a, c, Sense::Ge),
        1 => (b, d, Sense::Ge),
        2 => (a, d, Sense::Le),
        _ => (b, c, Sense::Le),
    };
    let corner = Interval::point(p) * Interval::point(q);
    let rhs = if sense == Sense::Ge { -corner.hi } else { -corner.lo };
    if x != y {
        return Envelope { entries: vec![(x, -q), (y, -p), (w, 1.0)], sense, rhs };
    }
    let slope = p + q;
    let error = (Interval::point(p) + Interval::point(q) - Interval::point(slope)) * of(x);
    let rhs = match sense {
        Sense::Ge => add_down(rhs, error.lo),
        Sense::Le | Sense::Eq => add_up(rhs, error.hi),
    };
    Envelope { entries: vec![(x, -slope), (w, 1.0)], sense, rhs }
}
