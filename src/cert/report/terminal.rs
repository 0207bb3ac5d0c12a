//! The report for a terminal, at most 100 columns wide.

use std::fmt::Write as _;

use super::super::certificate::{AttackRecord, BoundRecord, Certificate, Direction};
use super::{LabelNames, headline, short};
use crate::front::printable::number;

/// Widest line of the report.
pub const WIDTH: usize = 100;

/// Changed samples that are listed; the certificate has them all.
const LISTED: usize = 12;

/// The report, verdict first; `labels` as the data call them.
#[must_use]
pub fn text(c: &Certificate, labels: &LabelNames) -> String {
    let mut out = head(c);
    field(&mut out, "bound", &bound(c));
    if let Some(b) = &c.withdrawn {
        field(&mut out, "withdrawn", &withdrawn(b));
    }
    field(
        &mut out,
        "attack",
        &c.attack
            .as_ref()
            .map_or_else(|| "none found".to_owned(), |a| attack(a, c.question.adversary)),
    );
    if let Some(g) = c.gap {
        let tolerance = c.bound.as_ref().map_or(0.0, |b| b.tolerance);
        let note = if tolerance > 0.0 {
            format!(" (beyond the tolerance {})", short(tolerance))
        } else {
            String::new()
        };
        field(&mut out, "gap", &format!("{}{note}", short(g)));
    }
    if let Some(a) = c.attack.as_ref().filter(|a| a.changed > 0) {
        changes(&mut out, a, labels);
    }
    // Of an answer that was carried here no time was measured.
    if c.seconds != 0.0 {
        field(&mut out, "seconds", &short((c.seconds * 1000.0).round() / 1000.0));
    }
    out
}

/// Verdict, claim, reason and question: what every report begins with.
pub(super) fn head(c: &Certificate) -> String {
    let mut out = String::new();
    let mut head = headline(c).to_uppercase();
    if let Some(claim) = &c.question.claim {
        head.push_str("  claim: ");
        head.push_str(claim);
    }
    let _ = writeln!(out, "{head}");
    wrap(&mut out, "  ", &format!("{}.", c.reason));
    out.push('\n');
    field(&mut out, "question", &c.question.words);
    out
}

fn bound(c: &Certificate) -> String {
    let Some(b) = &c.bound else { return "none proved".to_owned() };
    let symbol = match c.question.adversary {
        Direction::Minimises => ">=",
        Direction::Maximises => "<=",
    };
    let mut text = format!("value {symbol} {}, from {}", number(b.value), b.from.word());
    if let Some(s) = &b.solver {
        text.push_str(&format!(" {s}"));
        if let Some(v) = &b.version {
            text.push_str(&format!(" {v}"));
        }
        if b.embedded {
            text.push_str(" (embedded)");
        }
    }
    text.push_str(&format!(", {}", b.status));
    if b.reported.to_bits() != b.value.to_bits() {
        text.push_str(&format!("; reported {}", number(b.reported)));
    }
    text
}

/// A wrong bound, never as an inequality.
fn withdrawn(b: &BoundRecord) -> String {
    let source = b.solver.as_deref().unwrap_or(b.from.word());
    format!("{source} stated the bound {}, which the replayed attack disproves", number(b.value))
}

fn attack(a: &AttackRecord, adversary: Direction) -> String {
    let mut text = format!(
        "value {} by replay, {} {} changed, {}",
        number(a.value),
        a.changed,
        if a.changed == 1 { "sample" } else { "samples" },
        a.finder.words()
    );
    if let Some(clean) = a.clean {
        let _ = write!(text, "; {} on unchanged data", short(clean));
    }
    if a.ties > 0 {
        let _ = write!(text, "; {} ties met", a.ties);
    }
    if let (Some(claimed), Some(d)) = (a.claimed, a.difference)
        && adversary.worse(claimed, a.value)
        && d.abs() > 1e-6 * (1.0 + claimed.abs())
    {
        let _ = write!(text, "; the solver claimed {}, {} off", short(claimed), short(d));
    }
    text
}

fn changes(out: &mut String, a: &AttackRecord, labels: &LabelNames) {
    let mut lines = Vec::new();
    for (step, choice) in a.choices.iter().enumerate() {
        let at = if a.choices.len() > 1 { format!("step {} ", step + 1) } else { String::new() };
        for c in &choice.changes {
            let mut parts = Vec::new();
            if c.deleted {
                parts.push("deleted".to_owned());
            }
            if let Some(l) = &c.label {
                parts.push(format!("label {}", labels.change(l)));
            }
            for f in &c.features {
                parts.push(format!("{} {} -> {}", f.name, short(f.old), short(f.new)));
            }
            lines.push(format!("{at}row {}: {}", c.row, parts.join(", ")));
        }
        for s in &choice.inserted {
            let x: Vec<String> = s.features.iter().map(|v| short(*v)).collect();
            lines.push(format!("{at}new sample: {} label {}", x.join(", "), labels.show(&s.label)));
        }
    }
    let more = lines.len().saturating_sub(LISTED);
    lines.truncate(LISTED);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    for (k, line) in lines.iter().enumerate() {
        field(out, if k == 0 { "changes" } else { "" }, line);
    }
}

/// One named field, wrapped with a hanging indent.
pub fn field(out: &mut String, name: &str, value: &str) {
    let indent = format!("  {name:<10}");
    wrap(out, &indent, value);
}

/// Words of `text` after `first`; further lines are indented as far. Long words are cut.
fn wrap(out: &mut String, first: &str, text: &str) {
    let indent = first.chars().count();
    let room = WIDTH - indent;
    let mut line = first.to_owned();
    let mut used = 0;
    for word in text.split_whitespace() {
        let mut rest: Vec<char> = word.chars().collect();
        if used > 0 && used + 1 + rest.len() > room {
            out.push_str(line.trim_end());
            out.push('\n');
            line = " ".repeat(indent);
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        while rest.len() > room {
            let tail = rest.split_off(room);
            line.extend(rest.iter());
            out.push_str(line.trim_end());
            out.push('\n');
            line = " ".repeat(indent);
            rest = tail;
        }
        used += rest.len();
        line.extend(rest);
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_nothing_is_lost() {
        let mut out = String::new();
        let long = "x".repeat(250);
        let text = format!("some words {} and {long} more", "ab ".repeat(60));
        field(&mut out, "name", &text);
        assert!(out.lines().all(|l| l.chars().count() <= WIDTH), "{out}");
        let kept: String = out.replace("name", "").split_whitespace().collect();
        let wanted: String = text.split_whitespace().collect();
        assert_eq!(kept, wanted);
    }
}
