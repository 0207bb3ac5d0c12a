//! LP files in CPLEX's dialect, as far as all of its readers agree on the meaning.
//!
//! What some readers take for something else is refused rather than guessed: constants in rows,
//! brackets without their half, files without `End`.

mod bounds;
mod expr;
mod lex;
mod section;

use super::Draft;
use super::columns::Columns;
use super::error::{Outcome, Problem};
use crate::front::printable::number;
use crate::ir::{
    Guard, Mark, Objective, Origin, Place, QuadTerm, RowId, Rule, Sense, Sos1, VarId, VarKind,
};
use expr::{Expr, Side};
use lex::{Lexer, Token};
use section::{Section, section};

/// Everything that the sections share.
struct Reader<'a> {
    lexer: Lexer<'a>,
    columns: Columns<'a>,
    draft: Draft,
    expr: Expr,
    /// The sections so far.
    met: Vec<Section>,
}

/// Reads an LP file.
pub(super) fn read(text: &str) -> Outcome<Draft> {
    let mut reader = Reader {
        lexer: Lexer::new(text),
        columns: Columns::default(),
        draft: Draft::default(),
        expr: Expr::default(),
        met: Vec::new(),
    };
    reader.objective()?;
    loop {
        let Some((found, ahead)) = section(&reader.lexer)? else {
            let token = reader.lexer.next()?;
            let problem = match token {
                Token::End => Problem::CutOff("`End`"),
                other => Problem::expected("a section", other.words()),
            };
            return Err(reader.lexer.fail(problem));
        };
        reader.lexer = ahead;
        match found {
            Section::End => break,
            other => {
                reader.in_order(other)?;
                reader.section(other)?;
            }
        }
    }
    match reader.lexer.next()? {
        Token::End => {}
        other => {
            let found = other.words();
            return Err(reader.lexer.fail(Problem::expected("nothing behind `End`", found)));
        }
    }
    let Reader { lexer, columns, mut draft, .. } = reader;
    if lexer.open_point {
        draft.note(
            "a number that ends in a point was read as the coefficient of the name behind it; CBC \
             reads another model",
        );
    }
    if lexer.leading_point {
        draft.note(
            "a name that begins with a point was read as a name; CPLEX reads another model, Xpress \
             and GLPK refuse the file",
        );
    }
    columns.finish(&mut draft.model)?;
    draft.indicators_are_binary()?;
    Ok(draft)
}

impl<'a> Reader<'a> {
    fn objective(&mut self) -> Outcome<()> {
        match section(&self.lexer)? {
            Some((Section::Minimise, ahead)) => self.lexer = ahead,
            Some((Section::Maximise, ahead)) => {
                self.lexer = ahead;
                self.draft.maximise = true;
            }
            _ => {
                let found = self.lexer.next()?.words();
                return Err(self.lexer.fail(Problem::expected("`Minimize` or `Maximize`", found)));
            }
        }
        self.label()?;
        expr::read(&mut self.lexer, &mut self.columns, Side::Objective, &mut self.expr)?;
        let token = self.lexer.peek()?.0;
        if matches!(token, Token::Le | Token::Ge | Token::Eq | Token::Arrow) {
            self.lexer.next()?;
            return Err(self
                .lexer
                .fail(Problem::expected("the end of the objective", token.words())));
        }
        if self.expr.has_constant {
            self.draft.note(
                "a number among the terms of the objective was read as a constant; Gurobi reads it \
                 as a column of that name",
            );
        }
        let sign = if self.draft.maximise { -1.0 } else { 1.0 };
        let linear: Vec<_> = self.expr.linear.iter().map(|&(v, a)| (v, sign * a)).collect();
        let quad: Vec<_> = self
            .expr
            .quad
            .iter()
            .map(|t| QuadTerm { coefficient: sign * t.coefficient, ..*t })
            .collect();
        // `0 - c`: the negative of nothing is no negative zero.
        let constant =
            if self.draft.maximise { 0.0 - self.expr.constant } else { self.expr.constant };
        self.draft.model.objective = Objective::new(&linear, &quad, constant);
        Ok(())
    }

    /// `name:`, if it stands here.
    fn label(&mut self) -> Outcome<Option<&'a str>> {
        if let (Token::Name(name), ahead) = self.lexer.peek()?
            && let (Token::Colon, behind) = ahead.peek()?
        {
            self.lexer = behind;
            return Ok(Some(name));
        }
        Ok(None)
    }

    /// CPLEX 22 ignores bounds and rows behind the lists of columns, CBC 2.10 rows behind bounds;
    /// half of the readers refuse such files, and sections that stand twice.
    fn in_order(&mut self, found: Section) -> Outcome<()> {
        let Some((place, words)) = found.place() else { return Ok(()) };
        let later = self.met.iter().filter_map(|s| s.place()).find(|s| s.0 > place);
        if let Some((_, before)) = later {
            return Err(self.lexer.fail(Problem::ambiguous(
                format!("a section {words} behind {before}"),
                "write the rows, then Bounds, then the lists of columns",
            )));
        }
        let once = matches!(found, Section::Rows | Section::Bounds);
        if once && self.met.contains(&found) {
            return Err(self.lexer.fail(Problem::ambiguous(
                format!("a second section {words}"),
                "write the lines of both into one",
            )));
        }
        self.met.push(found);
        Ok(())
    }

    /// CPLEX 22 drops a bound on the line of the word `Bounds`.
    fn on_a_line_of_its_own(&self) -> Outcome<()> {
        match self.lexer.peek()? {
            (Token::End, _) => Ok(()),
            (_, ahead) if ahead.first => Ok(()),
            (_, ahead) => Err(ahead.fail(Problem::ambiguous(
                "a bound on the line of the word `Bounds`",
                "write it on the next line",
            ))),
        }
    }

    fn section(&mut self, found: Section) -> Outcome<()> {
        match found {
            Section::Rows => self.rows(),
            Section::LazyRows => {
                self.draft.note("lazy constraints were read as rows; COPT leaves them out");
                self.marked_rows(Mark::Lazy)
            }
            Section::UserCuts => {
                self.draft.note("user cuts were read as rows; SCIP, CPLEX and COPT leave them out");
                self.marked_rows(Mark::Cut)
            }
            Section::Bounds => {
                self.on_a_line_of_its_own()?;
                bounds::bounds(&mut self.lexer, &mut self.columns)
            }
            Section::Generals => {
                bounds::kinds(&mut self.lexer, &mut self.columns, VarKind::Integer)
            }
            Section::Integers => {
                self.draft.note(
                    "`Integers` was read as general integers; CPLEX, Xpress and MOSEK read binaries",
                );
                bounds::kinds(&mut self.lexer, &mut self.columns, VarKind::Integer)
            }
            Section::Binaries => bounds::kinds(&mut self.lexer, &mut self.columns, VarKind::Binary),
            Section::Sos => self.sets(),
            // HiGHS 1.15 writes the word without any name below it.
            Section::SemiContinuous if section(&self.lexer)?.is_some() => Ok(()),
            Section::SemiContinuous => Err(self.lexer.fail(Problem::unsupported(
                "a semi-continuous column",
                "multiply its bounds with a binary column",
            ))),
            Section::GurobiOnly => Err(self.lexer.fail(Problem::unsupported(
                "a section that Gurobi alone knows",
                "write its constraints as rows",
            ))),
            Section::Minimise | Section::Maximise => {
                Err(self.lexer.fail(Problem::unsupported("a second objective", "leave one")))
            }
            Section::End => Ok(()),
        }
    }

    /// Rows that are not part of what every reader takes.
    fn marked_rows(&mut self, mark: Mark) -> Outcome<()> {
        let from = self.draft.model.row_count();
        self.rows()?;
        for r in from..self.draft.model.row_count() {
            self.draft.model.rows.set_mark(RowId(r as u32), mark);
        }
        Ok(())
    }

    fn rows(&mut self) -> Outcome<()> {
        while self.lexer.peek()?.0 != Token::End && section(&self.lexer)?.is_none() {
            let name = self.label()?;
            let guard = self.guard()?;
            self.row(name, guard)?;
        }
        Ok(())
    }

    /// `b = 1 ->`, if it stands here.
    fn guard(&mut self) -> Outcome<Option<Guard>> {
        let mut ahead = self.lexer;
        let Token::Name(name) = ahead.next()? else { return Ok(None) };
        if ahead.next()? != Token::Eq {
            return Ok(None);
        }
        let Token::Number(value) = ahead.next()? else { return Ok(None) };
        if ahead.next()? != Token::Arrow {
            return Ok(None);
        }
        self.lexer = ahead;
        if value != 0.0 && value != 1.0 {
            let found = number(value);
            return Err(self.lexer.fail(Problem::expected("0 or 1 in front of `->`", found)));
        }
        let var = expr::column(&self.lexer, &mut self.columns, name)?;
        Ok(Some(Guard { var, value: value == 1.0 }))
    }

    fn row(&mut self, name: Option<&'a str>, guard: Option<Guard>) -> Outcome<()> {
        expr::read(&mut self.lexer, &mut self.columns, Side::Row, &mut self.expr)?;
        if self.expr.has_constant {
            return Err(self.lexer.fail(Problem::ambiguous(
                "a constant among the terms of a row (or a range row)",
                "write it on the right-hand side, a range as two rows",
            )));
        }
        let sense = match self.lexer.next()? {
            Token::Le => Sense::Le,
            Token::Ge => Sense::Ge,
            Token::Eq => Sense::Eq,
            other => return Err(self.lexer.fail(Problem::expected("a relation", other.words()))),
        };
        if sense == Sense::Eq && guard.is_none() && self.xpress_set()? {
            return Ok(());
        }
        let rhs = bounds::side(&mut self.lexer)?;
        if rhs.is_infinite() {
            return Err(self.lexer.fail(Problem::ambiguous(
                "an infinite right-hand side",
                "leave the row out, or write a number",
            )));
        }
        let (next, ahead) = self.lexer.peek()?;
        match next {
            Token::Le | Token::Ge | Token::Eq => {
                return Err(ahead.fail(Problem::ambiguous("a range row", "write two rows")));
            }
            Token::Plus | Token::Minus | Token::Times | Token::Slash | Token::Caret => {
                let expected = "the next row (a right-hand side is one number)";
                return Err(ahead.fail(Problem::expected(expected, next.words())));
            }
            Token::Name(_) if !ahead.first => {
                let expected = "the next row on a line of its own";
                return Err(ahead.fail(Problem::expected(expected, next.words())));
            }
            _ => {}
        }
        if guard.is_some() && !self.expr.quad.is_empty() {
            return Err(self.lexer.fail(Problem::unsupported(
                "a quadratic row behind `->`",
                "give the product a column of its own",
            )));
        }
        let origin = self.draft.origin(name);
        let Expr { linear, quad, .. } = &self.expr;
        self.draft.model.push_row(linear, quad, guard, sense, rhs, origin);
        Ok(())
    }

    /// `x + 2 y = S1`, as Xpress 9.9 writes a special ordered set among the rows: the coefficients
    /// are the weights.
    fn xpress_set(&mut self) -> Outcome<bool> {
        let (Token::Name("S1" | "s1"), ahead) = self.lexer.peek()? else { return Ok(false) };
        self.lexer = ahead;
        if !self.expr.quad.is_empty() {
            let found = "a quadratic term".to_owned();
            return Err(ahead.fail(Problem::expected("members and their weights", found)));
        }
        let origin = Rule::Foreign.at(Place::NONE);
        self.draft.model.sos1.push(Sos1 { members: self.expr.linear.clone(), origin });
        Ok(true)
    }

    /// `s1: S1:: x : 1 y : 2`.
    fn sets(&mut self) -> Outcome<()> {
        while self.lexer.peek()?.0 != Token::End && section(&self.lexer)?.is_none() {
            self.label()?;
            let (kind, mark) = (self.lexer.next()?, self.lexer.next()?);
            match (kind, mark) {
                (Token::Name("S1" | "s1"), Token::DoubleColon) => {}
                (Token::Name("S2" | "s2"), Token::DoubleColon) => {
                    return Err(self.lexer.fail(Problem::unsupported(
                        "a special ordered set of type 2",
                        "write it with binary columns",
                    )));
                }
                (found, _) => {
                    return Err(self.lexer.fail(Problem::expected("`S1::`", found.words())));
                }
            }
            let members = self.members()?;
            let origin: Origin = Rule::Foreign.at(Place::NONE);
            self.draft.model.sos1.push(Sos1 { members, origin });
        }
        Ok(())
    }

    fn members(&mut self) -> Outcome<Vec<(VarId, f64)>> {
        let mut members = Vec::new();
        loop {
            let (token, mut ahead) = self.lexer.peek()?;
            let Token::Name(name) = token else { return Ok(members) };
            if section(&self.lexer)?.is_some() || ahead.next()? != Token::Colon {
                return Ok(members);
            }
            let (Token::Number(_) | Token::Minus | Token::Plus, _) = ahead.peek()? else {
                return Ok(members);
            };
            self.lexer = ahead;
            let weight = bounds::number(&mut self.lexer)?;
            let id = expr::column(&self.lexer, &mut self.columns, name)?;
            members.push((id, weight));
        }
    }
}
