//! The specification language (`.thr`): what a user writes, and the question that it asks.
//!
//! `grammar/theriac.ebnf` is the grammar, `grammar/pass/` and `grammar/fail/` are its examples and
//! `grammar/ERRORS.md` lists the codes of errors. [`parse()`] knows nothing but the text; [`load()`]
//! looks names up, reads the files that are named, and checks the whole question.

pub mod ast;
pub mod diag;
pub mod load;
pub mod options;
pub mod production;
pub mod span;

mod parse;
mod resolve;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub use diag::{Code, Diagnostic, Diagnostics};
pub use load::{Disk, FileRole, Loader, SourceFile};
pub use options::{SolveOptions, SolverChoice};
pub use span::{Span, Spanned};

use super::hash::sha256_bytes;
use super::map;
use crate::question::Question;
use crate::question::reach::Reaching;
use crate::question::verify::{Largest, Verification};
use ast::Ast;
use production::Production;
use resolve::Wanted;

/// A resolved specification with what it asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// The worst outcome of poisoned training.
    Poison(Spec<Question>),
    /// Every parameter that poisoned training can reach, step by step.
    Reach(Spec<Reaching>),
    /// Whether an input can make a network's outputs break a property.
    Verify(Spec<Verification>),
    /// Up to which radius no input can make another class the largest output.
    Largest(Spec<Largest>),
}

/// A resolved specification of a question of type `Q`.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec<Q = Question> {
    /// The question, checked.
    pub question: Q,
    /// How it is solved.
    pub solve: SolveOptions,
    /// The files that it names, in the order in which they are read.
    pub files: Vec<SourceFile>,
    /// SHA-256 of the text in hexadecimal.
    pub sha256: String,
    /// The text.
    pub text: String,
    /// The labels of the training data that mean a sign, with it, as the specification lists them.
    pub sign_labels: Vec<(String, i8)>,
    /// Its statements, so that a part of a model can be traced to its line.
    pub statements: Vec<StatementSpan>,
}

/// Where a statement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementSpan {
    /// The keyword that begins it.
    pub keyword: &'static str,
    /// Its place.
    pub span: Span,
    /// Its first line, counted from 1.
    pub line: usize,
}

/// Reads the specification at `path`; the files that it names are looked up in its folder.
///
/// # Errors
/// Every error found, with its place.
pub fn load(path: &Path) -> Result<Asked, Diagnostics> {
    let name = path.display().to_string();
    let text = read(path).map_err(|reason| {
        let error = Diagnostic::new(Code::Unreadable, reason, Span::default());
        let help = "name a specification, a text file that usually ends in .thr";
        Diagnostics::new(&name, "", vec![error.help(help)])
    })?;
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    resolve(&name, &text, &Disk { folder })
}

fn read(path: &Path) -> Result<String, String> {
    let bytes = map::read(path, map::SPEC)
        .map_err(|e| format!("the specification {} cannot be read: {e}", path.display()))?;
    String::from_utf8(bytes)
        .map_err(|_| format!("the specification {} is not UTF-8 text", path.display()))
}

/// Resolves a specification that is already in memory; `name` is how messages call it.
///
/// # Errors
/// Every error found, with its place.
pub fn resolve(name: &str, text: &str, loader: &dyn Loader) -> Result<Asked, Diagnostics> {
    let ast = parse(name, text)?;
    let resolved = resolve::resolve(&ast, text, loader)
        .map_err(|errors| Diagnostics::new(name, text, errors))?;
    let statements = ast.statements.iter().map(|s| StatementSpan {
        keyword: s.node.keyword(),
        span: s.span,
        line: s.span.line(text),
    });
    let spec = Spec {
        question: (),
        solve: resolved.solve,
        files: resolved.files,
        sha256: sha256_bytes(text.as_bytes()),
        text: text.to_string(),
        sign_labels: resolved.sign_labels,
        statements: statements.collect(),
    };
    Ok(match resolved.question {
        Wanted::Poison(question) => Asked::Poison(spec.asking(*question)),
        Wanted::Reach(question) => Asked::Reach(spec.asking(*question)),
        Wanted::Verify(question) => Asked::Verify(spec.asking(*question)),
        Wanted::Largest(question) => Asked::Largest(spec.asking(*question)),
    })
}

impl Asked {
    /// The specification, if it asks for poisoned training.
    #[must_use]
    pub fn poison(self) -> Option<Spec<Question>> {
        match self {
            Asked::Poison(spec) => Some(spec),
            Asked::Reach(_) | Asked::Verify(_) | Asked::Largest(_) => None,
        }
    }

    /// The specification, if it asks for reachable parameters.
    #[must_use]
    pub fn reach(self) -> Option<Spec<Reaching>> {
        match self {
            Asked::Reach(spec) => Some(spec),
            Asked::Poison(_) | Asked::Verify(_) | Asked::Largest(_) => None,
        }
    }

    /// The specification, if it asks for verification.
    #[must_use]
    pub fn verify(self) -> Option<Spec<Verification>> {
        match self {
            Asked::Verify(spec) => Some(spec),
            Asked::Poison(_) | Asked::Reach(_) | Asked::Largest(_) => None,
        }
    }

    /// The specification, if it asks for the largest radius.
    #[must_use]
    pub fn largest(self) -> Option<Spec<Largest>> {
        match self {
            Asked::Largest(spec) => Some(spec),
            Asked::Poison(_) | Asked::Reach(_) | Asked::Verify(_) => None,
        }
    }

    /// How the question is solved.
    #[must_use]
    pub fn solve(&self) -> &SolveOptions {
        match self {
            Asked::Poison(spec) => &spec.solve,
            Asked::Reach(spec) => &spec.solve,
            Asked::Verify(spec) => &spec.solve,
            Asked::Largest(spec) => &spec.solve,
        }
    }
}

impl Spec<()> {
    /// The same specification with its question.
    fn asking<Q>(self, question: Q) -> Spec<Q> {
        let Spec { question: (), solve, files, sha256, text, sign_labels, statements } = self;
        Spec { question, solve, files, sha256, text, sign_labels, statements }
    }
}

/// Parses a specification; no name is looked up and no file is read.
///
/// # Errors
/// Every syntax error: after one, parsing goes on at the next setting or statement.
pub fn parse(name: &str, text: &str) -> Result<Ast, Diagnostics> {
    let parsed = parse::parse(text);
    if parsed.errors.is_empty() {
        Ok(parsed.ast)
    } else {
        Err(Diagnostics::new(name, text, parsed.errors))
    }
}

/// The productions of the grammar that parsing `text` recognises.
#[must_use]
pub fn productions(text: &str) -> BTreeSet<Production> {
    parse::parse(text).productions
}
