//! What readers misread, refuse or need, each with the probe that shows it.
//!
//! A probe is a tiny file in `probes/`; `outcomes.txt` there holds what each reader, of which
//! version, made of it. A quirk concerns every target whose reader did not take its probe for what
//! it says. What stands in our files instead holds for all targets, so that one file serves many
//! readers; where a target differs, its capabilities say so.

mod lp;
mod mps;
mod nl;
mod outcomes;

pub use outcomes::{Outcome, Probe, probes};

use super::Target;

/// One trap of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quirk {
    /// The file in `probes/` that shows it.
    pub probe: &'static str,
    /// What the probe does.
    pub words: &'static str,
    /// What our files do.
    pub instead: &'static str,
}

/// All quirks: of LP files, MPS files, NL files.
pub fn all() -> impl Iterator<Item = &'static Quirk> {
    lp::QUIRKS.iter().chain(mps::QUIRKS).chain(nl::QUIRKS)
}

/// A quirk that concerns a target, and what that target's readers make of its probe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// The quirk.
    pub quirk: &'static Quirk,
    /// The outcomes that are not the right answer.
    pub outcomes: Vec<Outcome>,
}

impl Target {
    /// The quirks of its format that one of its readers has.
    #[must_use]
    pub fn quirks(self) -> Vec<Concern> {
        let (probes, ending) = (probes(), format!(".{}", self.format().extension()));
        let own = all().filter(|q| ending.len() > 1 && q.probe.ends_with(&ending));
        let concern = |quirk: &'static Quirk| {
            let probe = probes.iter().find(|p| p.name == quirk.probe)?;
            let wrong = probe
                .outcomes
                .iter()
                .filter(|o| self.reader_keys().contains(&o.reader) && !o.is_right());
            let outcomes: Vec<Outcome> = wrong.copied().collect();
            (!outcomes.is_empty()).then_some(Concern { quirk, outcomes })
        };
        own.filter_map(concern).collect()
    }
}
