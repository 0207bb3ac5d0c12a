//! Identical samples are interchangeable (papers 1.5 E).

use super::super::builder::Builder;
use super::adversary::Slots;
use crate::ir::{Place, Rule, Sense};
use crate::question::{Attack, Question, Scope};

/// Groups of at least two candidates with the same features, the same label, the same places in
/// every batch and the same relations; rows ascending.
#[must_use]
pub fn twins(q: &Question) -> Vec<Vec<usize>> {
    let count = |i: usize| -> Vec<usize> {
        q.training.batches.iter().map(|r| r.iter().filter(|&&k| k == i).count()).collect()
    };
    let relations = q.threat.features.as_ref().map(|f| &f.relations);
    let same = |a: usize, b: usize| {
        relations.is_none_or(|r| r.treat_alike(a, b))
            && q.train.features.row(a) == q.train.features.row(b)
            && q.train.target(a) == q.train.target(b)
            && count(a) == count(b)
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for &i in &q.threat.candidates {
        match groups.iter_mut().find(|g| same(g[0], i)) {
            Some(g) => g.push(i),
            None => groups.push(vec![i]),
        }
    }
    groups.retain(|g| g.len() > 1);
    groups
}

/// Orders the touched-quantities of twins: `s_i >= s_k` for the next twin `k`.
///
/// *Exact* for the goal's value: exchanging twins maps runs to runs with the same parameters.
pub fn order(b: &mut Builder<'_>, q: &Question, slots: &Slots) {
    for group in twins(q) {
        for pair in group.windows(2) {
            let (Some(x), Some(y)) = (slots.rows.get(&pair[0]), slots.rows.get(&pair[1])) else {
                continue;
            };
            let origin = Rule::Symmetry.at(Place::NONE.sample(pair[1]));
            b.row(&[(1.0, &x.touched), (-1.0, &y.touched)], Sense::Ge, 0.0, origin);
        }
    }
}

/// The same attack up to an exchange of twins, with the touched twins first.
#[must_use]
pub fn canonical(q: &Question, attack: &Attack) -> Attack {
    let mut attack = attack.clone();
    if q.threat.scope == Scope::Batch {
        return attack;
    }
    for group in twins(q) {
        for choice in &mut attack.choices {
            let changes: Vec<_> = group.iter().filter_map(|i| choice.changes.remove(i)).collect();
            for (i, change) in group.iter().zip(changes) {
                choice.changes.insert(*i, change);
            }
        }
    }
    attack
}
