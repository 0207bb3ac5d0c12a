//! From a specification to an instance directory, and in one go to its certificate.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::certify::certify_reached;
use super::solve::search;
use super::words::question_text;
use super::{Job, rounds};
use crate::cert::assemble::Assembled;
use crate::cert::certificate::{self, FileRole};
use crate::cert::instance::manifest::RoundsRecord;
use crate::cert::instance::{Instance, Manifest, inputs, manifest};
use crate::cert::pipeline::place::{free, settle};
use crate::cert::pipeline::replace::Seen;
use crate::cert::pipeline::{
    CompileOptions, Listener, News, PipelineError, RunOptions, beside, emit,
};
use crate::cert::store;
use crate::front::hash::sha256_bytes;
use crate::front::spec::{SolverChoice, Spec};
use crate::question::reach::Reaching;

/// Copies a specification, which was read from `path`, with its inputs into the directory `dir`, which
/// is complete or as it was.
///
/// # Errors
/// [`PipelineError`].
pub fn compile(
    (path, spec): (&Path, Spec<Reaching>),
    dir: &Path,
    options: &CompileOptions,
) -> Result<Job, PipelineError> {
    let seen = Seen::of(dir);
    free(dir, options.force)?;
    let seen = dir.exists().then_some(&seen);
    let rounds = rounds_record(&spec, options)?;
    let manifest = settle(dir, seen, |place| {
        let plan = inputs::plan(path, &emit::roles(&spec.files))?;
        let manifest = Manifest {
            schema: manifest::SCHEMA,
            theriac: env!("CARGO_PKG_VERSION").to_owned(),
            question: question_text(&spec.question),
            inputs: inputs::copy(place, &plan, &spec.text)?,
            start: None,
            program: None,
            targets: Vec::new(),
            parts: Vec::new(),
            hurried: false,
            passes: Vec::new(),
            bounds: None,
            cuts: None,
            rounds,
        };
        if manifest.rounds.is_none() {
            return Ok(manifest);
        }
        let instance = Instance { dir: place.to_owned(), manifest };
        let job = Job { instance, spec: spec.clone() };
        rounds::start(&job)?;
        Ok(job.instance.manifest)
    })?;
    Ok(Job { instance: Instance { dir: dir.to_owned(), manifest }, spec })
}

/// How the rounds of a question are written, if it asks for some.
fn rounds_record(
    spec: &Spec<Reaching>,
    options: &CompileOptions,
) -> Result<Option<RoundsRecord>, PipelineError> {
    if spec.question.approach.rounds.is_some() && options.compress.is_some() {
        return Err(PipelineError::RoundsPlain);
    }
    let record = || rounds::record(&options.targets, &options.names, spec.solve.solver);
    spec.question.approach.rounds.map(|_| record()).transpose()
}

/// The instance in `dir`, if it is one of this question whose rounds were begun: what a run that was
/// killed has left. A finished one only if nothing else was asked for: the run may have been killed behind
/// its last word, and to make the same again beside it would put what is there at risk for nothing.
fn begun(
    (path, spec): (&Path, &Spec<Reaching>),
    dir: &Path,
    (options, compiling): (&RunOptions, &CompileOptions),
) -> Option<Job> {
    spec.question.approach.rounds?;
    let job = Job::open(dir).ok()?;
    let manifest = &job.instance.manifest;
    let rounds = rounds_record(spec, compiling).ok()?;
    let asked = || {
        let own = options.solver.is_some() || options.time_limit.is_some() || options.gap.is_some();
        let hash = store::read(path).ok().map(|bytes| sha256_bytes(&bytes));
        let before = manifest.inputs.iter().find(|f| f.role == FileRole::Spec);
        !own && hash.is_some() && hash.as_ref() == before.map(|f| &f.sha256)
    };
    let same = job.spec.question == spec.question
        && manifest.rounds == rounds
        && manifest.theriac == env!("CARGO_PKG_VERSION");
    (same && (!dir.join(certificate::FILE_NAME).exists() || asked())).then_some(job)
}

/// Compiles, bounds every step, looks for an attack, and writes the certificate.
///
/// # Errors
/// [`PipelineError`].
pub fn run(
    (path, spec): (&Path, Spec<Reaching>),
    dir: &Path,
    options: &RunOptions,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<(Job, Assembled), PipelineError> {
    let choice = options.over(&spec.solve);
    let mut compiling = options.compile.clone();
    if let Some(solver) = options.solver.filter(|_| spec.question.approach.rounds.is_some()) {
        // The dialect of the files is that of the solver.
        let own = rounds::record(&compiling.targets, &compiling.names, solver)?;
        compiling.targets = vec![rounds::target(&own)?];
    }
    let solve = |job: Job, listen: Listener<'_>| {
        let found = search(&job, &choice, listen, stop)?;
        let assembled = certify_reached(&job, &found)?;
        Ok((job, assembled))
    };
    if let Some(job) = begun((path, &spec), dir, (options, &compiling)) {
        listen(News::Note(format!("{} was begun; going on from there", dir.display())));
        return solve(job, listen);
    }
    free(dir, compiling.force)?;
    let make = |dir: &Path| solve(compile((path, spec), dir, &compiling)?, listen);
    let (mut job, assembled) =
        beside(dir, SolverChoice::Branch, make, |made| made.1.failure.clone())?;
    job.instance.dir = dir.to_owned();
    Ok((job, assembled))
}
