//! A growing piece of text with fast numbers.

/// Lines are broken before they grow longer: both CBC versions choke on some longer lines, and SCIP
/// reads at most 1,024 bytes of an MPS line.
pub(super) const LINE: usize = 200;

/// A piece of text in memory; every piece begins at the beginning of a line.
pub(super) struct Text {
    pub buf: Vec<u8>,
    line: usize,
    integers: itoa::Buffer,
    doubles: zmij::Buffer,
}

impl Text {
    /// Goes on in the memory of `spare`, whose contents are dropped.
    pub fn new(mut spare: Vec<u8>) -> Self {
        spare.clear();
        Text { buf: spare, line: 0, integers: itoa::Buffer::new(), doubles: zmij::Buffer::new() }
    }

    #[inline]
    pub fn put(&mut self, bytes: &[u8]) {
        self.buf.extend_from_slice(bytes);
    }

    #[inline]
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

    /// Ends the line.
    #[inline]
    pub fn end(&mut self) {
        self.buf.push(b'\n');
        self.line = self.buf.len();
    }

    /// Ends the line and begins the next with a blank.
    pub fn fold(&mut self) {
        self.end();
        self.buf.push(b' ');
    }

    /// Folds the line if it is long.
    #[inline]
    pub fn wrap(&mut self) {
        if self.buf.len() - self.line > LINE {
            self.fold();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: f64) -> String {
        let mut t = Text::new(Vec::new());
        t.num(value);
        String::from_utf8(t.buf).unwrap()
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
