//! A question in words for people, and in a canonical form for comparison.

mod canonical;

pub use canonical::canonical;

use crate::question::{
    Budget, FeatureThreat, Goal, LabelThreat, Loss, Norm, Question, Scope, Target, TestPoint,
};

use super::certificate::{Direction, QuestionText};
use super::verdict::{number, relation_symbol};

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
        goal = goal_words(&q.goal),
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

fn goal_words(goal: &Goal) -> String {
    match goal {
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

fn point(p: &TestPoint) -> String {
    format!("{} (label {})", p.source, target_words(&p.target))
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

fn threat_words(q: &Question) -> String {
    let t = &q.threat;
    let mut ways = Vec::new();
    if let Some(l) = &t.labels {
        ways.push(label_words(l));
    }
    if let Some(f) = &t.features {
        ways.push(feature_words(f));
    }
    if t.deletion.is_some() {
        ways.push("delete them".to_owned());
    }
    let per = match t.scope {
        Scope::Run => "",
        Scope::Batch => " of each batch",
    };
    let budget = match t.budget {
        Budget::Joint(n) => format!("touch up to {n} of {} samples{per}", t.candidates.len()),
        Budget::Separate { features, labels } => format!(
            "change the features of up to {features} and the labels of up to {labels} of {} \
             samples{per}",
            t.candidates.len()
        ),
    };
    let mut text = budget;
    if !ways.is_empty() {
        text.push_str(": ");
        text.push_str(&ways.join(", "));
    }
    if let Some(i) = &t.insertion {
        text.push_str(&format!(", and insert up to {} samples", i.count));
    }
    text
}

fn label_words(threat: &LabelThreat) -> String {
    match threat {
        LabelThreat::Flip => "flip their labels".to_owned(),
        LabelThreat::Classes(_) => "change their classes".to_owned(),
        LabelThreat::Real { nu, .. } => format!("shift their labels by up to {}", number(*nu)),
    }
}

fn feature_words(threat: &FeatureThreat) -> String {
    match threat.norm {
        Norm::Linf(e) => format!("move their features within an l-inf ball of {}", number(e)),
        Norm::L1(e) => format!("move their features within an l1 ball of {}", number(e)),
        Norm::L2(e) => format!("move their features within an l2 ball of {}", number(e)),
        Norm::Arbitrary => "replace their features within the domain".to_owned(),
    }
}
