//! `data`

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};

use super::common::{bracketed, columns, label_kind, row_list, target, vector};
use super::lex::{gap, keyword, name, rule, string, symbol};
use super::state::{In, Res};
use crate::front::spec::ast::{
    Columns, Csv, Data, DataSource, Features, LabelKind, Points, Sample, Shape, Text,
};
use crate::front::spec::production::Production;
use crate::front::spec::span::Spanned;

/// `data NAME = (csv | points | arrays)`
pub fn data(i: In<'_>) -> Res<'_, Data> {
    let inner = |i| {
        let (i, _) = keyword("data")(i)?;
        let (i, name) = cut(name).parse(i)?;
        let (i, _) = cut(symbol("=")).parse(i)?;
        let (i, source) = cut(alt((csv, points, super::arrays::arrays))).parse(i)?;
        Ok((i, Data { name, source }))
    };
    rule(Production::Data, inner)(i)
}

fn csv(i: In<'_>) -> Res<'_, DataSource> {
    let inner = |i| {
        let (i, _) = keyword("csv")(i)?;
        let (i, path) = cut(string).parse(i)?;
        let (i, shape) = match like(gap(i)) {
            Ok((i, like)) => (i, Shape::Like(like)),
            Err(nom::Err::Error(_)) => {
                let (i, features) = cut(features).parse(gap(i))?;
                let (i, (labels, kind)) = cut(label).parse(gap(i))?;
                (i, Shape::Own { columns: (features, labels), kind })
            }
            Err(e) => return Err(e),
        };
        let (i, rows) = match keyword("rows")(gap(i)) {
            Ok((i, _)) => {
                let rows = |i| cut(row_list).parse(i);
                rule(Production::Rows, rows)(i).map(|(i, r)| (i, Some(r)))?
            }
            Err(_) => (i, None),
        };
        Ok((i, DataSource::Csv(Csv { path, shape, rows })))
    };
    rule(Production::Csv, inner)(i)
}

fn points(i: In<'_>) -> Res<'_, DataSource> {
    let inner = |i| {
        let (i, _) = keyword("points")(i)?;
        let (i, samples) = cut(bracketed("{", sample, "}")).parse(i)?;
        let own = |i| {
            let (i, _) = keyword("label")(i)?;
            let (i, kind) = cut(label_kind).parse(i)?;
            Ok((i, Shape::Own { columns: (), kind }))
        };
        let same = |i| like(i).map(|(i, name)| (i, Shape::Like(name)));
        let (i, shape) = cut(alt((same, own))).parse(gap(i))?;
        Ok((i, DataSource::Points(Points { samples, shape })))
    };
    rule(Production::Points, inner)(i)
}

fn sample(i: In<'_>) -> Res<'_, Sample> {
    let inner = |i| {
        let (i, features) = vector(i)?;
        let (i, _) = cut(symbol(":")).parse(i)?;
        let (i, target) = cut(target).parse(i)?;
        Ok((i, Sample { features, target }))
    };
    rule(Production::Sample, inner)(i)
}

fn like(i: In<'_>) -> Res<'_, Text> {
    let inner = |i| {
        let (i, _) = keyword("like")(i)?;
        cut(name).parse(i)
    };
    rule(Production::Like, inner)(i)
}

fn features(i: In<'_>) -> Res<'_, Features> {
    let inner = |i| {
        let (i, _) = keyword("features")(i)?;
        let (i, all) = opt(keyword("all")).parse(i)?;
        let Some(span) = all else {
            let (i, named) = cut(columns).parse(i)?;
            return Ok((i, Features::Columns(named)));
        };
        let (i, except) = match keyword("except")(i) {
            Ok((i, _)) => cut(columns).parse(i).map(|(i, c)| (i, Some(c)))?,
            Err(_) => (i, None),
        };
        Ok((i, Features::All { except, all: Spanned::new((), span) }))
    };
    rule(Production::Features, inner)(i)
}

fn label(i: In<'_>) -> Res<'_, (Columns, Spanned<LabelKind>)> {
    let inner = |i| {
        let (i, _) = keyword("label")(i)?;
        let (i, named) = cut(columns).parse(i)?;
        let (i, kind) = cut(label_kind).parse(i)?;
        Ok((i, (named, kind)))
    };
    rule(Production::Label, inner)(i)
}
