//! Sums of terms: `3 x + [ 2 x * y + z ^ 2 ] / 2 - 5`.

use std::collections::BTreeSet;

use super::super::columns::Columns;
use super::super::error::{Located, Outcome, Problem};
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
    /// The number of the sum that each column was met in last.
    newest: Vec<u64>,
    /// The number of this sum.
    number: u64,
    products: BTreeSet<(VarId, VarId)>,
}

impl Expr {
    fn clear(&mut self) {
        self.linear.clear();
        self.quad.clear();
        self.products.clear();
        (self.constant, self.has_constant) = (0.0, false);
        self.number += 1;
    }

    /// Adds a term. HiGHS keeps the last of two in an objective, SCIP in a row; others add them up.
    fn add(
        &mut self,
        id: VarId,
        value: f64,
        columns: &Columns<'_>,
        lexer: &Lexer<'_>,
    ) -> Outcome<()> {
        if self.newest.len() <= id.index() {
            self.newest.resize(columns.len(), 0);
        }
        if std::mem::replace(&mut self.newest[id.index()], self.number) == self.number {
            return Err(twice(lexer, format!("the column `{}`", columns.name(id))));
        }
        self.linear.push((id, value));
        Ok(())
    }

    fn add_product(
        &mut self,
        term: QuadTerm,
        columns: &Columns<'_>,
        lexer: &Lexer<'_>,
    ) -> Outcome<()> {
        if !self.products.insert((term.i.min(term.j), term.i.max(term.j))) {
            let (i, j) = (columns.name(term.i), columns.name(term.j));
            return Err(twice(lexer, format!("the product `{i} * {j}`")));
        }
        self.quad.push(term);
        Ok(())
    }
}

fn twice(lexer: &Lexer<'_>, what: String) -> Located {
    let what = format!("{what} twice in one row or objective");
    lexer.fail(Problem::ambiguous(what, "add the two terms up"))
}

/// The column of this name. HiGHS takes `inf` and `nan` at the beginning of a name for a number and
/// keeps the rest as the name.
pub(super) fn column<'a>(
    lexer: &Lexer<'a>,
    columns: &mut Columns<'a>,
    name: &'a str,
) -> Outcome<VarId> {
    let begins =
        |word: &str| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if begins("inf") || begins("nan") {
        let what = format!("a column named `{name}`, which may be a number,");
        return Err(lexer.fail(Problem::ambiguous(what, "give it another name")));
    }
    Ok(columns.meet(name))
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
    out.clear();
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
        let sign = sign(lexer)?;
        term(lexer, columns, side, sign, out)?;
        first = false;
    }
}

/// The sign that stands here, if one does. Two of them are two minus signs to SCIP and HiGHS alone.
pub(super) fn sign(lexer: &mut Lexer<'_>) -> Outcome<f64> {
    let (token, ahead) = lexer.peek()?;
    let sign = match token {
        Token::Plus => 1.0,
        Token::Minus => -1.0,
        _ => return Ok(1.0),
    };
    *lexer = ahead;
    match lexer.peek()?.0 {
        Token::Plus | Token::Minus => {
            Err(lexer.fail(Problem::ambiguous("two signs in a row", "write the one that is meant")))
        }
        _ => Ok(sign),
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
            let id = column(lexer, columns, name)?;
            out.add(id, sign, columns, lexer)?;
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
                    let id = column(lexer, columns, name)?;
                    out.add(id, sign * number, columns, lexer)?;
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
    outer: f64,
    out: &mut Expr,
) -> Outcome<()> {
    let begin = out.quad.len();
    while lexer.peek()?.0 != Token::Close {
        let inner = outer * sign(lexer)?;
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
        let i = column(lexer, columns, name)?;
        let j = match (lexer.next()?, lexer.next()?) {
            (Token::Caret, Token::Number(2.0)) => i,
            (Token::Times, Token::Name(other)) => column(lexer, columns, other)?,
            (found, behind) => {
                let found = format!("{} {}", found.words(), behind.words());
                let expected = "`^ 2` or `* column` (a bracket holds quadratic terms alone)";
                return Err(lexer.fail(Problem::expected(expected, found)));
            }
        };
        out.add_product(QuadTerm { i, j, coefficient: inner * coefficient }, columns, lexer)?;
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
