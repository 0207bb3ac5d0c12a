//! An instance that is open for work.

use std::path::Path;

use super::PipelineError;
use super::program::program;
use crate::bounds::pass::Pass;
use crate::cert::instance::Instance;
use crate::cert::report::ParameterBox;
use crate::encode::Program;
use crate::front::spec::{self, Spec};
use crate::network::{Layout, Network};

/// An instance with its question and program.
#[derive(Clone, Debug)]
pub struct Job {
    /// The directory.
    pub instance: Instance,
    /// The resolved specification, from the copies in the directory.
    pub spec: Spec,
    /// The program, compiled from it.
    pub program: Program,
}

impl Job {
    /// Opens a directory: compares its files with the manifest, resolves the specification, and
    /// compiles the program.
    ///
    /// # Errors
    /// [`PipelineError`].
    pub fn open(dir: &Path) -> Result<Self, PipelineError> {
        let instance = Instance::open(dir)?;
        let spec = spec::load(&instance.spec()?)?;
        let program = program(&spec.question)?;
        Ok(Job { instance, spec, program })
    }
}

/// The proved parameter boxes of an interval pass, as reports show them.
#[must_use]
pub fn story_boxes(network: &Network, pass: &Pass) -> Vec<ParameterBox> {
    let layout = Layout::of(network);
    pass.parameters
        .iter()
        .map(|state| {
            let lower: Vec<f64> = state.iter().map(|i| i.lo).collect();
            let upper: Vec<f64> = state.iter().map(|i| i.hi).collect();
            ParameterBox { lower: layout.parameters(&lower), upper: layout.parameters(&upper) }
        })
        .collect()
}
