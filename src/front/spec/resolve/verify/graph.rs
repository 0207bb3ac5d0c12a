//! The network, as any graph of an ONNX file.

use std::path::{Path, PathBuf};

use super::super::network::{advice, unreadable};
use super::Context;
use crate::front::onnx::{LoadedGraph, Options, load_graph_beside};
use crate::front::spec::ast::{Network, NetworkSource};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::load::{FileRole, SourceFile};
use crate::front::spec::span::Spanned;

pub(super) fn resolve(written: &Network, cx: &mut Context<'_>) -> Option<LoadedGraph> {
    match &written.source {
        NetworkSource::Onnx { path, zero } => {
            let loaded = load(&written.name.node, path, cx)?;
            if *zero {
                let message = "`start zero` has no place in a question of verification";
                let error = Diagnostic::new(Code::OtherKind, message, path.span);
                cx.error(
                    error.label("this network").help("drop it: the parameters are the file's"),
                );
            }
            Some(loaded)
        }
        NetworkSource::Dense { .. } => {
            let message = "verification needs a trained network";
            let error = Diagnostic::new(Code::OtherKind, message, written.name.span);
            cx.error(
                error.label("written out here").help("name an ONNX file: `onnx \"net.onnx\"`"),
            );
            None
        }
    }
}

fn load(name: &str, path: &Spanned<String>, cx: &mut Context<'_>) -> Option<LoadedGraph> {
    let file = Path::new(&path.node);
    let bytes = match cx.loader.bytes(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            cx.error(unreadable(path, &error));
            return None;
        }
    };
    let folder = file.parent().unwrap_or(Path::new(""));
    let beside = |path: &Path| cx.loader.beside(folder, path);
    match load_graph_beside(file, bytes, &Options::default(), &beside) {
        Ok(loaded) => {
            let own = (PathBuf::from(&path.node), &loaded.sha256);
            let others = loaded.external.iter().map(|e| (folder.join(&e.location), &e.sha256));
            for (path, sha256) in std::iter::once(own).chain(others) {
                let (name, sha256) = (name.to_owned(), sha256.clone());
                cx.files.push(SourceFile { role: FileRole::Network, name, path, sha256 });
            }
            Some(loaded)
        }
        Err(error) => {
            let sentence = error.to_string();
            let (message, help) = advice(&sentence);
            let error = Diagnostic::new(Code::BadNetwork, message, path.span);
            cx.error(error.label("this file").help(help));
            None
        }
    }
}
