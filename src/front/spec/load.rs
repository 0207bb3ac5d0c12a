//! Where the files of a specification come from.

use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::front::map::{DATA, file_bytes};

/// Reads the files that a specification names. Paths are as the specification writes them.
pub trait Loader {
    /// The bytes of a file.
    ///
    /// # Errors
    /// Whatever reading it gives.
    fn bytes(&self, path: &Path) -> io::Result<Bytes>;
}

/// Files on disk, relative to the folder of the specification.
#[derive(Clone, Debug)]
pub struct Disk {
    /// The folder.
    pub folder: PathBuf,
}

impl Loader for Disk {
    fn bytes(&self, path: &Path) -> io::Result<Bytes> {
        // An instance takes copies of its files along; only relative paths work elsewhere.
        if path.is_absolute() {
            let why = "an absolute path does not work on another machine";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
        file_bytes(&self.folder.join(path), DATA)
    }
}

/// A file that a specification names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// What it is for.
    pub role: FileRole,
    /// The name that the specification gives to what it holds.
    pub name: String,
    /// Its path as the specification writes it.
    pub path: PathBuf,
    /// SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
}

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRole {
    /// A network.
    Network,
    /// A data set.
    Data,
}
