//! A model that is being lowered. Variables are only ever appended, so that the original handles,
//! and the order of the original columns, stay valid.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::step::{Lowering, Refusal, Step};
use super::target::Target;
use crate::bounds::Interval;
use crate::ir::class::nonconvex;
use crate::ir::names::{describe_row, describe_var, rows_named_again};
use crate::ir::{
    ExprId, Family, Guard, Mark, Model, Origin, Place, QuadTerm, RowId, RowView, Sense, VarId,
    VarKind, VarView,
};

/// One row, taken apart.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    pub linear: Vec<(VarId, f64)>,
    pub quad: Vec<QuadTerm>,
    pub smooth: Option<ExprId>,
    /// Where it is not that of the origin.
    pub mark: Option<Mark>,
    pub guard: Option<Guard>,
    pub sense: Sense,
    pub rhs: f64,
    pub origin: Origin,
}

impl Parts {
    /// A linear row.
    pub fn new(linear: &[(VarId, f64)], sense: Sense, rhs: f64, origin: Origin) -> Self {
        let linear = linear.to_vec();
        Parts {
            linear,
            quad: Vec::new(),
            smooth: None,
            mark: None,
            guard: None,
            sense,
            rhs,
            origin,
        }
    }

    fn take(row: &RowView<'_>, mark: Mark) -> Self {
        let RowView { id: _, cols, vals, quad, smooth, guard, sense, rhs, origin } = *row;
        Parts {
            linear: cols.iter().copied().zip(vals.iter().copied()).collect(),
            quad: quad.to_vec(),
            smooth,
            mark: (mark != origin.rule.mark()).then_some(mark),
            guard,
            sense,
            rhs,
            origin,
        }
    }
}

/// What the value of an appended column is, given the columns before it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Definition {
    /// A number.
    Constant(f64),
    /// The product of two columns.
    Product(VarId, VarId),
    /// One minus a column.
    Complement(VarId),
    /// Whether a column is not zero.
    Nonzero(VarId),
    /// A linear plus quadratic form.
    Form(Vec<(VarId, f64)>, Vec<QuadTerm>),
}

impl Definition {
    pub fn value(&self, point: &[f64]) -> f64 {
        let at = |v: &VarId| point[v.index()];
        match self {
            Definition::Constant(c) => *c,
            Definition::Product(i, j) => at(i) * at(j),
            Definition::Complement(b) => 1.0 - at(b),
            Definition::Nonzero(x) => f64::from(u8::from(at(x) != 0.0)),
            Definition::Form(linear, quad) => {
                let linear: f64 = linear.iter().map(|(v, a)| a * at(v)).sum();
                linear + quad.iter().map(|t| t.coefficient * at(&t.i) * at(&t.j)).sum::<f64>()
            }
        }
    }
}

/// The model and what was done to it.
pub(super) struct Draft<'a> {
    pub model: Cow<'a, Model>,
    pub target: Target,
    pub steps: Vec<Step>,
    /// One for every appended column.
    pub definitions: Vec<Definition>,
    /// Columns that stand for a product of two variables.
    pub products: IndexMap<(VarId, VarId), VarId>,
    /// Columns that stand for one minus a binary.
    complements: IndexMap<VarId, VarId>,
    next: u32,
}

impl<'a> Draft<'a> {
    pub fn new(model: &'a Model, target: Target) -> Self {
        let lowered = model.vars.role.iter().filter(|r| r.family == Family::Lowered);
        let next = lowered.map(|r| r.place.i.saturating_add(1)).max().unwrap_or(0);
        Draft {
            model: Cow::Borrowed(model),
            target,
            steps: Vec::new(),
            definitions: Vec::new(),
            products: IndexMap::new(),
            complements: IndexMap::new(),
            next,
        }
    }

    pub fn note(&mut self, lowering: Lowering, count: usize) {
        if count > 0 {
            self.steps.push(Step { lowering, count });
        }
    }

    /// A new column; its number is the `I` index of [`Family::Lowered`].
    pub fn column(&mut self, kind: VarKind, bounds: Interval, value: Definition) -> VarId {
        self.definitions.push(value);
        let role = Family::Lowered.at(Place::NONE.i(self.next as usize));
        self.next += 1;
        self.model.to_mut().add_var(kind, bounds.lo, bounds.hi, role)
    }

    /// The column that is fixed at one.
    pub fn one(&mut self) -> VarId {
        let fixed = |v: &VarView| v.role.family == Family::One && v.lower == 1.0 && v.upper == 1.0;
        let found = self.model.vars.iter().find(fixed);
        match found {
            Some(v) => v.id,
            None => {
                let role = Family::One.at(Place::NONE);
                self.definitions.push(Definition::Constant(1.0));
                self.model.to_mut().add_var(VarKind::Continuous, 1.0, 1.0, role)
            }
        }
    }

    /// The column `1 - guard`, continuous and tied to the binary by one row.
    pub fn complement(&mut self, guard: VarId, origin: Origin) -> VarId {
        if let Some(c) = self.complements.get(&guard) {
            return *c;
        }
        let column =
            self.column(VarKind::Continuous, Interval::UNIT, Definition::Complement(guard));
        self.push(Parts::new(&[(guard, 1.0), (column, 1.0)], Sense::Eq, 1.0, origin));
        self.complements.insert(guard, column);
        column
    }

    /// Adds a row.
    pub fn push(&mut self, parts: Parts) {
        let Parts { linear, quad, smooth, mark, guard, sense, rhs, origin } = parts;
        let rows = &mut self.model.to_mut().rows;
        let id = rows.push(&linear, &quad, guard, sense, rhs, origin);
        if let Some(expr) = smooth {
            rows.attach_smooth(id, expr);
        }
        if let Some(mark) = mark {
            rows.set_mark(id, mark);
        }
    }

    /// Rebuilds all rows; `change` gets those for which `touched` holds and pushes what replaces
    /// them. Returns the number of rows changed.
    pub fn rewrite(
        &mut self,
        touched: impl Fn(&Model, &RowView<'_>) -> bool,
        mut change: impl FnMut(&mut Self, Parts, RowId) -> Result<(), Refusal>,
    ) -> Result<usize, Refusal> {
        if !self.model.rows.iter().any(|row| touched(&self.model, &row)) {
            return Ok(0);
        }
        let old = std::mem::take(&mut self.model.to_mut().rows);
        let mut count = 0;
        for row in old.iter() {
            let parts = Parts::take(&row, old.mark(row.id));
            if touched(&self.model, &row) {
                count += 1;
                change(self, parts, row.id)?;
            } else {
                self.push(parts);
            }
        }
        Ok(count)
    }

    /// Leaves the name of a foreign row to the first of the rows that were made of it.
    pub fn one_name_a_row(&mut self) {
        let again = rows_named_again(&self.model);
        if !again.is_empty() {
            let rows = &mut self.model.to_mut().rows;
            again.into_iter().for_each(|r| rows.origin[r].place.i = u32::MAX);
        }
    }

    /// Whether indicators stay what they are.
    pub fn keeps_indicators(&self) -> bool {
        let capabilities = self.target.capabilities();
        capabilities.indicators && (capabilities.nonconvex_indicators || !nonconvex(&self.model))
    }

    /// Bounds of a variable.
    pub fn bounds(&self, var: VarId) -> Interval {
        let v = self.model.vars.get(var);
        Interval { lo: v.lower, hi: v.upper }
    }

    pub fn is_binary(&self, var: VarId) -> bool {
        self.model.vars.get(var).kind == VarKind::Binary
    }

    /// A refusal because `var` has no bound on the side that is infinite.
    pub fn unbounded(&self, who: String, var: VarId, alternative: &'static str) -> Refusal {
        let side = if self.bounds(var).hi.is_finite() { "below" } else { "above" };
        Refusal::Unbounded {
            who,
            variable: describe_var(&self.model, var),
            side,
            target: self.target.name(),
            alternative,
            foreign: self.model.vars.get(var).role.family == Family::Named,
        }
    }

    /// A new row's description for a refusal, computed from its origin alone.
    pub fn row_words(&self, origin: Origin, id: RowId) -> String {
        let mut probe = Model::new();
        probe.row_names.clone_from(&self.model.row_names);
        probe.rows.push(&[], &[], None, Sense::Le, 0.0, origin);
        let words = describe_row(&probe, RowId(0));
        // The probe's row has number 0; show the real one.
        words.replacen("_c0 ", &format!("_c{} ", id.0), 1)
    }
}

/// `a + b` where that is a double, otherwise nothing.
pub(super) fn exact_sum(a: f64, b: f64) -> Option<f64> {
    let s = a + b;
    // Knuth's two-sum: the rounding error of a sum is a double and can be computed.
    let t = s - a;
    let error = (a - (s - t)) + (b - t);
    (s.is_finite() && error == 0.0).then_some(s)
}
