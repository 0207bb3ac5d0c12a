//! Bounds, coefficients, order of terms, and roles.

use super::{Fault, Faults};
use crate::ir::expr::Expr;
use crate::ir::names::{describe_row, describe_var, hidden_index};
use crate::ir::{Model, QuadTerm, RowView, VarId, VarKind, VarView};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for var in model.vars.iter() {
        bounds(model, var, faults);
    }
    roles(model, faults);
    for row in model.rows.iter() {
        if faults.full() {
            return;
        }
        check_row(model, row, faults);
    }
    objective(model, faults);
    sets(model, faults);
    for (k, node) in model.exprs.nodes.iter().enumerate() {
        if let Expr::Constant(value) = node {
            finite(*value, "the constant", &|| format!("expression {k}"), faults);
        }
    }
}

fn bounds(model: &Model, var: VarView, faults: &mut Faults) {
    let VarView { id, kind, lower, upper, role } = var;
    let who = || describe_var(model, id);
    if lower.is_nan() || upper.is_nan() {
        faults.push(Fault::NotANumber { what: "a bound", who: who() });
    } else if lower == f64::INFINITY || upper == f64::NEG_INFINITY {
        faults.push(Fault::NoValue { who: who(), lower, upper });
    } else if lower > upper {
        faults.push(Fault::Crossed { who: who(), lower, upper });
    } else if kind == VarKind::Binary && !(lower >= 0.0 && upper <= 1.0) {
        faults.push(Fault::BinaryBounds { who: who(), lower, upper });
    }
    if let Some(index) = hidden_index(role.family.axes(), role.place) {
        faults.push(Fault::HiddenIndex { who: who(), index });
    }
}

/// No two variables share a role: names are computed from it.
fn roles(model: &Model, faults: &mut Faults) {
    let role = &model.vars.role;
    // Encoders add families in order, so most models need no sorting.
    if role.is_sorted_by(|a, b| a < b) {
        return;
    }
    let mut order: Vec<u32> = (0..role.len() as u32).collect();
    order.sort_unstable_by_key(|&j| (role[j as usize], j));
    for pair in order.windows(2) {
        if role[pair[0] as usize] == role[pair[1] as usize] {
            faults.push(Fault::DuplicateRole {
                first: pair[0],
                second: pair[1],
                who: describe_var(model, VarId(pair[0])),
            });
        }
    }
}

fn check_row(model: &Model, row: RowView<'_>, faults: &mut Faults) {
    let RowView { id, cols, vals, quad, smooth: _, guard: _, sense: _, rhs, origin } = row;
    let who = || describe_row(model, id);
    if !cols.is_sorted_by(|a, b| a < b) {
        faults.push(Fault::Order { what: "the linear terms", who: who() });
    }
    // One pass that almost always finds nothing; the slow path names the culprit.
    if !vals.iter().all(|a| a.is_finite() && *a != 0.0) {
        for (col, a) in cols.iter().zip(vals) {
            coefficient(*a, &|| format!("{} at {}", who(), describe_var(model, *col)), faults);
        }
    }
    quadratic(quad, &who, faults);
    finite(rhs, "the right-hand side", &who, faults);
    if let Some(index) = hidden_index(origin.rule.axes(), origin.place) {
        faults.push(Fault::HiddenIndex { who: who(), index });
    }
}

fn objective(model: &Model, faults: &mut Faults) {
    let who = || "the objective".to_string();
    let objective = &model.objective;
    if !objective.linear.is_sorted_by(|a, b| a.0 < b.0) {
        faults.push(Fault::Order { what: "the linear terms", who: who() });
    }
    for (var, a) in &objective.linear {
        let at = || format!("the objective at {}", describe_var(model, *var));
        coefficient(*a, &at, faults);
    }
    quadratic(&objective.quad, &who, faults);
    finite(objective.constant, "the constant", &who, faults);
}

fn sets(model: &Model, faults: &mut Faults) {
    for (set, sos) in model.sos1.iter().enumerate() {
        if sos.members.is_empty() {
            faults.push(Fault::EmptySet { set });
        }
        for (_, weight) in &sos.members {
            finite(*weight, "a weight", &|| format!("special ordered set {set}"), faults);
        }
        let mut vars: Vec<VarId> = sos.members.iter().map(|m| m.0).collect();
        vars.sort_unstable();
        if vars.windows(2).any(|w| w[0] == w[1]) {
            faults.push(Fault::SetRepeats { set, what: "a variable" });
        }
        let mut weights: Vec<f64> = sos.members.iter().map(|m| m.1).collect();
        weights.sort_unstable_by(f64::total_cmp);
        if weights.windows(2).any(|w| w[0] == w[1]) {
            faults.push(Fault::SetRepeats { set, what: "a weight" });
        }
    }
}

fn quadratic(quad: &[QuadTerm], who: &dyn Fn() -> String, faults: &mut Faults) {
    for term in quad {
        coefficient(term.coefficient, who, faults);
        if term.i > term.j {
            faults.push(Fault::Order { what: "the factors of a quadratic term", who: who() });
        }
    }
    if !quad.is_sorted_by(|a, b| (a.i, a.j) < (b.i, b.j)) {
        faults.push(Fault::Order { what: "the quadratic terms", who: who() });
    }
}

fn coefficient(value: f64, who: &dyn Fn() -> String, faults: &mut Faults) {
    if value == 0.0 {
        faults.push(Fault::Zero { what: "a coefficient", who: who() });
    }
    finite(value, "a coefficient", who, faults);
}

fn finite(value: f64, what: &'static str, who: &dyn Fn() -> String, faults: &mut Faults) {
    if value.is_nan() {
        faults.push(Fault::NotANumber { what, who: who() });
    } else if value.is_infinite() {
        faults.push(Fault::Infinite { what, who: who() });
    }
}
