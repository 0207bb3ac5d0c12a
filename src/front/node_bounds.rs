//! Bounds of a network's nodes that somebody else vouches for: a CSV file, plain or gzipped.
//!
//! ```text
//! node,element,lower,upper
//! /fc1/Gemm,0,-1.25,3.5
//! /fc1/Gemm,7,,0
//! ```
//!
//! `node` is the name of an ONNX node whose result is bounded (the name of its output where it has none),
//! or that of an input or output of the network; `element` counts the elements of the result in
//! row-major order from 0. An empty cell bounds nothing, nor do `-inf` below and `inf` above. A decimal
//! that no double holds is rounded outward: nothing more is claimed than what is written. The columns may
//! stand in any order; others are an error. An element may occur on several lines, which all hold.

use std::path::Path;

use csv::{ReaderBuilder, StringRecord, Trim};
use indexmap::IndexMap;
use thiserror::Error;

use super::decimal::enclose;
use super::map::{RECORD, file_bytes};
use super::nearest::nearest;
use super::packing::{Packing, UnpackError, unpack};
use crate::bounds::Interval;
use crate::bounds::graph::Supplied;
use crate::network::graph::{Graph, NodeId};

/// The columns.
const COLUMNS: [&str; 4] = ["node", "element", "lower", "upper"];

/// What is wrong with a file of bounds, and where.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{file}{}: {problem}", line.map_or_else(String::new, |l| format!(", line {l}")))]
pub struct NodeBoundsError {
    /// The file.
    pub file: String,
    /// 1-based line of the unpacked file, if the problem has one.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: NodeBoundsProblem,
}

/// See [`NodeBoundsError`].
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum NodeBoundsProblem {
    /// It cannot be read, or is no table of text.
    #[error("{0}")]
    File(String),
    /// The header line is not what it should be.
    #[error("the header has the columns {0:?}; write node,element,lower,upper")]
    Header(Vec<String>),
    /// No such node.
    #[error(
        "the network has no node, input or output {name:?}{}",
        near.as_ref().map_or_else(String::new, |n| format!("; is {n:?} meant?"))
    )]
    Node {
        /// What the file says.
        name: String,
        /// The most similar name.
        near: Option<String>,
    },
    /// The element is no number, or there is none of that number.
    #[error("node {name} has the elements 0 to {last}, and none that is called {element:?}")]
    Element {
        /// Name of the node.
        name: String,
        /// Number of its last element.
        last: usize,
        /// What the file says.
        element: String,
    },
    /// A bound is no number.
    #[error("the {column} bound {text:?} is no decimal number; leave the cell empty for none")]
    Number {
        /// The column.
        column: &'static str,
        /// What the file says.
        text: String,
    },
    /// Nothing lies between the bounds.
    #[error("the lower bound {lower} is above the upper bound {upper}")]
    Crossed {
        /// Lower bound as written.
        lower: String,
        /// Upper bound as written.
        upper: String,
    },
}

/// Reads the bounds of nodes of `graph` from the file at `path`, in its order.
///
/// # Errors
/// The first thing wrong with the file, with its line.
pub fn load(path: &Path, graph: &Graph) -> Result<Vec<Supplied>, NodeBoundsError> {
    let file = path.display().to_string();
    let bytes = file_bytes(path, RECORD).map_err(|e| NodeBoundsError {
        file: file.clone(),
        line: None,
        problem: NodeBoundsProblem::File(e.to_string()),
    })?;
    load_bytes(&file, &bytes, graph)
}

/// [`load`] for a file already in memory; `file` only names it in errors.
///
/// # Errors
/// As [`load`].
pub fn load_bytes(
    file: &str,
    bytes: &[u8],
    graph: &Graph,
) -> Result<Vec<Supplied>, NodeBoundsError> {
    let fail = |line, problem| NodeBoundsError { file: file.to_owned(), line, problem };
    let text = match Packing::of_bytes(bytes) {
        Some(packing) => unpack(bytes, packing, RECORD)
            .map_err(|e| fail(None, NodeBoundsProblem::File(unpacking(&e))))?,
        None => bytes.to_vec(),
    };
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(text);
    let broken = |e: csv::Error| {
        let line = e.position().and_then(|p| usize::try_from(p.line()).ok());
        fail(line, NodeBoundsProblem::File(e.to_string()))
    };
    let header = reader.headers().map_err(broken)?.clone();
    let places = COLUMNS.map(|c| header.iter().position(|h| h == c));
    let [Some(node), Some(element), Some(lower), Some(upper)] = places else {
        let found = header.iter().map(str::to_owned).collect();
        return Err(fail(Some(1), NodeBoundsProblem::Header(found)));
    };
    if header.len() != COLUMNS.len() {
        let found = header.iter().map(str::to_owned).collect();
        return Err(fail(Some(1), NodeBoundsProblem::Header(found)));
    }
    let names = names(graph);
    let mut all = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().and_then(|p| usize::try_from(p.line()).ok()).unwrap_or(0);
        let cells = [node, element, lower, upper];
        all.push(row(graph, &names, &record, cells, line).map_err(|p| fail(Some(line), p))?);
    }
    Ok(all)
}

fn unpacking(e: &UnpackError) -> String {
    match e {
        UnpackError::Damaged(e) => format!("it is damaged: {e}"),
        UnpackError::TooLarge => format!("it unpacks to more than {RECORD} bytes"),
    }
}

/// Nodes by the names that a user knows. Several nodes may come from one of the file: its result is
/// that of the last one.
fn names(graph: &Graph) -> IndexMap<&str, NodeId> {
    let mut all: IndexMap<&str, NodeId> = IndexMap::new();
    for port in graph.inputs.iter().chain(&graph.outputs) {
        all.insert(&port.name, port.node);
    }
    for id in graph.ids() {
        all.insert(&graph.node(id).origin, id);
    }
    all
}

fn row(
    graph: &Graph,
    names: &IndexMap<&str, NodeId>,
    record: &StringRecord,
    cells: [usize; 4],
    line: usize,
) -> Result<Supplied, NodeBoundsProblem> {
    let [name, element, lower, upper] = cells.map(|c| record.get(c).unwrap_or_default());
    let Some(&node) = names.get(name) else {
        let near = nearest(name, names.keys().copied()).map(str::to_owned);
        return Err(NodeBoundsProblem::Node { name: name.to_owned(), near });
    };
    let count = graph.node(node).len();
    let number = element.parse().ok().filter(|e: &usize| *e < count);
    let Some(number) = number else {
        let (name, element) = (name.to_owned(), element.to_owned());
        return Err(NodeBoundsProblem::Element { name, last: count.saturating_sub(1), element });
    };
    let lo = bound("lower", lower)?.map_or(f64::NEG_INFINITY, |i| i.lo);
    let hi = bound("upper", upper)?.map_or(f64::INFINITY, |i| i.hi);
    if lo > hi {
        let (lower, upper) = (lower.to_owned(), upper.to_owned());
        return Err(NodeBoundsProblem::Crossed { lower, upper });
    }
    Ok(Supplied { node, element: number, range: Interval { lo, hi }, line })
}

/// The enclosure of a bound, or nothing where there is none.
fn bound(column: &'static str, text: &str) -> Result<Option<Interval>, NodeBoundsProblem> {
    let none = if column == "lower" { "-inf" } else { "inf" };
    if text.is_empty() || text == none {
        return Ok(None);
    }
    let wrong = || NodeBoundsProblem::Number { column, text: text.to_owned() };
    enclose(text).map(Some).ok_or_else(wrong)
}
