//! File formats.

use super::solvers::EMBEDDED;
use crate::valid::{Capabilities, Sets};

/// A file format, or a solver's own data structures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// CPLEX-LP text.
    Lp,
    /// Free MPS.
    Mps,
    /// AMPL NL, text.
    NlText,
    /// AMPL NL, little-endian binary.
    NlBinary,
    /// No file: handed to the embedded solver.
    Memory,
}

impl Format {
    /// Usual ending of a file's name; empty for [`Format::Memory`].
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Format::Lp => "lp",
            Format::Mps => "mps",
            Format::NlText | Format::NlBinary => "nl",
            Format::Memory => "",
        }
    }

    /// What the format can hold at all, whoever reads it.
    #[must_use]
    pub fn capabilities(self) -> Capabilities {
        match self {
            Format::Lp | Format::Mps => Capabilities {
                smooth: false,
                common_expressions: false,
                objective_constant: false,
                ..Capabilities::ALL
            },
            Format::NlText | Format::NlBinary => Capabilities {
                indicators: false,
                // The suffix `sosno` names one set a column.
                sos1: Sets::Disjoint,
                gzip: false,
                zstd: false,
                ..Capabilities::ALL
            },
            Format::Memory => EMBEDDED,
        }
    }
}
