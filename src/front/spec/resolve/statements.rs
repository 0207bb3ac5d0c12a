//! Which statements there are: some are needed, most may occur once.

use super::Context;
use crate::front::spec::ast::{
    Ask, Ast, Data, Encode, Network, Prove, Solve, Statement, Threat, Train,
};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::span::{Span, Spanned};

/// A statement with its place.
pub(super) type At<'a, T> = Spanned<&'a T>;

/// The statements by kind.
#[derive(Default)]
pub(super) struct Statements<'a> {
    pub network: Option<At<'a, Network>>,
    pub data: Vec<At<'a, Data>>,
    pub train: Option<At<'a, Train>>,
    pub threat: Option<At<'a, Threat>>,
    pub ask: Option<At<'a, Ask>>,
    pub prove: Option<At<'a, Prove>>,
    pub encode: Option<At<'a, Encode>>,
    pub solve: Option<At<'a, Solve>>,
}

/// Sorts the statements and reports missing and repeated ones.
pub(super) fn sort<'a>(ast: &'a Ast, end: usize, cx: &mut Context<'_>) -> Statements<'a> {
    let mut all = Statements::default();
    for statement in &ast.statements {
        let span = statement.span;
        let word = statement.node.keyword();
        match &statement.node {
            Statement::Network(s) => put(&mut all.network, s, word, span, cx),
            Statement::Data(s) => all.data.push(Spanned::new(s, span)),
            Statement::Train(s) => put(&mut all.train, s, word, span, cx),
            Statement::Threat(s) => put(&mut all.threat, s, word, span, cx),
            Statement::Ask(s) => put(&mut all.ask, s, word, span, cx),
            Statement::Prove(s) => put(&mut all.prove, s, word, span, cx),
            Statement::Encode(s) => put(&mut all.encode, s, word, span, cx),
            Statement::Solve(s) => put(&mut all.solve, s, word, span, cx),
        }
    }
    let examples = [
        (all.network.is_none(), "network", "network net = onnx \"net.onnx\""),
        (all.data.is_empty(), "data", "data train = csv \"train.csv\" features all label y real"),
        (all.train.is_none(), "train", "train net on train { loss hinge; rate 0.5; ... }"),
        (all.threat.is_none(), "threat", "threat { touch at most 3 of train; labels flip }"),
        (all.ask.is_none(), "ask", "ask worst margin at test[0]"),
    ];
    for (missing, word, example) in examples {
        if missing {
            let message = format!("there is no `{word}` statement");
            let span = Span { start: end, end };
            let error = Diagnostic::new(Code::MissingStatement, message, span)
                .label("the file ends here")
                .help(format!("add one, such as `{example}`"));
            cx.error(error);
        }
    }
    all
}

fn put<'a, T>(
    slot: &mut Option<At<'a, T>>,
    statement: &'a T,
    word: &str,
    span: Span,
    cx: &mut Context<'_>,
) {
    match slot {
        None => *slot = Some(Spanned::new(statement, span)),
        Some(first) => {
            let message = format!("there are two `{word}` statements");
            let error = Diagnostic::new(Code::RepeatedStatement, message, keyword(span, word))
                .label("again")
                .help("a specification asks one question; keep one of the two")
                .also(keyword(first.span, word), "first");
            cx.error(error);
        }
    }
}

/// The keyword's place, so that a message need not show a whole block.
fn keyword(span: Span, word: &str) -> Span {
    Span { start: span.start, end: span.start + word.len() }
}
