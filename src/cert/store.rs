//! Files of an instance directory: JSON in and out, hashes, nothing half-written.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::back::atomic;
use crate::front::packing::{Packing, unpack_record};
use crate::front::{hash, map};

use super::certificate::{FileRecord, FileRole};

/// Why a file of an instance directory cannot be used.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}; check the path")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file cannot be written.
    #[error("cannot write {path}: {source}; nothing half-written was left behind")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not what its name says.
    #[error("{path} is not a valid {what}: {source}")]
    Json {
        /// The file.
        path: PathBuf,
        /// What it should be.
        what: &'static str,
        /// Where it goes wrong.
        source: serde_json::Error,
    },
    /// The path leaves the directory.
    #[error("the path {path} leads out of the instance directory; an instance holds all its files")]
    Outside {
        /// The path as written.
        path: String,
    },
}

impl StoreError {
    /// Whether the files or the paths that were given are wrong, rather than that the system
    /// failed at its work (a full disk, say).
    #[must_use]
    pub fn is_input(&self) -> bool {
        match self {
            StoreError::Read { .. } | StoreError::Json { .. } | StoreError::Outside { .. } => true,
            StoreError::Write { source, .. } => wrong_place(source),
        }
    }
}

/// Whether writing failed because of the path that was given.
#[must_use]
pub fn wrong_place(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(
        error.kind(),
        Kind::NotFound
            | Kind::NotADirectory
            | Kind::IsADirectory
            | Kind::AlreadyExists
            | Kind::InvalidFilename
            | Kind::InvalidInput
            | Kind::PermissionDenied
            | Kind::ReadOnlyFilesystem
    )
}

/// Whether something stands at `path`, a link to nowhere included.
///
/// # Errors
/// [`StoreError::Write`] for a path at which nothing can ever stand: below a file, or with a name
/// that the file system does not take.
pub fn taken(path: &Path) -> Result<bool, StoreError> {
    match std::fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(StoreError::Write { path: path.to_owned(), source }),
    }
}

/// Reads a JSON file.
///
/// # Errors
/// [`StoreError::Read`] and [`StoreError::Json`].
pub fn read_json<T: DeserializeOwned>(path: &Path, what: &'static str) -> Result<T, StoreError> {
    let bytes = read(path)?;
    serde_json::from_slice(&bytes).map_err(|source| StoreError::Json {
        path: path.to_owned(),
        what,
        source,
    })
}

/// Reads a file.
///
/// # Errors
/// [`StoreError::Read`].
pub fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    map::read(path, map::RECORD)
        .map_err(|source| StoreError::Read { path: path.to_owned(), source })
}

/// Reads a file, unpacked where its first bytes say that it is packed.
///
/// # Errors
/// [`StoreError::Read`].
pub fn read_unpacked(path: &Path) -> Result<Vec<u8>, StoreError> {
    unpack_record(read(path)?).map_err(|source| StoreError::Read { path: path.to_owned(), source })
}

/// Writes indented JSON with a final newline; the file is complete or as it was before.
///
/// # Errors
/// [`StoreError::Write`].
pub fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<(), StoreError> {
    let failed = |source| StoreError::Write { path: path.to_owned(), source };
    let bytes = json(value).map_err(|e| failed(io::Error::other(e)))?;
    write(path, &bytes)
}

/// The bytes that [`write_json`] writes.
///
/// # Errors
/// When the value is nothing that JSON can hold.
pub fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Writes JSON on one line, for what is long and read by programs alone.
///
/// # Errors
/// [`StoreError::Write`].
pub fn write_dense_json<T: Serialize>(path: &Path, value: &T) -> Result<(), StoreError> {
    let failed = |source| StoreError::Write { path: path.to_owned(), source };
    let mut bytes = serde_json::to_vec(value).map_err(|e| failed(io::Error::other(e)))?;
    bytes.push(b'\n');
    write(path, &bytes)
}

/// Writes a file; it is complete or as it was before.
///
/// # Errors
/// [`StoreError::Write`].
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    atomic::write_bytes(path, bytes)
        .map_err(|source| StoreError::Write { path: path.to_owned(), source })
}

/// Folders that were made for a result, removed again unless the result came to be.
#[derive(Debug)]
pub struct NewFolders {
    made: Vec<PathBuf>,
}

impl NewFolders {
    /// Creates a folder with its parents.
    ///
    /// # Errors
    /// [`StoreError::Write`]; nothing is left then.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let missing = path.ancestors().take_while(|p| !p.as_os_str().is_empty() && !p.exists());
        let new = NewFolders { made: missing.map(Path::to_owned).collect() };
        folder(path)?;
        Ok(new)
    }

    /// The folders stay.
    pub fn keep(mut self) {
        self.made.clear();
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        for path in &self.made {
            // One that holds something else by now refuses to go.
            let _ = std::fs::remove_dir(path);
        }
    }
}

/// Creates a folder with its parents.
///
/// # Errors
/// [`StoreError::Write`].
pub fn folder(path: &Path) -> Result<(), StoreError> {
    std::fs::create_dir_all(path)
        .map_err(|source| StoreError::Write { path: path.to_owned(), source })
}

/// The place of `path` inside `dir`. Only plain relative paths are taken.
///
/// # Errors
/// [`StoreError::Outside`].
pub fn inside(dir: &Path, path: &str) -> Result<PathBuf, StoreError> {
    let plain = !path.is_empty()
        && !path.contains('\\')
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if !plain || Path::new(path).is_absolute() {
        return Err(StoreError::Outside { path: path.to_owned() });
    }
    Ok(path.split('/').fold(dir.to_owned(), |p, part| p.join(part)))
}

/// The record of a file of `dir`. A link that leads out of the directory is no file of it.
///
/// # Errors
/// [`StoreError::Read`] and [`StoreError::Outside`].
pub fn record(dir: &Path, role: FileRole, path: &str) -> Result<FileRecord, StoreError> {
    let full = inside(dir, path)?;
    let failed = |source| StoreError::Read { path: full.clone(), source };
    let real = std::fs::canonicalize(&full).map_err(failed)?;
    if !real.starts_with(std::fs::canonicalize(dir).map_err(failed)?) {
        return Err(StoreError::Outside { path: path.to_owned() });
    }
    let file = map::open(&full, u64::MAX).map_err(failed)?;
    let compression = Packing::of_path(&full).filter(|_| role == FileRole::Model);
    let (sha256, bytes) = match compression {
        None => hash::sha256(file),
        Some(packing) => packing.reader(file).and_then(|r| hash::sha256(r.take(map::MODEL))),
    }
    .map_err(failed)?;
    Ok(FileRecord { role, path: path.to_owned(), compression, bytes, sha256 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        let dir = Path::new("d");
        assert_eq!(inside(dir, "a/b").unwrap(), Path::new("d").join("a").join("b"));
        for bad in ["", "/a", "../a", "a/../b", "a//b", "./a", "a\\b"] {
            assert!(inside(dir, bad).is_err(), "{bad}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_no_file_of_the_directory() {
        let dir = tempfile::tempdir().unwrap();
        let instance = dir.path().join("instance");
        std::fs::create_dir(&instance).unwrap();
        std::fs::write(dir.path().join("out.csv"), "1").unwrap();
        std::fs::write(instance.join("in.csv"), "1").unwrap();
        for (to, name, fine) in [("../out.csv", "a.csv", false), ("in.csv", "b.csv", true)] {
            std::os::unix::fs::symlink(to, instance.join(name)).unwrap();
            let found = record(&instance, FileRole::Data, name);
            assert_eq!(found.is_ok(), fine, "{name}: {found:?}");
        }
    }
}
