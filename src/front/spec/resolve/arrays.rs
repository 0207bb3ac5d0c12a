//! `data` of arrays and images.

use std::path::{Path, PathBuf};

use dashu::rational::RBig;

use super::network::{advice, unreadable};
use super::verify::{Scaling, value};
use super::{Context, rows};
use crate::front::data::{self, Array, DataError};
use crate::front::hash::sha256_bytes;
use crate::front::onnx::LoadedGraph;
use crate::front::spec::ast::{ArrayFile, Arrays, ChannelAxis, Channels, Exact, Text};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::load::{FileRole, SourceFile};
use crate::front::spec::span::{Span, Spanned};

/// Samples with their classes.
#[derive(Clone, Debug)]
pub(super) struct Images {
    images: Array,
    labels: Vec<usize>,
    /// Rows of the file, in order; all if absent.
    rows: Option<Vec<usize>>,
    scale: RBig,
    /// `mean` and `std`, one for all or one a channel.
    scaling: Option<(Vec<RBig>, Vec<RBig>, Span)>,
    channels: Option<Spanned<Channels>>,
    name: String,
}

/// A sample: its numbers, its class, and how they are scaled.
pub(super) type Sample = (Vec<RBig>, usize, Option<Scaling>);

pub(super) fn read(name: &str, written: &Arrays, cx: &mut Context<'_>) -> Option<Images> {
    let (images, labels) = match &written.file {
        ArrayFile::Idx { images, labels } | ArrayFile::Npy { images, labels } => {
            let found = load(name, images, None, cx);
            (found?, load(name, labels, None, cx)?.classes().map_err(|e| (e, labels)))
        }
        ArrayFile::Npz { path, images, labels } => {
            let found = load(name, path, Some(&images.node), cx)?;
            // One file is listed once.
            let files = cx.files.len();
            let classes = load(name, path, Some(&labels.node), cx);
            cx.files.truncate(files);
            (found, classes?.classes().map_err(|e| (e, path)))
        }
        ArrayFile::Cifar(path) => {
            let read = |bytes| data::load_cifar_bytes(&path.node, bytes);
            let found = load_with(name, path, read, cx)?;
            (found.images, found.labels.classes().map_err(|e| (e, path)))
        }
    };
    let labels = match labels {
        Ok(labels) => labels,
        Err((problem, path)) => {
            cx.error(bad(&format!("{}: {problem}", path.node), path));
            return None;
        }
    };
    if labels.len() != images.rows() {
        let (samples, count) = (images.rows(), labels.len());
        let message = format!("there are {samples} samples, but {count} labels");
        let error = Diagnostic::new(Code::BadData, message, written.file.span()).label("this file");
        cx.error(error.help("take the labels that belong to the samples"));
        return None;
    }
    let rows = match &written.rows {
        Some(list) => Some(rows::resolve(list, images.rows(), name, cx)?),
        None => None,
    };
    let scale = match &written.scale {
        Some(scale) => value(scale, cx)?,
        None => RBig::ONE,
    };
    let scaling = scaling(written, cx)?;
    let (channels, name) = (written.channels, name.to_owned());
    Some(Images { images, labels, rows, scale, scaling, channels, name })
}

impl ArrayFile {
    fn span(&self) -> Span {
        match self {
            ArrayFile::Idx { images: path, .. }
            | ArrayFile::Npy { images: path, .. }
            | ArrayFile::Npz { path, .. }
            | ArrayFile::Cifar(path) => path.span,
        }
    }
}

/// `mean` and `std` as they are written.
#[expect(clippy::type_complexity, reason = "the outer level is an error")]
fn scaling(written: &Arrays, cx: &mut Context<'_>) -> Option<Option<(Vec<RBig>, Vec<RBig>, Span)>> {
    let span = match (&written.mean, &written.std) {
        (None, None) => return Some(None),
        (Some(one), None) | (None, Some(one)) => one.span,
        (Some(mean), Some(std)) => mean.span.to(std.span),
    };
    let mut numbers = |list: &Option<Spanned<Vec<Exact>>>, default: RBig| {
        let Some(list) = list else { return Some(vec![default]) };
        let found: Vec<_> = list.node.iter().map(|v| value(v, cx)).collect();
        found.into_iter().collect::<Option<Vec<RBig>>>()
    };
    let mean = numbers(&written.mean, RBig::ZERO)?;
    let std = numbers(&written.std, RBig::ONE)?;
    let positive = std.iter().all(|s| *s > RBig::ZERO);
    let fits = mean.len() == 1 || std.len() == 1 || mean.len() == std.len();
    let message = match (positive, fits) {
        (true, true) => return Some(Some((mean, std, span))),
        (false, _) => "a standard deviation must be above 0".to_owned(),
        (true, false) => format!("there are {} means, but {} deviations", mean.len(), std.len()),
    };
    let error = Diagnostic::new(Code::Normalisation, message, span).label("these numbers");
    cx.error(error.help("write a positive number for each channel, or one for all"));
    None
}

fn load(name: &str, path: &Text, member: Option<&str>, cx: &mut Context<'_>) -> Option<Array> {
    load_with(name, path, |bytes| data::load_bytes(&path.node, bytes, member), cx)
}

fn load_with<T>(
    name: &str,
    path: &Text,
    read: impl FnOnce(bytes::Bytes) -> Result<T, DataError>,
    cx: &mut Context<'_>,
) -> Option<T> {
    let bytes = match cx.loader.bytes(Path::new(&path.node)) {
        Ok(bytes) => bytes,
        Err(error) => {
            cx.error(unreadable(path, &error));
            return None;
        }
    };
    let sha256 = sha256_bytes(&bytes);
    match read(bytes) {
        Ok(found) => {
            let (name, path) = (name.to_owned(), PathBuf::from(&path.node));
            cx.files.push(SourceFile { role: FileRole::Data, name, path, sha256 });
            Some(found)
        }
        Err(error) => {
            cx.error(bad(&error.to_string(), path));
            None
        }
    }
}

fn bad(sentence: &str, path: &Text) -> Diagnostic {
    let (message, help) = match advice(sentence) {
        (message, "") => (message, "name a file that holds one sample after another"),
        both => both,
    };
    Diagnostic::new(Code::BadData, message, path.span).label("this file").help(help)
}

impl Images {
    /// Number of samples after `rows`.
    pub(super) fn len(&self) -> usize {
        self.rows.as_ref().map_or(self.images.rows(), Vec::len)
    }

    /// A sample in the order of the network's inputs.
    pub(super) fn point(
        &self,
        row: usize,
        network: &LoadedGraph,
        span: Span,
        cx: &mut Context<'_>,
    ) -> Option<Sample> {
        let stored = self.rows.as_ref().map_or(Some(row), |rows| rows.get(row).copied())?;
        let numbers = match self.images.row(stored) {
            Ok(numbers) => numbers,
            Err(problem) => {
                let path = Spanned::new(self.name.clone(), span);
                cx.error(bad(&format!("{}: {problem}", self.name), &path));
                return None;
            }
        };
        let order = self.order(network, span, cx)?;
        let scaling = self.scaled(&order, cx)?;
        let exact = |at: &usize| {
            let number = numbers.get(*at).copied().unwrap_or_default();
            RBig::try_from(number).unwrap_or(RBig::ZERO) * &self.scale
        };
        let values = order.places.iter().map(exact).collect();
        Some((values, self.labels.get(stored).copied()?, scaling))
    }

    /// Where each input of the network is in a sample, and which channel it belongs to.
    fn order(&self, network: &LoadedGraph, span: Span, cx: &mut Context<'_>) -> Option<Order> {
        let dims = self.images.shape.get(1..).unwrap_or_default();
        let written = self.channels.map(|c| c.node);
        let count = self.images.row_len();
        let (from, to) = match written {
            Some(Channels { from, to }) => (from, to.unwrap_or(from)),
            None => (ChannelAxis::First, ChannelAxis::First),
        };
        if let Some(channels) = self.channels.filter(|_| dims.len() < 2) {
            let message = "samples of one dimension have no channels to order";
            let error =
                Diagnostic::new(Code::ArrayShape, message, channels.span).label("this order");
            cx.error(error.help("drop it"));
            return None;
        }
        // Flat samples have a channel an element; planes and pixels as they are laid out.
        let channels = match (dims, from) {
            ([], _) => 1,
            ([first, ..], ChannelAxis::First) => *first,
            ([.., last], ChannelAxis::Last) => *last,
        };
        let channels = channels.max(1);
        let pixels = count / channels;
        let stored = |channel: usize, pixel: usize| match from {
            ChannelAxis::First => channel * pixels + pixel,
            ChannelAxis::Last => pixel * channels + channel,
        };
        let pair = |at: usize| match to {
            ChannelAxis::First => (at / pixels.max(1), at % pixels.max(1)),
            ChannelAxis::Last => (at % channels, at / channels),
        };
        let places = (0..count).map(&pair).map(|(c, p)| stored(c, p)).collect();
        let of = (0..count).map(|at| pair(at).0 as u32).collect();
        let mut shape = dims.to_vec();
        match (from, to) {
            (ChannelAxis::First, ChannelAxis::Last) => shape.rotate_left(1),
            (ChannelAxis::Last, ChannelAxis::First) => shape.rotate_right(1),
            (ChannelAxis::First, ChannelAxis::First) | (ChannelAxis::Last, ChannelAxis::Last) => {}
        }
        self.compare(&shape, network, span, cx)?;
        // Without a word about channels, images of two dimensions have one.
        let several = written.is_some() || dims.len() != 2;
        Some(Order { places, of, channels: if several { channels } else { 1 } })
    }

    /// The dimensions of a sample must not be those of the input in another order.
    fn compare(
        &self,
        shape: &[usize],
        network: &LoadedGraph,
        span: Span,
        cx: &mut Context<'_>,
    ) -> Option<()> {
        let long =
            |dims: &[usize]| -> Vec<usize> { dims.iter().copied().filter(|d| *d != 1).collect() };
        let needed = match network.graph.inputs.as_slice() {
            [one] => &one.shape,
            [] | [_, _, ..] => return Some(()),
        };
        let (mut found, mut wanted) = (long(shape), long(needed));
        let same = found == wanted;
        found.sort_unstable();
        wanted.sort_unstable();
        let words = |dims: &[usize]| {
            let words: Vec<String> = dims.iter().map(ToString::to_string).collect();
            words.join(" x ")
        };
        let (sample, input) = (words(shape), words(needed));
        if shape.iter().product::<usize>() != needed.iter().product::<usize>() {
            let message = format!("samples of {sample} do not fit the input of {input}");
            let error = Diagnostic::new(Code::ArrayShape, message, span).label("this data set");
            cx.error(error.help("take the data that the network was trained for"));
            return None;
        }
        if same || found != wanted || self.images.shape.len() < 3 {
            return Some(());
        }
        let message = format!("samples are {sample}, the input of the network is {input}");
        let error = Diagnostic::new(Code::ArrayShape, message, span).label("in another order");
        cx.error(error.help("say where channels are: `channels last -> first`, or the other way"));
        None
    }

    /// `mean` and `std` of each input.
    fn scaled(&self, order: &Order, cx: &mut Context<'_>) -> Option<Option<Scaling>> {
        let Some((mean, std, span)) = &self.scaling else { return Some(None) };
        let count = mean.len().max(std.len());
        if count != 1 && count != order.channels {
            let channels = order.channels;
            let message = format!("there are {count} means or deviations, but {channels} channels");
            let error = Diagnostic::new(Code::Normalisation, message, *span).label("these numbers");
            let help = "write one number for each channel, or one for all; `channels last` says \
                        that they are the last dimension";
            cx.error(error.help(help));
            return None;
        }
        let pick =
            |list: &[RBig], k: usize| list.get(k).or(list.first()).cloned().unwrap_or(RBig::ZERO);
        let channels = (0..count).map(|k| (pick(mean, k), pick(std, k))).collect();
        let of = match count {
            1 => vec![0; order.places.len()],
            _ => order.of.clone(),
        };
        Some(Some(Scaling { channels, of, span: *span }))
    }
}

/// The order of a sample's numbers in the input of the network.
struct Order {
    /// Place in the sample of each input.
    places: Vec<usize>,
    /// Channel of each input.
    of: Vec<u32>,
    /// Number of channels.
    channels: usize,
}
