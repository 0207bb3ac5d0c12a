//! The parser: one file a statement, tokens in [`lex`], what they share in [`common`].
//!
//! Parsers are labelled with the [`Production`] of `grammar/theriac.ebnf` that they recognise, and
//! the grammar needs no more than the next keyword to decide, so every choice is final (`cut`).

mod arrays;
mod ask;
mod block;
mod common;
mod data;
mod encode;
mod exact;
mod formula;
mod lex;
mod network;
mod options;
mod relation;
mod state;
mod threat;
mod train;
mod verify;

use std::collections::BTreeSet;

use nom::branch::alt;
use nom::{Input, Parser};

use super::ast::{Ast, Statement};
use super::diag::Diagnostic;
use super::production::Production;
use lex::{begins_statement, end, rule, separators, spanned};
use state::{In, Res, State};

/// What the parser made of a text.
#[derive(Debug)]
pub struct Parsed {
    /// The statements without errors.
    pub ast: Ast,
    /// The errors, in order.
    pub errors: Vec<Diagnostic>,
    /// The productions that were recognised.
    pub productions: BTreeSet<Production>,
}

/// Parses a whole text. After an error it goes on at the next line that begins with the keyword
/// of a statement.
pub fn parse(text: &str) -> Parsed {
    let state = State::default();
    let mut i = In::new_extra(text, &state);
    let mut ast = Ast::default();
    loop {
        i = separators(i);
        if i.fragment().is_empty() {
            break;
        }
        let found = rule(Production::Statement, spanned(statement))(i)
            .and_then(|(rest, node)| end(rest).map(|(rest, ())| (rest, node)));
        i = match found {
            Ok((rest, node)) => {
                ast.statements.push(node);
                rest
            }
            Err(_) => {
                state.keep(i);
                next_statement(i)
            }
        };
    }
    state.seen(Production::Spec);
    Parsed { ast, errors: state.errors(), productions: state.trace() }
}

fn statement(i: In<'_>) -> Res<'_, Statement> {
    alt((
        |i| network::network(i).map(|(i, s)| (i, Statement::Network(s))),
        |i| data::data(i).map(|(i, s)| (i, Statement::Data(s))),
        |i| train::train(i).map(|(i, s)| (i, Statement::Train(s))),
        |i| threat::threat(i).map(|(i, s)| (i, Statement::Threat(s))),
        |i| verify::perturb(i).map(|(i, s)| (i, Statement::Perturb(s))),
        |i| verify::inputs(i).map(|(i, s)| (i, Statement::Inputs(s))),
        |i| ask::ask(i).map(|(i, s)| (i, Statement::Ask(s))),
        |i| ask::prove(i).map(|(i, s)| (i, Statement::Prove(s))),
        |i| options::encode(i).map(|(i, s)| (i, Statement::Encode(s))),
        |i| options::solve(i).map(|(i, s)| (i, Statement::Solve(s))),
    ))
    .parse(i)
}

/// The next line below the current one that begins with the keyword of a statement.
fn next_statement(i: In<'_>) -> In<'_> {
    let text = *i.fragment();
    let starts = text.match_indices('\n').map(|(at, _)| i.take_from(at + 1));
    let mut statements = starts.filter(|line| begins_statement(line.fragment()));
    statements.next().unwrap_or_else(|| i.take_from(text.len()))
}
