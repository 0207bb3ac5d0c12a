//! Models with what advises solvers and readers: names of rows, marks, branching priorities.

use super::build::*;
use theriac::ir::{Guard, Mark, Model, Objective, Place, RowId, Rule, Sense};

/// Rows of every mark; the cut is implied where `a` and `b` are whole.
pub fn marks() -> Model {
    let mut m = Model::new();
    let [a, b] = ["a", "b"].map(|n| int(&mut m, n, 0.0, 4.0));
    let x = real(&mut m, "x", 0.0, 3.0);
    row(&mut m, &[(a, 2.0), (b, 2.0)], Sense::Le, 7.0);
    row(&mut m, &[(a, 1.0), (b, 1.0)], Sense::Le, 3.0);
    row(&mut m, &[(x, 1.0), (a, 1.0)], Sense::Le, 4.5);
    row(&mut m, &[(x, 1.0), (b, -1.0)], Sense::Ge, -1.0);
    m.add_row(&[(a, 1.0), (b, 1.0), (x, 1.0)], Sense::Le, 9.0, Rule::Cut.at(Place::NONE.i(4)));
    m.add_row(&[(x, 1.0), (b, 1.0)], Sense::Ge, 0.5, Rule::Cut.at(Place::NONE.i(5)));
    m.rows.set_mark(RowId(3), Mark::Lazy);
    m.rows.set_mark(RowId(1), Mark::Cut);
    // This one is needed whatever its rule is.
    m.rows.set_mark(RowId(5), Mark::Core);
    m.objective = Objective::new(&[(a, -2.0), (b, -1.0), (x, -1.0)], &[], 0.0);
    m
}

/// Priorities of both signs, of binaries and integers, some without one.
pub fn priorities() -> Model {
    let mut m = Model::new();
    let [a, b, c] = ["a", "b", "c"].map(|n| bin(&mut m, n));
    let k = int(&mut m, "k", -2.0, 5.0);
    let x = real(&mut m, "x", 0.0, 2.5);
    row(&mut m, &[(a, 3.0), (b, 5.0), (c, 7.0), (k, 2.0)], Sense::Le, 11.0);
    row(&mut m, &[(x, 1.0), (k, -1.0)], Sense::Le, 1.5);
    m.priorities = vec![(a, 7), (c, -3), (k, 40)];
    m.objective =
        Objective::new(&[(a, -4.0), (b, -6.0), (c, -9.0), (k, -1.0), (x, -1.0)], &[], 0.0);
    m
}

/// Rows with names that are kept, that are not, and that several rows are made of.
pub fn row_names() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", 0.0, 4.0);
    let y = real(&mut m, "y", -1.0, 3.0);
    let b = bin(&mut m, "b");
    m.row_names = ["Balance", "row[2]", "a.b_1", "low_1_c7", "end", "x"].map(String::from).into();
    let named = |k: usize| Rule::Foreign.at(Place::NONE.i(k));
    m.add_row(&[(x, 1.0), (y, 1.0)], Sense::Le, 5.0, named(0));
    m.add_row(&[(x, 1.0), (y, -1.0)], Sense::Ge, -1.0, named(1));
    let on = Guard { var: b, value: true };
    // An equation under an indicator may become two rows.
    m.add_guarded_row(on, &[(x, 1.0), (y, 2.0)], Sense::Eq, 3.0, named(2));
    m.add_row(&[(x, 1.0), (b, 2.0)], Sense::Le, 5.5, named(3));
    m.add_row(&[(y, 1.0), (b, 1.0)], Sense::Le, 3.5, named(4));
    m.add_row(&[(y, 1.0), (b, -1.0)], Sense::Ge, -2.0, named(5));
    m.objective = Objective::new(&[(x, -1.0), (y, -1.5), (b, -2.0)], &[], 0.0);
    m
}
