//! Ways to harm a file.

use fastrand::Rng;

/// What a mutation may put in.
const PIECES: [&[u8]; 22] = [
    b" 1e999 ",
    b"->",
    b"[",
    b"] / 2",
    b"\nEnd\n",
    b"\nBounds\n",
    b"-",
    b"\xff",
    b"::",
    b"99999999999",
    b"o54\n",
    b"\nENDATA\n",
    b"nan",
    b"inf",
    b"1e20",
    b"optimal",
    b"\0",
    b"<",
    b"\"",
    b"\r\n",
    b"0",
    b"}",
];

/// The file with one to four mutations; `other` is what may be spliced in.
pub(crate) fn mutate(file: &[u8], other: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for _ in 0..=rng.usize(..4).min(rng.usize(..4)) {
        once(&mut bytes, other, rng);
        if bytes.is_empty() {
            bytes.push(b' ');
        }
    }
    bytes
}

/// The same without splices.
pub(crate) fn harm(file: &[u8], rng: &mut Rng) -> Vec<u8> {
    mutate(file, file, rng)
}

fn once(bytes: &mut Vec<u8>, other: &[u8], rng: &mut Rng) {
    let at = rng.usize(..bytes.len());
    match rng.u8(..12) {
        0 => bytes.truncate(at.max(1)),
        1 => bytes[at] ^= 1 << rng.u8(..8),
        2 => bytes[at] = rng.u8(..),
        3 => drop(bytes.remove(at)),
        4 => drop(bytes.splice(at..at, PIECES[rng.usize(..PIECES.len())].iter().copied())),
        5..=7 => number(bytes, at, rng),
        8 | 9 => lines(bytes, rng),
        10 => {
            let to = rng.usize(..bytes.len());
            bytes.swap(at, to);
        }
        _ => splice(bytes, other, rng),
    }
}

/// Changes a digit, a sign or an exponent of the number behind `at`.
fn number(bytes: &mut Vec<u8>, at: usize, rng: &mut Rng) {
    let Some(begin) = bytes[at..].iter().position(u8::is_ascii_digit).map(|k| at + k) else {
        return;
    };
    let end =
        bytes[begin..].iter().position(|b| !b.is_ascii_digit()).map_or(bytes.len(), |k| begin + k);
    let digit = begin + rng.usize(..end - begin);
    match rng.u8(..6) {
        0..=2 => bytes[digit] = b'0' + rng.u8(..10),
        3 => bytes.insert(begin, b'-'),
        4 => drop(bytes.splice(end..end, *b"e3")),
        _ => drop(bytes.splice(begin..end, PIECES[rng.usize(..PIECES.len())].iter().copied())),
    }
}

/// Swaps, doubles or removes lines.
fn lines(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let mut lines: Vec<Vec<u8>> =
        bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    let (i, j) = (rng.usize(..lines.len()), rng.usize(..lines.len()));
    match rng.u8(..3) {
        0 => lines.swap(i, j),
        1 => lines.insert(j, lines[i].clone()),
        _ => drop(lines.remove(i)),
    }
    *bytes = lines.concat();
}

/// The beginning of one and the end of the other, at line ends or anywhere.
fn splice(bytes: &mut Vec<u8>, other: &[u8], rng: &mut Rng) {
    let place = |text: &[u8], rng: &mut Rng| {
        let at = rng.usize(..=text.len());
        match rng.bool() {
            true => text[..at].iter().rposition(|b| *b == b'\n').map_or(0, |k| k + 1),
            false => at,
        }
    };
    let (head, tail) = (place(bytes, rng), place(other, rng));
    bytes.truncate(head);
    bytes.extend_from_slice(&other[tail..]);
}
