//! A program of an instance together with its files: what runs of solvers and carried answers are
//! compared with, whatever the question is.

use std::path::Path;

use super::Job;
use crate::cert::instance::manifest::TargetRecord;
use crate::ir::Model;

/// A program of an instance.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The instance directory.
    pub dir: &'a Path,
    /// The program.
    pub model: &'a Model,
    /// Its files.
    pub targets: &'a [TargetRecord],
}

impl Job {
    /// The program of the instance.
    #[must_use]
    pub fn part(&self) -> Part<'_> {
        Part {
            dir: &self.instance.dir,
            model: &self.program.model,
            targets: &self.instance.manifest.targets,
        }
    }
}
