//! The page of a question of verification: parts, the input of the attack as a picture, outputs.

use std::fmt::Write as _;

use super::super::super::certificate::{AttackRecord, Certificate, PartRecord};
use super::super::{radius, short};
use super::plot::escape;
use super::{begin, end, section};
use crate::cert::largest::RadiusRecord;
use crate::front::printable::number;
use crate::network::graph::Rounding;
use crate::question::verify::{Subject, Verification};

/// The largest picture that is drawn, pixels a side.
const LARGEST: usize = 64;
/// Rows that a table lists; the certificate has them all.
const LISTED: usize = 100;

/// The whole file. The same certificate gives the same bytes.
#[must_use]
pub fn network_page(c: &Certificate, question: &Verification) -> String {
    let mut out = begin(c);
    if let Some(record) = &c.radius {
        out.push_str(&section("The radii that were tried", &radii(record)));
    }
    if !c.parts.is_empty() {
        out.push_str(&section("What must not happen", &parts(&c.parts)));
    }
    let point = reference(question);
    if let Some(a) = &c.attack {
        if let Some(p) = pictures(question, &point, a).or_else(|| input(question, &point, a)) {
            out.push_str(&section("The input that breaks the property", &p));
        }
        out.push_str(&section("Outputs", &outputs(question, &point, a)));
    }
    out.push_str(&end(c));
    out
}

/// The point that the question is about; the middle of its first set where it names none.
fn reference(question: &Verification) -> Vec<f64> {
    match &question.subject {
        Subject::Robust { around, .. } => around.center.iter().map(|c| c.hi).collect(),
        Subject::Property { .. } => question.cases.first().map_or_else(Vec::new, |case| {
            case.outer.iter().map(|v| v.lo / 2.0 + v.hi / 2.0).collect()
        }),
    }
}

/// What [`reference`] is.
fn named(question: &Verification) -> String {
    match &question.subject {
        Subject::Robust { point, .. } => point.clone(),
        Subject::Property { .. } => "the middle of the set".to_owned(),
    }
}

/// Inputs that the table of an attack lists.
const INPUTS: usize = 12;

/// The attack as numbers, beside the point.
fn input(question: &Verification, point: &[f64], a: &AttackRecord) -> Option<String> {
    let attack = a.test_input.as_ref()?;
    let mut out = format!(
        "<div class=\"wide\"><table><thead><tr><th>input</th><th>{}</th><th>attack</th></tr></thead>\
         <tbody>\n",
        escape(&named(question))
    );
    for (k, x) in attack.iter().enumerate().take(INPUTS) {
        let at = point.get(k).map_or_else(|| "-".to_owned(), |v| number(*v));
        let _ = writeln!(out, "<tr><td>{k}</td><td>{at}</td><td>{}</td></tr>", number(*x));
    }
    out.push_str("</tbody></table></div>\n");
    if let Some(more) = attack.len().checked_sub(INPUTS).filter(|n| *n > 0) {
        let _ = writeln!(out, "<p class=\"soft\">... and {more} more in certificate.json</p>");
    }
    Some(out)
}

fn radii(record: &RadiusRecord) -> String {
    let head = format!("<th>{} radius</th><th>verdict</th><th>seconds</th>", escape(&record.norm));
    let mut out = format!("<div class=\"wide\"><table><thead><tr>{head}</tr></thead><tbody>\n");
    for t in &record.tried {
        let within = t.attack_within.as_ref().map(|w| format!(", within {} already", escape(w)));
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}{}</td><td>{}</td></tr>",
            escape(&t.radius),
            t.verdict.word(),
            within.unwrap_or_default(),
            short((t.seconds * 1000.0).round() / 1000.0)
        );
    }
    out.push_str("</tbody></table></div>\n");
    for why in radius::reasons(record) {
        let _ = writeln!(out, "<p class=\"soft\">open at {}</p>", escape(&why));
    }
    out
}

fn parts(parts: &[PartRecord]) -> String {
    let mut out = String::from(
        "<div class=\"wide\"><table><thead><tr><th>part</th><th>state</th><th>bound</th>\
         <th>proved by, or why not</th></tr></thead><tbody>\n",
    );
    for p in parts.iter().take(LISTED) {
        let state = p.state();
        let (bound, mut by) = match &p.bound {
            Some(b) => {
                let who = b.solver.as_deref().unwrap_or(b.from.word());
                (b.of_margin(), format!("{who}, {}", b.status))
            }
            None => ("-".to_owned(), String::new()),
        };
        if let Some(why) = &p.missing {
            by.push_str(if by.is_empty() { "" } else { "; " });
            by.push_str(why);
        }
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{state}</td><td>{bound}</td><td>{}</td></tr>",
            escape(&p.part),
            escape(&by)
        );
    }
    out.push_str("</tbody></table></div>\n");
    more(&mut out, parts.len());
    out
}

fn more(out: &mut String, count: usize) {
    if count > LISTED {
        let _ = writeln!(out, "<p class=\"soft\">and {} more</p>", count - LISTED);
    }
}

/// Channels, height and width, if the inputs look like a picture.
fn picture(question: &Verification) -> Option<(usize, usize, usize)> {
    let [port] = question.graph.inputs.as_slice() else { return None };
    let shape: Vec<usize> = port.shape.iter().copied().filter(|d| *d != 1).collect();
    let (channels, height, width) = match shape.as_slice() {
        [784] => (1, 28, 28),
        [3072] => (3, 32, 32),
        [h, w] => (1, *h, *w),
        [3, h, w] => (3, *h, *w),
        _ => return None,
    };
    (height.max(width) <= LARGEST && height.min(width) >= 4).then_some((channels, height, width))
}

/// The point, the attack and what is between them, side by side.
fn pictures(question: &Verification, point: &[f64], a: &AttackRecord) -> Option<String> {
    let shape = picture(question)?;
    let attack = a.test_input.as_ref()?;
    if point.len() != attack.len() || attack.len() != shape.0 * shape.1 * shape.2 {
        return None;
    }
    let change: Vec<f64> = attack.iter().zip(point).map(|(a, p)| a - p).collect();
    let least = point.iter().chain(attack).copied().fold(f64::INFINITY, f64::min);
    let most = point.iter().chain(attack).copied().fold(f64::NEG_INFINITY, f64::max);
    let far = change.iter().fold(0.0, |m: f64, v| m.max(v.abs()));
    let first = named(question);
    let mut out = String::from("<div class=\"many\">\n");
    for (title, values, (lo, hi)) in [
        (first, point, (least, most)),
        ("the attack".to_owned(), attack.as_slice(), (least, most)),
        (format!("the change, at most {}", short(far)), change.as_slice(), (-far, far)),
    ] {
        let drawn = draw(values, shape, (lo, hi));
        let _ = writeln!(out, "<div><h3>{}</h3>{drawn}</div>", escape(&title));
    }
    out.push_str("</div>\n");
    Some(out)
}

/// Squares of grey or colour; runs of the same colour in a row are one.
fn draw(
    values: &[f64],
    (channels, height, width): (usize, usize, usize),
    (lo, hi): (f64, f64),
) -> String {
    let level = |v: f64| {
        let share = if hi > lo { (v - lo) / (hi - lo) } else { 0.5 };
        (share.clamp(0.0, 1.0) * 255.0).round() as u8
    };
    let colour = |y: usize, x: usize| {
        let of =
            |c: usize| level(values.get((c * height + y) * width + x).copied().unwrap_or_default());
        if channels == 3 { [of(0), of(1), of(2)] } else { [of(0); 3] }
    };
    let mut out = format!(
        "<svg role=\"img\" viewBox=\"0 0 {width} {height}\" shape-rendering=\"crispEdges\">\n"
    );
    for y in 0..height {
        let mut x = 0;
        while x < width {
            let c = colour(y, x);
            let run = (x..width).take_while(|k| colour(y, *k) == c).count();
            let _ = write!(
                out,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{run}\" height=\"1\" fill=\"#{:02x}{:02x}{:02x}\"/>",
                c[0], c[1], c[2]
            );
            x += run;
        }
        out.push('\n');
    }
    out.push_str("</svg>");
    out
}

/// Outputs at the point and for the attack, in both arithmetics.
fn outputs(question: &Verification, point: &[f64], a: &AttackRecord) -> String {
    let Some(o) = &a.outputs else { return String::new() };
    let before = question.graph.eval(point, Rounding::Double).unwrap_or_default();
    let mut out = format!(
        "<div class=\"wide\"><table><thead><tr><th>output</th><th>at {}</th>\
         <th>attack, double precision</th><th>attack, single precision</th></tr></thead><tbody>\n",
        escape(&named(question))
    );
    for (k, double) in o.double.iter().enumerate().take(LISTED) {
        let at = |list: &[f64]| list.get(k).map_or_else(|| "-".to_owned(), |v| number(*v));
        let _ = writeln!(
            out,
            "<tr><td>{k}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            at(&before),
            number(*double),
            at(&o.single)
        );
    }
    out.push_str("</tbody></table></div>\n");
    more(&mut out, o.double.len());
    let _ = writeln!(
        out,
        "<p class=\"soft\">The real numbers that the network's file stands for were judged by {} \
         arithmetic{}.</p>",
        if o.judge == "exact" { "rational" } else { "interval" },
        if o.agreed { ", and both precisions agree" } else { "; the precisions do not agree" }
    );
    out
}
