//! From the text of a map to its rules.

use indexmap::IndexMap;

use super::error::{MapFault, NameMapError};
use super::template::{Index, Template};
use super::{NameMap, Whose};
use crate::front::nearest::nearest;
use crate::ir::role::{Axis, Family, Rule};

/// A fault and its byte in the line.
type Fault = (usize, MapFault);

/// Parses the text of the map called `name`.
pub(super) fn parse(name: &str, text: &str) -> Result<NameMap, NameMapError> {
    let mut map = NameMap::readable();
    let mut lines: IndexMap<String, usize> = IndexMap::new();
    let fail = |line: usize, (at, fault): Fault| NameMapError::Rule {
        name: name.to_owned(),
        line: line + 1,
        column: at + 1,
        fault,
    };
    for (number, line) in text.lines().enumerate() {
        let content = uncommented(line);
        if content.trim().is_empty() {
            continue;
        }
        let (whose, column, text) = split(content).map_err(|f| fail(number, f))?;
        if let Some(first) = lines.insert(whose.text(), number) {
            let fault = MapFault::Twice { what: whose.text(), first: first + 1 };
            return Err(fail(number, (0, fault)));
        }
        let template = template(&whose, text).map_err(|(at, f)| fail(number, (column + at, f)))?;
        map.rules.push(format!("{} = {text}", whose.text()));
        map.set(&whose, template, text);
    }
    let line_of = |whose: &Whose| lines.get(&whose.text()).copied();
    match map.settle() {
        Ok(()) => Ok(map),
        Err((whose, other)) => {
            // The later of two rules is where it happens; a kind without a rule has no line.
            let (a, b) = (line_of(&whose), line_of(&other));
            let (at, other) = if a >= b { (a, other) } else { (b, whose) };
            let fault = MapFault::Coincides { other: other.words() };
            Err(fail(at.unwrap_or_default(), (0, fault)))
        }
    }
}

/// The line without its comment; `#` within quotes begins none.
fn uncommented(line: &str) -> &str {
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'#' if !quoted => return line.get(..at).unwrap_or(line),
            _ => {}
        }
    }
    line
}

/// What a rule is for, the byte of its template, and the template.
fn split(line: &str) -> Result<(Whose, usize, &str), Fault> {
    let at = |rest: &str| line.len() - rest.len();
    let rest = line.trim_start();
    let (word, after) = word(rest);
    let is_row = word == "row" && after.starts_with([' ', '\t']);
    let (symbol, symbol_at, after) = if is_row {
        let rest = after.trim_start();
        let (symbol, after) = self::word(rest);
        (symbol, at(rest), after)
    } else {
        (word, at(rest), after)
    };
    if symbol.is_empty() {
        return Err((symbol_at, MapFault::Syntax));
    }
    let mut rest = after.trim_start();
    let mut old = None;
    if rest.starts_with('"') {
        let place = at(rest);
        let (name, after) = quoted(rest).ok_or((place, MapFault::Open { what: "\"" }))?;
        if is_row || symbol != Family::Named.symbol() {
            return Err((place, MapFault::OldName));
        }
        old = Some(name);
        rest = after.trim_start();
    }
    let Some(template) = rest.strip_prefix('=') else {
        return Err((at(rest), MapFault::Syntax));
    };
    let template = template.trim_start();
    let column = at(template);
    let unknown = |of, near: Option<&str>| {
        let hint = near.map_or_else(String::new, |n| format!(", did you mean `{n}`?"));
        (symbol_at, MapFault::UnknownSymbol { of, word: symbol.to_owned(), hint })
    };
    let whose = if is_row {
        let rule = Rule::ALL.iter().find(|r| r.symbol() == symbol);
        let near = || nearest(symbol, Rule::ALL.iter().map(|r| r.symbol()));
        Whose::Row(*rule.ok_or_else(|| unknown("row", near()))?)
    } else {
        let family = Family::ALL.iter().find(|f| f.symbol() == symbol);
        let near = || nearest(symbol, Family::ALL.iter().map(|f| f.symbol()));
        let family = *family.ok_or_else(|| unknown("variable", near()))?;
        old.map_or(Whose::Family(family), Whose::Foreign)
    };
    Ok((whose, column, template.trim_end()))
}

fn word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    text.split_at(end)
}

/// The content of a quoted text, in which `\` makes any character ordinary, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((out, text.get(at + 1..)?)),
            '\\' => out.push(chars.next()?.1),
            c => out.push(c),
        }
    }
    None
}

fn template(whose: &Whose, text: &str) -> Result<Template, Fault> {
    let axes = |axes: &[Axis]| axes.iter().map(|a| Index::Axis(*a)).collect::<Vec<_>>();
    match whose {
        Whose::Family(family) => {
            let all = axes(family.axes());
            Template::parse(text, &all, &all)
        }
        Whose::Foreign(_) => Template::parse(text, &[], &[]),
        Whose::Row(rule) => {
            let mut all = axes(rule.axes());
            all.push(Index::Row);
            Template::parse(text, &all, &[Index::Row])
        }
    }
}
