//! The growing program: variables with recipes, linear combinations with honest rounding.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::lin::Lin;
use super::recipe::Recipe;
use super::tighten::{Tightener, Wanted};
use crate::bounds::Interval;
use crate::bounds::interval::{add_down, add_up, mul_up};
use crate::bounds::obbt::Shrinkage;
use crate::ir::{Mark, Model, Origin, Place, QuadTerm, Role, RowId, Rule, Sense, VarId, VarKind};

/// Builds a model row by row.
pub struct Builder<'t> {
    /// The model so far.
    pub model: Model,
    /// One recipe a variable.
    pub recipes: Vec<Recipe>,
    /// Distance from a switching point inside which neither side is admitted.
    pub tie_band: f64,
    /// Products already made, by the ordered pair of their variables.
    pub(super) products: IndexMap<(VarId, VarId), Lin>,
    /// Definitions already made, by their expression.
    pub(super) counter: usize,
    /// Tightens ranges before a switch is made, if wanted.
    pub(super) tightener: Option<&'t mut dyn Tightener>,
    /// Ranges that were tightened ahead of their use.
    tightened: BTreeMap<Role, Interval>,
    /// What directional bounds gained over the interval pass.
    pub(super) directional: Shrinkage,
    /// Switch-off rows: for a deviation variable, the 0/1 quantity that allows it.
    pub(super) owners: IndexMap<VarId, Lin>,
    /// Whether switch-off rows are wanted.
    pub switch_off_rows: bool,
}

impl<'t> Builder<'t> {
    /// An empty program.
    #[must_use]
    pub fn new(tie_band: f64, tightener: Option<&'t mut dyn Tightener>) -> Self {
        Builder {
            model: Model::new(),
            recipes: Vec::new(),
            tie_band,
            products: IndexMap::new(),
            counter: 0,
            tightener,
            tightened: BTreeMap::new(),
            directional: Shrinkage::default(),
            owners: IndexMap::new(),
            switch_off_rows: false,
        }
    }

    /// A fresh number for roles and rows that are counted rather than placed.
    pub fn count(&mut self) -> Place {
        self.counter += 1;
        Place::NONE.i(self.counter - 1)
    }

    /// A new variable whose value is the quantity itself.
    pub fn variable(&mut self, kind: VarKind, range: Interval, role: Role, recipe: Recipe) -> Lin {
        let id = self.model.add_var(kind, range.lo, range.hi, role);
        self.recipes.push(recipe);
        Lin { terms: vec![(id, 1.0)], constant: 0.0, range, slop: 0.0 }
    }

    /// A new binary.
    pub fn binary(&mut self, role: Role, recipe: Recipe) -> Lin {
        self.variable(VarKind::Binary, Interval::UNIT, role, recipe)
    }

    /// `constant + sum c_k l_k`; coefficients are intervals that contain the real coefficient.
    #[must_use]
    pub fn combine(&self, parts: &[(Interval, &Lin)], constant: f64) -> Lin {
        let mut range = Interval::point(constant);
        let mut slop = 0.0;
        let mut total = constant;
        let mut terms: Vec<(VarId, f64)> = Vec::new();
        for (c, l) in parts {
            range = range + *c * l.range;
            slop = add_up(slop, mul_up(c.magnitude(), l.slop));
            let value = c.lo;
            let spread = if c.is_point() { 0.0 } else { c.width() };
            let (k, error) = product_with_error(value, l.constant);
            slop = add_up(slop, add_up(error, mul_up(spread, l.constant.abs())));
            let (sum, error) = sum_with_error(total, k);
            total = sum;
            slop = add_up(slop, error);
            for &(v, a) in &l.terms {
                let (p, error) = product_with_error(value, a);
                let error = add_up(error, mul_up(spread, a.abs()));
                slop = add_up(slop, self.times_magnitude(error, v));
                terms.push((v, p));
            }
        }
        terms.sort_by_key(|t| t.0);
        let mut merged: Vec<(VarId, f64)> = Vec::with_capacity(terms.len());
        for (v, a) in terms {
            match merged.last_mut() {
                Some(last) if last.0 == v => {
                    let (sum, error) = sum_with_error(last.1, a);
                    last.1 = sum;
                    slop = add_up(slop, self.times_magnitude(error, v));
                }
                _ => merged.push((v, a)),
            }
        }
        merged.retain(|t| t.1 != 0.0);
        let enclosed = merged
            .iter()
            .fold(Interval::point(total), |acc, &(v, a)| acc + self.bounds(v).scale(a))
            .widen(slop);
        Lin { terms: merged, constant: total, range: range.meet(enclosed), slop }
    }

    /// The bounds of a variable.
    #[must_use]
    pub fn bounds(&self, v: VarId) -> Interval {
        let v = self.model.vars.get(v);
        Interval { lo: v.lower, hi: v.upper }
    }

    fn times_magnitude(&self, error: f64, v: VarId) -> f64 {
        if error == 0.0 { 0.0 } else { mul_up(error, self.bounds(v).magnitude()) }
    }

    /// `a + b`.
    #[must_use]
    pub fn add(&self, a: &Lin, b: &Lin) -> Lin {
        let one = Interval::point(1.0);
        self.combine(&[(one, a), (one, b)], 0.0)
    }

    /// `a - b`.
    #[must_use]
    pub fn sub(&self, a: &Lin, b: &Lin) -> Lin {
        self.combine(&[(Interval::point(1.0), a), (Interval::point(-1.0), b)], 0.0)
    }

    /// `c * a` for an exact number `c`.
    #[must_use]
    pub fn scale(&self, c: f64, a: &Lin) -> Lin {
        self.combine(&[(Interval::point(c), a)], 0.0)
    }

    /// Sum of many.
    #[must_use]
    pub fn sum(&self, all: &[Lin]) -> Lin {
        let parts: Vec<_> = all.iter().map(|l| (Interval::point(1.0), l)).collect();
        self.combine(&parts, 0.0)
    }

    /// Gives the quantity a column of its own, unless it is a number or a plain variable.
    ///
    /// Exact: the column equals the expression; the slop stays with the result.
    pub fn define(&mut self, l: &Lin, role: Role, rule: Rule) -> Lin {
        if l.is_constant() || (l.single().is_some_and(|t| t.1 == 1.0) && l.constant == 0.0) {
            return l.clone();
        }
        let bounds = l.range.widen(l.slop);
        let column = self.variable(VarKind::Continuous, bounds, role, Recipe::Value(l.clone()));
        let origin = rule.at(role.place);
        self.row(&[(1.0, &column), (-1.0, l)], Sense::Eq, 0.0, origin);
        Lin { range: l.range, slop: l.slop, ..column }
    }

    /// The row `sum c_k l_k (sense) rhs` about the **expressions** (no slop), constants moved to
    /// the right-hand side. A row without variables is dropped only if it holds.
    pub fn row(&mut self, parts: &[(f64, &Lin)], sense: Sense, rhs: f64, origin: Origin) {
        self.relaxed_row(parts, sense, rhs, origin, 0.0);
    }

    /// Says that the rows from number `from` on hold by choice: without them there were more points.
    pub fn mark_core(&mut self, from: usize) {
        for r in from..self.model.row_count() {
            self.model.rows.set_mark(RowId(r as u32), Mark::Core);
        }
    }

    /// The inequality `sum c_k l_k (sense) rhs` about the **quantities**: relaxed by their slop and
    /// by every rounding made here, so that no real run is cut off. Not for equations.
    pub fn require(&mut self, parts: &[(f64, &Lin)], sense: Sense, rhs: f64, origin: Origin) {
        let slop = parts.iter().fold(0.0, |s, (c, l)| add_up(s, mul_up(c.abs(), l.slop)));
        self.relaxed_row(parts, sense, rhs, origin, slop);
    }

    /// `a = b` about the **quantities**: an equation where both are exact, else two inequalities
    /// a slop apart.
    pub fn equal(&mut self, a: &Lin, b: &Lin, origin: Origin) {
        let parts = [(1.0, a), (-1.0, b)];
        if a.slop == 0.0 && b.slop == 0.0 {
            self.row(&parts, Sense::Eq, 0.0, origin);
        } else {
            self.require(&parts, Sense::Le, 0.0, origin);
            self.require(&parts, Sense::Ge, 0.0, origin);
        }
    }

    fn relaxed_row(
        &mut self,
        parts: &[(f64, &Lin)],
        sense: Sense,
        rhs: f64,
        origin: Origin,
        slop: f64,
    ) {
        let exact: Vec<(Interval, Lin)> = parts
            .iter()
            .map(|(c, l)| (Interval::point(*c), Lin { slop: 0.0, ..(*l).clone() }))
            .collect();
        let borrowed: Vec<(Interval, &Lin)> = exact.iter().map(|(c, l)| (*c, l)).collect();
        let all = self.combine(&borrowed, 0.0);
        let right = match sense {
            Sense::Le => add_up(add_up(rhs, -all.constant), add_up(slop, all.slop)),
            Sense::Ge => add_down(add_down(rhs, -all.constant), -add_up(slop, all.slop)),
            Sense::Eq => rhs - all.constant,
        };
        if sense == Sense::Eq && all.slop > 0.0 {
            // The coefficients were rounded here: two inequalities that contain the equation.
            self.relaxed_row(parts, Sense::Le, rhs, origin, slop);
            self.relaxed_row(parts, Sense::Ge, rhs, origin, slop);
            return;
        }
        let holds = match sense {
            Sense::Le => 0.0 <= right,
            Sense::Ge => 0.0 >= right,
            Sense::Eq => right == 0.0,
        };
        if !(all.terms.is_empty() && holds) {
            self.model.add_row(&all.terms, sense, right, origin);
        }
    }

    /// A row with a quadratic part over variables.
    pub fn quad_row(
        &mut self,
        linear: &Lin,
        quad: &[QuadTerm],
        sense: Sense,
        rhs: f64,
        origin: Origin,
    ) {
        self.model.add_quad_row(&linear.terms, quad, sense, rhs - linear.constant, origin);
    }

    /// Whether ranges are tightened, so that quantities should be announced together.
    #[must_use]
    pub fn tightens(&self) -> bool {
        self.tightener.is_some()
    }

    /// From here on the rows of step `t` are made; see [`Tightener::begin_step`].
    pub fn begin_step(&mut self, t: usize) {
        if let Some(tightener) = &mut self.tightener {
            tightener.begin_step(&self.model, t);
        }
    }

    /// Tightens quantities that [`Builder::refine`] will be asked for, all over the model as it is.
    pub fn announce(&mut self, mut wanted: Vec<Wanted>) {
        let Some(tightener) = &mut self.tightener else { return };
        let fresh = |w: &Wanted| !self.tightened.contains_key(&w.role);
        wanted.retain(|w| w.is_open(w.quantity.range) && fresh(w));
        if wanted.is_empty() {
            return;
        }
        let ranges = tightener.tighten(&self.model, &wanted);
        self.tightened.extend(wanted.iter().map(|w| w.role).zip(ranges));
    }

    /// Tightens the enclosure of a quantity that is about to be switched or given a column.
    pub fn refine(&mut self, wanted: Wanted) -> Lin {
        let role = wanted.role;
        if self.tightens() {
            self.announce(vec![wanted.clone()]);
        }
        match self.tightened.get(&role) {
            Some(range) => wanted.quantity.within(*range),
            None => wanted.quantity,
        }
    }
}

/// `fl(a * b)` and a bound on its rounding error.
fn product_with_error(a: f64, b: f64) -> (f64, f64) {
    let p = a * b;
    if p == 0.0 && (a == 0.0 || b == 0.0) {
        return (p, 0.0);
    }
    let error = if p.abs() < 1e-280 { f64::MIN_POSITIVE } else { a.mul_add(b, -p).abs() };
    (p, error)
}

/// `fl(a + b)` and its exact rounding error.
fn sum_with_error(a: f64, b: f64) -> (f64, f64) {
    let s = a + b;
    let bb = s - a;
    (s, ((a - (s - bb)) + (b - bb)).abs())
}
