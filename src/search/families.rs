//! Searches over the families of a linear flip question that must be repeatable.
//!
//! The exhaustive search of [`super::exhaustive`] with a limit that counts work: what it finds is
//! the same on every machine. Where the best attack so far decides what is looked at next, one
//! thread works alone; below a fixed cutoff the order does not matter, nor does the number of
//! threads: all families that must be looked at are, or the work exceeds the limit.

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::branch::{Shared, explore};
use super::linear::{FastReplay, attack_of};
use crate::bounds::families::Groups;
use crate::bounds::flips::LinearFlips;
use crate::question::{Attack, Question};
use crate::train::ReplayError;

/// Greedy searches before the families, each from another first sample.
const STARTS: usize = 8;

/// Work of [`all_below`] before it gives up: several seconds.
const WORK_BELOW: u64 = 300_000_000;
/// Most sets that [`all_below`] lists.
const MOST_BELOW: usize = 1000;

/// Every set of touched samples that some attack takes to a minimised goal of at most `cutoff`, and
/// perhaps a few sets just above it, in order. `None` where they are too many, or where looking
/// through the families would take too long; that depends on the question alone.
#[must_use]
pub fn all_below(
    question: &Question,
    flips: &LinearFlips,
    cutoff: f64,
    cancel: Option<&AtomicBool>,
) -> Option<Vec<Vec<usize>>> {
    let mut shared = Shared::new(question, flips, FastReplay::new(question, flips).ok()?);
    shared.cancel = cancel;
    shared.allow(WORK_BELOW);
    // A replay in doubles may be off by this where no rounding can mislead a switch; where it can,
    // the replay is repeated in exact arithmetic.
    let allowance = 2.0 * flips.error(flips.steps, flips.samples);
    shared.collect(cutoff + allowance, MOST_BELOW);
    explore(&shared, &Groups::new(flips));
    Some(shared.into_collected()?.into_iter().collect())
}

/// The best attack that `work` finds.
///
/// # Errors
/// As [`FastReplay::new`].
pub(super) fn best(
    question: &Question,
    flips: &LinearFlips,
    work: u64,
    (deadline, cancel): (Option<Instant>, Option<&AtomicBool>),
) -> Result<Attack, ReplayError> {
    let mut shared = Shared::new(question, flips, FastReplay::new(question, flips)?);
    (shared.sequential, shared.deadline, shared.cancel) = (true, deadline, cancel);
    shared.try_set(&[]);
    shared.allow(work / 4);
    shared.greedy(STARTS);
    shared.allow(work);
    explore(&shared, &Groups::new(flips));
    let ((_, touched), _) = shared.finish();
    Ok(attack_of(question, &touched))
}
