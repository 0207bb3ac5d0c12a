//! A question of verification in words for people, and in a canonical form for comparison.

use crate::bounds::Interval;
use crate::cert::certificate::{Direction, QuestionText};
use crate::cert::instance::manifest::VERIFICATION;
use crate::front::hash::sha256_bytes;
use crate::front::printable::{counted, number};
use crate::question::verify::{Case, Subject, Ties, Verification, Written};

/// Everything that a certificate says about its question.
#[must_use]
pub fn question_text(question: &Verification) -> QuestionText {
    QuestionText {
        words: words(question),
        claim: Some(claim(question).to_owned()),
        adversary: Direction::Minimises,
        canonical: canonical(question),
    }
}

/// What a certificate proves of the margin.
fn claim(question: &Verification) -> &'static str {
    match question.subject {
        Subject::Robust { ties: Ties::Right, .. } => "worst margin >= 0",
        Subject::Robust { ties: Ties::First, .. } => {
            "worst margin >= 0, and > 0 for classes with a smaller number"
        }
        Subject::Robust { ties: Ties::Wrong, .. } | Subject::Property { .. } => "worst margin > 0",
    }
}

/// The question in one sentence.
fn words(q: &Verification) -> String {
    match &q.subject {
        Subject::Property { source, .. } => format!(
            "Can any input make the network {}, with {} and {}, do what the property {source} forbids?",
            q.network,
            counted(q.graph.input_len(), "input"),
            counted(q.graph.output_len(), "output")
        ),
        Subject::Robust { point, around, label, classes, ties } => {
            let rows = match around.rows.len() {
                0 => String::new(),
                n => format!(", {}", counted(n, "linear row")),
            };
            let how = match ties {
                Ties::Wrong => "reach",
                Ties::Right => "exceed",
                Ties::First => "exceed, or with a smaller number reach,",
            };
            let other = match classes {
                2 => "the other output".to_owned(),
                n => format!("another of the {n} outputs"),
            };
            let off = match around.on_lattice() {
                true => "",
                false => ", which the point itself is not",
            };
            format!(
                "Can any input near {point} ({}{off}{rows}) make {other} of the network {} {how} that of \
                 class {label}?",
                set(&around.written),
                q.network
            )
        }
    }
}

/// Changes that are told in words; the canonical form has them all.
const TOLD: usize = 3;

/// How far an input may be from its point, as it was written.
fn set(w: &Written) -> String {
    let mut out = w.changes.iter().take(TOLD).cloned().collect::<Vec<_>>().join(", ");
    if let Some(more) = w.changes.len().checked_sub(TOLD).filter(|n| *n > 0) {
        out.push_str(&format!(" and {}", counted(more, "more line")));
    }
    if let Some(within) = &w.within {
        out.push_str(&format!(" within {within}"));
    }
    if let Some(lattice) = &w.lattice {
        out.push_str(&format!(", all of them multiples of {lattice}"));
    }
    if w.before_scaling {
        out.push_str(", in the units of the data before mean and std");
    }
    out
}

/// The whole question, one `key = value` a line. Sets and formulas are there by the hash of their
/// canonical bytes: a property may have millions of numbers.
fn canonical(q: &Verification) -> Vec<String> {
    let mut out = vec![
        VERIFICATION.to_owned(),
        format!("network = {}", q.network),
        format!("inputs = {}", q.graph.input_len()),
        format!("outputs = {}", q.graph.output_len()),
    ];
    out.extend(q.left_out.iter().map(|l| format!("left out = {l}")));
    match &q.subject {
        Subject::Property { source, .. } => out.push(format!("property = {source}")),
        Subject::Robust { point, around, label, classes, ties } => {
            out.push(format!("point = {point}"));
            out.push(format!("label = {label} of {classes}"));
            if *ties != Ties::Wrong {
                out.push(format!("ties = {}", ties.word()));
            }
            let w = &around.written;
            out.push(format!("perturbation = {}", w.changes.join(", ")));
            out.extend(w.within.iter().map(|within| format!("within = {within}")));
            out.extend(w.lattice.iter().map(|lattice| format!("lattice = {lattice}")));
            if w.before_scaling {
                out.push("units = data before mean and std".to_owned());
            }
        }
    }
    out.push(format!("sets = {}", q.cases.len()));
    for (k, case) in q.cases.iter().enumerate() {
        out.push(format!("set {k} = sha256 {}", sha256_bytes(bytes(case).as_bytes())));
    }
    out
}

/// Everything that a case says, as text.
fn bytes(case: &Case) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    let mut ends = |name: &str, list: &[Interval]| {
        let _ = write!(text, "{name}");
        for v in list {
            let _ = write!(text, " {},{}", number(v.lo), number(v.hi));
        }
        text.push('\n');
    };
    ends("outer", &case.outer);
    ends("inner", &case.inner);
    for ball in &case.balls {
        ends(&format!("{:?}", ball.norm), &ball.center);
        ends("radius", &[ball.radius]);
    }
    let _ = writeln!(text, "between {:?}", case.between);
    for row in &case.rows {
        let _ = writeln!(text, "row {row}");
    }
    if let Some(l) = case.lattice {
        let _ = writeln!(text, "lattice {}/{}", number(l.times), number(l.over));
    }
    let _ = writeln!(text, "goal {}", case.goal);
    text
}
