//! Targets: a file format times the program that reads it, with what the pair can say.

mod format;
pub mod quirks;
mod solvers;

pub use format::Format;

use crate::valid::Capabilities;

/// One line of the table of targets.
struct Entry {
    target: Target,
    name: &'static str,
    format: Format,
    reader: &'static str,
    file: &'static str,
    capabilities: Capabilities,
}

macro_rules! targets {
    ($($variant:ident = $words:literal, $name:literal, $format:ident, $reader:literal, $file:literal, $capabilities:ident;)*) => {
        /// A format and its reader.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Target { $(#[doc = $words] $variant,)* }

        const TABLE: &[Entry] = &[$(Entry {
            target: Target::$variant,
            name: $name,
            format: Format::$format,
            reader: $reader,
            file: $file,
            capabilities: solvers::$capabilities,
        },)*];

        impl Target {
            /// Every target, in the order of the table.
            pub const ALL: [Target; TABLE.len()] = [$(Target::$variant,)*];
        }
    };
}

targets! {
    PortableLp = "LP for any reader.", "lp", Lp, "any LP reader", "model.lp", PORTABLE_LP;
    PortableMps = "Free MPS for any reader.", "mps", Mps, "any MPS reader", "model.mps", PORTABLE_MPS;
    NlText = "NL text for any reader.", "nl", NlText, "any NL reader", "model.nl", NL;
    NlBinary = "NL binary for any reader that takes it.", "nl-binary", NlBinary, "binary NL readers", "model.bin.nl", NL;
    ScipLp = "LP for SCIP.", "scip-lp", Lp, "SCIP 10.0", "scip.lp", SCIP;
    ScipMps = "Free MPS for SCIP.", "scip-mps", Mps, "SCIP 10.0", "scip.mps", SCIP;
    GurobiLp = "LP for Gurobi.", "gurobi-lp", Lp, "Gurobi 13.0", "gurobi.lp", GUROBI;
    GurobiMps = "Free MPS for Gurobi.", "gurobi-mps", Mps, "Gurobi 13.0", "gurobi.mps", GUROBI;
    HighsLp = "LP for HiGHS.", "highs-lp", Lp, "HiGHS 1.15", "highs.lp", HIGHS;
    HighsMps = "Free MPS for HiGHS.", "highs-mps", Mps, "HiGHS 1.15", "highs.mps", HIGHS;
    CplexLp = "LP for CPLEX.", "cplex-lp", Lp, "CPLEX 22.2", "cplex.lp", CPLEX;
    CplexMps = "Free MPS for CPLEX.", "cplex-mps", Mps, "CPLEX 22.2", "cplex.mps", CPLEX;
    XpressLp = "LP for Xpress.", "xpress-lp", Lp, "Xpress 9.9", "xpress.lp", XPRESS;
    XpressMps = "Free MPS for Xpress.", "xpress-mps", Mps, "Xpress 9.9", "xpress.mps", XPRESS;
    CoptLp = "LP for COPT.", "copt-lp", Lp, "COPT 8.0", "copt.lp", COPT;
    CoptMps = "Free MPS for COPT.", "copt-mps", Mps, "COPT 8.0", "copt.mps", COPT;
    CbcLp = "LP for CBC.", "cbc-lp", Lp, "CBC 2.10", "cbc.lp", CBC;
    CbcMps = "Free MPS for CBC.", "cbc-mps", Mps, "CBC 2.10", "cbc.mps", CBC_MPS;
    GlpkLp = "LP for GLPK.", "glpk-lp", Lp, "GLPK 5.0", "glpk.lp", GLPK;
    GlpkMps = "Free MPS for GLPK.", "glpk-mps", Mps, "GLPK 5.0", "glpk.mps", GLPK_MPS;
    MosekLp = "LP for MOSEK.", "mosek-lp", Lp, "MOSEK 11.2", "mosek.lp", MOSEK;
    MosekMps = "Free MPS for MOSEK.", "mosek-mps", Mps, "MOSEK 11.2", "mosek.mps", MOSEK;
    NlScip = "NL text for SCIP.", "nl-scip", NlText, "SCIP 10.0", "scip.nl", NL_SCIP;
    NlCopt = "NL text for COPT's AMPL driver.", "nl-copt", NlText, "COPT 8.0 AMPL", "copt.nl", NL_COPT;
    Embedded = "The embedded solver, microlp.", "embedded", Memory, "microlp 0.7", "", EMBEDDED;
}

/// Who reads MPS files.
const MPS_READERS: &[&str] = &[
    "scip",
    "gurobi",
    "copt",
    "xpress",
    "cplex",
    "highs",
    "mosek",
    "glpk",
    "cbc",
    "cbc_installed",
    // MPS alone.
    "ortools",
];

/// Who reads LP files: the same but the last.
const LP_READERS: &[&str] = MPS_READERS.split_at(MPS_READERS.len() - 1).0;

impl Target {
    fn entry(self) -> &'static Entry {
        // The table and the enum are made from the same lines.
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

    /// The readers of its files that the probes were given to (see [`quirks`]).
    #[must_use]
    pub fn reader_keys(self) -> &'static [&'static str] {
        match self {
            Target::PortableLp => LP_READERS,
            Target::PortableMps => MPS_READERS,
            Target::NlText | Target::NlBinary => &["scip", "shot", "discopt", "copt_ampl"],
            Target::ScipLp | Target::ScipMps | Target::NlScip => &["scip"],
            Target::GurobiLp | Target::GurobiMps => &["gurobi"],
            Target::HighsLp | Target::HighsMps => &["highs"],
            Target::CplexLp | Target::CplexMps => &["cplex"],
            Target::XpressLp | Target::XpressMps => &["xpress"],
            Target::CoptLp | Target::CoptMps => &["copt"],
            Target::CbcLp | Target::CbcMps => &["cbc", "cbc_installed"],
            Target::GlpkLp | Target::GlpkMps => &["glpk"],
            Target::MosekLp | Target::MosekMps => &["mosek"],
            Target::NlCopt => &["copt_ampl"],
            Target::Embedded => &[],
        }
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
    fn no_two_targets_share_a_file() {
        let mut files: Vec<&str> = Target::ALL.into_iter().map(Target::file_name).collect();
        files.sort_unstable();
        let before = files.len();
        files.dedup();
        assert_eq!(files.len(), before);
    }

    #[test]
    fn no_target_promises_more_than_its_format_holds() {
        for target in Target::ALL {
            let (t, f) = (target.capabilities(), target.format().capabilities());
            assert!(t.sos1 <= f.sos1);
            assert!(t.quad_rows <= f.quad_rows && t.quad_objective <= f.quad_objective);
            for (mine, format) in [
                (t.indicators, f.indicators),
                (t.nonconvex_indicators, f.nonconvex_indicators),
                (t.no_rows, f.no_rows),
                (t.smooth, f.smooth),
                (t.common_expressions, f.common_expressions),
                (t.maximise, f.maximise),
                (t.nonconvex_beside_rows, f.nonconvex_beside_rows),
                (t.priorities, f.priorities),
                (t.gzip, f.gzip),
                (t.zstd, f.zstd),
                (t.objective_constant, f.objective_constant),
            ] {
                assert!(format || !mine, "{}", target.name());
            }
        }
    }
}
