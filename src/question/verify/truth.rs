//! Whether a formula holds, decided without rounding.

use dashu::rational::RBig;

use super::{Atom, Formula, Relation, Variable};
use crate::bounds::Interval;

/// What is known of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It holds nowhere in the set.
    No,
    /// Neither is known.
    Perhaps,
    /// It holds everywhere in the set, for all constants of its enclosures.
    Yes,
}

impl Atom {
    /// An enclosure of the left-hand side over a box of its variables.
    #[must_use]
    pub fn left(&self, value: impl Fn(Variable) -> Interval) -> Interval {
        self.terms.iter().map(|&(v, c)| c * value(v)).sum()
    }

    /// Whether it holds on a box of its variables.
    #[must_use]
    pub fn truth(&self, value: impl Fn(Variable) -> Interval) -> Truth {
        self.compare(self.left(value))
    }

    /// Whether it holds at a point. Sums are exact, so that only an enclosed constant can leave it
    /// undecided. Values must be finite.
    #[must_use]
    pub fn truth_at(&self, value: impl Fn(Variable) -> f64) -> Truth {
        let quick = self.truth(|v| Interval::point(value(v)));
        if quick != Truth::Perhaps {
            return quick;
        }
        self.truth_exact(|v| exact(value(v)))
    }

    /// Whether it holds at a rational point; undecided where a value is missing.
    #[must_use]
    pub fn truth_exact(&self, value: impl Fn(Variable) -> Option<RBig>) -> Truth {
        self.decide(value).unwrap_or(Truth::Perhaps)
    }

    fn decide(&self, value: impl Fn(Variable) -> Option<RBig>) -> Option<Truth> {
        // The least and the largest left-hand side.
        let (mut lo, mut hi) = (RBig::ZERO, RBig::ZERO);
        for &(v, c) in &self.terms {
            let x = value(v)?;
            let (a, b) = (exact(c.lo)? * &x, exact(c.hi)? * &x);
            let turned = a > b;
            lo += if turned { &b } else { &a };
            hi += if turned { &a } else { &b };
        }
        let (least, most) = (exact(self.constant.lo)?, exact(self.constant.hi)?);
        let (yes, no) = match self.relation {
            Relation::AtMost => (hi <= least, lo > most),
            Relation::Below => (hi < least, lo >= most),
            Relation::Equal => (lo == hi && least == most && lo == least, lo > most || hi < least),
        };
        Some(told(yes, no))
    }

    fn compare(&self, left: Interval) -> Truth {
        let k = self.constant;
        let apart = left.lo > k.hi || left.hi < k.lo;
        match self.relation {
            Relation::AtMost => told(left.hi <= k.lo, left.lo > k.hi),
            Relation::Below => told(left.hi < k.lo, left.lo >= k.hi),
            Relation::Equal => told(left.is_point() && k.is_point() && left == k, apart),
        }
    }
}

fn told(yes: bool, no: bool) -> Truth {
    match (yes, no) {
        (true, _) => Truth::Yes,
        (_, true) => Truth::No,
        _ => Truth::Perhaps,
    }
}

fn exact(x: f64) -> Option<RBig> {
    RBig::try_from(x).ok()
}

impl Formula {
    /// Whether it holds on a box of its variables. Every part is judged by itself: *perhaps* is
    /// always allowed.
    #[must_use]
    pub fn truth(&self, value: impl Fn(Variable) -> Interval + Copy) -> Truth {
        self.fold(&|atom| atom.truth(value))
    }

    /// Whether it holds at a point: inputs `x`, outputs `y`. An element that is missing or not
    /// finite leaves its atoms undecided.
    #[must_use]
    pub fn truth_at(&self, x: &[f64], y: &[f64]) -> Truth {
        let at = |v| match v {
            Variable::Input(i) => x.get(i as usize).copied(),
            Variable::Output(j) => y.get(j as usize).copied(),
        };
        self.fold(&|atom| {
            if atom.terms.iter().any(|t| !at(t.0).is_some_and(f64::is_finite)) {
                return Truth::Perhaps;
            }
            atom.truth_at(|v| at(v).unwrap_or(f64::NAN))
        })
    }

    /// The formula's truth from that of its atoms.
    pub fn fold(&self, atom: &impl Fn(&Atom) -> Truth) -> Truth {
        match self {
            Formula::Atom(a) => atom(a),
            Formula::All(parts) => {
                let mut worst = Truth::Yes;
                for part in parts {
                    worst = worst.min(part.fold(atom));
                    if worst == Truth::No {
                        break;
                    }
                }
                worst
            }
            Formula::Any(parts) => {
                let mut best = Truth::No;
                for part in parts {
                    best = best.max(part.fold(atom));
                    if best == Truth::Yes {
                        break;
                    }
                }
                best
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atom(terms: &[(u32, f64)], relation: Relation, constant: Interval) -> Formula {
        let terms = terms.iter().map(|&(j, c)| (Variable::Output(j), Interval::point(c))).collect();
        Formula::Atom(Atom { terms, relation, constant, line: 0 })
    }

    #[test]
    fn points_are_decided_exactly() {
        // 0.1 + 0.2 is more than 0.3 as doubles add, and as the doubles' real values do.
        let sum = atom(&[(0, 1.0), (1, 1.0)], Relation::AtMost, Interval::point(0.3));
        assert_eq!(sum.truth_at(&[], &[0.1, 0.2]), Truth::No);
        // 2^53 + 1 is rounded away by doubles.
        let big = 9_007_199_254_740_992.0;
        let tie = atom(&[(0, 1.0), (1, 1.0)], Relation::Below, Interval::point(big));
        assert_eq!(tie.truth_at(&[], &[big, 1.0]), Truth::No);
        assert_eq!(tie.truth_at(&[], &[big, -0.5]), Truth::Yes);
        let equal = atom(&[(0, 3.0)], Relation::Equal, Interval::point(0.3));
        assert_eq!(equal.truth_at(&[], &[0.1]), Truth::No);
        let enclosed = Interval::new(0.1_f64.next_down(), 0.1);
        let near = atom(&[(0, 1.0)], Relation::AtMost, enclosed);
        assert_eq!(near.truth_at(&[], &[0.1]), Truth::Perhaps);
        assert_eq!(near.truth_at(&[], &[0.1_f64.next_up()]), Truth::No);
        assert_eq!(near.truth_at(&[], &[0.1_f64.next_down()]), Truth::Yes);
        assert_eq!(near.truth_at(&[], &[f64::NAN]), Truth::Perhaps);
        assert_eq!(near.truth_at(&[], &[]), Truth::Perhaps);
    }

    #[test]
    fn parts_decide_the_whole() {
        let at_most = |c: f64| atom(&[(0, 1.0)], Relation::AtMost, Interval::point(c));
        let both = Formula::All(vec![at_most(1.0), at_most(2.0)]);
        let one = Formula::Any(vec![at_most(1.0), at_most(2.0)]);
        for (y, all, any) in [
            ((0.0, 1.0), Truth::Yes, Truth::Yes),
            ((1.5, 2.0), Truth::No, Truth::Yes),
            ((0.5, 2.0), Truth::Perhaps, Truth::Yes),
            ((0.5, 2.5), Truth::Perhaps, Truth::Perhaps),
            ((2.5, 2.5), Truth::No, Truth::No),
        ] {
            let y = Interval::new(y.0, y.1);
            assert_eq!(both.truth(|_| y), all, "{y:?}");
            assert_eq!(one.truth(|_| y), any, "{y:?}");
        }
        assert_eq!(Formula::All(Vec::new()).truth_at(&[], &[]), Truth::Yes);
        assert_eq!(Formula::Any(Vec::new()).truth_at(&[], &[]), Truth::No);
    }
}
