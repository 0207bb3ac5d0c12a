//! What is known of a question without a search.

use super::analysis::{Analysis, Part};
use super::cuts::Rounds;
use super::layerwise::LayerCuts;
use super::record::Found;
use super::search::in_units;
use crate::encode::verify::VerifyProgram;

/// The bounds of a question, the nearest point, and the programs of what is open.
#[derive(Clone, Debug)]
pub struct Study {
    /// What bounds alone say.
    pub analysis: Analysis,
    /// The point that the search by replay found: an attack, or what came nearest to one.
    pub start: Option<Found>,
    /// For each part that is open its program, unless nobody needed it.
    pub programs: Vec<Option<VerifyProgram>>,
    /// For each part what the cuts of its program follow from.
    pub cuts: Vec<Rounds>,
    /// For each part what the rows of its program in whole numbers follow from.
    pub layerwise: Vec<LayerCuts>,
}

impl Study {
    /// The parts.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.analysis.parts
    }

    /// Whether nothing is left to decide for a part: bounds, or its program's, say that it is
    /// impossible.
    #[must_use]
    pub fn impossible(&self, k: usize) -> bool {
        self.lower(k) > 0.0 || self.program(k).is_some_and(|p| p.decided)
    }

    /// A part's program, if it has one.
    fn program(&self, k: usize) -> Option<&VerifyProgram> {
        self.programs.get(k).and_then(Option::as_ref)
    }

    /// How far below 0 a bound of a part's margin may be and still show that it is impossible: less than this,
    /// where scores are whole and a rival that is level is none.
    #[must_use]
    pub(super) fn ahead(&self, k: usize) -> f64 {
        self.program(k).map_or(0.0, |p| p.ahead.1 * p.unit)
    }

    /// The lower bound of a part's margin that needed no search.
    #[must_use]
    pub fn lower(&self, k: usize) -> f64 {
        let Some(part) = self.parts().get(k) else { return f64::NEG_INFINITY };
        let program = self.program(k).filter(|p| p.decided);
        let encoded = program.map(|p| in_units(p.interval.lo - p.ahead.1, p.unit));
        encoded.map_or(part.lower, |e| e.max(part.lower))
    }

    /// Whether a part is open and has no program.
    #[must_use]
    pub fn without_program(&self, k: usize) -> bool {
        let open = self.parts().get(k).is_some_and(|p| !p.impossible());
        open && self.programs.get(k).is_none_or(Option::is_none)
    }

    /// The attack, if the search by replay found one.
    #[must_use]
    pub fn attack(&self) -> Option<&Found> {
        self.start.as_ref().filter(|s| s.replay.is_attack())
    }
}
