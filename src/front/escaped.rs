//! Names as Xpress escapes them: a comment in the first lines says by which character, `@` unless it
//! was set otherwise, and a blank and the character itself are it and two hexadecimal digits.

/// What stands in the comment in front of the character.
const WORDS: &str = "Names escaped using:";

/// Lines in which the comment is looked for.
const HEAD: usize = 6;

/// The character by which the names of a text are escaped, if its first lines say so.
#[must_use]
pub fn escape_of(text: &str) -> Option<char> {
    let comments = text.lines().take(HEAD).filter(|l| l.starts_with(['*', '\\']));
    let mut found = comments.filter_map(|l| l[1..].trim_start().strip_prefix(WORDS));
    found.next()?.trim().chars().next()
}

/// A name with its bytes in place of their escapes; nothing if one is broken.
#[must_use]
pub fn unescaped(name: &str, escape: char) -> Option<String> {
    let mut parts = name.split(escape);
    let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let code = part.get(..2).filter(|c| c.bytes().all(|b| b.is_ascii_hexdigit()))?;
        out.push(u8::from_str_radix(code, 16).ok()?);
        out.extend(part.get(2..).unwrap_or_default().bytes());
    }
    String::from_utf8(out).ok()
}
