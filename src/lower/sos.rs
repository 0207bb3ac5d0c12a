//! Special ordered sets of type 1 as binaries: `l z <= x <= u z`, `sum z <= 1`. **Exact**: a
//! nonzero member forces its binary to one, and at most one binary is one; where all members but
//! one are zero, their binaries may be. A member that is binary is its own switch.

use super::draft::{Definition, Draft, Parts};
use super::step::{Lowering, Refusal};
use crate::bounds::Interval;
use crate::ir::names::describe_set;
use crate::ir::sets::overlapping;
use crate::ir::{Sense, Sos1, VarId, VarKind};
use crate::valid::Sets;

/// Lowers all sets where the target has none, and those that share a member with another where it
/// has only disjoint ones.
pub(super) fn lower(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let model = &draft.model;
    let lowered = match draft.target.capabilities().sos1 {
        Sets::Any => return Ok(()),
        Sets::Disjoint => overlapping(&model.sos1, model.var_count()),
        Sets::No => vec![true; model.sos1.len()],
    };
    let count = lowered.iter().filter(|l| **l).count();
    if count == 0 {
        return Ok(());
    }
    let sets = std::mem::take(&mut draft.model.to_mut().sos1);
    for (set, lowered) in sets.into_iter().zip(lowered) {
        if !lowered {
            draft.model.to_mut().sos1.push(set);
            continue;
        }
        let mut switches = Vec::with_capacity(set.members.len());
        for (x, _) in &set.members {
            switches.push((switch(draft, *x, &set)?, 1.0));
        }
        draft.push(Parts::new(&switches, Sense::Le, 1.0, set.origin));
    }
    draft.note(Lowering::Sos1, count);
    Ok(())
}

fn switch(draft: &mut Draft<'_>, x: VarId, set: &Sos1) -> Result<VarId, Refusal> {
    if draft.is_binary(x) {
        return Ok(x);
    }
    let Interval { lo, hi } = draft.bounds(x);
    if !(lo.is_finite() && hi.is_finite()) {
        let who = describe_set(&draft.model, &set.members);
        return Err(draft.unbounded(who, x, "has special ordered sets (scip-lp, gurobi-lp)"));
    }
    let z = draft.column(VarKind::Binary, Interval::UNIT, Definition::Nonzero(x));
    if hi > 0.0 {
        draft.push(Parts::new(&[(x, 1.0), (z, -hi)], Sense::Le, 0.0, set.origin));
    }
    if lo < 0.0 {
        draft.push(Parts::new(&[(x, 1.0), (z, -lo)], Sense::Ge, 0.0, set.origin));
    }
    // A member that is never zero switches its binary on.
    if lo > 0.0 || hi < 0.0 {
        draft.push(Parts::new(&[(z, 1.0)], Sense::Eq, 1.0, set.origin));
    }
    Ok(z)
}
