//! From a specification to an instance directory, and in one go to its certificate.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::certify::certify_reached;
use super::solve::search;
use super::words::question_text;
use super::{Job, rounds};
use crate::cert::assemble::Assembled;
use crate::cert::certificate;
use crate::cert::instance::manifest::{AskedRecord, RoundsRecord};
use crate::cert::instance::{Instance, Manifest, inputs, manifest};
use crate::cert::pipeline::place::{aside, free, settle};
use crate::cert::pipeline::replace::Seen;
use crate::cert::pipeline::{
    CompileOptions, Listener, News, PipelineError, RunOptions, beside, emit,
};
use crate::front::spec::{SolveOptions, SolverChoice, Spec};
use crate::question::reach::Reaching;

/// Copies a specification, which was read from `path`, with its inputs into the directory `dir`, which
/// is complete or as it was.
///
/// # Errors
/// [`PipelineError`].
pub fn compile(
    named: (&Path, Spec<Reaching>),
    dir: &Path,
    options: &CompileOptions,
) -> Result<Job, PipelineError> {
    let rounds = rounds_record(&named.1, options, None)?;
    write(named, dir, options.force, rounds)
}

/// The same with rounds that are written in this way.
fn write(
    (path, spec): (&Path, Spec<Reaching>),
    dir: &Path,
    force: bool,
    rounds: Option<RoundsRecord>,
) -> Result<Job, PipelineError> {
    let seen = Seen::of(dir);
    free(dir, force)?;
    let seen = dir.exists().then_some(&seen);
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

/// How the rounds of a question are written, if it asks for some, and what else was asked for.
fn rounds_record(
    spec: &Spec<Reaching>,
    options: &CompileOptions,
    asked: Option<AskedRecord>,
) -> Result<Option<RoundsRecord>, PipelineError> {
    if spec.question.approach.rounds.is_some() && options.compress.is_some() {
        return Err(PipelineError::RoundsPlain);
    }
    let record = || rounds::record(&options.targets, &options.names, spec.solve.solver);
    let record = spec.question.approach.rounds.map(|_| record()).transpose()?;
    Ok(record.map(|record| RoundsRecord { asked, ..record }))
}

/// What the command line asks for in place of the specification.
fn asked(options: &RunOptions) -> Option<AskedRecord> {
    let RunOptions { solver, time_limit, gap, .. } = options;
    let any = solver.is_some() || time_limit.is_some() || gap.is_some();
    any.then(|| AskedRecord {
        solver: solver.map(|s| s.word().to_owned()),
        time_limit: *time_limit,
        gap: *gap,
    })
}

/// The instance in `dir`, if it is one of this question whose rounds were begun: what a run that was
/// killed has left. A finished one only if nothing else was asked for: the run may have been killed behind
/// its last word, and to make the same again beside it would put what is there at risk for nothing.
fn begun(spec: &Spec<Reaching>, dir: &Path, rounds: Option<&RoundsRecord>) -> Option<(Job, bool)> {
    let rounds = rounds?;
    let job = Job::open(dir).ok()?;
    let manifest = &job.instance.manifest;
    let before = manifest.rounds.as_ref()?;
    let written = |r: &RoundsRecord| RoundsRecord { asked: None, ..r.clone() };
    if job.spec.question != spec.question
        || written(before) != written(rounds)
        || manifest.theriac != env!("CARGO_PKG_VERSION")
    {
        return None;
    }
    // How many threads there are changes no answer.
    let how = |s: &Spec<Reaching>| SolveOptions { threads: None, ..s.solve.clone() };
    let same = before.asked == rounds.asked && how(&job.spec) == how(spec);
    let finished = dir.join(certificate::FILE_NAME).exists();
    (same || !finished).then_some((job, finished))
}

/// Compiles, bounds every step, looks for an attack, and writes the certificate.
///
/// # Errors
/// [`PipelineError`].
pub fn run(
    named: (&Path, Spec<Reaching>),
    dir: &Path,
    options: &RunOptions,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<(Job, Assembled), PipelineError> {
    let spec = &named.1;
    let choice = options.over(&spec.solve);
    let mut compiling = options.compile.clone();
    if let Some(solver) = options.solver.filter(|_| spec.question.approach.rounds.is_some()) {
        // The dialect of the files is that of the solver.
        let own = rounds::record(&compiling.targets, &compiling.names, solver)?;
        compiling.targets = vec![rounds::target(&own)?];
    }
    let record = rounds_record(spec, &compiling, asked(options))?;
    let next = aside(dir);
    let solve = |job: Job, listen: Listener<'_>| {
        let found = search(&job, &choice, listen, stop)?;
        let assembled = certify_reached(&job, &found)?;
        Ok((job, assembled))
    };
    let there = |place: &Path, listen: Listener<'_>| {
        let (job, finished) = begun(spec, place, record.as_ref())?;
        let what = match finished {
            true => "is finished, and certified again",
            false => "was begun; going on from there",
        };
        listen(News::Note(format!("{} {what}", place.display())));
        Some(job)
    };
    if let Some(job) = there(dir, listen) {
        return solve(job, listen);
    }
    free(dir, compiling.force)?;
    let next = Some(next).filter(|_| record.is_some() && dir.exists());
    let going_on = next.as_ref().and_then(|next| there(next, listen));
    let make = |place: &Path| match going_on {
        Some(job) => solve(job, listen),
        None => solve(write(named, place, true, record)?, listen),
    };
    let failure = |made: &(Job, Assembled)| made.1.failure.clone();
    let (mut job, assembled) = beside((dir, next.as_deref()), SolverChoice::Branch, make, failure)?;
    job.instance.dir = dir.to_owned();
    Ok((job, assembled))
}
