//! `bounds from "file"`: bounds of neurons that somebody else vouches for.

use std::path::{Path, PathBuf};

use super::super::network::{advice, unreadable};
use super::Context;
use crate::bounds::graph::Supplied;
use crate::front::hash::sha256_bytes;
use crate::front::node_bounds;
use crate::front::spec::ast::{BoundsPass, Encode, EncodeSetting, VerifySetting};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::load::{FileRole, SourceFile};
use crate::network::graph::Graph;

/// The bounds of all files that the block names.
pub(super) fn resolve(
    encode: Option<&Encode>,
    graph: &Graph,
    cx: &mut Context<'_>,
) -> Vec<Supplied> {
    let mut all = Vec::new();
    for setting in encode.map_or(&[][..], |e| &e.settings) {
        let EncodeSetting::Verify(VerifySetting::Bounds(passes)) = &setting.node else { continue };
        for pass in passes {
            let BoundsPass::From(path) = &pass.node else { continue };
            let bytes = match cx.loader.bytes(Path::new(&path.node)) {
                Ok(bytes) => bytes,
                Err(error) => {
                    cx.error(unreadable(path, &error));
                    continue;
                }
            };
            match node_bounds::load_bytes(&path.node, &bytes, graph) {
                Ok(found) => all.extend(found),
                Err(error) => {
                    let sentence = error.to_string();
                    let (message, help) = match advice(&sentence) {
                        (message, "") => (message, "write node,element,lower,upper a line"),
                        both => both,
                    };
                    let error = Diagnostic::new(Code::BadBounds, message, path.span);
                    cx.error(error.label("this file").help(help));
                    continue;
                }
            }
            let (name, sha256) = (path.node.clone(), sha256_bytes(&bytes));
            let path = PathBuf::from(&path.node);
            cx.files.push(SourceFile { role: FileRole::Bounds, name, path, sha256 });
        }
    }
    all
}
