//! A look over the wire format before anything is decoded.
//!
//! An ONNX file is a Protocol Buffers message and may come from anywhere. Decoders allocate as they
//! go: two bytes on the wire become a node of some hundred bytes, and nested groups become nested
//! calls. This scan touches only tags and lengths, keeps its own stack, and refuses a file whose
//! lengths leave their parent, that uses groups (no ONNX message has any), or that exceeds a
//! [`Limits`] value. What passes decodes in memory proportional to the limits and the file.

use thiserror::Error;

use super::schema::{Content, Kind};

/// What a file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nesting of messages. A plain network needs 6; each level of subgraphs adds 3.
    pub depth: usize,
    /// Nodes, subgraphs included.
    pub nodes: u64,
    /// Tensors, subgraphs included.
    pub tensors: u64,
    /// Messages of any kind.
    pub messages: u64,
    /// Strings.
    pub strings: u64,
    /// Bytes of all strings together.
    pub string_bytes: u64,
    /// Integers in lists, at one byte or more each.
    pub integers: u64,
    /// Tags: one a field, and one an element of a list that is not packed.
    pub fields: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            depth: 32,
            nodes: 100_000,
            tensors: 100_000,
            messages: 400_000,
            strings: 1_000_000,
            string_bytes: 64 << 20,
            integers: 4_000_000,
            fields: 16_000_000,
        }
    }
}

/// What a file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// Nodes.
    pub nodes: u64,
    /// Tensors.
    pub tensors: u64,
    /// Messages of any kind.
    pub messages: u64,
    /// Strings.
    pub strings: u64,
    /// Bytes of all strings together.
    pub string_bytes: u64,
    /// Integers in lists.
    pub integers: u64,
    /// Tags.
    pub fields: u64,
}

/// Why a file is no ONNX file or is not read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WireProblem {
    /// The bytes end inside a number.
    #[error("a number is cut off; the file is damaged or no ONNX file")]
    CutNumber,
    /// A number of more than 64 bits.
    #[error("a number has more than 64 bits; the file is damaged or no ONNX file")]
    LongNumber,
    /// A field with number 0 or beyond 2^29.
    #[error("field number {number} does not exist; the file is damaged or no ONNX file")]
    FieldNumber {
        /// The number.
        number: u64,
    },
    /// A length that leaves the message around it.
    #[error(
        "a field of {length} bytes lies in a message with {left} bytes left; the file is cut off or damaged"
    )]
    Length {
        /// Claimed length.
        length: u64,
        /// Bytes left.
        left: u64,
    },
    /// A group or an unknown wire type.
    #[error("wire type {wire} does not occur in ONNX; the file is damaged or no ONNX file")]
    WireType {
        /// The wire type.
        wire: u8,
    },
    /// A packed list whose length is no multiple of its element size.
    #[error("a list of {size}-byte numbers has {length} bytes; the file is damaged")]
    List {
        /// Bytes of an element.
        size: u64,
        /// Bytes of the list.
        length: u64,
    },
    /// Too much of something.
    #[error("the file has more than {limit} {what}; a network that theriac reads needs far fewer")]
    Limit {
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
}

/// Walks over the whole file.
///
/// # Errors
/// The offset of the first problem with the problem.
pub fn scan(bytes: &[u8], limits: &Limits) -> Result<Scan, (u64, WireProblem)> {
    let mut walk = Walk { bytes, at: 0, limits, found: Scan::default() };
    walk.run().map_err(|problem| (walk.at as u64, problem))?;
    Ok(walk.found)
}

/// A message whose fields are being read.
struct Frame {
    kind: Kind,
    end: usize,
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    limits: &'a Limits,
    found: Scan,
}

impl Walk<'_> {
    fn run(&mut self) -> Result<(), WireProblem> {
        let mut stack = vec![Frame { kind: Kind::Model, end: self.bytes.len() }];
        while let Some(frame) = stack.last() {
            let (kind, end) = (frame.kind, frame.end);
            if self.at == end {
                stack.pop();
            } else if let Some(child) = self.field(kind, end)? {
                stack.push(child);
                limit("levels of nesting", stack.len() as u64, self.limits.depth as u64)?;
            }
        }
        Ok(())
    }

    /// Reads a tag and skips its value, or returns the message that starts there.
    fn field(&mut self, kind: Kind, end: usize) -> Result<Option<Frame>, WireProblem> {
        self.found.fields += 1;
        limit("fields", self.found.fields, self.limits.fields)?;
        let tag = self.number(end)?;
        let (number, wire) = (tag >> 3, (tag & 7) as u8);
        if number == 0 || number >= 1 << 29 {
            return Err(WireProblem::FieldNumber { number });
        }
        let content = kind.content(number);
        match wire {
            0 => {
                self.number(end)?;
                if content == Content::Integers {
                    self.count_integers(1)?;
                }
                Ok(None)
            }
            1 => self.skip(8, end).map(|()| None),
            5 => self.skip(4, end).map(|()| None),
            2 => {
                let length = self.number(end)?;
                self.value(content, length, end)
            }
            3 | 4 | 6 | 7 => Err(WireProblem::WireType { wire }),
            8.. => Err(WireProblem::WireType { wire }),
        }
    }

    /// A value with a length: enters a message, checks a list, counts a string, skips the rest.
    fn value(
        &mut self,
        content: Content,
        length: u64,
        end: usize,
    ) -> Result<Option<Frame>, WireProblem> {
        let start = self.at;
        self.skip(length, end)?;
        match content {
            Content::Message(kind) => {
                self.count_message(kind)?;
                let end = std::mem::replace(&mut self.at, start);
                return Ok(Some(Frame { kind, end }));
            }
            Content::Text => {
                self.found.strings += 1;
                limit("strings", self.found.strings, self.limits.strings)?;
                self.found.string_bytes += length;
                limit("bytes of strings", self.found.string_bytes, self.limits.string_bytes)?;
            }
            Content::Floats | Content::Doubles => {
                let size = if content == Content::Floats { 4 } else { 8 };
                if !length.is_multiple_of(size) {
                    return Err(WireProblem::List { size, length });
                }
            }
            Content::Integers => {
                let list = self.bytes.get(start..self.at).unwrap_or_default();
                let count = list.iter().filter(|&&byte| byte < 0x80).count() as u64;
                if list.last().is_some_and(|&byte| byte >= 0x80) {
                    return Err(WireProblem::CutNumber);
                }
                self.count_integers(count)?;
            }
            Content::Other => {}
        }
        Ok(None)
    }

    fn count_message(&mut self, kind: Kind) -> Result<(), WireProblem> {
        self.found.messages += 1;
        limit("messages", self.found.messages, self.limits.messages)?;
        match kind {
            Kind::Node => self.found.nodes += 1,
            Kind::Tensor => self.found.tensors += 1,
            _ => {}
        }
        limit("nodes", self.found.nodes, self.limits.nodes)?;
        limit("tensors", self.found.tensors, self.limits.tensors)
    }

    fn count_integers(&mut self, count: u64) -> Result<(), WireProblem> {
        self.found.integers += count;
        limit("integers in lists", self.found.integers, self.limits.integers)
    }

    /// A base-128 number of at most 64 bits.
    fn number(&mut self, end: usize) -> Result<u64, WireProblem> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            if self.at >= end {
                return Err(WireProblem::CutNumber);
            }
            let Some(&byte) = self.bytes.get(self.at) else { return Err(WireProblem::CutNumber) };
            self.at += 1;
            // The tenth byte holds the 64th bit and nothing else.
            if shift == 63 && byte > 1 {
                return Err(WireProblem::LongNumber);
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(WireProblem::LongNumber)
    }

    fn skip(&mut self, length: u64, end: usize) -> Result<(), WireProblem> {
        let left = (end - self.at) as u64;
        match usize::try_from(length) {
            Ok(n) if length <= left => {
                self.at += n;
                Ok(())
            }
            Ok(_) | Err(_) => Err(WireProblem::Length { length, left }),
        }
    }
}

fn limit(what: &'static str, found: u64, limit: u64) -> Result<(), WireProblem> {
    if found > limit { Err(WireProblem::Limit { what, limit }) } else { Ok(()) }
}
