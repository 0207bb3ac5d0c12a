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
        for (k, why) in reasons(record).iter().enumerate() {
            field(&mut out, if k == 0 { "open" } else { "" }, why);
        }
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

/// Why radii are open: each reason once, with all radii that it is of.
#[must_use]
pub fn reasons(record: &RadiusRecord) -> Vec<String> {
    let mut told: Vec<(&str, Vec<&str>)> = Vec::new();
    for t in &record.tried {
        let Some(why) = t.why.as_deref() else { continue };
        match told.iter_mut().find(|r| r.0 == why) {
            Some(reason) => reason.1.push(&t.radius),
            None => told.push((why, vec![&t.radius])),
        }
    }
    told.into_iter().map(|(why, radii)| format!("{}: {why}", radii.join(", "))).collect()
}

fn seconds(s: f64) -> String {
    short((s * 1000.0).round() / 1000.0)
}
