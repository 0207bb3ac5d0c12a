//! A question for the largest radius in words for people, and in a canonical form for comparison.

use crate::cert::certificate::{Direction, QuestionText};
use crate::cert::instance::manifest::LARGEST;
use crate::cert::verification;
use crate::question::verify::Largest;

/// Everything that a certificate says about its question.
#[must_use]
pub fn question_text(question: &Largest) -> QuestionText {
    let widest = verification::question_text(&question.widest);
    let radii = &question.radii;
    let (step, most) = (radii.step(), radii.text(radii.most));
    let mut canonical = vec![
        LARGEST.to_owned(),
        format!("norm = {}", question.norm),
        format!("step = {step}"),
        format!("most = {most}"),
    ];
    canonical.extend(widest.canonical.into_iter().skip(1));
    QuestionText {
        words: format!(
            "Up to which {} radius, by steps of {step} up to {most}, is the answer no: {}",
            question.norm, widest.words
        ),
        claim: None,
        adversary: Direction::Minimises,
        canonical,
    }
}
