//! Compile, solve and certify in one go.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::assemble::Assembled;
use super::{Job, certify, compile_until, solve};
use crate::cert::pipeline::place::free;
use crate::cert::pipeline::{Listener, PipelineError, RunOptions, beside};
use crate::front::spec::Spec;
use crate::question::verify::Verification;

/// Compiles a specification, which was read from `path`, into `dir`, looks for the answer, and writes
/// the certificate. Where the search fails, the certificate says what is known without it; an older
/// answer in `dir` is not given up for that.
///
/// # Errors
/// [`PipelineError`].
pub fn run(
    (path, spec): (&Path, Spec<Verification>),
    dir: &Path,
    options: &RunOptions,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<(Job, Assembled), PipelineError> {
    free(dir, options.compile.force)?;
    let choice = options.over(&spec.solve);
    let make = |dir: &Path| {
        let job = compile_until((path, spec), dir, (&options.compile, true), listen, stop)?;
        solve(&job, &choice, listen, stop)?;
        let assembled = certify(&job, stop)?;
        Ok((job, assembled))
    };
    let failure = |made: &(Job, Assembled)| made.1.failure.clone();
    let (mut job, assembled) = beside(dir, choice.solver, make, failure)?;
    job.instance.dir = dir.to_owned();
    Ok((job, assembled))
}
