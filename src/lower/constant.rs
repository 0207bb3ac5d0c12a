//! The objective constant as a column fixed at one. **Exact**.
//!
//! No other form of a constant is read alike by all: `x + 5` is a variable called 5 in Gurobi 13,
//! `x - 5` loses its sign in MOSEK 11, the right-hand side of an MPS objective row is taken with
//! the other sign by GLPK and lp_solve.

use super::draft::{Definition, Draft, exact_sum};
use super::step::Lowering;
use crate::bounds::Interval;
use crate::ir::VarKind;

/// Moves the constant to a fixed column where the target has none. A model without any variable
/// gets the column too, because no format can hold a model without columns.
pub(super) fn lower(draft: &mut Draft<'_>) {
    let constant = draft.model.objective.constant;
    let moves = constant != 0.0 && !draft.target.capabilities().objective_constant;
    if !moves && !draft.model.vars.is_empty() {
        return;
    }
    let mut one = draft.one();
    if moves {
        // An old coefficient of the column is a constant as well.
        let linear = &draft.model.objective.linear;
        let old = linear.iter().find(|(v, _)| *v == one).map_or(0.0, |t| t.1);
        let mut coefficient = constant;
        match exact_sum(old, constant) {
            Some(sum) => coefficient = sum,
            // The sum is no double: a second column at one keeps both.
            None => {
                one = draft.column(
                    VarKind::Continuous,
                    Interval::point(1.0),
                    Definition::Constant(1.0),
                )
            }
        }
        let objective = &mut draft.model.to_mut().objective;
        objective.constant = 0.0;
        objective.linear.retain(|t| t.0 != one);
        objective.linear.push((one, coefficient));
        objective.linear.retain(|t| t.1 != 0.0);
        objective.linear.sort_by_key(|t| t.0);
    }
    draft.note(Lowering::Constant, 1);
}
