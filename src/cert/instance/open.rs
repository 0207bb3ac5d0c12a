//! Opening an instance directory.

use std::path::{Path, PathBuf};

use thiserror::Error;

use super::manifest::{self, LARGEST, Manifest, REACHING, VERIFICATION};
use crate::cert::answer::{self, Answer};
use crate::cert::attack_file;
use crate::cert::certificate::{FileRecord, FileRole};
use crate::cert::store::{self, StoreError};

/// An instance directory whose manifest was read and whose files are as the manifest says.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The directory.
    pub dir: PathBuf,
    /// Its manifest.
    pub manifest: Manifest,
}

/// Why a directory is not a usable instance.
#[derive(Debug, Error)]
pub enum OpenError {
    /// There is no manifest.
    #[error("{dir} holds no manifest.json; give a directory that `theriac compile` wrote")]
    NoManifest {
        /// The directory.
        dir: PathBuf,
    },
    /// The manifest is of another version.
    #[error(
        "{dir} has a manifest of layout {found}, this program reads layout {expected}; compile the \
         specification again"
    )]
    Layout {
        /// The directory.
        dir: PathBuf,
        /// Layout of the manifest.
        found: u32,
        /// Layout that is read.
        expected: u32,
    },
    /// The instance is of another version of the program.
    #[error(
        "{dir} was compiled by theriac {found}, and this is {expected}: programs of another \
         version may differ; use that version or compile the specification again"
    )]
    Version {
        /// The directory.
        dir: PathBuf,
        /// The version that wrote it.
        found: String,
        /// The version that reads it.
        expected: &'static str,
    },
    /// The stored answer is of another layout or version.
    #[error("{file} is of another layout or version of theriac; solve the instance again")]
    OtherAnswer {
        /// The answer.
        file: PathBuf,
    },
    /// A file is not the one that the manifest names.
    #[error(
        "{path} is not the file that the manifest names ({what}); take the instance directory over \
         again or compile it again"
    )]
    Changed {
        /// The file.
        path: PathBuf,
        /// What differs.
        what: &'static str,
    },
    /// The manifest names no specification.
    #[error("the manifest in {dir} names no specification; compile it again")]
    NoSpec {
        /// The directory.
        dir: PathBuf,
    },
    /// A file cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Instance {
    /// Reads the manifest and compares every file that it names with its hash.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(dir: &Path) -> Result<Self, OpenError> {
        let path = dir.join(manifest::FILE_NAME);
        if !path.is_file() {
            return Err(OpenError::NoManifest { dir: dir.to_owned() });
        }
        let manifest: Manifest = store::read_json(&path, "manifest")?;
        if manifest.schema != manifest::SCHEMA {
            return Err(OpenError::Layout {
                dir: dir.to_owned(),
                found: manifest.schema,
                expected: manifest::SCHEMA,
            });
        }
        let expected = env!("CARGO_PKG_VERSION");
        if manifest.theriac != expected {
            let found = manifest.theriac;
            return Err(OpenError::Version { dir: dir.to_owned(), found, expected });
        }
        let instance = Instance { dir: dir.to_owned(), manifest };
        for record in instance.manifest.files() {
            let full = store::inside(dir, &record.path)?;
            let found = store::record(dir, record.role, &record.path)?;
            if found.compression != record.compression {
                return Err(OpenError::Changed { path: full, what: "another compression" });
            }
            if found.bytes != record.bytes {
                return Err(OpenError::Changed { path: full, what: "another length" });
            }
            if found.sha256 != record.sha256 {
                return Err(OpenError::Changed { path: full, what: "another hash" });
            }
        }
        Ok(instance)
    }

    /// The copy of the specification.
    ///
    /// # Errors
    /// [`OpenError::NoSpec`].
    pub fn spec(&self) -> Result<PathBuf, OpenError> {
        Ok(store::inside(&self.dir, &self.spec_record()?.path)?)
    }

    /// The record of the copy of the specification.
    ///
    /// # Errors
    /// [`OpenError::NoSpec`].
    pub fn spec_record(&self) -> Result<&FileRecord, OpenError> {
        let record = self.manifest.inputs.iter().find(|r| r.role == FileRole::Spec);
        record.ok_or_else(|| OpenError::NoSpec { dir: self.dir.clone() })
    }

    /// The stored answer.
    ///
    /// # Errors
    /// [`OpenError::Store`] and [`OpenError::OtherAnswer`].
    pub fn answer(&self) -> Result<Answer, OpenError> {
        let file = self.dir.join(answer::FILE_NAME);
        let answer: Answer = store::read_json(&file, "answer")?;
        if answer.schema != answer::SCHEMA || answer.theriac != self.manifest.theriac {
            return Err(OpenError::OtherAnswer { file });
        }
        Ok(answer)
    }

    /// Every file that a certificate with this answer rests on, hashed now: all that the manifest
    /// names, the manifest, and what belongs to the answer.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn grounds(&self, answer: &Answer) -> Result<Vec<FileRecord>, StoreError> {
        let dir = &self.dir;
        let mut out = Vec::new();
        for record in self.manifest.files() {
            out.push(store::record(dir, record.role, &record.path)?);
        }
        out.push(store::record(dir, FileRole::Manifest, manifest::FILE_NAME)?);
        out.push(store::record(dir, FileRole::Answer, answer::FILE_NAME)?);
        if answer.finder.is_some() {
            out.push(store::record(dir, FileRole::Attack, attack_file::FILE_NAME)?);
        }
        if let Some(solution) = &answer.solution {
            out.push(store::record(dir, FileRole::Solution, solution)?);
        }
        if let Some(log) = &answer.log {
            out.push(store::record(dir, FileRole::Log, log)?);
        }
        if let Some(proof) = &answer.proof {
            out.push(store::record(dir, FileRole::Proof, proof)?);
        }
        for part in &answer.parts {
            if let Some(solution) = &part.solution {
                out.push(store::record(dir, FileRole::Solution, solution)?);
            }
            if let Some(log) = &part.log {
                out.push(store::record(dir, FileRole::Log, log)?);
            }
        }
        Ok(out)
    }
}

impl Manifest {
    /// Whether the instance asks for verification of a network, and not for poisoned training.
    #[must_use]
    pub fn verifies(&self) -> bool {
        self.question.canonical.first().is_some_and(|line| line == VERIFICATION)
    }

    /// Whether the instance asks for the parameters that training can reach.
    #[must_use]
    pub fn reaches(&self) -> bool {
        self.question.canonical.first().is_some_and(|line| line == REACHING)
    }

    /// Whether the instance asks for the largest radius, so that its ends are instances themselves.
    #[must_use]
    pub fn asks_radius(&self) -> bool {
        self.question.canonical.first().is_some_and(|line| line == LARGEST)
    }

    /// Every file that the manifest names.
    pub fn files(&self) -> impl Iterator<Item = &FileRecord> {
        let programs = self.program.iter().chain(self.parts.iter().flat_map(|p| &p.program));
        let ir = programs.flat_map(|p| p.ir.iter().chain(&p.tightening));
        let targets = self.targets.iter().chain(self.parts.iter().flat_map(|p| &p.targets));
        let targets = targets.flat_map(|t| {
            std::iter::once(&t.model).chain(&t.starts).chain(&t.name_files).chain(&t.priorities)
        });
        let proofs = self.bounds.iter().chain(&self.cuts);
        self.inputs.iter().chain(&self.start).chain(proofs).chain(ir).chain(targets)
    }
}
