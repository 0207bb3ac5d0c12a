//! `ask property`, `ask robust`, `ask never`, `perturb` and `inputs`

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};

use super::block::block;
use super::common::{bracketed, row_range};
use super::exact::{exact_vector, quotient, range};
use super::formula::formula;
use super::lex::{choice, gap, integer, keyword, name, rule, spanned, string};
use super::state::{In, Res};
use crate::front::spec::ast::{
    Elements, InputSetting, Inputs, Largest, Norm, Perturb, PerturbSetting, Range, Safety, Spot,
};
use crate::front::spec::production::Production;
use crate::front::spec::span::Spanned;
use crate::question::verify::Ties;

/// What follows `ask`.
pub fn safety(i: In<'_>) -> Res<'_, Safety> {
    if let Ok((i, _)) = keyword("property")(i) {
        let (i, path) = cut(string).parse(i)?;
        return Ok((i, Safety::Property(path)));
    }
    if let Ok((i, _)) = keyword("never")(i) {
        let (i, forbidden) = cut(spanned(formula)).parse(gap(i))?;
        return Ok((i, Safety::Never(forbidden)));
    }
    if keyword("largest")(i).is_ok() {
        let (i, asked) = rule(Production::Largest, largest)(i)?;
        return Ok((i, Safety::Largest(asked)));
    }
    let (i, _) = keyword("robust")(i)?;
    let (i, (spot, ties)) = place(i)?;
    Ok((i, Safety::Robust(spot, ties)))
}

/// `at test[7] ties right`
fn place(i: In<'_>) -> Res<'_, (Spanned<Spot>, Ties)> {
    let (i, _) = cut(keyword("at")).parse(i)?;
    let (i, spot) = cut(spanned(rule(Production::Spot, spot))).parse(i)?;
    let (i, ties) = opt(ties).parse(i)?;
    Ok((i, (spot, ties.unwrap_or_default())))
}

/// `largest radius at test[7] step 1/255`
fn largest(i: In<'_>) -> Res<'_, Largest> {
    let phrase = |i| {
        let (i, _) = keyword("largest")(i)?;
        let (i, _) = cut(keyword("radius")).parse(i)?;
        Ok((i, ()))
    };
    let (i, phrase) = spanned(phrase)(i)?;
    let (i, (spot, ties)) = place(i)?;
    let step = |i| {
        let (i, _) = keyword("step")(i)?;
        cut(quotient).parse(i)
    };
    let (i, step) = opt(spanned(step)).parse(i)?;
    Ok((i, Largest { phrase, spot, ties, step }))
}

/// `ties right`
fn ties(i: In<'_>) -> Res<'_, Ties> {
    let inner = |i| {
        let (i, _) = keyword("ties")(i)?;
        let all = choice(&[("wrong", Ties::Wrong), ("right", Ties::Right), ("first", Ties::First)]);
        let (i, ties) = cut(all).parse(i)?;
        Ok((i, ties.node))
    };
    rule(Production::Ties, inner)(i)
}

fn spot(i: In<'_>) -> Res<'_, Spot> {
    let point = |i| {
        let (i, input) = exact_vector(i)?;
        let (i, _) = cut(keyword("label")).parse(i)?;
        let (i, label) = cut(integer).parse(i)?;
        Ok((i, Spot::Point { input, label }))
    };
    let row = |i| {
        let (i, data) = name(i)?;
        let list = rule(Production::RowList, bracketed("[", row_range, "]"));
        let (i, rows) = cut(spanned(list)).parse(i)?;
        Ok((i, Spot::Row { data, rows }))
    };
    alt((point, row)).parse(i)
}

/// `perturb { ... }`
pub fn perturb(i: In<'_>) -> Res<'_, Perturb> {
    let inner = |i| {
        let (i, _) = keyword("perturb")(i)?;
        let (i, settings) = block(rule(Production::PerturbSetting, perturb_setting))(i)?;
        Ok((i, Perturb { settings }))
    };
    rule(Production::Perturb, inner)(i)
}

fn perturb_setting(i: In<'_>) -> Res<'_, PerturbSetting> {
    let norms = choice(&[("linf", Norm::Linf), ("l1", Norm::L1), ("l2", Norm::L2)]);
    if let Ok((i, norm)) = norms(i) {
        let (i, radius) = cut(quotient).parse(i)?;
        let (i, within) = opt(bounded).parse(i)?;
        return Ok((i, PerturbSetting::Norm(norm.node, radius, within)));
    }
    if let Ok((i, _)) = keyword("offset")(i) {
        let (i, elements) = cut(elements).parse(i)?;
        let (i, _) = cut(keyword("in")).parse(i)?;
        let (i, by) = cut(range).parse(i)?;
        return Ok((i, PerturbSetting::Offset(elements, by)));
    }
    if let Ok((i, _)) = keyword("lattice")(i) {
        let (i, step) = cut(quotient).parse(i)?;
        return Ok((i, PerturbSetting::Lattice(step)));
    }
    let within = |i| bounded(i).map(|(i, r)| (i, PerturbSetting::Within(r)));
    let row = |i| spanned(formula)(i).map(|(i, f)| (i, PerturbSetting::Row(f)));
    alt((within, row)).parse(i)
}

/// `within [0, 1]`
fn bounded(i: In<'_>) -> Res<'_, Range> {
    let inner = |i| {
        let (i, _) = keyword("within")(i)?;
        cut(range).parse(i)
    };
    rule(Production::Bounded, inner)(i)
}

/// `x` or `x[0..3, 7]`
fn elements(i: In<'_>) -> Res<'_, Elements> {
    let inner = |i| {
        let (i, _) = keyword("x")(i)?;
        let list = rule(Production::RowList, bracketed("[", row_range, "]"));
        let (i, list) = opt(spanned(list)).parse(i)?;
        Ok((i, Elements { list }))
    };
    rule(Production::Elements, inner)(i)
}

/// `inputs { ... }`
pub fn inputs(i: In<'_>) -> Res<'_, Inputs> {
    let inner = |i| {
        let (i, _) = keyword("inputs")(i)?;
        let (i, settings) = block(rule(Production::InputSetting, input_setting))(i)?;
        Ok((i, Inputs { settings }))
    };
    rule(Production::Inputs, inner)(i)
}

fn input_setting(i: In<'_>) -> Res<'_, InputSetting> {
    // `x[0]` begins a formula too.
    let bounds = |i| {
        let (i, elements) = elements(i)?;
        let (i, _) = keyword("in")(i)?;
        let (i, ends) = cut(range).parse(i)?;
        Ok((i, InputSetting::In(elements, ends)))
    };
    let formula = |i| formula(i).map(|(i, f)| (i, InputSetting::Formula(f)));
    alt((bounds, formula)).parse(i)
}
