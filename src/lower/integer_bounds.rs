//! Fractional bounds of integer variables, rounded inward. **Exact**: no integer is lost.
//!
//! HiGHS 1.15 answered 3 instead of 2 for a binary with bounds `[0, 0.5]`; SHOT did the same, GLPK and
//! discopt refuse such a model.

use super::draft::Draft;
use super::step::Lowering;
use crate::ir::{VarId, VarKind};

/// Rounds the bounds that need it. A variable without an integer between its bounds is left with
/// crossing ones, which the final check reports.
pub(super) fn lower(draft: &mut Draft<'_>) {
    let rounded = |lower: f64, upper: f64| (lower.ceil(), upper.floor());
    let wrong: Vec<VarId> = draft
        .model
        .vars
        .iter()
        .filter(|v| v.kind != VarKind::Continuous)
        .filter(|v| rounded(v.lower, v.upper) != (v.lower, v.upper))
        .map(|v| v.id)
        .collect();
    for id in &wrong {
        let var = draft.model.vars.get(*id);
        let (lower, upper) = rounded(var.lower, var.upper);
        draft.model.to_mut().vars.set_bounds(*id, lower, upper);
    }
    draft.note(Lowering::IntegerBounds, wrong.len());
}
