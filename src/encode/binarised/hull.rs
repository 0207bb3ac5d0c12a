//! The convex hull of one unit over the box of its terms (papers 4.6), by separation.
//!
//! A point in the hull is a share `y` of points where the unit is 1 and a share `1 - y` of those where it is 0. The
//! first share of the sum can be at most `sum_j min(y b_j, w_j u_j - (1 - y) o_j)` with the largest and the
//! least `b_j` and `o_j` of each term `w_j u_j`, and has to be `r y` or more; likewise the other. Each choice of
//! one side a term is a row that holds; the least sides at a point give the row that it breaks most.

use super::{LatticeProgram, Whole};
use crate::bounds::binarised::Unit;
use crate::ir::{Place, Rule, Sense, VarId};

/// A row of a unit's hull.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HullRow {
    /// Hidden layer, from 0.
    pub layer: usize,
    /// Its unit among those of the program, from 0.
    pub unit: usize,
    /// Whether it is about the points where the unit is 1.
    pub on: bool,
    /// For each term whether its column stands in the row.
    pub inside: Vec<bool>,
}

/// A row of columns: `sum terms <= rhs`.
#[derive(Clone, Debug, PartialEq)]
pub struct LinearRow {
    /// Columns with their coefficients.
    pub terms: Vec<(VarId, f64)>,
    /// The right-hand side.
    pub rhs: f64,
}

/// A term `w u` of a unit's sum, its sign turned where the unit is 0.
struct Term {
    column: VarId,
    weight: i64,
    /// Least and largest `w u`.
    ends: (i64, i64),
}

impl LatticeProgram {
    /// The rows of all hulls that a point of the linear relaxation breaks by more than `least`, relative to the length
    /// of the row; at most two a unit.
    #[must_use]
    pub fn separate(&self, x: &[f64], least: f64) -> Vec<HullRow> {
        let value = |v: VarId| x.get(v.index()).copied().unwrap_or(0.0);
        let mut out = Vec::new();
        for (layer, (units, columns)) in self.units.layers.iter().zip(&self.columns).enumerate() {
            for (unit, (u, column)) in units.iter().zip(columns).enumerate() {
                for on in [false, true] {
                    let y = if on { value(*column) } else { 1.0 - value(*column) };
                    let Some(terms) = self.terms(layer, u, on) else { continue };
                    let side = |t: &Term| {
                        let inner = t.weight as f64 * value(t.column) - t.ends.0 as f64 * (1.0 - y);
                        inner < t.ends.1 as f64 * y
                    };
                    let inside = terms.iter().map(side).collect();
                    let hull = HullRow { layer, unit, on, inside };
                    let Some(row) = self.row(&hull) else { continue };
                    let at: f64 = row.terms.iter().map(|(v, a)| a * value(*v)).sum();
                    let length = row.terms.iter().map(|(_, a)| a * a).sum::<f64>().sqrt();
                    if at - row.rhs > least * length.max(1.0) {
                        out.push(hull);
                    }
                }
            }
        }
        out
    }

    /// The row that a choice of sides gives; nothing if it does not fit.
    #[must_use]
    pub fn row(&self, hull: &HullRow) -> Option<LinearRow> {
        let unit = self.units.layers.get(hull.layer)?.get(hull.unit)?;
        let column = *self.columns.get(hull.layer)?.get(hull.unit)?;
        let terms = self.terms(hull.layer, unit, hull.on)?;
        if terms.len() != hull.inside.len() {
            return None;
        }
        // With y for the share: sum over inside of (w u - o (1 - y)) + sum over the others of b y >= asked y.
        let asked = if hull.on { unit.threshold } else { 1 - unit.threshold };
        let (mut row, mut by, mut inner) = (Vec::with_capacity(terms.len() + 1), -asked, 0);
        for (t, inside) in terms.iter().zip(&hull.inside) {
            if *inside {
                row.push((t.column, -(t.weight as f64)));
                inner += t.ends.0;
            } else {
                by += t.ends.1;
            }
        }
        // sum w u + (by + inner) y >= inner, where y is x or 1 - x.
        let by = by + inner;
        let mut rhs = if hull.on { -inner } else { by - inner };
        row.push((column, if hull.on { -(by as f64) } else { by as f64 }));
        if let Some((other, more)) = self.other(hull) {
            // asked y becomes asked y + more y', where y' is the share of those that are more than halfway, or less.
            row.push((other, if hull.on { more as f64 } else { -(more as f64) }));
            rhs -= if hull.on { 0 } else { more };
        }
        Some(LinearRow { terms: row, rhs: rhs as f64 })
    }

    /// The other unit of a neuron that may be halfway, and by how much the sum must be more where that unit is on too
    /// (or off, for the row about points where the unit is 0).
    fn other(&self, hull: &HullRow) -> Option<(VarId, i64)> {
        let layer = self.units.layers.get(hull.layer)?;
        let unit = layer.get(hull.unit)?;
        let at = match (hull.on, unit.second) {
            (true, false) => hull.unit + 1,
            (false, true) => hull.unit.checked_sub(1)?,
            (true, true) | (false, false) => return None,
        };
        let other = layer.get(at).filter(|o| o.neuron == unit.neuron)?;
        let more = (other.threshold - unit.threshold).abs();
        Some((*self.columns.get(hull.layer)?.get(at)?, more)).filter(|o| o.1 != 0)
    }

    /// Adds rows of hulls; those that do not fit are left out.
    pub fn add_hulls(&mut self, rows: &[HullRow]) {
        for hull in rows {
            let (Some(row), Some(unit)) =
                (self.row(hull), self.units.layers.get(hull.layer).and_then(|l| l.get(hull.unit)))
            else {
                continue;
            };
            let place = Place::NONE.layer(hull.layer + 1).i(unit.neuron as usize);
            self.model.add_row(&row.terms, Sense::Le, row.rhs, Rule::Hull.at(place));
        }
    }

    /// The terms of a unit's sum, negated where the unit is 0; nothing if one has no column.
    fn terms(&self, layer: usize, unit: &Unit, on: bool) -> Option<Vec<Term>> {
        let by = if on { 1 } else { -1 };
        let term = |(j, w): &(u32, i64)| {
            let j = *j as usize;
            let (column, (low, high)) = match layer.checked_sub(1) {
                Some(before) => (*self.columns.get(before)?.get(j)?, (0, 1)),
                None => match self.points.get(j)? {
                    Whole::Column(v) => {
                        let v = self.model.vars.get(*v);
                        (v.id, (v.lower as i64, v.upper as i64))
                    }
                    Whole::Known(_) => return None,
                },
            };
            let weight = by * w;
            let ends = (weight * low, weight * high);
            Some(Term { column, weight, ends: (ends.0.min(ends.1), ends.0.max(ends.1)) })
        };
        unit.terms.iter().map(term).collect()
    }
}
