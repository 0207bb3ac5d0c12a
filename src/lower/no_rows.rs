//! A row for a model without any. **Exact**: it says of a column fixed at one that it is one.
//!
//! GLPK 5.0 refuses an LP file whose rows are missing, with the heading or without it.

use super::draft::{Draft, Parts};
use super::step::Lowering;
use crate::ir::{Place, Rule, Sense};

/// Adds the row where the target needs one.
pub(super) fn lower(draft: &mut Draft<'_>) {
    if draft.target.capabilities().no_rows || !draft.model.rows.is_empty() {
        return;
    }
    let one = draft.one();
    draft.push(Parts::new(&[(one, 1.0)], Sense::Eq, 1.0, Rule::Lowered.at(Place::NONE)));
    draft.note(Lowering::NoRows, 1);
}
