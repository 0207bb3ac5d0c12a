//! Copies of the specification and its inputs, laid out so that the copy's relative paths work.

use std::path::{Component, Path, PathBuf};

use thiserror::Error;

use crate::cert::certificate::{FileRecord, FileRole};
use crate::cert::store::{self, StoreError};

/// Folder of the copies in an instance directory.
pub const FOLDER: &str = "inputs";

/// Why the inputs cannot be copied.
#[derive(Debug, Error)]
pub enum InputError {
    /// An absolute path would not work on another machine.
    #[error(
        "{path} is an absolute path, which an instance cannot take along; write it relative to \
         the specification"
    )]
    Absolute {
        /// The path.
        path: PathBuf,
    },
    /// The path climbs higher than any folder that exists.
    #[error("{path} climbs above the root folder; write a path that exists")]
    AboveRoot {
        /// The path.
        path: PathBuf,
    },
    /// A name that is not text.
    #[error("{path} is not valid UTF-8; rename the file")]
    Name {
        /// The path.
        path: PathBuf,
    },
    /// Reading or writing failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where each input goes: its role, its place now, its place in the directory. The specification
/// comes first. `files` are as the specification writes them, relative to it.
///
/// A path such as `../data/x.csv` keeps its meaning: the specification's copy is moved down by as
/// many of its own folders as the inputs climb.
///
/// # Errors
/// [`InputError`], nothing having been written.
pub fn plan(
    spec: &Path,
    files: &[(FileRole, PathBuf)],
) -> Result<Vec<(FileRole, PathBuf, String)>, InputError> {
    let folder = spec.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    let absolute = std::path::absolute(folder)
        .map_err(|source| StoreError::Read { path: folder.to_owned(), source })?;
    let parents = names(&absolute)?;
    let mut climbs = 0;
    let mut relative = Vec::new();
    for (role, path) in files {
        if path.is_absolute() {
            return Err(InputError::Absolute { path: path.clone() });
        }
        let (up, down) = reduce(path)?;
        climbs = climbs.max(up);
        relative.push((*role, path, up, down));
    }
    if climbs > parents.len() {
        return Err(InputError::AboveRoot { path: spec.to_owned() });
    }
    let kept = &parents[parents.len() - climbs..];
    let file_name = spec.file_name().and_then(|n| n.to_str());
    let file_name = file_name.ok_or_else(|| InputError::Name { path: spec.to_owned() })?;
    let mut out = vec![(FileRole::Spec, spec.to_owned(), joined(kept, &[file_name.to_owned()]))];
    for (role, path, up, down) in relative {
        let place = joined(&kept[..climbs - up], &down);
        let from = folder.join(path);
        if !out.iter().any(|(_, _, p)| *p == place) {
            out.push((role, from, place));
        }
    }
    Ok(out)
}

/// Copies as planned and says what was copied, specification first. Its `text` is written as it was
/// read, whatever lies there now.
///
/// # Errors
/// [`InputError::Store`].
pub fn copy(
    dir: &Path,
    plan: &[(FileRole, PathBuf, String)],
    text: &str,
) -> Result<Vec<FileRecord>, InputError> {
    let mut out = Vec::new();
    for (role, from, place) in plan {
        let to = store::inside(dir, place)?;
        if let Some(parent) = to.parent() {
            store::folder(parent)?;
        }
        match role {
            FileRole::Spec => store::write(&to, text.as_bytes())?,
            _ => store::write(&to, &store::read(from)?)?,
        }
        out.push(store::record(dir, *role, place)?);
    }
    Ok(out)
}

fn joined(folders: &[String], rest: &[String]) -> String {
    let mut parts = vec![FOLDER];
    parts.extend(folders.iter().chain(rest).map(String::as_str));
    parts.join("/")
}

/// How many folders a relative path climbs, and where it then goes down to.
fn reduce(path: &Path) -> Result<(usize, Vec<String>), InputError> {
    let mut up = 0;
    let mut down: Vec<String> = Vec::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                if down.pop().is_none() {
                    up += 1;
                }
            }
            Component::Normal(name) => down.push(text(name, path)?),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    Ok((up, down))
}

/// Where a path that the specification at `spec` writes lies in the instance, if it does; `spec`
/// is relative to the instance.
#[must_use]
pub fn below(spec: &str, path: &Path) -> Option<String> {
    if path.is_absolute() {
        return None;
    }
    let (up, down) = reduce(path).ok()?;
    let folders: Vec<&str> = spec.split('/').collect();
    let kept = folders.len().checked_sub(up + 1)?;
    let parts = folders.iter().take(kept).copied().chain(down.iter().map(String::as_str));
    Some(parts.collect::<Vec<_>>().join("/"))
}

/// The folder names of an absolute path, `..` resolved by text.
fn names(path: &Path) -> Result<Vec<String>, InputError> {
    Ok(reduce(path)?.1)
}

fn text(name: &std::ffi::OsStr, path: &Path) -> Result<String, InputError> {
    let name = name.to_str().ok_or_else(|| InputError::Name { path: path.to_owned() })?;
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(spec: &str, files: &[&str]) -> Vec<String> {
        let files: Vec<_> = files.iter().map(|f| (FileRole::Data, PathBuf::from(f))).collect();
        plan(Path::new(spec), &files).unwrap().into_iter().map(|p| p.2).collect()
    }

    #[test]
    fn relative_paths_keep_their_meaning() {
        assert_eq!(
            places("/a/b/q.thr", &["x.csv", "data/y.csv", "./x.csv"]),
            ["inputs/q.thr", "inputs/x.csv", "inputs/data/y.csv"]
        );
        assert_eq!(
            places("/a/b/q.thr", &["../data/x.csv", "y.csv", "../../z.csv"]),
            ["inputs/a/b/q.thr", "inputs/a/data/x.csv", "inputs/a/b/y.csv", "inputs/z.csv"]
        );
    }

    #[test]
    fn places_of_the_inputs_of_a_copy() {
        let at = |p: &str| below("inputs/a/q.thr", Path::new(p));
        assert_eq!(at("x.csv").unwrap(), "inputs/a/x.csv");
        assert_eq!(at("../b/./x.csv").unwrap(), "inputs/b/x.csv");
        assert_eq!(at("../../x.csv").unwrap(), "x.csv");
        assert_eq!(at("../../../x.csv"), None);
        assert_eq!(at("/x.csv"), None);
    }

    #[test]
    fn what_cannot_travel_is_refused() {
        let one = |p: &str| plan(Path::new("/a/q.thr"), &[(FileRole::Data, PathBuf::from(p))]);
        assert!(matches!(one("/etc/x"), Err(InputError::Absolute { .. })));
        assert!(matches!(one("../../x"), Err(InputError::AboveRoot { .. })));
    }

    #[test]
    fn copies_resolve_from_the_copied_specification() {
        let dir = tempfile::tempdir().unwrap();
        let source = dir.path().join("s");
        std::fs::create_dir_all(source.join("specs")).unwrap();
        std::fs::write(source.join("specs/q.thr"), "spec").unwrap();
        std::fs::write(source.join("x.csv"), "data").unwrap();
        let files = [(FileRole::Data, PathBuf::from("../x.csv"))];
        let plan = plan(&source.join("specs/q.thr"), &files).unwrap();
        let out = dir.path().join("out");
        let records = copy(&out, &plan, "spec").unwrap();
        let spec = out.join(&records[0].path);
        assert_eq!(std::fs::read(spec.parent().unwrap().join("../x.csv")).unwrap(), b"data");
        assert_eq!(records[1].bytes, 4);
        assert_eq!(records[1].role, FileRole::Data);
    }
}
