//! Files that are either complete or absent.

use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Size of the buffer between a writer and the file.
const BUFFER: usize = 1 << 20;

/// Creates or replaces the file `path` with what `fill` writes.
///
/// The bytes go to a temporary file in the same folder, which takes the final name only after
/// `fill` succeeded and everything reached the disk. When anything fails, `path` is as it was and
/// the temporary file is gone.
///
/// # Errors
///
/// Whatever `fill` returns, and every failure to create, write or rename the file.
pub fn write_file<T, E: From<io::Error>>(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<T, E>,
) -> Result<T, E> {
    let folder = match path.parent() {
        Some(p) if !p.as_os_str().is_empty() => p,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".theriac-").suffix(".part");
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
    file.persist(path).map_err(|e| E::from(e.error))?;
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
    fn a_missing_folder_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        assert!(write_bytes(&dir.path().join("no/such/file"), b"x").is_err());
    }
}
