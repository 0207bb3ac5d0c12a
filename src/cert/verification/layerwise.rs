//! Layerwise bounds of binarised networks: rows of programs, and proofs that need no program.
//!
//! Both rest on a [`Log`], which is checked in whole numbers by code that shares nothing with the search. Rows of
//! hulls hold whatever their sets of terms are, so the record has these sets alone.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use serde::{Deserialize, Serialize};

use super::cuts::{CUTS_FILE, LEAST, bits, hex, session};
use super::job::Job;
use super::search::in_units;
use super::solve::Refuted;
use super::{Part, Study};
use crate::bounds::binarised::{Facts, Ground, Lift, Lifts, Limits, Log, Refined, Units};
use crate::cert::certificate::{FileRecord, FileRole};
use crate::cert::pipeline::PipelineError;
use crate::cert::store::{self, StoreError};
use crate::encode::binarised::{
    HullRow, LatticeError, LatticeProgram, encode, strengthened, verification,
};
use crate::encode::verify::VerifyProgram;
use crate::ir::Sense;
use crate::question::lattice::Lattice;
use crate::question::verify::{Binarised, NotWhole, Verification, Whole};
use crate::search::binarised as attack;
use crate::search::verify::moved_in;
use crate::solve::SolveError;
use crate::solve::highs_lib::{HighsLibrary, LpStatus};

/// What the rows of one program in whole numbers follow from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerCuts {
    /// The cover, if rows follow from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<Log>,
    /// What was added round by round, where the linear relaxation broke it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<RoundRecord>,
}

/// The rows of one round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundRecord {
    /// Rows of hulls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hulls: Vec<HullRecord>,
    /// Rows over two layers, which follow from the cover.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lifts: Vec<Lift>,
}

/// What a row of a hull follows from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HullRecord {
    /// Hidden layer, from 0.
    pub layer: usize,
    /// Its open unit, from 0.
    pub unit: usize,
    /// Whether the row is about the points where the unit is 1.
    pub on: bool,
    /// The set of terms, four terms a hexadecimal digit, the first in the lowest bit of the first.
    pub set: String,
}

/// A part in whole numbers.
pub(super) fn whole(question: &Verification, part: &Part) -> Result<Whole, PipelineError> {
    Ok(Whole::new(&question.graph, &part.goal)?)
}

/// What is open of a part.
fn units(whole: &Whole) -> Result<Units, LatticeError> {
    Units::new(&whole.network, &whole.points, (whole.class, &whole.rivals))
}

/// The program of a part as it is; none where the part has no input.
pub(super) fn program(
    question: &Verification,
    part: &Part,
) -> Result<Option<VerifyProgram>, PipelineError> {
    let whole = whole(question, part)?;
    match encode(&whole.network, &whole.points, (whole.class, whole.asked())) {
        Ok(program) => finish(question, part, &whole, program).map(Some),
        Err(LatticeError::Empty) => Ok(None),
        Err(e) => Err(e.into()),
    }
}

fn finish(
    question: &Verification,
    part: &Part,
    whole: &Whole,
    program: LatticeProgram,
) -> Result<VerifyProgram, PipelineError> {
    let lattice = part.goal.lattice.ok_or(NotWhole::NoLattice)?;
    Ok(verification(&question.graph, (whole, lattice), program))
}

/// Strengthens the program of a part: by the rows of a cover, and by rounds of hulls.
pub(super) fn strengthen(
    (question, how): (&Verification, Binarised),
    part: &Part,
    (library, rounds): (Option<&HighsLibrary>, usize),
    (left, cancel): (&dyn Fn() -> f64, Option<&AtomicBool>),
) -> Result<(VerifyProgram, LayerCuts), PipelineError> {
    let whole = whole(question, part)?;
    let threads = crate::back::threads();
    let Layerwise { refined, log, mut lifts } =
        layerwise(&whole.points, units(&whole)?, how.layerwise, (threads, cancel));
    let mut cuts = LayerCuts { log, rounds: Vec::new() };
    let mut program = strengthened(&whole.points, refined, whole.asked())?;
    if let Some(library) = library {
        cuts.rounds = root_cuts(library, (&mut program, lifts.as_mut()), rounds, left)?;
    }
    Ok((finish(question, part, &whole, program)?, cuts))
}

/// What layerwise bounds make of a question.
#[derive(Clone, Debug)]
pub struct Layerwise {
    /// What is left open, and what holds for it.
    pub refined: Refined,
    /// The record, if there is a cover.
    pub log: Option<Log>,
    /// Rows over two layers that follow from the cover, to be separated.
    pub lifts: Option<Lifts>,
}

/// What a cover of at most so many nodes says of units over `points`; without nodes the units
/// as they are. The result is the same for any number of threads, unless it is cancelled.
#[must_use]
pub fn layerwise(
    points: &Lattice,
    units: Units,
    nodes: usize,
    (threads, cancel): (usize, Option<&AtomicBool>),
) -> Layerwise {
    if nodes == 0 {
        return Layerwise { refined: Refined::plain(units), log: None, lifts: None };
    }
    let ground = Ground::new(points, units);
    let cover = ground.cover(&Limits { nodes, need: i64::MIN, threads, cancel });
    let facts = Facts::of(&ground, &cover);
    let refined = Refined::new(&ground.units, &cover.cores, &facts);
    let lifts = Some(Lifts::new(&ground, &cover, &facts, &refined.kept));
    Layerwise { refined, log: Some(Log::new(cover, facts)), lifts }
}

/// A round that moves the optimum of the relaxation by less than this share of it hardly shrinks the gap.
const SHRINKS: f64 = 1e-3;

/// Rounds in a row that hardly shrink the gap, after which there are no more.
const PATIENCE: usize = 3;

/// Adds at most so many rounds of rows to a program, where its linear relaxation breaks them, and says what they were: rows
/// of hulls, and of `lifts`. It ends sooner where no row is broken by enough, where the gap has stopped shrinking, where
/// the solver finds no optimum, and when no time is `left` (seconds).
///
/// # Errors
/// The solver refuses the relaxation or fails.
pub fn root_cuts(
    library: &HighsLibrary,
    (program, mut lifts): (&mut LatticeProgram, Option<&mut Lifts>),
    most: usize,
    left: &dyn Fn() -> f64,
) -> Result<Vec<RoundRecord>, SolveError> {
    let mut out = Vec::new();
    if most == 0 || program.columns.iter().all(Vec::is_empty) {
        return Ok(out);
    }
    let mut lp = session(library, &program.model)?;
    let (mut best, mut idle) = (f64::NEG_INFINITY, 0);
    while out.len() < most {
        let seconds = left();
        if seconds <= 0.0 {
            break;
        }
        let found = lp.solve(Some(seconds))?;
        if found.status != LpStatus::Optimal {
            break;
        }
        let shrinks = found.objective > best + SHRINKS * (1.0 + found.objective.abs());
        idle = if shrinks { 0 } else { idle + 1 };
        if idle == PATIENCE {
            break;
        }
        best = best.max(found.objective);
        let hulls = program.separate(&found.values, LEAST);
        let lifted = lifts.as_deref_mut();
        let lifted =
            lifted.map_or_else(Vec::new, |l| program.separate_lifts(l, &found.values, LEAST));
        if hulls.is_empty() && lifted.is_empty() {
            break;
        }
        let rows = hulls.iter().filter_map(|hull| program.row(hull));
        for row in rows.chain(lifted.iter().filter_map(|lift| program.lift_row(lift))) {
            lp.add_row(&row.terms, Sense::Le, row.rhs)?;
        }
        program.add_hulls(&hulls);
        program.add_lifts(&lifted);
        out.push(RoundRecord { hulls: hulls.iter().map(HullRecord::of).collect(), lifts: lifted });
    }
    Ok(out)
}

impl HullRecord {
    fn of(hull: &HullRow) -> Self {
        HullRecord { layer: hull.layer, unit: hull.unit, on: hull.on, set: hex(&hull.inside) }
    }

    fn row(&self, program: &LatticeProgram) -> Option<HullRow> {
        let unit = program.units.layers.get(self.layer)?.get(self.unit)?;
        let inside = bits(&self.set, unit.terms.len())?;
        let hull = HullRow { layer: self.layer, unit: self.unit, on: self.on, inside };
        program.row(&hull).map(|_| hull)
    }
}

/// The program of a part with the rows that are recorded, each of which is checked.
///
/// # Errors
/// [`PipelineError::BadCuts`].
fn repeat(
    (question, how): (&Verification, Binarised),
    part: &Part,
    (cuts, rounds): (&LayerCuts, usize),
) -> Result<VerifyProgram, PipelineError> {
    let bad = |why: String| PipelineError::BadCuts(why);
    let whole = whole(question, part)?;
    let units = units(&whole)?;
    let lifts: Vec<Lift> = cuts.rounds.iter().flat_map(|r| &r.lifts).copied().collect();
    let refined = match &cuts.log {
        Some(log) => {
            log.check(&units, &whole.points).map_err(bad)?;
            let refined = Refined::new(&units, &log.cores, &log.facts);
            log.check_lifts(&units, &refined.kept, &lifts).map_err(bad)?;
            refined
        }
        None if !lifts.is_empty() => {
            return Err(bad("lifted rows follow from no cover".to_owned()));
        }
        None if how.layerwise > 0 => return Err(bad("it has no cover".to_owned())),
        None => Refined::plain(units),
    };
    let mut program = strengthened(&whole.points, refined, whole.asked())?;
    if cuts.rounds.len() > rounds {
        let more = format!("it has {} rounds, and {rounds} were asked for", cuts.rounds.len());
        return Err(bad(more));
    }
    for round in &cuts.rounds {
        let rows: Option<Vec<HullRow>> = round.hulls.iter().map(|r| r.row(&program)).collect();
        let rows = rows.ok_or_else(|| bad("a row is about no unit of it".to_owned()))?;
        program.add_hulls(&rows);
        program.add_lifts(&round.lifts);
    }
    finish(question, part, &whole, program)
}

/// Replaces the programs of all parts by those that the instance in `dir` has recorded, and returns the record.
///
/// # Errors
/// The record cannot be read; [`PipelineError::BadCuts`].
pub(super) fn repeat_all(
    dir: &Path,
    question: &Verification,
    (parts, programs): (&[Part], &mut [Option<VerifyProgram>]),
) -> Result<Vec<LayerCuts>, PipelineError> {
    let none = vec![LayerCuts::default(); parts.len()];
    let Some(how) = question.approach.binarised else { return Ok(none) };
    let rounds = question.approach.cuts;
    if rounds == 0 && how.layerwise == 0 {
        return Ok(none);
    }
    let all: Vec<LayerCuts> = store::read_json(&dir.join(CUTS_FILE), "the record of cuts")?;
    if all.len() != parts.len() {
        let why = format!("they are about {} parts of {}", all.len(), parts.len());
        return Err(PipelineError::BadCuts(why));
    }
    for (k, ((program, cuts), part)) in programs.iter_mut().zip(&all).zip(parts).enumerate() {
        match program {
            Some(program) => {
                *program = repeat((question, how), part, (cuts, rounds)).map_err(|e| match e {
                    PipelineError::BadCuts(why) => {
                        PipelineError::BadCuts(format!("part {}: {why}", k + 1))
                    }
                    other => other,
                })?;
            }
            None if *cuts == LayerCuts::default() => {}
            None => {
                let why = format!("part {}: it has no program", k + 1);
                return Err(PipelineError::BadCuts(why));
            }
        }
    }
    Ok(all)
}

/// Writes the record into an instance directory.
///
/// # Errors
/// It cannot be written.
pub(super) fn write(dir: &Path, all: &[LayerCuts]) -> Result<FileRecord, StoreError> {
    store::write_dense_json(&dir.join(CUTS_FILE), &all)?;
    store::record(dir, FileRole::Cuts, CUTS_FILE)
}

/// Looks for an input where a rival reaches the class, part by part: one, or the one where a rival is least behind.
pub(super) fn search<'a>(
    question: &Verification,
    parts: impl Iterator<Item = &'a Part>,
    (points, evaluations): (&[Vec<f64>], Option<u64>),
    cancel: &AtomicBool,
) -> Result<Option<Vec<f64>>, PipelineError> {
    let mut options =
        attack::Options { enough: Some(0), cancel: Some(cancel), ..attack::Options::default() };
    options.evaluations = evaluations.unwrap_or(options.evaluations);
    let mut best: Option<(i64, Vec<f64>)> = None;
    for part in parts {
        let whole = whole(question, part)?;
        let asked = (whole.class, whole.asked());
        let starts: Vec<Vec<i64>> =
            points.iter().map(|x| whole.steps(&moved_in(&part.goal, x))).collect();
        let options = attack::Options { starts: &starts, ..options };
        let found = attack::attack(&whole.network, &whole.points, asked, &options);
        if let Some(found) = found
            && best.as_ref().is_none_or(|(lead, _)| found.lead > *lead)
        {
            best = Some((found.lead, whole.input(&found.point)));
        }
        if best.as_ref().is_some_and(|(lead, _)| *lead >= 0) {
            break;
        }
    }
    Ok(best.map(|b| b.1))
}

/// How a search by a cover ended.
pub(super) enum Decided {
    /// No rival reaches the class, by this log, which has so many nodes.
    Refuted(Log, usize),
    /// A point where one does, as an input.
    Attack(Vec<f64>),
    /// The largest lead that is left, in units of the scores, and the number of nodes.
    Open(Option<i64>, usize),
}

/// Decides a part without a program, if so many nodes are enough.
pub(super) fn decide(
    question: &Verification,
    part: &Part,
    (nodes, threads): (usize, usize),
    cancel: Option<&AtomicBool>,
) -> Result<Decided, PipelineError> {
    let whole = whole(question, part)?;
    // A rival that is level is an attack.
    let limits = Limits { nodes, need: 0, threads, cancel };
    let ground = Ground::new(&whole.points, units(&whole)?);
    let cover = ground.cover(&limits);
    let count = cover.nodes.len();
    if let Some(k) = &cover.found {
        return Ok(Decided::Attack(whole.input(k)));
    }
    Ok(match cover.lead() {
        Some(lead) if lead >= 0 => Decided::Open(Some(lead + whole.less.1), count),
        Some(_) | None => {
            // Facts about units are of no use here, and are many.
            let facts = Facts::leads(&ground, &cover);
            Decided::Refuted(Log::new(cover, facts), count)
        }
    })
}

/// Whether a log refutes a part.
///
/// # Errors
/// Why not.
pub(super) fn refutes(job: &Job, part: &Part, log: &Log) -> Result<Refuted, String> {
    let text = |e: &dyn std::fmt::Display| e.to_string();
    let question = &job.spec.question;
    if question.approach.binarised.is_none() {
        return Err("the question is not asked in whole numbers".to_owned());
    }
    let whole = whole(question, part).map_err(|e| text(&e))?;
    log.check(&units(&whole).map_err(|e| text(&e))?, &whole.points)?;
    match log.facts.leads.iter().flatten().max() {
        Some(lead) if *lead >= 0 => Err(format!("a rival may be ahead by {lead}")),
        Some(_) | None => Ok(refuted(&whole, log)),
    }
}

/// What a cover that refutes a part says of its margin.
fn refuted(whole: &Whole, log: &Log) -> Refuted {
    let lead = log.facts.leads.iter().flatten().max();
    // The scores of rivals that must be ahead are less than those of the file.
    let margin = |lead: &i64| in_units(-(lead + whole.less.1) as f64, whole.unit());
    Refuted::Cover(lead.map(margin))
}

/// The same for a record that was made a moment ago.
///
/// # Errors
/// As [`whole`].
pub(super) fn made(
    question: &Verification,
    part: &Part,
    log: &Log,
) -> Result<Refuted, PipelineError> {
    Ok(refuted(&whole(question, part)?, log))
}

/// How many rows there are, in words.
pub(super) fn count(study: &Study) -> String {
    let of = |cuts: &LayerCuts| {
        let facts = cuts.log.iter().flat_map(|log| &log.facts.layers);
        let cliques: usize = facts.clone().map(|l| l.cliques.len()).sum();
        let known: usize = facts.map(|l| l.known.iter().flatten().count()).sum();
        let hulls: usize = cuts.rounds.iter().map(|r| r.hulls.len()).sum();
        let lifts: usize = cuts.rounds.iter().map(|r| r.lifts.len()).sum();
        [cliques, known, hulls, lifts]
    };
    let add = |a: [usize; 4], b: [usize; 4]| [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];
    let [cliques, known, hulls, lifts] = study.layerwise.iter().map(of).fold([0; 4], add);
    format!(
        "{known} units fixed, {cliques} cliques, {hulls} rows of hulls and {lifts} lifted rows in all programs"
    )
}
