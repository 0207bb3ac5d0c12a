//! Bounds over the runs that are at least as bad as one already replayed.
//!
//! Once an attack with (minimised) goal value `c` has been replayed, only runs with `goal <= c`
//! matter: whoever proves that none of them goes below `b` has proved `min(b, c)`. The families of
//! [`super::families`] say which attacks can be that bad: families are split and bounded, those
//! whose bound passes `c` are dropped, and what the others have in common holds in every run that
//! matters: the fate of most samples, the side of most switches.

use super::families::{Family, Groups, Memory};
use super::flips::{LinearFlips, Pass, Status};
use super::interval::Interval;

/// What the runs at least as bad as the cutoff have in common.
#[derive(Clone, Debug)]
pub struct Restricted {
    /// Fate of every sample in all those runs.
    pub status: Vec<Status>,
    /// Scores in those runs, laid out as in [`Pass`].
    pub pass: Pass,
}

/// Most families that are bounded. A number, not a time: the result must not depend on the clock.
const MOST: usize = 20_000;

/// Tightens over the runs with minimised goal `<= cutoff`. `None` if there is none: then the
/// cutoff itself is a lower bound of the goal.
#[must_use]
pub fn restrict(flips: &LinearFlips, cutoff: f64) -> Option<Restricted> {
    let mut pass = flips.pass(&flips.free(), flips.budget)?;
    let (families, low) = survivors(flips, cutoff);
    let first = families.first()?;
    let mut status = first.status.clone();
    for family in &families {
        for (all, one) in status.iter_mut().zip(&family.status) {
            if *all != *one {
                *all = Status::Free;
            }
        }
    }
    for t in 0..flips.steps {
        for i in 0..flips.samples {
            narrow(flips, &families, &mut pass, &status, t, i);
        }
    }
    let lo = pass.goal.lo.max(low).min(cutoff);
    pass.goal = Interval { lo, hi: pass.goal.hi.min(cutoff).max(lo) };
    Some(Restricted { status, pass })
}

/// Families that together hold every attack with a goal of at most the cutoff, and the least of
/// their bounds.
fn survivors(flips: &LinearFlips, cutoff: f64) -> (Vec<Family>, f64) {
    let groups = Groups::new(flips);
    let mut memory = Memory::default();
    let mut bounded = 0;
    let mut keep = |family: Family, bounded: &mut usize| {
        let mut family = family;
        *bounded += 1;
        let low = flips.tighten(&groups, &mut family, &mut memory);
        (low <= cutoff).then_some((low, family))
    };
    let most = flips.budget.min(groups.size(0));
    let mut open: Vec<(f64, Family)> =
        (0..=most).filter_map(|count| keep(groups.family(flips, count), &mut bounded)).collect();
    loop {
        let mut next = Vec::new();
        let mut split = false;
        for (low, family) in open {
            match groups.widest(&family) {
                Some(at) if bounded < MOST => {
                    split = true;
                    let parts = groups.split(&family, at);
                    next.extend(parts.into_iter().filter_map(|part| keep(part, &mut bounded)));
                }
                Some(_) | None => next.push((low, family)),
            }
        }
        open = next;
        if !split {
            break;
        }
    }
    let low = open.iter().map(|f| f.0).fold(f64::INFINITY, f64::min);
    (open.into_iter().map(|f| f.1).collect(), low)
}

/// Confines the score of sample `i` before step `t + 1` to the side of its switch on which it lies
/// in every family.
fn narrow(
    flips: &LinearFlips,
    families: &[Family],
    pass: &mut Pass,
    status: &[Status],
    t: usize,
    i: usize,
) {
    let (mut clean, mut touched) = (Side::Unseen, Side::Unseen);
    for family in families {
        let [a, b, c, d] = family.weights(flips, t, i);
        if family.status[i] != Status::Touched {
            clean = clean.see(a, b);
        }
        if family.status[i] != Status::Clean {
            touched = touched.see(c, d);
        }
    }
    let at = t * flips.samples + i;
    let y = flips.labels[i];
    pass.clean[at] = clean.confine(pass.clean[at], y, flips.kink);
    if flips.flip && !flips.delete {
        pass.touched[at] = touched.confine(pass.touched[at], -y, flips.kink);
    }
    pass.scores[at] = match status[i] {
        Status::Clean => pass.clean[at],
        Status::Touched => pass.touched[at],
        Status::Free => pass.clean[at].hull(pass.touched[at]),
    };
}

/// The side of a switch over several families.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Side {
    /// No family has this case.
    Unseen,
    /// The loss is active in all of them.
    Active,
    /// In none of them.
    Inactive,
    /// It differs, or is open in one.
    Open,
}

impl Side {
    /// One more family, with bounds of the gradient weight.
    fn see(self, lo: f64, hi: f64) -> Side {
        let here = match (lo == hi, lo == 0.0) {
            (true, true) => Side::Inactive,
            (true, false) => Side::Active,
            (false, _) => Side::Open,
        };
        if self == Side::Unseen || self == here { here } else { Side::Open }
    }

    /// The part of a score's range on this side, for label `y` and the kink of `y * score`.
    fn confine(self, score: Interval, y: f64, kink: f64) -> Interval {
        let m = score.scale(y);
        let m = match self {
            Side::Active => Interval { lo: m.lo, hi: m.hi.min(kink.next_down()) },
            Side::Inactive => Interval { lo: m.lo.max(kink.next_up()), hi: m.hi },
            Side::Unseen | Side::Open => m,
        };
        // Where rounding leaves nothing, the case cannot happen and any range will do.
        if m.lo <= m.hi { m.scale(y) } else { score }
    }
}
