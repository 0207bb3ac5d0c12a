//! Rows with coefficients that the reader would take for zero are multiplied by a power of two.
//! **Exact**: such a product is not rounded.
//!
//! SCIP 10 and HiGHS 1.15 drop coefficients of 1e-9 and less when they read. A row whose
//! coefficients are too far apart to be saved like this is left, and then refused by the final
//! check; it is never silently changed.

use super::draft::Draft;
use super::step::{Lowering, Refusal};
use crate::ir::RowView;

/// What counts as negligible for every target.
const NEGLIGIBLE: f64 = 1e-9;

/// Scaled numbers stay below this, so that the solver's feasibility tolerance keeps a meaning.
const LARGEST_SCALED: f64 = 1e12;

/// Scales the rows that need it.
pub(super) fn lower(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    // Also for readers that keep such coefficients: the solver's tolerance would swallow the row.
    let negligible = draft.target.capabilities().negligible_coefficient.max(NEGLIGIBLE);
    let count = draft.rewrite(
        |_, row| factor(row, negligible).is_some(),
        |draft, mut parts, _| {
            // The factor is found again from the parts; the row itself is already taken apart.
            let values = parts.linear.iter().map(|t| t.1);
            let values = values.chain(parts.quad.iter().map(|t| t.coefficient));
            if let Some(f) = power(values, parts.rhs, negligible) {
                parts.linear.iter_mut().for_each(|t| t.1 *= f);
                parts.quad.iter_mut().for_each(|t| t.coefficient *= f);
                parts.rhs *= f;
            }
            draft.push(parts);
            Ok(())
        },
    )?;
    draft.note(Lowering::Scale, count);
    Ok(())
}

fn factor(row: &RowView<'_>, negligible: f64) -> Option<f64> {
    if row.smooth.is_some() {
        return None;
    }
    let values = row.vals.iter().copied();
    power(values.chain(row.quad.iter().map(|t| t.coefficient)), row.rhs, negligible)
}

/// The power of two that brings the largest coefficient to about one, or the smallest above twice
/// `negligible` where that takes more; nothing if no factor is needed, or if numbers would grow too
/// large.
fn power(values: impl Iterator<Item = f64>, rhs: f64, negligible: f64) -> Option<f64> {
    let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
    for a in values {
        least = least.min(a.abs());
        most = most.max(a.abs());
    }
    if least > negligible || least == f64::INFINITY {
        return None;
    }
    let needed = (2.0 * negligible / least).log2().ceil();
    // Only upwards, where nothing is ever rounded.
    let factor = needed.max(-most.log2().floor()).exp2();
    let largest = most.max(rhs.abs()) * factor;
    (factor.is_finite() && largest <= LARGEST_SCALED).then_some(factor)
}
