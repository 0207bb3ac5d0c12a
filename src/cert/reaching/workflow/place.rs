//! Where a workflow lies, and how it finds its instance.

use std::io;
use std::path::{Component, Path};

use super::fill::MARK;
use super::is_script;
use crate::cert::pipeline::PipelineError;
use crate::cert::store::{self, StoreError};

fn failed(path: &Path, kind: io::ErrorKind, why: &str) -> PipelineError {
    let source = io::Error::new(kind, why.to_owned());
    PipelineError::Store(StoreError::Write { path: path.to_owned(), source })
}

/// Whether a file may be written here: nothing is there, or an older one of ours.
pub fn free(path: &Path) -> Result<(), PipelineError> {
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    let text = store::read(path)?;
    match String::from_utf8_lossy(&text).lines().take(2).any(|line| line.starts_with(MARK)) {
        true => Ok(()),
        false => {
            let why =
                "it is there already and is not theriac's; move it away, or give another folder";
            Err(failed(path, io::ErrorKind::AlreadyExists, why))
        }
    }
}

/// The path from a folder to an instance, both of which exist. It begins with a dot.
pub fn relative(folder: &Path, dir: &Path) -> Result<String, PipelineError> {
    let real = |path: &Path| {
        let read = |source| StoreError::Read { path: path.to_owned(), source };
        path.canonicalize().map_err(read)
    };
    let (from, to) = (real(folder)?, real(dir)?);
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let mut parts: Vec<&str> = from.components().skip(common).map(|_| "..").collect();
    if parts.is_empty() {
        parts.push(".");
    }
    for part in to.components().skip(common) {
        let word = match part {
            Component::Normal(word) => word.to_str().filter(|w| !w.contains(['\n', '\r'])),
            Component::Prefix(_)
            | Component::RootDir
            | Component::CurDir
            | Component::ParentDir => None,
        };
        let why = "scripts cannot name the instance from here; leave -o out, or rename its folders \
                   without line breaks and in Unicode";
        parts.push(word.ok_or_else(|| failed(folder, io::ErrorKind::InvalidInput, why))?);
    }
    Ok(parts.join("/"))
}

/// Lets everybody run a script who may read it.
pub fn executable(path: &Path) -> Result<(), PipelineError> {
    if !is_script(path) {
        return Ok(());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let of = |source| StoreError::Write { path: path.to_owned(), source };
        let mut rights = std::fs::metadata(path).map_err(of)?.permissions();
        let mode = rights.mode();
        rights.set_mode(mode | ((mode & 0o444) >> 2));
        std::fs::set_permissions(path, rights).map_err(of)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instances_are_found_from_their_workflows() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["a/m/workflow", "a/b", "-m"] {
            std::fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        let of = |from: &str, to: &str| {
            relative(&root.path().join(from), &root.path().join(to)).unwrap()
        };
        assert_eq!(of("a/m/workflow", "a/m"), "..");
        assert_eq!(of("a/b", "a/m"), "../m");
        assert_eq!(of("a/m", "a/m"), ".");
        assert_eq!(of("", "-m"), "./-m");
        assert!(relative(&root.path().join("none"), root.path()).is_err());
    }

    #[test]
    fn files_of_others_stay() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("Snakefile");
        assert!(free(&path).is_ok());
        std::fs::write(&path, format!("{MARK}: so many rounds\n")).unwrap();
        assert!(free(&path).is_ok());
        std::fs::write(&path, "rule all:\n").unwrap();
        let error = free(&path).unwrap_err();
        assert!(error.to_string().contains("not theriac's"), "{error}");
    }
}
