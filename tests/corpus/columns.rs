//! Every kind of column, pulled down and pushed up.

use theriac::ir::{Model, Objective, Sense, VarKind};

use super::Entry;
use crate::models::build::*;

use VarKind::{Binary, Continuous, Integer};

/// Name, kind and bounds.
#[rustfmt::skip]
const KINDS: &[(&str, VarKind, f64, f64)] = &[
    ("plain", Continuous, 0.0, INF),
    ("free", Continuous, -INF, INF),
    ("lower", Continuous, 1.5, INF),
    ("lower_negative", Continuous, -2.5, INF),
    ("upper", Continuous, -INF, 4.25),
    ("upper_negative", Continuous, -INF, -1.5),
    ("upper_zero", Continuous, -INF, 0.0),
    ("both", Continuous, -1.25, 3.75),
    ("both_positive", Continuous, 0.5, 2.75),
    ("both_negative", Continuous, -3.5, -0.75),
    ("fixed", Continuous, 2.5, 2.5),
    ("fixed_negative", Continuous, -2.5, -2.5),
    ("fixed_zero", Continuous, 0.0, 0.0),
    ("minus_zero", Continuous, -0.0, 2.0),
    ("integer_plain", Integer, 0.0, INF),
    ("integer_free", Integer, -INF, INF),
    ("integer_lower", Integer, 2.0, INF),
    ("integer_lower_negative", Integer, -2.0, INF),
    ("integer_upper", Integer, -INF, 4.0),
    ("integer_upper_negative", Integer, -INF, -2.0),
    ("integer_both", Integer, -3.0, 5.0),
    ("integer_negative", Integer, -4.0, -1.0),
    ("integer_fixed", Integer, 4.0, 4.0),
    ("integer_fixed_zero", Integer, 0.0, 0.0),
    ("integer_unit", Integer, 0.0, 1.0),
    ("integer_fractional", Integer, -1.5, 2.5),
    ("binary", Binary, 0.0, 1.0),
    ("binary_off", Binary, 0.0, 0.0),
    ("binary_on", Binary, 1.0, 1.0),
    ("binary_half", Binary, 0.0, 0.5),
    ("binary_most", Binary, 0.25, 1.0),
];

/// Best `direction * z + y / 2` for `|z + y| <= 4.5` and `-1 <= y <= 1`.
fn one(kind: VarKind, lower: f64, upper: f64, direction: f64) -> Model {
    let mut m = Model::new();
    let y = real(&mut m, "y", -1.0, 1.0);
    let z = var(&mut m, "z", kind, lower, upper);
    row(&mut m, &[(z, 1.0), (y, 1.0)], Sense::Le, 4.5);
    row(&mut m, &[(z, 1.0), (y, 1.0)], Sense::Ge, -4.5);
    m.objective = Objective::new(&[(y, 0.5), (z, direction)], &[], 0.0);
    m
}

pub fn add(out: &mut Vec<Entry>) {
    for &(name, kind, lower, upper) in KINDS {
        for (way, direction) in [("down", 1.0), ("up", -1.0)] {
            let model = one(kind, lower, upper, direction);
            out.push(Entry::exact(format!("column_{name}_{way}"), model));
        }
    }
    // Columns that occur nowhere, and a model of one column without a row.
    let mut m = one(Continuous, 0.0, 3.0, -1.0);
    real(&mut m, "unused", -2.0, 7.0);
    int(&mut m, "unused_integer", -2.0, 7.0);
    bin(&mut m, "unused_binary");
    real(&mut m, "unused_free", -INF, INF);
    out.push(Entry::exact("columns_unused", m));
    let mut m = Model::new();
    let x = real(&mut m, "x", -2.0, 5.0);
    m.objective = Objective::new(&[(x, -1.0)], &[], 0.0);
    out.push(Entry::exact("column_alone", m));
}
