//! What must not be possible: a VNN-LIB file.

use std::path::{Path, PathBuf};

use super::super::network::{advice, unreadable};
use super::Context;
use crate::front::onnx::LoadedGraph;
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::load::{FileRole, SourceFile};
use crate::front::spec::span::{Span, Spanned};
use crate::front::vnnlib;
use crate::question::verify::{Case, Subject};

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
    let fitted = read.and_then(|query| Ok((query.fit_loaded(network)?, query.sha256)));
    match fitted {
        Ok((property, sha256)) => {
            cx.files.push(SourceFile {
                role: FileRole::Property,
                name: path.node.clone(),
                path: PathBuf::from(&path.node),
                sha256,
            });
            let source = path.node.clone();
            with_cases(Subject::Property { source, property }, path.span, cx)
        }
        Err(error) => {
            let sentence = error.to_string();
            let (message, help) = match advice(&sentence) {
                (message, "") => {
                    (message, "name a VNN-LIB file, as docs/properties.md describes it")
                }
                both => both,
            };
            let error = Diagnostic::new(Code::BadProperty, message, path.span);
            cx.error(error.label("this file").help(help));
            None
        }
    }
}

/// A subject with its cases; `span` is where its set of inputs is written.
pub(super) fn with_cases(
    subject: Subject,
    span: Span,
    cx: &mut Context<'_>,
) -> Option<(Subject, Vec<Case>)> {
    match subject.cases() {
        Ok(cases) => Some((subject, cases)),
        Err(error) => {
            let sentence = error.to_string();
            let (message, help) = advice(&sentence);
            let error = Diagnostic::new(Code::OpenSet, message, span).label("this set of inputs");
            cx.error(error.help(help));
            None
        }
    }
}
