//! The property's formula as rows and objective.
//!
//! Atoms are closed: `<` becomes `<=`. That admits more, so a proof stays one; replay judges an
//! attack by the relation of the property.

use super::error::VerifyError;
use super::options::Ask;
use super::walk::Encoder;
use crate::bounds::Interval;
use crate::bounds::interval::add_down;
use crate::encode::Lin;
use crate::encode::recipe::{Recipe, Test};
use crate::ir::{Family, Objective, Origin, Place, Rule, Sense, VarId, VarKind};
use crate::question::verify::{Atom, Formula, Relation};

/// The objective.
pub(super) struct Goal {
    pub objective: Objective,
    pub range: Interval,
    pub slop: f64,
}

impl Goal {
    pub fn constant(value: f64) -> Self {
        Goal {
            objective: Objective::new(&[], &[], value),
            range: Interval::point(value),
            slop: 0.0,
        }
    }
}

/// What a part of the formula came to.
struct Part {
    /// At most 0 where it holds; nothing if rows say all of it.
    value: Option<Lin>,
    test: Test,
}

/// Encodes a formula. *Exact* for the closed formula: with [`Ask::Margin`], the least objective is
/// at most 0 if and only if the formula can hold, and with [`Ask::Feasibility`] there is a point if
/// and only if it can.
///
/// The value of an atom is the amount by which it fails, that of a conjunction the largest and that
/// of a disjunction the smallest of its parts. Requirements on inputs alone are rows.
pub(super) fn build(e: &mut Encoder<'_>, f: &Formula) -> Result<Goal, VerifyError> {
    let mut state = State { margins: 0, branches: 0, rows: 0 };
    let part = state.part(e, f, None)?;
    Ok(match part.value {
        None => Goal::constant(0.0),
        Some(v) => Goal {
            objective: Objective::new(&v.terms, &[], v.constant),
            range: v.range,
            slop: v.slop,
        },
    })
}

struct State {
    margins: usize,
    branches: usize,
    rows: usize,
}

impl State {
    fn origin(&mut self, rule: Rule) -> Origin {
        self.rows += 1;
        rule.at(Place::NONE.i(self.rows - 1))
    }

    fn margin(&mut self, e: &mut Encoder<'_>, range: Interval, recipe: Recipe) -> Lin {
        self.margins += 1;
        let role = Family::Margin.at(Place::NONE.i(self.margins - 1));
        e.b.variable(VarKind::Continuous, range, role, recipe)
    }

    fn part(
        &mut self,
        e: &mut Encoder<'_>,
        f: &Formula,
        gate: Option<VarId>,
    ) -> Result<Part, VerifyError> {
        match f {
            Formula::Atom(atom) => Ok(self.atom(e, atom, gate)),
            Formula::All(parts) => {
                let (mut values, mut tests) = (Vec::new(), Vec::new());
                for part in parts {
                    let made = self.part(e, part, gate)?;
                    values.extend(made.value);
                    tests.push(made.test);
                }
                Ok(Part { value: self.largest(e, values), test: Test::All(tests) })
            }
            Formula::Any(parts) => self.any(e, parts, gate),
        }
    }

    fn atom(&mut self, e: &mut Encoder<'_>, atom: &Atom, gate: Option<VarId>) -> Part {
        let sides = sides(e, atom);
        let hard = atom.on_inputs();
        if !hard && e.options.ask == Ask::Margin {
            let test = Test::All(sides.iter().map(|s| Test::Margin(s.clone())).collect());
            return Part { value: self.largest(e, sides), test };
        }
        let origin = self.origin(if hard { Rule::InputSet } else { Rule::Property });
        for side in &sides {
            match gate {
                None => e.b.require(&[(1.0, side)], Sense::Le, 0.0, origin),
                Some(z) => e.when((z, true), side, 0.0, origin),
            }
        }
        Part { value: None, test: Test::All(sides.into_iter().map(Test::Hard).collect()) }
    }

    /// A column above all of them, equal to the largest where it is minimised.
    fn largest(&mut self, e: &mut Encoder<'_>, mut values: Vec<Lin>) -> Option<Lin> {
        if values.len() <= 1 {
            return values.pop();
        }
        let lo = values.iter().map(|v| v.range.lo).fold(f64::NEG_INFINITY, f64::max);
        let hi = values.iter().map(|v| v.range.hi).fold(f64::NEG_INFINITY, f64::max);
        let slop = values.iter().map(|v| v.slop).fold(0.0, f64::max);
        let range = Interval { lo, hi: hi.max(lo) };
        let t = self.margin(e, range.widen(slop), Recipe::Largest(values.clone()));
        for v in &values {
            let origin = self.origin(Rule::Property);
            e.b.require(&[(1.0, &t), (-1.0, v)], Sense::Ge, 0.0, origin);
        }
        Some(t.within(range))
    }

    /// One branch at least holds: exactly one is chosen.
    fn any(
        &mut self,
        e: &mut Encoder<'_>,
        parts: &[Formula],
        gate: Option<VarId>,
    ) -> Result<Part, VerifyError> {
        // The switches stand behind what they switch in the order of completion, so the tests have
        // to be known first: branches are encoded twice, the first time for their tests alone.
        let tests: Vec<Test> = parts.iter().map(|p| test(e, p)).collect();
        let open = gate.map_or(Lin::exact(1.0), |z| e.b.variable_lin(z));
        let mut switches = Vec::new();
        for which in 0..parts.len() {
            let role = Family::Branch.at(Place::NONE.i(self.branches));
            self.branches += 1;
            let recipe = Recipe::Branch { which, all: tests.clone(), gate: open.clone() };
            let z = e.b.binary(role, recipe);
            switches.push((z.clone(), z.terms[0].0));
        }
        let mut sum: Vec<(f64, &Lin)> = switches.iter().map(|(z, _)| (1.0, z)).collect();
        sum.push((-1.0, &open));
        let origin = self.origin(Rule::Property);
        e.b.row(&sum, Sense::Eq, 0.0, origin);
        let mut values = Vec::new();
        for (part, (_, id)) in parts.iter().zip(&switches) {
            values.push(self.part(e, part, Some(*id))?.value);
        }
        let test = Test::Any(tests);
        if values.iter().all(Option::is_none) {
            return Ok(Part { value: None, test });
        }
        // A branch that rows alone state is met where it is chosen: its value is 0.
        let values: Vec<Lin> =
            values.into_iter().map(|v| v.unwrap_or_else(|| Lin::exact(0.0))).collect();
        let lo = values.iter().map(|v| v.range.lo).fold(f64::INFINITY, f64::min);
        let hi = values.iter().map(|v| v.range.hi).fold(f64::NEG_INFINITY, f64::max);
        let slop = values.iter().map(|v| v.slop).fold(0.0, f64::max);
        let range = Interval::new(lo, hi);
        let cases = switches.iter().map(|s| s.0.clone()).zip(values.iter().cloned()).collect();
        let t = self.margin(e, range.widen(slop), Recipe::Chosen(cases));
        let t = t.within(range);
        if gate.is_none() {
            // The chosen branch has at least its least value: t >= sum L_b z_b.
            let mut row: Vec<(f64, &Lin)> = vec![(1.0, &t)];
            let least = |v: &Lin| add_down(v.range.lo, -v.slop);
            row.extend(switches.iter().zip(&values).map(|((z, _), v)| (-least(v), z)));
            let origin = self.origin(Rule::Property);
            e.b.require(&row, Sense::Ge, 0.0, origin);
        }
        for (v, (_, id)) in values.iter().zip(&switches) {
            let origin = self.origin(Rule::Property);
            let below = e.b.sub(v, &t);
            e.when((*id, true), &below, 0.0, origin);
        }
        Ok(Part { value: Some(t), test })
    }
}

/// What an atom asks to be at most zero: one expression, both signs of it for an equation.
fn sides(e: &Encoder<'_>, atom: &Atom) -> Vec<Lin> {
    let one = Lin::exact(1.0);
    let mut terms: Vec<(Interval, &Lin)> =
        atom.terms.iter().map(|(v, c)| (*c, e.variable(*v))).collect();
    terms.push((-atom.constant, &one));
    let q = e.b.combine(&terms, 0.0);
    match atom.relation {
        Relation::AtMost | Relation::Below => vec![q],
        Relation::Equal => {
            let minus = e.b.scale(-1.0, &q);
            vec![q, minus]
        }
    }
}

/// The value of a formula at a point, for recipes.
fn test(e: &Encoder<'_>, f: &Formula) -> Test {
    match f {
        Formula::Atom(atom) => {
            let hard = atom.on_inputs() || e.options.ask == Ask::Feasibility;
            let leaf = |l: Lin| if hard { Test::Hard(l) } else { Test::Margin(l) };
            match <[Lin; 1]>::try_from(sides(e, atom)) {
                Ok([one]) => leaf(one),
                Err(more) => Test::All(more.into_iter().map(leaf).collect()),
            }
        }
        Formula::All(parts) => Test::All(parts.iter().map(|p| test(e, p)).collect()),
        Formula::Any(parts) => Test::Any(parts.iter().map(|p| test(e, p)).collect()),
    }
}
