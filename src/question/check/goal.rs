//! The goal and the claim.

use super::{Place, QuestionError};
use crate::question::goal::ParameterRef;
use crate::question::{Claim, Goal, Labels, Loss, Question, Relation, Scope, Target, TestPoint};

pub(super) fn check(question: &Question, errors: &mut Vec<QuestionError>) {
    let goal = &question.goal;
    check_labels(goal, &question.train.labels, errors);
    for (index, point) in goal.points().iter().enumerate() {
        check_point(question, point, index, errors);
    }
    match goal {
        Goal::Margin(_) | Goal::SquaredError(_) => {}
        Goal::Errors(points) => {
            if points.is_empty() {
                errors.push(QuestionError::NoPoints);
            }
        }
        Goal::TestLoss(points) => {
            if points.is_empty() {
                errors.push(QuestionError::NoPoints);
            }
            let loss = question.training.loss;
            match loss {
                Loss::Hinge | Loss::Margin | Loss::Logistic | Loss::CrossEntropy => {}
                Loss::Perceptron | Loss::Squared | Loss::Absolute | Loss::Huber { .. } => {
                    errors.push(QuestionError::TestLoss { loss: loss.words() });
                }
            }
        }
        Goal::Direction(terms) => check_direction(question, terms, errors),
        Goal::SmallestBudget(_) => {
            if question.threat.scope == Scope::Batch {
                errors.push(QuestionError::BudgetScope);
            }
        }
        Goal::Backdoor { point, eps, domain } => {
            check_backdoor(question, point, *eps, domain, errors);
        }
    }
    if let Some(claim) = question.claim {
        check_claim(goal, claim, errors);
    }
}

fn check_labels(goal: &Goal, labels: &Labels, errors: &mut Vec<QuestionError>) {
    let real = matches!(labels, Labels::Real(_));
    let needed = match goal {
        Goal::Direction(_) => None,
        Goal::SquaredError(_) => (!real).then_some("real numbers"),
        Goal::Margin(_)
        | Goal::Errors(_)
        | Goal::TestLoss(_)
        | Goal::SmallestBudget(_)
        | Goal::Backdoor { .. } => real.then_some("signs -1/+1 or classes"),
    };
    if let Some(needed) = needed {
        let (goal, labels) = (goal.words(), labels.words());
        errors.push(QuestionError::GoalLabels { goal, needed, labels });
    }
}

fn check_point(
    question: &Question,
    point: &TestPoint,
    index: usize,
    errors: &mut Vec<QuestionError>,
) {
    let (found, needed) = (point.input.len(), question.network.inputs);
    let source = || point.source.clone();
    if found != needed {
        errors.push(QuestionError::PointFeatures { point: source(), found, needed, index });
    }
    if !point.input.iter().all(|v| v.is_finite()) {
        errors.push(QuestionError::PointNotFinite { point: source(), index });
    }
    let labels = &question.train.labels;
    let fits = match (&point.target, labels) {
        (Target::Sign(s), Labels::Signs(_)) => s.abs() == 1.0,
        (Target::Class(c), Labels::Classes { count, .. }) => c < count,
        (Target::Real(v), Labels::Real(y)) => {
            v.len() == y.ncols() && v.iter().all(|v| v.is_finite())
        }
        (Target::Sign(_) | Target::Class(_) | Target::Real(_), _) => false,
    };
    if !fits {
        let labels = labels.words();
        errors.push(QuestionError::PointLabel { point: source(), labels, index });
    }
}

fn check_direction(
    question: &Question,
    terms: &[(ParameterRef, f64)],
    errors: &mut Vec<QuestionError>,
) {
    if terms.is_empty() {
        errors.push(QuestionError::NoTerms);
    }
    let mut seen = std::collections::BTreeSet::new();
    for (term, (parameter, value)) in terms.iter().enumerate() {
        if let Some(reason) = missing(question, *parameter) {
            let parameter = parameter.to_string();
            errors.push(QuestionError::NoParameter { parameter, reason, term });
        }
        if !value.is_finite() || *value == 0.0 {
            errors.push(QuestionError::Coefficient { term, value: *value });
        }
        if !seen.insert(*parameter) {
            let parameter = parameter.to_string();
            errors.push(QuestionError::ParameterTwice { parameter, term });
        }
    }
}

/// Why the network lacks a parameter, if it does.
fn missing(question: &Question, parameter: ParameterRef) -> Option<String> {
    let (ParameterRef::Weight { layer, row, .. } | ParameterRef::Bias { layer, row }) = parameter;
    let layers = question.network.affine().count();
    let Some(affine) = layer.checked_sub(1).and_then(|l| question.network.affine().nth(l)) else {
        return Some(format!("its affine layers are 1 to {layers}"));
    };
    let (rows, columns) = affine.weight.dim();
    match parameter {
        ParameterRef::Weight { column, .. } if row >= rows || column >= columns => {
            Some(format!("the weight of layer {layer} is {rows} x {columns}"))
        }
        ParameterRef::Bias { .. } if affine.bias.is_none() => {
            Some(format!("layer {layer} has no bias"))
        }
        ParameterRef::Bias { .. } if row >= rows => {
            Some(format!("layer {layer} has {rows} biases"))
        }
        ParameterRef::Weight { .. } | ParameterRef::Bias { .. } => None,
    }
}

fn check_backdoor(
    question: &Question,
    point: &TestPoint,
    eps: f64,
    domain: &[(f64, f64)],
    errors: &mut Vec<QuestionError>,
) {
    let place = Place::Backdoor;
    if !(eps.is_finite() && eps > 0.0) {
        let (what, rule) = ("the radius of the backdoor", "positive");
        errors.push(QuestionError::OutOfRange { what, value: eps, rule, place });
    }
    let (found, needed) = (domain.len(), question.network.inputs);
    if found != needed {
        let what = "the domain of the test point";
        errors.push(QuestionError::Length { what, found, needed, place });
        return;
    }
    for ((&(lo, hi), &value), column) in
        domain.iter().zip(&point.input).zip(&question.train.columns)
    {
        let column = column.clone();
        if lo.is_nan() || hi.is_nan() || lo > hi {
            let what = format!("domain of `{column}`");
            errors.push(QuestionError::EmptyRange { what, lo, hi, place });
        } else if value < lo || value > hi {
            errors.push(QuestionError::BackdoorOutside {
                point: point.source.clone(),
                column,
                value,
                lo,
                hi,
            });
        }
    }
}

fn check_claim(goal: &Goal, claim: Claim, errors: &mut Vec<QuestionError>) {
    if !claim.value.is_finite() {
        let (what, rule) = ("the claimed value", "finite");
        let place = Place::Claim;
        errors.push(QuestionError::OutOfRange { what, value: claim.value, rule, place });
    }
    let below = match claim.relation {
        Relation::Greater | Relation::AtLeast => false,
        Relation::Less | Relation::AtMost => true,
    };
    let reason = match (goal.adversary_minimises(), below) {
        (true, true) => "the adversary makes this value small, so only `>` and `>=` can be proved",
        (false, false) => {
            "the adversary makes this value large, so only `<` and `<=` can be proved"
        }
        (true, false) | (false, true) => return,
    };
    errors.push(QuestionError::ClaimDirection { claim: claim.relation.symbol(), reason });
}

impl Goal {
    /// The test points of the goal, in order.
    #[must_use]
    pub fn points(&self) -> &[TestPoint] {
        match self {
            Goal::Margin(p) | Goal::SmallestBudget(p) | Goal::SquaredError(p) => {
                std::slice::from_ref(p)
            }
            Goal::Backdoor { point, .. } => std::slice::from_ref(point),
            Goal::Errors(points) | Goal::TestLoss(points) => points,
            Goal::Direction(_) => &[],
        }
    }

    /// The goal's name in the specification language.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            Goal::Margin(_) => "worst margin",
            Goal::Errors(_) => "worst errors",
            Goal::TestLoss(_) => "worst loss",
            Goal::Direction(_) => "worst direction",
            Goal::SmallestBudget(_) => "smallest budget",
            Goal::Backdoor { .. } => "worst margin with backdoor",
            Goal::SquaredError(_) => "worst squared error",
        }
    }
}

impl std::fmt::Display for ParameterRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ParameterRef::Weight { layer, row, column } => write!(f, "w[{layer}][{row},{column}]"),
            ParameterRef::Bias { layer, row } => write!(f, "b[{layer}][{row}]"),
        }
    }
}
