//! The table of golden cases, one line each.

use theriac::ir::Model;
use theriac::lower::Target;

use crate::models::{linear, quadratic};

/// What is known about the answer.
#[derive(Clone, Copy, Debug)]
pub enum Truth {
    /// The optimum, confirmed by enumeration in the test itself.
    Enumerated(f64),
    /// No point, confirmed by enumeration in the test itself.
    Infeasible,
    /// The optimum in closed form; the derivation stands beside the model.
    Derived(f64),
    /// Not known here; the foreign readers still have to agree with each other.
    Unknown,
}

impl Truth {
    pub fn enumerable(self) -> bool {
        matches!(self, Truth::Enumerated(_) | Truth::Infeasible)
    }
}

/// One model and the targets it is written for.
pub struct Case {
    /// Name of the folder.
    pub name: &'static str,
    /// Builds the model: by hand, or from a specification by any code that ends in a model.
    pub model: fn() -> Model,
    /// The targets.
    pub targets: &'static [Target],
    /// What the answer is.
    pub truth: Truth,
}

/// The four portable files.
pub const PORTABLE: &[Target] =
    &[Target::PortableLp, Target::PortableMps, Target::NlText, Target::NlBinary];

/// Every target with a file.
pub const EVERY: &[Target] = &[
    Target::PortableLp,
    Target::PortableMps,
    Target::NlText,
    Target::NlBinary,
    Target::ScipLp,
    Target::GurobiLp,
    Target::GurobiMps,
    Target::HighsLp,
    Target::HighsMps,
];

use Truth::{Derived, Enumerated, Infeasible, Unknown};

const fn case(
    name: &'static str,
    model: fn() -> Model,
    targets: &'static [Target],
    truth: Truth,
) -> Case {
    Case { name, model, targets, truth }
}

/// 4 sqrt 2 - 3 - 5 - 2 + 1.
const ALL_ORDERS: f64 = 4.0 * std::f64::consts::SQRT_2 - 9.0;

#[rustfmt::skip]
pub const CASES: &[Case] = &[
    case("bounds", linear::bounds, PORTABLE, Enumerated(-17.5)),
    case("knapsack", linear::knapsack, PORTABLE, Enumerated(-7.0)),
    case("integers", linear::integers, PORTABLE, Enumerated(-1.0)),
    case("fixed_binaries", linear::fixed_binaries, PORTABLE, Enumerated(2.0)),
    case("indicators", linear::indicators, EVERY, Enumerated(-4.8875)),
    case("unbounded_indicator", linear::unbounded_indicator, EVERY, Enumerated(-13.0)),
    case("sos1", linear::sos1, EVERY, Enumerated(-6.125)),
    case("binary_products", linear::binary_products, EVERY, Enumerated(0.75)),
    case("constant", linear::constant, PORTABLE, Enumerated(0.1 + 1.0 / 3.0)),
    case("extremes", linear::extremes, EVERY, Derived(-0.876_543_210_987_654_3)),
    case("empty_objective", linear::empty_objective, PORTABLE, Enumerated(0.0)),
    case("empty_rows", linear::empty_rows, PORTABLE, Enumerated(2.0)),
    case("infeasible", linear::infeasible, PORTABLE, Infeasible),
    case("nothing", linear::nothing, PORTABLE, Enumerated(3.0)),
    case("long_lines", linear::long_lines, PORTABLE, Unknown),
    case("foreign_names", linear::foreign_names, PORTABLE, Enumerated(71.0)),
    case("families", linear::families, PORTABLE, Enumerated(13.0)),
    case("convex_row", quadratic::convex_row, EVERY, Derived(-2.0)),
    case("bilinear", quadratic::bilinear, EVERY, Derived(-5.8)),
    case("equality", quadratic::equality, PORTABLE, Derived(-6.0)),
    case("convex_objective", quadratic::convex_objective, EVERY, Derived(7.75)),
    case("nonconvex_objective", quadratic::nonconvex_objective, EVERY, Derived(-4.0)),
    case("integer_square", quadratic::integer_square, EVERY, Derived(0.16)),
    case("guarded_quadratic", quadratic::guarded_quadratic, EVERY, Derived(-4.5)),
    case("all_orders", quadratic::all_orders, PORTABLE, Derived(ALL_ORDERS)),
    case("smooth", quadratic::smooth, EVERY, Derived(2.0)),
];
