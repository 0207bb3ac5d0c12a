//! Linear rows and objectives of every form.

use theriac::ir::{Model, Objective, Sense, VarId};

use super::Entry;
use crate::models::build::*;

const SENSES: [(&str, Sense); 3] = [("le", Sense::Le), ("ge", Sense::Ge), ("eq", Sense::Eq)];

/// Three columns that rows can tie together.
fn three() -> (Model, [VarId; 3]) {
    let mut m = Model::new();
    let x = real(&mut m, "x", -3.0, 4.0);
    let y = real(&mut m, "y", 0.0, 5.0);
    let k = int(&mut m, "k", -2.0, 3.0);
    (m, [x, y, k])
}

fn cost(m: &mut Model, [x, y, k]: [VarId; 3], constant: f64) {
    m.objective = Objective::new(&[(x, 1.0), (y, -0.75), (k, 0.5)], &[], constant);
}

fn single(name: &str, terms: &[f64], sense: Sense, rhs: f64) -> Entry {
    let (mut m, v) = three();
    let terms: Vec<(VarId, f64)> = v.into_iter().zip(terms.iter().copied()).collect();
    row(&mut m, &terms, sense, rhs);
    cost(&mut m, v, 0.0);
    Entry::exact(format!("row_{name}"), m)
}

/// Rows of every sense and side.
fn linear(out: &mut Vec<Entry>) {
    for (word, sense) in SENSES {
        out.push(single(&format!("{word}_positive"), &[1.0, 2.0, -1.0], sense, 2.5));
        out.push(single(&format!("{word}_negative"), &[-1.0, -2.0, 1.5], sense, -2.5));
        out.push(single(&format!("{word}_zero"), &[1.0, -1.0, 1.0], sense, 0.0));
        out.push(single(&format!("{word}_minus_zero"), &[1.0, -1.0, 1.0], sense, -0.0));
        out.push(single(&format!("{word}_one_entry"), &[2.0, 0.0, 0.0], sense, 3.0));
        out.push(single(&format!("{word}_integer_alone"), &[0.0, 0.0, 2.0], sense, 2.0));
    }
    let (mut m, v) = three();
    for (_, sense) in SENSES {
        row(&mut m, &[], sense, 0.0);
        row(&mut m, &[], sense, -0.0);
    }
    row(&mut m, &[], Sense::Le, 2.0);
    row(&mut m, &[], Sense::Ge, -2.0);
    row(&mut m, &[(v[0], 1.0), (v[1], 1.0)], Sense::Le, 2.0);
    cost(&mut m, v, 0.0);
    out.push(Entry::exact("rows_empty", m));
    for (name, sense, rhs) in
        [("le", Sense::Le, -1.0), ("ge", Sense::Ge, 1.0), ("eq", Sense::Eq, 0.5)]
    {
        let (mut m, v) = three();
        row(&mut m, &[], sense, rhs);
        cost(&mut m, v, 0.0);
        out.push(Entry::exact(format!("row_empty_infeasible_{name}"), m));
    }
    let (mut m, v) = three();
    for _ in 0..3 {
        row(&mut m, &[(v[0], 1.0), (v[2], 1.0)], Sense::Ge, -1.5);
    }
    cost(&mut m, v, 0.0);
    out.push(Entry::exact("rows_repeated", m));
    let (mut m, v) = three();
    row(&mut m, &[(v[0], 1.0), (v[1], 1.0)], Sense::Ge, 30.0);
    cost(&mut m, v, 0.0);
    out.push(Entry::exact("rows_infeasible", m));
    let (mut m, v) = three();
    row(&mut m, &[(v[2], 2.0)], Sense::Ge, 0.5);
    row(&mut m, &[(v[2], 2.0)], Sense::Le, 1.5);
    cost(&mut m, v, 0.0);
    out.push(Entry::exact("integer_infeasible", m));
}

/// Objectives with a constant, without terms, and in the other direction.
fn objectives(out: &mut Vec<Entry>) {
    for (name, constant) in [
        ("positive", 7.25),
        ("negative", -7.25),
        ("one", 1.0),
        ("minus_zero", -0.0),
        ("large", 123_456.5),
        ("third", 1.0 / 3.0),
        ("small", 1e-3),
    ] {
        let (mut m, v) = three();
        row(&mut m, &[(v[0], 1.0), (v[1], -1.0), (v[2], 1.0)], Sense::Ge, -4.0);
        cost(&mut m, v, constant);
        out.push(Entry::exact(format!("constant_{name}"), m.clone()));
        out.push(Entry::exact(format!("constant_{name}_maximised"), m).maximised());
    }
    let (mut m, v) = three();
    row(&mut m, &[(v[0], 1.0), (v[1], -1.0)], Sense::Eq, -4.0);
    out.push(Entry::exact("objective_empty", m.clone()));
    out.push(Entry::exact("objective_empty_maximised", m.clone()).maximised());
    m.objective.constant = 2.5;
    out.push(Entry::exact("objective_constant_alone", m.clone()));
    out.push(Entry::exact("objective_constant_alone_maximised", m).maximised());
    let (mut m, v) = three();
    m.objective = Objective::new(&[(v[2], -1.0)], &[], 0.0);
    row(&mut m, &[(v[2], 2.0), (v[1], 1.0)], Sense::Le, 3.0);
    out.push(Entry::exact("objective_one_term", m.clone()));
    out.push(Entry::exact("objective_one_term_maximised", m).maximised());
}

pub fn add(out: &mut Vec<Entry>) {
    linear(out);
    objectives(out);
}
