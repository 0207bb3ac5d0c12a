//! Tokens of an LP file.

use super::super::error::{Located, Outcome, Problem};
use crate::front::printable::number;

/// A token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Number(f64),
    Name(&'a str),
    Plus,
    Minus,
    Times,
    Caret,
    Slash,
    Open,
    Close,
    Colon,
    DoubleColon,
    Le,
    Ge,
    Eq,
    Arrow,
    /// End of the text.
    End,
}

impl Token<'_> {
    /// As an error shows it.
    pub fn words(self) -> String {
        match self {
            Token::Number(v) => format!("the number {}", number(v)),
            Token::Name(n) => format!("`{n}`"),
            Token::Plus => "`+`".to_owned(),
            Token::Minus => "`-`".to_owned(),
            Token::Times => "`*`".to_owned(),
            Token::Caret => "`^`".to_owned(),
            Token::Slash => "`/`".to_owned(),
            Token::Open => "`[`".to_owned(),
            Token::Close => "`]`".to_owned(),
            Token::Colon => "`:`".to_owned(),
            Token::DoubleColon => "`::`".to_owned(),
            Token::Le => "`<=`".to_owned(),
            Token::Ge => "`>=`".to_owned(),
            Token::Eq => "`=`".to_owned(),
            Token::Arrow => "`->`".to_owned(),
            Token::End => "the end of the file".to_owned(),
        }
    }
}

/// A place in the text; copying it is how the parser looks ahead.
#[derive(Clone, Copy)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// Line of the newest token, 1-based.
    pub line: usize,
    /// Whether the newest token is the first of its line.
    pub first: bool,
    fresh: bool,
    /// Whether a number that ends in a point stood in front of a name, as in `1. x`.
    pub open_point: bool,
    /// Whether a name began with a point.
    pub leading_point: bool,
}

/// Bytes of names besides letters and digits. Blanks part tokens, operators end names.
fn names(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || b"!\"#$%&(),.;?@_'`{}~|".contains(&byte)
}

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Self {
        Lexer {
            text,
            at: 0,
            line: 1,
            first: false,
            fresh: true,
            open_point: false,
            leading_point: false,
        }
    }

    pub fn fail(&self, problem: Problem) -> Located {
        problem.at(self.line)
    }

    fn byte(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    /// Whether a blank or the end of a line comes next.
    pub fn at_blank(&self) -> bool {
        self.byte(0).is_ascii_whitespace()
    }

    /// Skips blanks and comments.
    fn skip(&mut self) -> Outcome<()> {
        loop {
            match self.byte(0) {
                b'\n' => {
                    self.line += 1;
                    self.fresh = true;
                    self.at += 1;
                }
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'\\' => {
                    let rest = &self.text[self.at..];
                    let line = rest.lines().next().unwrap_or("");
                    // Half of the readers skip to `*\`, the others to the end of the line.
                    if let Some(inside) = line.strip_prefix("\\*") {
                        let closed = inside.find("*\\").map(|k| inside[k + 2..].trim().is_empty());
                        if closed != Some(true) {
                            return Err(self.fail(Problem::ambiguous(
                                "a comment `\\* ... *\\` that does not fill one line",
                                "begin every line of the comment with `\\`",
                            )));
                        }
                    }
                    self.at += line.len();
                }
                _ => return Ok(()),
            }
        }
    }

    pub fn next(&mut self) -> Outcome<Token<'a>> {
        self.skip()?;
        self.first = std::mem::take(&mut self.fresh);
        if self.at >= self.text.len() {
            return Ok(Token::End);
        }
        let (token, length) = match (self.byte(0), self.byte(1)) {
            (b'<', b'=') | (b'=', b'<') => (Token::Le, 2),
            (b'>', b'=') | (b'=', b'>') => (Token::Ge, 2),
            (b'=', b'=') => (Token::Eq, 2),
            (b'<', _) => (Token::Le, 1),
            (b'>', _) => (Token::Ge, 1),
            (b'=', _) => (Token::Eq, 1),
            (b'-', b'>') => (Token::Arrow, 2),
            (b'+', _) => (Token::Plus, 1),
            (b'-', _) => (Token::Minus, 1),
            (b'*', _) => (Token::Times, 1),
            (b'^', _) => (Token::Caret, 1),
            (b'/', _) => (Token::Slash, 1),
            (b'[', _) => (Token::Open, 1),
            (b']', _) => (Token::Close, 1),
            (b':', b':') => (Token::DoubleColon, 2),
            (b':', _) => (Token::Colon, 1),
            (b'0'..=b'9', _) | (b'.', b'0'..=b'9') => return self.number(),
            (byte, _) if names(byte) => return Ok(self.name()),
            (byte, _) => {
                let found = format!("`{}`", char::from(byte).escape_default());
                return Err(self.fail(Problem::expected("a number, a name or an operator", found)));
            }
        };
        self.at += length;
        Ok(token)
    }

    fn number(&mut self) -> Outcome<Token<'a>> {
        let bytes = self.text.as_bytes();
        let begin = self.at;
        let digits = |mut k: usize| {
            while bytes.get(k).is_some_and(u8::is_ascii_digit) {
                k += 1;
            }
            k
        };
        let mut end = digits(begin);
        if bytes.get(end) == Some(&b'.') {
            end = digits(end + 1);
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let last = digits(end + 1 + sign);
            if last > end + 1 + sign {
                end = last;
            }
        }
        let text = &self.text[begin..end];
        let byte = |k: usize| bytes.get(end + k).copied().unwrap_or(b' ');
        // `3x` is the column `3x` to Gurobi, COPT and CBC, three times `x` to all others.
        if names(byte(0)) {
            let rest = bytes[end..].iter().take_while(|b| names(**b)).count();
            return Err(self.fail(Problem::ambiguous(
                format!(
                    "`{}` (a number and a name, or one of the two)",
                    &self.text[begin..end + rest]
                ),
                "write a blank between a number and a name, and numbers in decimals",
            )));
        }
        self.at = end;
        if text.ends_with('.') {
            let blanks = bytes[end..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
            self.open_point |= names(byte(blanks)) && !byte(blanks).is_ascii_digit();
        }
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Token::Number(value)),
            Ok(_) | Err(_) => Err(self.fail(Problem::Number(text.to_owned()))),
        }
    }

    /// A name; `x[1,2]` in one piece is one too (Gurobi's own names).
    fn name(&mut self) -> Token<'a> {
        let bytes = self.text.as_bytes();
        let begin = self.at;
        let mut end = begin;
        let mut depth = 0_usize;
        while let Some(&byte) = bytes.get(end) {
            match byte {
                b'[' if self.closes(end) => depth += 1,
                b']' if depth > 0 => depth -= 1,
                _ if names(byte) => {}
                b'-' | b'+' if depth > 0 => {}
                _ => break,
            }
            end += 1;
        }
        self.at = end;
        self.leading_point |= bytes.get(begin) == Some(&b'.');
        Token::Name(&self.text[begin..end])
    }

    /// Whether the bracket at `open` is closed before the next blank.
    fn closes(&self, open: usize) -> bool {
        let bytes = &self.text.as_bytes()[open + 1..];
        bytes.iter().find(|b| b.is_ascii_whitespace() || **b == b']').is_some_and(|b| *b == b']')
    }

    /// What comes next, without taking it.
    pub fn peek(&self) -> Outcome<(Token<'a>, Lexer<'a>)> {
        let mut ahead = *self;
        let token = ahead.next()?;
        Ok((token, ahead))
    }
}
