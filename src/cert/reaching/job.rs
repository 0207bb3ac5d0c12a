//! An instance of a question of reachable parameters that is open for work.

use std::path::Path;

use super::record::{REACH_FILE, ReachFile, StepRecord};
use crate::bounds::Interval;
use crate::bounds::pass::Pass;
use crate::cert::instance::Instance;
use crate::cert::pipeline::{self, PipelineError};
use crate::cert::report::ParameterBox;
use crate::cert::store;
use crate::front::spec::Spec;
use crate::question::reach::Reaching;

/// An instance with its question.
#[derive(Clone, Debug)]
pub struct Job {
    /// The directory.
    pub instance: Instance,
    /// The resolved specification, from the copies in the directory.
    pub spec: Spec<Reaching>,
}

impl Job {
    /// Opens a directory: compares its files with the manifest, and resolves the specification.
    ///
    /// # Errors
    /// [`PipelineError`].
    pub fn open(dir: &Path) -> Result<Self, PipelineError> {
        let instance = Instance::open(dir)?;
        let asked = pipeline::job::resolve(&instance)?;
        let wanted = "the parameters that training can reach";
        let spec = asked.reach().ok_or(PipelineError::OtherQuestion { wanted })?;
        Ok(Job { instance, spec })
    }

    /// The boxes of `reach.json`, for reports; none where they cannot be read.
    #[must_use]
    pub fn boxes(&self) -> Option<Vec<ParameterBox>> {
        let path = self.instance.dir.join(REACH_FILE);
        let file: ReachFile = store::read_json(&path, "boxes of parameters").ok()?;
        let end = |v: &Option<f64>, infinite: f64| v.unwrap_or(infinite);
        let of = |s: &StepRecord| -> Vec<Interval> {
            let pairs = s.lower.iter().zip(&s.upper);
            let interval = |(lo, hi): (&Option<f64>, &Option<f64>)| Interval {
                lo: end(lo, f64::NEG_INFINITY),
                hi: end(hi, f64::INFINITY),
            };
            pairs.map(interval).collect()
        };
        let parameters = file.steps.iter().map(of).collect();
        let pass = Pass { parameters, gradients: Vec::new() };
        Some(pipeline::story_boxes(&self.spec.question.question.network, &pass))
    }
}
