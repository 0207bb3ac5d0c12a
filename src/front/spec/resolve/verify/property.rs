//! What must not be possible: a VNN-LIB file.

use std::path::{Path, PathBuf};

use super::super::network::{advice, unreadable};
use super::Context;
use crate::front::onnx::LoadedGraph;
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::load::{FileRole, SourceFile};
use crate::front::spec::span::{Span, Spanned};
use crate::front::vnnlib;
use crate::question::verify::{Atom, Case, CasesError, Subject, Variable};

/// The property of a VNN-LIB file, with its cases.
pub(super) fn file(
    path: &Spanned<String>,
    network: &LoadedGraph,
    cx: &mut Context<'_>,
) -> Option<(Subject, Vec<Case>)> {
    let bytes = match cx.loader.bytes(Path::new(&path.node)) {
        Ok(bytes) => bytes,
        Err(error) => {
            cx.error(unreadable(path, &error));
            return None;
        }
    };
    let read = vnnlib::load_bytes(&path.node, &bytes);
    let (property, sha256) = match read.and_then(|q| Ok((q.fit_loaded(network)?, q.sha256))) {
        Ok(fitted) => fitted,
        Err(error) => {
            cx.error(unfit(&error.to_string(), path.span, "this file"));
            return None;
        }
    };
    let (role, name) = (FileRole::Property, path.node.clone());
    cx.files.push(SourceFile { role, name, path: PathBuf::from(&path.node), sha256 });
    let subject = Subject::Property { source: path.node.clone(), property };
    match subject.cases() {
        Ok(cases) => Some((subject, cases)),
        Err(error) => {
            let sentence = error.to_string();
            let (message, help) = advice(&sentence);
            let message = match line(&subject, &error) {
                Some(line) => format!("{}:{line}: {message}", path.node),
                None => message.to_owned(),
            };
            let error = Diagnostic::new(Code::OpenSet, message, path.span).label("this file");
            cx.error(error.help(help));
            None
        }
    }
}

/// The line of the file that first speaks of the input without an end, if one does.
fn line(subject: &Subject, error: &CasesError) -> Option<u32> {
    let CasesError::Unbounded { input, .. } = error;
    let input = u32::try_from(*input).ok()?;
    let Subject::Property { property, .. } = subject else { return None };
    let speaks = |a: &&Atom| a.terms.iter().any(|t| t.0 == Variable::Input(input));
    property.formula.atoms().find(speaks).map(|a| a.line).filter(|line| *line > 0)
}

/// The error for a property that cannot be read or asked.
pub(super) fn unfit(sentence: &str, span: Span, label: &str) -> Diagnostic {
    let (message, help) = match advice(sentence) {
        (message, "") => (message, "name a VNN-LIB file, as docs/properties.md describes it"),
        both => both,
    };
    Diagnostic::new(Code::BadProperty, message, span).label(label).help(help)
}
