//! Replacing an older instance: what it wrote goes, what others put there stays.

use std::io;
use std::path::Path;

use super::certify::{LOG_COPY, SOLUTION_COPY};
use super::compile::IR_FILE;
use super::program::TIGHTENING_FILE;
use super::start;
use crate::cert::instance::{Manifest, inputs, manifest};
use crate::cert::store::{self, StoreError};
use crate::cert::{answer, attack_file, certificate};
use crate::front::packing::Packing;
use crate::lower::{Format, Target};

/// Files that commands write besides what a manifest lists.
const OWN: [&str; 11] = [
    manifest::FILE_NAME,
    answer::FILE_NAME,
    attack_file::FILE_NAME,
    certificate::FILE_NAME,
    IR_FILE,
    TIGHTENING_FILE,
    SOLUTION_COPY,
    LOG_COPY,
    "start.highs.sol",
    "start.scip.sol",
    "start.mst",
];

/// Files of the directory that no command wrote, in order, relative to it.
pub(super) fn foreign(dir: &Path) -> Result<Vec<String>, StoreError> {
    let own = own(dir);
    let mut out = all_files(dir)?;
    out.retain(|f| !own.contains(f));
    Ok(out)
}

/// All files of an instance directory, in order, relative to it.
pub(super) fn all_files(dir: &Path) -> Result<Vec<String>, StoreError> {
    files(dir).map_err(|source| StoreError::Read { path: dir.to_owned(), source })
}

/// Whether `dir` holds an instance: a manifest of this program or an older one.
pub(super) fn is_instance(dir: &Path) -> bool {
    store::read_json::<Manifest>(&dir.join(manifest::FILE_NAME), "manifest")
        .is_ok_and(|m| (1..=manifest::SCHEMA).contains(&m.schema))
}

/// The files that an instance in `dir` consists of.
fn own(dir: &Path) -> Vec<String> {
    let read = store::read_json::<Manifest>(&dir.join(manifest::FILE_NAME), "manifest");
    let listed = read.iter().flat_map(Manifest::files).map(|f| f.path.clone());
    // A manifest from elsewhere may name anything.
    let listed = listed.filter(|f| store::inside(dir, f).is_ok() && is_written(f));
    OWN.iter().map(|name| (*name).to_owned()).chain(listed).collect()
}

/// Whether a compilation writes files of this name besides [`OWN`].
fn is_written(path: &str) -> bool {
    let target = |t: &Target| match path.strip_prefix(t.file_name()) {
        Some(rest) => {
            let packed = rest
                .strip_prefix('.')
                .is_some_and(|rest| Packing::ALL.iter().any(|packing| packing.extension() == rest));
            let own = rest.is_empty() || packed || rest.starts_with(".start.");
            let own = own || matches!(rest, ".ord" | ".batch");
            t.format() != Format::Memory && own
        }
        None => false,
    };
    let names = |t: &Target| {
        let nl = matches!(t.format(), Format::NlText | Format::NlBinary);
        let beside = |ending| Path::new(t.file_name()).with_extension(ending);
        nl && (Path::new(path) == beside("col") || Path::new(path) == beside("row"))
    };
    let input = path.strip_prefix(inputs::FOLDER).is_some_and(|rest| rest.starts_with('/'));
    input || path == start::FILE_NAME || Target::ALL.iter().any(|t| target(t) || names(t))
}

/// Moves the new instance in `from` over the older one in `dir`. Everything was computed before;
/// only renaming is left to do.
pub(super) fn take_over(from: &Path, dir: &Path) -> io::Result<()> {
    // The manifest goes first and comes last: a directory in between is no instance.
    let old = own(dir);
    let mut new = files(from)?;
    if let Some(taken) = new.iter().find(|f| !old.contains(f) && dir.join(f).exists()) {
        let why = format!("{taken} is there already and is not theriac's; move it away");
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, why));
    }
    for name in &old {
        match std::fs::remove_file(dir.join(name)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            Ok(()) | Err(_) => {}
        }
    }
    remove_empty(&dir.join(inputs::FOLDER));
    new.sort_by_key(|name| name == manifest::FILE_NAME);
    for name in new {
        let to = dir.join(&name);
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::rename(from.join(&name), to)?;
    }
    Ok(())
}

/// All files below a folder, sorted, with `/`. Links are files, whatever they point to.
fn files(dir: &Path) -> io::Result<Vec<String>> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            out.extend(files(&entry.path())?.into_iter().map(|below| format!("{name}/{below}")));
        } else {
            out.push(name);
        }
    }
    out.sort();
    Ok(out)
}

/// Removes the folders below that hold nothing any more; the rest stays.
fn remove_empty(dir: &Path) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            remove_empty(&entry.path());
        }
    }
    // A folder that still holds something refuses to go.
    let _ = std::fs::remove_dir(dir);
}
