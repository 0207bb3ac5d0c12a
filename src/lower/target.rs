//! Targets: a file format times the program that reads it, with what the pair can say.

use crate::valid::{Capabilities, Quadratic};

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
            Format::Lp | Format::Mps => {
                Capabilities { smooth: false, objective_constant: false, ..Capabilities::ALL }
            }
            Format::NlText | Format::NlBinary => {
                Capabilities { indicators: false, sos1: false, ..Capabilities::ALL }
            }
            Format::Memory => EMBEDDED,
        }
    }
}

/// A format and its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// LP for any reader.
    PortableLp,
    /// Free MPS for any reader.
    PortableMps,
    /// NL text for any reader.
    NlText,
    /// NL binary for any reader that takes it.
    NlBinary,
    /// LP for SCIP.
    ScipLp,
    /// LP for Gurobi.
    GurobiLp,
    /// MPS for Gurobi.
    GurobiMps,
    /// LP for HiGHS.
    HighsLp,
    /// MPS for HiGHS.
    HighsMps,
    /// The embedded solver, microlp.
    Embedded,
}

/// What every target has: nothing smooth, no constant, coefficients and bounds that SCIP 10 and
/// HiGHS 1.15 read faithfully (1e-9 and less vanish, 1e15 and more are refused).
const PORTABLE: Capabilities = Capabilities {
    integers: true,
    // MOSEK 11 and every CBC read an indicator in an LP file as something else without a word;
    // HiGHS, GLPK and lp_solve refuse it.
    indicators: false,
    quad_rows: Quadratic::Any,
    quad_objective: Quadratic::Any,
    integer_quadratic: true,
    // Readers without quadratic rows should be able to take what needs none.
    binary_products: false,
    // Refused by HiGHS, MOSEK and GLPK; CBC misreads the MPS form.
    sos1: false,
    smooth: false,
    // Wrong or refused in at least one reader in every form but a fixed column.
    objective_constant: false,
    ranges: false,
    largest_coefficient: 1e15,
    negligible_coefficient: 1e-9,
    // HiGHS 1.15 calls a model with a finite bound of 1e18 infeasible, and 1e20 infinite.
    infinity: 1e16,
    longest_name: 150,
};

const SCIP: Capabilities = Capabilities {
    indicators: true,
    sos1: true,
    binary_products: true,
    longest_name: 254,
    ..PORTABLE
};

const GUROBI: Capabilities = Capabilities {
    // Gurobi 13 keeps coefficients down to 1e-30 when it reads.
    negligible_coefficient: 0.0,
    infinity: 1e20,
    largest_coefficient: 1e20,
    ..SCIP
};

const HIGHS: Capabilities = Capabilities {
    quad_rows: Quadratic::No,
    quad_objective: Quadratic::Convex,
    integer_quadratic: false,
    longest_name: 254,
    ..PORTABLE
};

const NL: Capabilities = Capabilities {
    // Logical rows crash SCIP's reader and are ignored by discopt.
    indicators: false,
    // The sosno suffix is ignored by discopt and pounce.
    sos1: false,
    smooth: true,
    objective_constant: true,
    negligible_coefficient: 0.0,
    ..PORTABLE
};

const EMBEDDED: Capabilities = Capabilities {
    quad_rows: Quadratic::No,
    quad_objective: Quadratic::No,
    integer_quadratic: false,
    objective_constant: true,
    // It keeps every coefficient, but its pivots are absolute: far from one it loses its way.
    largest_coefficient: 1e15,
    negligible_coefficient: 0.0,
    longest_name: usize::MAX,
    ..PORTABLE
};

/// One line of the table of targets.
struct Entry {
    target: Target,
    name: &'static str,
    format: Format,
    reader: &'static str,
    file: &'static str,
    capabilities: Capabilities,
}

#[rustfmt::skip]
const TABLE: &[Entry] = &[
    Entry { target: Target::PortableLp, name: "lp", format: Format::Lp, reader: "any LP reader", file: "model.lp", capabilities: PORTABLE },
    Entry { target: Target::PortableMps, name: "mps", format: Format::Mps, reader: "any MPS reader", file: "model.mps", capabilities: PORTABLE },
    Entry { target: Target::NlText, name: "nl", format: Format::NlText, reader: "any NL reader", file: "model.nl", capabilities: NL },
    Entry { target: Target::NlBinary, name: "nl-binary", format: Format::NlBinary, reader: "SCIP, COPT, SHOT, discopt", file: "model.bin.nl", capabilities: NL },
    Entry { target: Target::ScipLp, name: "scip-lp", format: Format::Lp, reader: "SCIP 10", file: "scip.lp", capabilities: SCIP },
    Entry { target: Target::GurobiLp, name: "gurobi-lp", format: Format::Lp, reader: "Gurobi 13", file: "gurobi.lp", capabilities: GUROBI },
    Entry { target: Target::GurobiMps, name: "gurobi-mps", format: Format::Mps, reader: "Gurobi 13", file: "gurobi.mps", capabilities: GUROBI },
    Entry { target: Target::HighsLp, name: "highs-lp", format: Format::Lp, reader: "HiGHS 1.15", file: "highs.lp", capabilities: HIGHS },
    Entry { target: Target::HighsMps, name: "highs-mps", format: Format::Mps, reader: "HiGHS 1.15", file: "highs.mps", capabilities: HIGHS },
    Entry { target: Target::Embedded, name: "embedded", format: Format::Memory, reader: "microlp 0.7", file: "", capabilities: EMBEDDED },
];

impl Target {
    /// Every target, in the order of the table.
    pub const ALL: [Target; 10] = [
        Target::PortableLp,
        Target::PortableMps,
        Target::NlText,
        Target::NlBinary,
        Target::ScipLp,
        Target::GurobiLp,
        Target::GurobiMps,
        Target::HighsLp,
        Target::HighsMps,
        Target::Embedded,
    ];

    fn entry(self) -> &'static Entry {
        // The table is in the order of the enum; a test holds it to that.
        &TABLE[self as usize]
    }

    /// Name on the command line and in manifests.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The target of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Target> {
        TABLE.iter().find(|e| e.name == name).map(|e| e.target)
    }

    /// Its file format.
    #[must_use]
    pub fn format(self) -> Format {
        self.entry().format
    }

    /// Its reader, in words.
    #[must_use]
    pub fn reader(self) -> &'static str {
        self.entry().reader
    }

    /// Name of the model file in an instance directory; empty for the embedded solver.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        self.entry().file
    }

    /// What it can say.
    #[must_use]
    pub fn capabilities(self) -> &'static Capabilities {
        &self.entry().capabilities
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_targets() {
        assert_eq!(TABLE.len(), Target::ALL.len());
        for (k, target) in Target::ALL.into_iter().enumerate() {
            assert_eq!(target as usize, k);
            assert_eq!(TABLE[k].target, target);
            assert_eq!(Target::from_name(target.name()), Some(target));
            assert!(target.capabilities().longest_name >= crate::ir::names::LONGEST);
        }
    }

    #[test]
    fn no_target_promises_more_than_its_format_holds() {
        for target in Target::ALL {
            let (t, f) = (target.capabilities(), target.format().capabilities());
            assert!(t.quad_rows <= f.quad_rows && t.quad_objective <= f.quad_objective);
            for (mine, format) in [
                (t.indicators, f.indicators),
                (t.sos1, f.sos1),
                (t.smooth, f.smooth),
                (t.objective_constant, f.objective_constant),
            ] {
                assert!(format || !mine, "{}", target.name());
            }
        }
    }
}
