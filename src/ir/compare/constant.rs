//! The constant of an objective, where one of two models has it as a column fixed at one.

use super::key;
use crate::ir::{Family, Model, Place, VarId, VarKind};

/// Gives both models the column that files have in place of a constant (`lower::constant`), if one
/// of them has it and the other has the constant. Neither changes its meaning.
pub fn level(a: &mut Model, b: &mut Model) {
    let (of_a, of_b) = (column(a), column(b));
    match (of_a, of_b) {
        (Some(_), None) => give(b),
        (None, Some(_)) => give(a),
        (Some(_), Some(_)) | (None, None) => {}
    }
}

/// The column that carries the constant.
fn column(m: &Model) -> Option<VarId> {
    let fixed = m.vars.iter().filter(|v| v.lower == 1.0 && v.upper == 1.0);
    fixed.map(|v| v.id).find(|id| key(m, *id) == Family::One.symbol())
}

fn give(m: &mut Model) {
    if m.objective.constant == 0.0 {
        return;
    }
    let one = m.add_var(VarKind::Continuous, 1.0, 1.0, Family::One.at(Place::NONE));
    m.objective.linear.push((one, m.objective.constant));
    m.objective.constant = 0.0;
}
