//! The two encodings behind one set of words.

use super::Encoding;
use crate::back::text::Text;
use crate::ir::pen::Word;

const BLANK: Word = Word::new(b" ");
const END: Word = Word::new(b"\n");

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

/// NL items in either encoding, behind a piece of text.
pub(super) struct Output<'t> {
    text: &'t mut Text,
    encoding: Encoding,
}

impl<'t> Output<'t> {
    pub fn new(text: &'t mut Text, encoding: Encoding) -> Self {
        Output { text, encoding }
    }

    #[inline]
    fn i32(&mut self, value: usize) {
        self.text.put(&(value as i32).to_le_bytes());
    }

    #[inline]
    fn f64(&mut self, value: f64) {
        // A zero has no sign, as in the text.
        self.text.put(&(value + 0.0).to_le_bytes());
    }

    /// A line of the header, which is text in either encoding.
    pub fn header(&mut self, line: &str) {
        self.text.put(line.as_bytes());
        self.text.end();
    }

    /// A segment's letter and its numbers: `J0 3`.
    pub fn segment(&mut self, letter: u8, numbers: &[usize]) {
        self.text.put(&[letter]);
        match self.encoding {
            Encoding::Text => {
                for (k, n) in numbers.iter().enumerate() {
                    if k > 0 {
                        self.text.put(b" ");
                    }
                    self.text.int(*n);
                }
                self.text.end();
            }
            Encoding::Binary => numbers.iter().for_each(|n| self.i32(*n)),
        }
    }

    /// A suffix: its kind, how many values follow, and its name.
    pub fn suffix(&mut self, kind: usize, count: usize, name: &str) {
        match self.encoding {
            Encoding::Text => {
                let line = format!("S{kind} {count} {name}");
                self.header(&line);
            }
            Encoding::Binary => {
                self.segment(b'S', &[kind, count, name.len()]);
                self.text.put(name.as_bytes());
            }
        }
    }

    /// Index and integer value.
    pub fn pair(&mut self, index: usize, value: i32) {
        match self.encoding {
            Encoding::Text => self.header(&format!("{index} {value}")),
            Encoding::Binary => {
                self.i32(index);
                self.text.put(&value.to_le_bytes());
            }
        }
    }

    /// Index and value.
    #[inline]
    pub fn entry(&mut self, index: usize, value: f64) {
        match self.encoding {
            Encoding::Text => {
                self.text.pen(|pen| {
                    pen.marked(Word::EMPTY, index as u32);
                    pen.word(BLANK);
                    pen.double(value);
                    pen.word(END);
                });
            }
            Encoding::Binary => {
                self.i32(index);
                self.f64(value);
            }
        }
    }

    /// A kind of bound or relation and its numbers: `0 -1 4`.
    pub fn limits<const N: usize>(&mut self, kind: u8, values: &[f64; N]) {
        match self.encoding {
            Encoding::Text => self.text.pen(|pen| {
                pen.word(Word::EMPTY.with(kind));
                for v in values {
                    pen.word(BLANK);
                    pen.double(*v);
                }
                pen.word(END);
            }),
            Encoding::Binary => {
                self.text.put(&[kind]);
                values.iter().for_each(|v| self.f64(*v));
            }
        }
    }

    /// A bare number.
    pub fn count(&mut self, value: usize) {
        match self.encoding {
            Encoding::Text => self.text.pen(|pen| {
                pen.marked(Word::EMPTY, value as u32);
                pen.word(END);
            }),
            Encoding::Binary => self.i32(value),
        }
    }

    /// `o54`
    pub fn operator(&mut self, op: Op) {
        self.segment(b'o', &[op as usize]);
    }

    /// `v3`
    pub fn variable(&mut self, column: usize) {
        self.segment(b'v', &[column]);
    }

    /// `n2.5`
    pub fn number(&mut self, value: f64) {
        self.text.put(b"n");
        match self.encoding {
            Encoding::Text => {
                self.text.num(value);
                self.text.end();
            }
            Encoding::Binary => self.f64(value),
        }
    }
}
