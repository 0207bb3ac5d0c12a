//! Models without products of continuous variables; all of them can be enumerated.

use super::build::*;
use theriac::ir::{Family, Guard, Model, Objective, Place, Rule, Sense, Sos1, VarId, VarKind};

/// Every kind of bound of a continuous variable.
pub fn bounds() -> Model {
    let mut m = Model::new();
    let free = real(&mut m, "free", -INF, INF);
    let fixed = real(&mut m, "fixed", 2.5, 2.5);
    let lower = real(&mut m, "lower", -3.0, INF);
    let both = real(&mut m, "both", -2.0, 4.0);
    let negative = real(&mut m, "negative", -INF, -1.0);
    let plain = real(&mut m, "plain", 0.0, INF);
    let upper = real(&mut m, "upper", 0.0, 5.0);
    let open = real(&mut m, "open", -INF, 5.0);
    let positive = real(&mut m, "positive", 1.0, INF);
    let zero = real(&mut m, "zero", 0.0, 0.0);
    row(&mut m, &[(free, 1.0)], Sense::Ge, -7.0);
    row(&mut m, &[(plain, 1.0), (zero, 1.0), (positive, -1.0)], Sense::Le, 3.0);
    m.objective = Objective::new(
        &[
            (free, 1.0),
            (fixed, 1.0),
            (lower, 1.0),
            (both, 1.0),
            (negative, -1.0),
            (plain, 1.0),
            (upper, -1.0),
            (open, -1.0),
            (positive, 1.0),
        ],
        &[],
        0.0,
    );
    m
}

/// A knapsack.
pub fn knapsack() -> Model {
    let mut m = Model::new();
    let [a, b, c] = ["a", "b", "c"].map(|n| bin(&mut m, n));
    row(&mut m, &[(a, 2.0), (b, 3.0), (c, 4.0)], Sense::Le, 5.0);
    m.objective = Objective::new(&[(a, -3.0), (b, -4.0), (c, -6.0)], &[], 0.0);
    m
}

/// Every kind of bound of an integer variable.
pub fn integers() -> Model {
    let mut m = Model::new();
    let i = int(&mut m, "both", -3.0, 5.0);
    let j = int(&mut m, "plain", 0.0, INF);
    let x = real(&mut m, "x", 0.0, 1.0);
    let k = int(&mut m, "open", -INF, 2.0);
    let l = int(&mut m, "free", -INF, INF);
    let p = int(&mut m, "lower", 2.0, INF);
    let f = int(&mut m, "fixed", 4.0, 4.0);
    let z = int(&mut m, "unit", 0.0, 1.0);
    row(&mut m, &[(i, 2.0), (j, 3.0), (x, -0.5)], Sense::Ge, 4.0);
    row(&mut m, &[(k, 1.0)], Sense::Ge, -2.5);
    row(&mut m, &[(l, 2.0)], Sense::Ge, -7.0);
    row(&mut m, &[(f, 1.0), (p, 1.0), (z, -1.5)], Sense::Ge, 5.0);
    let cost = [(i, 1.0), (j, 2.0), (k, 1.0), (l, 1.0), (p, 1.0), (z, -0.25)];
    m.objective = Objective::new(&cost, &[], 0.0);
    m
}

/// Binaries with bounds of their own.
pub fn fixed_binaries() -> Model {
    let mut m = Model::new();
    let off = var(&mut m, "off", VarKind::Binary, 0.0, 0.0);
    let on = var(&mut m, "on", VarKind::Binary, 1.0, 1.0);
    let half = var(&mut m, "half", VarKind::Binary, 0.0, 0.5);
    let most = var(&mut m, "most", VarKind::Binary, 0.25, 1.0);
    let free = bin(&mut m, "open");
    row(&mut m, &[(off, 1.0), (on, 1.0), (half, 1.0), (free, 1.0)], Sense::Le, 2.0);
    let cost = [(off, -8.0), (on, 2.0), (half, -4.0), (most, 1.0), (free, -1.0)];
    m.objective = Objective::new(&cost, &[], 0.0);
    m
}

/// Indicators on 0 and on 1, in all three senses, with the guard inside and with an awkward side.
pub fn indicators() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", -2.0, 5.0);
    let y = real(&mut m, "y", 0.0, 5.0);
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|n| bin(&mut m, n));
    let on = |var| Guard { var, value: true };
    let off = |var| Guard { var, value: false };
    m.add_guarded_row(on(a), &[(x, 1.0), (y, 1.0)], Sense::Le, 3.0, origin());
    m.add_guarded_row(off(a), &[(x, 1.0), (y, 2.0)], Sense::Le, 4.1, origin());
    m.add_guarded_row(on(b), &[(x, 1.0), (y, -1.0)], Sense::Ge, 0.1, origin());
    m.add_guarded_row(off(b), &[(y, 1.0)], Sense::Ge, 1.0, origin());
    m.add_guarded_row(on(c), &[(x, 1.0), (y, -2.0)], Sense::Eq, 0.0, origin());
    m.add_guarded_row(off(c), &[(x, 3.0), (d, 2.0)], Sense::Eq, 3.5, origin());
    m.add_guarded_row(on(d), &[(y, 1.0), (d, 1.0)], Sense::Le, 2.3, origin());
    // Implied by the bounds alone.
    m.add_guarded_row(on(d), &[(x, 1.0)], Sense::Le, 9.0, origin());
    m.objective = Objective::new(
        &[(x, -1.0), (y, -1.5), (a, 0.75), (b, -0.5), (c, 0.2), (d, -1.0)],
        &[],
        0.0,
    );
    m
}

/// An indicator that no big-M can replace: `x` has no upper bound.
pub fn unbounded_indicator() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", 0.0, INF);
    let b = bin(&mut m, "b");
    m.add_guarded_row(Guard { var: b, value: true }, &[(x, 1.0)], Sense::Le, 3.0, origin());
    row(&mut m, &[(x, 1.0)], Sense::Le, 9.0);
    m.objective = Objective::new(&[(x, -1.0), (b, -10.0)], &[], 0.0);
    m
}

/// Special ordered sets: continuous members on both sides of zero, a binary, an integer.
pub fn sos1() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", 0.0, 2.0);
    let y = real(&mut m, "y", 0.0, 3.0);
    let z = real(&mut m, "z", -1.0, 4.0);
    let b = bin(&mut m, "b");
    let k = int(&mut m, "k", 0.0, 3.0);
    let set = |members: &[(VarId, f64)]| Sos1 { members: members.to_vec(), origin: origin() };
    m.sos1.push(set(&[(x, 1.0), (y, 2.0), (z, 3.0)]));
    m.sos1.push(set(&[(z, 2.0), (b, 1.0), (k, 3.5)]));
    row(&mut m, &[(x, 1.0), (y, 1.0), (z, 1.0), (k, 1.0)], Sense::Le, 5.5);
    let cost = [(x, -1.0), (y, -1.25), (z, -1.5), (b, -2.0), (k, -1.0)];
    m.objective = Objective::new(&cost, &[], 0.0);
    m
}

/// Products with binary factors, in rows and objective, with a square.
pub fn binary_products() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", -1.5, 4.0);
    let [a, b] = ["a", "b"].map(|n| bin(&mut m, n));
    let k = int(&mut m, "k", 0.0, 3.0);
    quad_row(&mut m, &[(x, 1.0)], &[q(a, x, 2.0), q(a, b, 1.0), q(b, b, 0.5)], Sense::Le, 5.0);
    quad_row(&mut m, &[(a, 0.1)], &[q(k, b, 1.0), q(a, a, 0.2)], Sense::Ge, 1.0);
    quad_row(&mut m, &[(k, 1.0)], &[q(b, x, -1.0)], Sense::Eq, 0.5);
    m.objective = Objective::new(
        &[(a, -1.0), (k, 1.0)],
        &[q(a, x, -1.0), q(b, x, -1.0), q(b, b, 0.25), q(a, b, 0.5)],
        1.0,
    );
    m
}

/// An objective constant, and one third.
pub fn constant() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", 0.0, INF);
    row(&mut m, &[(x, 3.0)], Sense::Ge, 1.0);
    row(&mut m, &[(x, 1.0)], Sense::Ge, 0.333_333_333_333_333_3);
    m.objective = Objective::new(&[(x, 1.0)], &[], 0.1);
    m
}

/// Very small, very large and very long numbers: 2 + 0.12345678901234567 - 3. (The first row says
/// x + y >= 2, which no solver would notice in this form.)
pub fn extremes() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", 0.0, 1e15);
    let y = real(&mut m, "y", 0.0, 0.1);
    let z = real(&mut m, "z", -1e6, 7.0);
    let w = real(&mut m, "w", 0.0, 1e6);
    row(&mut m, &[(x, 1e-12), (y, 1e-12)], Sense::Ge, 2e-12);
    row(&mut m, &[(z, 1.0)], Sense::Ge, 0.123_456_789_012_345_67);
    row(&mut m, &[(w, 1e9)], Sense::Le, 3e9);
    m.objective = Objective::new(&[(x, 1.0), (y, 1.0), (z, 1.0), (w, -1.0)], &[], 0.0);
    m
}

/// No objective, and a variable that occurs nowhere.
pub fn empty_objective() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", 0.0, 4.0);
    let _unused = real(&mut m, "unused", 1.0, 2.0);
    let b = bin(&mut m, "b");
    row(&mut m, &[(x, 1.0), (b, 1.0)], Sense::Eq, 4.5);
    m
}

/// Rows without terms that hold.
pub fn empty_rows() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", 1.0, 3.0);
    row(&mut m, &[], Sense::Le, 4.0);
    row(&mut m, &[], Sense::Ge, -1.0);
    row(&mut m, &[], Sense::Eq, 0.0);
    row(&mut m, &[(x, 1.0)], Sense::Ge, 2.0);
    m.objective = Objective::new(&[(x, 1.0)], &[], 0.0);
    m
}

/// A row without terms that cannot hold.
pub fn infeasible() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", 1.0, 3.0);
    row(&mut m, &[], Sense::Ge, 1.0);
    m.objective = Objective::new(&[(x, 1.0)], &[], 0.0);
    m
}

/// A constant and nothing else.
pub fn nothing() -> Model {
    let mut m = Model::new();
    m.objective = Objective::new(&[], &[], 3.0);
    m
}

/// Rows, sets and lists that have to be broken over lines.
pub fn long_lines() -> Model {
    let mut m = Model::new();
    let vars: Vec<VarId> = (0..150)
        .map(|k| {
            if k % 3 == 0 {
                int(&mut m, &format!("item{k}"), 0.0, 9.0)
            } else {
                real(&mut m, &format!("amount{k}"), 0.0, 9.5)
            }
        })
        .collect();
    let all: Vec<(VarId, f64)> =
        vars.iter().enumerate().map(|(k, v)| (*v, 1.0 + 0.125 * (k % 4) as f64)).collect();
    row(&mut m, &all, Sense::Ge, 99.75);
    let some: Vec<(VarId, f64)> = all.iter().step_by(2).map(|(v, a)| (*v, -a)).collect();
    row(&mut m, &some, Sense::Ge, -20.0);
    let cost: Vec<(VarId, f64)> = vars.iter().map(|v| (*v, 1.0)).collect();
    m.objective = Objective::new(&cost, &[], 0.0);
    m
}

/// Names that no reader would take as they are.
pub fn foreign_names() -> Model {
    let mut m = Model::new();
    let names = ["end", "x[1]", "x(1)", "1x", "e12", "inf", "a b", "", "free", "ä", "st", "RHS"];
    let vars: Vec<VarId> = names.iter().map(|n| real(&mut m, n, 0.0, 10.0)).collect();
    for (k, pair) in vars.windows(2).enumerate() {
        row(&mut m, &[(pair[0], 1.0), (pair[1], 1.0)], Sense::Ge, 1.0 + k as f64);
    }
    let cost: Vec<(VarId, f64)> =
        vars.iter().enumerate().map(|(k, v)| (*v, 1.0 + (k % 3) as f64)).collect();
    m.objective = Objective::new(&cost, &[], 0.0);
    m
}

/// One variable of every family and one row of every rule: what names look like.
pub fn families() -> Model {
    let mut m = Model::new();
    let place = |axes: &[theriac::ir::role::Axis], step: bool| {
        use theriac::ir::role::Axis;
        axes.iter().fold(Place::NONE, |p, axis| match axis {
            Axis::Layer => p.layer(1),
            Axis::Node => p.node(5),
            Axis::I => p.i(3),
            Axis::J => p.j(2),
            Axis::Sample => p.sample(12),
            Axis::Step if step => p.step(4),
            Axis::Step => p,
        })
    };
    let mut vars = Vec::new();
    for (k, family) in Family::ALL.iter().filter(|f| **f != Family::Named).enumerate() {
        let upper = if *family == Family::One { 1.0 } else { 2.0 };
        let lower = if *family == Family::One { 1.0 } else { 0.0 };
        let role = family.at(place(family.axes(), k % 3 > 0));
        vars.push(m.add_var(VarKind::Continuous, lower, upper, role));
    }
    for (k, rule) in Rule::ALL.iter().enumerate() {
        let terms = [(vars[k], 1.0), (vars[k + 1], 1.0)];
        m.add_row(&terms, Sense::Ge, 1.0, rule.at(place(rule.axes(), k % 3 > 0)));
    }
    let cost: Vec<(VarId, f64)> = vars.iter().map(|v| (*v, 1.0)).collect();
    m.objective = Objective::new(&cost, &[], 0.0);
    m
}
