//! The two encodings behind one set of words.

use std::io::{self, Write};

use super::Encoding;
use crate::back::text::Text;

/// Operators, by AMPL's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Op {
    Plus = 0,
    Times = 2,
    Divide = 3,
    Power = 5,
    Negate = 16,
    Log = 43,
    Exp = 44,
    /// At least three operands: SCIP, COPT and SHOT refuse two.
    Sum = 54,
}

/// NL items in either encoding.
pub(super) struct Output<'w> {
    text: Text<'w>,
    pub encoding: Encoding,
}

impl<'w> Output<'w> {
    pub fn new(out: &'w mut dyn Write, encoding: Encoding) -> Self {
        Output { text: Text::new(out), encoding }
    }

    fn i32(&mut self, value: usize) {
        self.text.put(&(value as i32).to_le_bytes());
    }

    fn f64(&mut self, value: f64) {
        // A zero has no sign, as in the text.
        self.text.put(&(value + 0.0).to_le_bytes());
    }

    /// A line of the header, which is text in either encoding.
    pub fn header(&mut self, line: &str) -> io::Result<()> {
        self.text.put(line.as_bytes());
        self.text.end()
    }

    /// A segment's letter and its numbers: `J0 3`.
    pub fn segment(&mut self, letter: u8, numbers: &[usize]) -> io::Result<()> {
        self.text.put(&[letter]);
        match self.encoding {
            Encoding::Text => {
                for (k, n) in numbers.iter().enumerate() {
                    if k > 0 {
                        self.text.put(b" ");
                    }
                    self.text.int(*n);
                }
                self.text.end()
            }
            Encoding::Binary => {
                numbers.iter().for_each(|n| self.i32(*n));
                self.text.spill()
            }
        }
    }

    /// Index and value.
    #[inline]
    pub fn entry(&mut self, index: usize, value: f64) -> io::Result<()> {
        match self.encoding {
            Encoding::Text => {
                self.text.int(index);
                self.text.put(b" ");
                self.text.num(value);
                self.text.end()
            }
            Encoding::Binary => {
                self.i32(index);
                self.f64(value);
                self.text.spill()
            }
        }
    }

    /// A kind of bound or relation and its numbers: `0 -1 4`.
    pub fn limits(&mut self, kind: u8, values: &[f64]) -> io::Result<()> {
        self.text.put(&[kind]);
        match self.encoding {
            Encoding::Text => {
                for v in values {
                    self.text.put(b" ");
                    self.text.num(*v);
                }
                self.text.end()
            }
            Encoding::Binary => {
                values.iter().for_each(|v| self.f64(*v));
                self.text.spill()
            }
        }
    }

    /// A bare number.
    pub fn count(&mut self, value: usize) -> io::Result<()> {
        match self.encoding {
            Encoding::Text => {
                self.text.int(value);
                self.text.end()
            }
            Encoding::Binary => {
                self.i32(value);
                self.text.spill()
            }
        }
    }

    /// `o54`
    pub fn operator(&mut self, op: Op) -> io::Result<()> {
        self.segment(b'o', &[op as usize])
    }

    /// `v3`
    pub fn variable(&mut self, column: usize) -> io::Result<()> {
        self.segment(b'v', &[column])
    }

    /// `n2.5`
    pub fn number(&mut self, value: f64) -> io::Result<()> {
        self.text.put(b"n");
        match self.encoding {
            Encoding::Text => {
                self.text.num(value);
                self.text.end()
            }
            Encoding::Binary => {
                self.f64(value);
                self.text.spill()
            }
        }
    }

    pub fn finish(&mut self) -> io::Result<()> {
        self.text.drain()
    }
}
