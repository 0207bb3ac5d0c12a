//! Relations in words, for messages, certificates and reports.

use super::{Comparison, Linear, Version, When};
use crate::front::printable::number;

impl Linear {
    /// The relation as the specification language writes it, without its rows:
    /// `new hours - old hours <= 2 when new sex = 1`.
    #[must_use]
    pub fn words(&self, columns: &[String]) -> String {
        let mut text = String::new();
        for (k, term) in self.terms.iter().enumerate() {
            let negative = term.coefficient.is_sign_negative();
            text.push_str(match (k, negative) {
                (0, false) => "",
                (0, true) => "-",
                (_, false) => " + ",
                (_, true) => " - ",
            });
            let size = term.coefficient.abs();
            if size != 1.0 {
                text.push_str(&format!("{} * ", number(size)));
            }
            let version = match term.version {
                Version::Old => "old",
                Version::New => "new",
            };
            text.push_str(&format!("{version} {}", column(columns, term.feature)));
        }
        if self.terms.is_empty() {
            text.push('0');
        }
        let symbol = match self.comparison {
            Comparison::AtMost => "<=",
            Comparison::AtLeast => ">=",
            Comparison::Equal => "=",
        };
        text.push_str(&format!(" {symbol} {}", number(self.rhs)));
        if let Some(When { feature, value }) = self.when {
            text.push_str(&format!(" when new {} = {}", column(columns, feature), number(value)));
        }
        text
    }
}

/// A column's name, in quotes where the language needs them.
fn column(columns: &[String], feature: usize) -> String {
    let Some(name) = columns.get(feature) else { return feature.to_string() };
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let plain = name.chars().all(word) && !name.starts_with(|c: char| c.is_ascii_digit());
    if plain && !name.is_empty() { name.clone() } else { format!("\"{name}\"") }
}
