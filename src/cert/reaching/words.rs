//! The question in words for people, and in a canonical form for comparison.

use crate::cert::certificate::QuestionText;
use crate::cert::instance::manifest::REACHING;
use crate::cert::words;
use crate::front::printable::counted;
use crate::question::reach::{Reaching, Rounds};

/// Everything that a certificate says about its question.
#[must_use]
pub fn question_text(reaching: &Reaching) -> QuestionText {
    let question = &reaching.question;
    let approach = &reaching.approach;
    let steps = counted(question.training.steps(), "gradient step");
    let whole = words::question_text(question);
    let mut canonical = vec![
        REACHING.to_owned(),
        format!("window = {}", approach.window.map_or_else(|| "run".to_owned(), |k| k.to_string())),
        format!("linear = {}", approach.linear),
        format!("nodes = {}", approach.nodes),
        format!(
            "replays = {}",
            approach.replays.map_or_else(|| "default".to_owned(), |n| n.to_string())
        ),
    ];
    if let Some(rounds) = approach.rounds {
        let window = match rounds {
            Rounds::Steps(k) => k.to_string(),
            Rounds::Run => "run".to_owned(),
        };
        canonical.push(format!("rounds = {window}"));
    }
    if let Some(steps) = approach.points {
        canonical.push(format!("points = {steps}"));
    }
    let templates = approach.templates;
    if templates.any() {
        canonical.push(format!("differences = {}", templates.differences));
        canonical.push(format!("sums = {}", templates.sums));
        canonical.push(format!("gradients = {}", templates.gradients.unwrap_or(0)));
    }
    canonical.extend(whole.canonical);
    QuestionText {
        words: format!(
            "Which parameters can {steps} reach, step by step, on {} of {}, when the adversary may \
             {}, and how many of {} may the trained network get wrong?",
            counted(question.train.len(), "sample"),
            question.train.name,
            words::threat_words(question),
            counted(reaching.points().len(), "point"),
        ),
        canonical,
        ..whole
    }
}
