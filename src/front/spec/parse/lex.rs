//! Tokens: blanks, words, symbols, strings, numbers.
//!
//! Blanks are spaces, tabs and comments. A line break ends a setting, except inside brackets,
//! after a comma and before a clause of `data`; parsers call [`gap`] where it does not.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{opt, recognize};
use nom::{Input, Parser};

use super::state::{Expected, In, Res};
use crate::front::printable;
use crate::front::spec::ast::Statement;
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::production::Production;
use crate::front::spec::span::{Span, Spanned};

/// Skips blanks; a byte order mark is one.
pub fn blank(i: In<'_>) -> In<'_> {
    skip(i, |c| matches!(c, ' ' | '\t' | '\r' | '\u{feff}'))
}

/// Skips blanks and line breaks.
pub fn gap(i: In<'_>) -> In<'_> {
    skip(i, |c| matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{feff}'))
}

fn skip(mut i: In<'_>, space: fn(char) -> bool) -> In<'_> {
    loop {
        let text = *i.fragment();
        let end = match text.chars().next() {
            Some('#') => text.find('\n').unwrap_or(text.len()),
            Some(c) if space(c) => text.find(|c| !space(c)).unwrap_or(text.len()),
            Some(_) | None => return i,
        };
        i = i.take_from(end);
    }
}

/// Skips line breaks and `;`.
pub fn separators(mut i: In<'_>) -> In<'_> {
    loop {
        i = gap(i);
        if !i.fragment().starts_with(';') {
            return i;
        }
        i = i.take_from(1);
    }
}

/// Before `word`, if that comes next, be it on a line below; else where it is. Unlike [`keyword`] this
/// leaves no trace, so that an error further down does not speak of it.
pub fn next_is<'a>(word: &str, i: In<'a>) -> In<'a> {
    let next = gap(i);
    let found = next.fragment().strip_prefix(word).is_some_and(|rest| !continues(rest));
    if found { next } else { i }
}

/// Whether a line begins with the keyword of a statement. Unlike [`keyword`] this leaves no trace.
pub fn begins_statement(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '\r']);
    let rests = Statement::KEYWORDS.iter().filter_map(|k| line.strip_prefix(k));
    rests.into_iter().any(|rest| !continues(rest))
}

/// Runs `parser` as `production`: remembers that it was recognised.
pub fn rule<'a, T>(
    production: Production,
    mut parser: impl FnMut(In<'a>) -> Res<'a, T>,
) -> impl FnMut(In<'a>) -> Res<'a, T> {
    move |i| {
        let (rest, node) = parser(i)?;
        rest.extra.seen(production);
        Ok((rest, node))
    }
}

/// Runs `parser` and adds the place of what it read.
pub fn spanned<'a, T>(
    mut parser: impl FnMut(In<'a>) -> Res<'a, T>,
) -> impl FnMut(In<'a>) -> Res<'a, Spanned<T>> {
    move |i| {
        let i = blank(i);
        let (rest, node) = parser(i)?;
        let span = Span { start: i.location_offset(), end: rest.location_offset() };
        Ok((rest, Spanned::new(node, span)))
    }
}

/// The whole word `word`, which may contain hyphens.
pub fn keyword<'a>(word: &'static str) -> impl Fn(In<'a>) -> Res<'a, Span> {
    move |i| {
        let i = blank(i);
        let start = i.location_offset();
        let found: Res<'a, In<'a>> = tag(word).parse(i);
        match found {
            Ok((rest, _)) if !continues(rest.fragment()) => {
                Ok((rest, Span { start, end: rest.location_offset() }))
            }
            Ok(_) | Err(_) => i.extra.miss(i, Expected::Literal(word)),
        }
    }
}

/// Whether a word goes on at the start of `rest`.
fn continues(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some('-') => chars.next().is_some_and(char::is_alphabetic),
        Some(c) => is_word(c),
        None => false,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The symbol `symbol`.
pub fn symbol<'a>(symbol: &'static str) -> impl Fn(In<'a>) -> Res<'a, Span> {
    move |i| {
        let i = blank(i);
        let start = i.location_offset();
        let found: Res<'a, In<'a>> = tag(symbol).parse(i);
        match found {
            Ok((rest, _)) => Ok((rest, Span { start, end: rest.location_offset() })),
            Err(_) => i.extra.miss(i, Expected::Literal(symbol)),
        }
    }
}

/// One of several words, each with its meaning.
pub fn choice<'a, T: Copy>(
    table: &'static [(&'static str, T)],
) -> impl Fn(In<'a>) -> Res<'a, Spanned<T>> {
    move |i| {
        for (word, meaning) in table {
            if let Ok((rest, span)) = keyword(word)(i) {
                return Ok((rest, Spanned::new(*meaning, span)));
            }
        }
        Err(nom::Err::Error(super::state::Miss))
    }
}

/// A name: a letter or `_`, then letters, digits and `_`.
pub fn name(i: In<'_>) -> Res<'_, Spanned<String>> {
    let i = blank(i);
    let starts = i.fragment().chars().next().is_some_and(|c| is_word(c) && !c.is_ascii_digit());
    if !starts {
        return i.extra.miss(i, Expected::Kind(Expected::NAME));
    }
    let word = |i| take_while1(is_word).parse(i);
    let (rest, found) = rule(Production::Name, spanned(word))(i)?;
    Ok((rest, Spanned::new(found.node.fragment().to_string(), found.span)))
}

/// A string in double quotes, on one line, without escapes.
pub fn string(i: In<'_>) -> Res<'_, Spanned<String>> {
    let i = blank(i);
    let start = i.location_offset();
    let open: Res<'_, char> = char('"').parse(i);
    let Ok((inside, _)) = open else {
        return i.extra.miss(i, Expected::Kind(Expected::STRING));
    };
    let (rest, text) = take_while(|c| c != '"' && c != '\n').parse(inside)?;
    let close: Res<'_, char> = char('"').parse(rest);
    let Ok((rest, _)) = close else {
        let span = Span { start, end: rest.location_offset() };
        let error = Diagnostic::new(Code::OpenString, "this string has no end on its line", span)
            .label("opened here")
            .help("close it with a double quote");
        return i.extra.fail(error);
    };
    rest.extra.seen(Production::Text);
    let span = Span { start, end: rest.location_offset() };
    Ok((rest, Spanned::new(text.fragment().to_string(), span)))
}

/// A whole number without sign.
pub fn integer(i: In<'_>) -> Res<'_, Spanned<usize>> {
    let i = blank(i);
    let digits: Res<'_, In<'_>> = digit1.parse(i);
    let Ok((rest, digits)) = digits else {
        return i.extra.miss(i, Expected::Kind(Expected::WHOLE));
    };
    let after = rest.fragment();
    let fraction = after.starts_with('.') && !after.starts_with("..");
    if fraction || after.starts_with(is_word) {
        return i.extra.miss(i, Expected::Kind(Expected::WHOLE));
    }
    let amount = digits.fragment().parse().unwrap_or(f64::INFINITY);
    if let Some(error) = composite(rest, i.location_offset(), amount, true) {
        return i.extra.fail(error);
    }
    let span = Span { start: i.location_offset(), end: rest.location_offset() };
    let value = digits.fragment().parse::<u32>().unwrap_or_else(|_| {
        let message = format!("{} is too large", digits.fragment());
        let error = Diagnostic::new(Code::TooLarge, message, span).label("this number");
        i.extra.report(error.help("whole numbers go up to 4294967295"));
        0
    });
    rest.extra.seen(Production::Whole);
    // A u32 fits the usize of every platform with an address space that holds a model.
    Ok((rest, Spanned::new(value as usize, span)))
}

/// A number without sign, with its text.
fn decimal(i: In<'_>) -> Res<'_, In<'_>> {
    recognize((digit1, opt((char('.'), digit1)), opt((one_of("eE"), opt(one_of("+-")), digit1))))
        .parse(i)
}

/// A number with an optional sign: its value and its text.
pub fn number_text(i: In<'_>) -> Res<'_, Spanned<(f64, String)>> {
    number_as(i, Production::Number, true)
}

/// The text of a number that may be the first or second of a quotient.
pub fn decimal_text(i: In<'_>, production: Production) -> Res<'_, String> {
    let (rest, found) = number_in(i, production, production == Production::Number, true)?;
    Ok((rest, found.node.1))
}

/// A number with an optional sign.
pub fn number(i: In<'_>) -> Res<'_, Spanned<f64>> {
    let (rest, found) = number_text(i)?;
    Ok((rest, Spanned::new(found.node.0, found.span)))
}

/// A number without sign.
pub fn unsigned(i: In<'_>) -> Res<'_, Spanned<f64>> {
    let (rest, found) = number_as(i, Production::Unsigned, false)?;
    Ok((rest, Spanned::new(found.node.0, found.span)))
}

fn number_as(i: In<'_>, production: Production, sign: bool) -> Res<'_, Spanned<(f64, String)>> {
    number_in(i, production, sign, false)
}

/// A number, with or without a sign, which may be part of a quotient.
fn number_in(
    i: In<'_>,
    production: Production,
    sign: bool,
    quotient: bool,
) -> Res<'_, Spanned<(f64, String)>> {
    let i = blank(i);
    let start = i.location_offset();
    let signed = |i| recognize((opt(one_of("+-")), decimal)).parse(i);
    let found: Res<'_, In<'_>> = if sign { signed(i) } else { decimal(i) };
    let Ok((rest, text)) = found else { return not_a_number(i) };
    let span = Span { start, end: rest.location_offset() };
    if rest.fragment().starts_with(is_word) {
        return i.extra.miss(i, Expected::Kind(Expected::NUMBER));
    }
    let text = *text.fragment();
    let value: f64 = text.parse().unwrap_or(f64::NAN);
    let divided = quotient && rest.fragment().starts_with('/');
    if let Some(error) = composite(rest, start, value, false).filter(|_| !divided) {
        return i.extra.fail(error);
    }
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let vanished = value == 0.0 && mantissa.contains(|c: char| matches!(c, '1'..='9'));
    if !value.is_finite() || vanished {
        let message = format!("{text} does not fit a double");
        let error = Diagnostic::new(Code::NotFinite, message, span).label("this number");
        let help = "numbers other than 0 lie between 5e-324 and 1.7976931348623157e308";
        i.extra.report(error.help(help));
    }
    rest.extra.seen(production);
    Ok((rest, Spanned::new((value, text.to_string()), span)))
}

/// The error where a number goes on as a percentage or a fraction, with how to write it.
fn composite(rest: In<'_>, start: usize, value: f64, whole: bool) -> Option<Diagnostic> {
    let (sign, behind) = rest.fragment().split_at_checked(1)?;
    let (length, help) = match sign {
        "%" if whole => (1, "write how many there are, a whole number".to_owned()),
        "%" => (1, format!("write the number itself: {}", printable::number(value / 100.0))),
        "/" if whole => (1, "write a whole number such as 3".to_owned()),
        "/" => {
            let end = behind.find(|c: char| !c.is_ascii_digit() && c != '.');
            let digits = behind.get(..end.unwrap_or(behind.len()))?;
            let by: f64 = digits.parse().ok()?;
            (
                1 + digits.len(),
                format!("write the quotient as a decimal: {}", printable::number(value / by)),
            )
        }
        _ => return None,
    };
    let kind = if sign == "%" { "percentages" } else { "fractions" };
    let message = format!("numbers are written as decimals, not as {kind}");
    let span = Span { start, end: rest.location_offset() + length };
    Some(Diagnostic::new(Code::Unexpected, message, span).label("not a decimal").help(help))
}

/// Says what is wrong where a number should be: `nan` and `inf` deserve a sentence of their own.
fn not_a_number<T>(i: In<'_>) -> Res<'_, T> {
    let word: Res<'_, In<'_>> =
        recognize((opt(one_of("+-")), alt((take_while1(is_word), tag("∞"))))).parse(i);
    if let Ok((rest, word)) = word {
        let bare = word.fragment().trim_start_matches(['+', '-']).to_lowercase();
        if matches!(bare.as_str(), "nan" | "inf" | "infinity" | "∞") {
            let span = Span { start: i.location_offset(), end: rest.location_offset() };
            let message = format!("`{}` is not a number here", word.fragment());
            let error = Diagnostic::new(Code::NotFinite, message, span)
                .label("not finite")
                .help("numbers are finite; leave the setting out where nothing is bounded");
            return i.extra.fail(error);
        }
    }
    i.extra.miss(i, Expected::Kind(Expected::NUMBER))
}

/// The end of a statement or setting: a line break, `;`, the end of the file, or the `}` that
/// closes the block, which is left.
pub fn end(i: In<'_>) -> Res<'_, ()> {
    let i = blank(i);
    let rest = i.fragment();
    if rest.is_empty() || rest.starts_with('}') {
        i.extra.seen(Production::End);
        return Ok((i, ()));
    }
    let found: Res<'_, char> = one_of(";\n").parse(i);
    match found {
        Ok((rest, _)) => {
            rest.extra.seen(Production::End);
            Ok((rest, ()))
        }
        Err(_) => i.extra.miss(i, Expected::Kind(Expected::END)),
    }
}
