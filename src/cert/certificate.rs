//! The certificate: what `certificate.json` holds.
//!
//! A certificate is a function of the files of its instance directory: the specification with its
//! inputs, the solver's stored answer and the stored attack. [`super::check`] computes it again
//! from these files and compares every field, so that no number of it can be edited unnoticed.
//! What remains to be trusted is listed in [`Certificate::trust`].

use serde::{Deserialize, Serialize};

use super::answer::{Finder, Moment};
use super::largest::RadiusRecord;
use super::reaching::record::ReachRecord;
use crate::front::packing::Packing;
use crate::front::printable::number;

/// Version of the layout below.
pub const SCHEMA: u32 = 1;

/// The name of the certificate in an instance directory.
pub const FILE_NAME: &str = "certificate.json";

/// A verdict with everything needed to check it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Version of this layout, [`SCHEMA`].
    pub schema: u32,
    /// Version of the program that made it.
    pub theriac: String,
    /// What was asked.
    pub question: QuestionText,
    /// The answer to the claim.
    pub verdict: Verdict,
    /// Why the verdict is what it is, in one sentence.
    pub reason: String,
    /// What no attack can pass, if anything was proved.
    pub bound: Option<BoundRecord>,
    /// What was proved of each way in which a network may break a property; the weakest of these
    /// bounds is [`Certificate::bound`]. Empty where a question has one part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartRecord>,
    /// The parameters that training can reach, where that is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<ReachRecord>,
    /// Both ends of the radii, where the largest one is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub radius: Option<RadiusRecord>,
    /// A bound that was stated and that the replayed attack shows to be wrong. It proves nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<BoundRecord>,
    /// The strongest attack found, as replayed.
    pub attack: Option<AttackRecord>,
    /// How far bound and attack are apart beyond the bound's tolerance; 0 says that they agree.
    pub gap: Option<f64>,
    /// What a reader still has to trust, one sentence each.
    pub trust: Vec<String>,
    /// Wall-clock seconds of the search for the answer.
    pub seconds: f64,
    /// Bound and incumbent over time, in the user's sense.
    pub history: Vec<Moment>,
    /// Every file that the certificate rests on.
    pub files: Vec<FileRecord>,
    /// SHA-256 over the canonical bytes of all other fields, in hexadecimal.
    pub seal: String,
}

/// What was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionText {
    /// One sentence for people.
    pub words: String,
    /// The claim in symbols, `worst margin > 0`, if one was made.
    pub claim: Option<String>,
    /// Whether the adversary minimises or maximises the value.
    pub adversary: Direction,
    /// The whole question, one `key = value` a line, in a fixed order.
    pub canonical: Vec<String>,
}

/// The adversary's direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The adversary pushes the value down; bounds are lower bounds.
    Minimises,
    /// The adversary pushes the value up; bounds are upper bounds.
    Maximises,
}

impl Direction {
    /// Whether value `a` is worse for the defender than `b`.
    #[must_use]
    pub fn worse(self, a: f64, b: f64) -> bool {
        match self {
            Direction::Minimises => a < b,
            Direction::Maximises => a > b,
        }
    }

    /// `value` moved by `by >= 0` to the adversary's side, where a bound is weaker.
    #[must_use]
    pub fn outward(self, value: f64, by: f64) -> f64 {
        match self {
            Direction::Minimises => value - by,
            Direction::Maximises => value + by,
        }
    }
}

/// The answer to the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The claim is proved (or, without a claim, the worst value is known).
    Certified,
    /// The claim is refuted by a replayed attack.
    Attacked,
    /// Neither; the reason says why.
    Unknown,
}

impl Verdict {
    /// The word that reports show.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Certified => "certified",
            Verdict::Attacked => "attacked",
            Verdict::Unknown => "unknown",
        }
    }
}

/// Which side a bound is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BoundSense {
    /// No attack reaches a smaller value.
    Lower,
    /// No attack reaches a larger value.
    Upper,
}

/// Where a bound comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BoundSource {
    /// The dual bound of a mixed-integer solver.
    Solver,
    /// The interval pass with the budget, outward-rounded; no solver took part.
    Interval,
    /// Linear relaxation of a network, outward-rounded; no solver took part.
    Relaxation,
    /// Every admissible choice was replayed or cut off by a sound bound.
    Enumeration,
    /// A proof that can be checked by itself.
    Proof,
    /// A cover of the patterns of a binarised network, whose record can be checked by itself.
    Cover,
}

impl BoundSource {
    /// The word that reports show.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            BoundSource::Solver => "solver",
            BoundSource::Interval => "interval",
            BoundSource::Relaxation => "relaxation",
            BoundSource::Enumeration => "enumeration",
            BoundSource::Proof => "proof",
            BoundSource::Cover => "layerwise bounds",
        }
    }
}

/// A proved bound on what any admissible attack can reach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoundRecord {
    /// The bound that the verdict uses: `reported`, moved outward by `tolerance` and, where the
    /// goal counts something, to the next count inside.
    pub value: f64,
    /// The bound as its source states it, in the user's sense.
    pub reported: f64,
    /// How far `reported` was moved outward for the source's floating-point arithmetic.
    pub tolerance: f64,
    /// Which side the bound is on.
    pub sense: BoundSense,
    /// Where it comes from.
    pub from: BoundSource,
    /// The solver, if one took part.
    pub solver: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Whether the solver is the one built into theriac.
    pub embedded: bool,
    /// How the search ended, in the source's words.
    pub status: String,
}

/// What was proved of one way in which a network may break a property.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartRecord {
    /// What must not happen, in words.
    pub part: String,
    /// The bound; none where nothing was proved, or where the part cannot happen at all.
    pub bound: Option<BoundRecord>,
    /// Whether it is proved that it cannot happen.
    pub impossible: bool,
    /// Whether the attack makes it happen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub broken: bool,
    /// Why an open part is open, where the search said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
}

impl PartRecord {
    /// What became of it, in one word.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match (self.impossible, self.broken) {
            (true, _) => "impossible",
            (false, true) => "broken",
            (false, false) => "open",
        }
    }
}

impl BoundRecord {
    /// The bound of a margin as an inequality. What refutes a program or walks a tree to its end
    /// shows that the margin is above 0, not how far.
    #[must_use]
    pub fn of_margin(&self) -> String {
        let symbol = if self.from == BoundSource::Proof { ">" } else { ">=" };
        format!("margin {symbol} {}", number(self.value))
    }
}

/// An attack after replay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttackRecord {
    /// The value after training from scratch on the changed data: what counts.
    pub value: f64,
    /// The value that a solver claimed for its point, in the user's sense; where another attack was
    /// stronger, its point is not this attack.
    pub claimed: Option<f64>,
    /// `claimed - value`, where both are there. Ties and solver tolerances make it nonzero.
    pub difference: Option<f64>,
    /// The value that the same training reaches on the unchanged data, if it has one.
    pub clean: Option<f64>,
    /// Who found the attack.
    pub finder: Finder,
    /// How many switching points (hinge, ReLU, sign) the replay met exactly or nearly.
    pub ties: usize,
    /// How many samples are changed, over all choices.
    pub changed: usize,
    /// Every change. One choice for the whole run, or one a step.
    pub choices: Vec<ChoiceRecord>,
    /// The moved test input of a backdoor question, or the input that breaks a property.
    pub test_input: Option<Vec<f64>>,
    /// What a network makes of that input, if the question is about a given network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outputs: Option<OutputsRecord>,
}

/// The outputs of a network for an attack, in both arithmetics.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutputsRecord {
    /// Which set of inputs of the property the input lies in, from 0.
    pub case: usize,
    /// In double precision.
    pub double: Vec<f64>,
    /// In single precision, in the order of sums of the ONNX runtime, for the input rounded to it.
    pub single: Vec<f64>,
    /// The value of the attack in single precision.
    pub single_value: f64,
    /// Whether real numbers, double and single precision all say that the property is broken.
    pub agreed: bool,
    /// What decided about the real numbers: `enclosure` or `exact`.
    pub judge: String,
}

/// What becomes of the training data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceRecord {
    /// The changed samples by ascending row.
    pub changes: Vec<ChangeRecord>,
    /// The inserted samples in order.
    pub inserted: Vec<SampleRecord>,
}

/// One changed sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRecord {
    /// 0-based row of the training data.
    pub row: usize,
    /// Whether the sample is removed.
    pub deleted: bool,
    /// The label before and after, if it changes.
    pub label: Option<LabelChange>,
    /// The features that change.
    pub features: Vec<FeatureChange>,
}

/// A label before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelChange {
    /// As in the data.
    pub old: LabelRecord,
    /// As the adversary wants it.
    pub new: LabelRecord,
}

/// One feature before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeatureChange {
    /// 0-based column among the features.
    pub column: usize,
    /// Its name in the data.
    pub name: String,
    /// As in the data.
    pub old: f64,
    /// As the adversary wants it.
    pub new: f64,
}

/// A label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum LabelRecord {
    /// `-1` or `+1`.
    Sign(f64),
    /// A class number.
    Class(usize),
    /// Real targets, one an output.
    Real(Vec<f64>),
}

/// An inserted sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleRecord {
    /// Its features.
    pub features: Vec<f64>,
    /// Its label.
    pub label: LabelRecord,
}

/// A file that the certificate rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRecord {
    /// What the file is for.
    pub role: FileRole,
    /// Path relative to the certificate, with `/`.
    pub path: String,
    /// How a model file is compressed. Length and hash are those of what is in it, so that they do
    /// not depend on the version of the compressor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compression: Option<Packing>,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 of the contents, in hexadecimal.
    pub sha256: String,
}

/// What a file of an instance directory is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileRole {
    /// The specification.
    Spec,
    /// A network.
    Network,
    /// A data set.
    Data,
    /// A property.
    Property,
    /// Bounds of neurons that somebody else vouches for.
    Bounds,
    /// The manifest of the instance directory.
    Manifest,
    /// The saved intermediate representation.
    Ir,
    /// The multipliers that prove the tightened bounds of the program.
    Tightening,
    /// The sets of terms that the cuts of programs follow from.
    Cuts,
    /// A model file for solvers.
    Model,
    /// Names of the columns or rows of a model file.
    Names,
    /// A start point for solvers.
    Start,
    /// Branching priorities for a solver.
    Priorities,
    /// The attack, exactly.
    Attack,
    /// What the solver or search answered.
    Answer,
    /// The solver's solution file.
    Solution,
    /// The solver's log.
    Log,
    /// A proof that the program found itself.
    Proof,
    /// What a round of programs asks, or what it came to.
    Round,
    /// The certificate of one end of the radii.
    End,
}

impl FileRole {
    /// The word that reports show.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            FileRole::Spec => "spec",
            FileRole::Network => "network",
            FileRole::Data => "data",
            FileRole::Property => "property",
            FileRole::Bounds => "bounds",
            FileRole::Manifest => "manifest",
            FileRole::Ir => "saved model",
            FileRole::Tightening => "tightening",
            FileRole::Cuts => "cuts",
            FileRole::Model => "model",
            FileRole::Names => "names",
            FileRole::Priorities => "priorities",
            FileRole::Start => "start",
            FileRole::Attack => "attack",
            FileRole::Answer => "answer",
            FileRole::Solution => "solution",
            FileRole::Log => "log",
            FileRole::Proof => "proof",
            FileRole::Round => "round",
            FileRole::End => "end",
        }
    }
}
