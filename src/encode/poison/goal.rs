//! The test block: one goal, as an objective to minimise (papers 1.2).

use super::super::builder::Builder;
use super::super::lin::Lin;
use super::super::recipe::Recipe;
use super::adversary::{self, Slots};
use super::forward::{TEST, forward};
use super::step::State;
use super::value::ValueMap;
use crate::bounds::Interval;
use crate::bounds::interval::{add_down, add_up};
use crate::ir::{Family, Objective, Place, QuadTerm, Rule, Sense, VarKind};
use crate::network::Layout;
use crate::question::{Goal, Question, Target, TestPoint};

/// The objective and what it says about the goal's value.
pub struct Encoded {
    /// Linear objective; [`Encoded::quad`] is added to it.
    pub objective: Lin,
    /// Quadratic part of the objective.
    pub quad: Vec<QuadTerm>,
    /// Encloses the objective over all admissible runs, quadratic part included.
    pub range: Interval,
    /// From the objective to the user's value.
    pub value: ValueMap,
}

/// Everything the goal may refer to.
pub struct GoalContext<'a> {
    /// The question.
    pub question: &'a Question,
    /// Numbering of the parameters.
    pub layout: &'a Layout,
    /// The trained parameters.
    pub state: &'a State,
    /// All choices of the adversary.
    pub slots: &'a [Slots],
    /// A tighter enclosure of the objective, if known (goals that are a direction).
    pub objective: Option<Interval>,
}

/// Builds the goal. `None` where label and goal do not fit ([`Question::check`] refuses those).
pub fn build(b: &mut Builder<'_>, cx: &GoalContext<'_>) -> Option<Encoded> {
    match &cx.question.goal {
        Goal::Margin(point) => {
            let m = margins(b, cx, point, &fixed(point), 0)?;
            let objective = worst(b, &m).within(cx.objective.unwrap_or(Interval::ALL));
            Some(linear(objective, ValueMap::AsIs))
        }
        Goal::Backdoor { point, eps, domain } => {
            let x = moving(b, point, *eps, domain);
            let m = margins(b, cx, point, &x, 0)?;
            Some(linear(worst(b, &m), ValueMap::AsIs))
        }
        Goal::Errors(points) => errors(b, cx, points),
        Goal::TestLoss(points) => test_loss(b, cx, points),
        Goal::Direction(terms) => {
            let mut parts = Vec::new();
            for (parameter, c) in terms {
                let theta = &cx.state.theta[cx.layout.position(*parameter)?];
                parts.push((Interval::point(-*c), theta));
            }
            let objective = b.combine(&parts, 0.0);
            let objective = objective.within(cx.objective.unwrap_or(Interval::ALL));
            Some(linear(objective, ValueMap::Negated))
        }
        Goal::SmallestBudget(point) => smallest_budget(b, cx, point),
        Goal::SquaredError(point) => squared_error(b, cx, point),
    }
}

fn linear(objective: Lin, value: ValueMap) -> Encoded {
    Encoded { range: objective.range, objective, quad: Vec::new(), value }
}

fn outputs(b: &mut Builder<'_>, cx: &GoalContext<'_>, x: &[Lin], k: usize) -> Vec<Lin> {
    let place = (TEST, Place::NONE.sample(k));
    let network = &cx.question.network;
    forward(b, network, cx.layout, &cx.state.theta, x, place).outputs
}

/// A test input that the adversary cannot move.
fn fixed(point: &TestPoint) -> Vec<Lin> {
    point.input.iter().map(|&v| Lin::exact(v)).collect()
}

/// `v f`, or `f_v - f_c` for every wrong class `c`.
fn margins(
    b: &mut Builder<'_>,
    cx: &GoalContext<'_>,
    point: &TestPoint,
    x: &[Lin],
    k: usize,
) -> Option<Vec<Lin>> {
    let f = outputs(b, cx, x, k);
    match &point.target {
        Target::Sign(v) => Some(vec![b.scale(*v, &f[0])]),
        Target::Class(v) => {
            Some((0..f.len()).filter(|c| c != v).map(|c| b.sub(&f[*v], &f[c])).collect())
        }
        Target::Real(_) => None,
    }
}

/// The smallest of several margins, under minimisation: one binary a class chooses.
fn worst(b: &mut Builder<'_>, margins: &[Lin]) -> Lin {
    if let [only] = margins {
        return only.clone();
    }
    let margins: Vec<Lin> = margins.iter().map(|m| b.define_counted(m)).collect();
    let lo = margins.iter().map(|m| m.range.lo).fold(f64::INFINITY, f64::min);
    let hi = margins.iter().map(|m| m.range.hi).fold(f64::INFINITY, f64::min);
    let recipe = Recipe::Smallest(margins.clone());
    let range = Interval::new(lo, hi);
    let role = Family::Worst.at(Place::NONE);
    let w = b.variable(VarKind::Continuous, range, role, recipe);
    let mut choice = Vec::new();
    for (c, m) in margins.iter().enumerate() {
        if m.range.lo > hi {
            continue;
        }
        let place = Place::NONE.i(c);
        let recipe = Recipe::IsSmallest { which: c, all: margins.clone() };
        let o = b.binary(Family::Wins.at(place), recipe);
        // w >= m - (U - lo)(1 - o)
        let big = add_up(m.range.hi, -lo).max(0.0);
        let origin = Rule::Goal.at(place);
        b.require(&[(1.0, &w), (-1.0, m), (-big, &o)], Sense::Ge, -big, origin);
        choice.push(o);
    }
    let parts: Vec<(f64, &Lin)> = choice.iter().map(|o| (1.0, o)).collect();
    b.row(&parts, Sense::Eq, 1.0, Rule::Goal.at(Place::NONE));
    w
}

fn moving(b: &mut Builder<'_>, point: &TestPoint, eps: f64, domain: &[(f64, f64)]) -> Vec<Lin> {
    let mut x = Vec::new();
    for (j, &u) in point.input.iter().enumerate() {
        let (lo, hi) = domain[j];
        let range = Interval {
            lo: add_down(lo, -u).max(-eps).min(0.0),
            hi: add_up(hi, -u).min(eps).max(0.0),
        };
        let role = Family::TestDeviation.at(Place::NONE.i(j));
        let e = b.variable(VarKind::Continuous, range, role, Recipe::Decision);
        x.push(b.combine(&[(Interval::point(1.0), &e)], u));
    }
    x
}

/// `m <= U (1 - o)`: `o = 1` needs `m <= 0`.
fn error_row(b: &mut Builder<'_>, m: &Lin, o: &Lin, place: Place) {
    let u = m.range.hi;
    b.require(&[(1.0, m), (u, o)], Sense::Le, u, Rule::Goal.at(place));
}

/// The smallest positive double: `m < TINY` says `m <= 0`.
const TINY: f64 = f64::from_bits(1);

/// 0/1 quantities, one a wrong class, at most one of them 1, that need `margin <= 0`.
fn wins(b: &mut Builder<'_>, margins: &[Lin], k: usize) -> Vec<Lin> {
    let mut all: Vec<Lin> = Vec::new();
    for (c, m) in margins.iter().enumerate() {
        if m.range.lo > 0.0 {
            continue;
        }
        let place = Place::NONE.sample(k).i(c);
        let taken = b.sum(&all);
        let condition = b.sub(&Lin::exact(1.0), &taken);
        let recipe = Recipe::Below { quantity: m.clone(), threshold: TINY, condition };
        let o = b.binary(Family::Wins.at(place), recipe);
        if m.range.hi > 0.0 {
            error_row(b, m, &o, place);
        }
        all.push(o);
    }
    if all.len() > 1 {
        let parts: Vec<(f64, &Lin)> = all.iter().map(|o| (1.0, o)).collect();
        b.row(&parts, Sense::Le, 1.0, Rule::Goal.at(Place::NONE.sample(k)));
    }
    all
}

fn errors(b: &mut Builder<'_>, cx: &GoalContext<'_>, points: &[TestPoint]) -> Option<Encoded> {
    let mut all = Vec::new();
    for (k, point) in points.iter().enumerate() {
        let m = margins(b, cx, point, &fixed(point), k)?;
        if m.iter().any(|m| m.range.hi <= 0.0) {
            all.push(Lin::exact(1.0));
            continue;
        }
        let wins = wins(b, &m, k);
        all.push(b.sum(&wins).within(Interval::UNIT));
    }
    let total = b.sum(&all);
    Some(linear(b.scale(-1.0, &total), ValueMap::Negated))
}

fn test_loss(b: &mut Builder<'_>, cx: &GoalContext<'_>, points: &[TestPoint]) -> Option<Encoded> {
    let mut all = Vec::new();
    for (k, point) in points.iter().enumerate() {
        for (c, m) in margins(b, cx, point, &fixed(point), k)?.into_iter().enumerate() {
            let place = Place::NONE.sample(k).i(c);
            all.push(hinge(b, &m, place));
        }
    }
    let share = Interval::point(-1.0).divide(points.len().max(1) as f64);
    let parts: Vec<_> = all.iter().map(|l| (share, l)).collect();
    Some(linear(b.combine(&parts, 0.0), ValueMap::Negated))
}

/// `max(0, 1 - m)` under maximisation.
fn hinge(b: &mut Builder<'_>, m: &Lin, place: Place) -> Lin {
    let r = b.sub(&Lin::exact(1.0), m);
    let (l, u) = (r.range.lo, r.range.hi);
    if l >= 0.0 {
        return r;
    }
    if u <= 0.0 {
        return Lin::exact(0.0);
    }
    let role = Family::TestLoss.at(place);
    let recipe = Recipe::Positive(r.clone());
    let e = b.variable(VarKind::Continuous, Interval::new(0.0, u), role, recipe);
    let recipe = Recipe::Below { quantity: m.clone(), threshold: 1.0, condition: Lin::exact(1.0) };
    let o = b.binary(Family::Wins.at(place), recipe);
    let origin = Rule::Goal.at(place);
    b.require(&[(1.0, &e), (-1.0, &r), (-l, &o)], Sense::Le, -l, origin);
    b.require(&[(1.0, &e), (-u, &o)], Sense::Le, 0.0, origin);
    e
}

fn smallest_budget(
    b: &mut Builder<'_>,
    cx: &GoalContext<'_>,
    point: &TestPoint,
) -> Option<Encoded> {
    let m = margins(b, cx, point, &fixed(point), 0)?;
    if let [only] = m.as_slice() {
        b.require(&[(1.0, only)], Sense::Le, 0.0, Rule::Goal.at(Place::NONE));
    } else if m.iter().all(|m| m.range.hi > 0.0) {
        let wins = wins(b, &m, 0);
        let parts: Vec<(f64, &Lin)> = wins.iter().map(|o| (1.0, o)).collect();
        b.row(&parts, Sense::Ge, 1.0, Rule::Goal.at(Place::NONE));
    }
    let touched = adversary::touched_quantities(cx.slots);
    Some(linear(b.sum(&touched), ValueMap::AsIs))
}

fn squared_error(b: &mut Builder<'_>, cx: &GoalContext<'_>, point: &TestPoint) -> Option<Encoded> {
    let Target::Real(v) = &point.target else { return None };
    let f = outputs(b, cx, &fixed(point), 0);
    let residuals: Vec<Lin> =
        f.iter().zip(v).map(|(f, &v)| b.combine(&[(Interval::point(1.0), f)], -v)).collect();
    if let [r] = residuals.as_slice() {
        let t = largest_absolute(b, r);
        return Some(linear(b.scale(-1.0, &t), ValueMap::SquareOfNegated));
    }
    let share = -1.0 / residuals.len() as f64;
    let mut quad = Vec::new();
    let mut range = Interval::ZERO;
    let mut constant = 0.0;
    for r in &residuals {
        range = range + r.range.square().scale(share);
        let r = b.define_counted(r);
        match r.single() {
            Some((v, _)) => quad.push(QuadTerm { i: v, j: v, coefficient: share }),
            None => constant += share * r.constant * r.constant,
        }
    }
    // The share and a constant's square are rounded: allow for a few units in the last place.
    let slop = 8.0 * f64::EPSILON * range.magnitude();
    let objective = Lin { slop, ..Lin::exact(constant) };
    Some(Encoded { objective, quad, range: range.widen(slop), value: ValueMap::Negated })
}

/// `|r|` under maximisation: `t <= r + M(1 - o)`, `t <= -r + M o`.
fn largest_absolute(b: &mut Builder<'_>, r: &Lin) -> Lin {
    let (l, u) = (r.range.lo, r.range.hi);
    if l >= 0.0 {
        return r.clone();
    }
    let negative = b.scale(-1.0, r);
    if u <= 0.0 {
        return negative;
    }
    let role = Family::TestLoss.at(Place::NONE);
    let range = Interval::new(0.0, r.range.magnitude());
    let t = b.variable(VarKind::Continuous, range, role, Recipe::Absolute(r.clone()));
    let recipe =
        Recipe::Below { quantity: negative.clone(), threshold: 0.0, condition: Lin::exact(1.0) };
    let o = b.binary(Family::Wins.at(Place::NONE), recipe);
    let origin = Rule::Goal.at(Place::NONE);
    // r >= l and t <= max(u, -l): where o = 0 the first row must leave t free up to -l.
    let (up, down) = (add_up(-l, -l), add_up(u, u));
    b.require(&[(1.0, &t), (-1.0, r), (up, &o)], Sense::Le, up, origin);
    b.require(&[(1.0, &t), (1.0, r), (-down, &o)], Sense::Le, 0.0, origin);
    t
}

/// The model's objective.
#[must_use]
pub fn objective(e: &Encoded) -> Objective {
    Objective::new(&e.objective.terms, &e.quad, e.objective.constant)
}
