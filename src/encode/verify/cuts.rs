//! Ideal cuts for ReLUs (Anderson, Huchette, Ma, Tjandraatmadja, Vielma 2020): separated on demand.

use super::VerifyProgram;
use crate::bounds::Interval;
use crate::bounds::interval::add_up;
use crate::encode::recipe::Recipe;
use crate::ir::{Origin, Place, Rule, Sense, VarId};

/// A ReLU `y = max(a, 0)` with a binary `z` for `a > 0`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neuron {
    /// `y`.
    pub output: VarId,
    /// `z`.
    pub switch: VarId,
    /// Distance of the quantity from its expression.
    pub slop: f64,
    /// Node and element.
    pub at: Place,
}

/// The row `sum terms <= rhs`, valid wherever the binaries are whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// Entries by ascending variable.
    pub terms: Vec<(VarId, f64)>,
    /// Right-hand side.
    pub rhs: f64,
    /// By how much the point broke it.
    pub violation: f64,
    /// What it is about.
    pub origin: Origin,
}

impl VerifyProgram {
    /// The most violated cut of each ReLU that the point breaks by more than `least`, at most one a
    /// ReLU, in the order of the neurons. Time is linear in the number of their terms.
    ///
    /// For terms `w_i x_i` with `x_i` in `[l_i, u_i]` and any set `I` of them
    ///
    /// ```text
    /// y <= sum_I w_i (x_i - l'_i (1 - z)) + (b + sum_not_I w_i u'_i) z
    /// ```
    ///
    /// where `l'_i` is the end of the interval at which `w_i x_i` is least, and `u'_i` the other
    /// one; the set that is violated most takes the smaller of both for each term. With all these
    /// cuts the relaxation of the ReLU is the convex hull over the box of its terms.
    #[must_use]
    pub fn separate(&self, point: &[f64], least: f64) -> Vec<Cut> {
        self.neurons.iter().filter_map(|n| self.cut(n, point, least)).collect()
    }

    /// Appends cuts to the rows; they hold wherever binaries are whole, so the points are the same.
    pub fn add_cuts(&mut self, cuts: &[Cut]) {
        for cut in cuts {
            self.model.add_row(&cut.terms, Sense::Le, cut.rhs, cut.origin);
        }
    }

    fn cut(&self, n: &Neuron, x: &[f64], least: f64) -> Option<Cut> {
        let Some(Recipe::Clamp(a, ..)) = self.recipes.get(n.output.index()) else { return None };
        let z = x[n.switch.index()];
        let mut chosen: Vec<(VarId, f64)> = Vec::new();
        // Sum of w l' over the set, and b plus that of w u' over the rest.
        let (mut low, mut high) = (Interval::ZERO, Interval::point(a.constant));
        let mut right = 0.0;
        for &(v, w) in &a.terms {
            let view = self.model.vars.get(v);
            let ends = if w >= 0.0 { (view.lower, view.upper) } else { (view.upper, view.lower) };
            let inside = w * (x[v.index()] - ends.0 * (1.0 - z));
            let outside = w * ends.1 * z;
            if inside < outside {
                chosen.push((v, w));
                low = low + Interval::point(ends.0).scale(w);
                right += inside;
            } else {
                high = high + Interval::point(ends.1).scale(w);
                right += outside;
            }
        }
        let violation = x[n.output.index()] - (right + a.constant * z);
        let finite = low.is_finite() && high.is_finite();
        if violation.is_nan() || violation <= least || !finite {
            return None;
        }
        // y - sum_I w x - k z <= c with c = -low and c + k = high, both rounded up.
        let c = add_up(-low.lo, n.slop);
        let k = add_up(add_up(high.hi, n.slop), -c);
        let mut terms: Vec<(VarId, f64)> = chosen.iter().map(|(v, w)| (*v, -w)).collect();
        terms.extend([(n.output, 1.0), (n.switch, -k)]);
        terms.sort_by_key(|t| t.0);
        Some(Cut { terms, rhs: c, violation, origin: Rule::NodeCut.at(n.at) })
    }
}
