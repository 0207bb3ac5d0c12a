//! From a specification to an instance directory, and in one go to its certificate.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::Job;
use super::certify::certify_reached;
use super::solve::search;
use super::words::question_text;
use crate::cert::assemble::Assembled;
use crate::cert::instance::{Instance, Manifest, inputs, manifest};
use crate::cert::pipeline::place::{free, settle};
use crate::cert::pipeline::replace::Seen;
use crate::cert::pipeline::{Listener, PipelineError, RunOptions, beside, emit};
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
    force: bool,
) -> Result<Job, PipelineError> {
    let seen = Seen::of(dir);
    free(dir, force)?;
    let seen = dir.exists().then_some(&seen);
    let manifest = settle(dir, seen, |place| {
        let plan = inputs::plan(path, &emit::roles(&spec.files))?;
        Ok(Manifest {
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
        })
    })?;
    Ok(Job { instance: Instance { dir: dir.to_owned(), manifest }, spec })
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
    free(dir, options.compile.force)?;
    let choice = options.over(&spec.solve);
    let make = |dir: &Path| {
        let job = compile((path, spec), dir, options.compile.force)?;
        let found = search(&job, &choice, listen, stop)?;
        let assembled = certify_reached(&job, &found)?;
        Ok((job, assembled))
    };
    let (mut job, assembled) =
        beside(dir, SolverChoice::Branch, make, |made| made.1.failure.clone())?;
    job.instance.dir = dir.to_owned();
    Ok((job, assembled))
}
