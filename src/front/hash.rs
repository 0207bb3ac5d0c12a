//! SHA-256 of files and bytes: how manifests and certificates name their inputs.

use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

/// SHA-256 of `bytes` in lower-case hexadecimal (64 characters).
#[must_use]
pub fn sha256_bytes(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of a file as it is stored (a gzip file is not unpacked), in lower-case hexadecimal.
///
/// # Errors
/// Whatever opening or reading the file gives.
pub fn sha256_file(path: &Path) -> io::Result<String> {
    sha256(super::map::open(path, u64::MAX)?).map(|found| found.0)
}

/// SHA-256 of everything that is read, and its length in bytes.
///
/// # Errors
/// Whatever reading gives.
pub fn sha256(mut from: impl Read) -> io::Result<(String, u64)> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut length = 0;
    loop {
        let n = from.read(&mut buffer)?;
        if n == 0 {
            return Ok((hex(&digest.finalize()), length));
        }
        digest.update(&buffer[..n]);
        length += n as u64;
    }
}

fn hex(digest: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(2 * digest.len());
    for byte in digest {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The two values are the examples "abc" and the empty message of FIPS 180-4's test vectors.
    #[test]
    fn known_digests() {
        assert_eq!(
            sha256_bytes(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(
            sha256_bytes(b""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn a_file_has_the_digest_of_its_bytes() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let bytes: Vec<u8> = (0..200_000u32).map(|i| (i % 251) as u8).collect();
        std::fs::write(file.path(), &bytes).unwrap();
        assert_eq!(sha256_file(file.path()).unwrap(), sha256_bytes(&bytes));
        assert!(sha256_file(Path::new("no such file")).is_err());
    }
}
