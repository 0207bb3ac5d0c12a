//! What each reader can say, with the versions that were measured (`probes/`).

use crate::valid::{Capabilities, Quadratic, Sets};

/// What every target has: nothing smooth, no constant, coefficients and bounds that SCIP 10 and
/// HiGHS 1.15 read faithfully (1e-9 and less vanish, 1e15 and more are refused).
pub(super) const PORTABLE: Capabilities = Capabilities {
    integers: true,
    // MOSEK 11 and every CBC read an indicator in an LP file as something else without a word;
    // HiGHS, GLPK and lp_solve refuse it.
    indicators: false,
    nonconvex_indicators: true,
    quad_rows: Quadratic::Any,
    quad_objective: Quadratic::Any,
    nonconvex_beside_rows: true,
    integer_quadratic: true,
    // Readers without quadratic rows should be able to take what needs none.
    binary_products: false,
    // Refused by HiGHS, MOSEK and GLPK; CBC misreads the MPS form.
    sos1: Sets::No,
    smooth: false,
    common_expressions: false,
    // Wrong or refused in at least one reader in every form but a fixed column.
    objective_constant: false,
    ranges: false,
    no_rows: true,
    maximise: true,
    priorities: false,
    gzip: true,
    // MOSEK 11 alone.
    zstd: false,
    largest_coefficient: 1e15,
    negligible_coefficient: 1e-9,
    // HiGHS 1.15 calls a model with a finite bound of 1e18 infeasible, and 1e20 infinite.
    infinity: 1e16,
    longest_name: 150,
};

/// GLPK 5.0 refuses an LP file without rows.
pub(super) const PORTABLE_LP: Capabilities = Capabilities { no_rows: false, ..PORTABLE };

/// GLPK 5.0 and CBC 2.10 know no OBJSENSE.
pub(super) const PORTABLE_MPS: Capabilities = Capabilities { maximise: false, ..PORTABLE };

pub(super) const SCIP: Capabilities = Capabilities {
    indicators: true,
    sos1: Sets::Any,
    binary_products: true,
    priorities: true,
    longest_name: 5000,
    ..PORTABLE
};

pub(super) const GUROBI: Capabilities = Capabilities {
    // Gurobi 13 drops 1e-13 from LP files, 1e-14 from MPS files.
    negligible_coefficient: 1e-13,
    infinity: 1e20,
    largest_coefficient: 1e20,
    // Rows; variables may have one byte more.
    longest_name: 254,
    ..SCIP
};

pub(super) const HIGHS: Capabilities = Capabilities {
    quad_rows: Quadratic::No,
    quad_objective: Quadratic::Convex,
    integer_quadratic: false,
    longest_name: 5000,
    ..PORTABLE
};

pub(super) const CPLEX: Capabilities = Capabilities {
    // A nonconvex row is refused when it is solved (error 5002); products of binaries alone are
    // linearised by CPLEX itself, but with a continuous factor they are not.
    quad_rows: Quadratic::Convex,
    // Error 5002 too, at every optimality target, however convex the rows are.
    nonconvex_beside_rows: false,
    binary_products: false,
    // It keeps what is larger than the least normal number; measured down to 1e-15.
    negligible_coefficient: 1e-15,
    ..GUROBI
};

pub(super) const XPRESS: Capabilities = Capabilities {
    // Coefficients of 1e20 are misread.
    largest_coefficient: 1e15,
    // Measured down to 1e-15.
    negligible_coefficient: 1e-15,
    // Its directive files were not tried.
    priorities: false,
    longest_name: 5000,
    ..GUROBI
};

pub(super) const COPT: Capabilities = Capabilities {
    // COPT 8.0 cuts off the optimum of some nonconvex models with indicators, with any setting.
    nonconvex_indicators: false,
    // It drops coefficients of 1e-10.
    negligible_coefficient: 1e-10,
    priorities: false,
    longest_name: 5000,
    ..GUROBI
};

pub(super) const CBC: Capabilities = Capabilities {
    quad_rows: Quadratic::No,
    quad_objective: Quadratic::No,
    integer_quadratic: false,
    // GLPK 5.0 drops 1e-13 from MPS files, CBC 2.10 and later 1e-14.
    negligible_coefficient: 1e-13,
    // Both versions read sets; 2.935 ignores many when it solves, 2.10 some with integer members.
    sos1: Sets::No,
    longest_name: 511,
    ..PORTABLE
};

/// Longer names crash CBC in MPS.
pub(super) const CBC_MPS: Capabilities = Capabilities { longest_name: 150, maximise: false, ..CBC };

/// Without rows an LP file is refused.
pub(super) const GLPK: Capabilities =
    Capabilities { sos1: Sets::No, no_rows: false, longest_name: 255, ..CBC };

pub(super) const GLPK_MPS: Capabilities = Capabilities { maximise: false, no_rows: true, ..GLPK };

pub(super) const MOSEK: Capabilities = Capabilities {
    quad_rows: Quadratic::Convex,
    quad_objective: Quadratic::Convex,
    // MOSEK 11.2 drops 1e-12.
    negligible_coefficient: 1e-12,
    zstd: true,
    longest_name: 5000,
    ..PORTABLE
};

pub(super) const NL: Capabilities = Capabilities {
    // Logical rows crash SCIP's reader and are ignored by discopt.
    indicators: false,
    // The sosno suffix is ignored by discopt and pounce, and casadi refuses any suffix.
    sos1: Sets::No,
    smooth: true,
    // SHOT refuses them.
    common_expressions: false,
    // SCIP 10 makes a constant a column `objconstant` of its own: its solutions then name a
    // variable that the file has not, its log counts one more, and it refuses our start.
    objective_constant: false,
    gzip: false,
    // SCIP 10 drops 1e-9 from NL files as well.
    ..PORTABLE
};

pub(super) const NL_SCIP: Capabilities = Capabilities {
    sos1: Sets::Disjoint,
    binary_products: true,
    common_expressions: true,
    // By a batch file for its shell: the suffix is read, and then every variable has 0.
    priorities: true,
    longest_name: 5000,
    ..NL
};

pub(super) const NL_COPT: Capabilities = Capabilities {
    // COPT 8.0.4's driver solves nonconvex models locally, and calls that optimal where there are
    // integers.
    quad_rows: Quadratic::Convex,
    quad_objective: Quadratic::Convex,
    binary_products: false,
    // It replaces them by pieces that are wrong by one percent, and calls the answer optimal.
    smooth: false,
    common_expressions: false,
    negligible_coefficient: COPT.negligible_coefficient,
    priorities: false,
    ..NL_SCIP
};

pub(super) const EMBEDDED: Capabilities = Capabilities {
    quad_rows: Quadratic::No,
    quad_objective: Quadratic::No,
    integer_quadratic: false,
    objective_constant: true,
    maximise: false,
    gzip: false,
    // It keeps every coefficient, but its pivots are absolute: far from one it loses its way.
    largest_coefficient: 1e15,
    negligible_coefficient: 0.0,
    longest_name: usize::MAX,
    ..PORTABLE
};
