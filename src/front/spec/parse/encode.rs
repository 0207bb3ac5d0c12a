//! Settings of `encode` for questions of verification

use nom::Parser;
use nom::branch::alt;
use nom::combinator::cut;

use super::common::list;
use super::lex::{choice, integer, keyword, rule, spanned, string};
use super::state::{In, Res};
use crate::front::spec::ast::{BoundsPass, VerifySetting};
use crate::front::spec::production::Production;
use crate::question::verify::{Ask, Cases, Models, SmoothForm, Split};

/// One of them.
pub fn verify_setting(i: In<'_>) -> Res<'_, VerifySetting> {
    alt((bounds, split, cases, smooth, models, cuts, objective, binarised)).parse(i)
}

fn bounds(i: In<'_>) -> Res<'_, VerifySetting> {
    let inner = |i| {
        let (i, _) = keyword("bounds")(i)?;
        let only = |i| keyword("interval")(i).map(|(i, _)| (i, BoundsPass::Interval));
        if let Ok((i, alone)) = spanned(only)(i) {
            return Ok((i, VerifySetting::Bounds(vec![alone])));
        }
        let pass = rule(Production::BoundsPass, pass);
        cut(list(spanned(pass))).parse(i).map(|(i, passes)| (i, VerifySetting::Bounds(passes)))
    };
    rule(Production::Bounds, inner)(i)
}

fn pass(i: In<'_>) -> Res<'_, BoundsPass> {
    type Count = fn(usize) -> BoundsPass;
    const COUNTS: &[(&str, Count)] = &[
        ("slopes", BoundsPass::Slopes),
        ("programs", BoundsPass::Programs),
        ("nodes", BoundsPass::Nodes),
    ];
    if let Ok((i, _)) = keyword("linear")(i) {
        return Ok((i, BoundsPass::Linear));
    }
    if let Ok((i, _)) = keyword("from")(i) {
        return cut(string).parse(i).map(|(i, path)| (i, BoundsPass::From(path)));
    }
    let (i, count) = choice(COUNTS)(i)?;
    let (i, n) = cut(integer).parse(i)?;
    Ok((i, (count.node)(n.node)))
}

fn split(i: In<'_>) -> Res<'_, VerifySetting> {
    let inner = |i| {
        let (i, _) = keyword("split")(i)?;
        if let Ok((i, _)) = keyword("partition")(i) {
            let (i, parts) = cut(integer).parse(i)?;
            return Ok((i, VerifySetting::Split(Split::Partition { parts: parts.node })));
        }
        let words = choice(&[
            ("big-m", Split::BigM),
            ("indicator", Split::Indicator),
            ("sos1", Split::Sos1),
            ("complementarity", Split::Complementarity),
        ]);
        cut(words).parse(i).map(|(i, split)| (i, VerifySetting::Split(split.node)))
    };
    rule(Production::Split, inner)(i)
}

fn cases(i: In<'_>) -> Res<'_, VerifySetting> {
    let (i, _) = keyword("cases")(i)?;
    let words = choice(&[("big-m", Cases::BigM), ("indicator", Cases::Indicator)]);
    cut(words).parse(i).map(|(i, cases)| (i, VerifySetting::Cases(cases.node)))
}

fn smooth(i: In<'_>) -> Res<'_, VerifySetting> {
    let inner = |i| {
        let (i, _) = keyword("smooth")(i)?;
        if let Ok((i, _)) = keyword("pieces")(i) {
            let (i, pieces) = cut(integer).parse(i)?;
            return Ok((i, VerifySetting::Smooth(SmoothForm::Pieces(pieces.node))));
        }
        let words = choice(&[("exact", SmoothForm::Exact), ("refuse", SmoothForm::Refuse)]);
        cut(words).parse(i).map(|(i, form)| (i, VerifySetting::Smooth(form.node)))
    };
    rule(Production::Smooth, inner)(i)
}

fn models(i: In<'_>) -> Res<'_, VerifySetting> {
    let (i, _) = keyword("models")(i)?;
    let words = choice(&[("each", Models::Each), ("together", Models::Together)]);
    cut(words).parse(i).map(|(i, models)| (i, VerifySetting::Models(models.node)))
}

fn cuts(i: In<'_>) -> Res<'_, VerifySetting> {
    let (i, _) = keyword("cuts")(i)?;
    cut(integer).parse(i).map(|(i, rounds)| (i, VerifySetting::Cuts(rounds.node)))
}

fn objective(i: In<'_>) -> Res<'_, VerifySetting> {
    let (i, _) = keyword("objective")(i)?;
    let words = choice(&[("margin", Ask::Margin), ("feasibility", Ask::Feasibility)]);
    cut(words).parse(i).map(|(i, ask)| (i, VerifySetting::Objective(ask.node)))
}

fn binarised(i: In<'_>) -> Res<'_, VerifySetting> {
    let (i, _) = keyword("binarised")(i)?;
    match keyword("layerwise")(i) {
        Ok((i, _)) => cut(integer).parse(i).map(|(i, n)| (i, VerifySetting::Binarised(n.node))),
        Err(_) => Ok((i, VerifySetting::Binarised(0))),
    }
}
