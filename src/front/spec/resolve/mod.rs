//! From what is written to what is meant: looks names up, reads files, checks everything.

mod arrays;
mod columns;
mod data;
mod goal;
mod labels;
mod network;
mod options;
mod places;
mod reach;
mod relations;
mod rows;
mod statements;
mod threat;
mod train;
mod verify;

use std::collections::BTreeMap;

use super::ast::{Ask, Ast, Goal, Quantity, Safety, Test};
use super::diag::{Code, Diagnostic};
use super::load::{Loader, SourceFile};
use super::options::SolveOptions;
use super::span::{Span, Spanned};
use crate::front::nearest::nearest;
use crate::question::check::Place;
use crate::question::reach::{Approach, Reaching};
use crate::question::verify::{Largest, Verification};
use crate::question::{EncodeOptions, Question};
use labels::LabelSpace;
use statements::Statements;

/// What a specification asks.
#[derive(Debug)]
pub(super) enum Wanted {
    Poison(Box<Question>),
    Reach(Box<Reaching>),
    Verify(Box<Verification>),
    Largest(Box<Largest>),
}

/// What the resolver makes of a specification.
#[derive(Debug)]
pub(super) struct Resolved {
    pub question: Wanted,
    pub solve: SolveOptions,
    pub files: Vec<SourceFile>,
    pub sign_labels: Vec<(String, i8)>,
}

/// Names, places and errors gathered on the way.
struct Context<'a> {
    loader: &'a dyn Loader,
    errors: Vec<Diagnostic>,
    places: BTreeMap<Place, Span>,
    files: Vec<SourceFile>,
    /// Where lines begin.
    lines: Vec<usize>,
}

impl Context<'_> {
    /// The 1-based line of a place; 0 if it cannot be said.
    fn line(&self, span: Span) -> u32 {
        u32::try_from(self.lines.partition_point(|start| *start <= span.start)).unwrap_or(0)
    }

    fn error(&mut self, diagnostic: Diagnostic) {
        self.errors.push(diagnostic);
    }

    fn place(&mut self, place: Place, span: Span) {
        self.places.insert(place, span);
    }

    /// An undeclared `what` with the nearest of the `known` names.
    fn unknown<'n>(
        &mut self,
        what: &str,
        name: &Spanned<String>,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        let message = format!("there is no {what} named `{}`", name.node);
        let help = match nearest(&name.node, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let all: Vec<String> = known.map(|k| format!("`{k}`")).collect();
                match all.as_slice() {
                    [] => format!("declare a {what} above this line"),
                    _ => format!("declared above this line: {}", all.join(", ")),
                }
            }
        };
        self.error(
            Diagnostic::new(Code::UnknownName, message, name.span).label("not declared").help(help),
        );
    }

    /// Reports settings that occur twice; `key` is `None` for those that may.
    fn once<T>(&mut self, settings: &[Spanned<T>], key: impl Fn(&T) -> Option<&'static str>) {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for setting in settings {
            let Some(key) = key(&setting.node) else { continue };
            if let Some(first) = seen.get(key) {
                let message = format!("`{key}` is set twice");
                let error = Diagnostic::new(Code::RepeatedSetting, message, setting.span)
                    .label("again")
                    .help("keep one of the two")
                    .also(*first, "first");
                self.errors.push(error);
            } else {
                seen.insert(key, setting.span);
            }
        }
    }
}

/// Resolves a whole specification with this text.
pub(super) fn resolve(
    ast: &Ast,
    text: &str,
    loader: &dyn Loader,
) -> Result<Resolved, Vec<Diagnostic>> {
    // Blanks aside, the text ends here.
    let end = text.trim_end().len();
    let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
    let mut cx = Context {
        loader,
        errors: Vec::new(),
        places: BTreeMap::new(),
        files: Vec::new(),
        lines: std::iter::once(0).chain(breaks).collect(),
    };
    let statements = statements::sort(ast, &mut cx);
    match statements.ask.map(|ask| ask.node) {
        Some(Ask::Verify(safety)) => {
            let built = verify::build(&statements, &safety.node, end, &mut cx);
            let wanted = built.and_then(|(question, solve)| match &safety.node {
                Safety::Largest(asked) => {
                    let question = verify::largest(asked, &statements, question, &mut cx)?;
                    Some((Wanted::Largest(Box::new(question)), solve))
                }
                Safety::Property(_) | Safety::Robust(..) | Safety::Never(_) => {
                    Some((Wanted::Verify(Box::new(question)), solve))
                }
            });
            match wanted {
                Some((question, solve)) if cx.errors.is_empty() => {
                    Ok(Resolved { question, solve, files: cx.files, sign_labels: Vec::new() })
                }
                Some(_) | None => Err(cx.errors),
            }
        }
        Some(Ask::Poison(_) | Ask::Reach(_)) | None => match build(&statements, end, &mut cx) {
            Some((question, approach, solve, sign_labels)) if cx.errors.is_empty() => {
                question.check().map_err(|broken| places::diagnostics(&broken, &cx.places))?;
                let question = match approach {
                    None => Wanted::Poison(Box::new(question)),
                    Some(approach) => Wanted::Reach(Box::new(Reaching { question, approach })),
                };
                Ok(Resolved { question, solve, files: cx.files, sign_labels })
            }
            Some(_) | None => Err(cx.errors),
        },
    }
}

/// The question, how its steps are bounded if it is asked step by step, how it is solved, and the
/// labels that mean a sign.
type Built = (Question, Option<Approach>, SolveOptions, Vec<(String, i8)>);

fn build(statements: &Statements<'_>, end: usize, cx: &mut Context<'_>) -> Option<Built> {
    statements.need_poison(end, cx);
    let asked = statements.ask.and_then(|ask| match ask.node {
        Ask::Poison(goal) => Some(Asked::Worst(goal)),
        Ask::Reach(test) => Some(Asked::Reach(test)),
        Ask::Verify(_) => None,
    });
    let written = statements.encode.map(|e| e.node);
    let network = statements.network.and_then(|n| network::resolve(n.node, n.span, cx));
    let sets = data::resolve(&statements.data, cx);
    let (encode, approach, kind) = match asked {
        Some(Asked::Reach(_)) => {
            let solve = statements.solve.map(|s| s.node);
            let approach = reach::approach(written, solve, network.as_ref(), cx);
            (EncodeOptions::default(), Some(approach), options::Kind::Reach)
        }
        Some(Asked::Worst(_)) | None => (options::encode(written, cx), None, options::Kind::Poison),
    };
    let solve = options::solve(statements.solve.map(|s| s.node), written, kind, cx);

    let train = statements.train?;
    if let (Some(declared), used) = (statements.network, &train.node.network) {
        let known = &declared.node.name.node;
        if used.node != *known {
            cx.unknown("network", used, std::iter::once(known.as_str()));
        }
    }
    if sets.is_empty() {
        return None;
    }
    let set = data::table(&train.node.data, &sets, cx)?;
    cx.place(Place::Data, set.span);
    cx.place(Place::Training, train.node.network.span.to(train.node.data.span));
    let training = train::resolve(train.node, train.span, set, cx);
    let threat = statements.threat.and_then(|t| threat::resolve(t.node, t.span, set, cx));
    let goal = asked.and_then(|asked| match asked {
        Asked::Worst(goal) => goal::resolve(goal, set, &sets, cx),
        Asked::Reach(test) => goal::reach(test, set, &sets, cx),
    });
    let claim = asked.zip(statements.prove);
    let claim =
        claim.map(|(asked, prove)| goal::claim(asked.quantity(), prove.node, prove.span, cx));
    let goal = goal?;
    let claim = claim.unwrap_or_else(|| goal.default_claim());
    let question = Question {
        network: network?,
        train: set.data.clone(),
        training: training?,
        threat: threat?,
        goal,
        claim,
        encode,
    };
    let signs = match &set.space {
        LabelSpace::Signs(map) => map.clone(),
        LabelSpace::Classes(_) | LabelSpace::Real(_) => Vec::new(),
    };
    Some((question, approach, solve, signs))
}

/// What is asked of training.
#[derive(Clone, Copy)]
enum Asked<'a> {
    Worst(&'a Spanned<Goal>),
    Reach(&'a Spanned<Test>),
}

impl Asked<'_> {
    /// What a claim is about, and where that is asked.
    fn quantity(self) -> (Quantity, Span) {
        match self {
            Asked::Worst(goal) => (goal.node.quantity(), goal.span),
            Asked::Reach(test) => (Quantity::Errors, test.span),
        }
    }
}
