//! An instance of a question of verification that is open for work.

use std::path::Path;

use super::analysis::{Analysis, Part, Prover, analyse};
use super::record::{self, Found};
use crate::bounds::graph::Record;
use crate::cert::attack_file::AttackFile;
use crate::cert::instance::Instance;
use crate::cert::instance::manifest::TargetRecord;
use crate::cert::pipeline::part::Part as Files;
use crate::cert::pipeline::{self, PipelineError, start};
use crate::cert::store;
use crate::encode::verify::{SmoothForm, VerifyOptions, VerifyProgram, encode_case};
use crate::front::spec::Spec;
use crate::lower::{Format, Target};
use crate::question::verify::Verification;
use crate::question::verify::approach::PIECES;

/// The proofs of linear programs in an instance directory.
pub const BOUNDS_FILE: &str = "bounds.json";

/// An instance with its question, its bounds and its programs.
#[derive(Clone, Debug)]
pub struct Job {
    /// The directory.
    pub instance: Instance,
    /// The resolved specification, from the copies in the directory.
    pub spec: Spec<Verification>,
    /// What bounds alone say.
    pub analysis: Analysis,
    /// For each part that is open its program.
    pub programs: Vec<Option<VerifyProgram>>,
    /// The point that the search by replay found: an attack, or what came nearest to one.
    pub start: Option<Found>,
}

impl Job {
    /// Opens a directory: compares its files with the manifest, resolves the specification, bounds
    /// the network and compiles the programs.
    ///
    /// # Errors
    /// [`PipelineError`].
    pub fn open(dir: &Path) -> Result<Self, PipelineError> {
        let instance = Instance::open(dir)?;
        let spec = resolve(&instance)?;
        let analysis = again(&spec.question, dir)?;
        let start = match &instance.manifest.start {
            Some(_) => read_start(dir, &spec.question)?,
            None => None,
        };
        let targets = instance.manifest.parts.iter().flat_map(|p| &p.targets);
        let targets: Vec<Target> = targets.filter_map(|t| Target::from_name(&t.target)).collect();
        // Where the search by replay decided, no program was made, and none says anything of a part.
        let bare = instance.manifest.parts.iter().all(|p| p.folder.is_none());
        let attacked = start.as_ref().is_some_and(|s| s.replay.is_attack());
        let programs = match bare && attacked {
            true => vec![None; analysis.parts.len()],
            false => programs(&spec.question, &analysis, &targets)?,
        };
        Ok(Job { instance, spec, analysis, programs, start })
    }

    /// Whether nothing is left to decide for a part: bounds, or its program's, say that it is
    /// impossible.
    #[must_use]
    pub fn impossible(&self, k: usize) -> bool {
        self.lower(k) > 0.0
    }

    /// The lower bound of a part's margin that needed no search.
    #[must_use]
    pub fn lower(&self, k: usize) -> f64 {
        let Some(part) = self.analysis.parts.get(k) else { return f64::NEG_INFINITY };
        let program = self.programs.get(k).and_then(Option::as_ref);
        let encoded = program.filter(|p| p.decided).map(|p| p.interval.lo);
        encoded.map_or(part.lower, |e| e.max(part.lower))
    }

    /// A part's program with its files, if it has some.
    #[must_use]
    pub fn files(&self, k: usize) -> Option<(Files<'_>, &VerifyProgram)> {
        let program = self.programs.get(k)?.as_ref()?;
        let record = self.instance.manifest.parts.get(k)?;
        record.folder.as_ref()?;
        let targets: &[TargetRecord] = &record.targets;
        Some((Files { dir: &self.instance.dir, model: &program.model, targets }, program))
    }

    /// The parts.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.analysis.parts
    }
}

/// The specification of an instance.
fn resolve(instance: &Instance) -> Result<Spec<Verification>, PipelineError> {
    let asked = pipeline::job::resolve(instance)?;
    asked.verify().ok_or(PipelineError::OtherQuestion { wanted: "verification" })
}

/// The names of the nodes of an instance's network, by their number in its programs.
///
/// # Errors
/// [`PipelineError`] when the specification cannot be read.
pub fn nodes(instance: &Instance) -> Result<Vec<String>, PipelineError> {
    let spec = resolve(instance)?;
    Ok(spec.question.graph.nodes.into_iter().map(|n| n.origin).collect())
}

/// Bounds as the instance in `dir` has them, with its recorded proofs.
pub(super) fn again(question: &Verification, dir: &Path) -> Result<Analysis, PipelineError> {
    let path = dir.join(BOUNDS_FILE);
    let threads = crate::back::threads();
    let records: Vec<Record> = match needs_programs(question) {
        true => store::read_json(&path, "the proofs of bounds")?,
        false => Vec::new(),
    };
    Ok(analyse(question, Prover::Recorded(&records), threads, None)?)
}

/// Whether the question asks for bounds by linear programs.
pub(super) fn needs_programs(question: &Verification) -> bool {
    question.approach.bounds.programs > 0 || question.approach.bounds.nodes > 0
}

/// The stored point of an instance, replayed again.
fn read_start(dir: &Path, question: &Verification) -> Result<Option<Found>, PipelineError> {
    let file: AttackFile = store::read_json(&dir.join(start::FILE_NAME), "start attack")?;
    let x = file
        .input()
        .ok_or_else(|| PipelineError::BadAttack("it is no input of a network".to_owned()))?;
    record::replay(question, &x).map_err(|e| PipelineError::BadAttack(e.to_string()))
}

/// How a question is encoded for targets.
pub(super) fn encoding(question: &Verification, targets: &[Target]) -> VerifyOptions {
    let approach = &question.approach;
    let smooth = |t: &Target| matches!(t.format(), Format::NlText | Format::NlBinary);
    let exact = !targets.is_empty() && targets.iter().all(smooth);
    VerifyOptions {
        split: approach.split,
        cases: approach.cases,
        smooth: approach.smooth.unwrap_or(if exact {
            SmoothForm::Exact
        } else {
            SmoothForm::Pieces(PIECES)
        }),
        ask: approach.ask,
    }
}

/// A program for each part that is open.
pub(super) fn programs(
    question: &Verification,
    analysis: &Analysis,
    targets: &[Target],
) -> Result<Vec<Option<VerifyProgram>>, PipelineError> {
    let options = encoding(question, targets);
    let parts = analysis.parts.iter().map(|part| {
        let bounds = analysis.bounds.get(part.case).and_then(Option::as_ref);
        let Some(bounds) = bounds.filter(|_| !part.impossible()) else { return Ok(None) };
        Ok(Some(encode_case(&question.graph, &bounds.nodes, &part.goal, &options)?))
    });
    parts.collect()
}
