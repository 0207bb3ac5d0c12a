//! What several statements share: lists, ranges, columns, labels, test vectors.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::cut;

use super::lex::{
    choice, gap, integer, keyword, name, number, number_text, rule, spanned, string, symbol,
};
use super::state::{In, Res};
use crate::front::spec::ast::{
    Column, ColumnRange, Columns, LabelItem, LabelKind, LabelValue, RowRange, Target,
};
use crate::front::spec::production::Production;
use crate::front::spec::span::Spanned;
use crate::question::goal::ParameterRef;

/// `item, item, ...`: at least one; a line break may follow a comma.
pub fn list<'a, T>(
    mut item: impl FnMut(In<'a>) -> Res<'a, T>,
) -> impl FnMut(In<'a>) -> Res<'a, Vec<T>> {
    move |i| {
        let (mut i, first) = item(i)?;
        let mut items = vec![first];
        while let Ok((rest, _)) = symbol(",")(i) {
            let (rest, next) = cut(&mut item).parse(gap(rest))?;
            items.push(next);
            i = rest;
        }
        Ok((i, items))
    }
}

/// `open item, item, ... close`: line breaks may stand anywhere inside.
pub fn bracketed<'a, T>(
    open: &'static str,
    mut item: impl FnMut(In<'a>) -> Res<'a, T>,
    close: &'static str,
) -> impl FnMut(In<'a>) -> Res<'a, Vec<T>> {
    move |i| {
        let (i, _) = symbol(open)(i)?;
        let (mut i, first) = cut(&mut item).parse(gap(i))?;
        let mut items = vec![first];
        loop {
            i = gap(i);
            if let Ok((rest, _)) = symbol(close)(i) {
                return Ok((rest, items));
            }
            let (rest, _) = cut(symbol(",")).parse(i)?;
            let (rest, next) = cut(&mut item).parse(gap(rest))?;
            items.push(next);
            i = rest;
        }
    }
}

/// `[lo, hi]`
pub fn interval(i: In<'_>) -> Res<'_, Spanned<(f64, f64)>> {
    let inner = |i| {
        let (i, _) = symbol("[")(i)?;
        let (i, lo) = cut(number).parse(gap(i))?;
        let (i, _) = cut(symbol(",")).parse(gap(i))?;
        let (i, hi) = cut(number).parse(gap(i))?;
        let (i, _) = cut(symbol("]")).parse(gap(i))?;
        Ok((i, (lo.node, hi.node)))
    };
    rule(Production::Interval, spanned(inner))(i)
}

/// `within [lo, hi]`
pub fn within(i: In<'_>) -> Res<'_, Spanned<(f64, f64)>> {
    let inner = |i| {
        let (i, _) = keyword("within")(i)?;
        cut(interval).parse(i)
    };
    rule(Production::Within, inner)(i)
}

/// `(1, 2.5)`
pub fn vector(i: In<'_>) -> Res<'_, Spanned<Vec<f64>>> {
    let inner = |i| bracketed("(", |i| number(i).map(|(i, n)| (i, n.node)), ")")(i);
    rule(Production::Vector, spanned(inner))(i)
}

/// `0..4, 7`
pub fn row_list(i: In<'_>) -> Res<'_, Vec<RowRange>> {
    rule(Production::RowList, list(row_range))(i)
}

/// `0..4`
pub fn row_range(i: In<'_>) -> Res<'_, RowRange> {
    let inner = |i| {
        let (i, first) = integer(i)?;
        let (i, last) = match symbol("..")(i) {
            Ok((i, _)) => cut(integer).parse(i).map(|(i, l)| (i, Some(l)))?,
            Err(_) => (i, None),
        };
        Ok((i, RowRange { first, last }))
    };
    rule(Production::RowRange, inner)(i)
}

/// `x0, x4..x9`
pub fn columns(i: In<'_>) -> Res<'_, Columns> {
    rule(Production::Columns, list(column_range))(i)
}

fn column_range(i: In<'_>) -> Res<'_, ColumnRange> {
    let inner = |i| {
        let (i, first) = column(i)?;
        let (i, last) = match symbol("..")(i) {
            Ok((i, _)) => cut(column).parse(i).map(|(i, l)| (i, Some(l)))?,
            Err(_) => (i, None),
        };
        Ok((i, ColumnRange { first, last }))
    };
    rule(Production::ColumnRange, inner)(i)
}

/// `x0` or `"petal width"`
pub fn column(i: In<'_>) -> Res<'_, Column> {
    rule(Production::Column, |i| alt((name, string)).parse(i))(i)
}

/// `in {...}`, `real` or `one-hot`
pub fn label_kind(i: In<'_>) -> Res<'_, Spanned<LabelKind>> {
    let inner = |i| {
        if let Ok((i, _)) = keyword("in")(i) {
            let (i, items) = cut(bracketed("{", label_item, "}")).parse(i)?;
            return Ok((i, LabelKind::In(items)));
        }
        let (i, real) = choice(&[("real", true), ("one-hot", false)])(i)?;
        Ok((i, if real.node { LabelKind::Real } else { LabelKind::OneHot }))
    };
    rule(Production::LabelKind, spanned(inner))(i)
}

fn label_item(i: In<'_>) -> Res<'_, LabelItem> {
    let inner = |i| {
        let (i, value) = label_value(i)?;
        let (i, sign) = match symbol("->")(i) {
            Ok((i, _)) => cut(number).parse(i).map(|(i, s)| (i, Some(s)))?,
            Err(_) => (i, None),
        };
        Ok((i, LabelItem { value, sign }))
    };
    rule(Production::LabelItem, inner)(i)
}

/// `+1`, `setosa` or `"Iris setosa"`
pub fn label_value(i: In<'_>) -> Res<'_, LabelValue> {
    let numeric = |i| number_text(i).map(|(i, n)| (i, Spanned::new(n.node.1, n.span)));
    rule(Production::LabelValue, |i| alt((name_not_number, string, numeric)).parse(i))(i)
}

/// A name, but not `nan` and the like, which [`number_text`] refuses with a sentence.
fn name_not_number(i: In<'_>) -> Res<'_, Spanned<String>> {
    let (rest, found) = name(i)?;
    match found.node.to_lowercase().as_str() {
        "nan" | "inf" | "infinity" => number_text(i).map(|(rest, _)| (rest, found)),
        _ => Ok((rest, found)),
    }
}

/// The label of a point: a value, or a vector of real numbers.
pub fn target(i: In<'_>) -> Res<'_, Target> {
    let inner = |i| {
        alt((
            |i| vector(i).map(|(i, v)| (i, Target::Vector(v))),
            |i| label_value(i).map(|(i, v)| (i, Target::Value(v))),
        ))
        .parse(i)
    };
    rule(Production::Target, inner)(i)
}

/// `w[1][0,1]` or `b[1][0]`
pub fn parameter(i: In<'_>) -> Res<'_, Spanned<ParameterRef>> {
    let index = |i| cut(integer).parse(i).map(|(i, n)| (i, n.node));
    let inner = |i| {
        let (i, weight) = choice(&[("w", true), ("b", false)])(i)?;
        let (i, _) = cut(symbol("[")).parse(i)?;
        let (i, layer) = index(i)?;
        let (i, _) = cut(symbol("]")).parse(i)?;
        let (i, _) = cut(symbol("[")).parse(i)?;
        let (i, row) = index(i)?;
        let (i, found) = if weight.node {
            let (i, _) = cut(symbol(",")).parse(i)?;
            let (i, column) = index(gap(i))?;
            (i, ParameterRef::Weight { layer, row, column })
        } else {
            (i, ParameterRef::Bias { layer, row })
        };
        let (i, _) = cut(symbol("]")).parse(i)?;
        Ok((i, found))
    };
    rule(Production::Parameter, spanned(inner))(i)
}

/// An optional clause after `key`.
pub fn clause<'a, T>(
    key: &'static str,
    mut parser: impl FnMut(In<'a>) -> Res<'a, T>,
) -> impl FnMut(In<'a>) -> Res<'a, Option<T>> {
    move |i| match keyword(key)(i) {
        Ok((rest, _)) => cut(&mut parser).parse(rest).map(|(rest, node)| (rest, Some(node))),
        Err(_) => Ok((i, None)),
    }
}
