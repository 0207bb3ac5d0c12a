//! Damage to binary files.

use fastrand::Rng;

/// The file cut off, with bits flipped, bytes exchanged or inserted, once or twice.
pub fn damaged(file: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for _ in 0..rng.usize(1..3) {
        let at = rng.usize(..bytes.len());
        match rng.u8(..8) {
            0 => bytes.truncate(at.max(1)),
            1..=5 => bytes[at] ^= 1 << rng.u8(..8),
            6 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][rng.usize(..5)],
            _ => bytes.insert(at, rng.u8(..)),
        }
    }
    bytes
}
