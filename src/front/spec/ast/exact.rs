//! Numbers that keep their text, because no double holds `0.1`.

use super::super::span::Spanned;

/// `0.1`, `-3` or `8/255`, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotient {
    /// A decimal.
    pub number: String,
    /// The decimal that divides it.
    pub over: Option<String>,
}

/// A quotient with its place.
pub type Exact = Spanned<Quotient>;

/// `[lo, hi]`
pub type Range = Spanned<(Exact, Exact)>;
