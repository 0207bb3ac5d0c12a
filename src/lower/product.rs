//! Products with a binary factor as a column and linear rows. **Exact**.
//!
//! - `w = b x` with `x` in `[l, u]`: `w <= u b`, `w >= l b`, `w <= x - l (1 - b)`,
//!   `w >= x - u (1 - b)` (Glover 1975). At `b = 0` the first two say `w = 0`, at `b = 1` the last
//!   two say `w = x`. The bounds enter as they are, so nothing is rounded.
//! - `w = a b` of two binaries: `w <= a`, `w <= b`, `w >= a + b - 1`.
//!
//! A product that occurs several times gets one column.

use super::draft::{Definition, Draft, Parts};
use super::step::{Lowering, Refusal};
use crate::bounds::Interval;
use crate::ir::names::describe_var;
use crate::ir::{Model, Origin, Place, QuadTerm, Rule, Sense, VarId, VarKind};
use crate::valid::Quadratic;

/// Makes products with a binary linear where the target has no or does not want such products.
pub(super) fn lower(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let capabilities = draft.target.capabilities();
    if capabilities.binary_products {
        return Ok(());
    }
    let native = |q: Quadratic| q == Quadratic::Any && capabilities.integer_quadratic;
    let may_stay = native(capabilities.quad_rows);
    let objective_may_stay = native(capabilities.quad_objective);
    let mut count = draft.rewrite(
        |model, row| row.quad.iter().any(|t| wanted(model, t, may_stay)),
        |draft, mut parts, _| {
            let origin = parts.origin;
            replace(draft, &mut parts.linear, &mut parts.quad, origin, may_stay)?;
            draft.push(parts);
            Ok(())
        },
    )?;
    let model = &draft.model;
    if model.objective.quad.iter().any(|t| wanted(model, t, objective_may_stay)) {
        let objective = &mut draft.model.to_mut().objective;
        let mut linear = std::mem::take(&mut objective.linear);
        let mut quad = std::mem::take(&mut objective.quad);
        let origin = Rule::BinaryProduct.at(Place::NONE);
        replace(draft, &mut linear, &mut quad, origin, objective_may_stay)?;
        linear.sort_by_key(|t| t.0);
        let objective = &mut draft.model.to_mut().objective;
        (objective.linear, objective.quad) = (linear, quad);
        count += 1;
    }
    draft.note(Lowering::BinaryProduct, count);
    Ok(())
}

/// The binary factor and the other one.
fn split(model: &Model, t: &QuadTerm) -> Option<(VarId, VarId)> {
    let binary = |v: VarId| model.vars.kind[v.index()] == VarKind::Binary;
    match (t.i == t.j, binary(t.i), binary(t.j)) {
        (true, ..) | (false, false, false) => None,
        (false, true, _) => Some((t.i, t.j)),
        (false, false, true) => Some((t.j, t.i)),
    }
}

/// Whether a term is to be replaced: always if it may not stay, otherwise if it can be.
fn wanted(model: &Model, t: &QuadTerm, may_stay: bool) -> bool {
    split(model, t).is_some_and(|(_, x)| {
        let bounded =
            model.vars.lower[x.index()].is_finite() && model.vars.upper[x.index()].is_finite();
        bounded || !may_stay
    })
}

fn replace(
    draft: &mut Draft<'_>,
    linear: &mut Vec<(VarId, f64)>,
    quad: &mut Vec<QuadTerm>,
    origin: Origin,
    may_stay: bool,
) -> Result<(), Refusal> {
    let mut keep = Vec::with_capacity(quad.len());
    for t in std::mem::take(quad) {
        match split(&draft.model, &t) {
            Some((b, x)) if wanted(&draft.model, &t, may_stay) => {
                let w = column(draft, b, x, origin)?;
                linear.push((w, t.coefficient));
            }
            _ => keep.push(t),
        }
    }
    *quad = keep;
    Ok(())
}

/// The column that equals `b x`.
fn column(draft: &mut Draft<'_>, b: VarId, x: VarId, origin: Origin) -> Result<VarId, Refusal> {
    let key = (b.min(x), b.max(x));
    if let Some(w) = draft.products.get(&key) {
        return Ok(*w);
    }
    let Interval { lo: l, hi: u } = draft.bounds(x);
    if !(l.is_finite() && u.is_finite()) {
        let model = &draft.model;
        let who =
            format!("the product of {} and {}", describe_var(model, b), describe_var(model, x));
        return Err(draft.unbounded(who, x, "takes quadratic terms (scip-lp, gurobi-lp)"));
    }
    let range = Interval { lo: l.min(0.0), hi: u.max(0.0) };
    let w = draft.column(VarKind::Continuous, range, Definition::Product(b, x));
    let both = draft.is_binary(x);
    let mut row = |terms: &[(VarId, f64)], sense: Sense, rhs: f64| {
        draft.push(Parts::new(terms, sense, rhs, origin));
    };
    row(&[(b, -u), (w, 1.0)], Sense::Le, 0.0);
    if both {
        row(&[(x, -1.0), (w, 1.0)], Sense::Le, 0.0);
        row(&[(b, -1.0), (x, -1.0), (w, 1.0)], Sense::Ge, -1.0);
    } else {
        row(&[(b, -l), (w, 1.0)], Sense::Ge, 0.0);
        row(&[(b, -l), (x, -1.0), (w, 1.0)], Sense::Le, -l);
        row(&[(b, -u), (x, -1.0), (w, 1.0)], Sense::Ge, -u);
    }
    draft.products.insert(key, w);
    Ok(w)
}
