//! What single atoms say of one input: its range, seen from outside and from inside.

use super::{Atom, Relation, Variable};
use crate::bounds::Interval;

/// An upper end of a quantity, known up to an enclosure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct End {
    /// Nothing above it is in the set.
    outer: f64,
    /// `outer` itself is not in the set either.
    open: bool,
    /// Everything up to it is in the set, as far as this end goes.
    inner: f64,
}

impl End {
    const NONE: End = End { outer: f64::INFINITY, open: false, inner: f64::INFINITY };

    fn new(end: Interval, strict: bool) -> Self {
        if strict {
            End { outer: end.hi, open: end.is_point(), inner: end.lo.next_down() }
        } else {
            End { outer: end.hi, open: false, inner: end.lo }
        }
    }

    fn meet(self, other: End) -> End {
        let open = match self.outer.total_cmp(&other.outer) {
            std::cmp::Ordering::Less => self.open,
            std::cmp::Ordering::Greater => other.open,
            std::cmp::Ordering::Equal => self.open || other.open,
        };
        End { outer: self.outer.min(other.outer), open, inner: self.inner.min(other.inner) }
    }

    fn join(self, other: End) -> End {
        let open = match self.outer.total_cmp(&other.outer) {
            std::cmp::Ordering::Greater => self.open,
            std::cmp::Ordering::Less => other.open,
            std::cmp::Ordering::Equal => self.open && other.open,
        };
        End { outer: self.outer.max(other.outer), open, inner: self.inner.max(other.inner) }
    }
}

/// The range of an input: an upper end of it, and one of its negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    above: End,
    below: End,
}

impl Range {
    pub const ALL: Range = Range { above: End::NONE, below: End::NONE };

    /// The input that an atom bounds, if it is one alone and the sign of its coefficient is known.
    pub fn of(atom: &Atom) -> Option<(u32, Range)> {
        let &[(Variable::Input(i), c)] = atom.terms.as_slice() else { return None };
        if c.contains(0.0) {
            return None;
        }
        let end = quotient(atom.constant, c);
        let strict = atom.relation == Relation::Below;
        let above = End::new(end, strict);
        let below = End::new(-end, strict);
        Some((
            i,
            match atom.relation {
                Relation::Equal => Range { above, below },
                Relation::AtMost | Relation::Below if c.lo > 0.0 => {
                    Range { above, below: End::NONE }
                }
                Relation::AtMost | Relation::Below => Range { above: End::NONE, below },
            },
        ))
    }

    pub fn meet(self, other: Range) -> Range {
        Range { above: self.above.meet(other.above), below: self.below.meet(other.below) }
    }

    pub fn join(self, other: Range) -> Range {
        Range { above: self.above.join(other.above), below: self.below.join(other.below) }
    }

    /// Every real value of the input lies in it.
    pub fn outer(self) -> (f64, f64) {
        // Adding zero makes a negative zero a plain one.
        (-self.below.outer + 0.0, self.above.outer + 0.0)
    }

    /// Every double between these is a value of the input; there may be none.
    pub fn inner(self) -> (f64, f64) {
        (-self.below.inner + 0.0, self.above.inner + 0.0)
    }

    /// Whether there is certainly no value.
    pub fn is_empty(self) -> bool {
        let (lo, hi) = self.outer();
        lo > hi || (lo == hi && (self.above.open || self.below.open))
    }

    /// The bits that tell it from others.
    pub fn bits(self) -> [u64; 5] {
        let bits = |e: End| [e.outer.to_bits(), e.inner.to_bits()];
        let ([a, b], [c, d]) = (bits(self.above), bits(self.below));
        [a, b, c, d, u64::from(self.above.open) | u64::from(self.below.open) << 1]
    }
}

/// An enclosure of `k / c`, where `c` does not contain zero.
fn quotient(k: Interval, c: Interval) -> Interval {
    let (k, c) = if c.lo > 0.0 { (k, c) } else { (-k, -c) };
    if c.is_point() && c.lo == 1.0 {
        return k;
    }
    k.divide(c.lo).hull(k.divide(c.hi))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(c: f64, relation: Relation, k: Interval) -> Range {
        let terms = vec![(Variable::Input(4), Interval::point(c))];
        let found = Range::of(&Atom { terms, relation, constant: k, line: 0 });
        assert_eq!(found.map(|f| f.0), Some(4));
        found.unwrap().1
    }

    #[test]
    fn ends_are_seen_from_both_sides() {
        let tenth = Interval::new(0.1_f64.next_down(), 0.1);
        let up = range(1.0, Relation::AtMost, tenth);
        assert_eq!(up.outer(), (f64::NEG_INFINITY, 0.1));
        assert_eq!(up.inner(), (f64::NEG_INFINITY, 0.1_f64.next_down()));
        let down = range(-2.0, Relation::Below, Interval::point(1.0));
        assert_eq!(down.outer(), (-0.5, f64::INFINITY));
        assert_eq!(down.inner(), ((-0.5_f64).next_up(), f64::INFINITY));
        let third = range(3.0, Relation::Equal, Interval::point(1.0));
        let (lo, hi) = third.outer();
        assert!(lo < hi && hi <= lo.next_up().next_up() && lo <= 1.0 / 3.0 && 1.0 / 3.0 <= hi);
        assert!(third.inner().0 > third.inner().1);
        assert!(!third.is_empty());
        let half = range(1.0, Relation::Equal, Interval::point(0.5));
        assert_eq!((half.outer(), half.inner()), ((0.5, 0.5), (0.5, 0.5)));
        let free = Atom {
            terms: vec![(Variable::Input(0), Interval::new(-1.0, 1.0))],
            relation: Relation::AtMost,
            constant: Interval::ZERO,
            line: 0,
        };
        assert_eq!(Range::of(&free), None);
    }

    #[test]
    fn open_ends_make_a_point_empty() {
        let half = Interval::point(0.5);
        let at_least = range(-1.0, Relation::AtMost, -half);
        let below = range(1.0, Relation::Below, half);
        let at_most = range(1.0, Relation::AtMost, half);
        assert!(at_least.meet(below).is_empty());
        assert!(!at_least.meet(at_most).is_empty());
        assert!(at_least.meet(at_most).meet(below).is_empty());
        assert!(!at_least.meet(at_most.join(below)).is_empty());
        assert_eq!(below.meet(range(1.0, Relation::AtMost, Interval::ZERO)).outer().1, 0.0);
    }
}
