//! What a search answered: `answer.json`, the stored word of a solver, an enumeration or the
//! interval pass. A certificate copies from here whatever cannot be computed again.

use serde::{Deserialize, Serialize};

use super::certificate::BoundSource;

/// The name of the stored answer in an instance directory.
pub const FILE_NAME: &str = "answer.json";

/// Version of the layout below.
pub const SCHEMA: u32 = 1;

/// The word of whoever searched. All values are in the user's sense.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Version of this layout, [`SCHEMA`].
    pub schema: u32,
    /// Version of the program that stored it.
    pub theriac: String,
    /// The proved bound, if any.
    pub bound: Option<StatedBound>,
    /// Why there is no bound or no attack, if there is none.
    pub missing: Option<String>,
    /// How the solver or the search failed, if it did. What was known before it is then the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// The value that a solver claimed for its point, which may be weaker than the attack.
    pub claimed: Option<f64>,
    /// Who found the attack, if there is one.
    pub finder: Option<Finder>,
    /// The solution file that the attack was decoded from, relative to the instance directory.
    pub solution: Option<String>,
    /// The log that the bound was read from, relative to the instance directory.
    pub log: Option<String>,
    /// The model file that was solved, relative to the instance directory.
    pub model: Option<String>,
    /// What was answered for each program of the instance, in their order, if it has several parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartAnswer>,
    /// The file with a proof by branching, relative to the instance directory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// Wall-clock seconds of the search.
    pub seconds: f64,
    /// Bound and incumbent over time.
    pub history: Vec<Moment>,
}

/// What was answered for one program of an instance with several.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartAnswer {
    /// The proved bound, if any.
    pub bound: Option<StatedBound>,
    /// Whether the solver proved that the program has no point.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub infeasible: bool,
    /// Why there is no bound, if there is none.
    pub missing: Option<String>,
    /// The value that a solver claimed for its point.
    pub claimed: Option<f64>,
    /// The solution file, relative to the instance directory.
    pub solution: Option<String>,
    /// The log that the bound was read from, relative to the instance directory.
    pub log: Option<String>,
    /// The model file that was solved, relative to the instance directory.
    pub model: Option<String>,
}

impl PartAnswer {
    /// Adds a reason why there is no more, if there is one.
    pub(super) fn say(&mut self, why: Option<String>) {
        let Some(why) = why else { return };
        match &mut self.missing {
            Some(before) => {
                before.push_str("; ");
                before.push_str(&why);
            }
            None => self.missing = Some(why),
        }
    }
}

/// A bound as its source states it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedBound {
    /// The bound in the user's sense, before it is moved outward for the source's arithmetic.
    /// What rounding in the model's coefficients and in a printed log may cost is already in it.
    pub value: f64,
    /// The dual bound of the model's objective (always minimised) that it follows from.
    pub objective: Option<f64>,
    /// How far the true dual bound may lie from `objective` because it was printed with few digits.
    pub slack: f64,
    /// Where it comes from.
    pub from: BoundSource,
    /// The solver, if one took part.
    pub solver: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Whether the solver is the one built into theriac.
    pub embedded: bool,
    /// How the search ended.
    pub status: String,
}

/// Who found an attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Finder {
    /// A solver; the attack was decoded from its solution.
    Solver,
    /// Search by replay: greedy flips, swaps, projected gradient.
    Heuristic,
    /// Exhaustive replay.
    Enumeration,
    /// Branching on bounds, which tries the points that bounds suggest.
    Branching,
}

impl Finder {
    /// The words that reports show.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Finder::Solver => "decoded from the solver's solution",
            Finder::Heuristic => "search by replay",
            Finder::Enumeration => "exhaustive replay",
            Finder::Branching => "branching on bounds",
        }
    }
}

/// Bound and incumbent at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// Seconds since the search began.
    pub seconds: f64,
    /// The bound then, if any.
    pub bound: Option<f64>,
    /// The best known value then, if any.
    pub incumbent: Option<f64>,
}
