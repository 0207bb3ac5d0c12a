//! Lengths, offsets and handles: what has to hold before anything may be indexed.

use indexmap::IndexMap;

use super::{Fault, Faults};
use crate::ir::expr::Expr;
use crate::ir::names::{NameStyle, describe_row, describe_var, is_kept, is_kept_row};
use crate::ir::objective::Objective;
use crate::ir::{
    ExprId, Exprs, Family, Guard, Model, QuadTerm, RowId, Rows, Rule, Sos1, VarId, VarKind, Vars,
};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let Model { vars, rows, sos1, objective, exprs, names, row_names, priorities } = model;
    lengths(vars, rows, faults);
    if !faults.0.is_empty() {
        return;
    }
    let count = vars.len();
    foreign_names(model, names, faults);
    foreign_row_names(model, row_names, faults);
    priority_list(model, priorities, faults);
    expressions(exprs, count, faults);
    row_tables(model, rows, exprs.len(), faults);
    let Objective { linear, quad, constant: _, smooth } = objective;
    let who = "the objective";
    known(linear.iter().map(|t| t.0), count, who, faults);
    known_quad(quad, count, who, faults);
    known_expr(*smooth, exprs.len(), who, faults);
    for (k, set) in sos1.iter().enumerate() {
        let Sos1 { members, origin: _ } = set;
        known(members.iter().map(|m| m.0), count, &format!("special ordered set {k}"), faults);
    }
}

fn lengths(vars: &Vars, rows: &Rows, faults: &mut Faults) {
    let Vars { kind, lower, upper, role } = vars;
    let mut same = |table: &'static str, what: &str, found: usize, expected: usize| {
        if found != expected {
            let reason = format!("{found} {what} for {expected} entries");
            faults.push(Fault::Table { table, reason });
        }
    };
    same("variables", "lower bounds", lower.len(), kind.len());
    same("variables", "upper bounds", upper.len(), kind.len());
    same("variables", "roles", role.len(), kind.len());
    // The other tables are checked row by row.
    let Rows { start, col, val, sense, rhs, origin, .. } = rows;
    same("rows", "right-hand sides", rhs.len(), sense.len());
    same("rows", "origins", origin.len(), sense.len());
    same("rows", "offsets", start.len(), sense.len() + 1);
    same("entries", "coefficients", val.len(), col.len());
    let ascending = start.first() == Some(&0)
        && start.last() == Some(&col.len())
        && start.windows(2).all(|w| w[0] <= w[1]);
    if !ascending {
        let reason = "offsets do not ascend from 0 to the number of entries".to_string();
        faults.push(Fault::Table { table: "rows", reason });
    }
    let too_many = |n: usize| u32::try_from(n).is_err();
    if too_many(kind.len()) || too_many(sense.len()) {
        let reason = "more than 2^32 variables or rows".to_string();
        faults.push(Fault::Table { table: "variables", reason });
    }
}

fn foreign_names(model: &Model, names: &[String], faults: &mut Faults) {
    for var in model.vars.iter() {
        if var.role.family == Family::Named
            && !names.is_empty()
            && var.role.place.i as usize >= names.len()
        {
            let reason = format!("{} has no name", describe_var(model, var.id));
            faults.push(Fault::Table { table: "names", reason });
        }
    }
    if names.is_empty() || !faults.0.is_empty() {
        return;
    }
    // Names that are kept must be unlike each other and unlike those computed for the rest.
    let mut kept: IndexMap<String, VarId> = IndexMap::new();
    for var in model.vars.iter() {
        let own = match names.get(var.role.place.i as usize) {
            Some(name) if var.role.family == Family::Named => is_kept(name).then(|| name.clone()),
            _ => Some(NameStyle::Readable.var_string(model, var.id)),
        };
        if let Some(name) = own
            && let Some(first) = kept.insert(name.clone(), var.id)
            // One role twice is a fault of its own.
            && model.vars.get(first).role != var.role
        {
            faults.push(Fault::DuplicateName { first: first.0, second: var.id.0, name });
        }
    }
}

/// Names of rows that are kept must be unlike each other; others end in the row's number.
fn foreign_row_names(model: &Model, names: &[String], faults: &mut Faults) {
    if names.is_empty() {
        return;
    }
    let mut kept: IndexMap<&str, u32> = IndexMap::new();
    for (r, origin) in model.rows.origin.iter().enumerate() {
        let name = names.get(origin.place.i as usize).filter(|_| origin.rule == Rule::Foreign);
        if let Some(name) = name.filter(|n| is_kept_row(n))
            && let Some(first) = kept.insert(name, r as u32)
        {
            let name = name.clone();
            faults.push(Fault::DuplicateRowName { first, second: r as u32, name });
        }
    }
}

fn priority_list(model: &Model, priorities: &[(VarId, i32)], faults: &mut Faults) {
    let what = "branching priorities";
    if priorities.windows(2).any(|w| w[0].0 >= w[1].0) {
        faults.push(Fault::Order { what, who: "the model".into() });
    }
    let before = faults.0.len();
    known(priorities.iter().map(|p| p.0), model.vars.len(), "a branching priority", faults);
    if faults.0.len() > before {
        return;
    }
    for (v, _) in priorities {
        if model.vars.kind[v.index()] == VarKind::Continuous {
            faults.push(Fault::PriorityOfContinuous { who: describe_var(model, *v) });
        }
    }
}

fn expressions(exprs: &Exprs, vars: usize, faults: &mut Faults) {
    let Exprs { nodes } = exprs;
    for (k, node) in nodes.iter().enumerate() {
        let own = k as u32;
        let who = || format!("expression {own}");
        let mut older = |id: ExprId| {
            if id.0 >= own {
                faults.push(Fault::ForwardExpression { who: who(), expr: id.0 });
            }
        };
        match node {
            Expr::Constant(_) => {}
            Expr::Var(v) => known([*v].into_iter(), vars, &who(), faults),
            Expr::Sum(operands) => {
                operands.iter().copied().for_each(&mut older);
                if operands.is_empty() {
                    faults.push(Fault::EmptySum { expr: own });
                }
            }
            Expr::Product(a, b) | Expr::Quotient(a, b) => {
                older(*a);
                older(*b);
            }
            Expr::Neg(a) | Expr::Exp(a) | Expr::Log(a) => older(*a),
        }
    }
}

fn row_tables(model: &Model, rows: &Rows, exprs: usize, faults: &mut Faults) {
    // Destructured, so that a new table cannot be forgotten.
    let Rows {
        start,
        col,
        val: _,
        sense,
        rhs: _,
        origin: _,
        guards,
        quad_rows,
        quad,
        smooth,
        marks,
    } = rows;
    let vars = model.vars.len();
    let count = sense.len();
    if let Some(position) = col.iter().position(|v| v.index() >= vars) {
        let row = start.partition_point(|&s| s <= position) - 1;
        let who = describe_row(model, RowId(row as u32));
        known(col.iter().copied(), vars, &who, faults);
    }
    side_table("guards", guards.iter().map(|g| g.0), count, faults);
    side_table("quadratic rows", quad_rows.iter().map(|q| q.0), count, faults);
    side_table("smooth rows", smooth.iter().map(|s| s.0), count, faults);
    side_table("marks", marks.iter().map(|m| m.0), count, faults);
    if !faults.0.is_empty() {
        return;
    }
    for (row, Guard { var, value: _ }) in guards {
        let who = describe_row(model, *row);
        known([*var].into_iter(), vars, &who, faults);
        if var.index() < vars && model.vars.kind[var.index()] != VarKind::Binary {
            faults.push(Fault::GuardNotBinary { who, guard: describe_var(model, *var) });
        }
    }
    let mut end = 0;
    for (row, from, to) in quad_rows {
        if *from != end || to <= from || *to > quad.len() {
            let reason = format!("the terms of {} are misplaced", describe_row(model, *row));
            faults.push(Fault::Table { table: "quadratic rows", reason });
        }
        end = *to;
    }
    if end != quad.len() {
        let reason = "some terms belong to no row".to_string();
        faults.push(Fault::Table { table: "quadratic rows", reason });
    }
    known_quad(quad, vars, "a quadratic row", faults);
    for (row, expr) in smooth {
        known_expr(Some(*expr), exprs, &describe_row(model, *row), faults);
    }
}

/// Side tables refer to existing rows, each once, in ascending order.
fn side_table(
    table: &'static str,
    rows: impl Iterator<Item = RowId> + Clone,
    count: usize,
    faults: &mut Faults,
) {
    if let Some(row) = rows.clone().find(|r| r.index() >= count) {
        faults.push(Fault::UnknownRow { table, row: row.0, count });
    }
    if !rows.is_sorted_by(|a, b| a < b) {
        let reason = "rows do not ascend".to_string();
        faults.push(Fault::Table { table, reason });
    }
}

fn known(vars: impl Iterator<Item = VarId>, count: usize, who: &str, faults: &mut Faults) {
    for var in vars {
        if var.index() >= count {
            faults.push(Fault::UnknownVariable { who: who.to_string(), var: var.0, count });
            if faults.full() {
                return;
            }
        }
    }
}

fn known_quad(quad: &[QuadTerm], count: usize, who: &str, faults: &mut Faults) {
    let factors = quad.iter().flat_map(|QuadTerm { i, j, coefficient: _ }| [*i, *j]);
    known(factors, count, who, faults);
}

fn known_expr(expr: Option<ExprId>, count: usize, who: &str, faults: &mut Faults) {
    if let Some(expr) = expr
        && expr.0 as usize >= count
    {
        faults.push(Fault::ForwardExpression { who: who.to_string(), expr: expr.0 });
    }
}
