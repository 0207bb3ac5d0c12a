//! An instance of a question of verification that is open for work.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::Study;
use super::analysis::{Analysis, Prover, analyse};
use super::record::{self, Found};
use super::{cuts, layerwise};
use crate::bounds::graph::Record;
use crate::cert::attack_file::AttackFile;
use crate::cert::instance::Instance;
use crate::cert::instance::manifest::TargetRecord;
use crate::cert::pipeline::part::Part as Files;
use crate::cert::pipeline::{self, PipelineError, start};
use crate::cert::store;
use crate::encode::verify::{SmoothForm, VerifyOptions, VerifyProgram, encode_until};
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
    /// What is known without a search.
    pub study: Study,
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
        let manifest = &instance.manifest;
        let analysis = again((&spec.question, manifest.hurried), dir)?;
        let start = match &manifest.start {
            Some(_) => read_start(dir, &spec.question)?,
            None => None,
        };
        let targets = manifest.parts.iter().flat_map(|p| &p.targets);
        let targets: Vec<Target> = targets.filter_map(|t| Target::from_name(&t.target)).collect();
        let skipped = |k: usize| manifest.parts.get(k).is_some_and(|p| p.skipped);
        let encoder = Encoder::new(&spec.question, &targets);
        let one = |k: usize| if skipped(k) { Ok(None) } else { encoder.program(&analysis, k) };
        let programs: Result<Vec<_>, _> = (0..analysis.parts.len()).map(one).collect();
        let mut programs = programs?;
        let approach = &spec.question.approach;
        let whole = approach.binarised.is_some();
        let cuts = cuts::repeat_all(dir, &mut programs, (approach.cuts, whole))?;
        let all = (&analysis.parts[..], &mut programs[..]);
        let layerwise = layerwise::repeat_all(dir, &spec.question, all)?;
        let study = Study { analysis, start, programs, cuts, layerwise };
        Ok(Job { instance, spec, study })
    }

    /// A part's program with its files, if it has some.
    #[must_use]
    pub fn files(&self, k: usize) -> Option<(Files<'_>, &VerifyProgram)> {
        let program = self.study.programs.get(k)?.as_ref()?;
        let record = self.instance.manifest.parts.get(k)?;
        record.folder.as_ref()?;
        let targets: &[TargetRecord] = &record.targets;
        Some((Files { dir: &self.instance.dir, model: &program.model, targets }, program))
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
fn again(
    (question, hurried): (&Verification, bool),
    dir: &Path,
) -> Result<Analysis, PipelineError> {
    let path = dir.join(BOUNDS_FILE);
    let threads = crate::back::threads();
    let records: Vec<Record> = match needs_programs(question) && !hurried {
        true => store::read_json(&path, "the proofs of bounds")?,
        false => Vec::new(),
    };
    Ok(analyse((question, hurried), Prover::Recorded(&records), threads, None)?)
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

/// How the programs of a question are made.
#[derive(Clone, Copy)]
pub(super) struct Encoder<'a> {
    question: &'a Verification,
    options: VerifyOptions,
    cancel: Option<&'a AtomicBool>,
}

impl<'a> Encoder<'a> {
    /// As the question asks for it, and as targets can take it.
    pub fn new(question: &'a Verification, targets: &[Target]) -> Self {
        let approach = &question.approach;
        let smooth = |t: &Target| matches!(t.format(), Format::NlText | Format::NlBinary);
        let exact = !targets.is_empty() && targets.iter().all(smooth);
        let options = VerifyOptions {
            split: approach.split,
            cases: approach.cases,
            smooth: approach.smooth.unwrap_or(if exact {
                SmoothForm::Exact
            } else {
                SmoothForm::Pieces(PIECES)
            }),
            ask: approach.ask,
        };
        Encoder { question, options, cancel: None }
    }

    /// With a flag that stops it.
    pub fn until(self, flag: &'a AtomicBool) -> Self {
        Encoder { cancel: Some(flag), ..self }
    }

    /// The program of a part; none where bounds alone decide.
    pub fn program(
        &self,
        analysis: &Analysis,
        k: usize,
    ) -> Result<Option<VerifyProgram>, PipelineError> {
        let Some(part) = analysis.parts.get(k).filter(|p| !p.impossible()) else {
            return Ok(None);
        };
        if self.question.approach.binarised.is_some() {
            return layerwise::program(self.question, part);
        }
        let bounds = analysis.bounds.get(part.case).and_then(Option::as_ref);
        let Some(bounds) = bounds else { return Ok(None) };
        let graph = &self.question.graph;
        let how = (&self.options, self.cancel);
        Ok(Some(encode_until(graph, &bounds.nodes, &part.goal, how)?))
    }
}
