//! Sums of terms: `3 x + [ 2 x * y + z ^ 2 ] / 2 - 5`.

use super::super::columns::Columns;
use super::super::error::{Outcome, Problem};
use super::lex::{Lexer, Token};
use super::section::section;
use crate::ir::{QuadTerm, VarId};

/// A sum, as far as it was read.
#[derive(Debug, Default)]
pub(super) struct Expr {
    pub linear: Vec<(VarId, f64)>,
    pub quad: Vec<QuadTerm>,
    pub constant: f64,
    /// Whether a constant was written.
    pub has_constant: bool,
}

/// What a bracket stands in: the half behind it means something else in either.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Objective,
    Row,
}

/// Reads terms until a relation, a section or the end.
pub(super) fn read<'a>(
    lexer: &mut Lexer<'a>,
    columns: &mut Columns<'a>,
    side: Side,
    out: &mut Expr,
) -> Outcome<()> {
    out.linear.clear();
    out.quad.clear();
    (out.constant, out.has_constant) = (0.0, false);
    let mut first = true;
    loop {
        let (token, _) = lexer.peek()?;
        match token {
            Token::Le | Token::Ge | Token::Eq | Token::Arrow | Token::End => return Ok(()),
            _ if section(lexer)?.is_some() => return Ok(()),
            Token::Plus | Token::Minus => {}
            other if !first => {
                lexer.next()?;
                let found = other.words();
                return Err(lexer.fail(Problem::expected("a sign or a relation", found)));
            }
            _ => {}
        }
        let sign = signs(lexer)?;
        term(lexer, columns, side, sign, out)?;
        first = false;
    }
}

/// All signs that stand here, multiplied.
pub(super) fn signs(lexer: &mut Lexer<'_>) -> Outcome<f64> {
    let mut sign = 1.0;
    loop {
        let (token, ahead) = lexer.peek()?;
        match token {
            Token::Plus => {}
            Token::Minus => sign = -sign,
            _ => return Ok(sign),
        }
        *lexer = ahead;
    }
}

fn term<'a>(
    lexer: &mut Lexer<'a>,
    columns: &mut Columns<'a>,
    side: Side,
    sign: f64,
    out: &mut Expr,
) -> Outcome<()> {
    match lexer.next()? {
        Token::Open => bracket(lexer, columns, side, sign, out),
        Token::Name(name) => {
            out.linear.push((columns.meet(name), sign));
            no_product(lexer)
        }
        Token::Number(number) => {
            let (mut token, mut ahead) = lexer.peek()?;
            let times = token == Token::Times;
            if times {
                (token, ahead) = ahead.peek()?;
            }
            match token {
                Token::Name(name) if times || section(lexer)?.is_none() => {
                    *lexer = ahead;
                    out.linear.push((columns.meet(name), sign * number));
                    no_product(lexer)
                }
                Token::Open => Err(ahead.fail(Problem::unsupported(
                    "a number in front of a bracket",
                    "multiply it into the bracket",
                ))),
                _ if times => Err(ahead.fail(Problem::expected("a name", token.words()))),
                _ => {
                    out.constant += sign * number;
                    out.has_constant = true;
                    Ok(())
                }
            }
        }
        other => Err(lexer.fail(Problem::expected("a term", other.words()))),
    }
}

/// Products stand in brackets only.
fn no_product(lexer: &Lexer<'_>) -> Outcome<()> {
    match lexer.peek()? {
        (token @ (Token::Times | Token::Caret | Token::Slash), ahead) => {
            let found = token.words();
            let expected = "a sign or a relation (products stand within `[ ]`)";
            Err(ahead.fail(Problem::expected(expected, found)))
        }
        _ => Ok(()),
    }
}

/// `[ x ^ 2 + 3 x * y ]`, and the half behind it.
fn bracket<'a>(
    lexer: &mut Lexer<'a>,
    columns: &mut Columns<'a>,
    side: Side,
    sign: f64,
    out: &mut Expr,
) -> Outcome<()> {
    let begin = out.quad.len();
    while lexer.peek()?.0 != Token::Close {
        let inner = sign * signs(lexer)?;
        let mut coefficient = 1.0;
        let mut token = lexer.next()?;
        if let Token::Number(number) = token {
            coefficient = number;
            token = lexer.next()?;
            if token == Token::Times {
                token = lexer.next()?;
            }
        }
        let Token::Name(name) = token else {
            let found = token.words();
            return Err(lexer.fail(Problem::expected("a product of columns", found)));
        };
        let i = columns.meet(name);
        let j = match (lexer.next()?, lexer.next()?) {
            (Token::Caret, Token::Number(2.0)) => i,
            (Token::Times, Token::Name(other)) => columns.meet(other),
            (found, behind) => {
                let found = format!("{} {}", found.words(), behind.words());
                let expected = "`^ 2` or `* column` (a bracket holds quadratic terms alone)";
                return Err(lexer.fail(Problem::expected(expected, found)));
            }
        };
        out.quad.push(QuadTerm { i, j, coefficient: inner * coefficient });
        let (token, ahead) = lexer.peek()?;
        if !matches!(token, Token::Plus | Token::Minus | Token::Close) {
            return Err(ahead.fail(Problem::expected("a sign or `]`", token.words())));
        }
    }
    lexer.next()?;
    let halved = half(lexer)?;
    match side {
        Side::Objective if !halved && out.quad.len() > begin => Err(lexer.fail(Problem::ambiguous(
            "a bracket in the objective without `/ 2` behind it (Xpress and CPLEX halve it all the same, Gurobi does not)",
            "double its coefficients and write `/ 2`",
        ))),
        Side::Objective | Side::Row => {
            if halved {
                out.quad[begin..].iter_mut().for_each(|t| t.coefficient /= 2.0);
            }
            Ok(())
        }
    }
}

fn half(lexer: &mut Lexer<'_>) -> Outcome<bool> {
    let (Token::Slash, ahead) = lexer.peek()? else { return Ok(false) };
    *lexer = ahead;
    match lexer.next()? {
        Token::Number(2.0) => Ok(true),
        other => Err(lexer.fail(Problem::expected("`2`", other.words()))),
    }
}
