//! An instance of a question for the largest radius.

use std::path::Path;

use super::FOLDERS;
use crate::cert::instance::Instance;
use crate::cert::pipeline::{self, PipelineError};
use crate::cert::verification;
use crate::front::spec::{self, Disk, Spec};
use crate::question::verify::{Largest, Verification};

/// An instance with its question.
#[derive(Clone, Debug)]
pub struct Job {
    /// The directory.
    pub instance: Instance,
    /// The resolved specification, from the copies in the directory.
    pub spec: Spec<Largest>,
}

impl Job {
    /// Opens a directory: compares its files with the manifest and resolves the specification.
    ///
    /// # Errors
    /// [`PipelineError`].
    pub fn open(dir: &Path) -> Result<Self, PipelineError> {
        let instance = Instance::open(dir)?;
        let asked = pipeline::job::resolve(&instance)?;
        let spec =
            asked.largest().ok_or(PipelineError::OtherQuestion { wanted: "the largest radius" })?;
        Ok(Job { instance, spec })
    }

    /// The instance of an end, if there is one.
    ///
    /// # Errors
    /// [`PipelineError`]; what is there and cannot be opened.
    pub fn end(&self, folder: &str) -> Result<Option<verification::Job>, PipelineError> {
        debug_assert!(FOLDERS.contains(&folder));
        let dir = self.instance.dir.join(folder);
        match dir.exists() {
            true => verification::Job::open(&dir).map(Some),
            false => Ok(None),
        }
    }
}

/// The specification that asks about radius number `k`.
///
/// # Errors
/// [`PipelineError::Spec`].
pub fn text_at(spec: &Spec<Largest>, k: u32) -> Result<String, PipelineError> {
    let question = &spec.question;
    let text = question.edits.at(&spec.text, &question.radii.text(k));
    text.ok_or(PipelineError::OtherQuestion { wanted: "the largest radius" })
}

/// The same, resolved; `path` is where the specification was read from.
///
/// # Errors
/// [`PipelineError`].
pub fn spec_at(
    (path, spec): (&Path, &Spec<Largest>),
    k: u32,
) -> Result<Spec<Verification>, PipelineError> {
    let text = text_at(spec, k)?;
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    let asked = spec::resolve(&path.display().to_string(), &text, &Disk { folder })?;
    asked.verify().ok_or(PipelineError::OtherQuestion { wanted: "verification" })
}
