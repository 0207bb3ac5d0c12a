//! Compile, solve and certify in one go.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::certify::certify;
use super::compile::{CompileOptions, compile};
use super::solve::{SolveChoice, solve};
use super::{Job, Listener, PipelineError};
use crate::cert::assemble::Assembled;
use crate::front::spec::SolveOptions;

/// Choices of `run`; what is left out is taken from the specification.
#[derive(Clone, Debug, Default)]
pub struct RunOptions {
    /// How the program is compiled.
    pub compile: CompileOptions,
    /// Replaces the specification's solver.
    pub solver: Option<crate::front::spec::SolverChoice>,
    /// Replaces the specification's time limit, in seconds.
    pub time_limit: Option<f64>,
    /// Replaces the specification's relative gap.
    pub gap: Option<f64>,
    /// Replaces the specification's threads.
    pub threads: Option<u32>,
    /// Stop as soon as the claim is decided.
    pub decide: bool,
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

/// Compiles `spec` into `dir`, looks for the answer, and writes the certificate.
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
    let job = compile(spec, dir, &options.compile, listen)?;
    let choice = options.over(&job.spec.solve);
    solve(&job, &choice, listen, stop)?;
    let assembled = certify(&job)?;
    Ok((job, assembled))
}
