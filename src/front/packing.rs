//! Compressed files: gzip and Zstandard, told from their first bytes or from their endings.

use std::cell::Cell;
use std::io::{self, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use serde::{Deserialize, Serialize};

use super::map::RECORD;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Packing {
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
}

impl Packing {
    /// Every packing.
    pub const ALL: [Packing; 2] = [Packing::Gzip, Packing::Zstd];

    /// The ending of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Packing::Gzip => "gz",
            Packing::Zstd => "zst",
        }
    }

    /// The bytes that such a file begins with.
    fn magic(self) -> &'static [u8] {
        match self {
            Packing::Gzip => &[0x1f, 0x8b],
            Packing::Zstd => &[0x28, 0xb5, 0x2f, 0xfd],
        }
    }

    /// The packing of contents, by how they begin.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|p| bytes.starts_with(p.magic()))
    }

    /// The packing that a file's name asks for.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?;
        Self::ALL.into_iter().find(|p| ending.eq_ignore_ascii_case(p.extension()))
    }

    /// The unpacked contents of what is read from `from`.
    ///
    /// # Errors
    ///
    /// A damaged stream, while it is read; a decoder that cannot be made.
    pub fn reader<'r>(self, from: impl Read + 'r) -> io::Result<Box<dyn Read + 'r>> {
        Ok(match self {
            Packing::Gzip => Box::new(MultiGzDecoder::new(from)),
            Packing::Zstd => Box::new(zstd::stream::read::Decoder::new(from)?),
        })
    }
}

/// A name without the ending of a packing.
#[must_use]
pub fn stem(name: &str) -> &str {
    let ending = |p: Packing| name.strip_suffix(p.extension())?.strip_suffix('.');
    Packing::ALL.into_iter().find_map(ending).unwrap_or(name)
}

/// Why contents are not unpacked.
#[derive(Debug)]
pub enum UnpackError {
    /// A damaged stream.
    Damaged(io::Error),
    /// More than is allowed.
    TooLarge,
}

/// Unpacks at most so many bytes.
///
/// # Errors
/// [`UnpackError`].
pub fn unpack(bytes: &[u8], packing: Packing, most: u64) -> Result<Vec<u8>, UnpackError> {
    let mut out = Vec::new();
    let reader = packing.reader(bytes).map_err(UnpackError::Damaged)?;
    reader.take(most.saturating_add(1)).read_to_end(&mut out).map_err(UnpackError::Damaged)?;
    if out.len() as u64 > most { Err(UnpackError::TooLarge) } else { Ok(out) }
}

/// A small file can unpack to terabytes; a model of more than this is refused.
const MODEL: u64 = 16 << 30;
/// So much may come out of any file.
const MODEST: usize = 64 << 20;
/// Above that, this often what was read of it: text of a model comes to a tenth of it.
const RATIO: u64 = 64;
/// Contents are unpacked in pieces of this size.
const PIECE: u64 = 1 << 20;

/// Counts what is read.
struct Counting<'a> {
    from: &'a [u8],
    count: &'a Cell<u64>,
}

impl Read for Counting<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(to)?;
        self.count.set(self.count.get() + n as u64);
        Ok(n)
    }
}

/// The contents of a packed model file. A file that swells is given up where it does, before much
/// memory is taken.
///
/// # Errors
/// A damaged stream, or one that unpacks to more than 16 GiB, or anywhere to more than 64 MiB and 64
/// times what was read of it.
pub fn unpack_model(bytes: &[u8], packing: Packing) -> io::Result<Vec<u8>> {
    unpack_bounded(bytes, packing, MODEL)
}

/// The contents of a solution file or log that may be packed, which its first bytes tell.
///
/// # Errors
/// As [`unpack_model`], with the size that any such file may have ([`RECORD`]).
pub fn unpack_record(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    match Packing::of_bytes(&bytes) {
        Some(packing) => unpack_bounded(&bytes, packing, RECORD),
        None => Ok(bytes),
    }
}

fn unpack_bounded(bytes: &[u8], packing: Packing, most: u64) -> io::Result<Vec<u8>> {
    let count = Cell::new(0);
    let mut reader = packing.reader(Counting { from: bytes, count: &count })?;
    let mut out = Vec::new();
    loop {
        if reader.by_ref().take(PIECE).read_to_end(&mut out)? == 0 {
            return Ok(out);
        }
        let size = out.len() as u64;
        if size > most {
            let words = format!("it unpacks to more than {} GiB", most >> 30);
            return Err(io::Error::other(words));
        }
        if out.len() > MODEST && size / RATIO > count.get() {
            return Err(io::Error::other(
                "it unpacks to more than 64 MiB and 64 times its size; unpack it yourself if that \
                 is right",
            ));
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub fn pack(packing: Packing, text: impl Read) -> Vec<u8> {
        let mut out = Vec::new();
        match packing {
            Packing::Gzip => {
                let best = flate2::Compression::best();
                flate2::read::GzEncoder::new(text, best).read_to_end(&mut out).unwrap();
            }
            Packing::Zstd => zstd::stream::copy_encode(text, &mut out, 19).unwrap(),
        }
        out
    }

    #[test]
    fn packings_are_told_apart_and_unpacked() {
        for packing in Packing::ALL {
            let packed = pack(packing, b"x0,y\n1,2\n".as_slice());
            assert_eq!(Packing::of_bytes(&packed), Some(packing));
            assert_eq!(unpack(&packed, packing, 9).unwrap(), b"x0,y\n1,2\n");
            assert!(matches!(unpack(&packed, packing, 8), Err(UnpackError::TooLarge)));
            // Two of them behind each other are their contents behind each other.
            let twice = unpack(&packed.repeat(2), packing, 100).unwrap();
            assert_eq!(twice, b"x0,y\n1,2\nx0,y\n1,2\n");
            for end in 1..packed.len() {
                let cut = unpack(&packed[..end], packing, 100);
                assert!(matches!(cut, Err(UnpackError::Damaged(_))), "{packing:?} {end}");
            }
            let name = format!("a/m.lp.{}", packing.extension());
            assert_eq!(Packing::of_path(Path::new(&name)), Some(packing));
            assert_eq!(stem(&name), "a/m.lp");
        }
        assert_eq!(Packing::of_bytes(b"Minimize"), None);
        assert_eq!(Packing::of_path(Path::new("m.lp")), None);
        assert_eq!(stem("gz"), "gz");
    }

    #[test]
    fn a_bomb_is_cut_off_where_it_swells() {
        for packing in Packing::ALL {
            let blanks = |n: usize| io::repeat(b' ').take(n as u64);
            let bomb = pack(packing, blanks(MODEST + 2 * PIECE as usize));
            assert!(bomb.len() < MODEST / RATIO as usize);
            let refused = |bytes: &[u8]| unpack_model(bytes, packing).unwrap_err().to_string();
            let words = "it unpacks to more than 64 MiB and 64 times its size";
            assert!(refused(&bomb).starts_with(words));
            // What stands behind it makes the whole file a modest one and is not looked at.
            let mut heavy = bomb;
            heavy.resize(MODEST / 8, 0);
            assert!(refused(&heavy).starts_with(words));
            let modest = pack(packing, blanks(1 << 20));
            assert_eq!(unpack_model(&modest, packing).unwrap().len(), 1 << 20);
        }
    }
}
