//! Replacing an older instance: what it wrote goes, what others put there stays.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::certify::{LOG_COPY, SOLUTION_COPY};
use super::emit::IR_FILE;
use super::program::TIGHTENING_FILE;
use super::{PipelineError, start};
use crate::cert::instance::{Manifest, inputs, manifest};
use crate::cert::largest::{self, RADII_FILE};
use crate::cert::reaching::{REACH_FILE, rounds, workflow};
use crate::cert::store::{self, StoreError};
use crate::cert::verification::{BOUNDS_FILE, CUTS_FILE, PROOF_FILE};
use crate::cert::{answer, attack_file, certificate};
use crate::front::packing::Packing;
use crate::lower::{Format, Target};

/// Files that commands write besides what a manifest lists.
const OWN: [&str; 16] = [
    manifest::FILE_NAME,
    answer::FILE_NAME,
    attack_file::FILE_NAME,
    certificate::FILE_NAME,
    IR_FILE,
    TIGHTENING_FILE,
    BOUNDS_FILE,
    CUTS_FILE,
    PROOF_FILE,
    REACH_FILE,
    RADII_FILE,
    SOLUTION_COPY,
    LOG_COPY,
    "start.highs.sol",
    "start.scip.sol",
    "start.mst",
];

/// Files of the directory that no command wrote, in order, relative to it.
pub(in crate::cert) fn foreign(dir: &Path) -> Result<Vec<String>, StoreError> {
    let own = own(dir);
    let mut out = all_files(dir)?;
    out.retain(|f| !own.contains(f));
    Ok(out)
}

/// All files of an instance directory, in order, relative to it.
pub(in crate::cert) fn all_files(dir: &Path) -> Result<Vec<String>, StoreError> {
    files(dir).map_err(|source| StoreError::Read { path: dir.to_owned(), source })
}

/// Whether `dir` holds an instance: a manifest of this program or an older one.
pub(in crate::cert) fn is_instance(dir: &Path) -> bool {
    store::read_json::<Manifest>(&dir.join(manifest::FILE_NAME), "manifest")
        .is_ok_and(|m| (1..=manifest::SCHEMA).contains(&m.schema))
}

/// The files that an instance in `dir` consists of.
fn own(dir: &Path) -> Vec<String> {
    let read = store::read_json::<Manifest>(&dir.join(manifest::FILE_NAME), "manifest");
    own_of(dir, read.ok().as_ref())
}

fn own_of(dir: &Path, manifest: Option<&Manifest>) -> Vec<String> {
    let listed = manifest.into_iter().flat_map(Manifest::files).map(|f| f.path.clone());
    // A manifest from elsewhere may name anything.
    let listed = listed.filter(|f| store::inside(dir, f).is_ok() && is_written(f));
    let parts = manifest.into_iter().flat_map(|m| &m.parts).filter_map(|p| p.folder.as_ref());
    let answers = parts.filter(|f| in_part(&format!("{f}/{SOLUTION_COPY}")).is_some());
    let answers = answers.flat_map(|f| [SOLUTION_COPY, LOG_COPY].map(|name| format!("{f}/{name}")));
    // Rounds are written one after another, long after the manifest, and so are workflows.
    let rounds = manifest.and_then(|m| m.rounds.as_ref()).and_then(|_| files(dir).ok());
    let rounds =
        rounds.into_iter().flatten().filter(|f| rounds::is_written(f) || workflow::is_written(f));
    // The ends of radii are instances of their own.
    let ends = manifest.filter(|m| m.asks_radius()).map(|_| largest::FOLDERS);
    let ends = ends.into_iter().flatten().flat_map(|folder| {
        own(&dir.join(folder)).into_iter().map(move |file| format!("{folder}/{file}"))
    });
    let own = OWN.iter().map(|name| (*name).to_owned());
    own.chain(listed).chain(answers).chain(rounds).chain(ends).collect()
}

/// Whether a path lies in a folder.
fn below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The rest of a path in the folder of a part.
fn in_part(path: &str) -> Option<&str> {
    let (number, rest) = path.strip_prefix("part-")?.split_once('/')?;
    number.parse::<u32>().ok().filter(|n| *n > 0)?;
    Some(rest)
}

/// Whether a compilation writes files of this name besides [`OWN`].
fn is_written(path: &str) -> bool {
    if let Some(rest) = in_part(path) {
        return rest == IR_FILE || (in_part(rest).is_none() && is_written(rest));
    }
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

/// What stood in a directory when the work began. Only that may be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cert) struct Seen {
    manifest: Option<Vec<u8>>,
    results: [Option<Vec<u8>>; 2],
}

impl Seen {
    pub(in crate::cert) fn of(dir: &Path) -> Self {
        Seen { manifest: std::fs::read(dir.join(manifest::FILE_NAME)).ok(), results: results(dir) }
    }
}

fn results(dir: &Path) -> [Option<Vec<u8>>; 2] {
    [answer::FILE_NAME, certificate::FILE_NAME].map(|name| std::fs::read(dir.join(name)).ok())
}

/// Name of the older manifest in the folder of the new instance, once it is taken away.
const CLAIMED: &str = ".older-manifest";

/// Its name once the other files of the older instance are gone, too.
const EMPTIED: &str = ".older-instance-gone";

/// Moves the new instance in `from` over the older one in `dir`. Everything was computed before;
/// only renaming is left to do.
///
/// Whoever takes the older manifest away is the one who replaces: of several at once the others
/// find none, and leave everything as it is.
pub(in crate::cert) fn take_over(
    from: &Path,
    dir: &Path,
    seen: &Seen,
) -> Result<(), PipelineError> {
    let failed = |source| PipelineError::Store(StoreError::Write { path: dir.to_owned(), source });
    let mut new = files(from).map_err(failed)?;
    // The manifest goes first and comes last: a directory in between is no instance.
    if !claim(from, dir, seen).map_err(failed)? {
        return Err(PipelineError::Changed { dir: dir.to_owned() });
    }
    let read = seen.manifest.as_deref().and_then(|bytes| serde_json::from_slice(bytes).ok());
    let old = own_of(dir, read.as_ref());
    if let Some(taken) = new.iter().find(|f| !old.contains(f) && dir.join(f).exists()) {
        release(from, dir, seen).map_err(failed)?;
        let why = format!("{taken} is there already and is not theriac's; move it away");
        return Err(failed(io::Error::new(io::ErrorKind::AlreadyExists, why)));
    }
    new.sort_by_key(|name| name == manifest::FILE_NAME);
    exchange(from, dir, &old, &new).map_err(failed)
}

/// Takes the older manifest away, or puts an empty one where there was none. Says whether the
/// directory is as it was seen; if not, nothing is changed.
fn claim(from: &Path, dir: &Path, seen: &Seen) -> io::Result<bool> {
    let (place, claimed) = (dir.join(manifest::FILE_NAME), from.join(CLAIMED));
    let Some(manifest) = &seen.manifest else {
        return match std::fs::File::create_new(&place) {
            Ok(_) => Ok(true),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(e) => Err(e),
        };
    };
    match std::fs::rename(&place, &claimed) {
        Ok(()) => {}
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(e),
    }
    if std::fs::read(&claimed)? == *manifest && results(dir) == seen.results {
        return Ok(true);
    }
    release(from, dir, seen)?;
    Ok(false)
}

/// Undoes [`claim`].
fn release(from: &Path, dir: &Path, seen: &Seen) -> io::Result<()> {
    let place = dir.join(manifest::FILE_NAME);
    match seen.manifest {
        Some(_) => std::fs::rename(from.join(CLAIMED), place),
        None => std::fs::remove_file(place),
    }
}

/// Goes on with a [`take_over`] that was killed between the first file and the last; says whether
/// there was one.
pub(in crate::cert) fn finish(from: &Path, dir: &Path) -> Result<bool, PipelineError> {
    let failed = |source| PipelineError::Store(StoreError::Write { path: dir.to_owned(), source });
    if !from.is_dir() {
        return Ok(false);
    }
    let mut new = files(from).map_err(failed)?;
    if dir.join(manifest::FILE_NAME).exists() {
        // Killed behind the last file, or while what is left of the folder was removed.
        if new.iter().all(|name| name == EMPTIED) {
            std::fs::remove_dir_all(from).map_err(failed)?;
        }
        return Ok(false);
    }
    let claimed = from.join(CLAIMED);
    if !claimed.exists() && !from.join(EMPTIED).exists() {
        return Ok(false);
    }
    new.retain(|name| name != CLAIMED && name != EMPTIED);
    // As long as it is there, nothing was moved.
    let old = match claimed.exists() {
        true => own_of(dir, store::read_json::<Manifest>(&claimed, "manifest").ok().as_ref()),
        false => Vec::new(),
    };
    new.sort_by_key(|name| name == manifest::FILE_NAME);
    exchange(from, dir, &old, &new).map_err(failed)?;
    std::fs::remove_dir_all(from).map_err(failed)?;
    Ok(true)
}

fn exchange(from: &Path, dir: &Path, old: &[String], new: &[String]) -> io::Result<()> {
    for name in old.iter().filter(|name| *name != manifest::FILE_NAME) {
        match std::fs::remove_file(dir.join(name)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            Ok(()) | Err(_) => {}
        }
    }
    remove_empty(&dir.join(inputs::FOLDER));
    remove_empty(&dir.join(rounds::FOLDER));
    remove_empty(&dir.join(workflow::FOLDER));
    let folders = old.iter().filter(|f| in_part(f).is_some()).filter_map(|f| f.split('/').next());
    for folder in folders.collect::<BTreeSet<_>>() {
        // What others put there stays, and the folder with it.
        let _ = std::fs::remove_dir(dir.join(folder));
    }
    for end in largest::FOLDERS.iter().filter(|end| old.iter().any(|f| below(f, end))) {
        remove_empty(&dir.join(end));
    }
    let claimed = from.join(CLAIMED);
    if claimed.exists() {
        std::fs::rename(claimed, from.join(EMPTIED))?;
    }
    for name in new {
        let to = dir.join(name);
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::rename(from.join(name), to)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with every own file, all of the same word.
    fn instance(dir: &Path, word: &str) {
        std::fs::create_dir_all(dir).unwrap();
        for name in OWN {
            std::fs::write(dir.join(name), word).unwrap();
        }
    }

    fn words(dir: &Path) -> Vec<String> {
        files(dir).unwrap().iter().map(|f| std::fs::read_to_string(dir.join(f)).unwrap()).collect()
    }

    /// Of several that replace the same instance at once one does it, whole, and the others are
    /// told; in an empty folder, too.
    #[test]
    fn one_of_several_replaces_the_whole() {
        const AT_ONCE: usize = 4;
        for round in 0..40 {
            let root = tempfile::tempdir().unwrap();
            let dir = root.path().join("dir");
            if round % 2 == 0 {
                instance(&dir, "old");
            } else {
                std::fs::create_dir(&dir).unwrap();
            }
            let seen = Seen::of(&dir);
            let begin = std::sync::Barrier::new(AT_ONCE);
            let one = |k: usize| {
                let from = root.path().join(format!("new{k}"));
                instance(&from, &k.to_string());
                begin.wait();
                take_over(&from, &dir, &seen)
            };
            let done: Vec<Result<(), PipelineError>> = std::thread::scope(|s| {
                let all: Vec<_> = (0..AT_ONCE).map(|k| s.spawn(move || one(k))).collect();
                all.into_iter().map(|t| t.join().unwrap()).collect()
            });
            let winners: Vec<usize> = (0..AT_ONCE).filter(|k| done[*k].is_ok()).collect();
            assert_eq!(winners.len(), 1, "{done:?}");
            let changed = |r: &Result<(), _>| matches!(r, Err(PipelineError::Changed { .. }));
            assert_eq!(done.iter().filter(|r| changed(r)).count(), AT_ONCE - 1, "{done:?}");
            assert_eq!(words(&dir), vec![winners[0].to_string(); OWN.len()]);
        }
    }

    /// Wherever an exchange is killed, it is finished: the new instance is whole, and nothing of the old is
    /// left but what others put there.
    #[test]
    fn a_killed_exchange_is_finished() {
        for stop in 0..3 * OWN.len() {
            let root = tempfile::tempdir().unwrap();
            let (dir, from) = (root.path().join("dir"), root.path().join("new"));
            instance(&dir, "old");
            instance(&from, "new");
            std::fs::write(dir.join(manifest::FILE_NAME), "{}").unwrap();
            std::fs::write(dir.join("notes.txt"), "mine").unwrap();
            assert!(!finish(&from, &dir).unwrap(), "nothing was begun");
            // The moves of an exchange, as far as the kill lets it.
            let names = |without| OWN.iter().copied().filter(move |n| *n != without);
            let mut left = stop;
            let mut may = || {
                left = left.saturating_sub(1);
                left > 0
            };
            std::fs::rename(dir.join(manifest::FILE_NAME), from.join(CLAIMED)).unwrap();
            let removed = names(manifest::FILE_NAME)
                .all(|n| may() && std::fs::remove_file(dir.join(n)).is_ok());
            if removed && may() {
                std::fs::rename(from.join(CLAIMED), from.join(EMPTIED)).unwrap();
                let _ = names(manifest::FILE_NAME)
                    .all(|n| may() && std::fs::rename(from.join(n), dir.join(n)).is_ok());
            }
            assert!(finish(&from, &dir).unwrap());
            assert!(!finish(&from, &dir).unwrap());
            assert!(!from.exists());
            let mine = |w: &String| *w == "mine";
            assert_eq!(words(&dir).iter().filter(|w| mine(w)).count(), 1);
            let own: Vec<String> = words(&dir).into_iter().filter(|w| !mine(w)).collect();
            assert_eq!(own, vec!["new".to_owned(); OWN.len()], "stopped after {stop}");
        }
    }

    #[test]
    fn what_was_not_seen_stays() {
        for name in [manifest::FILE_NAME, answer::FILE_NAME, certificate::FILE_NAME] {
            let root = tempfile::tempdir().unwrap();
            let (dir, from) = (root.path().join("dir"), root.path().join("new"));
            instance(&dir, "old");
            instance(&from, "new");
            let seen = Seen::of(&dir);
            std::fs::write(dir.join(name), "other").unwrap();
            let before = words(&dir);
            let error = take_over(&from, &dir, &seen).unwrap_err();
            assert!(matches!(error, PipelineError::Changed { .. }), "{error}");
            assert_eq!(words(&dir), before);
            // Somebody's file, too.
            std::fs::write(from.join("model.lp"), "new").unwrap();
            std::fs::write(dir.join("model.lp"), "mine").unwrap();
            let before = words(&dir);
            let error = take_over(&from, &dir, &Seen::of(&dir)).unwrap_err();
            assert!(error.to_string().contains("not theriac's"), "{error}");
            assert_eq!(words(&dir), before);
            std::fs::remove_file(dir.join("model.lp")).unwrap();
            take_over(&from, &dir, &Seen::of(&dir)).unwrap();
            assert_eq!(words(&dir), vec!["new"; OWN.len() + 1]);
        }
    }
}
