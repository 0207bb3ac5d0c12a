//! Errors that point into the specification.

mod code;
mod excerpt;
mod render;

use std::fmt;

pub use code::Code;

use super::span::Span;
use crate::front::printable::printable;

/// One error: a sentence, its place, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code such as `THR0103`, explained in `grammar/ERRORS.md`.
    pub code: &'static str,
    /// One sentence.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What stands there.
    pub label: String,
    /// What to do.
    pub help: String,
    /// Other places that matter, with what stands there.
    pub related: Vec<(Span, String)>,
}

impl Diagnostic {
    /// An error of the language itself.
    pub(super) fn new(code: Code, message: impl Into<String>, span: Span) -> Self {
        Diagnostic {
            code: code.id(),
            message: message.into(),
            span,
            label: "here".to_string(),
            help: String::new(),
            related: Vec::new(),
        }
    }

    /// With other words at its place.
    pub(super) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With what to do.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// With the user's own words made safe for a terminal and not endless.
    fn printable(&self) -> Self {
        let clean = |text: &str| shortened(&printable(text));
        Diagnostic {
            code: self.code,
            message: clean(&self.message),
            span: self.span,
            label: clean(&self.label),
            help: clean(&self.help),
            related: self.related.iter().map(|(span, text)| (*span, clean(text))).collect(),
        }
    }

    /// With another place.
    pub(super) fn also(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

/// The beginning of a text that repeats very much of the file.
fn shortened(text: &str) -> String {
    const MOST: usize = 1000;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{} ...", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// All errors of one specification, in the order of their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics {
    /// The specification's name, as messages show it.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The first errors, at most [`Diagnostics::MOST`]; never empty.
    pub list: Vec<Diagnostic>,
    /// How many more there are.
    pub more: usize,
}

impl Diagnostics {
    pub(super) fn new(name: &str, text: &str, mut list: Vec<Diagnostic>) -> Self {
        list.sort_by_key(|d| d.span);
        let more = list.len().saturating_sub(Diagnostics::MOST);
        list.truncate(Diagnostics::MOST);
        Diagnostics { name: name.to_string(), text: text.to_string(), list, more }
    }

    /// Errors that are kept: nobody reads more at once, and a file made by a program may have
    /// hundreds of thousands.
    pub const MOST: usize = 20;
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.list.len() + self.more;
        write!(f, "{} has {n} error{}", self.name, if n == 1 { "" } else { "s" })
    }
}

impl std::error::Error for Diagnostics {}
