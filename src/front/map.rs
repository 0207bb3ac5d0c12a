//! Bytes of files, large ones mapped into memory.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use bytes::Bytes;
use memmap2::Mmap;

/// The bytes of a file. A file above 1 MiB is mapped rather than read: its pages are loaded when
/// they are looked at and need no memory of their own.
///
/// A mapped file must not change while the bytes are in use.
///
/// # Errors
/// Whatever opening, reading or mapping the file gives.
pub fn file_bytes(path: &Path) -> io::Result<Bytes> {
    const SMALL: u64 = 1 << 20;
    let file = File::open(path)?;
    if file.metadata()?.len() <= SMALL {
        return fs::read(path).map(Bytes::from);
    }
    // SAFETY: the map is only read. Should another process change the file meanwhile, the bytes
    // change too, which the readers' own bounds checks survive; should it cut the file off, the
    // operating system stops this process. The documentation asks for neither.
    let map = unsafe { Mmap::map(&file)? };
    Ok(Bytes::from_owner(map))
}
