//! What training can reach: answers by method, and widths by step.

use std::fmt::Write as _;

use super::super::short;
use super::plot::escape;
use crate::cert::reaching::record::ReachRecord;
use crate::front::printable::counted;

/// Two tables.
#[must_use]
pub fn tables(record: &ReachRecord) -> String {
    let mut out = String::from(
        "<table>\n<tr><th>method</th><th>certified</th><th>wrong</th><th>abstains</th></tr>\n",
    );
    for m in &record.methods {
        let t = &m.tally;
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            escape(m.method.words()),
            t.certified,
            t.wrong,
            t.abstains
        );
    }
    out.push_str(
        "</table>\n<p class=\"soft\">Mean widths of the boxes, over all parameters.</p>\n",
    );
    out.push_str("<table>\n<tr><th>step</th>");
    for m in &record.methods {
        let _ = write!(out, "<th>{}</th>", escape(m.method.words()));
    }
    out.push_str("</tr>\n");
    for step in 0..record.methods.first().map_or(0, |m| m.mean_widths.len()) {
        let _ = write!(out, "<tr><td>{step}</td>");
        for m in &record.methods {
            let width = m.mean_widths.get(step).copied().flatten();
            let text = width.map_or_else(|| "unbounded".to_owned(), short);
            let _ = write!(out, "<td>{text}</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
    if record.rounds.is_empty() {
        return out;
    }
    out.push_str(
        "<p class=\"soft\">Rounds: the ends that bounds left open, as solvers answered them.</p>\n<table>\n\
         <tr><th>round</th><th>ends</th><th>objectives</th><th>proved</th><th>stopped</th>\
         <th>missing</th><th>unusable</th><th>ends moved</th></tr>\n",
    );
    for (k, t) in record.rounds.iter().enumerate() {
        let cells = [t.ends, t.objectives, t.proved, t.stopped, t.missing, t.unusable, t.moved];
        let cells: String = cells.iter().map(|c| format!("<td>{c}</td>")).collect();
        let name = match (k + 1 == record.rounds.len(), record.by_programs) {
            (true, Some(_)) => "points".to_owned(),
            (true, None) | (false, _) => (k + 1).to_string(),
        };
        let _ = writeln!(out, "<tr><td>{name}</td>{cells}</tr>");
    }
    out.push_str("</table>\n");
    if let Some(n) = record.by_programs {
        let what = counted(n, "point");
        let _ = writeln!(out, "<p>{what} answered by programs that bounds left open.</p>");
    }
    out
}
