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
    /// Bounds over all runs with these fates.
    pub pass: Pass,
    /// Whether the loss of a sample is active in all those runs, with the clean and with the
    /// flipped label, laid out as [`Pass::scores`]. A program that fixes a switch by this must also
    /// require the side, or it would follow runs above the cutoff wrongly.
    pub sides: Vec<[Option<bool>; 2]>,
}

/// Most families that are bounded. A number, not a time: the result must not depend on the clock.
const MOST: usize = 20_000;

/// Tightens over the runs with minimised goal `<= cutoff`. `None` if there is none: then the
/// cutoff itself is a lower bound of the goal.
#[must_use]
pub fn restrict(flips: &LinearFlips, cutoff: f64) -> Option<Restricted> {
    let (families, low) = survivors(flips, cutoff);
    common(flips, cutoff, &families, low)
}

/// As [`restrict`], where it is known that only the attacks that touch exactly the samples of one
/// of `sets` have a goal of at most the cutoff.
#[must_use]
pub fn restrict_to(flips: &LinearFlips, cutoff: f64, sets: &[Vec<usize>]) -> Option<Restricted> {
    let groups = Groups::new(flips);
    let mut memory = Memory::default();
    let mut low = f64::INFINITY;
    let families: Vec<Family> = sets
        .iter()
        .map(|set| {
            let mut family = Groups::single(flips, set);
            low = low.min(flips.tighten(&groups, &mut family, &mut memory));
            family
        })
        .collect();
    common(flips, cutoff, &families, low)
}

/// What `families` have in common, which hold every attack with a goal of at most the cutoff and
/// have bounds of at least `low`.
fn common(flips: &LinearFlips, cutoff: f64, families: &[Family], low: f64) -> Option<Restricted> {
    let first = families.first()?;
    let mut status = first.status.clone();
    for family in families {
        for (all, one) in status.iter_mut().zip(&family.status) {
            if *all != *one {
                *all = Status::Free;
            }
        }
    }
    let mut pass = flips.pass(&status, flips.budget)?;
    let places = (0..flips.steps).flat_map(|t| (0..flips.samples).map(move |i| (t, i)));
    let sides = places.map(|(t, i)| sides(flips, families, t, i)).collect();
    let lo = pass.goal.lo.max(low).min(cutoff);
    pass.goal = Interval { lo, hi: pass.goal.hi.min(cutoff).max(lo) };
    Some(Restricted { status, pass, sides })
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

/// Whether the loss of sample `i` is active at step `t + 1` in every family, with the clean and
/// with the flipped label.
fn sides(flips: &LinearFlips, families: &[Family], t: usize, i: usize) -> [Option<bool>; 2] {
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
    let flipped = if flips.flip && !flips.delete { touched.active() } else { None };
    [clean.active(), flipped]
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

    /// Whether it is active, if that is the same in all families.
    fn active(self) -> Option<bool> {
        match self {
            Side::Active => Some(true),
            Side::Inactive => Some(false),
            Side::Unseen | Side::Open => None,
        }
    }
}
