//! The table of golden cases, one line each.

use theriac::ir::Model;

use crate::models::{advice, linear, quadratic};

/// What is known about the answer.
#[derive(Clone, Copy, Debug)]
pub enum Truth {
    /// The optimum, confirmed by enumeration in the test itself.
    Enumerated(f64),
    /// No point, confirmed by enumeration in the test itself.
    Infeasible,
    /// The optimum, confirmed in the test itself by training on every attack.
    Replayed(f64),
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

/// Where a model comes from.
#[derive(Clone, Copy)]
pub enum Source {
    /// Built by hand.
    Built(fn() -> Model),
    /// Compiled from `question.thr` in the folder of the case and the files that it names.
    Compiled,
}

/// One model, which is written for every target.
pub struct Case {
    /// Name of the folder.
    pub name: &'static str,
    /// Where the model comes from.
    pub source: Source,
    /// What the answer is.
    pub truth: Truth,
}

use Truth::{Derived, Enumerated, Infeasible, Replayed, Unknown};

const fn case(name: &'static str, model: fn() -> Model, truth: Truth) -> Case {
    Case { name, source: Source::Built(model), truth }
}

/// A case that is compiled from a specification.
const fn spec(name: &'static str, truth: Truth) -> Case {
    Case { name, source: Source::Compiled, truth }
}

/// 4 sqrt 2 - 3 - 5 - 2 + 1.
const ALL_ORDERS: f64 = 4.0 * std::f64::consts::SQRT_2 - 9.0;

#[rustfmt::skip]
pub const CASES: &[Case] = &[
    case("bounds", linear::bounds, Enumerated(-17.5)),
    case("knapsack", linear::knapsack, Enumerated(-7.0)),
    case("integers", linear::integers, Enumerated(-1.0)),
    case("fixed_binaries", linear::fixed_binaries, Enumerated(2.0)),
    case("indicators", linear::indicators, Enumerated(-4.8875)),
    case("unbounded_indicator", linear::unbounded_indicator, Enumerated(-13.0)),
    case("sos1", linear::sos1, Enumerated(-6.125)),
    case("binary_products", linear::binary_products, Enumerated(0.75)),
    case("constant", linear::constant, Enumerated(0.1 + 1.0 / 3.0)),
    case("extremes", linear::extremes, Derived(-0.876_543_210_987_654_3)),
    case("empty_objective", linear::empty_objective, Enumerated(0.0)),
    case("empty_rows", linear::empty_rows, Enumerated(2.0)),
    case("infeasible", linear::infeasible, Infeasible),
    case("nothing", linear::nothing, Enumerated(3.0)),
    case("long_lines", linear::long_lines, Unknown),
    case("foreign_names", linear::foreign_names, Enumerated(71.0)),
    case("marks", advice::marks, Enumerated(-7.5)),
    case("priorities", advice::priorities, Enumerated(-14.5)),
    case("row_names", advice::row_names, Enumerated(-6.5)),
    case("families", linear::families, Enumerated(22.0)),
    case("convex_row", quadratic::convex_row, Derived(-2.0)),
    case("bilinear", quadratic::bilinear, Derived(-5.8)),
    case("equality", quadratic::equality, Derived(-6.0)),
    case("convex_objective", quadratic::convex_objective, Derived(7.75)),
    case("nonconvex_objective", quadratic::nonconvex_objective, Derived(-4.0)),
    case("integer_square", quadratic::integer_square, Derived(0.16)),
    case("guarded_quadratic", quadratic::guarded_quadratic, Derived(-4.5)),
    case("all_orders", quadratic::all_orders, Derived(ALL_ORDERS)),
    case("smooth", quadratic::smooth, Derived(2.0)),
    spec("spec_flips", Replayed(-19.0 / 400.0)),
    spec("spec_flips_directional", Replayed(-19.0 / 400.0)),
    spec("spec_flips_margin", Replayed(-19.0 / 400.0)),
    spec("spec_flips_switches", Replayed(-19.0 / 400.0)),
    // Moving the third point to -1 puts its margin at 1 exactly; the program may keep it active.
    spec("spec_features", Derived(2.0 / 3.0)),
    // Moving the first point to 1.5 gives w = 4/3, b = 1/3 and no sample stays active.
    spec("spec_features_band", Derived(13.0 / 15.0)),
    spec("spec_relu", Replayed(-0.919_374_465_942_382_8)),
    spec("spec_classes", Replayed(-0.929_687_5)),
    spec("spec_deletion", Replayed(-0.5638020833333333)),
    // From 0 every residual has the sign of its label: (2 + 1 + 1.5 + 1 + (1 + 1 - 1 + 1) / 2) / 12
    // with the added sample at 1 and a positive label.
    spec("spec_insertion", Derived(-13.0 / 24.0)),
    spec("spec_batches", Replayed(-0.266_25)),
    spec("spec_errors", Replayed(-5.0)),
];
