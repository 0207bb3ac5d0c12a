//! Text of strangers (a user's file, a solver's last words) made safe for a terminal.

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

#[cfg(test)]
mod tests {
    use super::*;

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
