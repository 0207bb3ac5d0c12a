//! Errors that point into the specification.

mod code;
mod render;

use std::fmt;

pub use code::Code;

use super::span::Span;

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

    /// With another place.
    pub(super) fn also(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

/// All errors of one specification, in the order of their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics {
    /// The specification's name, as messages show it.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The errors; never empty.
    pub list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub(super) fn new(name: &str, text: &str, mut list: Vec<Diagnostic>) -> Self {
        list.sort_by_key(|d| d.span);
        Diagnostics { name: name.to_string(), text: text.to_string(), list }
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.list.len();
        write!(f, "{} has {n} error{}", self.name, if n == 1 { "" } else { "s" })
    }
}

impl std::error::Error for Diagnostics {}
