//! What a run of the parser remembers: how far it came, and what would have been right there.
//!
//! `opt` and `many0` throw the errors of their last attempt away, so the furthest one is kept
//! beside the parsers and not in their error type.

use std::cell::RefCell;
use std::collections::BTreeSet;

use nom::error::{ErrorKind, ParseError};
use nom::{Err, IResult};
use nom_locate::LocatedSpan;

use crate::front::nearest::nearest;
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::production::Production;
use crate::front::spec::span::Span;

/// Text that remains to be parsed.
pub type In<'a> = LocatedSpan<&'a str, &'a State>;
/// A parser's result.
pub type Res<'a, T> = IResult<In<'a>, T, Miss>;

/// A parser did not find what it looked for; [`State`] knows what that was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Miss;

impl<I> ParseError<I> for Miss {
    fn from_error_kind(_: I, _: ErrorKind) -> Self {
        Miss
    }
    fn append(_: I, _: ErrorKind, other: Self) -> Self {
        other
    }
}

/// What was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// A keyword or symbol.
    Literal(&'static str),
    /// A kind of token, in words.
    Kind(&'static str),
}

impl Expected {
    /// [`Expected::Kind`] of [`super::lex::end`].
    pub const END: &'static str = "the end of the line";
    /// [`Expected::Kind`] of [`super::lex::integer`].
    pub const WHOLE: &'static str = "a whole number";
    /// [`Expected::Kind`] of [`super::lex::string`].
    pub const STRING: &'static str = "a string in double quotes";
    /// [`Expected::Kind`] of [`super::lex::number`].
    pub const NUMBER: &'static str = "a number";
    /// [`Expected::Kind`] of [`super::lex::name`].
    pub const NAME: &'static str = "a name";
}

/// Reports among which a repeated one is looked for.
const RECENT: usize = 64;

/// Memory of one run.
#[derive(Debug, Default)]
pub struct State {
    furthest: RefCell<(usize, BTreeSet<Expected>)>,
    special: RefCell<Option<Diagnostic>>,
    errors: RefCell<Vec<Diagnostic>>,
    trace: RefCell<BTreeSet<Production>>,
}

impl State {
    /// Records that `expected` was not found at `at`.
    pub fn miss<T>(&self, at: In<'_>, expected: Expected) -> Result<T, Err<Miss>> {
        let offset = at.location_offset();
        let mut furthest = self.furthest.borrow_mut();
        if offset > furthest.0 {
            *furthest = (offset, BTreeSet::new());
        }
        if offset == furthest.0 {
            furthest.1.insert(expected);
        }
        Err(Err::Error(Miss))
    }

    /// Records an error that needs other words than "expected".
    pub fn fail<T>(&self, diagnostic: Diagnostic) -> Result<T, Err<Miss>> {
        self.special.borrow_mut().get_or_insert(diagnostic);
        Err(Err::Failure(Miss))
    }

    /// Records an error after which parsing can go on as if nothing were wrong.
    pub fn report(&self, diagnostic: Diagnostic) {
        // A place that is tried twice is reported twice, once right after the other.
        let mut errors = self.errors.borrow_mut();
        if !errors.iter().rev().take(RECENT).any(|e| *e == diagnostic) {
            errors.push(diagnostic);
        }
    }

    /// Records that a production was recognised.
    pub fn seen(&self, production: Production) {
        self.trace.borrow_mut().insert(production);
    }

    /// The productions recognised so far.
    pub fn trace(&self) -> BTreeSet<Production> {
        self.trace.borrow().clone()
    }

    /// Keeps the error that ended a parser which began at `from`, and cleans the slate.
    pub fn keep(&self, from: In<'_>) {
        let furthest = std::mem::take(&mut *self.furthest.borrow_mut());
        let special = self.special.borrow_mut().take();
        let error = special.unwrap_or_else(|| unexpected(from, furthest));
        self.errors.borrow_mut().push(error);
    }

    /// The errors kept.
    pub fn errors(&self) -> Vec<Diagnostic> {
        self.errors.borrow().clone()
    }
}

/// The error where nothing that was expected is found.
fn unexpected(from: In<'_>, (at, expected): (usize, BTreeSet<Expected>)) -> Diagnostic {
    let start = from.location_offset();
    let at = at.max(start);
    let rest = from.fragment().get(at - start..).unwrap_or_default();
    let (found, length) = token(rest);
    let word = rest.get(..length).unwrap_or_default();
    let literals = expected.iter().filter_map(|e| match e {
        Expected::Literal(l) => Some(*l),
        Expected::Kind(_) => None,
    });
    let near = nearest(word, literals).filter(|_| word.starts_with(char::is_alphabetic));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => advice(&expected).to_string(),
    };
    let message = format!("expected {}, found {found}", list(&expected));
    let span = Span { start: at, end: at + length };
    Diagnostic::new(Code::Unexpected, message, span).label("not expected here").help(help)
}

/// What to do where no single word comes close.
fn advice(expected: &BTreeSet<Expected>) -> &'static str {
    let kind = |k| expected.contains(&Expected::Kind(k));
    let literal = |l| expected.contains(&Expected::Literal(l));
    if literal("minutes") {
        "write the limit with its unit: 30 s, 10 min or 2 h"
    } else if literal("network") && literal("ask") {
        "a statement begins with one of these words"
    } else if kind(Expected::END) {
        "end the line here: statements and settings are separated by a line break or `;`"
    } else if kind(Expected::WHOLE) {
        "write a whole number such as 3, without sign or fraction"
    } else if kind(Expected::STRING) {
        "put the path in double quotes"
    } else if literal("new") && literal("+") {
        "write a sum of old and new features: `new x0 - 2 * old x1`"
    } else if literal("<=") && literal("+") && !literal("<") {
        "compare two sums of features with <=, >= or =: `new x0 - old x0 <= 2`"
    } else if literal("<=") && literal("+") {
        "compare two sums: `y[0] <= y[1]`, `x[0] - 2 * x[1] > 0.5`; only numbers are multiplied with"
    } else if literal("y") {
        "write a comparison of two sums: `y[0] <= y[1]`, `x[0] - 2 * x[1] > 0.5`"
    } else if kind(Expected::NUMBER) {
        "write a number such as 0.5, -2 or 1e-3"
    } else if kind(Expected::NAME) {
        "a name has letters, digits and _ and does not begin with a digit"
    } else {
        "write one of these here; grammar/theriac.ebnf has the whole language"
    }
}

/// The token that `rest` begins with, described, and its length.
fn token(rest: &str) -> (String, usize) {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '+');
    let end = match rest.chars().next() {
        None => return ("the end of the file".to_string(), 0),
        Some('\n') => return ("the end of the line".to_string(), 0),
        Some('"') => rest.char_indices().skip(1).find(|(_, c)| *c == '"').map(|(i, _)| i + 1),
        Some(c) if is_word(c) => rest.char_indices().find(|(_, c)| !is_word(*c)).map(|(i, _)| i),
        Some(c) => Some(c.len_utf8()),
    };
    let end = end.unwrap_or(rest.len());
    let word = rest.get(..end).unwrap_or_default();
    let shown: String = word.chars().take(40).collect();
    (format!("`{}`", shown.escape_debug()), end)
}

/// `a, b or c`, literals first.
fn list(expected: &BTreeSet<Expected>) -> String {
    let words: Vec<String> = expected
        .iter()
        .map(|e| match e {
            Expected::Literal(l) => format!("`{l}`"),
            Expected::Kind(k) => (*k).to_string(),
        })
        .collect();
    match words.as_slice() {
        [] => "something else".to_string(),
        [one] => one.clone(),
        [firsts @ .., last] => format!("{} or {last}", firsts.join(", ")),
    }
}
