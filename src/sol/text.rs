//! A cursor over the lines of a solution file, and the small parsers that all formats share.

use indexmap::IndexMap;
use nom::branch::alt;
use nom::bytes::complete::{tag_no_case, take_while1};
use nom::character::complete::{space0, space1};
use nom::combinator::{all_consuming, map, opt, value};
use nom::number::complete::double;
use nom::sequence::{delimited, preceded, separated_pair};
use nom::{IResult, Parser};
use quick_xml::events::BytesStart;

use super::error::SolError;
use super::recognise::Format;

/// The lines of one file, with a position.
#[derive(Clone)]
pub(super) struct Text<'a> {
    file: &'a str,
    format: Format,
    rest: &'a str,
    /// 1-based number of the line that `rest` begins with.
    line: usize,
}

impl<'a> Text<'a> {
    pub(super) fn new(file: &'a str, format: Format, bytes: &'a [u8]) -> Result<Self, SolError> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(rest) => Ok(Text { file, format, rest, line: 1 }),
            Err(e) => {
                let before = bytes.get(..e.valid_up_to()).unwrap_or_default();
                let line = 1 + before.iter().filter(|b| **b == b'\n').count();
                Err(SolError::NotText { file: file.to_owned(), format, line })
            }
        }
    }

    /// All that has not been read.
    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    /// The next line without its end, or `None` at the end of the file.
    pub(super) fn peek(&self) -> Option<&'a str> {
        let line = self.rest.split('\n').next().unwrap_or_default();
        (!self.rest.is_empty()).then(|| line.strip_suffix('\r').unwrap_or(line))
    }

    /// Takes the next line, which may lack its line end (as a last line does).
    pub(super) fn next_loose(&mut self) -> Option<&'a str> {
        let line = self.peek()?;
        self.rest = self.rest.split_once('\n').map_or("", |(_, rest)| rest);
        self.line += 1;
        Some(line)
    }

    /// Takes the next line; one without a line end was cut, and so was a file without it.
    pub(super) fn next(&mut self, wanted: impl std::fmt::Display) -> Result<&'a str, SolError> {
        if !self.rest.contains('\n') {
            let missing = if self.rest.is_empty() {
                format!("before {wanted}")
            } else {
                format!("in the middle of {wanted}")
            };
            return Err(self.truncated(missing));
        }
        Ok(self.next_loose().unwrap_or_default())
    }

    pub(super) fn skip_blank(&mut self) {
        while self.peek().is_some_and(|l| l.trim().is_empty()) {
            self.next_loose();
        }
    }

    pub(super) fn truncated(&self, missing: String) -> SolError {
        let (file, format, line) = (self.file.to_owned(), self.format, self.line);
        SolError::Truncated { file, format, line, missing }
    }

    /// The line just taken is not what the format has there.
    pub(super) fn wrong(&self, expected: &'static str, found: &str) -> SolError {
        SolError::Syntax {
            file: self.file.to_owned(),
            format: self.format,
            line: self.line.saturating_sub(1).max(1),
            expected,
            found: found.chars().take(60).collect(),
        }
    }

    /// Runs `parser` over the whole of `line`, which was just taken.
    pub(super) fn all<T>(
        &self,
        line: &'a str,
        expected: &'static str,
        parser: impl Parser<&'a str, Output = T, Error = nom::error::Error<&'a str>>,
    ) -> Result<T, SolError> {
        match all_consuming(delimited(space0, parser, space0)).parse(line) {
            Ok((_, parsed)) => Ok(parsed),
            Err(_) => Err(self.wrong(expected, line)),
        }
    }

    /// The whole rest as one JSON object.
    pub(super) fn json<T: serde::de::DeserializeOwned>(
        &self,
        expected: &'static str,
    ) -> Result<T, SolError> {
        serde_json::from_str(self.rest).map_err(|e| {
            let mut here = self.clone();
            here.line = e.line().max(1);
            if e.is_eof() {
                return here.truncated("in the middle of its object".to_owned());
            }
            here.line += 1;
            here.wrong(expected, &e.to_string())
        })
    }

    /// Stores a value; a name that has one already is an error.
    pub(super) fn insert(
        &self,
        values: &mut IndexMap<String, f64>,
        name: &str,
        v: f64,
    ) -> Result<(), SolError> {
        match values.insert(name.to_owned(), v) {
            None => Ok(()),
            Some(_) => Err(SolError::Repeated {
                file: self.file.to_owned(),
                line: self.line.saturating_sub(1).max(1),
                name: name.to_owned(),
            }),
        }
    }
}

/// A name: anything without blanks.
pub(super) fn name(input: &str) -> IResult<&str, &str> {
    take_while1(|c: char| !c.is_whitespace()).parse(input)
}

/// A number, or a signed infinity in the words of the solvers. Never NaN.
pub(super) fn number(input: &str) -> IResult<&str, f64> {
    let infinite = map(
        (
            opt(alt((value(-1.0, tag_no_case("-")), value(1.0, tag_no_case("+"))))),
            alt((tag_no_case("infinity"), tag_no_case("inf"))),
        ),
        |(sign, _)| sign.unwrap_or(1.0) * f64::INFINITY,
    );
    let finite = nom::combinator::verify(double, |v: &f64| !v.is_nan());
    alt((infinite, finite)).parse(input)
}

/// `name value`, separated by blanks.
pub(super) fn name_value(input: &str) -> IResult<&str, (&str, f64)> {
    separated_pair(name, space1, number).parse(input)
}

/// The number after a fixed word.
pub(super) fn after<'a>(word: &'static str, line: &'a str) -> Option<f64> {
    let parser = preceded((tag_no_case(word), space0), number);
    all_consuming(delimited(space0, parser, space0))
        .parse(line)
        .ok()
        .map(|(_, v): (&'a str, f64)| v)
}

/// A bound or objective as far as it is one: solvers write 1e20, 1e30 or 1e100 for none.
pub(super) fn finite(v: f64) -> Option<f64> {
    (v.abs() < 1e20).then_some(v)
}

/// An attribute of an XML element.
pub(super) fn xml_attribute(
    e: &BytesStart<'_>,
    name: &str,
    text: &Text<'_>,
) -> Result<Option<String>, SolError> {
    let broken = |e: String| text.wrong("an attribute", &e);
    match e.try_get_attribute(name).map_err(|e| broken(e.to_string()))? {
        None => Ok(None),
        Some(a) => {
            a.unescape_value().map(|v| Some(v.into_owned())).map_err(|e| broken(e.to_string()))
        }
    }
}
