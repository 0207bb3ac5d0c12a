//! The report of a question of verification for a terminal, at most 100 columns wide.

use std::fmt::Write as _;

use super::super::certificate::{BoundRecord, BoundSource, Certificate, PartRecord};
use super::short;
use super::terminal::{field, head};
use crate::front::printable::number;

/// Parts that are listed; the certificate has them all.
const LISTED: usize = 12;

/// The report, verdict first.
#[must_use]
pub fn text(c: &Certificate) -> String {
    let mut out = head(c);
    let value = |b: &BoundRecord| format!("{}, from {}", b.of_margin(), b.from.word());
    field(&mut out, "bound", &c.bound.as_ref().map_or_else(|| "none proved".to_owned(), value));
    let shown = c.parts.iter().take(LISTED);
    let mut said = None;
    for (k, part) in shown.enumerate() {
        field(&mut out, if k == 0 { "parts" } else { "" }, &words(part));
        // That of an only part is in the verdict's sentence.
        if let Some(why) = part.missing.as_ref().filter(|_| c.parts.len() > 1) {
            // Many parts are open for the same reason, which is told once.
            let told = if said == Some(why) { "for the same reason" } else { why.as_str() };
            field(&mut out, "", &format!("  {told}"));
            said = Some(why);
        }
    }
    if let Some(more) = c.parts.len().checked_sub(LISTED).filter(|n| *n > 0) {
        field(&mut out, "", &format!("and {more} more"));
    }
    match &c.attack {
        None => field(&mut out, "attack", "none found"),
        Some(a) => {
            let mut text = format!("margin {}, {}", number(a.value), a.finder.words());
            if let Some(clean) = a.clean {
                let _ = write!(text, "; {} at the point itself", short(clean));
            }
            field(&mut out, "attack", &text);
            if let Some(x) = &a.test_input {
                field(&mut out, "input", &input(x));
            }
            if let Some(o) = &a.outputs {
                field(&mut out, "outputs", &list(&o.double));
                field(&mut out, "single", &list(&o.single));
            }
        }
    }
    if c.seconds != 0.0 {
        field(&mut out, "seconds", &short((c.seconds * 1000.0).round() / 1000.0));
    }
    out
}

/// What is known of a part.
fn words(part: &PartRecord) -> String {
    let state = part.state();
    match &part.bound {
        Some(b) => {
            let who = b.solver.as_deref().unwrap_or(b.from.word());
            let symbol = if b.from == BoundSource::Proof { ">" } else { ">=" };
            format!("{}: {state}, margin {symbol} {} ({who})", part.part, short(b.value))
        }
        None => format!("{}: {state}", part.part),
    }
}

/// The first numbers of an input that attacks, as they are.
fn input(values: &[f64]) -> String {
    let mut text: Vec<String> = values.iter().take(LISTED).map(|v| number(*v)).collect();
    if let Some(more) = values.len().checked_sub(LISTED).filter(|n| *n > 0) {
        text.push(format!("... and {more} more in certificate.json"));
    }
    text.join(", ")
}

/// The first numbers of a list.
fn list(values: &[f64]) -> String {
    let shown: Vec<String> = values.iter().take(LISTED).map(|v| short(*v)).collect();
    let more = values.len().saturating_sub(LISTED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{rest}", shown.join(", "))
}
