//! Squares and products of every two kinds of columns, in rows of every sense and in objectives.

use theriac::ir::expr::{Expr, ExprId};
use theriac::ir::{Model, Objective, Sense, VarId, VarKind};

use super::Entry;
use crate::models::build::*;

const SENSES: [(&str, Sense); 3] = [("le", Sense::Le), ("ge", Sense::Ge), ("eq", Sense::Eq)];

/// Kinds of factors; those of the second list may be continuous as well.
const FACTORS: &[(&str, VarKind, f64, f64)] = &[
    ("binary", VarKind::Binary, 0.0, 1.0),
    ("integer", VarKind::Integer, -2.0, 3.0),
    ("real", VarKind::Continuous, -1.5, 2.5),
];

/// Products with an integer factor: the optimum is that of enumeration.
fn discrete(out: &mut Vec<Entry>) {
    for (a, first) in FACTORS[..2].iter().enumerate() {
        for second in &FACTORS[a..] {
            let mut m = Model::new();
            let x = var(&mut m, "x", first.1, first.2, first.3);
            let y = var(&mut m, "y", second.1, second.2, second.3);
            let z = real(&mut m, "z", -4.0, 4.0);
            row(&mut m, &[(x, 1.0), (y, 1.0), (z, 1.0)], Sense::Le, 5.0);
            for (word, sense) in SENSES {
                for (sign, c) in [("", 1.0), ("_negative", -1.5)] {
                    let mut m = m.clone();
                    quad_row(&mut m, &[(z, -1.0), (x, 0.5)], &[q(x, y, c)], sense, 0.5);
                    m.objective = Objective::new(&[(x, -1.0), (y, 0.5), (z, 0.25)], &[], 0.0);
                    let name = format!("product_{}_{}_{word}{sign}", first.0, second.0);
                    out.push(Entry::exact(name, m));
                }
            }
            for (sign, c) in [("", 1.0), ("_negative", -1.0)] {
                let mut m = m.clone();
                let cost = [(x, 0.5), (y, -0.25), (z, 1.0)];
                m.objective = Objective::new(&cost, &[q(x, y, c)], -1.5);
                let name = format!("objective_{}_{}{sign}", first.0, second.0);
                out.push(Entry::exact(format!("{name}_maximised"), m.clone()).maximised());
                out.push(Entry::exact(name, m));
            }
        }
        let mut m = Model::new();
        let x = var(&mut m, "x", first.1, first.2, first.3);
        let z = real(&mut m, "z", -20.0, 20.0);
        for (word, sense) in SENSES {
            let mut m = m.clone();
            quad_row(&mut m, &[(z, 1.0)], &[q(x, x, 2.0)], sense, 3.0);
            m.objective = Objective::new(&[(x, -1.0), (z, 0.5)], &[], 0.0);
            out.push(Entry::exact(format!("square_{}_{word}", first.0), m));
        }
        for (sign, c) in [("", 1.0), ("_negative", -1.0)] {
            let mut m = m.clone();
            row(&mut m, &[(x, 1.0), (z, 1.0)], Sense::Ge, -1.0);
            m.objective = Objective::new(&[(x, -2.75), (z, 1.0)], &[q(x, x, c)], 0.0);
            out.push(Entry::exact(format!("objective_square_{}{sign}", first.0), m));
        }
    }
}

/// Two columns in a box, and a third beside them.
fn plane(lower: [f64; 2], upper: [f64; 2]) -> (Model, [VarId; 2]) {
    let mut m = Model::new();
    let x = real(&mut m, "x", lower[0], upper[0]);
    let y = real(&mut m, "y", lower[1], upper[1]);
    (m, [x, y])
}

fn closed(name: &str, m: Model, optimum: f64) -> Entry {
    Entry::closed(name, m, optimum)
}

/// Products of continuous columns in rows; the closed form stands beside each.
fn rows(out: &mut Vec<Entry>) {
    // max x + 2 y with x y <= 3 on [1, 4] x [0, 2]: 1.5 + 4 at (1.5, 2) beats 4 + 1.5 at (4, 0.75).
    let (mut m, [x, y]) = plane([1.0, 0.0], [4.0, 2.0]);
    quad_row(&mut m, &[], &[q(x, y, 1.0)], Sense::Le, 3.0);
    m.objective = Objective::new(&[(x, -1.0), (y, -2.0)], &[], 0.0);
    out.push(closed("bilinear_le", m, -5.5));
    // min x + y with x y >= 4 on [1, 8]^2: 4 at (2, 2).
    let (mut m, [x, y]) = plane([1.0; 2], [8.0; 2]);
    quad_row(&mut m, &[], &[q(x, y, 1.0)], Sense::Ge, 4.0);
    m.objective = Objective::new(&[(x, 1.0), (y, 1.0)], &[], 0.0);
    out.push(closed("bilinear_ge", m, 4.0));
    // max z = x y - x on [-2, 3] x [-1, 4]: x (y - 1) is 9 at (3, 4).
    let (mut m, [x, y]) = plane([-2.0, -1.0], [3.0, 4.0]);
    let z = real(&mut m, "z", -INF, INF);
    quad_row(&mut m, &[(x, -1.0), (z, -1.0)], &[q(x, y, 1.0)], Sense::Eq, 0.0);
    m.objective = Objective::new(&[(z, -1.0)], &[], 0.0);
    out.push(closed("bilinear_eq", m, -9.0));
    // min x + y on the ellipse x^2 + 4 y^2 <= 20: -(20 + 5)^(1/2) = -5 at (-4, -1).
    let (mut m, [x, y]) = plane([-9.0; 2], [9.0; 2]);
    quad_row(&mut m, &[], &[q(x, x, 1.0), q(y, y, 4.0)], Sense::Le, 20.0);
    m.objective = Objective::new(&[(x, 1.0), (y, 1.0)], &[], 0.0);
    out.push(closed("ellipse", m, -5.0));
    // The same with linear terms: (x - 1)^2 + (y + 2)^2 <= 2, min x + y = -1 - 2.
    let (mut m, [x, y]) = plane([-9.0; 2], [9.0; 2]);
    let quad = [q(x, x, 1.0), q(y, y, 1.0)];
    quad_row(&mut m, &[(x, -2.0), (y, 4.0)], &quad, Sense::Le, -3.0);
    m.objective = Objective::new(&[(x, 1.0), (y, 1.0)], &[], 0.0);
    out.push(closed("shifted_disc", m, -3.0));
    // Outside of a disc: min x with x^2 + y^2 >= 4, |y| <= 1, x >= 0: sqrt 3.
    let (mut m, [x, y]) = plane([0.0, -1.0], [5.0, 1.0]);
    quad_row(&mut m, &[], &[q(x, x, 1.0), q(y, y, 1.0)], Sense::Ge, 4.0);
    m.objective = Objective::new(&[(x, 1.0)], &[], 0.0);
    out.push(closed("reverse_convex", m, 3.0_f64.sqrt()));
    // On a circle of radius 2: min x + y = -2 sqrt 2.
    let (mut m, [x, y]) = plane([-3.0; 2], [3.0; 2]);
    quad_row(&mut m, &[], &[q(x, x, 1.0), q(y, y, 1.0)], Sense::Eq, 4.0);
    m.objective = Objective::new(&[(x, 1.0), (y, 1.0)], &[], 0.0);
    out.push(closed("circle", m, -(8.0_f64.sqrt())));
    // (x + y)^2 <= 1 with mixed terms: max x + 2 y on [0, 1]^2 is 2 at (0, 1).
    let (mut m, [x, y]) = plane([0.0; 2], [1.0; 2]);
    let quad = [q(x, x, 1.0), q(x, y, 2.0), q(y, y, 1.0)];
    quad_row(&mut m, &[], &quad, Sense::Le, 1.0);
    m.objective = Objective::new(&[(x, -1.0), (y, -2.0)], &[], 0.0);
    out.push(closed("mixed_terms", m, -2.0));
    // Two quadratic rows between linear ones, with linear entries: u = x y, v = x^2, u + v >= 6 on
    // [0, 3] x [0, 1]: min x with x^2 + x >= 6 is 2 (y = 1).
    let (mut m, [x, y]) = plane([0.0; 2], [3.0, 1.0]);
    let u = real(&mut m, "u", -10.0, 10.0);
    let v = real(&mut m, "v", -10.0, 10.0);
    row(&mut m, &[(x, 1.0), (y, 1.0)], Sense::Le, 4.0);
    quad_row(&mut m, &[(u, -1.0)], &[q(x, y, 1.0)], Sense::Eq, 0.0);
    row(&mut m, &[(u, 1.0), (v, 1.0)], Sense::Ge, 6.0);
    quad_row(&mut m, &[(v, -1.0)], &[q(x, x, 1.0)], Sense::Eq, 0.0);
    m.objective = Objective::new(&[(x, 1.0)], &[], 0.0);
    out.push(closed("rows_between", m, 2.0));
}

/// Products of continuous columns in objectives.
fn objectives(out: &mut Vec<Entry>) {
    let add = |out: &mut Vec<Entry>, name: &str, m: Model, optimum: f64| {
        out.push(closed(&format!("{name}_maximised"), m.clone(), optimum).maximised());
        out.push(closed(name, m, optimum));
    };
    // x^2 + y^2 - 4 x + 2 y + 3 is (x - 2)^2 + (y + 1)^2 - 2.
    let (mut m, [x, y]) = plane([-5.0; 2], [5.0; 2]);
    let quad = [q(x, x, 1.0), q(y, y, 1.0)];
    m.objective = Objective::new(&[(x, -4.0), (y, 2.0)], &quad, 3.0);
    row(&mut m, &[(x, 1.0), (y, 1.0)], Sense::Le, 6.0);
    add(out, "objective_convex", m, -2.0);
    // The same with a row that moves the optimum: x + y <= -1 to (1, -2), 0.
    let (mut m, [x, y]) = plane([-5.0; 2], [5.0; 2]);
    let quad = [q(x, x, 1.0), q(y, y, 1.0)];
    m.objective = Objective::new(&[(x, -4.0), (y, 2.0)], &quad, 3.0);
    row(&mut m, &[(x, 1.0), (y, 1.0)], Sense::Le, -1.0);
    add(out, "objective_convex_row", m, 0.0);
    // x^2 + x y + y^2 - 3 x: gradient zero at (2, -1), value -3.
    let (mut m, [x, y]) = plane([-5.0; 2], [5.0; 2]);
    let quad = [q(x, x, 1.0), q(x, y, 1.0), q(y, y, 1.0)];
    m.objective = Objective::new(&[(x, -3.0)], &quad, 0.0);
    row(&mut m, &[(x, 1.0), (y, -1.0)], Sense::Le, 4.0);
    add(out, "objective_mixed", m, -3.0);
    // -x^2 + y on [-3, 2] x [-1, 1]: -10.
    let (mut m, [x, y]) = plane([-3.0, -1.0], [2.0, 1.0]);
    m.objective = Objective::new(&[(y, 1.0)], &[q(x, x, -1.0)], 0.0);
    row(&mut m, &[(x, 1.0), (y, 1.0)], Sense::Ge, -4.0);
    add(out, "objective_concave", m, -10.0);
    // x (y - 1) with x - y <= 3 on [-2, 3] x [-1, 4]: (3, -1) is cut off, -6 at (-2, 4) stays, and
    // on x = y + 3 it is (y + 3)(y - 1), which is -4 at least.
    let (mut m, [x, y]) = plane([-2.0, -1.0], [3.0, 4.0]);
    m.objective = Objective::new(&[(x, -1.0)], &[q(x, y, 1.0)], 0.0);
    row(&mut m, &[(x, 1.0), (y, -1.0)], Sense::Le, 3.0);
    add(out, "objective_bilinear", m, -6.0);
    // Quadratic objective and row: (x - 3)^2 + y on the disc of radius 2 with y >= 0: 1 at (2, 0).
    let (mut m, [x, y]) = plane([-5.0, 0.0], [5.0; 2]);
    quad_row(&mut m, &[], &[q(x, x, 1.0), q(y, y, 1.0)], Sense::Le, 4.0);
    m.objective = Objective::new(&[(x, -6.0), (y, 1.0)], &[q(x, x, 1.0)], 9.0);
    add(out, "objective_and_row", m, 1.0);
}

/// `exp(x) + exp(-x)`, which several parts of a model may share.
fn hyperbola(m: &mut Model, x: VarId) -> ExprId {
    let v = m.exprs.push(Expr::Var(x));
    let up = m.exprs.push(Expr::Exp(v));
    let minus = m.exprs.push(Expr::Neg(v));
    let down = m.exprs.push(Expr::Exp(minus));
    m.exprs.push(Expr::Sum(vec![up, down]))
}

/// Smooth functions, for NL alone.
fn smooth(out: &mut Vec<Entry>) {
    // min exp(x) + exp(-x) + y with y >= 1: 3 at (0, 1).
    let (mut m, [x, y]) = plane([-2.0, 0.0], [2.0, 5.0]);
    let sum = hyperbola(&mut m, x);
    row(&mut m, &[(y, 1.0), (x, 1.0)], Sense::Ge, 1.0);
    row(&mut m, &[(y, 1.0), (x, -1.0)], Sense::Ge, 1.0);
    m.objective = Objective::new(&[(y, 1.0)], &[], 0.0);
    m.objective.smooth = Some(sum);
    out.push(closed("smooth_objective", m, 3.0));
    // The same expression in two rows and the objective: s >= e, t >= 2 e, min s + t + e = 8.
    let (mut m, [x, s]) = plane([-2.0, 0.0], [2.0, 50.0]);
    let t = real(&mut m, "t", 0.0, 50.0);
    let e = hyperbola(&mut m, x);
    let two = m.exprs.push(Expr::Constant(2.0));
    let twice = m.exprs.push(Expr::Product(two, e));
    for (v, part) in [(s, e), (t, twice)] {
        let row = m.add_row(&[(v, -1.0)], Sense::Le, 0.0, origin());
        m.rows.attach_smooth(row, part);
    }
    m.objective = Objective::new(&[(s, 1.0), (t, 1.0)], &[], 0.0);
    m.objective.smooth = Some(e);
    out.push(closed("smooth_shared", m, 8.0));
    // log(y) >= 1 with an integer beside it: min y + k, k >= 1.5: e + 2.
    let (mut m, [y, _]) = plane([0.1, 0.0], [20.0, 1.0]);
    let k = int(&mut m, "k", 0.0, 9.0);
    let v = m.exprs.push(Expr::Var(y));
    let log = m.exprs.push(Expr::Log(v));
    let row_id = m.add_row(&[], Sense::Ge, 1.0, origin());
    m.rows.attach_smooth(row_id, log);
    row(&mut m, &[(k, 1.0)], Sense::Ge, 1.5);
    m.objective = Objective::new(&[(y, 1.0), (k, 1.0)], &[], 0.0);
    out.push(closed("smooth_integer", m, std::f64::consts::E + 2.0));
    // A quotient: min x / y on [1, 4] x [1, 2]: 0.5.
    let (mut m, [x, y]) = plane([1.0; 2], [4.0, 2.0]);
    let (a, b) = (m.exprs.push(Expr::Var(x)), m.exprs.push(Expr::Var(y)));
    let ratio = m.exprs.push(Expr::Quotient(a, b));
    row(&mut m, &[(x, 1.0), (y, 1.0)], Sense::Ge, 2.0);
    m.objective.smooth = Some(ratio);
    out.push(closed("smooth_quotient", m, 0.5));
}

pub fn add(out: &mut Vec<Entry>) {
    discrete(out);
    rows(out);
    objectives(out);
    smooth(out);
}
