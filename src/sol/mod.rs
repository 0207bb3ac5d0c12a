//! What a solver answered. One file a solution format reads it; nothing is guessed.

use indexmap::IndexMap;

/// A solver's answer, as far as its file or its library says it.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// Status in the file's own words, classified.
    pub status: Status,
    /// Objective value of the incumbent in the file's sense, as written.
    pub objective: Option<f64>,
    /// Dual bound in the file's sense; most formats carry none.
    pub dual_bound: Option<f64>,
    /// Values of the incumbent.
    pub values: Values,
    /// Name and version of the solver where the file or the library states them.
    pub solver: Option<String>,
    /// Significant digits with which the format writes a value; at least 17 for exact doubles.
    /// Values of fewer than [`Solution::ENOUGH_DIGITS`] digits must not be certified.
    pub digits: u8,
}

impl Solution {
    /// Fewest digits that a certificate may start from: pretty tables (6 digits) have less.
    pub const ENOUGH_DIGITS: u8 = 12;
}

/// Classified status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Proved optimal to the solver's tolerances.
    Optimal,
    /// No feasible point exists.
    Infeasible,
    /// The objective has no bound.
    Unbounded,
    /// Infeasible or unbounded.
    InfeasibleOrUnbounded,
    /// Stopped at a limit (time, nodes, gap, memory ...), in the solver's words.
    Limit(String),
    /// Stopped by the user.
    Interrupted,
    /// A point without proof of optimality (COPT's status 20, local solvers).
    Local(String),
    /// The solver failed, with its message.
    Failed(String),
    /// The file does not say.
    Unknown(String),
}

/// Values of the variables.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// No point.
    None,
    /// By name. Where `complete` is false the format leaves out zeros.
    Named {
        /// Values in file order.
        values: IndexMap<String, f64>,
        /// Whether every variable of the model is listed.
        complete: bool,
    },
    /// By column position of the model file, for formats without names.
    Indexed(Vec<f64>),
}
