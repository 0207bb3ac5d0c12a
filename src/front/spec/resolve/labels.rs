//! What a label as written means.

use std::collections::BTreeSet;

use super::Context;
use crate::front::csv::LabelSpec;
use crate::front::nearest::nearest;
use crate::front::spec::ast::{LabelItem, LabelKind, LabelValue, Target as Written};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::span::Spanned;
use crate::question::Target;

/// The labels of a data set.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum LabelSpace {
    /// Labels that mean -1 or +1.
    Signs(Vec<(String, i8)>),
    /// Classes in order.
    Classes(Vec<String>),
    /// So many real numbers.
    Real(usize),
}

/// The meaning of a declared kind of labels over the label columns `columns`.
pub(super) fn declare(kind: &Spanned<LabelKind>, cx: &mut Context<'_>) -> Option<LabelSpec> {
    let items = match &kind.node {
        LabelKind::Real => return Some(LabelSpec::Real),
        LabelKind::OneHot => return Some(LabelSpec::OneHot),
        LabelKind::In(items) => items,
    };
    let mut bad = |item: &LabelItem, message: String, help: &str| {
        let error = Diagnostic::new(Code::LabelSet, message, item.value.span);
        cx.error(error.label("this label").help(help));
        None
    };
    let mut seen = BTreeSet::new();
    for item in items {
        if !seen.insert(Key::of(&item.value.node)) {
            let message = format!("label {} is listed twice", item.value.node);
            return bad(item, message, "list each label once");
        }
    }
    let mapped = items.iter().filter(|item| item.sign.is_some()).count();
    if mapped == 0 {
        if let Some(signs) = plain_signs(items) {
            return Some(LabelSpec::Signs(signs));
        }
        if let [item] = items.as_slice() {
            let message = "a set of labels needs at least two".to_string();
            return bad(item, message, "list every label that may occur, or write `label y real`");
        }
        return Some(LabelSpec::Classes(items.iter().map(|i| i.value.node.clone()).collect()));
    }
    let mut signs = Vec::new();
    for item in items {
        let Some(sign) = &item.sign else {
            let message = format!("label {} is mapped to nothing", item.value.node);
            return bad(item, message, "map every label to -1 or +1, or none for classes");
        };
        if sign.node.abs() != 1.0 {
            let message = format!("label {} is mapped to {}", item.value.node, sign.node);
            let help = "labels map to -1 or +1; list them without `->` for classes";
            return bad(item, message, help);
        }
        signs.push((item.value.node.clone(), if sign.node > 0.0 { 1 } else { -1 }));
    }
    if signs.iter().all(|(_, s)| *s == 1) || signs.iter().all(|(_, s)| *s == -1) {
        let item = items.first()?;
        return bad(item, "all labels have the same sign".to_string(), "map one to -1, one to +1");
    }
    Some(LabelSpec::Signs(signs))
}

/// `{-1, +1}` means itself.
fn plain_signs(items: &[LabelItem]) -> Option<Vec<(String, i8)>> {
    let mut signs = Vec::new();
    for item in items {
        let value: f64 = item.value.node.parse().ok()?;
        let sign = if value == 1.0 { 1 } else { -1 };
        (value.abs() == 1.0).then(|| signs.push((item.value.node.clone(), sign)))?;
    }
    (signs.len() == 2).then_some(signs)
}

/// What tells labels apart: the number if it is one, else the text.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Number(u64),
    Text(&'a str),
}

impl<'a> Key<'a> {
    fn of(text: &'a str) -> Self {
        match text.parse::<f64>() {
            // 0 and -0 are one number.
            Ok(v) => Key::Number((v + 0.0).to_bits()),
            Err(_) => Key::Text(text),
        }
    }
}

/// Whether two labels are the same: equal numbers, or equal texts.
fn same(a: &str, b: &str) -> bool {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => a == b,
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => false,
        (Err(_), Err(_)) => a == b,
    }
}

impl LabelSpace {
    /// The space of a declared set; `outputs` are the real label columns.
    pub(super) fn new(spec: &LabelSpec, columns: &[String], outputs: usize) -> Self {
        match spec {
            LabelSpec::Signs(map) => LabelSpace::Signs(map.clone()),
            LabelSpec::Classes(names) => LabelSpace::Classes(names.clone()),
            LabelSpec::OneHot => LabelSpace::Classes(columns.to_vec()),
            LabelSpec::Real => LabelSpace::Real(outputs),
        }
    }

    /// The meaning of the label of a point.
    pub(super) fn target(&self, written: &Written, cx: &mut Context<'_>) -> Option<Target> {
        match (self, written) {
            (LabelSpace::Real(outputs), Written::Vector(v)) => {
                if v.node.len() == *outputs {
                    return Some(Target::Real(v.node.clone()));
                }
                let (found, needed) = (v.node.len(), *outputs);
                let message = format!("the label has {found} numbers, the data have {needed}");
                let error = Diagnostic::new(Code::VectorLength, message, v.span);
                cx.error(error.label("this label").help("give one number for each label column"));
                None
            }
            (LabelSpace::Signs(_) | LabelSpace::Classes(_), Written::Vector(v)) => {
                let message = "a vector is no label of this set";
                let error = Diagnostic::new(Code::UnknownLabel, message, v.span);
                cx.error(error.label("this label").help(format!("labels are {}", self.list())));
                None
            }
            (_, Written::Value(value)) => self.value(value, cx),
        }
    }

    /// The meaning of one label.
    pub(super) fn value(&self, value: &LabelValue, cx: &mut Context<'_>) -> Option<Target> {
        let text = value.node.as_str();
        let found = match self {
            LabelSpace::Signs(map) => {
                // Written with its sign, -1 or +1 is the sign itself; else it is a label of the file.
                let signed = text.starts_with(['+', '-']);
                let sign = text.parse().ok().filter(|v: &f64| signed && v.abs() == 1.0);
                let listed = map.iter().find(|(label, _)| same(label, text));
                sign.or(listed.map(|(_, sign)| f64::from(*sign))).map(Target::Sign)
            }
            LabelSpace::Classes(names) => {
                names.iter().position(|name| same(name, text)).map(Target::Class)
            }
            LabelSpace::Real(1) => text.parse().ok().map(|v| Target::Real(vec![v])),
            LabelSpace::Real(_) => None,
        };
        if found.is_none() {
            let message = format!("`{text}` is not a label of the training data");
            let known: Vec<&str> = match self {
                LabelSpace::Signs(map) => map.iter().map(|(l, _)| l.as_str()).collect(),
                LabelSpace::Classes(names) => names.iter().map(String::as_str).collect(),
                LabelSpace::Real(_) => Vec::new(),
            };
            let help = match nearest(text, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("labels are {}", self.list()),
            };
            let error = Diagnostic::new(Code::UnknownLabel, message, value.span);
            cx.error(error.label("not in the set").help(help));
        }
        found
    }

    /// The labels in words.
    pub(super) fn list(&self) -> String {
        match self {
            LabelSpace::Signs(map) => {
                let word = |(label, sign): &(String, i8)| {
                    let same = label.parse() == Ok(f64::from(*sign));
                    if same { label.clone() } else { format!("{label} (meaning {sign:+})") }
                };
                let words: Vec<String> = map.iter().map(word).collect();
                words.join(", ")
            }
            LabelSpace::Classes(names) => names.join(", "),
            LabelSpace::Real(1) => "real numbers".to_string(),
            LabelSpace::Real(n) => format!("vectors of {n} real numbers"),
        }
    }
}
