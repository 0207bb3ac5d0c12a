//! Items of a text or binary NL file.

use super::super::error::{Located, Outcome, Problem};
use crate::front::printable;

/// A place in the file.
pub(super) struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Line of a text file, 1-based; a binary file has none behind its header.
    line: usize,
    pub binary: bool,
}

impl<'a> Scan<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Scan { bytes, at: 0, line: 1, binary: false }
    }

    pub fn fail(&self, problem: Problem) -> Located {
        if self.binary { problem.anywhere() } else { problem.at(self.line) }
    }

    /// One line of the header, without comment.
    pub fn line(&mut self) -> Outcome<&'a str> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let Some(end) = rest.iter().position(|b| *b == b'\n') else {
            return Err(self.fail(Problem::CutOff("the end of its header")));
        };
        let text = std::str::from_utf8(&rest[..end]);
        let text = text.map_err(|_| self.fail(Problem::Encoding))?;
        self.at += end + 1;
        self.line += 1;
        Ok(text.split('#').next().unwrap_or_default().trim())
    }

    /// Skips blanks, line ends and comments of a text file.
    fn skip(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => self.line += 1,
                b' ' | b'\t' | b'\r' => {}
                b'#' => {
                    while self.bytes.get(self.at).is_some_and(|b| *b != b'\n') {
                        self.at += 1;
                    }
                    continue;
                }
                _ => return,
            }
            self.at += 1;
        }
    }

    /// The letter of the next item; nothing at the end of the file.
    pub fn letter(&mut self) -> Option<u8> {
        if !self.binary {
            self.skip();
        }
        let byte = self.bytes.get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }

    /// Whether the file does not stop in the midst of a line.
    pub fn ends_well(&self) -> bool {
        self.binary || self.bytes.ends_with(b"\n")
    }

    fn take(&mut self, count: usize) -> Outcome<&'a [u8]> {
        let end = self.at.checked_add(count).filter(|e| *e <= self.bytes.len());
        let Some(end) = end else { return Err(self.fail(Problem::CutOff("its last segment"))) };
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    fn word(&mut self) -> Outcome<&'a str> {
        self.skip();
        let begin = self.at;
        while self.bytes.get(self.at).is_some_and(|b| !b.is_ascii_whitespace() && *b != b'#') {
            self.at += 1;
        }
        if begin == self.at {
            return Err(self.fail(Problem::CutOff("its last segment")));
        }
        std::str::from_utf8(&self.bytes[begin..self.at]).map_err(|_| self.fail(Problem::Encoding))
    }

    /// A whole number below `limit`.
    pub fn index(&mut self, limit: usize, what: &'static str) -> Outcome<usize> {
        let value = self.integer()?;
        usize::try_from(value).ok().filter(|v| *v < limit).ok_or_else(|| {
            self.fail(Problem::Damaged(format!("{what} is {value}, below {limit} was announced")))
        })
    }

    /// A whole number.
    pub fn integer(&mut self) -> Outcome<i64> {
        if self.binary {
            let bytes = self.take(4)?;
            let mut word = [0; 4];
            word.copy_from_slice(bytes);
            return Ok(i64::from(i32::from_le_bytes(word)));
        }
        let word = self.word()?;
        word.parse().map_err(|_| self.fail(Problem::expected("a whole number", word)))
    }

    /// A double, which may be infinite where it is a bound.
    pub fn double(&mut self) -> Outcome<f64> {
        if self.binary {
            let mut word = [0; 8];
            word.copy_from_slice(self.take(8)?);
            return self.not_nan(f64::from_le_bytes(word));
        }
        let word = self.word()?;
        let value = word.parse().map_err(|_| self.fail(Problem::Number(word.to_owned())))?;
        // `1e400` is no infinity that anybody wrote.
        if f64::is_infinite(value) && word.bytes().any(|b| b.is_ascii_digit()) {
            return Err(self.fail(Problem::Number(word.to_owned())));
        }
        self.not_nan(value)
    }

    fn not_nan(&self, value: f64) -> Outcome<f64> {
        if value.is_nan() {
            return Err(self.fail(Problem::Number("nan".to_owned())));
        }
        Ok(value)
    }

    /// A finite double.
    pub fn number(&mut self) -> Outcome<f64> {
        let value = self.double()?;
        if value.is_infinite() {
            return Err(self.fail(Problem::Number(printable::number(value))));
        }
        Ok(value)
    }

    /// A 16-bit number of a binary file.
    pub fn short(&mut self) -> Outcome<i64> {
        let mut word = [0; 2];
        word.copy_from_slice(self.take(2)?);
        Ok(i64::from(i16::from_le_bytes(word)))
    }

    /// A word of a suffix or function: `length:text` in a binary file.
    pub fn text(&mut self) -> Outcome<&'a str> {
        if !self.binary {
            return self.word();
        }
        let length = self.index(1 << 16, "the length of a name")?;
        let bytes = self.take(length)?;
        std::str::from_utf8(bytes).map_err(|_| self.fail(Problem::Encoding))
    }
}
