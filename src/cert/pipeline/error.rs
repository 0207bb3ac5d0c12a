//! Why the work stops.

use std::path::PathBuf;

use thiserror::Error;

use crate::back::EmitError;
use crate::bounds::binarised::LatticeError;
use crate::bounds::graph::TightenError;
use crate::bounds::training::TrainingError;
use crate::cert::assemble::AssembleError;
use crate::cert::check::CheckError;
use crate::cert::instance::OpenError;
use crate::cert::instance::inputs::InputError;
use crate::cert::store::{StoreError, wrong_place};
use crate::encode::EncodeError;
use crate::encode::verify::VerifyError;
use crate::front::printable::number;
use crate::front::spec::{Asked, Diagnostics, Spec};
use crate::lower::Refusal;
use crate::question::verify::NotWhole;
use crate::sol::{AssignError, SolError, Solution};
use crate::solve::SolveError;
use crate::train::ReplayError;

/// Any failure between a specification and a certificate.
#[derive(Debug, Error)]
pub enum PipelineError {
    /// The specification is wrong.
    #[error("{0}")]
    Spec(Box<Diagnostics>),
    /// A function for questions of one kind was given another.
    #[error("the specification does not ask for {wanted}")]
    OtherQuestion {
        /// What it should ask for.
        wanted: &'static str,
    },
    /// The largest radius has no program of its own.
    #[error(
        "`ask largest radius` is answered by `theriac run`, which tries one radius after another; for \
         programs, ask `robust at` one radius"
    )]
    ManyRadii,
    /// The answer to a question for the largest radius has two instances in it.
    #[error(
        "{dir} answers `ask largest radius`: name the instance of one of its ends, {dir}/inside (the \
         largest certified radius) or {dir}/outside (the smallest attacked one)"
    )]
    TwoEnds {
        /// The directory.
        dir: PathBuf,
    },
    /// The question cannot be encoded.
    #[error("the question cannot be compiled: {0}")]
    Encode(#[from] EncodeError),
    /// A target does not exist.
    #[error("there is no target {name:?}; `theriac targets` lists them")]
    NoTarget {
        /// The name given.
        name: String,
    },
    /// The directory is something else.
    #[error("{dir} exists and is not an instance directory; give another one with -o")]
    Occupied {
        /// The directory.
        dir: PathBuf,
    },
    /// The directory was made while this one was compiled.
    #[error(
        "{dir} was not there when the work began and is there now, so another run writes it too; \
         wait for that one, or give another directory with -o"
    )]
    Raced {
        /// The directory.
        dir: PathBuf,
    },
    /// The directory was written while this one worked.
    #[error(
        "another run has replaced or answered {dir} since this one began, and what it wrote stays; \
         look at that first, then run again with --force to lose it, or give another directory with -o"
    )]
    Changed {
        /// The directory.
        dir: PathBuf,
    },
    /// The directory holds results that would be lost.
    #[error("{dir} holds {what}; give another directory, or --force to lose it")]
    HoldsResults {
        /// The directory.
        dir: PathBuf,
        /// What it holds.
        what: &'static str,
    },
    /// The directory that is taken by default holds the answer to another question.
    #[error(
        "{dir} holds the answer to another question; give another directory with -o, or `-o {dir}` \
         to lose that answer"
    )]
    OtherAnswer {
        /// The directory.
        dir: PathBuf,
    },
    /// The directory holds files that are not part of an instance.
    #[error(
        "{dir} holds {first}, which theriac did not write; give another directory with -o, or \
         --force, which keeps such files"
    )]
    ForeignFiles {
        /// The directory.
        dir: PathBuf,
        /// The first such file, relative to the directory.
        first: String,
    },
    /// The program cannot be written for a target.
    #[error("the program cannot be written for the target {target}: {source}")]
    Emit {
        /// The target.
        target: &'static str,
        /// Why.
        source: EmitError,
    },
    /// The program cannot be made to fit a target.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Numbers of the data are so large that the work cannot be done with them.
    #[error(
        "{source}; the largest number of the data set {data} is {} (row {row}, column \
         {column:?}): correct the row or rescale the column",
        number(*.value)
    )]
    LargeData {
        /// What they led to.
        source: Box<PipelineError>,
        /// Name of the data set.
        data: String,
        /// 0-based row.
        row: usize,
        /// Name of the column.
        column: String,
        /// The number.
        value: f64,
    },
    /// Inputs cannot be copied.
    #[error(transparent)]
    Inputs(#[from] InputError),
    /// The directory is no usable instance.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A file cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Somebody stopped a check.
    #[error("the check was stopped before its end and says nothing; run it again")]
    Stopped,
    /// Tightening by linear programs needs HiGHS.
    #[error(
        "bounds by linear programs need the library of HiGHS; run `theriac solvers install highs`, or \
         take them out of `encode` (tighten directional; bounds linear)"
    )]
    NoTightener,
    /// Rounds of cuts need HiGHS.
    #[error(
        "rounds of cuts need the library of HiGHS; run `theriac solvers install highs`, or take \
         `cuts` out of `encode`"
    )]
    NoCutter,
    /// The recorded multipliers were made for another program.
    #[error("{file} does not belong to the question in this directory; compile it again")]
    OtherTightening {
        /// The record.
        file: PathBuf,
    },
    /// No solver on this machine can take the program.
    #[error("{0}")]
    NoSolver(String),
    /// The search failed, and an older answer is not given up for what is known without it.
    #[error("{why}; the older answer in {dir} stays")]
    Unsolved {
        /// How it failed.
        why: String,
        /// The instance with the older answer.
        dir: PathBuf,
    },
    /// A network cannot be encoded.
    #[error("the question cannot be compiled: {0}")]
    Network(#[from] VerifyError),
    /// A question that cannot be asked in whole numbers.
    #[error(transparent)]
    Whole(#[from] NotWhole),
    /// A ball that a program in whole numbers cannot be about.
    #[error(transparent)]
    Lattice(#[from] LatticeError),
    /// Bounds of a network cannot be tightened.
    #[error("the network cannot be bounded: {0}")]
    Bounds(#[from] TightenError),
    /// A solver failed.
    #[error(transparent)]
    Solve(#[from] SolveError),
    /// A solution file cannot be read.
    #[error(transparent)]
    Solution(#[from] SolError),
    /// A solution does not belong to the model.
    #[error("the solution does not belong to this instance: {0}")]
    Foreign(#[from] AssignError),
    /// A solution breaks the rows of the model although its names fit.
    #[error(
        "the solution does not belong to this instance: it breaks {place} by {}; give the \
         solution of this very model",
        number(*.amount)
    )]
    OtherInstance {
        /// The row or variable.
        place: String,
        /// By how much.
        amount: f64,
    },
    /// A log does not belong to the solution or to the model.
    #[error("the log cannot be taken: {0}")]
    Log(String),
    /// There is no answer yet.
    #[error(
        "{dir} holds no answer yet; run `theriac solve` on it, or give a solver's answer with \
         --solution and --log"
    )]
    NotSolved {
        /// The directory.
        dir: PathBuf,
    },
    /// A start was given as a solution.
    #[error(
        "{path} is a MIP start, which holds some of the values alone and answers nothing; give the \
         solution (Gurobi writes one to ResultFile=NAME.sol)"
    )]
    StartFile {
        /// The file.
        path: PathBuf,
    },
    /// The values of a solution are too coarse.
    #[error(
        "the values of the solution have {digits} significant digits, and with fewer than {} nothing \
         tells which model they belong to; let the solver print more",
        Solution::LEAST_DIGITS
    )]
    Coarse {
        /// Digits of the format.
        digits: u8,
    },
    /// No method bounds the steps of training.
    #[error("the steps of training cannot be bounded: {0}; ask for `worst errors` instead")]
    Training(#[from] TrainingError),
    /// Rounds are written for no target.
    #[error(
        "rounds are written as LP, whose objective stands before all the rest; give an LP target \
         (`--target lp`, `scip-lp`, ...), and make other formats of a model file by `theriac convert`"
    )]
    RoundsAsLp,
    /// Packed files are no parts of a model file.
    #[error(
        "the files of rounds are put together by a solver's user and are not compressed; leave out \
             --compress"
    )]
    RoundsPlain,
    /// A solution of a round that was given to a command for one program.
    #[error(
        "solutions of rounds are read from their folder: put them into rounds/N/solutions under the \
         name of their objective (p0007-min.sol, with p0007-min.log beside it), then run `theriac next`"
    )]
    RoundSolutions,
    /// The question has no rounds.
    #[error("{dir} has no rounds; ask for them in the specification: `encode {{ rounds 1 }}`")]
    NoRounds {
        /// The directory.
        dir: PathBuf,
    },
    /// A round that does not exist.
    #[error(
        "there is no round {number}; there are {rounds}, one a step of training and, with `points`, one behind them"
    )]
    NoRound {
        /// The number given.
        number: usize,
        /// How many there are.
        rounds: usize,
    },
    /// A round whose turn has not come.
    #[error(
        "round {number} is not written yet, because it follows from round {open}, which is open; \
         solve that one, and conclude it with `theriac next`"
    )]
    RoundOrder {
        /// The number given.
        number: usize,
        /// The round that is open.
        open: usize,
    },
    /// A file of a round is not the one that follows from the specification and the solutions.
    #[error(
        "{file} is not what the specification and the solutions of the rounds before give; compile the \
         specification again"
    )]
    OtherRound {
        /// The file.
        file: PathBuf,
    },
    /// A solution is not what it was when its round was concluded.
    #[error(
        "{file} is not what it was when its round was concluded: put the file back, or remove {answers} \
         and the rounds after it, and conclude the round again"
    )]
    OtherSolution {
        /// The solution, or the answers themselves.
        file: PathBuf,
        /// The answers of its round.
        answers: PathBuf,
    },
    /// Somebody stopped a run of rounds.
    #[error("stopped; what was solved is kept in {dir}, and the same command goes on from there")]
    Paused {
        /// The directory.
        dir: PathBuf,
    },
    /// The stored answer is not what the stored files give.
    #[error("answer.json is not what the files beside it give: {0}; solve the instance again")]
    BadAnswer(String),
    /// The stored attack does not fit the question.
    #[error("the stored attack does not fit the question: {0}; solve the instance again")]
    BadAttack(String),
    /// Recorded cuts were made for other programs.
    #[error("the stored cuts do not fit the question: {0}; compile it again")]
    BadCuts(String),
    /// A network and a property that were given without a specification, with which of the two is
    /// wrong, where and how.
    #[error("{0}")]
    Pair(String),
    /// A network without a question.
    #[error(
        "{} is not a specification, and not a network with a property either; give SPEC.thr, or \
         NET.onnx PROPERTY.vnnlib", network.display()
    )]
    Unasked {
        /// What was given.
        network: PathBuf,
    },
    /// Several solutions for one program.
    #[error("the instance has one program, and several solutions were given; give one")]
    OnePart,
    /// A counterexample of a question that has none.
    #[error(
        "--counterexample is for an attack on a network, and this question is about poisoned training; \
         leave it out, the attack is in certificate.json"
    )]
    NoCounterexample,
    /// A stored proof proves nothing.
    #[error("the stored proof of part {part} does not hold: {why}; solve the instance again")]
    BadProof {
        /// The part, from 1.
        part: usize,
        /// Why not.
        why: String,
    },
    /// Training cannot be replayed.
    #[error("the training run cannot be replayed: {0}")]
    Replay(#[from] ReplayError),
    /// No certificate can be made.
    #[error(transparent)]
    Assemble(#[from] AssembleError),
    /// A certificate cannot be examined.
    #[error(transparent)]
    Check(#[from] CheckError),
}

/// The specification, which must ask for poisoned training.
///
/// # Errors
/// [`PipelineError::OtherQuestion`].
pub(super) fn poisoning(asked: Asked) -> Result<Spec, PipelineError> {
    let other = PipelineError::OtherQuestion { wanted: "poisoned training" };
    asked.poison().ok_or(other)
}

impl From<Diagnostics> for PipelineError {
    fn from(d: Diagnostics) -> Self {
        PipelineError::Spec(Box::new(d))
    }
}

impl PipelineError {
    /// Whether the user's input is wrong (exit status 2) rather than that the work failed.
    #[must_use]
    pub fn is_input(&self) -> bool {
        match self {
            PipelineError::Encode(EncodeError::Interrupted) => false,
            PipelineError::Store(e) => e.is_input(),
            PipelineError::Emit { source: EmitError::Io(e), .. } => wrong_place(e),
            PipelineError::Spec(_)
            | PipelineError::OtherQuestion { .. }
            | PipelineError::ManyRadii
            | PipelineError::TwoEnds { .. }
            | PipelineError::Encode(_)
            | PipelineError::NoTarget { .. }
            | PipelineError::Occupied { .. }
            | PipelineError::HoldsResults { .. }
            | PipelineError::OtherAnswer { .. }
            | PipelineError::Raced { .. }
            | PipelineError::Changed { .. }
            | PipelineError::ForeignFiles { .. }
            | PipelineError::OtherTightening { .. }
            | PipelineError::LargeData { .. }
            | PipelineError::Replay(_)
            | PipelineError::Emit { source: EmitError::Refused(_), .. }
            | PipelineError::Refused(_)
            | PipelineError::Inputs(_)
            | PipelineError::Open(_)
            | PipelineError::Solution(_)
            | PipelineError::Foreign(_)
            | PipelineError::OtherInstance { .. }
            | PipelineError::Log(_)
            | PipelineError::NotSolved { .. }
            | PipelineError::StartFile { .. }
            | PipelineError::Coarse { .. }
            | PipelineError::BadAnswer(_)
            | PipelineError::Training(_)
            | PipelineError::BadAttack(_)
            | PipelineError::RoundsAsLp
            | PipelineError::RoundsPlain
            | PipelineError::RoundSolutions
            | PipelineError::NoRounds { .. }
            | PipelineError::NoRound { .. }
            | PipelineError::RoundOrder { .. }
            | PipelineError::OtherRound { .. }
            | PipelineError::OtherSolution { .. }
            | PipelineError::BadProof { .. }
            | PipelineError::OnePart
            | PipelineError::NoCounterexample
            | PipelineError::BadCuts(_)
            | PipelineError::Pair(_)
            | PipelineError::Unasked { .. }
            | PipelineError::Network(_)
            | PipelineError::Whole(_)
            | PipelineError::Lattice(_)
            | PipelineError::Bounds(_)
            | PipelineError::Check(_) => true,
            PipelineError::Emit { .. }
            | PipelineError::NoSolver(_)
            | PipelineError::NoTightener
            | PipelineError::NoCutter
            | PipelineError::Stopped
            | PipelineError::Paused { .. }
            | PipelineError::Unsolved { .. }
            | PipelineError::Solve(_)
            | PipelineError::Assemble(_) => false,
        }
    }

    /// Whether a search for the answer failed, rather than files or the question: what was known
    /// before the search is then still an answer.
    #[must_use]
    pub fn is_of_search(&self) -> bool {
        match self {
            PipelineError::NoSolver(_)
            | PipelineError::Refused(_)
            | PipelineError::Solve(_)
            | PipelineError::Solution(_)
            | PipelineError::Foreign(_)
            | PipelineError::Emit { .. } => true,
            PipelineError::Spec(_)
            | PipelineError::OtherQuestion { .. }
            | PipelineError::ManyRadii
            | PipelineError::TwoEnds { .. }
            | PipelineError::Encode(_)
            | PipelineError::NoTarget { .. }
            | PipelineError::Occupied { .. }
            | PipelineError::HoldsResults { .. }
            | PipelineError::OtherAnswer { .. }
            | PipelineError::Raced { .. }
            | PipelineError::Changed { .. }
            | PipelineError::ForeignFiles { .. }
            | PipelineError::Inputs(_)
            | PipelineError::Open(_)
            | PipelineError::Store(_)
            | PipelineError::NoTightener
            | PipelineError::NoCutter
            | PipelineError::Stopped
            | PipelineError::LargeData { .. }
            | PipelineError::OtherTightening { .. }
            | PipelineError::Unsolved { .. }
            | PipelineError::OtherInstance { .. }
            | PipelineError::Log(_)
            | PipelineError::NotSolved { .. }
            | PipelineError::StartFile { .. }
            | PipelineError::Coarse { .. }
            | PipelineError::BadAnswer(_)
            | PipelineError::Training(_)
            | PipelineError::BadAttack(_)
            | PipelineError::RoundsAsLp
            | PipelineError::RoundsPlain
            | PipelineError::RoundSolutions
            | PipelineError::NoRounds { .. }
            | PipelineError::NoRound { .. }
            | PipelineError::RoundOrder { .. }
            | PipelineError::OtherRound { .. }
            | PipelineError::OtherSolution { .. }
            | PipelineError::Paused { .. }
            | PipelineError::BadProof { .. }
            | PipelineError::OnePart
            | PipelineError::NoCounterexample
            | PipelineError::BadCuts(_)
            | PipelineError::Pair(_)
            | PipelineError::Unasked { .. }
            | PipelineError::Replay(_)
            | PipelineError::Assemble(_)
            | PipelineError::Network(_)
            | PipelineError::Whole(_)
            | PipelineError::Lattice(_)
            | PipelineError::Bounds(_)
            | PipelineError::Check(_) => false,
        }
    }
}
