//! Where the files of a specification come from.

use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::front::map::{DATA, MODEL, file_bytes};

/// Reads the files that a specification names. Paths are as the specification writes them.
pub trait Loader {
    /// The bytes of a file.
    ///
    /// # Errors
    /// Whatever reading it gives.
    fn bytes(&self, path: &Path) -> io::Result<Bytes>;

    /// The bytes of a file of constants that a network in `folder` names, below that folder.
    ///
    /// # Errors
    /// As [`Loader::bytes`].
    fn beside(&self, folder: &Path, path: &Path) -> io::Result<Bytes> {
        let _ = folder;
        self.bytes(path)
    }
}

/// Files on disk, relative to the folder of the specification.
#[derive(Clone, Debug)]
pub struct Disk {
    /// The folder.
    pub folder: PathBuf,
}

impl Loader for Disk {
    fn bytes(&self, path: &Path) -> io::Result<Bytes> {
        relative(path)?;
        file_bytes(&self.folder.join(path), DATA)
    }

    fn beside(&self, folder: &Path, path: &Path) -> io::Result<Bytes> {
        relative(path)?;
        let real = self.folder.join(path).canonicalize()?;
        // A link may lead elsewhere.
        if !real.starts_with(self.folder.join(folder).join(".").canonicalize()?) {
            return Err(io::Error::other("it lies outside the folder of the network"));
        }
        file_bytes(&real, MODEL)
    }
}

/// An instance takes copies of its files along; only relative paths work elsewhere.
fn relative(path: &Path) -> io::Result<()> {
    if path.is_absolute() {
        let why = "an absolute path does not work on another machine";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
    }
    Ok(())
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
    /// A property.
    Property,
    /// Bounds of neurons.
    Bounds,
}
