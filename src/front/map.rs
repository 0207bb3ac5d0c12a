//! Bytes of files that users name: ordinary files of a sensible size, large ones mapped into memory.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use bytes::Bytes;
use memmap2::Mmap;

/// Largest specification, in bytes.
pub const SPEC: u64 = 16 << 20;
/// Largest network or data file: what one ONNX file can hold.
pub const DATA: u64 = 2 << 30;
/// Largest solution file, log, certificate or other record of an instance directory.
pub const RECORD: u64 = 1 << 30;
/// Largest model file of a solver.
pub const MODEL: u64 = 64 << 30;

/// Opens an ordinary file of at most `most` bytes. What a path names is looked at before it is
/// opened: a pipe would wait for its writer, and a device may never end.
///
/// # Errors
/// Whatever the system says, and one sentence for folders, devices, pipes and larger files.
pub fn open(path: &Path, most: u64) -> io::Result<File> {
    let found = std::fs::metadata(path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => io::Error::new(e.kind(), "there is no such file"),
        _ => e,
    })?;
    if found.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder, not a file"));
    }
    if !found.is_file() {
        return Err(io::Error::other("it is a device, pipe or socket, not an ordinary file"));
    }
    if found.len() > most {
        return Err(too_large(&format!("it has {} bytes", found.len()), most));
    }
    File::open(path)
}

/// All bytes of an ordinary file of at most `most` bytes.
///
/// # Errors
/// As [`open`], and whatever reading gives.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = open(path, most)?;
    let mut bytes = Vec::new();
    // Another process may be writing to it.
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large("it is growing", most));
    }
    Ok(bytes)
}

/// The bytes of an ordinary file of at most `most` bytes. A file above 1 MiB is mapped rather
/// than read: its pages are loaded when they are looked at and need no memory of their own.
///
/// A mapped file must not change while the bytes are in use.
///
/// # Errors
/// As [`open`], and whatever reading or mapping the file gives.
pub fn file_bytes(path: &Path, most: u64) -> io::Result<Bytes> {
    const SMALL: u64 = 1 << 20;
    let file = open(path, most)?;
    if file.metadata()?.len() <= SMALL {
        return read(path, most).map(Bytes::from);
    }
    // SAFETY: the map is only read. Should another process change the file meanwhile, the bytes
    // change too, which the readers' own bounds checks survive; should it cut the file off, the
    // operating system stops this process. The documentation asks for neither.
    let map = unsafe { Mmap::map(&file)? };
    Ok(Bytes::from_owner(map))
}

fn too_large(found: &str, most: u64) -> io::Error {
    let most =
        if most >= 1 << 30 { format!("{} GiB", most >> 30) } else { format!("{} MiB", most >> 20) };
    let message = format!("{found}, and at most {most} are read");
    io::Error::new(io::ErrorKind::FileTooLarge, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_devices_and_large_files_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let words = |path: &Path, most| read(path, most).unwrap_err().to_string();
        assert_eq!(words(dir.path(), SPEC), "it is a folder, not a file");
        #[cfg(unix)]
        assert!(words(Path::new("/dev/zero"), SPEC).contains("device"));
        let path = dir.path().join("f");
        // A file of zeros that takes no room on the disk.
        File::create(&path).unwrap().set_len(SPEC + 1).unwrap();
        assert_eq!(words(&path, SPEC), "it has 16777217 bytes, and at most 16 MiB are read");
        assert_eq!(read(&path, SPEC + 1).unwrap().len() as u64, SPEC + 1);
        File::create(&path).unwrap().set_len(DATA + 1).unwrap();
        let message = file_bytes(&path, DATA).unwrap_err().to_string();
        assert_eq!(message, "it has 2147483649 bytes, and at most 2 GiB are read");
    }
}
