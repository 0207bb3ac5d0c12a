//! `ask` and `prove`

use super::data::{self, Set, Sets};
use super::{Context, rows};
use crate::front::spec::ast::{Goal as Written, Prove, Quantity, Test};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::span::{Span, Spanned};
use crate::question::check::Place;
use crate::question::{Claim, Goal, TestPoint};

pub(super) fn resolve(
    ask: &Spanned<Written>,
    train: &Set,
    sets: &Sets,
    cx: &mut Context<'_>,
) -> Option<Goal> {
    cx.place(Place::Goal, ask.span);
    Some(match &ask.node {
        Written::Margin(test, None) => Goal::Margin(one(test, train, sets, cx)?),
        Written::Margin(test, Some(backdoor)) => {
            let point = one(test, train, sets, cx)?;
            cx.place(Place::Backdoor, backdoor.span);
            let within = backdoor.node.within.map(|w| w.node);
            let within = within.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
            let domain = vec![within; point.input.len()];
            Goal::Backdoor { point, eps: backdoor.node.eps, domain }
        }
        Written::Errors(test) => Goal::Errors(points(test, train, sets, cx)?),
        Written::Loss(test) => Goal::TestLoss(points(test, train, sets, cx)?),
        Written::Direction(terms) => {
            for (at, term) in terms.iter().enumerate() {
                cx.place(Place::Term(at), term.span);
            }
            Goal::Direction(terms.iter().map(|t| (t.node.parameter, t.node.coefficient)).collect())
        }
        Written::Budget(test) => Goal::SmallestBudget(one(test, train, sets, cx)?),
        Written::SquaredError(test) => Goal::SquaredError(one(test, train, sets, cx)?),
    })
}

/// The points of `ask reach`, as the goal that counts errors on them.
pub(super) fn reach(
    ask: &Spanned<Test>,
    train: &Set,
    sets: &Sets,
    cx: &mut Context<'_>,
) -> Option<Goal> {
    cx.place(Place::Goal, ask.span);
    Some(Goal::Errors(points(ask, train, sets, cx)?))
}

/// The single point that a goal is about.
fn one(test: &Spanned<Test>, train: &Set, sets: &Sets, cx: &mut Context<'_>) -> Option<TestPoint> {
    let mut points = points(test, train, sets, cx)?;
    if points.len() != 1 {
        let message = format!("this goal is about one test point, here are {}", points.len());
        let error = Diagnostic::new(Code::OnePoint, message, test.span).label("these points");
        cx.error(error.help("write one row, such as `at test[0]`"));
        return None;
    }
    points.pop()
}

fn points(
    test: &Spanned<Test>,
    train: &Set,
    sets: &Sets,
    cx: &mut Context<'_>,
) -> Option<Vec<TestPoint>> {
    let points = match &test.node {
        Test::Point { input, target } => {
            const SHOWN: usize = 32;
            let mut numbers: Vec<String> =
                input.node.iter().take(SHOWN).map(f64::to_string).collect();
            if input.node.len() > SHOWN {
                numbers.push("...".to_owned());
            }
            let source = format!("({})", numbers.join(", "));
            let target = train.space.target(target, cx)?;
            vec![TestPoint { input: input.node.clone(), target, source }]
        }
        Test::Rows { data: name, rows: list } => {
            let set = data::table(name, sets, cx)?;
            same_labels(name.span, set, train, cx)?;
            let data = &set.data;
            let rows = match list {
                None => (0..data.len()).collect(),
                Some(list) => rows::resolve(list, data.len(), &data.name, cx)?,
            };
            let point = |row: usize| TestPoint {
                input: data.row(row),
                target: data.target(row),
                source: format!("{}[{row}]", data.name),
            };
            rows.into_iter().map(point).collect()
        }
    };
    for at in 0..points.len() {
        cx.place(Place::Point(at), test.span);
    }
    Some(points)
}

/// A test set with other labels or features would be compared with the wrong thing.
fn same_labels(span: Span, set: &Set, train: &Set, cx: &mut Context<'_>) -> Option<()> {
    let what = if set.space != train.space {
        "labels"
    } else if set.data.columns != train.data.columns {
        "features"
    } else {
        return Some(());
    };
    let (test, train) = (&set.data.name, &train.data.name);
    let message = format!("data sets `{test}` and `{train}` declare other {what}");
    let error = Diagnostic::new(Code::LabelKind, message, span).label("this data set");
    cx.error(error.help(format!("declare it `like {train}`")));
    None
}

pub(super) fn claim(
    (asked, at): (Quantity, Span),
    prove: &Prove,
    span: Span,
    cx: &mut Context<'_>,
) -> Option<Claim> {
    cx.place(Place::Claim, span);
    if prove.quantity.node != asked {
        let (claimed, asked) = (prove.quantity.node.words(), asked.words());
        let message = format!("the claim is about the {claimed}, the question about the {asked}");
        let error = Diagnostic::new(Code::OtherClaim, message, prove.quantity.span)
            .label("another quantity")
            .help(format!("write `prove {asked} ...`"))
            .also(at, "asked here");
        cx.error(error);
    }
    Some(Claim { relation: prove.relation, value: prove.value })
}
