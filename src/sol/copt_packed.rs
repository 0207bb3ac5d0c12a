//! Numbers as COPT 8 packs them into its `.json`, found by comparing files with their solutions.
//!
//! ```text
//! base64( length of the next field | size in decimal, NUL | zlib stream )
//! unpacked: 0xE0 size items | item | item ...
//! ```
//!
//! What is unpacked is a list of the binn format (github.com/liteserver/binn, its specification):
//! size and number of items take one byte, or four with the highest bit set, and the size counts the
//! whole list. An item is a byte for its type and the value, both big-endian. COPT's first item is
//! the number of values, then come the values, as doubles.

use std::io::Read;

use flate2::read::ZlibDecoder;

/// Numbers of more columns than memory should hold: some 28 million.
const MOST: u64 = 256 << 20;

/// The numbers, or what is wrong.
pub(super) fn values(text: &str) -> Result<Vec<f64>, &'static str> {
    let bytes = base64(text).ok_or("a string that is no base64")?;
    let (field, packed) = bytes
        .split_first()
        .and_then(|(n, rest)| rest.split_at_checked(usize::from(*n)))
        .ok_or("a string without the size of its contents")?;
    let size = std::str::from_utf8(field).ok().and_then(|f| f.strip_suffix('\0'));
    let size: u64 =
        size.and_then(|s| s.parse().ok()).ok_or("a string without the size of its contents")?;
    if size > MOST {
        return Err("a string that unpacks to more than 256 MiB");
    }
    let mut list = Vec::new();
    let unpacked = ZlibDecoder::new(packed).take(size + 1).read_to_end(&mut list);
    if unpacked.is_err() || list.len() as u64 != size {
        return Err("a string that does not unpack to the size that it states");
    }
    numbers(&list).ok_or("a string that unpacks to no list of numbers")
}

fn numbers(list: &[u8]) -> Option<Vec<f64>> {
    let mut rest = list;
    if take::<1>(&mut rest)? != [0xE0] || length(&mut rest)? != list.len() {
        return None;
    }
    let items = length(&mut rest)?;
    let count = match take::<1>(&mut rest)? {
        [0x20] => usize::from(take::<1>(&mut rest)?[0]),
        [0x40] => usize::from(u16::from_be_bytes(take(&mut rest)?)),
        [0x60] => usize::try_from(u32::from_be_bytes(take(&mut rest)?)).ok()?,
        _ => return None,
    };
    if count.checked_add(1)? != items {
        return None;
    }
    let mut out = Vec::new();
    while !rest.is_empty() {
        if take::<1>(&mut rest)? != [0x82] {
            return None;
        }
        out.push(f64::from_be_bytes(take(&mut rest)?));
    }
    (out.len() == count && out.iter().all(|v| !v.is_nan())).then_some(out)
}

/// A size or number of items.
fn length(rest: &mut &[u8]) -> Option<usize> {
    let first = *rest.first()?;
    if first & 0x80 == 0 {
        take::<1>(rest)?;
        return Some(usize::from(first));
    }
    usize::try_from(u32::from_be_bytes(take(rest)?) & 0x7FFF_FFFF).ok()
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (found, behind) = rest.split_first_chunk::<N>()?;
    *rest = behind;
    Some(*found)
}

/// RFC 4648, section 4, padded.
fn base64(text: &str) -> Option<Vec<u8>> {
    let text = text.as_bytes();
    let body = text.strip_suffix(b"==").or(text.strip_suffix(b"=")).unwrap_or(text);
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let mut out = Vec::with_capacity(body.len() / 4 * 3 + 2);
    for four in body.chunks(4) {
        let mut bits = 0_u32;
        for k in 0..4 {
            let six = match four.get(k) {
                None => 0,
                Some(c @ b'A'..=b'Z') => c - b'A',
                Some(c @ b'a'..=b'z') => c - b'a' + 26,
                Some(c @ b'0'..=b'9') => c - b'0' + 52,
                Some(b'+') => 62,
                Some(b'/') => 63,
                Some(_) => return None,
            };
            bits = bits << 6 | u32::from(six);
        }
        let [_, a, b, c] = bits.to_be_bytes();
        out.extend([a, b, c].into_iter().take(four.len().checked_sub(1)?));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        let table: [(&str, &[u8]); 5] =
            [("", b""), ("Zg==", b"f"), ("Zm8=", b"fo"), ("Zm9v", b"foo"), ("+/8=", &[251, 255])];
        for (text, bytes) in table {
            assert_eq!(base64(text).as_deref(), Some(bytes), "{text}");
        }
        for broken in ["Zg=", "Z===", "Zm9!", "Zm 9"] {
            assert_eq!(base64(broken), None, "{broken}");
        }
    }
}
