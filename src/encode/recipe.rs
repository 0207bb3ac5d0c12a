//! How each variable follows from the adversary's decisions: a replay inside the model.
//!
//! Any choice of the adversary determines a training run, and the run determines every variable.
//! [`complete`] evaluates the recipes in order of creation, which is causal, and so turns an attack
//! into a full start point (papers 1.6, item 1).

use super::lin::Lin;
use crate::network::graph::Function;
use crate::network::graph::eval::smooth;

/// The value of one variable, given the values of older ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Recipe {
    /// Set from the attack.
    Decision,
    /// The value of an expression.
    Value(Lin),
    /// 1 if `condition >= 1/2` and `quantity < threshold`, else 0.
    Below {
        /// Compared with the threshold.
        quantity: Lin,
        /// The switching point.
        threshold: f64,
        /// A 0/1 quantity.
        condition: Lin,
    },
    /// `max(quantity, 0)`.
    Positive(Lin),
    /// The product of both.
    Product(Lin, Lin),
    /// The quantity limited to `[low, high]`.
    Clamp(Lin, f64, f64),
    /// The absolute value.
    Absolute(Lin),
    /// First divided by second, 0 if the second is 0.
    Quotient(Lin, Lin),
    /// 1 if the quantity is the smallest of all (the first such), else 0.
    IsSmallest {
        /// Which one.
        which: usize,
        /// All of them.
        all: Vec<Lin>,
    },
    /// The smallest of all.
    Smallest(Vec<Lin>),
    /// The largest of all.
    Largest(Vec<Lin>),
    /// 1 if the quantity is above the threshold, or at it where `at`; else 0.
    Above {
        /// Compared with the threshold.
        quantity: Lin,
        /// The switching point.
        threshold: f64,
        /// Whether the switching point counts.
        at: bool,
    },
    /// `min(max(-q, 0), high)` for the quantity `q` that the older variable `of` limits
    /// ([`Recipe::Clamp`]).
    NegativeOf {
        /// The older variable.
        of: usize,
        /// Largest value.
        high: f64,
    },
    /// The second of the first pair whose first is at least 1/2; of the last pair if there is none.
    Chosen(Vec<(Lin, Lin)>),
    /// A smooth function of the quantity, limited to `[low, high]`.
    Function {
        /// The function.
        f: Function,
        /// Its argument.
        of: Lin,
        /// Least value.
        low: f64,
        /// Largest value.
        high: f64,
    },
    /// 1 if this branch of a formula has the smallest value of all, the first such, and the gate is
    /// open (at least 1/2); else 0.
    Branch {
        /// Which one.
        which: usize,
        /// All of them.
        all: Vec<Test>,
        /// Whether any is wanted.
        gate: Lin,
    },
}

/// A formula over quantities: its value is at most 0 where it holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The quantity, to be at most 0.
    Margin(Lin),
    /// Minus infinity where the quantity is at most 0 (up to rounding), else infinity.
    Hard(Lin),
    /// The largest of these.
    All(Vec<Test>),
    /// The smallest of these.
    Any(Vec<Test>),
}

impl Test {
    /// Its value at a point.
    #[must_use]
    pub fn value(&self, x: &[f64]) -> f64 {
        const ROUNDING: f64 = 1e-9;
        match self {
            Test::Margin(l) => l.value(x),
            Test::Hard(l) => {
                let v = l.value(x);
                if v <= ROUNDING * (1.0 + l.range.magnitude().min(1e6)) {
                    f64::NEG_INFINITY
                } else {
                    f64::INFINITY
                }
            }
            Test::All(all) => all.iter().map(|t| t.value(x)).fold(f64::NEG_INFINITY, f64::max),
            Test::Any(all) => all.iter().map(|t| t.value(x)).fold(f64::INFINITY, f64::min),
        }
    }
}

/// Values of all variables from those of the decisions (`decisions[v]` for decision `v`).
#[must_use]
pub fn complete(recipes: &[Recipe], decisions: impl Fn(usize) -> f64) -> Vec<f64> {
    complete_within(recipes, decisions, |_, value| value)
}

/// As [`complete`], with every value passed through `limit` before it is used.
#[must_use]
pub fn complete_within(
    recipes: &[Recipe],
    decisions: impl Fn(usize) -> f64,
    limit: impl Fn(usize, f64) -> f64,
) -> Vec<f64> {
    let mut x: Vec<f64> = Vec::with_capacity(recipes.len());
    for (v, recipe) in recipes.iter().enumerate() {
        let values = |all: &[Lin]| all.iter().map(|l| l.value(&x)).collect::<Vec<_>>();
        let value = match recipe {
            Recipe::Decision => decisions(v),
            Recipe::Value(l) => l.value(&x),
            Recipe::Below { quantity, threshold, condition } => {
                let on = condition.value(&x) > 0.5 && quantity.value(&x) < *threshold;
                f64::from(u8::from(on))
            }
            Recipe::Positive(l) => l.value(&x).max(0.0),
            Recipe::Product(a, b) => a.value(&x) * b.value(&x),
            Recipe::Clamp(l, low, high) => l.value(&x).clamp(*low, *high),
            Recipe::Absolute(l) => l.value(&x).abs(),
            Recipe::Quotient(a, b) => {
                let d = b.value(&x);
                if d == 0.0 { 0.0 } else { a.value(&x) / d }
            }
            Recipe::IsSmallest { which, all } => {
                let all = values(all);
                let best = (0..all.len()).min_by(|&a, &b| all[a].total_cmp(&all[b]));
                f64::from(u8::from(best == Some(*which)))
            }
            Recipe::Smallest(all) => values(all).into_iter().fold(f64::INFINITY, f64::min),
            Recipe::Largest(all) => values(all).into_iter().fold(f64::NEG_INFINITY, f64::max),
            Recipe::Above { quantity, threshold, at } => {
                let q = quantity.value(&x);
                f64::from(u8::from(q > *threshold || (*at && q == *threshold)))
            }
            Recipe::NegativeOf { of, high } => match recipes.get(*of) {
                Some(Recipe::Clamp(l, ..)) => (-l.value(&x)).max(0.0).min(*high),
                Some(_) | None => 0.0,
            },
            Recipe::Chosen(cases) => {
                let case = cases.iter().find(|c| c.0.value(&x) >= 0.5).or(cases.last());
                case.map_or(0.0, |c| c.1.value(&x))
            }
            Recipe::Function { f, of, low, high } => {
                smooth::value(*f, of.value(&x)).clamp(*low, *high)
            }
            Recipe::Branch { which, all, gate } => {
                let all: Vec<f64> = all.iter().map(|t| t.value(&x)).collect();
                let best = (0..all.len()).min_by(|&a, &b| all[a].total_cmp(&all[b]));
                f64::from(u8::from(gate.value(&x) >= 0.5 && best == Some(*which)))
            }
        };
        x.push(limit(v, value));
    }
    x
}
