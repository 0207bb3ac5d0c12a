//! Greedy search by replay over discrete changes, then swaps (papers 1.6).

use crate::cert::assemble::{TIE_TOLERANCE, no_attack};
use crate::cert::certificate::Direction;
use crate::cert::words;
use crate::question::{
    Attack, Budget, Change, LabelThreat, Labels, Question, Scope, Target, membership,
};
use crate::train::{self, ReplayError};

/// Replays of the first pass. A fixed number, not a time: the result must not depend on the clock.
const FIRST_PASS: usize = 5000;

/// Sweeps of swaps.
const SWEEPS: usize = 2;

struct Search<'a> {
    question: &'a Question,
    direction: Direction,
}

/// The best attack that greedy additions and swaps of single changes find; `None` where the threat
/// has no discrete changes that are chosen once for the run.
///
/// # Errors
/// When training cannot be replayed.
pub fn greedy(question: &Question) -> Result<Option<Attack>, ReplayError> {
    let budget = match question.threat.budget {
        Budget::Joint(n) => n,
        Budget::Separate { labels, .. } => labels,
    };
    if question.threat.scope != Scope::Run || budget == 0 {
        return Ok(None);
    }
    let search = Search { question, direction: words::direction(&question.goal) };
    let singles = search.singles();
    if singles.is_empty() {
        return Ok(None);
    }
    let mut best = no_attack(question);
    let mut value = search.value(&best)?;
    let mut ranked = Vec::new();
    for (row, change) in singles {
        let single = with(&best, row, &change);
        let v = search.value(&single)?;
        ranked.push((v, row, change));
    }
    ranked.sort_by(|a, b| match search.direction {
        Direction::Minimises => a.0.total_cmp(&b.0),
        Direction::Maximises => b.0.total_cmp(&a.0),
    });
    ranked.truncate(4 * budget + 20);
    let short: Vec<(usize, Change)> = ranked.into_iter().map(|(_, r, c)| (r, c)).collect();
    for _ in 0..budget {
        let Some((attack, v)) = search.best_of(short.iter().filter_map(|(row, change)| {
            let free = !best.choices.iter().any(|c| c.changes.contains_key(row));
            free.then(|| with(&best, *row, change))
        }))?
        else {
            break;
        };
        if !search.direction.worse(v, value) {
            break;
        }
        (best, value) = (attack, v);
    }
    for _ in 0..SWEEPS {
        let rows: Vec<usize> =
            best.choices.iter().flat_map(|c| c.changes.keys().copied()).collect();
        let mut improved = false;
        for row in rows {
            let mut base = best.clone();
            for choice in &mut base.choices {
                choice.changes.remove(&row);
            }
            let swaps = short.iter().filter_map(|(other, change)| {
                let free = !best.choices.iter().any(|c| c.changes.contains_key(other));
                free.then(|| with(&base, *other, change))
            });
            if let Some((attack, v)) = search.best_of(swaps)?
                && search.direction.worse(v, value)
            {
                (best, value, improved) = (attack, v, true);
            }
        }
        if !improved {
            break;
        }
    }
    Ok(Some(best))
}

fn with(attack: &Attack, row: usize, change: &Change) -> Attack {
    let mut out = attack.clone();
    if let Some(choice) = out.choices.first_mut() {
        choice.changes.insert(row, change.clone());
    }
    out
}

impl Search<'_> {
    /// Every discrete change of one sample, in the order of the rows.
    fn singles(&self) -> Vec<(usize, Change)> {
        let q = self.question;
        let mut out = Vec::new();
        for &row in &q.threat.candidates {
            if q.threat.deletion.is_some() && matches!(q.threat.budget, Budget::Joint(_)) {
                out.push((row, Change { deleted: true, ..Change::default() }));
            }
            let targets: Vec<Target> = match (&q.threat.labels, &q.train.labels) {
                (Some(LabelThreat::Flip), Labels::Signs(_)) => match q.train.target(row) {
                    Target::Sign(s) => vec![Target::Sign(-s)],
                    Target::Class(_) | Target::Real(_) => Vec::new(),
                },
                (Some(LabelThreat::Classes(classes)), Labels::Classes { .. }) => {
                    classes.iter().map(|c| Target::Class(*c)).collect()
                }
                (Some(LabelThreat::Real { nu, .. }), Labels::Real(y)) => [-nu, *nu]
                    .into_iter()
                    .map(|e| Target::Real(y.row(row).iter().map(|v| v + e).collect()))
                    .collect(),
                _ => Vec::new(),
            };
            for target in targets {
                if target != q.train.target(row) {
                    out.push((row, Change { target: Some(target), ..Change::default() }));
                }
            }
        }
        let none = no_attack(q);
        out.retain(|(row, change)| membership::check(q, &with(&none, *row, change)).is_ok());
        out.truncate(FIRST_PASS);
        out
    }

    fn value(&self, attack: &Attack) -> Result<f64, ReplayError> {
        Ok(train::replay(self.question, attack, TIE_TOLERANCE)?.value)
    }

    /// The worst for the defender; the first of equals.
    fn best_of(
        &self,
        attacks: impl Iterator<Item = Attack>,
    ) -> Result<Option<(Attack, f64)>, ReplayError> {
        let mut best: Option<(Attack, f64)> = None;
        for attack in attacks {
            let v = self.value(&attack)?;
            if best.as_ref().is_none_or(|b| self.direction.worse(v, b.1)) {
                best = Some((attack, v));
            }
        }
        Ok(best)
    }
}
