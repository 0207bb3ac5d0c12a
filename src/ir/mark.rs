//! Marks of rows: whether the points would be the same without them.

use super::role::Rule;
use super::rows::{RowId, Rows};

/// What a row is for. Model files show marks as comments alone: sections for lazy rows and user
/// cuts are ignored or misread by some readers (COPT 8, SCIP 10).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Mark {
    /// Part of what is said.
    #[default]
    Core,
    /// Implied by the others where integers are whole: it only cuts off points of a relaxation.
    Cut,
    /// Needed, but rarely binding: a solver may add it when a point breaks it.
    Lazy,
}

impl Mark {
    /// Its word in comments; none for [`Mark::Core`].
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Mark::Core => None,
            Mark::Cut => Some("cut"),
            Mark::Lazy => Some("lazy"),
        }
    }

    /// The stable number of saved models.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The mark with this number.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Mark> {
        [Mark::Core, Mark::Cut, Mark::Lazy].into_iter().find(|m| m.code() == code)
    }
}

impl Rule {
    /// The mark of its rows, unless a row has one of its own.
    #[must_use]
    pub fn mark(self) -> Mark {
        match self {
            Rule::Cut | Rule::BudgetLink | Rule::SwitchOff | Rule::NodeCut => Mark::Cut,
            _ => Mark::Core,
        }
    }
}

impl Rows {
    /// What a row is for.
    #[must_use]
    pub fn mark(&self, row: RowId) -> Mark {
        if !self.marks.is_empty()
            && let Ok(k) = self.marks.binary_search_by_key(&row, |m| m.0)
        {
            return self.marks[k].1;
        }
        self.origin[row.index()].rule.mark()
    }

    /// Gives a row a mark of its own.
    pub fn set_mark(&mut self, row: RowId, mark: Mark) {
        match self.marks.binary_search_by_key(&row, |m| m.0) {
            Ok(k) => self.marks[k].1 = mark,
            Err(k) => self.marks.insert(k, (row, mark)),
        }
    }
}
