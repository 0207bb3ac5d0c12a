//! Boxes made smaller by the linear rows over them.

use super::range::Range;
use super::{Atom, Relation, Variable};
use crate::bounds::Interval;
use crate::bounds::interval::{add_down, add_up};

/// Rows tighten the box at most so often.
const PASSES: usize = 8;

/// Tightens the box by its rows. Returns whether it is not empty.
pub(super) fn tightened(rows: &[&Atom], ends: &mut [(f64, f64)]) -> bool {
    for _ in 0..PASSES {
        let mut changed = false;
        for row in rows {
            let equal = row.relation == Relation::Equal;
            for turned in [false, true] {
                if !turned || equal {
                    match tighten(row, turned, ends) {
                        Some(moved) => changed |= moved,
                        None => return false,
                    }
                }
            }
        }
        if !changed {
            break;
        }
    }
    true
}

/// Applies `sum c x <= k`, with all signs turned if so. Returns whether an end moved noticeably,
/// or none if the box is empty.
fn tighten(row: &Atom, turned: bool, ends: &mut [(f64, f64)]) -> Option<bool> {
    let sign = |i: Interval| if turned { -i } else { i };
    let k = sign(row.constant).hi;
    let input = |v| match v {
        Variable::Input(i) | Variable::Output(i) => i as usize,
    };
    let least = |c: Interval, (lo, hi): (f64, f64)| (c * Interval::new(lo, hi)).lo;
    let mut sum = 0.0;
    let mut infinite = 0;
    for &(v, c) in &row.terms {
        let low = least(sign(c), ends[input(v)]);
        match low.is_finite() {
            true => sum = add_down(sum, low),
            false => infinite += 1,
        }
    }
    let mut changed = false;
    for &(v, c) in &row.terms {
        let (c, (lo, hi)) = (sign(c), ends[input(v)]);
        let low = least(c, (lo, hi));
        let others = match (infinite, low.is_finite()) {
            (0, _) => add_down(sum, -low),
            (1, false) => sum,
            _ => continue,
        };
        let most = Interval::point(add_up(k, -others));
        let probe = Atom {
            terms: vec![(Variable::Input(0), c)],
            relation: Relation::AtMost,
            constant: most,
            line: 0,
        };
        let Some((_, range)) = Range::of(&probe) else { continue };
        let (a, b) = range.outer();
        let now = (lo.max(a), hi.min(b));
        let gain = |before: f64, after: f64| {
            !before.is_finite() || (after - before).abs() > 0.01 * (hi - lo)
        };
        if (now.0 > lo && gain(lo, now.0)) || (now.1 < hi && gain(hi, now.1)) || now.0 > now.1 {
            ends[input(v)] = now;
            changed = true;
        }
        if now.0 > now.1 {
            return None;
        }
    }
    Some(changed)
}
