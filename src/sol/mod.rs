//! What a solver answered. One file a solution format reads it; nothing is guessed.
//!
//! [`read`] recognises a file by its content, never by its name. Every reader takes the status
//! from the file's own words, says `None` or [`Status::Unknown`] where the format says nothing,
//! and refuses a file that ends too early. [`assign()`] puts the values onto the columns of a
//! model, and [`log`] reads what solvers print while they run: most files carry no dual bound.
//!
//! ```text
//! recognise -> scip | gurobi | gurobi_json | highs | highs_table | glpk | ampl | ampl_binary | cbc |
//!              cplex | copt_json | lp_solve | xpress | symphony | shot | discopt | embedded -> Solution
//! ```

mod ampl;
mod ampl_binary;
pub mod assign;
mod cbc;
mod copt_json;
mod copt_packed;
mod cplex;
mod discopt;
pub mod embedded;
mod error;
mod glpk;
pub mod gurobi;
mod gurobi_json;
pub mod highs;
mod highs_table;
pub mod log;
mod lp_solve;
mod recognise;
mod scip;
pub mod sense;
mod shot;
mod symphony;
mod text;
mod xpress;

pub use assign::{AssignError, assign, confirm_fingerprint, confirm_objective};
pub use error::SolError;
pub use recognise::{Format, recognise};

use std::path::Path;

use indexmap::IndexMap;

use crate::front::map;
use crate::front::packing::unpack_record;

/// A solver's answer, as far as its file or its library says it.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// Status in the file's own words, classified.
    pub status: Status,
    /// Objective value of the incumbent in the file's sense, as written.
    pub objective: Option<f64>,
    /// Dual bound in the file's sense; most formats carry none.
    pub dual_bound: Option<f64>,
    /// How far the true dual bound may lie from it because it was printed with few digits. Formats
    /// of solvers state none; the program's own does, for bounds that came from a log.
    pub bound_slack: f64,
    /// Whether objective and bound are those of the minimised model, whatever the sense of the file
    /// that was solved: so in the program's own format.
    pub of_model: bool,
    /// Values of the incumbent.
    pub values: Values,
    /// Name and version of the solver where the file or the library states them.
    pub solver: Option<String>,
    /// Significant digits with which the format writes a value; at least 17 for exact doubles.
    /// Of values with fewer than [`Solution::ENOUGH_DIGITS`] digits the decisions alone are used,
    /// and those with fewer than [`Solution::LEAST_DIGITS`] are refused.
    pub digits: u8,
}

impl Solution {
    /// Fewest digits of a point that is compared with its model as exactly as solvers are. Tables
    /// for people and CBC 2.10 have less.
    pub const ENOUGH_DIGITS: u8 = 12;

    /// Fewest digits of a point that can be used at all: the fingerprint of a model has so many.
    pub const LEAST_DIGITS: u8 = 6;

    /// What the printing of the values may change in sums of them, relative to the largest term:
    /// zero where they have [`Solution::ENOUGH_DIGITS`]. It allows for a few hundred terms.
    #[must_use]
    pub fn printing(&self) -> f64 {
        if self.digits >= Solution::ENOUGH_DIGITS {
            return 0.0;
        }
        10_f64.powi(3 - i32::from(self.digits))
    }

    /// An answer without a point.
    #[must_use]
    pub fn pointless(status: Status) -> Self {
        Solution {
            status,
            objective: None,
            dual_bound: None,
            bound_slack: 0.0,
            of_model: false,
            values: Values::None,
            solver: None,
            digits: 17,
        }
    }

    /// Whether the answer carries a whole point, feasible or not.
    #[must_use]
    pub fn has_point(&self) -> bool {
        match self.values {
            Values::None | Values::Partial(_) => false,
            Values::Named { .. } | Values::Indexed(_) => true,
        }
    }
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

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Status::Optimal => f.write_str("optimal"),
            Status::Infeasible => f.write_str("infeasible"),
            Status::Unbounded => f.write_str("unbounded"),
            Status::InfeasibleOrUnbounded => f.write_str("infeasible or unbounded"),
            Status::Interrupted => f.write_str("interrupted"),
            Status::Limit(words) => write!(f, "stopped at a limit ({words})"),
            Status::Local(words) => write!(f, "a point without proof ({words})"),
            Status::Failed(words) => write!(f, "failed ({words})"),
            Status::Unknown(words) => write!(f, "unknown ({words})"),
        }
    }
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
    /// Values of some columns, as a start file lists them: no point.
    Partial(IndexMap<String, f64>),
    /// By column position of the model file, for formats without names.
    Indexed(Vec<f64>),
}

/// Reads the solution file at `path`, whatever its format; gzip and Zstandard are unpacked.
///
/// # Errors
/// The file cannot be read, is of no known format, ends too early, or breaks its format.
pub fn read(path: &Path) -> Result<Solution, SolError> {
    parse(&path.display().to_string(), &contents(path)?)
}

/// The bytes of the solution file at `path`, unpacked where its first bytes say that it is packed.
///
/// # Errors
/// The file cannot be read, or its packing is damaged or swells beyond measure.
pub fn contents(path: &Path) -> Result<Vec<u8>, SolError> {
    let file = path.display().to_string();
    let bytes = map::read(path, map::RECORD)
        .map_err(|e| SolError::Io { file: file.clone(), message: e.to_string() })?;
    unpack_record(bytes).map_err(|e| SolError::Unpack { file, message: e.to_string() })
}

/// Reads a solution file from memory; `file` names it in errors.
///
/// # Errors
/// As [`read`].
pub fn parse(file: &str, bytes: &[u8]) -> Result<Solution, SolError> {
    let format =
        recognise(bytes).ok_or_else(|| SolError::Unrecognised { file: file.to_owned() })?;
    if format == Format::AmplBinary {
        return ampl_binary::parse(file, bytes);
    }
    let text = text::Text::new(file, format, bytes)?;
    match format {
        Format::Scip => scip::parse(text),
        Format::Gurobi => gurobi::parse(text),
        Format::GurobiStart => gurobi::parse_partial(text),
        Format::GurobiJson => gurobi_json::parse(text),
        Format::HighsRaw => highs::parse(text),
        Format::HighsTable => highs_table::parse(text),
        Format::GlpkRaw => glpk::parse_raw(text),
        Format::GlpkReport => glpk::parse_report(text),
        Format::Ampl | Format::AmplBinary => ampl::parse(text),
        Format::Embedded => embedded::parse(text),
        Format::Cbc => cbc::parse(text),
        Format::Cplex => cplex::parse(text),
        Format::CoptJson => copt_json::parse(text),
        Format::LpSolve => lp_solve::parse(text),
        Format::XpressSlx => xpress::parse_slx(text),
        Format::XpressAsc => xpress::parse_asc(text),
        Format::XpressHeader => xpress::parse_header(text),
        Format::XpressPrint => xpress::parse_print(text),
        Format::Symphony => symphony::parse(text),
        Format::Shot => shot::parse(text),
        Format::Discopt => discopt::parse(text),
        Format::DiscoptSol => discopt::parse_sol(text),
    }
}
