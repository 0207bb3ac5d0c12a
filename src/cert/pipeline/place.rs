//! The place of an instance: written aside, and put there when it is complete.

use std::path::{Path, PathBuf};

use super::PipelineError;
use super::replace::{self, Seen};
use crate::cert::instance::Manifest;
use crate::cert::instance::manifest;
use crate::cert::reaching::rounds;
use crate::cert::store::{self, StoreError};
use crate::cert::{answer, certificate};

/// Lets `make` write every file of an instance but the manifest into a folder beside `dir`, adds the
/// manifest, and puts the folder where `dir` is to be. `seen` is what stood there when the work
/// began, if anything did.
///
/// # Errors
/// What `make` returns; a place that cannot be written, or that somebody else wrote meanwhile.
pub(in crate::cert) fn settle(
    dir: &Path,
    seen: Option<&Seen>,
    make: impl FnOnce(&Path) -> Result<Manifest, PipelineError>,
) -> Result<Manifest, PipelineError> {
    let parent = dir.parent().filter(|p| !p.as_os_str().is_empty());
    let parent = parent.unwrap_or_else(|| Path::new("."));
    let folders = store::NewFolders::create(parent)?;
    let failed = |source| StoreError::Write { path: dir.to_owned(), source };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".theriac-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o777));
    }
    let place = builder.tempdir_in(parent).map_err(failed)?;
    let manifest = make(place.path())?;
    store::write_json(&place.path().join(manifest::FILE_NAME), &manifest)?;
    if let Some(seen) = seen {
        replace::take_over(place.path(), dir, seen)?;
    } else if dir.exists() {
        return Err(PipelineError::Raced { dir: dir.to_owned() });
    } else {
        std::fs::rename(place.path(), dir).map_err(failed)?;
        // What was renamed is not to be removed.
        let _ = place.keep();
    }
    folders.keep();
    Ok(manifest)
}

/// The place where a question with rounds is solved as long as its own holds the answer to another one:
/// a run that is stopped there goes on there.
pub(in crate::cert) fn aside(dir: &Path) -> PathBuf {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    dir.with_file_name(format!("{name}.next"))
}

/// Whether the directory may be written. If a run was killed while it replaced the instance there, that is
/// done first.
///
/// # Errors
/// It holds something that would be lost; with `force`, results may be.
pub fn free(dir: &Path, force: bool) -> Result<(), PipelineError> {
    replace::finish(&aside(dir), dir)?;
    if !store::taken(dir)? {
        return Ok(());
    }
    let empty = dir.is_dir() && std::fs::read_dir(dir).is_ok_and(|mut d| d.next().is_none());
    if !empty && !replace::is_instance(dir) {
        return Err(PipelineError::Occupied { dir: dir.to_owned() });
    }
    let results = [answer::FILE_NAME, certificate::FILE_NAME];
    let foreign = if empty { Vec::new() } else { replace::foreign(dir)? };
    if let (false, Some(first)) = (force, foreign.first()) {
        return Err(PipelineError::ForeignFiles { dir: dir.to_owned(), first: first.clone() });
    }
    let holds = |what| Err(PipelineError::HoldsResults { dir: dir.to_owned(), what });
    if !force && results.iter().any(|name| dir.join(name).exists()) {
        return holds("an answer or a certificate");
    }
    if !force && !empty && replace::all_files(dir)?.iter().any(|f| rounds::is_answer(f)) {
        return holds("solutions of rounds");
    }
    Ok(())
}
