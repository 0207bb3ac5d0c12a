//! What a target can say: the bits that lowering obeys and validation enforces.

/// Which quadratic parts a target takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quadratic {
    /// None at all.
    No,
    /// Convex ones: `x'Qx <= ...` and minimised `x'Qx` with `Q` positive semidefinite.
    Convex,
    /// Any, solved to global optimality.
    Any,
}

/// Which special ordered sets a target takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sets {
    /// None.
    No,
    /// Those without a common member.
    Disjoint,
    /// Any.
    Any,
}

/// What a target can say. Everything else has to be lowered or refused before it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capabilities {
    /// Integer and binary variables.
    pub integers: bool,
    /// Indicator constraints on a linear row.
    pub indicators: bool,
    /// Indicators also beside nonconvex quadratic parts. Where false they become rows with a big-M
    /// there.
    pub nonconvex_indicators: bool,
    /// Quadratic rows.
    pub quad_rows: Quadratic,
    /// Quadratic objective.
    pub quad_objective: Quadratic,
    /// A nonconvex quadratic objective and quadratic rows in one model.
    pub nonconvex_beside_rows: bool,
    /// Integer variables and a quadratic part in one model.
    pub integer_quadratic: bool,
    /// Products with a binary factor stay products. Where false they become linear rows if the
    /// other factor is bounded.
    pub binary_products: bool,
    /// Special ordered sets of type 1.
    pub sos1: Sets,
    /// Smooth expressions (`exp`, `log`, quotients).
    pub smooth: bool,
    /// Smooth expressions that occur more than once are named once. Where false they are written
    /// out at every place.
    pub common_expressions: bool,
    /// An objective constant without a fixed column.
    pub objective_constant: bool,
    /// Rows with two finite sides in one line. No writer uses them yet: every ranged row is two rows.
    pub ranges: bool,
    /// A model without any row. Where false it gets one, over a fixed column.
    pub no_rows: bool,
    /// A file can say that it maximises.
    pub maximise: bool,
    /// Branching priorities have a place, in the model or in a file beside it.
    pub priorities: bool,
    /// The reader takes `.gz`.
    pub gzip: bool,
    /// The reader takes `.zst`.
    pub zstd: bool,
    /// Coefficients of rows beyond this size are refused or misread.
    pub largest_coefficient: f64,
    /// Nonzero coefficients of rows of at most this size are taken for zero by the reader.
    pub negligible_coefficient: f64,
    /// Finite bounds and right-hand sides of this size or more are taken for infinite.
    pub infinity: f64,
    /// Longest name in bytes that is read whole.
    pub longest_name: usize,
}

impl Capabilities {
    /// Everything the intermediate representation can say.
    pub const ALL: Capabilities = Capabilities {
        integers: true,
        indicators: true,
        nonconvex_indicators: true,
        quad_rows: Quadratic::Any,
        quad_objective: Quadratic::Any,
        nonconvex_beside_rows: true,
        integer_quadratic: true,
        binary_products: true,
        sos1: Sets::Any,
        smooth: true,
        common_expressions: true,
        objective_constant: true,
        ranges: true,
        no_rows: true,
        maximise: true,
        priorities: true,
        gzip: true,
        zstd: true,
        largest_coefficient: f64::MAX,
        negligible_coefficient: 0.0,
        infinity: f64::INFINITY,
        longest_name: usize::MAX,
    };
}
