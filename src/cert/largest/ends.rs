//! Bisection between the largest radius that is certified and the smallest that is attacked.

use std::collections::BTreeSet;

/// What came of a radius.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// No attack exists within it.
    Certified,
    /// An attack exists within it.
    Attacked,
    /// Neither is known.
    Open,
}

/// What is known of the radii with the numbers `0..=most`. Certified ones lie below all attacked ones, and the
/// open ones of interest between the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    most: u32,
    inside: Option<u32>,
    outside: Option<u32>,
    open: BTreeSet<u32>,
}

impl Ends {
    /// Nothing is known.
    #[must_use]
    pub fn new(most: u32) -> Self {
        Ends { most, inside: None, outside: None, open: BTreeSet::new() }
    }

    /// The largest radius that is certified.
    #[must_use]
    pub fn inside(&self) -> Option<u32> {
        self.inside
    }

    /// The smallest radius that is attacked.
    #[must_use]
    pub fn outside(&self) -> Option<u32> {
        self.outside
    }

    /// Takes what came of a radius.
    pub fn take(&mut self, k: u32, outcome: Outcome) {
        match outcome {
            Outcome::Certified => self.inside = self.inside.max(Some(k)),
            Outcome::Attacked => self.outside = Some(self.outside.map_or(k, |o| o.min(k))),
            Outcome::Open => {
                self.open.insert(k);
            }
        }
    }

    /// Gives up the certified end, which a replayed attack shows to be wrong; that radius stays open.
    pub fn withdraw(&mut self) {
        self.open.extend(self.inside.take());
    }

    /// The gaps that bisection still goes into, as numbers that their members lie strictly between: from the certified
    /// radius to the first open one, and from the last open one to the attacked one.
    fn gaps(&self) -> [(i64, i64); 2] {
        let low = self.inside.map_or(-1, i64::from);
        let high = self.outside.map_or(i64::from(self.most) + 1, i64::from);
        let mut open = self.open.iter().map(|k| i64::from(*k)).filter(|k| (low..high).contains(k));
        let first = open.next();
        let last = open.next_back().or(first);
        match (first, last) {
            (Some(first), Some(last)) => [(low, first), (last, high)],
            _ => [(low, high), (high, high)],
        }
    }

    /// The radius to try next: first the largest of all, then the middle of the gap below the open ones,
    /// then that of the gap above them. None where neither gap holds one.
    #[must_use]
    pub fn next(&self) -> Option<u32> {
        if self.inside.is_none() && self.outside.is_none() && self.open.is_empty() {
            return Some(self.most);
        }
        let (low, high) = self.gaps().into_iter().find(|(low, high)| high - low > 1)?;
        u32::try_from(low + (high - low) / 2).ok()
    }

    /// How many radii bisection still tries, if none of them stays open.
    #[must_use]
    pub fn left(&self) -> u32 {
        let steps = |(low, high): (i64, i64)| match u64::try_from(high - low) {
            Ok(width) if width > 1 => u64::BITS - (width - 1).leading_zeros(),
            Ok(_) | Err(_) => 0,
        };
        self.gaps().into_iter().map(steps).sum()
    }

    /// Whether no radius lies between the ends, so that the largest one is known.
    #[must_use]
    pub fn meet(&self) -> bool {
        let high = self.outside.unwrap_or(self.most + 1);
        self.inside.map_or(0, |k| k + 1) == high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every threshold among a few radii is found with as many trials as halving needs, and the one for all.
    #[test]
    fn bisection_finds_every_threshold() {
        for most in 1..40_u32 {
            for robust in 0..=most + 1 {
                let mut ends = Ends::new(most);
                let mut tried = 0;
                while let Some(k) = ends.next() {
                    let outcome = if k < robust { Outcome::Certified } else { Outcome::Attacked };
                    let before = ends.left();
                    ends.take(k, outcome);
                    assert!(tried == 0 || ends.left() < before);
                    tried += 1;
                }
                assert_eq!(ends.inside(), robust.checked_sub(1));
                assert_eq!(ends.outside(), (robust <= most).then_some(robust));
                assert!(ends.meet());
                assert!(tried <= 1 + u32::BITS - most.leading_zeros(), "{most}: {tried}");
            }
        }
    }

    /// Where radii between two thresholds stay open, the search comes next to both sides of what is open.
    #[test]
    fn open_radii_are_left_between_the_ends() {
        for most in 1..30_u32 {
            for robust in 0..=most + 1 {
                for broken in robust..=most + 1 {
                    let mut ends = Ends::new(most);
                    let mut tried = BTreeSet::new();
                    while let Some(k) = ends.next() {
                        assert!(tried.insert(k), "{k} twice");
                        ends.take(
                            k,
                            match k {
                                k if k < robust => Outcome::Certified,
                                k if k >= broken => Outcome::Attacked,
                                _ => Outcome::Open,
                            },
                        );
                    }
                    assert_eq!(ends.inside(), robust.checked_sub(1), "{most} {robust} {broken}");
                    assert_eq!(ends.outside(), (broken <= most).then_some(broken));
                    assert_eq!(ends.meet(), robust == broken);
                }
            }
        }
    }

    #[test]
    fn an_attack_that_is_nearer_than_asked_moves_the_end() {
        let mut ends = Ends::new(100);
        ends.take(100, Outcome::Attacked);
        ends.take(3, Outcome::Attacked);
        assert_eq!((ends.next(), ends.left()), (Some(1), 2));
    }
}
