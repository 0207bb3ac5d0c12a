//! The report of a question for the largest radius for a terminal, at most 100 columns wide.

use super::super::certificate::Certificate;
use super::short;
use super::terminal::{field, head};
use crate::cert::largest::{EndRecord, RadiusRecord, TriedRecord};
use crate::front::printable::number;

/// The report, verdict first.
#[must_use]
pub fn text(c: &Certificate) -> String {
    let mut out = head(c);
    if let Some(record) = &c.radius {
        let end = |e: &Option<EndRecord>, none: &str| {
            let told = |e: &EndRecord| format!("{} {} ({}/)", record.norm, e.radius, e.folder);
            e.as_ref().map_or_else(|| none.to_owned(), told)
        };
        field(&mut out, "certified", &end(&record.certified, "at no radius"));
        field(&mut out, "attacked", &end(&record.attacked, "at no radius"));
        for (k, tried) in record.tried.iter().enumerate() {
            field(&mut out, if k == 0 { "tried" } else { "" }, &words(tried));
        }
        reasons(&mut out, record);
    }
    if let Some(a) = &c.attack {
        field(&mut out, "attack", &format!("margin {}, {}", number(a.value), a.finder.words()));
    }
    field(&mut out, "seconds", &seconds(c.seconds));
    out
}

/// What came of one radius.
#[must_use]
pub fn words(t: &TriedRecord) -> String {
    let within = t.attack_within.as_ref().map(|w| format!(", within {w} already"));
    let TriedRecord { radius, verdict, .. } = t;
    format!("{radius}: {}{}, {} s", verdict.word(), within.unwrap_or_default(), seconds(t.seconds))
}

/// Why radii are open, each reason once.
fn reasons(out: &mut String, record: &RadiusRecord) {
    let mut told: Vec<&str> = Vec::new();
    for why in record.tried.iter().filter_map(|t| t.why.as_deref()) {
        if !told.contains(&why) {
            field(out, if told.is_empty() { "open" } else { "" }, why);
            told.push(why);
        }
    }
}

fn seconds(s: f64) -> String {
    short((s * 1000.0).round() / 1000.0)
}
