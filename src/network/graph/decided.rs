//! What enclosures of its operands decide of an operation: which operand it is, or that it is a
//! number.
//!
//! Bounds, demand and encoding must not disagree here: what one of them takes for unread has no value
//! for the others.

use super::Unary;
use crate::bounds::Interval;

/// `slope x + bias`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Factor of the argument.
    pub slope: f64,
    /// What is added.
    pub bias: f64,
}

impl Line {
    /// The same number everywhere.
    #[must_use]
    pub fn constant(bias: f64) -> Self {
        Line { slope: 0.0, bias }
    }

    /// Whether it is the same number everywhere.
    #[must_use]
    pub fn is_constant(self) -> bool {
        self.slope == 0.0
    }
}

/// Whether the condition of an [`Op::Choose`](super::Op::Choose) holds for all, for none, or for some
/// of `c`.
#[must_use]
pub fn holds(c: Interval, at_zero: bool) -> Option<bool> {
    if c.lo > 0.0 || (at_zero && c.lo >= 0.0) {
        Some(true)
    } else if c.hi < 0.0 || (!at_zero && c.hi <= 0.0) {
        Some(false)
    } else {
        None
    }
}

/// Members of an [`Op::Max`](super::Op::Max) that may be the largest, given the ranges `x` of the
/// operand's elements: the one with the highest lower end (of equal ones that with the highest upper
/// end, of equal ones the first), and those that can exceed that lower end.
pub fn contenders<'a>(members: &'a [u32], x: &'a [Interval]) -> impl Iterator<Item = u32> + 'a {
    let ends = |e: u32| (x[e as usize].lo, x[e as usize].hi);
    let top = members.iter().copied().reduce(|a, b| if ends(b) > ends(a) { b } else { a });
    let floor = top.map_or(f64::INFINITY, |t| ends(t).0);
    members.iter().copied().filter(move |&e| Some(e) == top || ends(e).1 > floor)
}

impl Unary {
    /// The affine function that this one is on `x`, if it is one.
    #[must_use]
    pub fn line(self, x: Interval) -> Option<Line> {
        let through = |slope| Some(Line { slope, bias: 0.0 });
        let constant = |c| Some(Line::constant(c));
        match self {
            Unary::Relu if x.lo >= 0.0 => through(1.0),
            Unary::Relu if x.hi <= 0.0 => constant(0.0),
            Unary::Leaky { .. } if x.lo >= 0.0 => through(1.0),
            Unary::Leaky { slope } if x.hi <= 0.0 || slope == 1.0 => through(slope),
            Unary::Clip { lo, .. } if x.hi <= lo => constant(lo),
            Unary::Clip { hi, .. } if x.lo >= hi => constant(hi),
            Unary::Clip { lo, hi } if x.lo >= lo && x.hi <= hi => through(1.0),
            Unary::Abs if x.lo >= 0.0 => through(1.0),
            Unary::Abs if x.hi <= 0.0 => through(-1.0),
            Unary::Step { below, at, above } => {
                let range = step(x, below, at, above);
                if range.is_point() { constant(range.lo) } else { None }
            }
            Unary::Threshold { threshold } if x.lo > threshold => through(1.0),
            Unary::Threshold { threshold } if x.hi <= threshold => constant(0.0),
            Unary::Relu
            | Unary::Leaky { .. }
            | Unary::Clip { .. }
            | Unary::Abs
            | Unary::Threshold { .. }
            | Unary::Smooth(_) => None,
        }
    }
}

/// The values that a step takes on `x`.
#[must_use]
pub fn step(x: Interval, below: f64, at: f64, above: f64) -> Interval {
    let taken = [(x.lo < 0.0, below), (x.contains(0.0), at), (x.hi > 0.0, above)];
    let taken = taken.into_iter().filter(|t| t.0).map(|t| Interval::point(t.1));
    taken.reduce(Interval::hull).unwrap_or(Interval::ALL)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDS: [f64; 5] = [-2.0, -1.0, 0.0, 1.0, 2.0];

    fn ranges() -> impl Iterator<Item = Interval> {
        let all = ENDS.into_iter().flat_map(|lo| ENDS.map(|hi| Interval { lo, hi }));
        all.filter(|x| x.lo <= x.hi)
    }

    /// Halves within a range: two and more of them wherever it is no point.
    fn within(x: Interval) -> impl Iterator<Item = f64> {
        (-4..=4).map(|k| 0.5 * f64::from(k)).filter(move |v| x.contains(*v))
    }

    #[test]
    fn a_line_is_found_where_all_points_lie_on_one() {
        type Reference = fn(f64) -> f64;
        let all: [(Unary, Reference); 7] = [
            (Unary::Relu, |v| v.max(0.0)),
            (Unary::Abs, f64::abs),
            (Unary::Leaky { slope: 0.25 }, |v| if v < 0.0 { 0.25 * v } else { v }),
            (Unary::Leaky { slope: 1.0 }, |v| v),
            (Unary::Clip { lo: -1.0, hi: 1.0 }, |v| v.clamp(-1.0, 1.0)),
            (
                Unary::Step { below: -1.0, at: 1.0, above: 1.0 },
                |v| if v < 0.0 { -1.0 } else { 1.0 },
            ),
            (Unary::Threshold { threshold: 1.0 }, |v| if v > 1.0 { v } else { 0.0 }),
        ];
        for (f, reference) in all {
            for x in ranges() {
                let points: Vec<(f64, f64)> = within(x).map(|v| (v, reference(v))).collect();
                let (first, last) = (points[0], points[points.len() - 1]);
                let slope = |a: (f64, f64), b: (f64, f64)| (b.1 - a.1) / (b.0 - a.0);
                let one =
                    |p: &&(f64, f64)| p.0 != first.0 && slope(first, **p) != slope(first, last);
                let straight = points.iter().find(one).is_none();
                let found = f.line(x);
                assert_eq!(found.is_some(), straight, "{f:?} on {x:?}");
                for (v, y) in points.into_iter().filter(|_| straight) {
                    let line = found.unwrap_or(Line::constant(f64::NAN));
                    assert_eq!(line.slope * v + line.bias, y, "{f:?} on {x:?} at {v}");
                }
            }
        }
    }

    #[test]
    fn a_choice_is_decided_where_all_points_agree() {
        for (x, at_zero) in ranges().flat_map(|x| [(x, true), (x, false)]) {
            let mut all: Vec<bool> = within(x).map(|v| v > 0.0 || (at_zero && v == 0.0)).collect();
            all.dedup();
            let expected = if let [one] = all[..] { Some(one) } else { None };
            assert_eq!(holds(x, at_zero), expected, "{x:?} {at_zero}");
        }
    }

    #[test]
    fn the_largest_of_contenders_is_the_largest_of_all() {
        let members = [0, 1, 2];
        for (a, b, c) in
            ranges().flat_map(|a| ranges().flat_map(move |b| ranges().map(move |c| (a, b, c))))
        {
            let x = [a, b, c];
            let kept: Vec<u32> = contenders(&members, &x).collect();
            let floor = x.iter().map(|v| v.lo).fold(f64::NEG_INFINITY, f64::max);
            // Whoever is left out never exceeds one that is kept.
            for left in members.iter().filter(|m| !kept.contains(m)) {
                assert!(kept.iter().any(|k| x[*left as usize].hi <= x[*k as usize].lo), "{x:?}");
            }
            // Whoever is kept can be the largest.
            assert!(kept.iter().all(|k| x[*k as usize].hi >= floor), "{x:?} {kept:?}");
        }
    }
}
