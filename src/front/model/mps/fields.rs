//! The fields of a line.

use super::super::error::{Located, Outcome, Problem};

/// At most so many fields stand in a line: a set, and two pairs.
const MOST: usize = 6;

/// The fields of one line, parted by blanks.
pub(super) struct Fields<'a> {
    pub line: usize,
    text: &'a str,
    list: [&'a str; MOST],
    count: usize,
}

impl<'a> Fields<'a> {
    pub fn of(text: &'a str, line: usize) -> Outcome<Self> {
        let mut fields = Fields { line, text, list: [""; MOST], count: 0 };
        for field in text.split_ascii_whitespace() {
            let Some(slot) = fields.list.get_mut(fields.count) else {
                let found = format!("a seventh field `{field}`");
                return Err(
                    Problem::expected("at most six fields (names have no blanks)", found).at(line)
                );
            };
            *slot = field;
            fields.count += 1;
        }
        Ok(fields)
    }

    pub fn list(&self) -> &[&'a str] {
        &self.list[..self.count]
    }

    /// Whether the third field of fixed MPS begins in its column and the second is blank.
    pub fn fixed_without_set(&self) -> bool {
        let bytes = self.text.as_bytes();
        let blank = |k: &u8| *k == b' ';
        bytes.get(4..14).is_some_and(|b| b.iter().all(blank))
            && bytes.get(14).is_some_and(|b| !blank(b))
    }

    pub fn fail(&self, problem: Problem) -> Located {
        problem.at(self.line)
    }

    /// What stands here is not what the section demands.
    pub fn unexpected(&self, expected: &'static str) -> Located {
        self.fail(Problem::expected(expected, format!("`{}`", self.list().join(" "))))
    }

    /// A finite number. Fortran's `7.0D0` is none: a third of the readers refuse it.
    pub fn number(&self, text: &str) -> Outcome<f64> {
        let plain = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
        match text.parse::<f64>() {
            Ok(value) if plain && value.is_finite() => Ok(value),
            Ok(_) | Err(_) => Err(self.fail(Problem::Number(text.to_owned()))),
        }
    }

    /// A number that may be infinite, by size or by name.
    pub fn bound(&self, text: &str) -> Outcome<f64> {
        let (sign, word) = match text.as_bytes().first() {
            Some(b'-') => (-1.0, &text[1..]),
            Some(b'+') => (1.0, &text[1..]),
            _ => (1.0, text),
        };
        if word.eq_ignore_ascii_case("inf") || word.eq_ignore_ascii_case("infinity") {
            return Ok(sign * f64::INFINITY);
        }
        self.number(text)
    }
}
