//! `b = v -> q(x) (sense) r` for targets whose indicators hold linear rows only. **Exact**.
//!
//! A free column `t` takes the left-hand side, `q(x) - t (sense) 0`, and the indicator says
//! `b = v -> t (sense) r`. Where it is on, `q(x) <= t <= r`; where it is off, `t = q(x)` always
//! does; so the projection on `x` and `b` is the same.

use super::draft::{Definition, Draft, Parts};
use super::step::{Lowering, Refusal};
use crate::bounds::Interval;
use crate::ir::VarKind;

/// Takes nonlinear parts out of indicators.
pub(super) fn lower(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    if !draft.keeps_indicators() {
        return Ok(());
    }
    let count = draft.rewrite(
        |_, row| row.guard.is_some() && (!row.quad.is_empty() || row.smooth.is_some()),
        |draft, mut parts, _| {
            let form = Definition::Form(parts.linear.clone(), parts.quad.clone());
            let t = draft.column(VarKind::Continuous, Interval::ALL, form);
            let mut guarded = Parts::new(&[(t, 1.0)], parts.sense, parts.rhs, parts.origin);
            guarded.guard = parts.guard.take();
            parts.linear.push((t, -1.0));
            parts.rhs = 0.0;
            draft.push(parts);
            draft.push(guarded);
            Ok(())
        },
    )?;
    draft.note(Lowering::GuardedQuadratic, count);
    Ok(())
}
