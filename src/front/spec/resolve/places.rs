//! Errors of the resolved question, back at their places in the text.

use std::collections::{BTreeMap, BTreeSet};

use crate::front::spec::diag::Diagnostic;
use crate::front::spec::span::Span;
use crate::question::QuestionError;
use crate::question::check::Place;

/// The errors as the user sees them. A rule that one setting breaks for several features is
/// reported once.
pub(super) fn diagnostics(
    errors: &[QuestionError],
    places: &BTreeMap<Place, Span>,
) -> Vec<Diagnostic> {
    let mut shown: Vec<Diagnostic> = Vec::new();
    let mut seen = BTreeSet::new();
    for error in errors {
        let new = diagnostic(error, places);
        if seen.insert((new.code, new.span)) {
            shown.push(new);
        }
    }
    shown
}

/// The error as the user sees it.
pub(super) fn diagnostic(error: &QuestionError, places: &BTreeMap<Place, Span>) -> Diagnostic {
    let (place, span) = find(error.place(), places);
    Diagnostic {
        code: error.code(),
        message: error.to_string(),
        span,
        label: words(place).to_string(),
        help: error.help().to_string(),
        related: Vec::new(),
    }
}

/// The nearest enclosing place that the text has.
fn find(mut place: Place, places: &BTreeMap<Place, Span>) -> (Place, Span) {
    loop {
        if let Some(span) = places.get(&place) {
            return (place, *span);
        }
        place = match parent(place) {
            Some(parent) => parent,
            None => return (place, Span::default()),
        };
    }
}

fn parent(place: Place) -> Option<Place> {
    match place {
        Place::Network | Place::Data | Place::Training | Place::Threat | Place::Goal => None,
        Place::Loss
        | Place::Rate(_)
        | Place::Steps
        | Place::Batch(_)
        | Place::Momentum
        | Place::Decay
        | Place::Clip => Some(Place::Training),
        Place::Budget
        | Place::LabelBudget
        | Place::Candidates
        | Place::Labels
        | Place::Features
        | Place::Insertion => Some(Place::Threat),
        Place::Change(_) | Place::Missing(_) | Place::Require(_) => Some(Place::Features),
        Place::Domain(_) | Place::Kind(_) => Some(Place::Insertion),
        Place::Point(_) | Place::Term(_) | Place::Backdoor | Place::Claim => Some(Place::Goal),
        Place::TieBand => Some(Place::Training),
    }
}

fn words(place: Place) -> &'static str {
    match place {
        Place::Network => "this network",
        Place::Data => "this data set",
        Place::Training => "this training",
        Place::Loss => "this loss",
        Place::Rate(_) => "this rate",
        Place::Steps => "this number",
        Place::Batch(_) => "this batch",
        Place::Momentum | Place::Decay | Place::Clip | Place::TieBand => "this number",
        Place::Threat => "this threat",
        Place::Budget | Place::LabelBudget => "this budget",
        Place::Candidates => "this selection",
        Place::Labels => "this change of labels",
        Place::Features => "this change of features",
        Place::Change(_) => "this change",
        Place::Missing(_) => "these values",
        Place::Require(_) => "this relation",
        Place::Domain(_) => "this domain",
        Place::Kind(_) => "this kind of feature",
        Place::Insertion => "this insertion",
        Place::Goal => "this goal",
        Place::Point(_) => "this test point",
        Place::Term(_) => "this term",
        Place::Backdoor => "this backdoor",
        Place::Claim => "this claim",
    }
}
