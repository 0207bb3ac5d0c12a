//! `data`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use ndarray::{Array2, Axis};

use super::arrays::{self, Images};
use super::labels::LabelSpace;
use super::statements::At;
use super::{Context, columns, labels, network, rows};
use crate::front::csv::{self, CsvError, CsvProblem, CsvSpec, LabelSpec};
use crate::front::hash::sha256_bytes;
use crate::front::spec::ast::{
    Column, Columns, Csv, Data, DataSource, Features, LabelKind, Points, Shape, Text,
};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::load::{FileRole, SourceFile};
use crate::front::spec::span::{Span, Spanned};
use crate::question::{Dataset, Labels, Target};

/// A data set with what its labels mean.
#[derive(Clone, Debug)]
pub(super) struct Set {
    pub data: Dataset,
    pub space: LabelSpace,
    /// How the labels of a file are read, and from which columns; `like` takes these over.
    spec: LabelSpec,
    label_columns: Vec<String>,
    /// Where its name is declared.
    pub span: Span,
}

/// A data set of some kind.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    /// Rows with columns.
    Table(Set),
    /// Arrays, for verification.
    Arrays(Images),
}

impl Entry {
    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        match self {
            Entry::Table(set) => set.data.len(),
            Entry::Arrays(images) => images.len(),
        }
    }
}

/// Data sets by name; `None` where one cannot be read.
pub(super) type Sets = IndexMap<String, Option<Entry>>;

/// The rows and columns that `name` declares.
pub(super) fn table<'s>(name: &Text, sets: &'s Sets, cx: &mut Context<'_>) -> Option<&'s Set> {
    match sets.get(&name.node) {
        None => {
            cx.unknown("data set", name, sets.keys().map(String::as_str));
            None
        }
        Some(None) => None,
        Some(Some(Entry::Table(set))) => Some(set),
        Some(Some(Entry::Arrays(_))) => {
            let message = format!("`{}` holds arrays, which only verification takes", name.node);
            let error = Diagnostic::new(Code::OtherKind, message, name.span).label("this data set");
            cx.error(error.help("write the data as a CSV file, or as points"));
            None
        }
    }
}

/// Resolves data sets in order, so that `like` looks upwards only.
pub(super) fn resolve(statements: &[At<'_, Data>], cx: &mut Context<'_>) -> Sets {
    let mut sets = Sets::new();
    let mut places: BTreeMap<&str, Span> = BTreeMap::new();
    for statement in statements {
        let name = &statement.node.name;
        let declared = Span { start: statement.span.start, end: name.span.end };
        if let Some(first) = places.get(name.node.as_str()) {
            let message = format!("there are two data sets named `{}`", name.node);
            let error = Diagnostic::new(Code::RepeatedName, message, name.span)
                .label("again")
                .help("give each its own name")
                .also(*first, "first");
            cx.error(error);
            continue;
        }
        places.insert(&name.node, name.span);
        let set = match &statement.node.source {
            DataSource::Csv(file) => read(&name.node, file, declared, &sets, cx).map(Entry::Table),
            DataSource::Points(points) => {
                inline(&name.node, points, declared, &sets, cx).map(Entry::Table)
            }
            DataSource::Arrays(file) => arrays::read(&name.node, file, cx).map(Entry::Arrays),
        };
        sets.insert(name.node.clone(), set);
    }
    sets
}

fn read(name: &str, file: &Csv, span: Span, sets: &Sets, cx: &mut Context<'_>) -> Option<Set> {
    let path = Path::new(&file.path.node);
    let bytes = match cx.loader.bytes(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            cx.error(network::unreadable(&file.path, &error));
            return None;
        }
    };
    let (features, labels, mapping) = match &file.shape {
        Shape::Like(like) => {
            let set = table(like, sets, cx)?;
            let here = |names: &[String]| -> Vec<Column> {
                names.iter().map(|n| Spanned::new(n.clone(), like.span)).collect()
            };
            (here(&set.data.columns), here(&set.label_columns), set.spec.clone())
        }
        Shape::Own { columns: (features, labels), kind } => {
            let labels = columns::expand(labels, cx)?;
            let mapping = labels::declare(kind, cx)?;
            check_columns(&labels, kind, cx)?;
            (select(features, &labels, path, &bytes, file, cx)?, labels, mapping)
        }
    };
    let text = |names: &[Column]| -> Vec<String> { names.iter().map(|n| n.node.clone()).collect() };
    let spec = CsvSpec {
        name: name.to_string(),
        features: text(&features),
        labels: text(&labels),
        mapping,
    };
    let mut data = match csv::load_bytes(path, &bytes, &spec) {
        Ok(found) => found.dataset,
        Err(error) => {
            cx.error(bad_data(&error, &file.path, features.iter().chain(&labels)));
            return None;
        }
    };
    cx.files.push(SourceFile {
        role: FileRole::Data,
        name: name.to_string(),
        path: PathBuf::from(&file.path.node),
        sha256: sha256_bytes(&bytes),
    });
    if let Some(list) = &file.rows {
        let rows = rows::resolve(list, data.len(), name, cx)?;
        data = subset(&data, &rows);
    }
    let space = LabelSpace::new(&spec.mapping, &spec.labels, spec.labels.len());
    Some(Set { data, space, spec: spec.mapping, label_columns: spec.labels, span })
}

/// The number of label columns must fit the kind of labels.
fn check_columns(labels: &[Column], kind: &Spanned<LabelKind>, cx: &mut Context<'_>) -> Option<()> {
    let (fits, words) = match &kind.node {
        LabelKind::In(_) => (labels.len() == 1, "a set of labels describes one column"),
        LabelKind::OneHot => (labels.len() > 1, "one-hot labels need a column for each class"),
        LabelKind::Real => (true, ""),
    };
    if !fits {
        let message = format!("{words}, there are {}", labels.len());
        let error = Diagnostic::new(Code::LabelKind, message, kind.span).label("this kind");
        let help = "write `label y in {...}`, `label y0, y1, y2 one-hot` or `label y real`";
        cx.error(error.help(help));
    }
    fits.then_some(())
}

/// The feature columns; `all` needs the header of the file.
fn select(
    features: &Features,
    labels: &[Column],
    path: &Path,
    bytes: &[u8],
    file: &Csv,
    cx: &mut Context<'_>,
) -> Option<Vec<Column>> {
    let (except, span) = match features {
        Features::Columns(list) => return columns::expand(list, cx),
        Features::All { except, all } => (except, all.span),
    };
    let header = match csv::header(path, bytes) {
        Ok(header) => header,
        Err(error) => {
            cx.error(bad_data(&error, &file.path, std::iter::empty()));
            return None;
        }
    };
    let out = excluded(except.as_ref(), &header, cx)?;
    let is_label = |name: &String| labels.iter().any(|l| l.node == *name);
    let rest = header.iter().enumerate().filter(|(at, n)| !out.contains(at) && !is_label(n));
    Some(rest.map(|(_, name)| Spanned::new(name.clone(), span)).collect())
}

fn excluded(
    except: Option<&Columns>,
    header: &[String],
    cx: &mut Context<'_>,
) -> Option<Vec<usize>> {
    let Some(list) = except else { return Some(Vec::new()) };
    let found = columns::positions(list, header, cx)?;
    Some(found.into_iter().map(|(at, _)| at).collect())
}

/// A problem of a data file, at the column that the specification names or at the path.
fn bad_data<'c>(
    error: &CsvError,
    path: &Text,
    mut columns: impl Iterator<Item = &'c Column>,
) -> Diagnostic {
    let named = error.column.as_ref().and_then(|c| columns.find(|n| n.node == *c));
    let (code, span, label) = match (&error.problem, named) {
        (CsvProblem::UnknownColumn { .. }, Some(column)) => {
            (Code::UnknownColumn, column.span, "not a column of the file")
        }
        (CsvProblem::ColumnUsedTwice, Some(column)) => {
            (Code::RepeatedColumn, column.span, "used twice")
        }
        _ => (Code::BadData, path.span, "this file"),
    };
    // The sentence of a data error ends in what to do.
    let sentence = error.to_string();
    let (message, help) = network::advice(&sentence);
    Diagnostic::new(code, message, span).label(label).help(help)
}

fn subset(data: &Dataset, rows: &[usize]) -> Dataset {
    let pick =
        |of: &[usize]| -> Vec<usize> { rows.iter().filter_map(|r| of.get(*r).copied()).collect() };
    let labels = match &data.labels {
        Labels::Signs(s) => Labels::Signs(rows.iter().filter_map(|r| s.get(*r).copied()).collect()),
        Labels::Classes { of, count, names } => {
            Labels::Classes { of: pick(of), count: *count, names: names.clone() }
        }
        Labels::Real(y) => Labels::Real(y.select(Axis(0), rows)),
    };
    Dataset {
        name: data.name.clone(),
        features: data.features.select(Axis(0), rows),
        columns: data.columns.clone(),
        labels,
    }
}

fn inline(
    name: &str,
    points: &Points,
    span: Span,
    sets: &Sets,
    cx: &mut Context<'_>,
) -> Option<Set> {
    let first = points.samples.first()?;
    let width = first.features.node.len();
    let (spec, space, label_columns, columns) = match &points.shape {
        Shape::Like(like) => {
            let set = table(like, sets, cx)?;
            let (spec, space) = (set.spec.clone(), set.space.clone());
            (spec, space, set.label_columns.clone(), set.data.columns.clone())
        }
        Shape::Own { columns: (), kind } => {
            if kind.node == LabelKind::OneHot {
                let message = "labels of points are not one-hot";
                let error = Diagnostic::new(Code::LabelKind, message, kind.span).label("this kind");
                cx.error(error.help("write the class itself: `label in {a, b, c}`"));
                return None;
            }
            let spec = labels::declare(kind, cx)?;
            let outputs = match &first.target {
                crate::front::spec::ast::Target::Value(_) => 1,
                crate::front::spec::ast::Target::Vector(v) => v.node.len(),
            };
            let columns = (0..width).map(|j| format!("x{j}")).collect();
            let space = LabelSpace::new(&spec, &[], outputs);
            (spec, space, vec!["y".to_string()], columns)
        }
    };
    let before = cx.errors.len();
    let mut values = Vec::new();
    let mut targets = Vec::new();
    for sample in &points.samples {
        let found = sample.features.node.len();
        if found != columns.len() {
            let needed = columns.len();
            let message = format!("this point has {found} features, the data have {needed}");
            let error = Diagnostic::new(Code::VectorLength, message, sample.features.span);
            cx.error(error.label("this point").help("give every point the same features"));
        }
        values.extend(&sample.features.node);
        targets.extend(space.target(&sample.target, cx));
    }
    if cx.errors.len() > before {
        return None;
    }
    let features = Array2::from_shape_vec((points.samples.len(), columns.len()), values).ok()?;
    let labels = collect(&targets, &space)?;
    let data = Dataset { name: name.to_string(), features, columns, labels };
    Some(Set { data, space, spec, label_columns, span })
}

fn collect(targets: &[Target], space: &LabelSpace) -> Option<Labels> {
    let sign = |t: &Target| match t {
        Target::Sign(s) => Some(if *s > 0.0 { 1 } else { -1 }),
        Target::Class(_) | Target::Real(_) => None,
    };
    let class = |t: &Target| match t {
        Target::Class(c) => Some(*c),
        Target::Sign(_) | Target::Real(_) => None,
    };
    let real = |t: &Target| match t {
        Target::Real(v) => Some(v.clone()),
        Target::Sign(_) | Target::Class(_) => None,
    };
    Some(match space {
        LabelSpace::Signs(_) => Labels::Signs(targets.iter().map(sign).collect::<Option<_>>()?),
        LabelSpace::Classes(names) => {
            let of = targets.iter().map(class).collect::<Option<_>>()?;
            Labels::Classes { of, count: names.len(), names: names.clone() }
        }
        LabelSpace::Real(outputs) => {
            let rows: Vec<Vec<f64>> = targets.iter().map(real).collect::<Option<_>>()?;
            let shape = (rows.len(), *outputs);
            Labels::Real(Array2::from_shape_vec(shape, rows.into_iter().flatten().collect()).ok()?)
        }
    })
}
