//! An instance that is open for work.

use std::path::Path;

use super::PipelineError;
use super::error::poisoning;
use super::program;
use super::start::{self, Start};
use crate::bounds::pass::Pass;
use crate::cert::instance::recorded::Recorded;
use crate::cert::instance::{Instance, OpenError};
use crate::cert::report::ParameterBox;
use crate::cert::store;
use crate::encode::Program;
use crate::front::hash::sha256_bytes;
use crate::front::spec::{self, Asked, Spec};
use crate::network::{Layout, Network, Parameters};
use crate::question::goal::ParameterRef;

/// An instance with its question and program.
#[derive(Clone, Debug)]
pub struct Job {
    /// The directory.
    pub instance: Instance,
    /// The resolved specification, from the copies in the directory.
    pub spec: Spec,
    /// The attack that the compilation started from.
    pub start: Option<Start>,
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
        let spec = poisoning(resolve(&instance)?)?;
        let start = match &instance.manifest.start {
            Some(_) => Some(start::read(dir, &spec.question)?),
            None => None,
        };
        let cutoff = start::cutoff(&spec.question, start.as_ref());
        let program = program::again(&spec.question, cutoff, dir)?;
        Ok(Job { instance, spec, start, program })
    }
}

/// The specification of an instance, from the copies that the manifest vouches for.
pub(in crate::cert) fn resolve(instance: &Instance) -> Result<Asked, PipelineError> {
    let path = instance.spec()?;
    let place = instance.spec_record()?;
    let text = String::from_utf8(store::read(&path)?)
        .ok()
        .filter(|text| sha256_bytes(text.as_bytes()) == place.sha256)
        .ok_or_else(|| OpenError::Changed { path: path.clone(), what: "another hash" })?;
    let loader = Recorded { instance, spec: &place.path };
    Ok(spec::resolve(&path.display().to_string(), &text, &loader)?)
}

/// The proved parameter boxes of an interval pass, as reports show them.
#[must_use]
pub fn story_boxes(network: &Network, pass: &Pass) -> Vec<ParameterBox> {
    let layout = Layout::of(network);
    pass.parameters
        .iter()
        .map(|state| {
            let at = |p: ParameterRef| layout.position(p).and_then(|k| state.get(k).copied());
            ParameterBox {
                lower: fill(network, |p| at(p).map_or(f64::NEG_INFINITY, |i| i.lo)),
                upper: fill(network, |p| at(p).map_or(f64::INFINITY, |i| i.hi)),
            }
        })
        .collect()
}

/// Parameters of the network's shape with the values of `f`.
fn fill(network: &Network, f: impl Fn(ParameterRef) -> f64) -> Parameters {
    let mut out = network.parameters();
    for (k, layer) in out.layers.iter_mut().enumerate() {
        let layer_number = k + 1;
        for ((row, column), v) in layer.weight.indexed_iter_mut() {
            *v = f(ParameterRef::Weight { layer: layer_number, row, column });
        }
        for (row, v) in layer.bias.iter_mut().flatten().enumerate() {
            *v = f(ParameterRef::Bias { layer: layer_number, row });
        }
    }
    out
}
