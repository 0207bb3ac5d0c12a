//! The report as one HTML file that stands alone: no scripts, no other files.

mod boundary;
mod history;
mod network;
mod plot;
mod reach;
mod scatter;
mod style;
mod tables;
mod trajectory;

use std::fmt::Write as _;

use super::super::certificate::Certificate;
use super::{Story, headline};
pub use network::network_page;
use plot::escape;

/// The whole file. The same story gives the same bytes.
#[must_use]
pub fn page(story: &Story<'_>) -> String {
    let c = story.certificate;
    let mut out = begin(c);
    let scatter = scatter::draw(story).map(|p| section("Training data", &p));
    let history = history::draw(story).map(|p| section("The search", &p));
    if scatter.is_some() || history.is_some() {
        let _ = writeln!(
            out,
            "<div class=\"pair\">\n{}{}</div>",
            scatter.unwrap_or_default(),
            history.unwrap_or_default()
        );
    }
    if let Some(record) = &c.reach {
        out.push_str(&section("What training can reach", &reach::tables(record)));
    }
    if let Some(p) = trajectory::draw(story) {
        out.push_str(&section("Parameters during training", &p));
    }
    if let Some(a) = c.attack.as_ref().filter(|a| a.changed > 0) {
        let mut text = tables::changes(a, story.labels);
        if let (Some(claimed), Some(difference)) = (a.claimed, a.difference)
            && c.question.adversary.worse(claimed, a.value)
            && difference.abs() > 1e-6 * (1.0 + claimed.abs())
        {
            let _ = write!(
                text,
                "<p class=\"soft\">The solver claimed {}; the replay differs by {}.</p>",
                super::short(claimed),
                super::short(difference)
            );
        }
        out.push_str(&section("What the worst attack changes", &text));
    }
    if let Some(b) = &story.backdoor {
        out.push_str(&section("What the backdoor does", &tables::backdoor(b)));
    }
    out.push_str(&end(c));
    out
}

/// The verdict, with what every page begins with.
fn begin(c: &Certificate) -> String {
    let mut out = String::new();
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>theriac: {verdict}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n\
         <header class=\"{verdict}\">\n<p class=\"verdict\">{shown}</p>\n<h1>{words}</h1>\n",
        verdict = c.verdict.word(),
        shown = capital(headline(c)),
        style = style::STYLE,
        words = escape(&c.question.words),
    );
    if let Some(claim) = &c.question.claim {
        let _ = writeln!(out, "<p>Claim: <b>{}</b></p>", escape(claim));
    }
    let _ = writeln!(out, "<p class=\"soft\">{}.</p>\n</header>", escape(&capital(&c.reason)));
    out.push_str(&tables::facts(c));
    out
}

/// The question, files and trust, with what every page ends with.
fn end(c: &Certificate) -> String {
    let mut out = String::new();
    let mut question = String::from("<pre>");
    for line in &c.question.canonical {
        question.push_str(&escape(line));
        question.push('\n');
    }
    question.push_str("</pre>");
    out.push_str(&section("The question in full", &question));
    out.push_str(&section("Files", &tables::files(c)));
    let mut trust = String::from("<ul>");
    for t in &c.trust {
        let _ = write!(trust, "<li>{}</li>", escape(t));
    }
    trust.push_str("</ul>");
    out.push_str(&section("What remains to be trusted", &trust));
    let _ = writeln!(
        out,
        "<footer>theriac {} · certificate seal {}</footer>\n</main>\n</body>\n</html>",
        escape(&c.theriac),
        escape(&c.seal)
    );
    out
}

fn section(title: &str, body: &str) -> String {
    format!("<section>\n<h2>{}</h2>\n{body}\n</section>\n", escape(title))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
