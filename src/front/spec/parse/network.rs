//! `network`

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};

use super::common::{bracketed, column, parameter};
use super::lex::{gap, integer, keyword, name, next_is, number, rule, spanned, string, symbol};
use super::state::{In, Res};
use crate::front::spec::ast::{
    Assignment, Dimension, Fixed, InputShape, Network, NetworkSource, OnnxOptions, Start,
};
use crate::front::spec::production::Production;
use crate::front::spec::span::Spanned;

/// `network NAME = (onnx | dense)`
pub fn network(i: In<'_>) -> Res<'_, Network> {
    let inner = |i| {
        let (i, _) = keyword("network")(i)?;
        let (i, name) = cut(name).parse(i)?;
        let (i, _) = cut(symbol("=")).parse(i)?;
        let (i, source) = cut(alt((onnx, dense))).parse(i)?;
        Ok((i, Network { name, source }))
    };
    rule(Production::Network, inner)(i)
}

fn onnx(i: In<'_>) -> Res<'_, NetworkSource> {
    let inner = |i| {
        let (i, _) = keyword("onnx")(i)?;
        let (i, path) = cut(string).parse(i)?;
        let (i, options) = onnx_options(i)?;
        let (i, zero) = match keyword("start")(next_is("start", i)) {
            Ok((i, start)) => cut(keyword("zero"))
                .parse(i)
                .map(|(i, zero)| (i, Some(Spanned::new((), start.to(zero)))))?,
            Err(_) => (i, None),
        };
        Ok((i, NetworkSource::Onnx { path, options, zero }))
    };
    rule(Production::Onnx, inner)(i)
}

fn onnx_options(mut i: In<'_>) -> Res<'_, OnnxOptions> {
    let mut options = OnnxOptions::default();
    loop {
        i = match spanned(dimension)(next_is("dimension", i)) {
            Ok((rest, found)) => {
                options.dimensions.push(found);
                rest
            }
            Err(nom::Err::Error(_)) => match spanned(shape)(next_is("shape", i)) {
                Ok((rest, found)) => {
                    options.shapes.push(found);
                    rest
                }
                Err(nom::Err::Error(_)) => match spanned(fixed)(next_is("fixed", i)) {
                    Ok((rest, found)) => {
                        options.fixed.push(found);
                        rest
                    }
                    Err(nom::Err::Error(_)) => return Ok((i, options)),
                    Err(failure) => return Err(failure),
                },
                Err(failure) => return Err(failure),
            },
            Err(failure) => return Err(failure),
        };
    }
}

fn dimension(i: In<'_>) -> Res<'_, Dimension> {
    let inner = |i| {
        let (i, _) = keyword("dimension")(i)?;
        let (i, name) = cut(column).parse(i)?;
        let (i, value) = cut(integer).parse(i)?;
        Ok((i, Dimension { name, value }))
    };
    rule(Production::Dimension, inner)(i)
}

fn shape(i: In<'_>) -> Res<'_, InputShape> {
    let inner = |i| {
        let (i, _) = keyword("shape")(i)?;
        let (i, input) = cut(column).parse(i)?;
        let (i, shape) = cut(bracketed("(", integer, ")")).parse(i)?;
        Ok((i, InputShape { input, shape }))
    };
    rule(Production::Shape, inner)(i)
}

fn fixed(i: In<'_>) -> Res<'_, Fixed> {
    let inner = |i| {
        let (i, _) = keyword("fixed")(i)?;
        let (i, input) = cut(column).parse(i)?;
        let (i, values) = cut(spanned(bracketed("(", number, ")"))).parse(i)?;
        Ok((i, Fixed { input, values }))
    };
    rule(Production::Fixed, inner)(i)
}

fn dense(i: In<'_>) -> Res<'_, NetworkSource> {
    let inner = |i| {
        let (i, _) = keyword("dense")(i)?;
        let (i, first) = cut(integer).parse(i)?;
        let (i, _) = cut(symbol("->")).parse(i)?;
        let (mut i, second) = cut(integer).parse(i)?;
        let mut widths = vec![first, second];
        while let Ok((rest, _)) = symbol("->")(i) {
            let (rest, width) = cut(integer).parse(rest)?;
            widths.push(width);
            i = rest;
        }
        let (i, without) = opt(keyword("without")).parse(i)?;
        let (i, without_bias) = match without {
            Some(_) => cut(keyword("bias")).parse(i).map(|(i, _)| (i, true))?,
            None => (i, false),
        };
        let (i, start) = cut(start).parse(i)?;
        Ok((i, NetworkSource::Dense { widths, without_bias, start }))
    };
    rule(Production::Dense, inner)(i)
}

fn start(i: In<'_>) -> Res<'_, Start> {
    let inner = |i| {
        let (i, _) = keyword("start")(i)?;
        if let Ok((i, _)) = keyword("zero")(i) {
            return Ok((i, Start::Zero));
        }
        let (i, values) = cut(bracketed("{", assignment, "}")).parse(i)?;
        Ok((i, Start::At(values)))
    };
    rule(Production::Start, inner)(i)
}

fn assignment(i: In<'_>) -> Res<'_, Assignment> {
    let inner = |i| {
        let (i, parameter) = parameter(i)?;
        let (i, _) = cut(symbol("=")).parse(i)?;
        let (i, value) = cut(number).parse(gap(i))?;
        Ok((i, Assignment { parameter, value: value.node }))
    };
    rule(Production::Assignment, inner)(i)
}
