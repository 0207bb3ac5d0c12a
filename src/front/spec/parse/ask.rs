//! `ask` and `prove`

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};

use super::common::{bracketed, parameter, row_range, target, vector, within};
use super::lex::{choice, keyword, name, number, rule, spanned, symbol, unsigned};
use super::state::{Expected, In, Res};
use crate::front::spec::ast::{Ask, Backdoor, Goal, Prove, Quantity, Term, Test};
use crate::front::spec::production::Production;
use crate::front::spec::span::Spanned;
use crate::question::Relation;

/// `ask ...`
pub fn ask(i: In<'_>) -> Res<'_, Ask> {
    let inner = |i| {
        let (i, _) = keyword("ask")(i)?;
        let poison = |i| spanned(rule(Production::Goal, goal))(i).map(|(i, g)| (i, Ask::Poison(g)));
        let verify = |i| {
            spanned(rule(Production::Safety, super::verify::safety))(i)
                .map(|(i, s)| (i, Ask::Verify(s)))
        };
        let reach = |i| rule(Production::Reach, reach)(i).map(|(i, test)| (i, Ask::Reach(test)));
        cut(alt((poison, reach, verify))).parse(i)
    };
    rule(Production::Ask, inner)(i)
}

fn reach(i: In<'_>) -> Res<'_, Spanned<Test>> {
    let (i, _) = keyword("reach")(i)?;
    after("on", i)
}

fn goal(i: In<'_>) -> Res<'_, Goal> {
    if let Ok((i, _)) = keyword("smallest")(i) {
        let (i, _) = cut(keyword("budget")).parse(i)?;
        let (i, test) = after("at", i)?;
        return Ok((i, Goal::Budget(test)));
    }
    let (i, _) = keyword("worst")(i)?;
    let what = choice(&[
        ("margin", Quantity::Margin),
        ("errors", Quantity::Errors),
        ("loss", Quantity::Loss),
        ("direction", Quantity::Direction),
        ("squared", Quantity::SquaredError),
    ]);
    let (i, what) = cut(what).parse(i)?;
    match what.node {
        Quantity::Margin | Quantity::Budget => {
            let (i, test) = after("at", i)?;
            let (i, backdoor) = opt(backdoor).parse(i)?;
            Ok((i, Goal::Margin(test, backdoor)))
        }
        Quantity::Errors => after("on", i).map(|(i, test)| (i, Goal::Errors(test))),
        Quantity::Loss => after("on", i).map(|(i, test)| (i, Goal::Loss(test))),
        Quantity::Direction => {
            let (i, terms) = cut(direction).parse(i)?;
            Ok((i, Goal::Direction(terms)))
        }
        Quantity::SquaredError => {
            let (i, _) = cut(keyword("error")).parse(i)?;
            after("at", i).map(|(i, test)| (i, Goal::SquaredError(test)))
        }
    }
}

fn after<'a>(preposition: &'static str, i: In<'a>) -> Res<'a, Spanned<Test>> {
    let (i, _) = cut(keyword(preposition)).parse(i)?;
    cut(spanned(rule(Production::Test, test))).parse(i)
}

fn test(i: In<'_>) -> Res<'_, Test> {
    alt((point, rows)).parse(i)
}

fn point(i: In<'_>) -> Res<'_, Test> {
    let (i, input) = vector(i)?;
    let (i, _) = cut(keyword("label")).parse(i)?;
    let (i, target) = cut(target).parse(i)?;
    Ok((i, Test::Point { input, target }))
}

fn rows(i: In<'_>) -> Res<'_, Test> {
    let (i, data) = name(i)?;
    let list = rule(Production::RowList, bracketed("[", row_range, "]"));
    let (i, rows) = opt(list).parse(i)?;
    Ok((i, Test::Rows { data, rows }))
}

fn backdoor(i: In<'_>) -> Res<'_, Spanned<Backdoor>> {
    let inner = |i| {
        let (i, _) = keyword("with")(i)?;
        let (i, _) = cut(keyword("backdoor")).parse(i)?;
        let (i, _) = cut(keyword("linf")).parse(i)?;
        let (i, eps) = cut(number).parse(i)?;
        let (i, within) = opt(within).parse(i)?;
        Ok((i, Backdoor { eps: eps.node, within }))
    };
    rule(Production::Backdoor, spanned(inner))(i)
}

fn direction(i: In<'_>) -> Res<'_, Vec<Spanned<Term>>> {
    let inner = |i| {
        let (i, sign) = opt(sign).parse(i)?;
        let (mut i, first) = cut(term(sign.unwrap_or(1.0))).parse(i)?;
        let mut terms = vec![first];
        while let Ok((rest, sign)) = self::sign(i) {
            let (rest, next) = cut(term(sign)).parse(rest)?;
            terms.push(next);
            i = rest;
        }
        Ok((i, terms))
    };
    rule(Production::Direction, inner)(i)
}

fn sign(i: In<'_>) -> Res<'_, f64> {
    alt((|i| symbol("+")(i).map(|(i, _)| (i, 1.0)), |i| symbol("-")(i).map(|(i, _)| (i, -1.0))))
        .parse(i)
}

fn term<'a>(sign: f64) -> impl FnMut(In<'a>) -> Res<'a, Spanned<Term>> {
    let inner = move |i| {
        let (i, coefficient) = match unsigned(i) {
            Ok((i, n)) => cut(symbol("*")).parse(i).map(|(i, _)| (i, n.node))?,
            Err(nom::Err::Error(_)) => (i, 1.0),
            Err(e) => return Err(e),
        };
        let (i, parameter) = parameter(i)?;
        Ok((i, Term { coefficient: sign * coefficient, parameter: parameter.node }))
    };
    rule(Production::Term, spanned(inner))
}

/// `prove ...`
pub fn prove(i: In<'_>) -> Res<'_, Prove> {
    let inner = |i| {
        let (i, _) = keyword("prove")(i)?;
        let (i, quantity) = cut(spanned(rule(Production::Quantity, quantity))).parse(i)?;
        let (i, relation) = cut(rule(Production::Relation, relation)).parse(i)?;
        let (i, value) = cut(number).parse(i)?;
        Ok((i, Prove { quantity, relation, value: value.node }))
    };
    rule(Production::Prove, inner)(i)
}

fn quantity(i: In<'_>) -> Res<'_, Quantity> {
    let what = choice(&[
        ("margin", Quantity::Margin),
        ("errors", Quantity::Errors),
        ("loss", Quantity::Loss),
        ("direction", Quantity::Direction),
        ("budget", Quantity::Budget),
        ("squared", Quantity::SquaredError),
    ]);
    let (i, what) = what(i)?;
    match what.node {
        Quantity::SquaredError => {
            let (i, _) = cut(keyword("error")).parse(i)?;
            Ok((i, Quantity::SquaredError))
        }
        other @ (Quantity::Margin
        | Quantity::Errors
        | Quantity::Loss
        | Quantity::Direction
        | Quantity::Budget) => Ok((i, other)),
    }
}

fn relation(i: In<'_>) -> Res<'_, Relation> {
    for (text, relation) in [
        (">=", Relation::AtLeast),
        ("<=", Relation::AtMost),
        (">", Relation::Greater),
        ("<", Relation::Less),
    ] {
        if let Ok((i, _)) = symbol(text)(i) {
            return Ok((i, relation));
        }
    }
    i.extra.miss(i, Expected::Literal(">"))
}
