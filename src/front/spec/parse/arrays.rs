//! `data` of arrays and images

use nom::Parser;
use nom::combinator::cut;

use super::common::{column, row_list};
use super::exact::{exact_vector, quotient};
use super::lex::{choice, keyword, next_is, rule, spanned, string, symbol};
use super::state::{In, Res};
use crate::front::spec::ast::{ArrayFile, Arrays, ChannelAxis, Channels, DataSource};
use crate::front::spec::production::Production;

/// `idx "images" labels "labels" ...` and the like.
pub fn arrays(i: In<'_>) -> Res<'_, DataSource> {
    let inner = |i| {
        let (i, file) = file(i)?;
        let scale = rule(Production::Scale, |i| after("scale", quotient, i));
        let (i, scale) = part("scale", scale, i)?;
        let mean = rule(Production::Mean, |i| after("mean", exact_vector, i));
        let (i, mean) = part("mean", mean, i)?;
        let std = rule(Production::Std, |i| after("std", exact_vector, i));
        let (i, std) = part("std", std, i)?;
        let order = rule(Production::Channels, spanned(|i| after("channels", channels, i)));
        let (i, channels) = part("channels", order, i)?;
        let rows = rule(Production::Rows, |i| after("rows", row_list, i));
        let (i, rows) = part("rows", rows, i)?;
        Ok((i, DataSource::Arrays(Arrays { file, scale, mean, std, channels, rows })))
    };
    rule(Production::Arrays, inner)(i)
}

/// `word` and what follows it.
fn after<'a, T>(
    word: &'static str,
    parser: impl FnMut(In<'a>) -> Res<'a, T>,
    i: In<'a>,
) -> Res<'a, T> {
    let (i, _) = keyword(word)(i)?;
    cut(parser).parse(i)
}

/// A part that begins with `word`, on this line or the next.
fn part<'a, T>(
    word: &'static str,
    mut parser: impl FnMut(In<'a>) -> Res<'a, T>,
    i: In<'a>,
) -> Res<'a, Option<T>> {
    match parser(next_is(word, i)) {
        Ok((rest, found)) => Ok((rest, Some(found))),
        Err(nom::Err::Error(_)) => Ok((i, None)),
        Err(failure) => Err(failure),
    }
}

fn file(i: In<'_>) -> Res<'_, ArrayFile> {
    if let Ok((i, _)) = keyword("cifar")(i) {
        let (i, path) = cut(string).parse(i)?;
        return Ok((i, ArrayFile::Cifar(path)));
    }
    if let Ok((i, _)) = keyword("npz")(i) {
        let (i, path) = cut(string).parse(i)?;
        let images = |i| after("images", column, i);
        let (i, images) = cut(images).parse(next_is("images", i))?;
        let labels = |i| after("labels", column, i);
        let (i, labels) = cut(labels).parse(next_is("labels", i))?;
        return Ok((i, ArrayFile::Npz { path, images, labels }));
    }
    let (i, idx) = choice(&[("idx", true), ("npy", false)])(i)?;
    let (i, images) = cut(string).parse(i)?;
    let labels = |i| after("labels", string, i);
    let (i, labels) = cut(labels).parse(next_is("labels", i))?;
    let file = match idx.node {
        true => ArrayFile::Idx { images, labels },
        false => ArrayFile::Npy { images, labels },
    };
    Ok((i, file))
}

/// `last -> first`
fn channels(i: In<'_>) -> Res<'_, Channels> {
    let axis = choice(&[("first", ChannelAxis::First), ("last", ChannelAxis::Last)]);
    let (i, from) = axis(i)?;
    let (i, to) = match symbol("->")(i) {
        Ok((i, _)) => cut(&axis).parse(i).map(|(i, to)| (i, Some(to.node)))?,
        Err(_) => (i, None),
    };
    Ok((i, Channels { from: from.node, to }))
}
