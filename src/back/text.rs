//! A growing piece of text.

use std::ops::Range;

use crate::ir::pen::{Pen, ROOM};

/// Lines are broken before they grow longer: both CBC versions choke on some longer lines, and SCIP
/// reads at most 1,024 bytes of an MPS line.
pub(super) const LINE: usize = 200;

/// A piece of text in memory; every piece begins at the beginning of a line.
#[derive(Default)]
pub(super) struct Text {
    /// The text and behind it zeros or what was left of an older one.
    bytes: Vec<u8>,
    at: usize,
    line: usize,
}

impl Text {
    /// Forgets the text, but keeps the memory.
    pub fn clear(&mut self) {
        (self.at, self.line) = (0, 0);
    }

    /// What was written.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.at]
    }

    /// Where the next byte goes.
    #[inline]
    pub fn place(&self) -> usize {
        self.at
    }

    /// Writes a name, or a few words and a number.
    #[inline(always)]
    pub fn pen(&mut self, write: impl FnOnce(&mut Pen<'_>)) {
        if self.bytes.len() - self.at < ROOM {
            self.grow(ROOM);
        }
        if let Some(room) = self.bytes[self.at..].first_chunk_mut() {
            let mut pen = Pen::new(room);
            write(&mut pen);
            self.at += pen.written();
        }
    }

    #[cold]
    fn grow(&mut self, room: usize) {
        let size = (self.at + room).max(self.bytes.len() / 2 * 3).max(1 << 14);
        self.bytes.resize(size, 0);
    }

    #[inline]
    pub fn put(&mut self, bytes: &[u8]) {
        if self.bytes.len() - self.at < bytes.len() {
            self.grow(bytes.len());
        }
        self.bytes[self.at..self.at + bytes.len()].copy_from_slice(bytes);
        self.at += bytes.len();
    }

    /// Writes again what stands at a place of this text.
    #[inline]
    pub fn again(&mut self, place: Range<usize>) {
        const PIECE: usize = 32;
        let length = place.len();
        if self.bytes.len() - self.at < length.max(PIECE) {
            self.grow(length.max(PIECE));
        }
        if length <= PIECE {
            // A copy of fixed length is a few instructions; what is too much is written over.
            self.bytes.copy_within(place.start..place.start + PIECE, self.at);
        } else {
            self.bytes.copy_within(place, self.at);
        }
        self.at += length;
    }

    #[inline]
    pub fn int(&mut self, value: usize) {
        self.put(itoa::Buffer::new().format(value).as_bytes());
    }

    /// The shortest decimal that reads back to the same double; integers without a point, and zero
    /// without a sign.
    #[inline]
    pub fn num(&mut self, value: f64) {
        self.pen(|pen| pen.double(value));
    }

    /// Ends the line.
    #[inline]
    pub fn end(&mut self) {
        self.put(b"\n");
        self.line = self.at;
    }

    /// Ends the line and begins the next with a blank.
    pub fn fold(&mut self) {
        self.end();
        self.put(b" ");
    }

    /// Folds the line if it is long.
    #[inline]
    pub fn wrap(&mut self) {
        if self.at - self.line > LINE {
            self.fold();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_grows_as_it_must() {
        let mut text = Text::default();
        let mut expected = Vec::new();
        for k in 0..20_000_usize {
            match k % 4 {
                0 => text.int(k),
                1 => text.num(k as f64),
                2 => text.put(k.to_string().as_bytes()),
                _ => {
                    let place = text.place();
                    text.put(k.to_string().as_bytes());
                    text.again(place..text.place());
                    expected.extend_from_slice(k.to_string().as_bytes());
                }
            }
            expected.extend_from_slice(k.to_string().as_bytes());
        }
        assert_eq!(text.bytes(), expected);
        text.clear();
        text.put(&expected);
        assert_eq!(text.bytes(), expected);
    }
}
