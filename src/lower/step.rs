//! What a lowering did, what it preserves, and why one is refused.

use std::fmt;

use thiserror::Error;

use crate::front::printable::number;
use crate::valid::Fault;

/// How the feasible set of a lowered model, projected on the original variables, relates to the
/// original feasible set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Guarantee {
    /// The same set.
    Exact,
    /// A superset: bounds stay valid, points may not be admissible.
    Relaxation,
    /// A subset: points stay admissible, bounds may not be valid.
    Restriction,
    /// Neither, because relaxations and restrictions were mixed.
    Nothing,
}

impl Guarantee {
    /// The guarantee of one lowering after another.
    #[must_use]
    pub fn and(self, other: Guarantee) -> Guarantee {
        match (self, other) {
            (Guarantee::Exact, g) | (g, Guarantee::Exact) => g,
            (a, b) if a == b => a,
            _ => Guarantee::Nothing,
        }
    }
}

/// The lowerings there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lowering {
    /// [`super::integer_bounds`]
    IntegerBounds,
    /// [`super::square`]
    BinarySquare,
    /// [`super::product`]
    BinaryProduct,
    /// [`super::mccormick`]
    McCormick,
    /// [`super::guarded`]
    GuardedQuadratic,
    /// [`super::sos`]
    Sos1,
    /// [`super::indicator`]
    Indicator,
    /// [`super::constant`]
    Constant,
    /// [`super::scale`]
    Scale,
    /// [`super::tree`]
    CommonExpressions,
    /// [`super::no_rows`]
    NoRows,
    /// Advice that the target has no place for.
    Priorities,
}

impl Lowering {
    /// What it preserves.
    #[must_use]
    pub fn guarantee(self) -> Guarantee {
        match self {
            Lowering::McCormick => Guarantee::Relaxation,
            Lowering::IntegerBounds
            | Lowering::BinarySquare
            | Lowering::BinaryProduct
            | Lowering::GuardedQuadratic
            | Lowering::Sos1
            | Lowering::Indicator
            | Lowering::Constant
            | Lowering::Scale
            | Lowering::CommonExpressions
            | Lowering::NoRows
            | Lowering::Priorities => Guarantee::Exact,
        }
    }

    /// What it does, for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Lowering::IntegerBounds => "bounds of integer variables rounded inward",
            Lowering::BinarySquare => "squares of binaries made linear",
            Lowering::BinaryProduct => "products with a binary made linear",
            Lowering::McCormick => "products relaxed to their convex hull",
            Lowering::GuardedQuadratic => "quadratic parts taken out of indicators",
            Lowering::Sos1 => "special ordered sets made of binaries",
            Lowering::Indicator => "indicators made rows with a proved big-M",
            Lowering::Constant => "constant made a fixed column",
            Lowering::Scale => "rows scaled by a power of two",
            Lowering::CommonExpressions => "common expressions written out",
            Lowering::NoRows => "row over a fixed column added to a model without any",
            Lowering::Priorities => "branching priorities left out, which advise solvers alone",
        }
    }
}

/// One lowering that was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub lowering: Lowering,
    /// How many terms, rows or sets it changed.
    pub count: usize,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.count, self.lowering.words())
    }
}

/// Who takes quadratic terms, beside integer variables too.
fn remedy(convex: bool) -> &'static str {
    if convex {
        "it is convex: choose a target with convex quadratic rows beside integers (cplex-lp, \
         mosek-mps, scip-lp, gurobi-lp, copt-lp, xpress-lp, lp, nl) and solve its file with a solver \
         of them"
    } else {
        "choose a target with nonconvex quadratic rows (scip-lp, gurobi-lp, copt-lp, xpress-lp, lp, \
         nl) and solve its file with SCIP, Gurobi, COPT or Xpress"
    }
}

fn where_bounds_stand(foreign: bool) -> &'static str {
    if foreign {
        "among the bounds of the file (a row of one variable is not taken for one)"
    } else {
        "(a box in the threat or the specification)"
    }
}

/// Why a model cannot be made to fit a target.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The model breaks an invariant.
    #[error("the model is not valid: {}", first(.0))]
    Invalid(Vec<Fault>),
    /// A big-M or an envelope needs a bound that is not there.
    #[error(
        "{who} can be written for target {target} only with a bound, but {variable} has none {side}; give it one {}, or choose a target that {alternative}",
        where_bounds_stand(*.foreign)
    )]
    Unbounded {
        /// Row, product or set.
        who: String,
        /// The unbounded variable.
        variable: String,
        /// `below` or `above`.
        side: &'static str,
        /// The target.
        target: &'static str,
        /// What another target would have to do.
        alternative: &'static str,
        /// Whether the variable is of a model file.
        foreign: bool,
    },
    /// Nonconvex or other quadratic terms that the target lacks.
    #[error(
        "{who} has {feature}, which target {target} cannot take and nothing linear equals; {}",
        remedy(*.convex)
    )]
    Quadratic {
        /// Row or objective.
        who: String,
        /// What it has.
        feature: &'static str,
        /// Whether it is convex, which more targets take.
        convex: bool,
        /// The target.
        target: &'static str,
    },
    /// A big-M beyond what floating-point numbers or the target can hold.
    #[error(
        "{who} would need the constant {} for target {target}, which is too large to be read faithfully; tighten the bounds of its variables, or choose a target with indicators (scip-lp, gurobi-lp)",
        number(*.value)
    )]
    TooLarge {
        /// Row.
        who: String,
        /// The constant.
        value: f64,
        /// The target.
        target: &'static str,
    },
    /// A smooth expression for a target without them.
    #[error(
        "{who} has a smooth expression (exp, log or a quotient), which target {target} cannot take; choose an NL target (nl, nl-binary, nl-scip)"
    )]
    Smooth {
        /// Row or objective.
        who: String,
        /// The target.
        target: &'static str,
    },
    /// A shared graph of expressions that would make too large a tree.
    #[error(
        "target {target} takes no common expressions, and written out they would be {size} nodes, more than {most}; choose target nl-scip"
    )]
    Expressions {
        /// Nodes of the tree.
        size: u64,
        /// Most that are written.
        most: u64,
        /// The target.
        target: &'static str,
    },
    /// What is left that the target cannot say.
    #[error(
        "target {target} cannot take this model: {fault}; rescale the data, or choose another target"
    )]
    Left {
        /// The target.
        target: &'static str,
        /// What does not fit.
        fault: Box<Fault>,
    },
}

fn first(faults: &[Fault]) -> String {
    faults.first().map_or_else(String::new, ToString::to_string)
}
