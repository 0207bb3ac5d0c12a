//! Formulas over the inputs `x` and outputs `y` of a network.

use nom::Parser;
use nom::combinator::cut;

use super::exact::magnitude;
use super::lex::{choice, gap, integer, keyword, next_is, rule, spanned, symbol};
use super::state::{In, Res};
use crate::front::spec::ast::{Comparison, Element, Formula, Part, Sum};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::production::Production;
use crate::front::spec::span::{Span, Spanned};
use crate::question::verify::Relation;

/// Parentheses and negations inside each other.
const DEEPEST: usize = 50;

/// `a and b or not (c <= d)`
pub fn formula(i: In<'_>) -> Res<'_, Formula> {
    any(0, i)
}

/// Blanks inside parentheses include line breaks.
fn blanks(depth: usize, i: In<'_>) -> In<'_> {
    if depth > 0 { gap(i) } else { i }
}

fn any(depth: usize, i: In<'_>) -> Res<'_, Formula> {
    rule(Production::Formula, |i| joined(depth, "or", all, Formula::Any, i))(i)
}

fn all(depth: usize, i: In<'_>) -> Res<'_, Formula> {
    rule(Production::Conjunction, |i| joined(depth, "and", condition, Formula::All, i))(i)
}

/// Parts with a word between them, before and behind which the line may end.
fn joined<'a>(
    depth: usize,
    word: &'static str,
    part: fn(usize, In<'a>) -> Res<'a, Formula>,
    join: fn(Vec<Formula>) -> Formula,
    i: In<'a>,
) -> Res<'a, Formula> {
    let (mut i, first) = part(depth, i)?;
    let mut parts = Vec::new();
    while let Ok((rest, _)) = keyword(word)(next_is(word, i)) {
        let (rest, next) = cut(|i| part(depth, i)).parse(gap(rest))?;
        parts.push(next);
        i = rest;
    }
    if parts.is_empty() {
        return Ok((i, first));
    }
    parts.insert(0, first);
    Ok((i, join(parts)))
}

fn condition(depth: usize, i: In<'_>) -> Res<'_, Formula> {
    rule(Production::Condition, |i| one(depth, i))(i)
}

fn one(depth: usize, i: In<'_>) -> Res<'_, Formula> {
    let i = blanks(depth, i);
    let opened = match keyword("not")(i) {
        Ok((rest, span)) => {
            let rest = deeper(depth, rest, span)?;
            let (rest, negated) = cut(|i| condition(depth + 1, i)).parse(rest)?;
            return Ok((rest, Formula::Not(Box::new(negated))));
        }
        Err(_) => symbol("(")(i),
    };
    let Ok((rest, span)) = opened else { return compare(depth, i) };
    let rest = deeper(depth, rest, span)?;
    let (rest, inside) = cut(|i| any(depth + 1, i)).parse(gap(rest))?;
    let (rest, _) = cut(symbol(")")).parse(gap(rest))?;
    Ok((rest, inside))
}

/// Refuses what is nested so deeply that a reader could run out of memory for calls.
fn deeper<'a>(depth: usize, i: In<'a>, span: Span) -> Result<In<'a>, nom::Err<super::state::Miss>> {
    if depth < DEEPEST {
        return Ok(i);
    }
    let message = format!("a formula is nested more than {DEEPEST} times");
    let error = Diagnostic::new(Code::Unexpected, message, span).label("too deep");
    i.extra.fail(error.help("write it flatter, or as a VNN-LIB file: `ask property \"p.vnnlib\"`"))
}

fn compare(depth: usize, i: In<'_>) -> Res<'_, Formula> {
    let (i, first) = sum(depth, i)?;
    let mut next = |i| {
        let (i, comparison) = comparison(blanks(depth, i))?;
        let (i, side) = cut(|i| sum(depth, i)).parse(i)?;
        Ok::<_, nom::Err<super::state::Miss>>((i, (comparison, side)))
    };
    let (mut i, second) = cut(&mut next).parse(i)?;
    let mut rest = vec![second];
    loop {
        match next(i) {
            Ok((behind, side)) => {
                rest.push(side);
                i = behind;
            }
            Err(nom::Err::Error(_)) => return Ok((i, Formula::Compare(first, rest))),
            Err(failure) => return Err(failure),
        }
    }
}

/// `<=` and the like
pub fn comparison(i: In<'_>) -> Res<'_, Comparison> {
    use Relation::{AtMost, Below, Equal};
    let known =
        [(">=", AtMost, true), ("<=", AtMost, false), (">", Below, true), ("<", Below, false)];
    for (text, relation, exchanged) in known {
        if let Ok((i, _)) = symbol(text)(i) {
            i.extra.seen(Production::Relation);
            i.extra.seen(Production::Comparison);
            return Ok((i, Comparison { relation, exchanged }));
        }
    }
    let (i, _) = symbol("=")(i)?;
    i.extra.seen(Production::Comparison);
    Ok((i, Comparison { relation: Equal, exchanged: false }))
}

fn sum(depth: usize, i: In<'_>) -> Res<'_, Sum> {
    let inner = |i| {
        let start = blanks(depth, i);
        let (i, negative) = sign(start).unwrap_or((start, false));
        let (mut i, first) = part(depth, negative, i)?;
        let mut parts = vec![first];
        while let Ok((rest, negative)) = sign(blanks(depth, i)) {
            let (rest, next) = cut(|i| part(depth, negative, i)).parse(rest)?;
            parts.push(next);
            i = rest;
        }
        Ok((i, Sum { parts }))
    };
    rule(Production::Sum, inner)(i)
}

/// Whether a part is subtracted.
pub fn sign(i: In<'_>) -> Res<'_, bool> {
    match symbol("+")(i) {
        Ok((i, _)) => Ok((i, false)),
        Err(_) => symbol("-")(i).map(|(i, _)| (i, true)),
    }
}

fn part(depth: usize, negative: bool, i: In<'_>) -> Res<'_, Spanned<Part>> {
    let inner = |i| {
        let (i, factor) = match magnitude(i) {
            Ok((i, factor)) => (i, factor),
            Err(nom::Err::Error(_)) => {
                let (i, element) = element(depth, i)?;
                return Ok((i, Part { negative, factor: None, element: Some(element) }));
            }
            Err(failure) => return Err(failure),
        };
        let (i, element) = match symbol("*")(blanks(depth, i)) {
            Ok((i, _)) => {
                let element = |i| element(depth, i);
                cut(element).parse(blanks(depth, i)).map(|(i, e)| (i, Some(e)))?
            }
            Err(_) => (i, None),
        };
        Ok((i, Part { negative, factor: Some(factor), element }))
    };
    rule(Production::Part, spanned(inner))(blanks(depth, i))
}

fn element(depth: usize, i: In<'_>) -> Res<'_, Element> {
    let inner = |i| {
        let (i, output) = choice(&[("x", false), ("y", true)])(i)?;
        let (i, _) = cut(symbol("[")).parse(blanks(depth, i))?;
        let (i, index) = cut(integer).parse(blanks(depth, i))?;
        let (i, _) = cut(symbol("]")).parse(blanks(depth, i))?;
        Ok((i, Element { output: output.node, index: index.node }))
    };
    rule(Production::Element, inner)(i)
}
