//! Models that other tools write wrongly or that readers take for something else.

use theriac::ir::{Model, Objective, Sense};

use super::Entry;
use crate::models::build::*;

/// min x^2 - 4 x = -4 at 2. OMMX 2.9 writes it so that SCIP, COPT and Xpress answer -8.
pub fn quadratic_objective() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", -10.0, 10.0);
    row(&mut m, &[(x, 1.0)], Sense::Le, 8.0);
    m.objective = Objective::new(&[(x, -4.0)], &[q(x, x, 1.0)], 0.0);
    m
}

/// 1 <= x + y <= 5 as MOI's LP writer says it loses its lower side in HiGHS and Xpress.
pub fn ranged_row(toward: f64) -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", -10.0, 10.0);
    let y = real(&mut m, "y", -10.0, 10.0);
    row(&mut m, &[(x, 1.0), (y, 1.0)], Sense::Ge, 1.0);
    row(&mut m, &[(x, 1.0), (y, 1.0)], Sense::Le, 5.0);
    m.objective = Objective::new(&[(x, toward), (y, toward)], &[], 0.0);
    m
}

/// A constant that leads in MOI's LP files and ends those of HiGHS and oximo; Gurobi takes it for
/// a variable called 7.
pub fn objective_constant(constant: f64) -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", 1.0, 4.0);
    row(&mut m, &[(x, 1.0)], Sense::Le, 3.0);
    m.objective = Objective::new(&[(x, 1.0)], &[], constant);
    m
}

/// A square that Pyomo writes as `x ^ 2`, which SCIP does not read. (x - 1)^2 + y <= 4, y >= 0:
/// x is 3 at most.
pub fn square_in_a_row() -> Model {
    let mut m = Model::new();
    let x = real(&mut m, "x", -10.0, 10.0);
    let y = real(&mut m, "y", 0.0, 10.0);
    quad_row(&mut m, &[(x, -2.0), (y, 1.0)], &[q(x, x, 1.0)], Sense::Le, 3.0);
    m.objective = Objective::new(&[(x, -1.0)], &[], 0.0);
    m
}

pub fn add(out: &mut Vec<Entry>) {
    let both = |out: &mut Vec<Entry>, name: &str, entry: Entry| {
        let name = format!("peer_{name}");
        out.push(Entry { name: format!("{name}_maximised"), ..entry.clone() }.maximised());
        out.push(Entry { name, ..entry });
    };
    both(out, "quadratic_objective", Entry::closed("", quadratic_objective(), -4.0));
    both(out, "ranged_row_lower", Entry::closed("", ranged_row(1.0), 1.0));
    both(out, "ranged_row_upper", Entry::closed("", ranged_row(-1.0), -5.0));
    both(out, "objective_constant", Entry::closed("", objective_constant(7.0), 8.0));
    both(out, "objective_constant_negative", Entry::closed("", objective_constant(-7.0), -6.0));
    both(out, "square_in_a_row", Entry::closed("", square_in_a_row(), -3.0));
}
