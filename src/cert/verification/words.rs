//! A question of verification in words for people, and in a canonical form for comparison.

use crate::bounds::Interval;
use crate::cert::certificate::{Direction, QuestionText};
use crate::cert::instance::manifest::VERIFICATION;
use crate::front::hash::sha256_bytes;
use crate::front::printable::number;
use crate::question::verify::{Case, Perturbation, Subject, Verification};

/// Everything that a certificate says about its question.
#[must_use]
pub fn question_text(question: &Verification) -> QuestionText {
    QuestionText {
        words: words(question),
        claim: Some("worst margin > 0".to_owned()),
        adversary: Direction::Minimises,
        canonical: canonical(question),
    }
}

/// The question in one sentence.
fn words(q: &Verification) -> String {
    match &q.subject {
        Subject::Property { source, .. } => format!(
            "Can any input make the network {}, with {} inputs and {} outputs, do what the property \
             {source} forbids?",
            q.network,
            q.graph.input_len(),
            q.graph.output_len()
        ),
        Subject::Robust { point, around, label, classes } => {
            let within = around.within.map_or_else(String::new, |(lo, hi)| {
                format!(", each input in [{}, {}]", decimal(lo), decimal(hi))
            });
            let lattice = around.lattice.map_or_else(String::new, |l| {
                format!(", all of them multiples of {}/{}", number(l.times), number(l.over))
            });
            let rows = match around.rows.len() {
                0 => String::new(),
                n => format!(", {n} linear rows"),
            };
            format!(
                "Can any input near {point} ({}{within}{lattice}{rows}) make another of the {classes} \
                 outputs of the network {} reach that of class {label}?",
                perturbation(&around.perturbation),
                q.network
            )
        }
    }
}

fn perturbation(p: &Perturbation) -> String {
    match p {
        Perturbation::Linf(r) => format!("linf {}", decimal(*r)),
        Perturbation::L1(r) => format!("l1 {}", decimal(*r)),
        Perturbation::L2(r) => format!("l2 {}", decimal(*r)),
        Perturbation::Offsets(list) => format!("offsets of {} inputs", list.len()),
    }
}

/// The shortest decimal in an enclosure: `[0.1 - ulp, 0.1]` is that of 0.1.
fn decimal(v: Interval) -> String {
    let (lo, hi) = (number(v.lo), number(v.hi));
    if hi.len() < lo.len() { hi } else { lo }
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
        Subject::Robust { point, around, label, classes } => {
            out.push(format!("point = {point}"));
            out.push(format!("label = {label} of {classes}"));
            out.push(format!("perturbation = {}", perturbation(&around.perturbation)));
            if let Some((lo, hi)) = around.within {
                out.push(format!("within = [{}, {}]", decimal(lo), decimal(hi)));
            }
            if let Some(l) = around.lattice {
                out.push(format!("lattice = {}/{}", number(l.times), number(l.over)));
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
    if let Some(ball) = &case.ball {
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
