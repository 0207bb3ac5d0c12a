//! `manifest.json`: what an instance directory holds and what its numbers mean.

use serde::{Deserialize, Serialize};

use crate::cert::certificate::{Direction, FileRecord, QuestionText};

/// The name of the manifest in an instance directory.
pub const FILE_NAME: &str = "manifest.json";

/// Version of the layout below.
///
/// 1 had no fingerprint.
pub const SCHEMA: u32 = 2;

/// The first line of the canonical form of a question of verification.
pub const VERIFICATION: &str = "kind = verification";

/// The same for a question of reachable parameters.
pub const REACHING: &str = "kind = reach";

/// The same for a question for the largest radius.
pub const LARGEST: &str = "kind = largest radius";

/// Everything that a person or a program needs to solve the instance elsewhere and to carry the
/// answer back. It holds no clock and no path outside of the directory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of this layout, [`SCHEMA`].
    pub schema: u32,
    /// Version of the program that compiled the instance.
    pub theriac: String,
    /// What is asked.
    pub question: QuestionText,
    /// The specification and everything it refers to, copied into the directory.
    pub inputs: Vec<FileRecord>,
    /// The attack, found by replay, that the compilation started from.
    pub start: Option<FileRecord>,
    /// The compiled program; absent where no program is needed or none can be built.
    pub program: Option<ProgramRecord>,
    /// One entry a target that the program was written for.
    pub targets: Vec<TargetRecord>,
    /// What was found out about a network before any solver, for each way in which it may break a
    /// property, with the programs of those that are open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartRecord>,
    /// What the passes of bounds came to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passes: Vec<PassRecord>,
    /// Whether the time was over before other passes than the first, by intervals, were made.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hurried: bool,
    /// The proofs of bounds by linear programs, if the question asks for some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounds: Option<FileRecord>,
    /// What the cuts of the programs follow from, if the question asks for some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cuts: Option<FileRecord>,
    /// How the programs of rounds are written, if the question asks for some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounds: Option<RoundsRecord>,
}

/// How the programs of rounds are written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundsRecord {
    /// Name of the target, an LP dialect.
    pub target: String,
    /// How names are made: as in [`TargetRecord::names`].
    pub names: String,
    /// As [`TargetRecord::name_rules`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub name_rules: Vec<String>,
    /// What was asked for on the command line in place of what the specification says, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<AskedRecord>,
}

/// Choices of the command line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskedRecord {
    /// Who solves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solver: Option<String>,
    /// Time limit of each objective, seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_limit: Option<f64>,
    /// Relative gap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<f64>,
}

/// One way in which a network may break a property.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartRecord {
    /// What must not happen, in words.
    pub part: String,
    /// The set of inputs that it is about, from 0.
    pub case: usize,
    /// The proved lower bound of the margin; none where it is not finite.
    pub bound: Option<f64>,
    /// Whether the bounds alone prove that it cannot happen.
    pub impossible: bool,
    /// Whether it is open and has no program all the same, because the search decided, or was over,
    /// before one was written.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub skipped: bool,
    /// The folder of the program's files; none where no program is needed.
    pub folder: Option<String>,
    /// The program.
    pub program: Option<ProgramRecord>,
    /// One entry a target that it was written for.
    pub targets: Vec<TargetRecord>,
}

/// What a pass of bounds came to, over all sets of inputs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassRecord {
    /// Its name.
    pub pass: String,
    /// Elements that no linear function describes exactly within the bounds after it.
    pub unstable: usize,
    /// Parts that are proved impossible after it.
    pub impossible: usize,
}

/// The compiled program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgramRecord {
    /// MILP, MIQCP and so on.
    pub class: String,
    /// The number that names the program: the value of its last column, see
    /// [`crate::ir::fingerprint`]. Every solution of it states this number.
    #[serde(default)]
    pub fingerprint: u32,
    /// Number of variables.
    pub variables: usize,
    /// How many of them are integer or binary.
    pub integers: usize,
    /// Number of rows.
    pub rows: usize,
    /// Number of linear entries.
    pub nonzeros: usize,
    /// Number of quadratic terms.
    pub quadratic: usize,
    /// The adversary's direction. The program in memory always minimises: the user's value is its
    /// objective where the adversary minimises and the negative where it maximises. The sense of
    /// each file is [`TargetRecord::file_sense`].
    pub adversary: Direction,
    /// The constant part of the objective.
    pub objective_constant: f64,
    /// The interval bound on the value, which needed no solver.
    pub interval: Option<f64>,
    /// The program holds only runs whose objective is at most this: the start attack's, with an
    /// allowance for rounding. Absent if the program holds all runs.
    pub cutoff: Option<f64>,
    /// Name of the saved intermediate representation in the directory.
    pub ir: Option<FileRecord>,
    /// The multipliers that prove the bounds which linear programs tightened, if any were.
    pub tightening: Option<FileRecord>,
    /// The variables that are the adversary's decisions. They alone determine the attack.
    pub decisions: Vec<DecisionRecord>,
}

/// One decision of the adversary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionRecord {
    /// 0-based column of the program.
    pub column: usize,
    /// What it decides, in words.
    pub meaning: String,
}

/// The files written for one target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetRecord {
    /// Name of the target.
    pub target: String,
    /// File format.
    pub format: String,
    /// How names are made: `readable`, `short` or `map`.
    pub names: String,
    /// The rules of a map of names, one a line, from which all names can be computed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub name_rules: Vec<String>,
    /// Whether the file minimises the model's objective or maximises its negative. A solver's
    /// objectives and bounds are in this sense.
    #[serde(default = "minimises")]
    pub file_sense: Direction,
    /// The model file.
    pub model: FileRecord,
    /// Start points in the target's format.
    pub starts: Vec<FileRecord>,
    /// For formats without names: the files beside the model that name columns and rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub name_files: Vec<FileRecord>,
    /// Branching priorities in the form of the target's reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priorities: Option<FileRecord>,
    /// Names of the decisions in this file, in the order of [`ProgramRecord::decisions`].
    pub decisions: Vec<String>,
    /// For formats without names: the program's column of each column of the file.
    pub columns: Option<Vec<u32>>,
}

impl TargetRecord {
    /// Whether the file maximises.
    #[must_use]
    pub fn maximises(&self) -> bool {
        self.file_sense == Direction::Maximises
    }
}

/// The sense of files of older instances.
fn minimises() -> Direction {
    Direction::Minimises
}
