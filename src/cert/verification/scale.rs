//! Whether a solver's tolerances are small against what a program speaks of.
//!
//! Solvers let rows and bounds be broken by an absolute 1e-6. Where all columns of a row are narrower than
//! that, a run that is none satisfies the row, and a dual bound says nothing of the network. How a network
//! is scaled is its author's choice, so this does happen.

use crate::cert::assemble::SOLVER_TOLERANCE;
use crate::ir::{Model, VarId, VarKind};

/// How large tolerances may be as a share of what a row's columns do.
const SHARE: f64 = 1e-2;

/// Why no bound of a solver is taken for the program: in some row or in the objective, moving every
/// column by the tolerance does more than a hundredth of what moving each through its range does. Rows of
/// one column beside binaries are passed over: they only say how wide that column is.
pub(super) fn too_fine(model: &Model) -> Option<String> {
    let objective = coarseness(model, &model.objective.linear, 1);
    let rows = model.rows.iter().map(|r| {
        let terms = r.cols.iter().copied().zip(r.vals.iter().copied());
        coarseness(model, &terms.collect::<Vec<_>>(), 2)
    });
    let worst = rows.fold(objective, f64::max);
    (worst > SHARE).then(|| {
        format!(
            "no bound of a solver is taken, because the program's values are too small for its \
             tolerance of {SOLVER_TOLERANCE}: in some row that is {worst:.1e} of what its columns do; \
             scale the network's layers"
        )
    })
}

/// What tolerances do in a linear expression, as a share of what its columns do; 0 where fewer than
/// `least` columns are continuous and not fixed.
fn coarseness(model: &Model, terms: &[(VarId, f64)], least: usize) -> f64 {
    let (mut count, mut tolerance, mut range) = (0, 0.0, 0.0);
    for &(v, a) in terms {
        let var = model.vars.get(v);
        let width = var.upper - var.lower;
        if var.kind == VarKind::Continuous && width > 0.0 {
            count += 1;
            tolerance += a.abs() * SOLVER_TOLERANCE;
            range += a.abs() * width;
        }
    }
    // A quotient that is no number is no reason for trust.
    let share = tolerance / range;
    match count >= least {
        true if share.is_nan() => f64::INFINITY,
        true => share,
        false => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Family, Place, Rule, Sense};

    /// `y = w (x_0 + x_1)` with `x` in `[0, width]`, and a nearly fixed column `d` with its own row.
    fn model(width: f64, w: f64) -> Model {
        let mut model = Model::default();
        let mut var = |k, kind, upper| {
            model.add_var(kind, 0.0, upper, Family::NodeValue.at(Place::NONE.node(k)))
        };
        let (a, b) = (var(0, VarKind::Continuous, width), var(1, VarKind::Continuous, width));
        let y = var(2, VarKind::Continuous, 2.0 * w * width);
        let (d, z) = (var(3, VarKind::Continuous, 1e-12), var(4, VarKind::Binary, 1.0));
        let origin = Rule::NodeSplit.at(Place::NONE);
        model.add_row(&[(a, w), (b, w), (y, -1.0)], Sense::Eq, 0.0, origin);
        model.add_row(&[(d, 1.0), (z, -1e-12)], Sense::Le, 0.0, origin);
        model.objective.linear.push((y, 1.0));
        model
    }

    #[test]
    fn programs_below_the_tolerance_are_told() {
        assert_eq!(too_fine(&model(1.0, 1.0)), None);
        // One nearly fixed column is nobody's business, and neither is a narrow box.
        assert_eq!(too_fine(&model(1e-3, 100.0)), None);
        let why = too_fine(&model(1e-7, 1e7)).unwrap();
        assert!(why.contains("5.0e0 of what its columns do"), "{why}");
        assert!(too_fine(&model(5e-12, 1.0)).is_some());
    }
}
