//! The tables of the report: facts, changes, files.

use std::fmt::Write as _;

use super::super::super::certificate::{AttackRecord, BoundSource, Certificate};
use super::super::short;
use super::super::{BackdoorMargins, LabelNames};
use super::plot::escape;
use crate::front::printable::number;

/// The row of large figures.
#[must_use]
pub fn facts(c: &Certificate) -> String {
    let mut out = String::from("<div class=\"facts\">\n");
    let mut fact = |name: &str, value: String, note: String| {
        let _ = writeln!(
            out,
            "<div class=\"fact\"><span>{}</span><b>{}</b><span>{}</span></div>",
            escape(name),
            escape(&value),
            escape(&note)
        );
    };
    match &c.bound {
        Some(b) => {
            let above = if b.from == BoundSource::Proof { "> " } else { "" };
            fact("proved bound", format!("{above}{}", short(b.value)), bound_note(c));
        }
        None => fact("proved bound", "none".to_owned(), String::new()),
    }
    match &c.attack {
        Some(a) => {
            fact("attack, replayed", short(a.value), a.finder.words().to_owned());
            let changed = a.changed;
            if a.outputs.is_none() {
                fact("samples changed", changed.to_string(), ties_note(a));
            }
            match a.clean {
                Some(clean) if a.outputs.is_some() => {
                    fact("at the point", short(clean), format!("{changed} inputs changed"));
                }
                Some(clean) => {
                    fact("unchanged data", short(clean), "same training, no attack".to_owned());
                }
                None => {}
            }
        }
        None => fact("attack, replayed", "none".to_owned(), String::new()),
    }
    if let Some(g) = c.gap {
        let note = c
            .bound
            .as_ref()
            .filter(|b| b.tolerance > 0.0)
            .map(|b| format!("beyond the tolerance {}", short(b.tolerance)));
        fact("gap", short(g), note.unwrap_or_default());
    }
    if c.seconds != 0.0 {
        fact("seconds", short((c.seconds * 1000.0).round() / 1000.0), String::new());
    }
    out.push_str("</div>\n");
    out
}

fn bound_note(c: &Certificate) -> String {
    let Some(b) = &c.bound else { return String::new() };
    let mut note = format!("from: {}", b.from.word());
    if let Some(s) = &b.solver {
        note.push_str(&format!(", {s}"));
        if let Some(v) = &b.version {
            note.push_str(&format!(" {v}"));
        }
        if b.embedded {
            note.push_str(" (embedded)");
        }
    }
    note
}

fn ties_note(a: &AttackRecord) -> String {
    match a.ties {
        0 => "no ties".to_owned(),
        1 => "1 tie".to_owned(),
        n => format!("{n} ties"),
    }
}

/// Margins of both models with and without the trigger.
#[must_use]
pub fn backdoor(b: &BackdoorMargins) -> String {
    let mut out = String::from(
        "<div class=\"wide\"><table><thead><tr><th>margin of the model of</th>\
         <th>input as given</th><th>input with the trigger</th></tr></thead><tbody>\n",
    );
    for (data, plain, triggered) in [
        ("unchanged data", b.clean_plain, b.clean_triggered),
        ("poisoned data", b.poisoned_plain, b.poisoned_triggered),
    ] {
        let (plain, triggered) = (number(plain), number(triggered));
        let _ = writeln!(out, "<tr><td>{data}</td><td>{plain}</td><td>{triggered}</td></tr>");
    }
    out.push_str("</tbody></table></div>\n");
    out
}

/// The table of changed samples, with exact numbers.
#[must_use]
pub fn changes(a: &AttackRecord, labels: &LabelNames) -> String {
    let by_step = a.choices.len() > 1;
    let mut out = String::from("<div class=\"wide\"><table><thead><tr>");
    if by_step {
        out.push_str("<th>step</th>");
    }
    out.push_str("<th>row</th><th>what</th><th>before</th><th>after</th></tr></thead><tbody>\n");
    let mut line = |step: usize, row: &str, what: &str, before: &str, after: &str| {
        out.push_str("<tr>");
        if by_step {
            let _ = write!(out, "<td>{}</td>", step + 1);
        }
        let _ = writeln!(
            out,
            "<td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            escape(row),
            escape(what),
            escape(before),
            escape(after)
        );
    };
    for (step, choice) in a.choices.iter().enumerate() {
        for c in &choice.changes {
            let row = c.row.to_string();
            if c.deleted {
                line(step, &row, "sample", "present", "deleted");
            }
            if let Some(l) = &c.label {
                line(step, &row, "label", &labels.show(&l.old), &labels.show(&l.new));
            }
            for f in &c.features {
                line(step, &row, &f.name, &number(f.old), &number(f.new));
            }
        }
        for s in &choice.inserted {
            let x: Vec<String> = s.features.iter().map(|v| number(*v)).collect();
            let after = format!("{} label {}", x.join(", "), labels.show(&s.label));
            line(step, "new", "sample", "absent", &after);
        }
    }
    out.push_str("</tbody></table></div>\n");
    out
}

/// The table of files with their hashes.
#[must_use]
pub fn files(c: &Certificate) -> String {
    let mut out = String::from(
        "<div class=\"wide\"><table><thead><tr><th>file</th><th>path</th><th>bytes</th>\
         <th>SHA-256</th></tr></thead><tbody>\n",
    );
    for f in &c.files {
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td class=\"hash\">{}</td></tr>",
            f.role.word(),
            escape(&f.path),
            f.bytes,
            escape(&f.sha256)
        );
    }
    out.push_str("</tbody></table></div>\n");
    out
}
