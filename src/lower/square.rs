//! `b^2 = b` for a binary `b`. **Exact**: holds at both values.

use super::draft::{Definition, Draft, Parts, exact_sum};
use super::step::{Lowering, Refusal};
use crate::bounds::Interval;
use crate::ir::{Model, Origin, Place, QuadTerm, Rule, Sense, VarId, VarKind};

/// Makes every square of a binary linear, in rows and objective.
pub(super) fn lower(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let square =
        |model: &Model, t: &QuadTerm| t.i == t.j && model.vars.kind[t.i.index()] == VarKind::Binary;
    let mut count = draft.rewrite(
        |model, row| row.quad.iter().any(|t| square(model, t)),
        |draft, mut parts, _| {
            let origin = parts.origin;
            move_squares(draft, &mut parts.linear, &mut parts.quad, origin);
            draft.push(parts);
            Ok(())
        },
    )?;
    if draft.model.objective.quad.iter().any(|t| square(&draft.model, t)) {
        let objective = &mut draft.model.to_mut().objective;
        let mut linear = std::mem::take(&mut objective.linear);
        let mut quad = std::mem::take(&mut objective.quad);
        move_squares(draft, &mut linear, &mut quad, Rule::Lowered.at(Place::NONE));
        linear.sort_by_key(|t| t.0);
        let objective = &mut draft.model.to_mut().objective;
        (objective.linear, objective.quad) = (linear, quad);
        count += 1;
    }
    draft.note(Lowering::BinarySquare, count);
    Ok(())
}

fn move_squares(
    draft: &mut Draft<'_>,
    linear: &mut Vec<(VarId, f64)>,
    quad: &mut Vec<QuadTerm>,
    origin: Origin,
) {
    let mut keep = Vec::with_capacity(quad.len());
    for t in std::mem::take(quad) {
        if t.i != t.j || !draft.is_binary(t.i) {
            keep.push(t);
            continue;
        }
        let position = linear.iter().position(|(v, _)| *v == t.i);
        match position.map(|k| (k, exact_sum(linear[k].1, t.coefficient))) {
            None => linear.push((t.i, t.coefficient)),
            Some((k, Some(0.0))) => {
                linear.remove(k);
            }
            Some((k, Some(sum))) => linear[k].1 = sum,
            // The sum of both coefficients is no double: the square gets a column of its own.
            Some((_, None)) => {
                let copy = copy_of(draft, t.i, origin);
                linear.push((copy, t.coefficient));
            }
        }
    }
    *quad = keep;
}

/// A column equal to `b`.
fn copy_of(draft: &mut Draft<'_>, b: VarId, origin: Origin) -> VarId {
    if let Some(w) = draft.products.get(&(b, b)) {
        return *w;
    }
    let w = draft.column(VarKind::Continuous, Interval::UNIT, Definition::Product(b, b));
    draft.push(Parts::new(&[(b, -1.0), (w, 1.0)], Sense::Eq, 0.0, origin));
    draft.products.insert((b, b), w);
    w
}
