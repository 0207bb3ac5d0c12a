//! A large text buffer in front of a writer, with fast numbers and a table of names.

use std::io::{self, Write};

use crate::ir::{Model, NameStyle, RowId, VarId};

/// Bytes collected before they are handed on.
const FLUSH_AT: usize = 1 << 18;

/// Lines are broken before they grow longer: both CBC versions choke on some longer lines, and SCIP
/// reads at most 1,024 bytes of an MPS line.
pub(super) const LINE: usize = 200;

/// Buffered text.
pub(super) struct Text<'w> {
    pub buf: Vec<u8>,
    out: &'w mut dyn Write,
    line: usize,
    integers: itoa::Buffer,
    doubles: zmij::Buffer,
}

impl<'w> Text<'w> {
    pub fn new(out: &'w mut dyn Write) -> Self {
        Text {
            buf: Vec::with_capacity(FLUSH_AT + FLUSH_AT / 4),
            out,
            line: 0,
            integers: itoa::Buffer::new(),
            doubles: zmij::Buffer::new(),
        }
    }

    #[inline]
    pub fn put(&mut self, bytes: &[u8]) {
        self.buf.extend_from_slice(bytes);
    }

    pub fn int(&mut self, value: usize) {
        self.buf.extend_from_slice(self.integers.format(value).as_bytes());
    }

    /// The shortest decimal that reads back to the same double; integers without a point, and zero
    /// without a sign.
    #[inline]
    pub fn num(&mut self, value: f64) {
        let whole = value as i64;
        // Beyond 1e15 the short form with an exponent is shorter than all digits.
        if whole as f64 == value && whole.unsigned_abs() < 1_000_000_000_000_000 {
            self.buf.extend_from_slice(self.integers.format(whole).as_bytes());
        } else {
            self.buf.extend_from_slice(self.doubles.format_finite(value).as_bytes());
        }
    }

    /// Ends the line, and hands the buffer on when it is large.
    pub fn end(&mut self) -> io::Result<()> {
        self.buf.push(b'\n');
        if self.buf.len() >= FLUSH_AT {
            self.out.write_all(&self.buf)?;
            self.buf.clear();
        }
        self.line = self.buf.len();
        Ok(())
    }

    /// Ends the line and begins the next with a blank if this one is long.
    #[inline]
    pub fn wrap(&mut self) -> io::Result<()> {
        if self.buf.len() - self.line > LINE {
            self.end()?;
            self.buf.push(b' ');
        }
        Ok(())
    }

    /// Hands on what is left.
    pub fn finish(mut self) -> io::Result<()> {
        self.drain()
    }

    /// Hands on everything so far.
    pub fn drain(&mut self) -> io::Result<()> {
        self.out.write_all(&self.buf)?;
        self.buf.clear();
        self.line = 0;
        Ok(())
    }

    /// Hands the buffer on when it is large; for output without lines.
    pub fn spill(&mut self) -> io::Result<()> {
        if self.buf.len() >= FLUSH_AT {
            self.out.write_all(&self.buf)?;
            self.buf.clear();
            self.line = 0;
        }
        Ok(())
    }
}

/// Names of all variables or rows in one allocation, because each is written once a nonzero.
pub(super) struct Table {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Table {
    fn build(count: usize, mut name: impl FnMut(u32, &mut Vec<u8>)) -> Self {
        let mut bytes = Vec::with_capacity(count * 12);
        let mut ends = Vec::with_capacity(count + 1);
        ends.push(0);
        for k in 0..count {
            name(k as u32, &mut bytes);
            ends.push(bytes.len());
        }
        Table { bytes, ends }
    }

    pub fn vars(model: &Model, style: NameStyle<'_>) -> Self {
        Self::build(model.var_count(), |k, out| style.var(model, VarId(k), out))
    }

    pub fn rows(model: &Model, style: NameStyle<'_>) -> Self {
        Self::build(model.row_count(), |k, out| style.row(model, RowId(k), out))
    }

    #[inline]
    pub fn get(&self, k: usize) -> &[u8] {
        &self.bytes[self.ends[k]..self.ends[k + 1]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: f64) -> String {
        let mut out = Vec::new();
        let mut t = Text::new(&mut out);
        t.num(value);
        t.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_read_back_to_the_same_double() {
        let mut rng = fastrand::Rng::with_seed(3);
        for _ in 0..100_000 {
            let value = f64::from_bits(rng.u64(..));
            if value.is_finite() {
                let s = text(value);
                assert_eq!(s.parse::<f64>().unwrap().to_bits(), (value + 0.0).to_bits(), "{s}");
                assert!(s.trim_start_matches('-').as_bytes()[0].is_ascii_digit(), "{s}");
                assert!(s.len() <= 25, "{s}");
            }
        }
    }

    #[test]
    fn integers_have_no_point_and_zero_no_sign() {
        assert_eq!(text(-0.0), "0");
        assert_eq!(text(-17.0), "-17");
        assert_eq!(text(999_999_999_999_999.0), "999999999999999");
        assert_eq!(text(0.1), "0.1");
        assert_eq!(text(1e15).parse(), Ok(1e15));
        assert!(text(1e300).len() < 8);
    }
}
