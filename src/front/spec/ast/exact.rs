//! Numbers that keep their text, because no double holds `0.1`.

use std::fmt;

use super::super::span::Spanned;

/// `0.1`, `-3` or `8/255`, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotient {
    /// A decimal.
    pub number: String,
    /// The decimal that divides it.
    pub over: Option<String>,
}

impl fmt::Display for Quotient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.number)?;
        self.over.as_ref().map_or(Ok(()), |over| write!(f, "/{over}"))
    }
}

/// A quotient with its place.
pub type Exact = Spanned<Quotient>;

/// `[lo, hi]`
pub type Range = Spanned<(Exact, Exact)>;
