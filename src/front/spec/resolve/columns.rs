//! Names of columns: ranges are expanded, names are looked up.

use std::collections::BTreeMap;

use super::Context;
use crate::front::nearest::nearest;
use crate::front::spec::ast::{Column, ColumnRange};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::span::{Span, Spanned};

/// The largest number of columns of one range.
const LONGEST: u64 = 100_000;

/// The columns in order, each with its place; `x0..x9` becomes ten names.
pub(super) fn expand(list: &[ColumnRange], cx: &mut Context<'_>) -> Option<Vec<Column>> {
    let mut names = Vec::new();
    let before = cx.errors.len();
    for range in list {
        match &range.last {
            None => names.push(range.first.clone()),
            Some(last) => {
                let span = range.first.span.to(last.span);
                match between(&range.first.node, &last.node) {
                    Ok(range) => names.extend(range.into_iter().map(|n| Spanned::new(n, span))),
                    Err(reason) => {
                        let written = format!("{}..{}", range.first.node, last.node);
                        let message = format!("the range of columns {written} {reason}");
                        let help = "a range runs over one stem with a growing number: x0..x9";
                        let error = Diagnostic::new(Code::ColumnRange, message, span);
                        cx.error(error.label("this range").help(help));
                    }
                }
            }
        }
    }
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for name in &names {
        let Some(first) = seen.insert(&name.node, name.span) else { continue };
        let message = format!("column `{}` is named twice", name.node);
        let error = Diagnostic::new(Code::RepeatedColumn, message, name.span);
        let error = error.label("again").help("name each column once");
        cx.error(if first == name.span { error } else { error.also(first, "first") });
        break;
    }
    (cx.errors.len() == before).then_some(names)
}

/// The names from `first` to `last`, both included.
fn between(first: &str, last: &str) -> Result<Vec<String>, &'static str> {
    let (Some((stem, from)), Some((other, to))) = (split(first), split(last)) else {
        return Err("does not run over numbers");
    };
    if stem != other {
        return Err("runs over two stems");
    }
    if from > to {
        return Err("runs backwards");
    }
    if to - from >= LONGEST {
        return Err("is too long");
    }
    Ok((from..=to).map(|n| format!("{stem}{n}")).collect())
}

/// `x12` is `x` and 12.
fn split(name: &str) -> Option<(&str, u64)> {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = name.get(stem.len()..)?;
    let plain = number == "0" || !number.starts_with('0');
    (plain && !number.is_empty()).then(|| Some((stem, number.parse().ok()?)))?
}

/// Positions of the columns of `list` among the features `known`.
pub(super) fn positions(
    list: &[ColumnRange],
    known: &[String],
    cx: &mut Context<'_>,
) -> Option<Vec<(usize, Span)>> {
    let names = expand(list, cx)?;
    let mut found = Vec::new();
    let before = cx.errors.len();
    for name in names {
        match known.iter().position(|k| *k == name.node) {
            Some(position) => found.push((position, name.span)),
            None => {
                unknown(&name, known, cx);
                break;
            }
        }
    }
    (cx.errors.len() == before).then_some(found)
}

/// Reports a column that does not exist.
pub(super) fn unknown(name: &Column, known: &[String], cx: &mut Context<'_>) {
    const FEW: usize = 12;
    let help = match nearest(&name.node, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.len() <= FEW => format!("the columns are {}", known.join(", ")),
        None => format!("the columns are {}, ...", known[..FEW].join(", ")),
    };
    let message = format!("there is no column `{}`", name.node);
    let error = Diagnostic::new(Code::UnknownColumn, message, name.span);
    cx.error(error.label("not a column of the data").help(help));
}
