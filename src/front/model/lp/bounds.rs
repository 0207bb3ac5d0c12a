//! `Bounds`, `Generals` and `Binaries`.

use super::super::columns::Columns;
use super::super::error::{Outcome, Problem};
use super::expr::{column, sign};
use super::lex::{Lexer, Token};
use super::section::section;
use crate::front::printable;
use crate::ir::{VarId, VarKind};

/// A number with its signs, or an infinite one by name.
pub(super) fn number(lexer: &mut Lexer<'_>) -> Outcome<f64> {
    let sign = sign(lexer)?;
    match lexer.next()? {
        Token::Number(value) => Ok(sign * value),
        Token::Name(word) if is_infinity(word) => Ok(sign * f64::INFINITY),
        other => Err(lexer.fail(Problem::expected("a number", other.words()))),
    }
}

/// The number of a row's side. CBC 2.10 takes a sign with a blank behind it for a column.
pub(super) fn side(lexer: &mut Lexer<'_>) -> Outcome<f64> {
    if let (Token::Plus | Token::Minus, ahead) = lexer.peek()?
        && ahead.at_blank()
    {
        return Err(ahead.fail(Problem::ambiguous(
            "a blank between a sign and the number of a right-hand side",
            "write the sign right in front of the number",
        )));
    }
    number(lexer)
}

fn is_infinity(word: &str) -> bool {
    word.eq_ignore_ascii_case("inf") || word.eq_ignore_ascii_case("infinity")
}

/// One relation of a bound, with the column on its left.
fn apply(
    columns: &mut Columns<'_>,
    id: VarId,
    relation: Token<'_>,
    value: f64,
    lexer: &Lexer<'_>,
) -> Outcome<()> {
    let line = lexer.line;
    let crossed = match relation {
        Token::Ge => value == f64::INFINITY,
        Token::Le => value == f64::NEG_INFINITY,
        _ => value.is_infinite(),
    };
    if crossed {
        let expected = "a bound that leaves a value";
        return Err(lexer.fail(Problem::expected(expected, printable::number(value))));
    }
    if relation != Token::Le {
        columns.set_lower(id, value, line);
    }
    if relation != Token::Ge {
        columns.set_upper(id, value, line);
    }
    Ok(())
}

fn relation<'a>(lexer: &mut Lexer<'a>) -> Outcome<Token<'a>> {
    match lexer.next()? {
        token @ (Token::Le | Token::Ge | Token::Eq) => Ok(token),
        other => Err(lexer.fail(Problem::expected("a relation or `free`", other.words()))),
    }
}

fn mirrored(relation: Token<'_>) -> Token<'_> {
    match relation {
        Token::Le => Token::Ge,
        Token::Ge => Token::Le,
        other => other,
    }
}

/// The lines of `Bounds`.
pub(super) fn bounds<'a>(lexer: &mut Lexer<'a>, columns: &mut Columns<'a>) -> Outcome<()> {
    while lexer.peek()?.0 != Token::End && section(lexer)?.is_none() {
        match lexer.peek()? {
            (Token::Name(name), ahead) if !is_infinity(name) => {
                *lexer = ahead;
                let id = column(lexer, columns, name)?;
                if let (Token::Name(word), ahead) = lexer.peek()?
                    && word.eq_ignore_ascii_case("free")
                {
                    *lexer = ahead;
                    columns.set_lower(id, f64::NEG_INFINITY, lexer.line);
                    columns.set_upper(id, f64::INFINITY, lexer.line);
                    continue;
                }
                let relation = relation(lexer)?;
                let value = number(lexer)?;
                apply(columns, id, relation, value, lexer)?;
                no_second(lexer)?;
            }
            _ => two_sided(lexer, columns)?,
        }
    }
    Ok(())
}

/// `1 <= x`, `1 <= x <= 4`.
fn two_sided<'a>(lexer: &mut Lexer<'a>, columns: &mut Columns<'a>) -> Outcome<()> {
    let left = number(lexer)?;
    let first = relation(lexer)?;
    let id = match lexer.next()? {
        Token::Name(name) => column(lexer, columns, name)?,
        other => return Err(lexer.fail(Problem::expected("a column", other.words()))),
    };
    // `-inf <= x` says nothing, but readers differ: most set the lower bound to it, which is meant.
    apply(columns, id, mirrored(first), left, lexer)?;
    if matches!(lexer.peek()?.0, Token::Le | Token::Ge) {
        let second = relation(lexer)?;
        if second != first {
            return Err(
                lexer.fail(Problem::expected("the relation of the left side", second.words()))
            );
        }
        if second == Token::Ge {
            return Err(lexer.fail(Problem::ambiguous(
                "a bound of the form `5 >= x >= 2`",
                "write `2 <= x <= 5`",
            )));
        }
        let right = number(lexer)?;
        apply(columns, id, second, right, lexer)?;
    }
    no_second(lexer)
}

fn no_second(lexer: &Lexer<'_>) -> Outcome<()> {
    match lexer.peek()? {
        (token @ (Token::Le | Token::Ge | Token::Eq), ahead) => {
            Err(ahead.fail(Problem::expected("the next bound", token.words())))
        }
        _ => Ok(()),
    }
}

/// The names below `Generals` or `Binaries`.
pub(super) fn kinds<'a>(
    lexer: &mut Lexer<'a>,
    columns: &mut Columns<'a>,
    kind: VarKind,
) -> Outcome<()> {
    while section(lexer)?.is_none() {
        match lexer.next()? {
            Token::Name(name) => {
                let Some(id) = columns.find(name) else {
                    let name = name.to_owned();
                    return Err(lexer.fail(Problem::Undeclared { kind: "column", name }));
                };
                let old = columns.kind[id.index()];
                if old != VarKind::Continuous && old != kind {
                    return Err(lexer.fail(Problem::ambiguous(
                        format!("`{name}` as a general and a binary column"),
                        "name it in one section",
                    )));
                }
                let (lower, upper) = (columns.lower[id.index()], columns.upper[id.index()]);
                let outside = lower.is_some_and(|v| v < 0.0) || upper.is_some_and(|v| v > 1.0);
                if kind == VarKind::Binary && outside {
                    return Err(lexer.fail(Problem::ambiguous(
                        format!("a binary column `{name}` with bounds outside of 0 and 1"),
                        "leave its bounds out, or name it under Generals",
                    )));
                }
                columns.kind[id.index()] = kind;
            }
            Token::End => return Ok(()),
            other => return Err(lexer.fail(Problem::expected("a column", other.words()))),
        }
    }
    Ok(())
}
