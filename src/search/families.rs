//! A search for attacks over the families of a linear flip question.
//!
//! The exhaustive search of [`super::exhaustive`], by one thread and with a limit that counts work:
//! what it finds before the limit is the same on every machine.

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
