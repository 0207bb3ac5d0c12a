//! Models with products of continuous variables or smooth functions; their optima are known in
//! closed form.

use super::build::*;
use theriac::ir::expr::Expr;
use theriac::ir::{Guard, Model, Objective, Sense};

/// min x + y over the disc x^2 + y^2 <= 2: -2 at (-1, -1).
pub fn convex_row() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", -5.0, 5.0);
    let y = real(&mut m, "y", -5.0, 5.0);
    quad_row(&mut m, &[], &[q(x, x, 1.0), q(y, y, 1.0)], Sense::Le, 2.0);
    m.objective = Objective::new(&[(x, 1.0), (y, 1.0)], &[], 0.0);
    m
}

/// max x + y with x y <= 4 on [0, 4] x [1, 5]: 5.8 at (0.8, 5).
pub fn bilinear() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", 0.0, 4.0);
    let y = real(&mut m, "y", 1.0, 5.0);
    quad_row(&mut m, &[], &[q(x, y, 1.0)], Sense::Le, 4.0);
    m.objective = Objective::new(&[(x, -1.0), (y, -1.0)], &[], 0.0);
    m
}

/// z = x y, and a reverse convex row: min z = -6 at (2, -3).
pub fn equality() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", -1.0, 2.0);
    let y = real(&mut m, "y", -3.0, 1.0);
    let z = real(&mut m, "z", -10.0, 10.0);
    quad_row(&mut m, &[(z, -1.0)], &[q(x, y, 1.0)], Sense::Eq, 0.0);
    quad_row(&mut m, &[(x, 0.5)], &[q(x, x, 3.0), q(x, y, -2.0), q(y, y, 1.5)], Sense::Ge, 0.25);
    m.objective = Objective::new(&[(z, 1.0)], &[], 0.0);
    m
}

/// min x^2 + x y + y^2 - 3 x + 10 with x + y >= 1: 7.75 at (1.5, 0).
pub fn convex_objective() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", 0.0, 10.0);
    let y = real(&mut m, "y", 0.0, 10.0);
    row(&mut m, &[(x, 1.0), (y, 1.0)], Sense::Ge, 1.0);
    m.objective = Objective::new(&[(x, -3.0)], &[q(x, x, 1.0), q(x, y, 1.0), q(y, y, 1.0)], 10.0);
    m
}

/// min x y with x + y >= 0 on [-1, 2] x [-3, 1]: -4 at (2, -2).
pub fn nonconvex_objective() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", -1.0, 2.0);
    let y = real(&mut m, "y", -3.0, 1.0);
    row(&mut m, &[(x, 1.0), (y, 1.0)], Sense::Ge, 0.0);
    m.objective = Objective::new(&[], &[q(x, y, 1.0)], 0.0);
    m
}

/// min (k - 1.4)^2 over integers: 0.16 at 1.
pub fn integer_square() -> Model {
    let mut m = Model::new();
    let k = int(&mut m, "k", 0.0, 5.0);
    row(&mut m, &[(k, 1.0)], Sense::Le, 4.0);
    m.objective = Objective::new(&[(k, -2.8)], &[q(k, k, 1.0)], 1.96);
    m
}

/// max x + y + 2 b on [0, 2]^2 where b = 1 requires x y <= 1: 4.5 at (2, 0.5) with b on.
pub fn guarded_quadratic() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", 0.0, 2.0);
    let y = real(&mut m, "y", 0.0, 2.0);
    let b = bin(&mut m, "b");
    let guard = Some(Guard { var: b, value: true });
    m.push_row(&[], &[q(x, y, 1.0)], guard, Sense::Le, 1.0, origin());
    m.objective = Objective::new(&[(x, -1.0), (y, -1.0), (b, -2.0)], &[], 0.0);
    m
}

/// Variables nonlinear in rows, in the objective, in both and in neither, continuous and integer,
/// declared in an order that NL has to change.
///
/// min x z + y with x y >= 4 on [1, 4]^2 x [2, 3] is 4 sqrt 2 (x = sqrt 2, z = 2); l + k <= 3 adds
/// -3; m^2 + w <= 5 adds -5 (m = 2, w = 1); n^2 - 3 n adds -2; r s with r s >= 1 and s <= 3 adds 1.
pub fn all_orders() -> Model {
    let mut m = Model::new();
    let l = bin(&mut m, "l");
    let k = int(&mut m, "k", 0.0, 4.0);
    let free = real(&mut m, "w", 0.0, 2.0);
    let n = int(&mut m, "n", 0.0, 2.0);
    let z = real(&mut m, "z", 2.0, 3.0);
    let y = real(&mut m, "y", 1.0, 4.0);
    let i = int(&mut m, "m", 0.0, 3.0);
    let x = real(&mut m, "x", 1.0, 4.0);
    let r = int(&mut m, "r", 1.0, 3.0);
    let s = real(&mut m, "s", 0.25, 3.0);
    row(&mut m, &[(l, 1.0), (k, 1.0)], Sense::Le, 3.0);
    quad_row(&mut m, &[], &[q(x, y, 1.0)], Sense::Ge, 4.0);
    quad_row(&mut m, &[(free, 1.0)], &[q(i, i, 1.0)], Sense::Le, 5.0);
    quad_row(&mut m, &[], &[q(r, s, 1.0)], Sense::Ge, 1.0);
    m.objective = Objective::new(
        &[(y, 1.0), (l, -1.0), (k, -1.0), (free, -1.0), (i, -2.0), (n, -3.0)],
        &[q(x, z, 1.0), q(n, n, 1.0), q(r, s, 1.0)],
        0.0,
    );
    m
}

/// min exp(x) - x + y with log(y) >= 0 and exp(x) - y <= 0.5, for NL alone: 2 at (0, 1).
pub fn smooth() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", -2.0, 2.0);
    let y = real(&mut m, "y", 0.1, 10.0);
    let vx = m.exprs.push(Expr::Var(x));
    let vy = m.exprs.push(Expr::Var(y));
    let exp = m.exprs.push(Expr::Exp(vx));
    let minus = m.exprs.push(Expr::Neg(vx));
    let sum = m.exprs.push(Expr::Sum(vec![exp, minus]));
    let log = m.exprs.push(Expr::Log(vy));
    let two = m.exprs.push(Expr::Constant(2.0));
    let half = m.exprs.push(Expr::Quotient(exp, two));
    let whole = m.exprs.push(Expr::Product(half, two));
    let row = m.add_row(&[], Sense::Ge, 0.0, origin());
    m.rows.attach_smooth(row, log);
    let row = m.add_row(&[(y, -1.0)], Sense::Le, 0.5, origin());
    m.rows.attach_smooth(row, whole);
    m.objective = Objective::new(&[(y, 1.0)], &[], 0.0);
    m.objective.smooth = Some(sum);
    m
}
