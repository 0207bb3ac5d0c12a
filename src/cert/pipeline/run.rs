//! Compile, solve and certify in one go.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::certify::certify;
use super::compile::{CompileOptions, compile_resolved};
use super::error::poisoning;
use super::place::free;
use super::replace::{Seen, take_over};
use super::solve::{SolveChoice, named, solve};
use super::{Job, Listener, PipelineError};
use crate::cert::assemble::Assembled;
use crate::cert::store::StoreError;
use crate::cert::{answer, certificate};
use crate::front::spec::{self, SolveOptions, SolverChoice, Spec};

/// Choices of `run`; what is left out is taken from the specification.
#[derive(Clone, Debug, Default)]
pub struct RunOptions {
    /// How the program is compiled.
    pub compile: CompileOptions,
    /// Replaces the specification's solver.
    pub solver: Option<SolverChoice>,
    /// Replaces the specification's time limit, in seconds.
    pub time_limit: Option<f64>,
    /// Replaces the specification's relative gap.
    pub gap: Option<f64>,
    /// Replaces the specification's threads.
    pub threads: Option<u32>,
    /// Stop as soon as the claim is decided.
    pub decide: bool,
    /// A counterexample of a network is wanted.
    pub counterexample: bool,
    /// Refuse to replace the answer to another question.
    pub keep_others: bool,
}

impl RunOptions {
    /// The specification's choices with these replaced.
    #[must_use]
    pub fn over(&self, spec: &SolveOptions) -> SolveChoice {
        SolveChoice {
            solver: self.solver.unwrap_or(spec.solver),
            time_limit: self.time_limit.or(spec.time_limit),
            gap: self.gap.unwrap_or(spec.gap),
            threads: self.threads.or(spec.threads.and_then(|t| u32::try_from(t).ok())),
            decide: self.decide,
        }
    }
}

/// Compiles `spec` into `dir`, looks for the answer, and writes the certificate. Where the search
/// fails, the certificate says what is known without it and why there is no more; an older answer
/// in `dir` is not given up for that.
///
/// # Errors
/// [`PipelineError`].
pub fn run(
    spec: &Path,
    dir: &Path,
    options: &RunOptions,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<(Job, Assembled), PipelineError> {
    free(dir, options.compile.force)?;
    let resolved = poisoning(spec::load(spec)?)?;
    run_resolved((spec, resolved), dir, options, listen, stop)
}

/// As [`run`], for a specification that was read from a path before.
///
/// # Errors
/// As [`run`].
pub fn run_resolved(
    (path, spec): (&Path, Spec),
    dir: &Path,
    options: &RunOptions,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<(Job, Assembled), PipelineError> {
    free(dir, options.compile.force)?;
    let choice = options.over(&spec.solve);
    let make = |dir: &Path| {
        let job = compile_resolved((path, spec), dir, &options.compile, listen, stop)?;
        solve(&job, &choice, listen, stop)?;
        let assembled = certify(&job)?;
        Ok((job, assembled))
    };
    let failure = |made: &(Job, Assembled)| made.1.failure.clone();
    let (mut job, assembled) = beside((dir, None), choice.solver, make, failure)?;
    job.instance.dir = dir.to_owned();
    Ok((job, assembled))
}

/// Makes an instance with its certificate in `dir`. An older one stays as it is until the new one has
/// its certificate, and for good where the new search failed. Until then the new one is in `aside`, where
/// it stays if it is stopped; without that in a folder that goes away.
///
/// # Errors
/// What `make` returns, [`PipelineError::Unsolved`], and files that cannot be moved.
pub(in crate::cert) fn beside<T>(
    (dir, aside): (&Path, Option<&Path>),
    solver: SolverChoice,
    make: impl FnOnce(&Path) -> Result<T, PipelineError>,
    failure: impl FnOnce(&T) -> Option<String>,
) -> Result<T, PipelineError> {
    let seen = Seen::of(dir);
    // Whatever can be known to fail is looked at before the work, if an answer is there already.
    let older = [answer::FILE_NAME, certificate::FILE_NAME].iter().any(|f| dir.join(f).exists());
    if older && solver != SolverChoice::Branch {
        named(solver)?;
    }
    if !dir.exists() {
        return make(dir);
    }
    let failed = |source| StoreError::Write { path: dir.to_owned(), source };
    let folder = match aside {
        Some(_) => None,
        None => {
            let parent = dir.parent().filter(|p| !p.as_os_str().is_empty());
            let mut place = tempfile::Builder::new();
            let place = place.prefix(".theriac-").suffix(".part");
            let place = place.tempdir_in(parent.unwrap_or_else(|| Path::new(".")));
            Some(place.map_err(failed)?)
        }
    };
    let new = match (aside, &folder) {
        (Some(place), _) => place.to_owned(),
        (None, Some(folder)) => folder.path().join("instance"),
        (None, None) => return make(dir),
    };
    let made = make(&new)?;
    if let (true, Some(why)) = (older, failure(&made)) {
        return Err(PipelineError::Unsolved { why, dir: dir.to_owned() });
    }
    take_over(&new, dir, &seen)?;
    if aside.is_some() {
        std::fs::remove_dir_all(&new).map_err(failed)?;
    }
    Ok(made)
}
