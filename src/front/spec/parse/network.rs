//! `network`

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};

use super::common::{bracketed, parameter};
use super::lex::{gap, integer, keyword, name, number, rule, string, symbol};
use super::state::{In, Res};
use crate::front::spec::ast::{Assignment, Network, NetworkSource, Start};
use crate::front::spec::production::Production;

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
        let (i, start) = opt(keyword("start")).parse(i)?;
        let (i, zero) = match start {
            Some(_) => cut(keyword("zero")).parse(i).map(|(i, _)| (i, true))?,
            None => (i, false),
        };
        Ok((i, NetworkSource::Onnx { path, zero }))
    };
    rule(Production::Onnx, inner)(i)
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
