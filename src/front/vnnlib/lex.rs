//! Words and parentheses.

use super::error::{Outcome, Place, Problem};
use crate::front::printable::printable;

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// `[`
    OpenIndex,
    /// `]`
    CloseIndex,
    Comma,
    Word(&'a [u8]),
    /// What stands between double quotes.
    Text(&'a [u8]),
    End,
}

impl Token<'_> {
    /// For errors.
    pub fn shown(self) -> String {
        match self {
            Token::Open => "`(`".to_owned(),
            Token::Close => "`)`".to_owned(),
            Token::OpenIndex => "`[`".to_owned(),
            Token::CloseIndex => "`]`".to_owned(),
            Token::Comma => "`,`".to_owned(),
            Token::Word(word) => format!("`{}`", shown(word)),
            Token::Text(_) => "a string".to_owned(),
            Token::End => "the end of the file".to_owned(),
        }
    }
}

/// A word of the file, shortened and safe for a terminal.
pub(super) fn shown(word: &[u8]) -> String {
    const LONGEST: usize = 40;
    let text = String::from_utf8_lossy(&word[..word.len().min(4 * LONGEST)]);
    let safe = printable(&text);
    match safe.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}...", &safe[..at]),
        None if word.len() > 4 * LONGEST => format!("{safe}..."),
        None => safe.into_owned(),
    }
}

/// Reads tokens.
pub(super) struct Lexer<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
    line_start: usize,
    /// Where the last token begins.
    start: usize,
}

/// Whether a byte ends a word.
const ENDS: [bool; 256] = {
    let mut ends = [false; 256];
    let mut b = 0;
    while b < 256 {
        ends[b] = matches!(b as u8, 0..=32 | b'(' | b')' | b';' | b'"' | b'[' | b']' | b',');
        b += 1;
    }
    ends
};

impl<'a> Lexer<'a> {
    /// Of a text below 4 GiB.
    pub fn new(text: &'a [u8]) -> Self {
        let at = if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        Lexer { text, at, line: 1, line_start: at, start: at }
    }

    /// The place of the last token.
    pub fn place(&self) -> Place {
        Place { line: self.line, column: (self.start - self.line_start) as u32 + 1 }
    }

    /// Length of the text in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    fn skip(&mut self) {
        while let Some(&b) = self.text.get(self.at) {
            match b {
                b'\n' => {
                    self.at += 1;
                    self.line += 1;
                    self.line_start = self.at;
                }
                b' ' | b'\t' | b'\r' | b'\x0c' => self.at += 1,
                b';' => {
                    let rest = &self.text[self.at..];
                    self.at += rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
                }
                _ => return,
            }
        }
    }

    /// The next token.
    pub fn next(&mut self) -> Outcome<Token<'a>> {
        self.skip();
        self.start = self.at;
        let Some(&b) = self.text.get(self.at) else { return Ok(Token::End) };
        self.at += 1;
        Ok(match b {
            b'(' => Token::Open,
            b')' => Token::Close,
            b'[' => Token::OpenIndex,
            b']' => Token::CloseIndex,
            b',' => Token::Comma,
            b'"' => return self.string(),
            _ => {
                let rest = &self.text[self.at..];
                let length = rest.iter().position(|b| ENDS[usize::from(*b)]).unwrap_or(rest.len());
                self.at += length;
                Token::Word(&self.text[self.start..self.at])
            }
        })
    }

    fn string(&mut self) -> Outcome<Token<'a>> {
        let rest = &self.text[self.at..];
        let end = rest.iter().position(|b| matches!(b, b'"' | b'\n'));
        let end = end.filter(|k| rest[*k] == b'"');
        let Some(end) = end else { return Err(Problem::OpenString.at(self.place())) };
        self.at += end + 1;
        Ok(Token::Text(&rest[..end]))
    }

    /// Whether `[` follows.
    pub fn index_follows(&mut self) -> bool {
        if self.text.get(self.at).is_some_and(|b| matches!(b, b')' | b'(')) {
            return false;
        }
        // The place of the last token must stay.
        let (line, line_start, at) = (self.line, self.line_start, self.at);
        self.skip();
        let found = self.text.get(self.at) == Some(&b'[');
        (self.line, self.line_start, self.at) = (line, line_start, at);
        found
    }

    /// Demands a token of a kind.
    pub fn expect(&mut self, token: Token<'_>, expected: &'static str) -> Outcome<()> {
        let found = self.next()?;
        if found == token { Ok(()) } else { Err(self.unexpected(expected, found)) }
    }

    /// Demands a word.
    pub fn word(&mut self, expected: &'static str) -> Outcome<&'a [u8]> {
        match self.next()? {
            Token::Word(word) => Ok(word),
            other => Err(self.unexpected(expected, other)),
        }
    }

    /// The error of a token in the wrong place.
    pub fn unexpected(&self, expected: &'static str, found: Token<'_>) -> super::error::Located {
        Problem::Expected { expected, found: found.shown() }.at(self.place())
    }
}
