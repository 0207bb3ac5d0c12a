//! The network, as any graph of an ONNX file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::super::network::{advice, unreadable};
use super::Context;
use crate::front::onnx::import::{
    Declared, Elements, GraphProblem, Kind, Size, Tensor, declared_inputs,
};
use crate::front::onnx::{LoadedGraph, OnnxError, OnnxProblem, Options, load_graph_beside};
use crate::front::spec::ast::{Fixed, Network, NetworkSource, OnnxOptions, Text};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::load::{FileRole, SourceFile};
use crate::front::spec::span::{Span, Spanned};

/// Elements that an input which is given as one number may have.
const MOST: usize = 1 << 25;

pub(super) fn resolve(written: &Network, cx: &mut Context<'_>) -> Option<LoadedGraph> {
    match &written.source {
        NetworkSource::Onnx { path, options, zero } => {
            if let Some(zero) = zero {
                let message = "`start zero` has no place in a question of verification";
                let error = Diagnostic::new(Code::OtherKind, message, zero.span);
                let error = error.label("belongs to poisoned training");
                cx.error(error.help("drop it: the parameters are those of the file"));
            }
            load(&written.name.node, path, options, cx)
        }
        NetworkSource::Dense { .. } => {
            let message = "verification needs a trained network";
            let error = Diagnostic::new(Code::OtherKind, message, written.name.span);
            let error = error.label("written out here");
            cx.error(error.help("name an ONNX file: `onnx \"net.onnx\"`"));
            None
        }
    }
}

fn load(
    name: &str,
    path: &Spanned<String>,
    written: &OnnxOptions,
    cx: &mut Context<'_>,
) -> Option<LoadedGraph> {
    let file = Path::new(&path.node);
    let bytes = match cx.loader.bytes(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            cx.error(unreadable(path, &error));
            return None;
        }
    };
    let options = options(written, path, &bytes, cx)?;
    let folder = file.parent().unwrap_or(Path::new(""));
    let beside = |path: &Path| cx.loader.beside(folder, path);
    match load_graph_beside(file, bytes, &options, &beside) {
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
            cx.error(bad(&error, path.span));
            None
        }
    }
}

fn bad(error: &OnnxError, span: Span) -> Diagnostic {
    let sentence = error.to_string();
    let (message, mut help) = match advice(&sentence) {
        (message, "") => (message, "say what the file says, or export it again"),
        both => both,
    };
    if matches!(*error.problem, OnnxProblem::Graph(GraphProblem::Dimension { .. })) {
        help = "give it one behind the path, such as `dimension n 8` or `shape x (1, 8)`";
    }
    Diagnostic::new(Code::BadNetwork, message, span).label("this file").help(help)
}

/// What the specification says about the file, whose inputs it must name.
fn options(
    written: &OnnxOptions,
    path: &Spanned<String>,
    bytes: &Bytes,
    cx: &mut Context<'_>,
) -> Option<Options> {
    let mut options = Options::default();
    let OnnxOptions { dimensions, shapes, fixed } = written;
    if dimensions.is_empty() && shapes.is_empty() && fixed.is_empty() {
        return Some(options);
    }
    let declared = match declared_inputs(Path::new(&path.node), bytes) {
        Ok(declared) => declared,
        Err(error) => {
            cx.error(bad(&error, path.span));
            return None;
        }
    };
    let before = cx.errors.len();
    let mut seen = BTreeMap::new();
    let symbols = symbols(&declared);
    for dimension in dimensions {
        let (name, value) = (&dimension.node.name, dimension.node.value);
        once(("dimension", &name.node), name.span, &mut seen, cx);
        if !symbols.contains(&name.node.as_str()) {
            let known = symbols.iter().copied();
            unknown("the file has no symbolic dimension", name, known, cx);
        }
        if value.node == 0 {
            empty(value.span, cx);
        }
        options.dimensions.insert(name.node.clone(), value.node);
    }
    for shape in shapes {
        let name = &shape.node.input;
        once(("input", &name.node), name.span, &mut seen, cx);
        input(name, &declared, cx);
        let sizes = &shape.node.shape;
        if let Some(zero) = sizes.iter().find(|s| s.node == 0) {
            empty(zero.span, cx);
        }
        options.shapes.insert(name.node.clone(), sizes.iter().map(|s| s.node).collect());
    }
    for fixed in fixed {
        let name = &fixed.node.input;
        once(("input", &name.node), name.span, &mut seen, cx);
        if let Some(declared) = input(name, &declared, cx)
            && let Some(tensor) = tensor(&fixed.node, declared, &options, cx)
        {
            options.fixed.insert(name.node.clone(), tensor);
        }
    }
    (cx.errors.len() == before).then_some(options)
}

fn symbols(declared: &[Declared]) -> Vec<&str> {
    let sizes = declared.iter().filter_map(|d| d.shape.as_ref()).flatten();
    let mut names: Vec<&str> = sizes
        .filter_map(|size| match size {
            Size::Symbol(name) => Some(name.as_str()),
            Size::Number(_) | Size::Unknown => None,
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Reports what is said twice.
fn once<'a>(
    key: (&'static str, &'a str),
    span: Span,
    seen: &mut BTreeMap<(&'static str, &'a str), Span>,
    cx: &mut Context<'_>,
) {
    if let Some(first) = seen.insert(key, span) {
        let message = format!("{} `{}` is described twice", key.0, key.1);
        let error = Diagnostic::new(Code::RepeatedSetting, message, span).label("again");
        cx.error(error.help("keep one of the two").also(first, "first"));
    }
}

fn empty(span: Span, cx: &mut Context<'_>) {
    let error = Diagnostic::new(Code::OptionRange, "a dimension must be at least 1", span);
    cx.error(error.label("out of range").help("write the number of elements along it"));
}

fn unknown<'n>(
    what: &str,
    name: &Text,
    known: impl Iterator<Item = &'n str> + Clone,
    cx: &mut Context<'_>,
) {
    let message = format!("{what} `{}`", name.node);
    let help = match crate::front::nearest::nearest(&name.node, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let all: Vec<String> = known.map(|k| format!("`{k}`")).collect();
            match all.as_slice() {
                [] => "leave the clause out: it has none".to_owned(),
                _ => format!("there is {}", all.join(", ")),
            }
        }
    };
    let error = Diagnostic::new(Code::UnknownName, message, name.span);
    cx.error(error.label("not in the file").help(help));
}

fn input<'d>(name: &Text, declared: &'d [Declared], cx: &mut Context<'_>) -> Option<&'d Declared> {
    let found = declared.iter().find(|d| d.name == name.node);
    if found.is_none() {
        let known = declared.iter().map(|d| d.name.as_str());
        unknown("the file has no input", name, known, cx);
    }
    found
}

/// The constant that an input is.
fn tensor(
    fixed: &Fixed,
    declared: &Declared,
    options: &Options,
    cx: &mut Context<'_>,
) -> Option<Tensor> {
    let values = &fixed.values;
    let mut bad = |span: Span, message: String, help: &str| {
        let error = Diagnostic::new(Code::BadNetwork, message, span).label("this constant");
        cx.error(error.help(help));
        None
    };
    let size = |(position, size): (usize, &Size)| match size {
        Size::Number(n) => Some(*n),
        Size::Symbol(name) => {
            options.dimensions.get(name).copied().or((position == 0).then_some(1))
        }
        Size::Unknown => (position == 0).then_some(1),
    };
    let shape = declared.shape.as_ref().and_then(|s| s.iter().enumerate().map(size).collect());
    let Some(shape): Option<Vec<usize>> = shape else {
        let message = format!("the dimensions of input `{}` are not known", declared.name);
        return bad(fixed.input.span, message, "give its symbolic dimensions: `dimension n 8`");
    };
    let count = shape.iter().try_fold(1, |n: usize, d| n.checked_mul(*d));
    let Some(count) = count.filter(|n| *n <= MOST) else {
        let message = format!("input `{}` has more than {MOST} elements", declared.name);
        return bad(fixed.input.span, message, "save it in the file as an initialiser");
    };
    let found = values.node.len();
    if found != 1 && found != count {
        let message = format!("{found} numbers are given, input `{}` has {count}", declared.name);
        return bad(values.span, message, "write one number for each element, or one for all");
    }
    let Some(kind) = declared.kind else {
        let message = format!("the element type of input `{}` is not read", declared.name);
        return bad(fixed.input.span, message, "export the model with float inputs");
    };
    let fits = |v: f64| match kind {
        Kind::Float => f64::from(v as f32) == v,
        Kind::Double => true,
        Kind::Int32 => v == f64::from(v as i32),
        Kind::Int64 => v.fract() == 0.0 && v.abs() <= 9_007_199_254_740_992.0,
        Kind::Bool => v == 0.0 || v == 1.0,
    };
    if let Some(wrong) = values.node.iter().find(|v| !fits(v.node)) {
        let number = crate::front::printable::number(wrong.node);
        let message = format!("no {} holds {number}", kind.name());
        return bad(wrong.span, message, "write a number that the type of the input has");
    }
    let mut list: Vec<f64> = values.node.iter().map(|v| v.node).collect();
    if let [one] = list.as_slice() {
        list = vec![*one; count];
    }
    let elements = match kind {
        Kind::Float | Kind::Double => Elements::Real(list),
        Kind::Int32 | Kind::Int64 => {
            Elements::Integer(list.into_iter().map(|v| v as i64).collect())
        }
        Kind::Bool => Elements::Bool(list.into_iter().map(|v| v == 1.0).collect()),
    };
    Some(Tensor::new(kind, shape, elements))
}
