//! Text of strangers (a user's file, a solver's last words) made safe for a terminal, and their
//! numbers in a form that a sentence can hold.

use std::borrow::Cow;

/// Whether a terminal would obey the character rather than show it. Line breaks and tabs are fine.
fn obeyed(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (c.is_control() && c != '\n' && c != '\t')
}

/// The text with every character that a terminal would obey written as `\u{1b}`: control
/// characters but line breaks and tabs, and those that turn the direction of writing.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if obeyed(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// As [`printable`], but every such character becomes as many bytes as it had, so that places in
/// the text stay. The `\r` of a line's end stays too.
#[must_use]
pub fn printable_in_place(text: &str) -> Cow<'_, str> {
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let ends_line = c == '\r' && chars.peek() == Some(&'\n');
        if obeyed(c) && !ends_line {
            out.extend(std::iter::repeat_n('?', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// A number of things: `1 node`, `2 nodes`.
#[must_use]
pub fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// The shortest decimal that reads back to the same double, as sentences and results have it:
/// integers below 1e15 without `.0`, an exponent where all digits would be long, `inf` and `NaN`.
///
/// `{}` of a double writes every digit: 325 of them for the least one.
#[must_use]
pub fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return format!("{value:.0}");
    }
    zmij::Buffer::new().format(value).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shortest_and_never_long() {
        assert_eq!(number(3.0), "3");
        assert_eq!(number(-0.1), "-0.1");
        assert_eq!(number(5e-324), "5e-324");
        assert_eq!(number(f64::NEG_INFINITY), "-inf");
        assert_eq!(number(f64::INFINITY), "inf");
        assert_eq!(number(f64::NAN), "NaN");
        let mut rng = fastrand::Rng::with_seed(11);
        let extremes = [5e-324, f64::MIN_POSITIVE, f64::MAX, 1e15, 1e16, 1e-5, 1e22];
        let random = std::iter::repeat_with(|| f64::from_bits(rng.u64(..))).take(5000);
        for v in random.filter(|v| v.is_finite()).chain(extremes) {
            let text = number(v);
            assert_eq!(text.parse::<f64>().unwrap(), v, "{text}");
            assert!(text.len() <= 24, "{text}");
        }
    }

    #[test]
    fn what_a_terminal_obeys_is_escaped() {
        assert_eq!(printable("a\tb\nü ∞"), "a\tb\nü ∞");
        assert_eq!(printable("\x1b[2Jx\r\x07"), "\\u{1b}[2Jx\\u{d}\\u{7}");
        assert_eq!(printable("\u{9b}1m\u{202e}\x7f"), "\\u{9b}1m\\u{202e}\\u{7f}");
    }

    #[test]
    fn places_stay() {
        let text = "a\x1bb\r\nc\rd\u{9b}\u{202e}e";
        let shown = printable_in_place(text);
        assert_eq!(shown, "a?b\r\nc?d?????e");
        assert_eq!(shown.len(), text.len());
    }
}
