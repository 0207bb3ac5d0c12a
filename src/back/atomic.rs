//! Files that are either complete or absent.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Size of the buffer between a writer and the file.
const BUFFER: usize = 1 << 20;

/// How the names of temporary files begin and end.
const PREFIX: &str = ".theriac-";
const SUFFIX: &str = ".part";

/// Whether a file is a temporary one: of a writing that goes on, or that was killed.
#[must_use]
pub fn is_part(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy());
    name.is_some_and(|n| n.starts_with(PREFIX) && n.ends_with(SUFFIX))
}

/// The ordinary file that writing to `path` makes or replaces: the one behind a link. Nothing is
/// renamed over a folder, a device or a pipe, nor over the file behind a stream that a process has
/// open: what is written to the stream later would be lost.
///
/// # Errors
///
/// Whatever the system says, and one sentence for everything that is no ordinary file.
pub fn place(path: &Path) -> io::Result<PathBuf> {
    let refuse = |kind, words: &str| Err(io::Error::new(kind, words));
    match std::fs::symlink_metadata(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(path.to_owned()),
        Err(e) => return Err(e),
        Ok(found) if found.is_file() => return Ok(path.to_owned()),
        Ok(_) => {}
    }
    match std::fs::metadata(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            refuse(io::ErrorKind::InvalidInput, "it is a link to nowhere")
        }
        Err(e) => Err(e),
        Ok(found) if found.is_dir() => {
            refuse(io::ErrorKind::IsADirectory, "it is a folder, not a file")
        }
        Ok(found) if !found.is_file() => refuse(
            io::ErrorKind::InvalidInput,
            "it is a device, pipe or socket, not an ordinary file",
        ),
        Ok(_) if is_stream(path) => refuse(
            io::ErrorKind::InvalidInput,
            "it is an open stream, such as the standard output, not a file of its own",
        ),
        Ok(_) => std::fs::canonicalize(path),
    }
}

/// Links that are followed, as many as Linux follows.
const LINKS: usize = 40;

/// Whether the links from `path` on lead through a folder of open streams, as those of
/// `/dev/stdout` do.
fn is_stream(path: &Path) -> bool {
    let mut at = path.to_owned();
    for _ in 0..LINKS {
        let folder = match at.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        let whole = std::fs::canonicalize(&folder).unwrap_or_else(|_| folder.clone());
        if whole == Path::new("/dev/fd") || whole.starts_with("/proc") && whole.ends_with("fd") {
            return true;
        }
        match std::fs::read_link(&at) {
            Ok(next) => at = folder.join(next),
            Err(_) => return false,
        }
    }
    false
}

/// Creates or replaces the file `path` with what `fill` writes; a link stays one, and its file is
/// replaced.
///
/// The bytes go to a temporary file in the same folder, which takes the final name only after
/// `fill` succeeded and everything reached the disk. When anything fails, `path` is as it was and
/// the temporary file is gone.
///
/// # Errors
///
/// Whatever `fill` returns, every failure to create, write or rename the file, and a path at which
/// something other than an ordinary file stands ([`place`]).
pub fn write_file<T, E: From<io::Error>>(
    path: &Path,
    fill: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, E>,
) -> Result<T, E> {
    let path = place(path)?;
    let folder = match path.parent() {
        Some(p) if !p.as_os_str().is_empty() => p,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        // A temporary file is private by default; a result should be as readable as any other file.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    let mut buffer = BufWriter::with_capacity(BUFFER, file.as_file_mut());
    let value = fill(&mut buffer)?;
    buffer.flush()?;
    drop(buffer);
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|e| E::from(e.error))?;
    Ok(value)
}

/// Creates or replaces the file `path` with `bytes`, as [`write_file`] does.
///
/// # Errors
///
/// Every failure to create, write or rename the file.
pub fn write_bytes(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_file(path, |out| out.write_all(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failure_leaves_nothing_and_keeps_the_old_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        write_bytes(&path, b"old").unwrap();
        let result: io::Result<()> = write_file(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("stop"))
        });
        assert!(result.is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
        write_bytes(&path, b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
    }

    #[test]
    #[cfg(unix)]
    fn a_link_stays_a_link_and_nothing_but_files_is_replaced() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("far")).unwrap();
        let (real, link) = (dir.path().join("far/real"), dir.path().join("link"));
        std::fs::write(&real, b"old").unwrap();
        symlink("far/real", &link).unwrap();
        write_bytes(&link, b"new").unwrap();
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(std::fs::read(&real).unwrap(), b"new");

        let nowhere = dir.path().join("nowhere");
        symlink("none", &nowhere).unwrap();
        let socket = dir.path().join("s");
        let _bound = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let before = std::fs::read_dir(dir.path()).unwrap().count();
        for (path, words) in [
            (nowhere.as_path(), "a link to nowhere"),
            (&dir.path().join("far"), "it is a folder"),
            (&socket, "a device, pipe or socket"),
            (Path::new("/dev/null"), "a device, pipe or socket"),
        ] {
            let error = write_file(path, |_| -> io::Result<()> { unreachable!() }).unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
        }
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), before);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_file_behind_an_open_stream_is_not_replaced() {
        use std::os::fd::AsRawFd as _;
        let dir = tempfile::tempdir().unwrap();
        let real = dir.path().join("real");
        let open = std::fs::File::create(&real).unwrap();
        let stream = format!("/proc/self/fd/{}", open.as_raw_fd());
        let link = dir.path().join("link");
        std::os::unix::fs::symlink(&stream, &link).unwrap();
        for path in [Path::new(&stream), &link] {
            let error = write_bytes(path, b"new").unwrap_err();
            assert!(error.to_string().contains("an open stream"), "{error}");
        }
        assert_eq!(std::fs::read(&real).unwrap(), b"");
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        assert!(write_bytes(&dir.path().join("no/such/file"), b"x").is_err());
    }
}
