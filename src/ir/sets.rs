//! Special ordered sets.

use super::role::Origin;
use super::vars::VarId;

/// One special ordered set of type 1: at most one member is nonzero.
#[derive(Clone, Debug, PartialEq)]
pub struct Sos1 {
    /// Members with their (distinct) ordering weights.
    pub members: Vec<(VarId, f64)>,
    /// Where the set comes from.
    pub origin: Origin,
}

/// For each set whether it shares a member with an earlier one that does not. Without those, the
/// sets have no member in common.
#[must_use]
pub fn overlapping(sets: &[Sos1], vars: usize) -> Vec<bool> {
    let mut taken = vec![false; if sets.is_empty() { 0 } else { vars }];
    let overlaps = |set: &Sos1| {
        let mut members = set.members.iter().map(|(v, _)| v.index());
        if members.any(|v| taken.get(v).copied().unwrap_or(false)) {
            return true;
        }
        for (v, _) in &set.members {
            if let Some(place) = taken.get_mut(v.index()) {
                *place = true;
            }
        }
        false
    };
    sets.iter().map(overlaps).collect()
}
