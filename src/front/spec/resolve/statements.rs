//! Which statements there are: some are needed, most may occur once.

use super::Context;
use crate::front::spec::ast::{
    Ask, Ast, Data, Encode, Inputs, Network, Perturb, Prove, Safety, Solve, Statement, Threat,
    Train,
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
    pub perturb: Option<At<'a, Perturb>>,
    pub inputs: Option<At<'a, Inputs>>,
    pub ask: Option<At<'a, Ask>>,
    pub prove: Option<At<'a, Prove>>,
    pub encode: Option<At<'a, Encode>>,
    pub solve: Option<At<'a, Solve>>,
}

/// Sorts the statements and reports repeated ones.
pub(super) fn sort<'a>(ast: &'a Ast, cx: &mut Context<'_>) -> Statements<'a> {
    let mut all = Statements::default();
    for statement in &ast.statements {
        let span = statement.span;
        let word = statement.node.keyword();
        match &statement.node {
            Statement::Network(s) => put(&mut all.network, s, word, span, cx),
            Statement::Data(s) => all.data.push(Spanned::new(s, span)),
            Statement::Train(s) => put(&mut all.train, s, word, span, cx),
            Statement::Threat(s) => put(&mut all.threat, s, word, span, cx),
            Statement::Perturb(s) => put(&mut all.perturb, s, word, span, cx),
            Statement::Inputs(s) => put(&mut all.inputs, s, word, span, cx),
            Statement::Ask(s) => put(&mut all.ask, s, word, span, cx),
            Statement::Prove(s) => put(&mut all.prove, s, word, span, cx),
            Statement::Encode(s) => put(&mut all.encode, s, word, span, cx),
            Statement::Solve(s) => put(&mut all.solve, s, word, span, cx),
        }
    }
    all
}

impl Statements<'_> {
    /// Reports what a question about poisoned training lacks.
    pub(super) fn need_poison(&self, end: usize, cx: &mut Context<'_>) {
        // Where nothing is asked, what there is tells what would be.
        let verifies = self.ask.is_none() && (self.perturb.is_some() || self.inputs.is_some());
        if verifies {
            let example = match self.perturb {
                Some(_) => "ask robust at test[0]",
                None => "ask never y[0] <= y[1]",
            };
            missing(true, "ask", example, end, cx);
            return;
        }
        let data = "data train = csv \"train.csv\" features all label y real";
        missing(self.network.is_none(), "network", NETWORK, end, cx);
        missing(self.data.is_empty(), "data", data, end, cx);
        let train = "train net on train { loss hinge; rate 0.5; ... }";
        missing(self.train.is_none(), "train", train, end, cx);
        let threat = "threat { touch at most 3 of train; labels flip }";
        missing(self.threat.is_none(), "threat", threat, end, cx);
        missing(self.ask.is_none(), "ask", "ask worst margin at test[0]", end, cx);
        let foreign =
            [self.perturb.map(|s| ("perturb", s.span)), self.inputs.map(|s| ("inputs", s.span))];
        for (word, span) in foreign.into_iter().flatten() {
            let message = format!("`{word}` has no place in a question about training");
            let error = Diagnostic::new(Code::OtherKind, message, keyword(span, word))
                .label("belongs to verification")
                .help("drop it, or ask about a trained network: `ask robust`, `ask never`");
            cx.error(error);
        }
    }

    /// Reports what a question of verification lacks, and what has no place in it.
    pub(super) fn need_verify(&self, safety: &Safety, end: usize, cx: &mut Context<'_>) {
        missing(self.network.is_none(), "network", NETWORK, end, cx);
        let (perturb, inputs) = (self.perturb.map(|s| s.span), self.inputs.map(|s| s.span));
        let asked = self.ask.map_or(Span::default(), |a| a.node.span());
        let (words, spare) = match safety {
            Safety::Property(_) => {
                ("`ask property`", vec![("perturb", perturb), ("inputs", inputs)])
            }
            Safety::Robust(..) => ("`ask robust`", vec![("inputs", inputs)]),
            Safety::Largest(_) => ("`ask largest radius`", vec![("inputs", inputs)]),
            Safety::Never(_) => ("`ask never`", vec![("perturb", perturb)]),
        };
        match safety {
            Safety::Property(_) => {}
            Safety::Robust(..) | Safety::Largest(_) => {
                let example = "perturb { linf 0.1 within [0, 1] }";
                missing(perturb.is_none(), "perturb", example, end, cx);
            }
            Safety::Never(_) => {
                let example = "inputs { x in [0, 1] }";
                missing(inputs.is_none(), "inputs", example, end, cx);
            }
        }
        for (word, span) in spare {
            let Some(span) = span else { continue };
            let message = format!("`{word}` has no place beside {words}");
            let error = Diagnostic::new(Code::OtherKind, message, keyword(span, word))
                .label("not used")
                .help("`perturb` is for `ask robust`, `inputs` for `ask never`; drop it")
                .also(asked, "what is asked");
            cx.error(error);
        }
        let foreign = [
            self.train.map(|s| ("train", s.span)),
            self.threat.map(|s| ("threat", s.span)),
            self.prove.map(|s| ("prove", s.span)),
        ];
        for (word, span) in foreign.into_iter().flatten() {
            let message = format!("`{word}` has no place in a question of verification");
            let error = Diagnostic::new(Code::OtherKind, message, keyword(span, word))
                .label("belongs to poisoned training")
                .help("drop it, or ask about training, such as `ask worst margin at test[0]`")
                .also(asked, "asks about a trained network");
            cx.error(error);
        }
    }
}

const NETWORK: &str = "network net = onnx \"net.onnx\"";

fn missing(missing: bool, word: &str, example: &str, end: usize, cx: &mut Context<'_>) {
    if missing {
        let message = format!("there is no `{word}` statement");
        let span = Span { start: end, end };
        let error = Diagnostic::new(Code::MissingStatement, message, span)
            .label("the file ends here")
            .help(format!("add one, such as `{example}`"));
        cx.error(error);
    }
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
