//! Models with a start point, which is not the optimum.

use theriac::ir::names::Names;
use theriac::ir::{Guard, Model, Objective, Sense, Sos1};

use super::Entry;
use crate::models::build::*;

/// Every kind of column, an objective constant, and values with many digits.
fn mixed() -> (Model, Vec<f64>) {
    let mut m = Model::new();
    let x = real(&mut m, "x", -2.0, 5.0);
    let free = real(&mut m, "free", -INF, INF);
    let k = int(&mut m, "k", -3.0, 9.0);
    let [a, b] = ["a", "b"].map(|n| bin(&mut m, n));
    row(&mut m, &[(x, 1.0), (k, 2.0), (a, -1.0)], Sense::Le, 7.5);
    row(&mut m, &[(free, 1.0), (x, 1.0)], Sense::Ge, -4.0);
    row(&mut m, &[(a, 1.0), (b, 1.0)], Sense::Ge, 1.0);
    m.objective =
        Objective::new(&[(x, -1.0), (free, 1.5), (k, -1.0), (a, 0.5), (b, 0.25)], &[], 2.5);
    (m, vec![1.0 / 3.0, -0.1, 2.0, 1.0, 0.0])
}

pub fn add(out: &mut Vec<Entry>) {
    let (m, point) = mixed();
    out.push(Entry::exact("start_mixed", m.clone()).starting(&point));
    out.push(Entry::exact("start_mixed_short", m.clone()).called(Names::Short).starting(&point));
    out.push(Entry::exact("start_mixed_maximised", m).maximised().starting(&point));
    // Indicators and a set, which some targets replace by columns of their own.
    let (mut m, point) = mixed();
    let vars: Vec<_> = m.vars.iter().map(|v| v.id).collect();
    let guard = Guard { var: vars[3], value: true };
    m.add_guarded_row(guard, &[(vars[0], 1.0)], Sense::Le, 2.0, origin());
    m.sos1.push(Sos1 { members: vec![(vars[3], 1.0), (vars[4], 2.0)], origin: origin() });
    out.push(Entry::exact("start_logic", m).starting(&point));
    // Products, which some targets replace by columns.
    let (mut m, point) = mixed();
    quad_row(&mut m, &[(vars[1], 1.0)], &[q(vars[3], vars[0], 2.0)], Sense::Le, 6.0);
    out.push(Entry::exact("start_products", m.clone()).starting(&point));
    m.objective.quad.push(q(vars[2], vars[2], 0.5));
    out.push(Entry::exact("start_quadratic", m).starting(&point));
}
