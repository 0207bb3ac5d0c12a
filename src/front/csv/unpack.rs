//! From stored bytes to the bytes of the table: compression and byte order marks.

use std::borrow::Cow;

use super::error::{CsvError, CsvProblem};
use crate::front::packing::{self, Packing, UnpackError};

/// A small gzip file can unpack to terabytes; more than this is refused.
const LIMIT: u64 = 2 << 30;

/// The text of the file: unpacked, without a UTF-8 byte order mark.
pub(super) fn unpack(bytes: &[u8]) -> Result<Cow<'_, [u8]>, CsvError> {
    let text = match Packing::of_bytes(bytes) {
        Some(packing) => Cow::Owned(unpacked(bytes, packing, LIMIT)?),
        None => Cow::Borrowed(bytes),
    };
    // UTF-32 in little-endian order starts with the mark of UTF-16; its other order has zeros.
    if text.starts_with(&[0xff, 0xfe])
        || text.starts_with(&[0xfe, 0xff])
        || text.starts_with(&[0, 0, 0xfe, 0xff])
    {
        return Err(CsvError::new(CsvProblem::Utf16));
    }
    Ok(match text {
        Cow::Borrowed(t) => Cow::Borrowed(t.strip_prefix(b"\xef\xbb\xbf").unwrap_or(t)),
        Cow::Owned(mut t) => {
            if t.starts_with(b"\xef\xbb\xbf") {
                t.drain(..3);
            }
            Cow::Owned(t)
        }
    })
}

fn unpacked(bytes: &[u8], packing: Packing, limit: u64) -> Result<Vec<u8>, CsvError> {
    packing::unpack(bytes, packing, limit).map_err(|e| {
        CsvError::new(match e {
            UnpackError::Damaged(e) => CsvProblem::Gzip { reason: e.to_string() },
            UnpackError::TooLarge => CsvProblem::TooLarge,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = gzip(&[b'0'; 100_000]);
        assert!(bomb.len() < 1000);
        assert_eq!(
            unpacked(&bomb, Packing::Gzip, 99_999).unwrap_err().problem,
            CsvProblem::TooLarge
        );
        assert_eq!(unpacked(&bomb, Packing::Gzip, 100_000).unwrap().len(), 100_000);
    }

    #[test]
    fn marks_are_skipped_or_refused() {
        assert_eq!(&*unpack(b"\xef\xbb\xbfa,b").unwrap(), b"a,b");
        assert_eq!(&*unpack(&gzip(b"\xef\xbb\xbfa,b")).unwrap(), b"a,b");
        for utf16 in [&b"\xff\xfea\0,\0"[..], b"\xfe\xff\0a\0,", b"\0\0\xfe\xff\0\0\0a"] {
            assert_eq!(unpack(utf16).unwrap_err().problem, CsvProblem::Utf16);
        }
    }

    #[test]
    fn a_truncated_stream_is_an_error() {
        let packed = gzip(b"x0,y\n1,2\n");
        for end in 3..packed.len() {
            let e = unpack(&packed[..end]).unwrap_err();
            assert!(matches!(e.problem, CsvProblem::Gzip { .. }), "{end}: {e}");
        }
    }
}
