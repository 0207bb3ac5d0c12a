//! Rounds of ideal cuts: found with a solver of linear programs, repeated from a record without one.
//!
//! A round solves the linear relaxation of a program and adds, for each ReLU, the cut of
//! [`VerifyProgram::separate`] that its solution breaks most. Nobody has to believe the solver: a cut
//! holds whatever its set of terms is, so the record has these sets alone, and rows are computed from
//! them. A record that was tampered with gives other valid rows, or does not fit and is refused.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use serde::{Deserialize, Serialize};

use super::{Study, layerwise};
use crate::bounds::obbt::Relaxation;
use crate::cert::certificate::{FileRecord, FileRole};
use crate::cert::pipeline::PipelineError;
use crate::cert::store::{self, StoreError};
use crate::encode::verify::{Cut, VerifyProgram};
use crate::ir::{Model, Sense};
use crate::question::verify::Verification;
use crate::solve::highs_lib::{HighsLibrary, LpSession, LpStatus};
use crate::solve::{SolveError, discover};

/// The record of all cuts in an instance directory.
pub const CUTS_FILE: &str = "cuts.json";

/// Share of a ReLU's greatest value by which a point must break a cut that is added.
pub(super) const LEAST: f64 = 1e-4;

/// Simplex iterations of one round: counted, so that the record does not depend on the machine.
const ITERATIONS: u32 = 50_000;

/// What a cut follows from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CutRecord {
    /// Which of the program's [`VerifyProgram::neurons`].
    pub neuron: usize,
    /// The set of terms of its expression, four terms a hexadecimal digit, the first term in the
    /// lowest bit of the first digit.
    pub set: String,
}

/// The cuts of one program, round by round; in each, neurons ascend.
pub type Rounds = Vec<Vec<CutRecord>>;

/// Who strengthens the programs of a question.
#[derive(Debug)]
pub(super) struct Cutter {
    library: Option<HighsLibrary>,
    most: usize,
}

impl Cutter {
    /// One, where the question asks for cuts.
    ///
    /// # Errors
    /// [`PipelineError::NoCutter`]; the library cannot be loaded.
    pub fn find(question: &Verification) -> Result<Option<Self>, PipelineError> {
        let most = question.approach.cuts;
        if most == 0 {
            return Ok(Cutter::alone(question));
        }
        let library = HighsLibrary::find(&discover()).ok_or(PipelineError::NoCutter)??;
        Ok(Some(Cutter { library: Some(library), most }))
    }

    /// One that needs no solver, where the question asks for rows that follow from covers.
    pub fn alone(question: &Verification) -> Option<Self> {
        let layerwise = question.approach.binarised.is_some_and(|b| b.layerwise > 0);
        layerwise.then_some(Cutter { library: None, most: 0 })
    }

    /// Strengthens the program of a part, if it has one, and keeps what its cuts follow from.
    ///
    /// # Errors
    /// As [`strengthen`].
    pub fn cut(
        &self,
        (question, study): (&Verification, &mut Study),
        k: usize,
        (left, cancel): (&dyn Fn() -> f64, Option<&AtomicBool>),
    ) -> Result<(), PipelineError> {
        let library = self.library.as_ref();
        if let Some(how) = question.approach.binarised {
            let Study { analysis, programs, layerwise, .. } = study;
            if let (Some(part), Some(Some(program)), Some(cuts)) =
                (analysis.parts.get(k), programs.get_mut(k), layerwise.get_mut(k))
            {
                let by = (library, self.most);
                (*program, *cuts) =
                    layerwise::strengthen((question, how), part, by, (left, cancel))?;
            }
            return Ok(());
        }
        if let Some(Some(program)) = study.programs.get_mut(k)
            && let (Some(rounds), Some(library)) = (study.cuts.get_mut(k), library)
        {
            *rounds = strengthen(library, program, self.most, left)?;
        }
        Ok(())
    }

    /// How many cuts there are, in words.
    pub fn count((question, study): (&Verification, &Study)) -> String {
        if question.approach.binarised.is_some() {
            return layerwise::count(study);
        }
        let cuts: usize = study.cuts.iter().flatten().map(Vec::len).sum();
        let programs = study.cuts.iter().filter(|rounds| !rounds.is_empty()).count();
        format!("{cuts} cuts in {programs} programs")
    }
}

/// Adds the cuts that the instance in `dir` has recorded to the programs of all parts, and returns
/// the record.
///
/// # Errors
/// The record cannot be read; [`PipelineError::BadCuts`].
pub(super) fn repeat_all(
    dir: &Path,
    programs: &mut [Option<VerifyProgram>],
    (most, whole): (usize, bool),
) -> Result<Vec<Rounds>, PipelineError> {
    if most == 0 || whole {
        return Ok(vec![Rounds::new(); programs.len()]);
    }
    let all: Vec<Rounds> = store::read_json(&dir.join(CUTS_FILE), "the record of cuts")?;
    if all.len() != programs.len() {
        let why = format!("they are about {} parts of {}", all.len(), programs.len());
        return Err(PipelineError::BadCuts(why));
    }
    for (k, (program, rounds)) in programs.iter_mut().zip(&all).enumerate() {
        let done = match program {
            Some(program) => repeat(program, rounds, most),
            None if rounds.is_empty() => Ok(()),
            None => Err("it has no program".to_owned()),
        };
        done.map_err(|why| PipelineError::BadCuts(format!("part {}: {why}", k + 1)))?;
    }
    Ok(all)
}

/// Writes the record into an instance directory.
///
/// # Errors
/// It cannot be written.
pub(super) fn write(dir: &Path, all: &[Rounds]) -> Result<FileRecord, StoreError> {
    store::write_dense_json(&dir.join(CUTS_FILE), &all)?;
    store::record(dir, FileRole::Cuts, CUTS_FILE)
}

/// Adds at most `most` rounds of cuts to a program and says what they were. It ends sooner where no
/// cut is broken by enough, where the solver finds no optimum, and when no time is `left` (seconds;
/// infinite where nothing limits it).
///
/// # Errors
/// The solver refuses the relaxation or fails.
pub fn strengthen(
    library: &HighsLibrary,
    program: &mut VerifyProgram,
    most: usize,
    left: &dyn Fn() -> f64,
) -> Result<Rounds, SolveError> {
    let mut out = Rounds::new();
    if program.decided || program.neurons.is_empty() {
        return Ok(out);
    }
    let mut lp = session(library, &program.model)?;
    while out.len() < most {
        let seconds = left();
        if seconds <= 0.0 {
            break;
        }
        let cuts = round(&mut lp, program, seconds)?;
        if cuts.is_empty() {
            break;
        }
        for cut in &cuts {
            lp.add_row(&cut.terms, Sense::Le, cut.rhs)?;
        }
        program.add_cuts(&cuts);
        out.push(cuts.iter().map(CutRecord::of).collect());
    }
    Ok(out)
}

/// The linear relaxation of a program, to be solved in rounds.
pub(super) fn session<'a>(
    library: &'a HighsLibrary,
    model: &Model,
) -> Result<LpSession<'a>, SolveError> {
    let relaxation = Relaxation::of(model, |_| true);
    let mut lp = LpSession::new(library, &relaxation.model)?;
    lp.limit_iterations(ITERATIONS);
    lp.set_objective(&model.objective.linear)?;
    Ok(lp)
}

/// The optimum of a program's linear relaxation, whose objective is minimised, by a solver in floating-point arithmetic:
/// a figure for comparisons, and no bound that is proved. Nothing where the solver finds none in
/// so many seconds.
///
/// # Errors
/// The solver refuses the relaxation or fails.
pub fn root(
    library: &HighsLibrary,
    model: &Model,
    seconds: f64,
) -> Result<Option<f64>, SolveError> {
    let found = session(library, model)?.solve(Some(seconds))?;
    let optimal = found.status == LpStatus::Optimal;
    Ok(optimal.then_some(found.objective + model.objective.constant))
}

/// The cuts that the solution of the relaxation breaks.
fn round(
    lp: &mut LpSession<'_>,
    program: &VerifyProgram,
    seconds: f64,
) -> Result<Vec<Cut>, SolveError> {
    let found = lp.solve(Some(seconds))?;
    match found.status {
        LpStatus::Optimal => Ok(program.separate(&found.values, LEAST)),
        // No point, or none that says where the relaxation is weak.
        LpStatus::Infeasible | LpStatus::Unbounded | LpStatus::Limit | LpStatus::Other(_) => {
            Ok(Vec::new())
        }
    }
}

/// Adds the recorded cuts to a program.
///
/// # Errors
/// Why the record does not fit: more rounds than `most`, a neuron that does not exist or comes twice in
/// a round, a set of another length.
pub fn repeat(program: &mut VerifyProgram, rounds: &Rounds, most: usize) -> Result<(), String> {
    if rounds.len() > most {
        return Err(format!("it has {} rounds, and {most} were asked for", rounds.len()));
    }
    if program.decided && !rounds.is_empty() {
        return Err("its program is decided without them".to_owned());
    }
    for (k, round) in rounds.iter().enumerate() {
        let place = |why: String| format!("{why} in round {}", k + 1);
        if round.is_empty() {
            return Err(place("there is no cut".to_owned()));
        }
        if round.windows(2).any(|w| matches!(w, [a, b] if a.neuron >= b.neuron)) {
            return Err(place("neurons do not ascend".to_owned()));
        }
        let cuts: Result<Vec<Cut>, String> = round.iter().map(|r| r.cut(program)).collect();
        program.add_cuts(&cuts.map_err(place)?);
    }
    Ok(())
}

impl CutRecord {
    /// What a cut follows from.
    #[must_use]
    pub fn of(cut: &Cut) -> Self {
        CutRecord { neuron: cut.neuron, set: hex(&cut.inside) }
    }

    /// The cut that follows from it.
    fn cut(&self, program: &VerifyProgram) -> Result<Cut, String> {
        let n = self.neuron;
        let terms =
            program.operand(n).ok_or_else(|| format!("there is no neuron {n}"))?.terms.len();
        let inside = bits(&self.set, terms);
        let inside =
            inside.ok_or_else(|| format!("the set of neuron {n} is not one of {terms} terms"))?;
        program.cut(n, &inside).ok_or_else(|| format!("neuron {n} has a term without bounds"))
    }
}

/// A set as digits, four members each.
pub(super) fn hex(set: &[bool]) -> String {
    let digit = |four: &[bool]| {
        let bits = four.iter().rev().fold(0, |bits, b| 2 * bits + u32::from(*b));
        char::from_digit(bits, 16).unwrap_or('0')
    };
    set.chunks(4).map(digit).collect()
}

/// The set of so many that digits stand for.
pub(super) fn bits(set: &str, terms: usize) -> Option<Vec<bool>> {
    if set.len() != terms.div_ceil(4) {
        return None;
    }
    let mut out = Vec::with_capacity(set.len() * 4);
    for digit in set.chars() {
        // One form for each set: `A` is none.
        let bits = digit.to_digit(16).filter(|_| !digit.is_ascii_uppercase())?;
        out.extend((0..4).map(|k| bits >> k & 1 == 1));
    }
    let rest = out.split_off(terms.min(out.len()));
    (!rest.contains(&true)).then_some(out)
}
