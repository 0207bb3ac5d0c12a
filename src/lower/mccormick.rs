//! Products of bounded variables as a column within their convex hull. **Relaxation**, applied only
//! on request: the feasible set grows, so a dual bound of the lowered model stays valid for the
//! original one, and a point of it proves nothing until it is replayed.
//!
//! `w = x y` over `[a, b] x [c, d]` (McCormick 1976): `w >= c x + a y - a c`,
//! `w >= d x + b y - b d`, `w <= d x + a y - a d`, `w <= c x + b y - b c`. For a square the first two
//! are tangents at the ends and the last two the same secant. The products of bounds on the right
//! are rounded outward.

use super::draft::{Definition, Draft, Parts};
use super::step::{Lowering, Refusal};
use crate::bounds::Interval;
use crate::ir::class::{Curvature, objective_curvature, row_curvature};
use crate::ir::names::describe_var;
use crate::ir::{Place, QuadTerm, Rule, Sense, VarId, VarKind};
use crate::valid::Quadratic;

/// Relaxes the quadratic parts that the target cannot take.
pub(super) fn lower(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let capabilities = draft.target.capabilities();
    let discrete = draft.model.vars.kind.iter().any(|k| *k != VarKind::Continuous);
    let allowed = |have: Quadratic, curvature: Curvature| match curvature {
        Curvature::Linear => true,
        Curvature::Convex | Curvature::Nonconvex if discrete && !capabilities.integer_quadratic => {
            false
        }
        Curvature::Convex => have != Quadratic::No,
        Curvature::Nonconvex => have == Quadratic::Any,
    };
    let mut count = draft.rewrite(
        |_, row| !allowed(capabilities.quad_rows, row_curvature(row)),
        |draft, mut parts, _| {
            replace(draft, &mut parts.linear, &mut parts.quad)?;
            draft.push(parts);
            Ok(())
        },
    )?;
    if !allowed(capabilities.quad_objective, objective_curvature(&draft.model)) {
        let objective = &mut draft.model.to_mut().objective;
        let mut linear = std::mem::take(&mut objective.linear);
        let mut quad = std::mem::take(&mut objective.quad);
        replace(draft, &mut linear, &mut quad)?;
        linear.sort_by_key(|t| t.0);
        draft.model.to_mut().objective.linear = linear;
        count += 1;
    }
    draft.note(Lowering::McCormick, count);
    Ok(())
}

fn replace(
    draft: &mut Draft<'_>,
    linear: &mut Vec<(VarId, f64)>,
    quad: &mut Vec<QuadTerm>,
) -> Result<(), Refusal> {
    for t in std::mem::take(quad) {
        linear.push((column(draft, t.i, t.j)?, t.coefficient));
    }
    Ok(())
}

fn column(draft: &mut Draft<'_>, x: VarId, y: VarId) -> Result<VarId, Refusal> {
    if let Some(w) = draft.products.get(&(x, y)) {
        return Ok(*w);
    }
    let (rx, ry) = (draft.bounds(x), draft.bounds(y));
    for (v, range) in [(x, rx), (y, ry)] {
        if !range.is_finite() {
            let model = &draft.model;
            let who =
                format!("the product of {} and {}", describe_var(model, x), describe_var(model, y));
            return Err(draft.unbounded(
                who,
                v,
                "takes nonconvex quadratic terms (scip-lp, gurobi-lp)",
            ));
        }
    }
    let range = if x == y { rx.square() } else { rx * ry };
    let w = draft.column(VarKind::Continuous, range, Definition::Product(x, y));
    let origin = Rule::McCormick.at(Place::NONE.i(w.index()));
    let (Interval { lo: a, hi: b }, Interval { lo: c, hi: d }) = (rx, ry);
    // w (sense) q x + p y - p q
    let sides = [(a, c, Sense::Ge), (b, d, Sense::Ge), (a, d, Sense::Le), (b, c, Sense::Le)];
    for (k, (p, q, sense)) in sides.into_iter().enumerate() {
        let product = Interval::point(p) * Interval::point(q);
        let rhs = if sense == Sense::Ge { -product.hi } else { -product.lo };
        if x != y {
            draft.push(Parts::new(&[(x, -q), (y, -p), (w, 1.0)], sense, rhs, origin));
        } else if k < 3 {
            // Both secants of a square are the same row.
            square_row(draft, (x, w), (p, q), sense, rhs);
        }
    }
    draft.products.insert((x, y), w);
    Ok(w)
}

/// A tangent or the secant of a square: the sum `p + q` may be rounded, so its error times the
/// range of `x` moves the right-hand side outward.
fn square_row(
    draft: &mut Draft<'_>,
    (x, w): (VarId, VarId),
    (p, q): (f64, f64),
    sense: Sense,
    rhs: f64,
) {
    let origin = Rule::McCormick.at(Place::NONE.i(w.index()));
    let slope = Interval::point(p) + Interval::point(q);
    let used = p + q;
    let error = (slope - Interval::point(used)) * draft.bounds(x);
    let moved = Interval::point(rhs) + error;
    let rhs = if sense == Sense::Ge { moved.lo } else { moved.hi };
    draft.push(Parts::new(&[(x, -used), (w, 1.0)], sense, rhs, origin));
}
