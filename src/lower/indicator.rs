//! Indicator constraints as rows with a big-M. **Exact**: where the guard is on the row is the
//! original one bit for bit, and where it is off the row holds for every point within the bounds.
//!
//! For `b = 0 -> f(x) <= r`: `f(x) - M b <= r` with `M >= max f - r`, the maximum over the
//! variables' bounds, every operation rounded outward. For `b = 1`: `f(x) + M b <= r + M`, with `M`
//! enlarged until `r + M` is a double; where no such `M` is near, a column `c = 1 - b` takes its
//! place, `f(x) - M c <= r`. An equation is a row in both directions.

use super::draft::{Draft, Parts, exact_sum};
use super::step::{Lowering, Refusal};
use crate::bounds::Interval;
use crate::ir::names::describe_var;
use crate::ir::{Guard, QuadTerm, RowId, Sense, VarId};

/// Bits by which a big-M may be rounded up to make a sum exact.
const COARSER: i32 = 40;

/// Lowers all indicators where the target has none, or none beside the model's nonconvex parts.
pub(super) fn lower(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    if draft.model.rows.guards.is_empty() || draft.keeps_indicators() {
        return Ok(());
    }
    let count = draft.rewrite(
        |_, row| row.guard.is_some(),
        |draft, parts, id| {
            let Some(guard) = parts.guard else { return Ok(()) };
            match parts.sense {
                Sense::Le | Sense::Ge => one_side(draft, parts, guard, id),
                Sense::Eq => {
                    one_side(draft, Parts { sense: Sense::Le, ..parts.clone() }, guard, id)?;
                    one_side(draft, Parts { sense: Sense::Ge, ..parts }, guard, id)
                }
            }
        },
    )?;
    draft.note(Lowering::Indicator, count);
    Ok(())
}

/// `b = v -> f(x) <= r` or `>= r`.
fn one_side(
    draft: &mut Draft<'_>,
    mut parts: Parts,
    guard: Guard,
    id: RowId,
) -> Result<(), Refusal> {
    parts.guard = None;
    let sign = if parts.sense == Sense::Ge { -1.0 } else { 1.0 };
    // Where the guard is on, b = v is a number; with v = 0 its terms simply vanish.
    if !guard.value {
        parts.linear.retain(|(v, _)| *v != guard.var);
        parts.quad.retain(|t| t.i != guard.var && t.j != guard.var);
    }
    let within = parts.linear.iter().any(|(v, _)| *v == guard.var)
        || parts.quad.iter().any(|t| t.i == guard.var || t.j == guard.var);
    // sign * f <= sign * r has to be switched off: M >= max(sign * f) - sign * r.
    let activity = activity(draft, &parts, id)?;
    let top = if sign > 0.0 { activity.hi } else { -activity.lo };
    let big = (Interval::point(top) - Interval::point(sign * parts.rhs)).hi;
    if big <= 0.0 {
        // The bounds alone imply the row.
        draft.push(parts);
        return Ok(());
    }
    let limit = draft.target.capabilities().largest_coefficient;
    if big >= limit {
        return Err(Refusal::TooLarge {
            who: draft.row_words(parts.origin, id),
            value: big,
            target: draft.target.name(),
        });
    }
    if guard.value {
        match (within, exact_shift(parts.rhs, big, sign)) {
            (false, Some((big, rhs))) => {
                parts.linear.push((guard.var, sign * big));
                parts.rhs = rhs;
            }
            _ => {
                let c = draft.complement(guard.var, parts.origin);
                parts.linear.push((c, -sign * big));
            }
        }
    } else {
        parts.linear.push((guard.var, -sign * big));
    }
    draft.push(parts);
    Ok(())
}

/// A big-M of at least `big` for which `rhs + sign * M` is a double, and that sum.
fn exact_shift(rhs: f64, big: f64, sign: f64) -> Option<(f64, f64)> {
    if let Some(sum) = exact_sum(rhs, sign * big) {
        return Some((big, sum));
    }
    // Multiples of ever larger powers of two, from the last place of `big` upwards.
    let mut grid = f64::EPSILON * big.log2().floor().exp2();
    for _ in 0..COARSER {
        grid *= 2.0;
        let rounded = (big / grid).ceil() * grid;
        if let Some(sum) = exact_sum(rhs, sign * rounded) {
            return (rounded >= big).then_some((rounded, sum));
        }
    }
    None
}

/// Outward-rounded range of the left-hand side over the bounds; refused where it is infinite on
/// the side that matters.
fn activity(draft: &Draft<'_>, parts: &Parts, id: RowId) -> Result<Interval, Refusal> {
    const ALTERNATIVE: &str = "has indicator constraints (scip-lp, gurobi-lp)";
    let mut sum = Interval::ZERO;
    let upper_matters = parts.sense == Sense::Le;
    let open = |term: Interval| if upper_matters { term.hi } else { -term.lo } == f64::INFINITY;
    let refuse =
        |var: VarId| Err(draft.unbounded(draft.row_words(parts.origin, id), var, ALTERNATIVE));
    for (v, a) in &parts.linear {
        let term = draft.bounds(*v).scale(*a);
        if open(term) {
            return refuse(*v);
        }
        sum = sum + term;
    }
    for QuadTerm { i, j, coefficient } in &parts.quad {
        let (x, y) = (draft.bounds(*i), draft.bounds(*j));
        let product = if i == j { x.square() } else { x * y };
        let term = product.scale(*coefficient);
        if open(term) {
            return refuse(if x.is_finite() { *j } else { *i });
        }
        sum = sum + term;
    }
    if parts.smooth.is_some() {
        let var = parts.guard.map_or_else(String::new, |g| describe_var(&draft.model, g.var));
        return Err(Refusal::Quadratic {
            who: format!("{} {var}", draft.row_words(parts.origin, id)).trim_end().to_string(),
            feature: "a smooth expression under an indicator",
            convex: false,
            target: draft.target.name(),
        });
    }
    Ok(sum)
}
