//! How each variable follows from the adversary's decisions: a replay inside the model.
//!
//! Any choice of the adversary determines a training run, and the run determines every variable.
//! [`complete`] evaluates the recipes in order of creation, which is causal, and so turns an attack
//! into a full start point (papers 1.6, item 1).

use super::lin::Lin;

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
}

/// Values of all variables from those of the decisions (`decisions[v]` for decision `v`).
#[must_use]
pub fn complete(recipes: &[Recipe], decisions: impl Fn(usize) -> f64) -> Vec<f64> {
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
        };
        x.push(value);
    }
    x
}
