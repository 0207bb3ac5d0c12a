//! Numbers that keep their text: decimals and quotients of decimals.

use nom::Parser;
use nom::combinator::cut;

use super::lex::{decimal_text, gap, rule, spanned, symbol};
use super::state::{In, Res};
use crate::front::spec::ast::{Exact, Quotient, Range};
use crate::front::spec::production::Production;
use crate::front::spec::span::Spanned;

/// `-8/255`
pub fn quotient(i: In<'_>) -> Res<'_, Exact> {
    rule(Production::Quotient, |i| divided(Production::Number, i))(i)
}

/// `8/255`, without a sign.
pub fn magnitude(i: In<'_>) -> Res<'_, Exact> {
    rule(Production::Magnitude, |i| divided(Production::Unsigned, i))(i)
}

fn divided(production: Production, i: In<'_>) -> Res<'_, Exact> {
    let inner = |i| {
        let (i, number) = decimal_text(i, production)?;
        let (i, over) = match symbol("/")(i) {
            Ok((i, _)) => {
                let over = |i| decimal_text(i, Production::Unsigned);
                cut(over).parse(i).map(|(i, over)| (i, Some(over)))?
            }
            Err(_) => (i, None),
        };
        Ok((i, Quotient { number, over }))
    };
    spanned(inner)(i)
}

/// `[lo, hi]`
pub fn range(i: In<'_>) -> Res<'_, Range> {
    let inner = |i| {
        let (i, _) = symbol("[")(i)?;
        let (i, lo) = cut(quotient).parse(gap(i))?;
        let (i, _) = cut(symbol(",")).parse(gap(i))?;
        let (i, hi) = cut(quotient).parse(gap(i))?;
        let (i, _) = cut(symbol("]")).parse(gap(i))?;
        Ok((i, (lo, hi)))
    };
    rule(Production::Range, spanned(inner))(i)
}

/// `(0.5, 1/3)`
pub fn exact_vector(i: In<'_>) -> Res<'_, Spanned<Vec<Exact>>> {
    let inner = |i| super::common::bracketed("(", quotient, ")")(i);
    rule(Production::ExactVector, spanned(inner))(i)
}
