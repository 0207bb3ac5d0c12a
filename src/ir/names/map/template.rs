//! A template: text with places for indices.

use super::super::legal::{LONGEST, is_text, may_begin, reserved, skeleton};
use super::error::MapFault;
use crate::ir::role::{Axis, Place};

/// What stands in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Index {
    /// An index of the place.
    Axis(Axis),
    /// The number of the row.
    Row,
}

impl Index {
    pub fn word(self) -> &'static str {
        match self {
            Index::Axis(Axis::Layer) => "layer",
            Index::Axis(Axis::Node) => "node",
            Index::Axis(Axis::I) => "i",
            Index::Axis(Axis::J) => "j",
            Index::Axis(Axis::Sample) => "sample",
            Index::Axis(Axis::Step) => "step",
            Index::Row => "row",
        }
    }

    /// Digits of the largest value.
    fn digits(self) -> usize {
        match self {
            Index::Axis(Axis::Layer | Axis::Node | Axis::Step) => 5,
            Index::Axis(Axis::I | Axis::J | Axis::Sample) | Index::Row => 10,
        }
    }

    fn value(self, place: Place, row: u32) -> u32 {
        match self {
            Index::Axis(Axis::Layer | Axis::Node) => u32::from(place.layer),
            Index::Axis(Axis::I) => place.i,
            Index::Axis(Axis::J) => place.j,
            Index::Axis(Axis::Sample) => place.sample,
            Index::Axis(Axis::Step) => u32::from(place.step),
            Index::Row => row,
        }
    }
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Text(Vec<u8>),
    Index(Index),
}

/// A template that is legal for whatever indices: what is written with a step and without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template {
    with: Vec<Part>,
    without: Vec<Part>,
}

impl Template {
    /// Parses `text`; `allowed` may stand in braces, `needed` must, each once. The error comes
    /// with its byte in `text`.
    pub fn parse(
        text: &str,
        allowed: &[Index],
        needed: &[Index],
    ) -> Result<Self, (usize, MapFault)> {
        let mut reader = Reader { text, at: 0, seen: Vec::new(), allowed };
        let out = reader.template()?;
        if let Some(index) = needed.iter().find(|i| !reader.seen.contains(i)) {
            return Err((0, MapFault::Missing { index: index.word() }));
        }
        for parts in [&out.with, &out.without] {
            legal(parts).map_err(|fault| (0, fault))?;
        }
        Ok(out)
    }

    /// Appends the name.
    pub fn write(&self, place: Place, row: u32, out: &mut Vec<u8>) {
        let parts = if place.step == Place::NO_STEP { &self.without } else { &self.with };
        for part in parts {
            match part {
                Part::Text(text) => out.extend_from_slice(text),
                Part::Index(index) => {
                    let value = index.value(place, row);
                    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
                }
            }
        }
    }

    /// What its names look like with every number replaced by `#`.
    pub fn skeletons(&self) -> [Vec<u8>; 2] {
        [shape(&self.with), shape(&self.without)]
    }
}

fn shape(parts: &[Part]) -> Vec<u8> {
    let mut out = Vec::new();
    for part in parts {
        match part {
            Part::Text(text) => out.extend(skeleton(text)),
            Part::Index(_) => out.push(b'#'),
        }
    }
    out
}

/// Whether names of these parts are legal whatever the indices are, and give the indices back.
fn legal(parts: &[Part]) -> Result<(), MapFault> {
    let first = match parts.first() {
        Some(Part::Text(text)) => text.first().copied(),
        Some(Part::Index(_)) | None => None,
    };
    if !first.is_some_and(may_begin) {
        return Err(MapFault::Beginning);
    }
    for pair in parts.windows(2) {
        let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        let run_together = match pair {
            [Part::Index(_), Part::Index(_)] => true,
            [Part::Index(_), Part::Text(text)] => digit(text.first()),
            [Part::Text(text), Part::Index(_)] => digit(text.last()),
            _ => false,
        };
        if run_together {
            return Err(MapFault::DigitBeside);
        }
    }
    let length = parts.iter().map(|part| match part {
        Part::Text(text) => text.len(),
        Part::Index(index) => index.digits(),
    });
    let length: usize = length.sum();
    if length > LONGEST {
        return Err(MapFault::TooLong { length, most: LONGEST });
    }
    match reserved(&shape(parts)) {
        Some(word) => Err(MapFault::Reserved { word }),
        None => Ok(()),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    seen: Vec<Index>,
    allowed: &'a [Index],
}

impl Reader<'_> {
    fn template(&mut self) -> Result<Template, (usize, MapFault)> {
        let (mut with, mut without) = (Vec::new(), Vec::new());
        let mut optional = false;
        while let Some(byte) = self.text.as_bytes().get(self.at).copied() {
            let start = self.at;
            match byte {
                b'[' => {
                    let inside = self.optional()?;
                    if optional || !inside.contains(&Part::Index(Index::Axis(Axis::Step))) {
                        return Err((start, MapFault::Optional));
                    }
                    optional = true;
                    inside.into_iter().for_each(|p| push(&mut with, p));
                }
                b'{' => {
                    let index = self.index()?;
                    push(&mut with, Part::Index(index));
                    let step = index == Index::Axis(Axis::Step);
                    let part = if step { Part::Text(b"none".to_vec()) } else { Part::Index(index) };
                    push(&mut without, part);
                }
                _ => {
                    let text = self.byte()?;
                    push(&mut with, Part::Text(vec![text]));
                    push(&mut without, Part::Text(vec![text]));
                }
            }
        }
        Ok(Template { with, without })
    }

    /// `[...]`, from the bracket on.
    fn optional(&mut self) -> Result<Vec<Part>, (usize, MapFault)> {
        let start = self.at;
        self.at += 1;
        let mut parts = Vec::new();
        loop {
            match self.text.as_bytes().get(self.at) {
                None => return Err((start, MapFault::Open { what: "[" })),
                Some(b']') => break,
                Some(b'{') => {
                    let place = self.at;
                    let index = self.index()?;
                    if index != Index::Axis(Axis::Step) {
                        return Err((place, MapFault::Optional));
                    }
                    push(&mut parts, Part::Index(index));
                }
                Some(_) => {
                    let text = self.byte()?;
                    push(&mut parts, Part::Text(vec![text]));
                }
            }
        }
        self.at += 1;
        Ok(parts)
    }

    /// `{word}`, from the brace on.
    fn index(&mut self) -> Result<Index, (usize, MapFault)> {
        let start = self.at;
        let rest = self.text.get(start + 1..).unwrap_or_default();
        let Some(end) = rest.find('}') else {
            return Err((start, MapFault::Open { what: "{" }));
        };
        let word = rest.get(..end).unwrap_or_default().trim();
        let Some(index) = self.allowed.iter().copied().find(|i| i.word() == word) else {
            let allowed: Vec<&str> = self.allowed.iter().map(|i| i.word()).collect();
            let allowed = if allowed.is_empty() { "none".into() } else { allowed.join(", ") };
            return Err((start, MapFault::UnknownIndex { word: word.to_owned(), allowed }));
        };
        if self.seen.contains(&index) {
            return Err((start, MapFault::Repeated { index: index.word() }));
        }
        self.seen.push(index);
        self.at = start + 1 + end + 1;
        Ok(index)
    }

    fn byte(&mut self) -> Result<u8, (usize, MapFault)> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        match rest.chars().next() {
            Some(c) if u8::try_from(c).is_ok_and(is_text) => {
                self.at += 1;
                Ok(c as u8)
            }
            c => Err((self.at, MapFault::Character { character: c.unwrap_or(' ') })),
        }
    }
}

/// Appends a part; text grows the text before it.
fn push(parts: &mut Vec<Part>, part: Part) {
    match (parts.last_mut(), part) {
        (Some(Part::Text(text)), Part::Text(more)) => text.extend(more),
        (_, part) => parts.push(part),
    }
}
