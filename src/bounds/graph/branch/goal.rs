//! The goal of a case as rows that bounds may refute.

use std::collections::BTreeMap;

use crate::bounds::Interval;
use crate::bounds::graph::backward::Linear;
use crate::question::verify::{Atom, Formula, Relation};

/// A formula with its atoms in the order of a walk.
#[derive(Clone, Debug)]
pub(super) struct Goal<'c> {
    formula: &'c Formula,
    pub atoms: Vec<&'c Atom>,
    pub sides: Vec<Side>,
}

/// A linear function whose lower bound may show that an atom is false everywhere.
#[derive(Clone, Debug)]
pub(super) struct Side {
    /// Which atom.
    pub atom: usize,
    /// The function.
    pub terms: Linear,
    /// The atom is false where the function is larger.
    limit: f64,
    /// Or just as large.
    or_equal: bool,
}

impl Side {
    /// Whether a lower bound of the function shows that the atom is false.
    pub fn excludes(&self, low: f64) -> bool {
        low > self.limit || (self.or_equal && low >= self.limit)
    }

    /// How far a lower bound is from that: not negative if it does.
    pub fn slack(&self, low: f64) -> f64 {
        low - self.limit
    }

    fn new(atom: usize, a: &Atom, turned: bool) -> Side {
        let sign = |v: Interval| if turned { -v } else { v };
        Side {
            atom,
            terms: a.terms.iter().map(|t| (t.0, sign(t.1))).collect(),
            limit: sign(a.constant).hi,
            or_equal: a.relation == Relation::Below,
        }
    }
}

impl<'c> Goal<'c> {
    pub fn new(formula: &'c Formula) -> Goal<'c> {
        let mut goal = Goal { formula, atoms: formula.atoms().collect(), sides: Vec::new() };
        for (k, a) in goal.atoms.iter().enumerate() {
            goal.sides.push(Side::new(k, a, false));
            if a.relation == Relation::Equal {
                goal.sides.push(Side::new(k, a, true));
            }
        }
        goal
    }

    /// Whether the goal is false everywhere, given the atoms that are.
    pub fn refuted(&self, dead: &[bool]) -> bool {
        self.judge(self.formula, dead, &mut 0, &mut Vec::new())
    }

    /// Sides of atoms that still decide something.
    pub fn relevant(&self, dead: &[bool]) -> Vec<usize> {
        let mut alive = Vec::new();
        self.judge(self.formula, dead, &mut 0, &mut alive);
        alive.sort_unstable();
        let all = 0..self.sides.len();
        all.filter(|&s| alive.binary_search(&self.sides[s].atom).is_ok()).collect()
    }

    /// Whether a part is refuted; if not, its atoms that are not dead and stand in no refuted part of
    /// it are added to `alive`. `next` is the number of its first atom, and then that behind its last.
    fn judge(
        &self,
        part: &Formula,
        dead: &[bool],
        next: &mut usize,
        alive: &mut Vec<usize>,
    ) -> bool {
        let before = alive.len();
        let refuted = match part {
            Formula::Atom(_) => {
                let k = *next;
                *next += 1;
                if !dead[k] {
                    alive.push(k);
                }
                dead[k]
            }
            Formula::All(parts) => {
                parts.iter().fold(false, |r, p| self.judge(p, dead, next, alive) | r)
            }
            Formula::Any(parts) => {
                parts.iter().fold(true, |r, p| self.judge(p, dead, next, alive) & r)
            }
        };
        if refuted {
            alive.truncate(before);
        }
        refuted
    }

    /// The conjunctions whose disjunction the goal is, as lists of sides; none if there are more than
    /// `most`.
    pub fn conjunctions(&self, most: usize) -> Option<Vec<Vec<usize>>> {
        let parts = self.formula.conjunctions(most)?;
        // The atoms are the same objects, so that they are known by where they are.
        let address = |a: &Atom| std::ptr::from_ref(a) as usize;
        let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (s, side) in self.sides.iter().enumerate() {
            places.entry(address(self.atoms[side.atom])).or_default().push(s);
        }
        let sides = |part: &Vec<&Atom>| -> Vec<usize> {
            part.iter().filter_map(|a| places.get(&address(a))).flatten().copied().collect()
        };
        Some(parts.iter().map(sides).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::verify::Variable;

    fn atom(k: f64, relation: Relation) -> Formula {
        let terms = vec![(Variable::Output(0), Interval::point(1.0))];
        Formula::Atom(Atom { terms, relation, constant: Interval::point(k), line: 0 })
    }

    #[test]
    fn parts_that_are_refuted_do_not_matter() {
        let low = |k| atom(k, Relation::AtMost);
        let formula = Formula::Any(vec![
            Formula::All(vec![low(0.0), Formula::Any(vec![low(1.0), low(2.0)])]),
            Formula::All(vec![low(3.0), low(4.0)]),
        ]);
        let goal = Goal::new(&formula);
        let dead = |all: &[usize]| -> Vec<bool> { (0..5).map(|k| all.contains(&k)).collect() };
        assert_eq!(goal.relevant(&dead(&[])), [0, 1, 2, 3, 4]);
        assert_eq!(goal.relevant(&dead(&[1])), [0, 2, 3, 4]);
        assert_eq!(goal.relevant(&dead(&[1, 2])), [3, 4]);
        assert_eq!(goal.relevant(&dead(&[4])), [0, 1, 2]);
        assert!(!goal.refuted(&dead(&[1, 2])) && !goal.refuted(&dead(&[3, 4, 1])));
        assert!(goal.refuted(&dead(&[0, 4])) && goal.relevant(&dead(&[0, 4])).is_empty());
        let parts = goal.conjunctions(10).unwrap();
        assert_eq!(parts, [vec![0, 1], vec![0, 2], vec![3, 4]]);
        assert!(goal.conjunctions(2).is_none());
        assert!(!Goal::new(&Formula::TRUE).refuted(&[]) && Goal::new(&Formula::FALSE).refuted(&[]));
    }

    #[test]
    fn relations_have_their_sides() {
        let formula = Formula::All(vec![
            atom(1.0, Relation::AtMost),
            atom(1.0, Relation::Below),
            atom(1.0, Relation::Equal),
        ]);
        let goal = Goal::new(&formula);
        assert_eq!(goal.sides.iter().map(|s| s.atom).collect::<Vec<_>>(), [0, 1, 2, 2]);
        assert!(!goal.sides[0].excludes(1.0) && goal.sides[0].excludes(1.5));
        assert!(goal.sides[1].excludes(1.0) && !goal.sides[1].excludes(0.5));
        assert!(!goal.sides[2].excludes(1.0) && goal.sides[2].excludes(1.5));
        // -y > -1 where y is below 1.
        assert!(!goal.sides[3].excludes(-1.0) && goal.sides[3].excludes(-0.5));
        assert!(goal.sides.iter().all(|s| !s.excludes(f64::NEG_INFINITY) && !s.excludes(f64::NAN)));
    }
}
