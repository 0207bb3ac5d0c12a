//! A question in words for people, and in a canonical form for comparison.

mod canonical;
mod relations;

pub use canonical::canonical;

use crate::question::{
    Budget, FeatureKind, FeatureThreat, Goal, LabelThreat, Labels, Loss, Norm, Question, Scope,
    Target, TestPoint,
};

use super::certificate::{Direction, QuestionText};
use super::verdict::relation_symbol;
use crate::front::printable::number;

/// Everything that a certificate says about its question.
#[must_use]
pub fn question_text(question: &Question) -> QuestionText {
    QuestionText {
        words: words(question),
        claim: question.claim.map(|c| {
            let what = goal_name(&question.goal);
            format!("worst {what} {} {}", relation_symbol(c.relation), number(c.value))
        }),
        adversary: direction(&question.goal),
        canonical: canonical(question),
    }
}

/// The adversary's direction for a goal.
#[must_use]
pub fn direction(goal: &Goal) -> Direction {
    if goal.adversary_minimises() { Direction::Minimises } else { Direction::Maximises }
}

/// The question in one sentence.
#[must_use]
pub fn words(q: &Question) -> String {
    let steps = q.training.steps();
    let full = q.training.batches.iter().all(|b| b.len() == q.train.len());
    let rate = match q.training.rates.as_slice() {
        [first, rest @ ..] if rest.iter().all(|r| r == first) => {
            format!("rate {}", number(*first))
        }
        [first, .., last] => format!("rates {} to {}", number(*first), number(*last)),
        _ => "no rate".to_owned(),
    };
    format!(
        "What is the {extreme} {goal} after {steps} gradient {step} ({loss}, {batch}, {rate}) on \
         {n} samples of {data}, when the adversary may {threat}?",
        extreme = extreme(&q.goal),
        goal = goal_words(q),
        step = if steps == 1 { "step" } else { "steps" },
        loss = loss_words(q.training.loss),
        batch = if full { "full batch" } else { "batches in a fixed order" },
        n = q.train.len(),
        data = q.train.name,
        threat = threat_words(q),
    )
}

fn extreme(goal: &Goal) -> &'static str {
    if goal.adversary_minimises() { "smallest" } else { "largest" }
}

/// What is measured, in one or two words.
#[must_use]
pub fn goal_name(goal: &Goal) -> &'static str {
    match goal {
        Goal::Margin(_) => "margin",
        Goal::Errors(_) => "errors",
        Goal::TestLoss(_) => "test loss",
        Goal::Direction(_) => "combination",
        Goal::SmallestBudget(_) => "budget",
        Goal::Backdoor { .. } => "backdoor margin",
        Goal::SquaredError(_) => "squared error",
    }
}

/// The largest number of samples that the threat allows, where the question is for the smallest
/// that an attack needs. A per-step threat has no such number.
#[must_use]
pub fn most_samples(question: &Question) -> Option<f64> {
    let inserted = question.threat.insertion.as_ref().map_or(0, |i| i.count);
    match (&question.goal, question.threat.scope) {
        (Goal::SmallestBudget(_), crate::question::Scope::Run) => {
            Some((crate::bounds::pass::total_budget(question.threat.budget) + inserted) as f64)
        }
        (Goal::SmallestBudget(_), crate::question::Scope::Batch)
        | (
            Goal::Errors(_)
            | Goal::Margin(_)
            | Goal::TestLoss(_)
            | Goal::Direction(_)
            | Goal::Backdoor { .. }
            | Goal::SquaredError(_),
            _,
        ) => None,
    }
}

/// Whether the goal counts something, so that its value is a whole number.
#[must_use]
pub fn counts(goal: &Goal) -> bool {
    match goal {
        Goal::Errors(_) | Goal::SmallestBudget(_) => true,
        Goal::Margin(_)
        | Goal::TestLoss(_)
        | Goal::Direction(_)
        | Goal::Backdoor { .. }
        | Goal::SquaredError(_) => false,
    }
}

fn goal_words(q: &Question) -> String {
    let point = |p: &TestPoint| format!("{} (label {})", p.source, label(q, &p.target));
    match &q.goal {
        Goal::Margin(p) => format!("margin at {}", point(p)),
        Goal::Errors(points) => {
            format!("number of errors among {} test points", points.len())
        }
        Goal::TestLoss(points) => format!("mean loss over {} test points", points.len()),
        Goal::Direction(terms) => format!("combination of {} parameters", terms.len()),
        Goal::SmallestBudget(p) => {
            format!("number of touched samples that turns the margin at {} to 0 or less", point(p))
        }
        Goal::Backdoor { point: p, eps, .. } => {
            format!("margin within {} of {}", number(*eps), point(p))
        }
        Goal::SquaredError(p) => format!("squared error at {}", point(p)),
    }
}

/// A label as the data call it.
fn label(q: &Question, target: &Target) -> String {
    match (target, &q.train.labels) {
        (Target::Class(c), Labels::Classes { names, .. }) => class(names, *c),
        _ => target_words(target),
    }
}

fn class(names: &[String], class: usize) -> String {
    names.get(class).filter(|n| !n.is_empty()).cloned().unwrap_or_else(|| class.to_string())
}

/// Words of a list: `a`, `a and b`, `a, b and c`.
fn list(items: &[String], and: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

/// The labels that the samples open to the adversary have, where these are all samples of some
/// labels and not all samples.
fn with_label(q: &Question) -> String {
    let candidates = &q.threat.candidates;
    let rows = 0..q.train.len();
    if candidates.len() == rows.len() {
        return String::new();
    }
    let labels: Vec<String> = rows
        .clone()
        .map(|i| match q.train.target(i) {
            Target::Real(_) => String::new(),
            target => label(q, &target),
        })
        .collect();
    let mut of: Vec<String> = candidates.iter().filter_map(|i| labels.get(*i).cloned()).collect();
    of.sort();
    of.dedup();
    let whole = rows.filter(|i| labels.get(*i).is_some_and(|l| of.contains(l)));
    let same = !of.is_empty() && whole.eq(candidates.iter().copied());
    if same { format!(" with label {}", list(&of, "or")) } else { String::new() }
}

/// A label as reports show it.
#[must_use]
pub fn target_words(target: &Target) -> String {
    match target {
        Target::Sign(s) if *s > 0.0 => "+1".to_owned(),
        Target::Sign(_) => "-1".to_owned(),
        Target::Class(c) => c.to_string(),
        Target::Real(y) => y.iter().map(|v| number(*v)).collect::<Vec<_>>().join(", "),
    }
}

/// The field's name of a loss.
#[must_use]
pub fn loss_words(loss: Loss) -> String {
    match loss {
        Loss::Hinge => "hinge loss".to_owned(),
        Loss::Margin => "multi-class margin loss".to_owned(),
        Loss::Perceptron => "perceptron loss".to_owned(),
        Loss::Squared => "squared loss".to_owned(),
        Loss::Absolute => "absolute loss".to_owned(),
        Loss::Huber { delta } => format!("Huber loss, delta {}", number(delta)),
        Loss::Logistic => "logistic loss".to_owned(),
        Loss::CrossEntropy => "cross-entropy".to_owned(),
    }
}

pub(super) fn threat_words(q: &Question) -> String {
    let t = &q.threat;
    let mut ways = Vec::new();
    if let Some(l) = &t.labels {
        ways.push(label_words(q, l));
    }
    if let Some(f) = &t.features {
        ways.extend(feature_words(q, f));
        ways.extend(relations::ways(f, &q.train.columns, t.candidates.len()));
    }
    if t.deletion.is_some() {
        ways.push("delete them".to_owned());
    }
    let per = match t.scope {
        Scope::Run => "",
        Scope::Batch => " of each batch",
    };
    let of = with_label(q);
    let budget = match t.budget {
        Budget::Joint(n) => {
            format!("touch up to {n} of {} samples{of}{per}", t.candidates.len())
        }
        Budget::Separate { features, labels } => format!(
            "change the features of up to {features} and the labels of up to {labels} of {} \
             samples{of}{per}",
            t.candidates.len()
        ),
    };
    let mut text = budget;
    if !ways.is_empty() {
        text.push_str(": ");
        text.push_str(&ways.join(", "));
    }
    if let Some(f) = &t.features {
        text.push_str(&relations::limits(f, &q.train.columns, t.candidates.len()));
    }
    if let Some(i) = &t.insertion {
        text.push_str(&format!(", and insert up to {} samples", i.count));
    }
    text
}

fn label_words(q: &Question, threat: &LabelThreat) -> String {
    match (threat, &q.train.labels) {
        (LabelThreat::Flip, _) => "flip their labels".to_owned(),
        (LabelThreat::Classes(to), Labels::Classes { count, names, .. }) if to.len() < *count => {
            let to: Vec<String> = to.iter().map(|c| class(names, *c)).collect();
            format!("change their classes to {}", list(&to, "or"))
        }
        (LabelThreat::Classes(_), _) => "change their classes".to_owned(),
        (LabelThreat::Real { nu, range }, _) => {
            let inside = range.map_or_else(String::new, |r| format!(" inside {}", interval(r)));
            format!("shift their labels by up to {}{inside}", number(*nu))
        }
    }
}

/// Feature columns that are named one by one; of more only the number is told.
const NAMED: usize = 4;

/// What the ball, domains and kinds let the adversary do; nothing where relations alone say it.
fn feature_words(q: &Question, threat: &FeatureThreat) -> Option<String> {
    let outside = relations::outside_the_ball(threat);
    let moves = |j: &usize| threat.kinds[*j] != FeatureKind::Fixed && !outside.contains(j);
    let open: Vec<usize> = (0..threat.kinds.len()).filter(moves).collect();
    if open.is_empty() {
        return None;
    }
    let name = |j: &usize| q.train.columns.get(*j).cloned().unwrap_or_else(|| j.to_string());
    let which = match open.len() {
        n if n == threat.kinds.len() => "features".to_owned(),
        1..=NAMED => {
            let names: Vec<String> = open.iter().map(name).collect();
            format!(
                "{} {}",
                if open.len() == 1 { "feature" } else { "features" },
                list(&names, "and")
            )
        }
        n => format!("{n} of {} features", threat.kinds.len()),
    };
    let mut boxes: Vec<(f64, f64)> =
        open.iter().filter_map(|j| threat.domain.get(*j).copied()).collect();
    boxes.dedup();
    let free = |b: &(f64, f64)| b.0 == f64::NEG_INFINITY && b.1 == f64::INFINITY;
    let inside = match boxes.as_slice() {
        [one] if free(one) => String::new(),
        [one] => format!(" inside {}", interval(*one)),
        [] => String::new(),
        _ => " inside a box for each".to_owned(),
    };
    Some(match threat.norm {
        Norm::Linf(e) => {
            format!("move their {which} within an l-inf ball of {}{inside}", number(e))
        }
        Norm::L1(e) => format!("move their {which} within an l1 ball of {}{inside}", number(e)),
        Norm::L2(e) => format!("move their {which} within an l2 ball of {}{inside}", number(e)),
        Norm::Arbitrary => format!("replace their {which}{inside}"),
    })
}

fn interval((low, high): (f64, f64)) -> String {
    format!("[{}, {}]", number(low), number(high))
}
