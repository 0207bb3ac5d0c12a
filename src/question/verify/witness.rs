//! Counterexample files of VNN-COMP.
//!
//! ```text
//! sat
//! ((X_0 0.25)
//!  (X_1 -1)
//!  (Y_0 3.5))
//! ```
//!
//! The verdict's line is optional when read and left out when written, as tools and years differ.
//! Inputs and outputs are counted through all ports. Blanks and line ends separate alike.

use std::fmt;

/// An input with its output.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Witness {
    /// `X_0, X_1, ...`
    pub inputs: Vec<f64>,
    /// `Y_0, Y_1, ...`; may be empty, since an input tells its output.
    pub outputs: Vec<f64>,
}

/// What is wrong with a counterexample file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WitnessError {
    /// Not the form above.
    #[error(
        "line {line}: {found} stands where {expected} is expected; a counterexample is ((X_0 0.5) (Y_0 1.5))"
    )]
    Form {
        /// Line, from 1.
        line: usize,
        /// What stands there.
        found: String,
        /// What should.
        expected: &'static str,
    },
    /// A value given twice.
    #[error("line {line}: {name} has a value already; give each once")]
    Twice {
        /// Line, from 1.
        line: usize,
        /// Its name.
        name: String,
    },
    /// A value missing.
    #[error("{name} has no value, but a later one has; give all from {first} on")]
    Missing {
        /// Its name.
        name: String,
        /// The first of its kind.
        first: &'static str,
    },
    /// No input at all, or a verdict other than `sat`.
    #[error("the file holds no counterexample")]
    None,
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inputs = self.inputs.iter().enumerate().map(|(k, v)| ('X', k, v));
        let outputs = self.outputs.iter().enumerate().map(|(k, v)| ('Y', k, v));
        f.write_str("(")?;
        for (n, (letter, k, value)) in inputs.chain(outputs).enumerate() {
            let blank = if n == 0 { "" } else { "\n " };
            let value = crate::front::printable::number(*value);
            write!(f, "{blank}({letter}_{k} {value})")?;
        }
        f.write_str(")\n")
    }
}

/// A word, or a bracket, with its line.
struct Words<'a> {
    text: &'a str,
    line: usize,
}

impl<'a> Words<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let rest = self.text.trim_start();
        let skipped = &self.text[..self.text.len() - rest.len()];
        self.line += skipped.bytes().filter(|b| *b == b'\n').count();
        let bracket = |c: char| c == '(' || c == ')';
        let first = rest.chars().next()?;
        let end = if bracket(first) {
            1
        } else {
            rest.find(|c: char| bracket(c) || c.is_whitespace()).unwrap_or(rest.len())
        };
        let (word, text) = rest.split_at(end);
        self.text = text;
        Some(word)
    }

    fn wrong(&self, found: Option<&str>, expected: &'static str) -> WitnessError {
        let found = match found {
            // Long words are cut: they end up in a message of one line.
            Some(word) => format!("`{}`", word.chars().take(40).collect::<String>()),
            None => "the end of the file".to_owned(),
        };
        WitnessError::Form { line: self.line, found, expected }
    }

    fn expect(&mut self, word: &'static str) -> Result<(), WitnessError> {
        match self.next() {
            Some(found) if found == word => Ok(()),
            found => Err(self.wrong(found, word)),
        }
    }
}

impl Witness {
    /// Reads a counterexample file.
    ///
    /// # Errors
    /// See [`WitnessError`].
    pub fn parse(text: &str) -> Result<Witness, WitnessError> {
        let mut words = Words { text, line: 1 };
        let first = words.next();
        match first {
            Some("sat" | "violated") => words.expect("(")?,
            Some("(") => {}
            Some("unsat" | "holds" | "timeout" | "unknown" | "error") | None => {
                return Err(WitnessError::None);
            }
            found => return Err(words.wrong(found, "(")),
        }
        let mut values: [Vec<(usize, f64, usize)>; 2] = [Vec::new(), Vec::new()];
        loop {
            match words.next() {
                Some(")") => break,
                Some("(") => {}
                found => return Err(words.wrong(found, "( or )")),
            }
            let name = words.next();
            let index = |prefix| name.and_then(|n| n.strip_prefix(prefix)?.parse().ok());
            let (kind, index): (usize, usize) = match (index("X_"), index("Y_")) {
                (Some(k), _) => (0, k),
                (_, Some(k)) => (1, k),
                (None, None) => return Err(words.wrong(name, "X_0, Y_0, ...")),
            };
            let word = words.next();
            let number = word.and_then(|w| w.parse::<f64>().ok()).filter(|v| v.is_finite());
            let Some(number) = number else { return Err(words.wrong(word, "a number")) };
            values[kind].push((index, number, words.line));
            words.expect(")")?;
        }
        if let Some(word) = words.next() {
            return Err(words.wrong(Some(word), "the end of the file"));
        }
        let [inputs, outputs] = values;
        let witness =
            Witness { inputs: in_order(inputs, "X_0")?, outputs: in_order(outputs, "Y_0")? };
        if witness.inputs.is_empty() { Err(WitnessError::None) } else { Ok(witness) }
    }
}

/// The values by their index, which must be 0, 1, ...
fn in_order(
    mut values: Vec<(usize, f64, usize)>,
    first: &'static str,
) -> Result<Vec<f64>, WitnessError> {
    let name = |k: usize| format!("{}_{k}", &first[..1]);
    values.sort_by_key(|v| v.0);
    for (k, v) in values.iter().enumerate() {
        if k > 0 && values[k - 1].0 == v.0 {
            return Err(WitnessError::Twice { line: v.2, name: name(v.0) });
        }
        if v.0 != k {
            return Err(WitnessError::Missing { name: name(k), first });
        }
    }
    Ok(values.into_iter().map(|v| v.1).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let witness =
            Witness { inputs: vec![0.1, -1e-300, 0.10000000149011612], outputs: vec![3.0, -0.5] };
        let text = witness.to_string();
        assert_eq!(
            text,
            "((X_0 0.1)\n (X_1 -1e-300)\n (X_2 0.10000000149011612)\n (Y_0 3)\n (Y_1 -0.5))\n"
        );
        assert_eq!(Witness::parse(&text).unwrap(), witness);
        assert_eq!(Witness::parse(&format!("sat\n{text}")).unwrap(), witness);
    }

    #[test]
    fn order_and_blanks_do_not_matter() {
        let read = Witness::parse("sat( (Y_0 1e0)\n\t(X_1\n2)(X_0 1 ) )").unwrap();
        assert_eq!(read, Witness { inputs: vec![1.0, 2.0], outputs: vec![1.0] });
    }

    #[test]
    fn errors_name_their_line() {
        let error = |text: &str| Witness::parse(text).unwrap_err().to_string();
        assert_eq!(error("unsat\n"), "the file holds no counterexample");
        assert_eq!(error("()"), "the file holds no counterexample");
        assert!(error("((X_0 1)\n(X_0 2))").starts_with("line 2: X_0 has a value already"));
        assert!(error("((X_0 1)\n(X_2 2))").starts_with("X_1 has no value"));
        assert!(error("((X_0 1)\n(Z_0 2))").starts_with("line 2: `Z_0` stands where X_0, Y_0"));
        assert!(error("((X_0 1)\n\n(X_1 nan))").starts_with("line 3: `nan` stands where a number"));
        assert!(error("((X_0 1)").starts_with("line 1: the end of the file stands where ( or )"));
        assert!(error("((X_0 1))\nsat").starts_with("line 2: `sat` stands where the end"));
        assert!(error("((X_99999999999999999999999 1))").contains("X_0, Y_0"));
    }
}
