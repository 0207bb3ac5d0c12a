//! Lines of `threat` that relate old and new features.

use nom::Parser;
use nom::combinator::{cut, opt};

use super::common::{clause, column, columns, interval, row_list};
use super::formula::{comparison, sign};
use super::lex::{choice, integer, keyword, number, rule, spanned, symbol, unsigned};
use super::state::{In, Res};
use super::threat::with_label;
use crate::front::spec::ast::{
    Among, Cell, CellPart, Change, Comparison, Condition, Missing, Require, Sparsity, ThreatSetting,
};
use crate::front::spec::production::Production;
use crate::question::verify::Relation;

/// `change age in [0, 1]`, `change age up`
pub fn change(i: In<'_>) -> Res<'_, ThreatSetting> {
    let inner = |i| {
        let (i, _) = keyword("change")(i)?;
        let (i, named) = cut(columns).parse(i)?;
        let (i, by) = cut(by).parse(i)?;
        let (i, among) = among(i)?;
        Ok((i, ThreatSetting::Change(Change { columns: named, by, among })))
    };
    rule(Production::Change, inner)(i)
}

fn by(i: In<'_>) -> Res<'_, (f64, f64)> {
    if let Ok((i, _)) = keyword("in")(i) {
        return cut(interval).parse(i).map(|(i, range)| (i, range.node));
    }
    const WAYS: &[(&str, (f64, f64))] =
        &[("up", (0.0, f64::INFINITY)), ("down", (f64::NEG_INFINITY, 0.0))];
    choice(WAYS)(i).map(|(i, way)| (i, way.node))
}

/// `missing job_a..job_c rows 3`
pub fn missing(i: In<'_>) -> Res<'_, ThreatSetting> {
    let inner = |i| {
        let (i, _) = keyword("missing")(i)?;
        let (i, named) = cut(columns).parse(i)?;
        let (i, among) = among(i)?;
        Ok((i, ThreatSetting::Missing(Missing { columns: named, among })))
    };
    rule(Production::Missing, inner)(i)
}

/// `at most 2 features changed`
pub fn sparsity(i: In<'_>) -> Res<'_, ThreatSetting> {
    let inner = |i| {
        let (i, _) = keyword("at")(i)?;
        let (i, _) = cut(keyword("most")).parse(i)?;
        let (i, most) = cut(integer).parse(i)?;
        let (i, cells) = cut(choice(&[("features", false), ("cells", true)])).parse(i)?;
        let (i, _) = cut(keyword("changed")).parse(i)?;
        Ok((i, ThreatSetting::Sparsity(Sparsity { most: most.node, cells: cells.node })))
    };
    rule(Production::Sparsity, inner)(i)
}

/// `require new hours - old hours <= 2`
pub fn require(i: In<'_>) -> Res<'_, ThreatSetting> {
    let inner = |i| {
        let (i, _) = keyword("require")(i)?;
        let (i, left) = cut(sum).parse(i)?;
        let (i, comparison) = cut(not_strict).parse(i)?;
        let (i, right) = cut(sum).parse(i)?;
        let (i, among) = among(i)?;
        Ok((i, ThreatSetting::Require(Require { left, comparison, right, among })))
    };
    rule(Production::Require, inner)(i)
}

fn not_strict(i: In<'_>) -> Res<'_, Comparison> {
    use Relation::{AtMost, Equal};
    for (text, relation, exchanged) in
        [("<=", AtMost, false), (">=", AtMost, true), ("=", Equal, false)]
    {
        if let Ok((i, _)) = symbol(text)(i) {
            return Ok((i, Comparison { relation, exchanged }));
        }
    }
    Err(nom::Err::Error(super::state::Miss))
}

fn sum(i: In<'_>) -> Res<'_, Vec<CellPart>> {
    let inner = |i| {
        let (i, negative) = sign(i).unwrap_or((i, false));
        let (mut i, first) = part(negative, i)?;
        let mut parts = vec![first];
        while let Ok((rest, negative)) = sign(i) {
            let (rest, next) = cut(|i| part(negative, i)).parse(rest)?;
            parts.push(next);
            i = rest;
        }
        Ok((i, parts))
    };
    rule(Production::CellSum, inner)(i)
}

fn part(negative: bool, i: In<'_>) -> Res<'_, CellPart> {
    let signed = |v: f64| if negative { -v } else { v };
    let inner = |i| {
        let (i, factor) = match unsigned(i) {
            Ok((i, factor)) => (i, factor.node),
            Err(nom::Err::Error(_)) => {
                let (i, cell) = cell(i)?;
                return Ok((i, CellPart { factor: signed(1.0), cell: Some(cell) }));
            }
            Err(failure) => return Err(failure),
        };
        let (i, cell) = match symbol("*")(i) {
            Ok((i, _)) => cut(cell).parse(i).map(|(i, c)| (i, Some(c)))?,
            Err(_) => (i, None),
        };
        Ok((i, CellPart { factor: signed(factor), cell }))
    };
    rule(Production::CellPart, inner)(i)
}

/// `new hours`
fn cell(i: In<'_>) -> Res<'_, Cell> {
    let inner = |i| {
        let (i, new) = choice(&[("new", true), ("old", false)])(i)?;
        let (i, column) = cut(column).parse(i)?;
        Ok((i, Cell { new: new.node, column }))
    };
    rule(Production::Cell, inner)(i)
}

/// `rows 0..9 with label +1 when old sex = 1`, each part optional.
fn among(i: In<'_>) -> Res<'_, Among> {
    let (i, rows) = clause("rows", spanned(row_list))(i)?;
    let rows = rows.inspect(|_| i.extra.seen(Production::Rows));
    let (i, labels) = opt(with_label).parse(i)?;
    let (i, when) = opt(spanned(when)).parse(i)?;
    Ok((i, Among { rows, labels: labels.unwrap_or_default(), when }))
}

fn when(i: In<'_>) -> Res<'_, Condition> {
    let inner = |i| {
        let (i, _) = keyword("when")(i)?;
        let (i, cell) = cut(cell).parse(i)?;
        let (i, comparison) = cut(comparison).parse(i)?;
        let (i, value) = cut(number).parse(i)?;
        Ok((i, Condition { cell, comparison, value: value.node }))
    };
    rule(Production::When, inner)(i)
}
