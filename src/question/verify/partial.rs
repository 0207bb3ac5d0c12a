//! Cases on the way: the disjunctive normal form of what a formula says of its inputs.

use std::collections::BTreeMap;

use super::range::Range;
use super::{Atom, Formula};

/// So many ranges that differ from the common ones are kept at most while cases are multiplied.
const ENTRIES: usize = 1 << 20;

/// Part of the goal of a case.
#[derive(Clone, Debug)]
pub(super) enum Goal<'a> {
    Is(&'a Formula),
    Any(Vec<Vec<Goal<'a>>>),
}

impl Goal<'_> {
    fn formula(&self) -> Formula {
        match self {
            Goal::Is(formula) => (*formula).clone(),
            Goal::Any(parts) => Formula::Any(parts.iter().map(|p| all(p)).collect()),
        }
    }
}

pub(super) fn all(goals: &[Goal<'_>]) -> Formula {
    Formula::All(goals.iter().map(Goal::formula).collect())
}

/// A case on the way: what it says beyond the atoms that all cases share.
#[derive(Clone, Debug, Default)]
pub(super) struct Partial<'a> {
    pub ranges: BTreeMap<u32, Range>,
    pub rows: Vec<&'a Atom>,
    pub goals: Vec<Goal<'a>>,
}

impl Partial<'_> {
    fn same_set(&self, other: &Self) -> bool {
        self.ranges == other.ranges && self.rows == other.rows
    }

    /// Equal for equal sets (FNV-1a over ranges and lines of rows).
    fn key(&self) -> u64 {
        let ranges = self.ranges.iter().flat_map(|(i, r)| {
            let [a, b, c, d, e] = r.bits();
            [u64::from(*i), a, b, c, d, e]
        });
        let words = ranges.chain(self.rows.iter().map(|r| u64::from(r.line)));
        words.fold(0xcbf2_9ce4_8422_2325, |h, w| (h ^ w).wrapping_mul(0x100_0000_01b3))
    }
}

pub(super) struct Splitter<'b> {
    pub base: &'b [Range],
    pub most: usize,
}

impl Splitter<'_> {
    /// The cases of a formula; none if there would be too many.
    pub fn expand<'a>(&self, formula: &'a Formula) -> Option<Vec<Partial<'a>>> {
        if !formula.atoms().any(|a| a.on_inputs() && !a.terms.is_empty()) {
            let goals = vec![Goal::Is(formula)];
            return Some(vec![Partial { goals, ..Partial::default() }]);
        }
        match formula {
            Formula::Atom(atom) => Some(self.atom(atom).into_iter().collect()),
            Formula::All(parts) => {
                let mut out = vec![Partial::default()];
                for part in parts {
                    out = self.product(&out, &self.expand(part)?)?;
                }
                Some(out)
            }
            Formula::Any(parts) => {
                let mut out = Vec::new();
                for part in parts {
                    out.extend(self.expand(part)?);
                    if out.len() > 2 * self.most {
                        out = joined(out);
                        if out.len() > self.most {
                            return None;
                        }
                    }
                }
                let out = joined(out);
                (out.len() <= self.most).then_some(out)
            }
        }
    }

    fn atom<'a>(&self, atom: &'a Atom) -> Option<Partial<'a>> {
        let mut out = Partial::default();
        match Range::of(atom) {
            Some((i, range)) => return self.narrow(&mut out, i, range).then_some(out),
            None => out.rows.push(atom),
        }
        Some(out)
    }

    /// Narrows a range; false if nothing is left of it.
    fn narrow(&self, part: &mut Partial<'_>, i: u32, range: Range) -> bool {
        let base = self.base[i as usize];
        let before = part.ranges.get(&i).copied().unwrap_or(base);
        let now = before.meet(range);
        if now != before {
            part.ranges.insert(i, now);
        }
        !now.is_empty()
    }

    /// Every case of one with every case of the other.
    pub fn product<'a>(&self, a: &[Partial<'a>], b: &[Partial<'a>]) -> Option<Vec<Partial<'a>>> {
        if a.len().saturating_mul(b.len()) > self.most.saturating_mul(4) {
            return None;
        }
        let mut out = Vec::with_capacity(a.len() * b.len());
        let mut entries = 0;
        for x in a {
            for y in b {
                let mut part = x.clone();
                if y.ranges.iter().all(|(i, range)| self.narrow(&mut part, *i, *range)) {
                    part.rows.extend(&y.rows);
                    part.goals.extend(y.goals.iter().cloned());
                    entries += part.ranges.len();
                    if entries > ENTRIES {
                        return None;
                    }
                    out.push(part);
                }
            }
        }
        let out = joined(out);
        (out.len() <= self.most).then_some(out)
    }
}

/// Cases with the same set become one, whose goal is that of any of them.
fn joined(parts: Vec<Partial<'_>>) -> Vec<Partial<'_>> {
    if parts.len() < 2 {
        return parts;
    }
    let mut places: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut out: Vec<(Partial<'_>, Vec<Vec<Goal<'_>>>)> = Vec::new();
    for mut part in parts {
        let same = places.entry(part.key()).or_default();
        let goals = std::mem::take(&mut part.goals);
        match same.iter().find(|k| out[**k].0.same_set(&part)) {
            Some(k) => out[*k].1.push(goals),
            None => {
                same.push(out.len());
                out.push((part, vec![goals]));
            }
        }
    }
    out.into_iter().map(|(part, goals)| with_any(part, goals)).collect()
}

fn with_any<'a>(mut part: Partial<'a>, mut goals: Vec<Vec<Goal<'a>>>) -> Partial<'a> {
    part.goals = match goals.pop() {
        Some(only) if goals.is_empty() => only,
        last => {
            goals.extend(last);
            vec![Goal::Any(goals)]
        }
    };
    part
}

/// A box around all inputs that a formula allows; none if it allows no input.
pub(super) fn hull(formula: &Formula) -> Option<BTreeMap<u32, Range>> {
    match formula {
        Formula::Atom(atom) => Some(Range::of(atom).into_iter().collect()),
        Formula::All(parts) => {
            let mut out = BTreeMap::new();
            for part in parts {
                for (i, range) in hull(part)? {
                    let now: &mut Range = out.entry(i).or_insert(Range::ALL);
                    *now = now.meet(range);
                }
            }
            out.values().all(|r| !r.is_empty()).then_some(out)
        }
        Formula::Any(parts) => {
            let mut boxes = parts.iter().filter_map(hull);
            let mut out = boxes.next()?;
            for other in boxes {
                out.retain(|i, range| match other.get(i) {
                    Some(r) => {
                        *range = range.join(*r);
                        true
                    }
                    None => false,
                });
            }
            Some(out)
        }
    }
}
