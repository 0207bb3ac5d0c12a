//! From a model to its message.

use super::message::{self, Places, Quad};
use super::{VERSION, numbers};
use crate::ir::expr::Expr;
use crate::ir::{Exprs, Model, Objective, Place, QuadTerm, Rows, Sense, Sos1, VarKind, Vars};

pub(super) fn message(model: &Model, maximise: bool) -> message::Model {
    // Destructured here and below, so that a new field cannot be forgotten.
    let Model { vars, rows, sos1, objective, exprs, names, row_names, priorities } = model;
    message::Model {
        version: VERSION,
        vars: Some(variables(vars)),
        rows: Some(row_table(rows)),
        sos1: sos1.iter().map(set).collect(),
        objective: Some(goal(objective)),
        exprs: Some(expressions(exprs)),
        names: names.clone(),
        row_names: row_names.clone(),
        prioritised: priorities.iter().map(|p| p.0.0).collect(),
        priority: priorities.iter().map(|p| p.1).collect(),
        maximise,
    }
}

fn variables(vars: &Vars) -> message::Vars {
    let Vars { kind, lower, upper, role } = vars;
    message::Vars {
        kind: kind
            .iter()
            .map(|k| match k {
                VarKind::Continuous => 0,
                VarKind::Integer => 1,
                VarKind::Binary => 2,
            })
            .collect(),
        lower: Some(numbers::pack(lower)),
        upper: Some(numbers::pack(upper)),
        role: Some(places(role.iter().map(|r| (r.family.code(), r.place)))),
    }
}

fn places(all: impl Iterator<Item = (u8, Place)> + Clone) -> Places {
    let list = |value: &dyn Fn(&Place) -> u32| {
        let values: Vec<u32> = all.clone().map(|(_, p)| value(&p)).collect();
        if values.iter().all(|v| *v == 0) { Vec::new() } else { values }
    };
    let step = |p: &Place| if p.step == Place::NO_STEP { 0 } else { u32::from(p.step) + 1 };
    Places {
        code: all.clone().map(|(code, _)| code).collect(),
        layer: list(&|p| u32::from(p.layer)),
        step: list(&step),
        sample: list(&|p| p.sample),
        i: list(&|p| p.i),
        j: list(&|p| p.j),
    }
}

fn quadratic(quad: &[QuadTerm]) -> Quad {
    let coefficients: Vec<f64> = quad.iter().map(|t| t.coefficient).collect();
    Quad {
        i: quad.iter().map(|t| t.i.0).collect(),
        j: quad.iter().map(|t| t.j.0).collect(),
        coefficient: Some(numbers::pack(&coefficients)),
    }
}

fn row_table(rows: &Rows) -> message::Rows {
    let Rows { start, col, val, sense, rhs, origin, guards, quad_rows, quad, smooth, marks } = rows;
    let mut distances = Vec::with_capacity(col.len());
    for span in start.windows(2) {
        let mut last = 0;
        for v in &col[span[0]..span[1]] {
            // Wrapping, so that even a row out of order is saved as it is.
            distances.push(v.0.wrapping_sub(last));
            last = v.0;
        }
    }
    message::Rows {
        length: start.windows(2).map(|w| (w[1] - w[0]) as u32).collect(),
        col: distances,
        val: Some(numbers::pack(val)),
        sense: sense
            .iter()
            .map(|s| match s {
                Sense::Le => 0,
                Sense::Ge => 1,
                Sense::Eq => 2,
            })
            .collect(),
        rhs: Some(numbers::pack(rhs)),
        origin: Some(places(origin.iter().map(|o| (o.rule.code(), o.place)))),
        guarded: guards.iter().map(|g| g.0.0).collect(),
        guard: guards.iter().map(|g| 2 * u64::from(g.1.var.0) + u64::from(g.1.value)).collect(),
        quad_row: quad_rows.iter().map(|q| q.0.0).collect(),
        quad_length: quad_rows.iter().map(|q| (q.2 - q.1) as u32).collect(),
        quad: Some(quadratic(quad)),
        smooth_row: smooth.iter().map(|s| s.0.0).collect(),
        smooth: smooth.iter().map(|s| s.1.0).collect(),
        marked: marks.iter().map(|m| m.0.0).collect(),
        mark: marks.iter().map(|m| m.1.code()).collect(),
    }
}

fn set(set: &Sos1) -> message::Sos1 {
    let Sos1 { members, origin } = set;
    let weights: Vec<f64> = members.iter().map(|m| m.1).collect();
    message::Sos1 {
        var: members.iter().map(|m| m.0.0).collect(),
        weight: Some(numbers::pack(&weights)),
        origin: Some(places(std::iter::once((origin.rule.code(), origin.place)))),
    }
}

fn goal(objective: &Objective) -> message::Objective {
    let Objective { linear, quad, constant, smooth } = objective;
    let values: Vec<f64> = linear.iter().map(|t| t.1).collect();
    message::Objective {
        var: linear.iter().map(|t| t.0.0).collect(),
        val: Some(numbers::pack(&values)),
        quad: Some(quadratic(quad)),
        constant: *constant,
        smooth: smooth.map_or(0, |e| u64::from(e.0) + 1),
    }
}

fn expressions(exprs: &Exprs) -> message::Exprs {
    let Exprs { nodes } = exprs;
    let (mut op, mut operand, mut constants) = (Vec::new(), Vec::new(), Vec::new());
    for node in nodes {
        op.push(match node {
            Expr::Constant(c) => {
                constants.push(*c);
                0
            }
            Expr::Var(v) => {
                operand.push(v.0);
                1
            }
            Expr::Sum(operands) => {
                operand.push(operands.len() as u32);
                operand.extend(operands.iter().map(|e| e.0));
                2
            }
            Expr::Product(a, b) => {
                operand.extend([a.0, b.0]);
                3
            }
            Expr::Quotient(a, b) => {
                operand.extend([a.0, b.0]);
                4
            }
            Expr::Neg(a) => {
                operand.push(a.0);
                5
            }
            Expr::Exp(a) => {
                operand.push(a.0);
                6
            }
            Expr::Log(a) => {
                operand.push(a.0);
                7
            }
        });
    }
    message::Exprs { op, operand, constant: Some(numbers::pack(&constants)) }
}
