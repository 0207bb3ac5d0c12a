//! `network`

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use ndarray::{Array1, Array2};

use super::Context;
use crate::front::onnx;
use crate::front::spec::ast::{Assignment, Network as Written, NetworkSource, Start};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::load::{FileRole, SourceFile};
use crate::front::spec::span::{Span, Spanned};
use crate::network::{Affine, Layer, Network};
use crate::question::check::Place;
use crate::question::goal::ParameterRef;

/// The largest number of parameters that an inline network may have.
const LARGEST: usize = 10_000_000;

pub(super) fn resolve(written: &Written, span: Span, cx: &mut Context<'_>) -> Option<Network> {
    cx.place(Place::Network, span);
    match &written.source {
        NetworkSource::Onnx { path, options, zero } => {
            let clauses = options.dimensions.first().map(|d| ("dimension", d.span));
            let clauses = clauses.or(options.shapes.first().map(|s| ("shape", s.span)));
            let clauses = clauses.or(options.fixed.first().map(|f| ("fixed", f.span)));
            if let Some((word, span)) = clauses {
                let message = format!("`{word}` has no place in a question about training");
                let error = Diagnostic::new(Code::OtherKind, message, span);
                let error = error.label("belongs to verification");
                cx.error(error.help("drop it, and export the network with fixed dimensions"));
            }
            let mut network = load(&written.name.node, path, cx)?;
            if zero.is_some() {
                set_zero(&mut network);
            }
            Some(network)
        }
        NetworkSource::Dense { widths, without_bias, start } => {
            let mut network = dense(widths, !without_bias, cx)?;
            if let Start::At(values) = start {
                assign(&mut network, values, cx);
            }
            Some(network)
        }
    }
}

fn load(name: &str, path: &Spanned<String>, cx: &mut Context<'_>) -> Option<Network> {
    let file = Path::new(&path.node);
    let bytes = match cx.loader.bytes(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            cx.error(unreadable(path, &error));
            return None;
        }
    };
    match onnx::load_bytes(file, bytes).and_then(|loaded| loaded.for_training(file)) {
        Ok(loaded) => {
            cx.files.push(SourceFile {
                role: FileRole::Network,
                name: name.to_string(),
                path: PathBuf::from(&path.node),
                sha256: loaded.sha256,
            });
            Some(loaded.network)
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

/// The sentence of a reader's error, and what it says to do behind its last semicolon.
pub(super) fn advice(sentence: &str) -> (&str, &str) {
    sentence.rsplit_once("; ").unwrap_or((sentence, ""))
}

/// The error for a file that cannot be opened.
pub(super) fn unreadable(path: &Spanned<String>, error: &std::io::Error) -> Diagnostic {
    let (message, help) = match error.kind() {
        ErrorKind::NotFound => (
            format!("there is no file `{}`", path.node),
            "paths are relative to the folder of the specification",
        ),
        ErrorKind::InvalidInput => (
            format!("`{}` cannot be taken: {error}", path.node),
            "write it relative to the folder of the specification",
        ),
        ErrorKind::FileTooLarge => (
            format!("`{}` cannot be read: {error}", path.node),
            "split it, or drop what the question does not need",
        ),
        _ => (format!("`{}` cannot be read: {error}", path.node), "name an ordinary file"),
    };
    Diagnostic::new(Code::NoFile, message, path.span).label("this file").help(help)
}

fn set_zero(network: &mut Network) {
    for layer in &mut network.layers {
        match layer {
            Layer::Affine(affine) => {
                affine.weight.fill(0.0);
                if let Some(bias) = &mut affine.bias {
                    bias.fill(0.0);
                }
            }
            Layer::Relu { .. } => {}
        }
    }
}

fn dense(widths: &[Spanned<usize>], bias: bool, cx: &mut Context<'_>) -> Option<Network> {
    if let Some(zero) = widths.iter().find(|w| w.node == 0) {
        let error = Diagnostic::new(Code::DenseShape, "a layer has no unit", zero.span)
            .label("this width")
            .help("widths are at least 1");
        cx.error(error);
        return None;
    }
    let sizes = widths.iter().zip(widths.iter().skip(1));
    let count = sizes.clone().fold(0usize, |n, (a, b)| {
        n.saturating_add(a.node.saturating_mul(b.node).saturating_add(b.node))
    });
    if count > LARGEST {
        let span = widths.first()?.span.to(widths.last()?.span);
        let message = format!("an inline network of {count} parameters is too large");
        let help = format!("at most {LARGEST} are allowed; load larger ones with `onnx`");
        cx.error(Diagnostic::new(Code::DenseShape, message, span).label("these widths").help(help));
        return None;
    }
    let mut layers = Vec::new();
    for (k, (inputs, outputs)) in sizes.enumerate() {
        if k > 0 {
            layers.push(Layer::Relu { node: format!("relu{k}") });
        }
        layers.push(Layer::Affine(Affine {
            weight: Array2::zeros((outputs.node, inputs.node)),
            bias: bias.then(|| Array1::zeros(outputs.node)),
            node: format!("dense{}", k + 1),
        }));
    }
    Some(Network { layers, inputs: widths.first()?.node, outputs: widths.last()?.node })
}

fn assign(network: &mut Network, values: &[Assignment], cx: &mut Context<'_>) {
    let mut seen: Vec<(ParameterRef, Span)> = Vec::new();
    for value in values {
        let parameter = value.parameter.node;
        let span = value.parameter.span;
        if let Some((_, first)) = seen.iter().find(|(p, _)| *p == parameter) {
            let message = format!("{parameter} is given twice");
            let error = Diagnostic::new(Code::DenseShape, message, span)
                .label("again")
                .help("give each parameter one value")
                .also(*first, "first");
            cx.error(error);
            continue;
        }
        seen.push((parameter, span));
        match slot(network, parameter) {
            Some(slot) => *slot = value.value,
            None => {
                let message = format!("this network has no parameter {parameter}");
                let help = "layers are counted from 1, rows (outputs) and columns (inputs) from 0";
                let error = Diagnostic::new(Code::DenseShape, message, span).help(help);
                cx.error(error.label("no such parameter"));
            }
        }
    }
}

fn slot(network: &mut Network, parameter: ParameterRef) -> Option<&mut f64> {
    let (ParameterRef::Weight { layer, .. } | ParameterRef::Bias { layer, .. }) = parameter;
    let mut affine = network.layers.iter_mut().filter_map(|l| match l {
        Layer::Affine(a) => Some(a),
        Layer::Relu { .. } => None,
    });
    let affine = affine.nth(layer.checked_sub(1)?)?;
    match parameter {
        ParameterRef::Weight { row, column, .. } => affine.weight.get_mut((row, column)),
        ParameterRef::Bias { row, .. } => affine.bias.as_mut()?.get_mut(row),
    }
}
