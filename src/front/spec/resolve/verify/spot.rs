//! The point that a network is to be robust at.

use dashu::rational::RBig;

use super::super::data::{Entry, Sets};
use super::super::rows;
use super::{Context, number};
use crate::front::onnx::LoadedGraph;
use crate::front::spec::ast::{Exact, RowRange, Spot};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::span::{Span, Spanned};
use crate::question::Target;

/// A point with its class.
pub(super) struct Point {
    /// In words: `test[7]`.
    pub words: String,
    /// Inputs in the order of the network, before `mean` and `std`.
    pub values: Vec<RBig>,
    /// The class, from 0.
    pub label: usize,
    /// What the network is given: `(value - mean) / std`.
    pub scaling: Option<Scaling>,
    /// Where it is written.
    pub span: Span,
}

/// `mean` and `std` of each input.
pub(in crate::front::spec::resolve) struct Scaling {
    /// Distinct pairs.
    pub channels: Vec<(RBig, RBig)>,
    /// The pair of each input.
    pub of: Vec<u32>,
    /// Where it is written.
    pub span: Span,
}

impl Scaling {
    /// Mean and deviation of input `k`.
    pub fn of(&self, k: usize) -> (&RBig, &RBig) {
        const ZERO: &RBig = &RBig::ZERO;
        const ONE: &RBig = &RBig::ONE;
        let channel = self.of.get(k).and_then(|c| self.channels.get(*c as usize));
        channel.map_or((ZERO, ONE), |(mean, std)| (mean, std))
    }

    /// Whether all inputs are scaled alike.
    pub fn is_even(&self) -> bool {
        self.channels.iter().all(|c| Some(c) == self.channels.first())
    }
}

impl Point {
    /// What the network is given for a number at input `k`.
    pub fn moved(&self, k: usize, value: &RBig) -> RBig {
        match &self.scaling {
            None => value.clone(),
            Some(scaling) => (value - scaling.of(k).0) / scaling.of(k).1,
        }
    }

    /// A difference at input `k`, as the network sees it.
    pub fn stretched(&self, k: usize, difference: &RBig) -> RBig {
        match &self.scaling {
            None => difference.clone(),
            Some(scaling) => difference / scaling.of(k).1,
        }
    }
}

/// The point, if it fits the network.
pub(super) fn resolve(
    spot: &Spanned<Spot>,
    network: &LoadedGraph,
    sets: &Sets,
    cx: &mut Context<'_>,
) -> Option<Point> {
    let span = spot.span;
    let (point, place) = match &spot.node {
        Spot::Point { input, label } => {
            let values: Vec<_> = input.node.iter().map(|v| number::value(v, cx)).collect();
            let values = values.into_iter().collect::<Option<Vec<RBig>>>()?;
            let label = Spanned::new(label.node, label.span);
            let words = words(&input.node);
            let point = Point { words, values, label: label.node, scaling: None, span };
            (point, label.span)
        }
        Spot::Row { data, rows } => {
            let Some(entry) = sets.get(&data.node) else {
                cx.unknown("data set", data, sets.keys().map(String::as_str));
                return None;
            };
            let entry = entry.as_ref()?;
            let row = one(rows, entry.len(), &data.node, cx)?;
            let words = format!("{}[{row}]", data.node);
            let (values, label, scaling) = match entry {
                Entry::Table(set) => {
                    let exact = |v: &f64| RBig::try_from(*v).unwrap_or(RBig::ZERO);
                    let values = set.data.row(row).iter().map(exact).collect();
                    (values, class(&set.data.target(row), data.span, cx)?, None)
                }
                Entry::Arrays(images) => images.point(row, network, data.span, cx)?,
            };
            (Point { words, values, label, scaling, span }, span)
        }
    };
    let needed = super::Sizes::of(&network.graph).inputs;
    if point.values.len() != needed {
        let found = point.values.len();
        let message = format!("the point has {found} numbers, the network {needed} inputs");
        let error = Diagnostic::new(Code::VectorLength, message, span).label("this point");
        cx.error(error.help("give one number for each element of the input"));
        return None;
    }
    classes(&point, network, place, cx)?;
    Some(point)
}

/// The outputs must be the scores of the classes.
fn classes(point: &Point, network: &LoadedGraph, span: Span, cx: &mut Context<'_>) -> Option<()> {
    let mut bad = |message: String, help: String| {
        let error = Diagnostic::new(Code::NoClass, message, span).label("this class");
        cx.error(error.help(help));
        None
    };
    let outputs = &network.graph.outputs;
    let count = super::Sizes::of(&network.graph).outputs;
    let formula = "say what must not happen with `inputs` and `ask never`, such as `y[0] <= 0`";
    if outputs.len() != 1 || count < 2 {
        let message = match outputs.len() {
            1 => "a network with one output has no classes".to_owned(),
            n => format!("a network with {n} output tensors has no scores of classes"),
        };
        return bad(message, formula.to_owned());
    }
    // Of several groups of scores each has its own winner.
    let grouped = network.notes.iter().find(|note| {
        let (from, to) = note.axes;
        let group: usize = note.shape.iter().skip(from).take(to.saturating_sub(from)).product();
        group != count
    });
    if let Some(note) = grouped {
        let message = format!("node {:?} compares several groups of outputs", note.node);
        return bad(message, formula.to_owned());
    }
    if point.label >= count {
        let message = format!("the network has no class {}", point.label);
        return bad(message, format!("its classes are 0 to {}", count - 1));
    }
    Some(())
}

/// The one row of a list.
fn one(
    list: &Spanned<Vec<RowRange>>,
    count: usize,
    name: &str,
    cx: &mut Context<'_>,
) -> Option<usize> {
    match rows::resolve(&list.node, count, name, cx)?.as_slice() {
        [row] => Some(*row),
        found => {
            let message = format!("this question is about one point, here are {}", found.len());
            let error = Diagnostic::new(Code::OnePoint, message, list.span).label("these points");
            cx.error(error.help("write one row, such as `at test[0]`"));
            None
        }
    }
}

/// The class that a label of a table means.
fn class(target: &Target, span: Span, cx: &mut Context<'_>) -> Option<usize> {
    let words = match target {
        Target::Class(class) => return Some(*class),
        Target::Sign(_) => "signs",
        Target::Real(_) => "real numbers",
    };
    let message = format!("robustness is about classes, the labels are {words}");
    let error = Diagnostic::new(Code::LabelKind, message, span).label("this data set");
    cx.error(error.help("list the classes in the order of the outputs: `label y in {a, b, c}`"));
    None
}

/// `(0.5, 1/3)`, shortened.
fn words(values: &[Exact]) -> String {
    const SHOWN: usize = 32;
    let word = |exact: &Exact| match &exact.node.over {
        Some(over) => format!("{}/{over}", exact.node.number),
        None => exact.node.number.clone(),
    };
    let mut numbers: Vec<String> = values.iter().take(SHOWN).map(word).collect();
    if values.len() > SHOWN {
        numbers.push("...".to_owned());
    }
    format!("({})", numbers.join(", "))
}
