//! Ideal cuts for ReLUs (Anderson, Huchette, Ma, Tjandraatmadja, Vielma 2020): separated on demand.

use super::VerifyProgram;
use crate::bounds::Interval;
use crate::bounds::interval::add_up;
use crate::encode::Lin;
use crate::encode::recipe::Recipe;
use crate::ir::{Origin, Place, Rule, Sense, VarId, fingerprint};

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
    /// Which of [`VerifyProgram::neurons`] it is about.
    pub neuron: usize,
    /// For each term of the neuron's expression whether it is in the set `I` of
    /// [`VerifyProgram::cut`].
    pub inside: Vec<bool>,
    /// Entries by ascending variable.
    pub terms: Vec<(VarId, f64)>,
    /// Right-hand side.
    pub rhs: f64,
    /// What it is about.
    pub origin: Origin,
}

impl VerifyProgram {
    /// The terms of a neuron's expression and its constant; nothing if there is no such neuron.
    #[must_use]
    pub fn operand(&self, neuron: usize) -> Option<&Lin> {
        match self.recipes.get(self.neurons.get(neuron)?.output.index()) {
            Some(Recipe::Clamp(a, ..)) => Some(a),
            Some(_) | None => None,
        }
    }

    /// The cut of a neuron for a set `I` of the terms `w_i x_i` with `x_i` in `[l_i, u_i]`:
    ///
    /// ```text
    /// y <= sum_I w_i (x_i - l'_i (1 - z)) + (b + sum_not_I w_i u'_i) z
    /// ```
    ///
    /// where `l'_i` is the end of the interval at which `w_i x_i` is least, and `u'_i` the other
    /// one. It holds for *any* set, with all rounding outward: for `z = 1` both sides have the same
    /// terms in `I`, no other term is above `w_i u'_i`, and `y` is above the expression by the
    /// neuron's slop at most, which is added there; for `z = 0` the right-hand side is a sum of
    /// numbers that are not negative, and `y` is 0.
    ///
    /// Nothing if there is no such neuron, if `inside` has another length than its expression, or if
    /// an interval that is needed is not finite.
    #[must_use]
    pub fn cut(&self, neuron: usize, inside: &[bool]) -> Option<Cut> {
        let (n, a) = (self.neurons.get(neuron)?, self.operand(neuron)?);
        if inside.len() != a.terms.len() {
            return None;
        }
        // Sum of w l' over the set, and b plus that of w u' over the rest.
        let (mut low, mut high) = (Interval::ZERO, Interval::point(a.constant));
        let mut terms: Vec<(VarId, f64)> = Vec::new();
        for (&(v, w), inside) in a.terms.iter().zip(inside) {
            let (least, most) = self.ends(v, w);
            if *inside {
                terms.push((v, -w));
                low = low + Interval::point(least).scale(w);
            } else {
                high = high + Interval::point(most).scale(w);
            }
        }
        // y - sum_I w x - k z <= c with c = -low and c + k = high + slop, both rounded up.
        let c = 0.0 - low.lo;
        let k = add_up(add_up(high.hi, n.slop), -c);
        if !c.is_finite() || !k.is_finite() {
            return None;
        }
        terms.push((n.output, 1.0));
        if k != 0.0 {
            terms.push((n.switch, -k));
        }
        terms.sort_by_key(|t| t.0);
        let origin = Rule::NodeCut.at(n.at);
        Some(Cut { neuron, inside: inside.to_vec(), terms, rhs: c, origin })
    }

    /// The most violated cut of each ReLU that the point breaks by more than `least` times the
    /// greatest value of the ReLU, at most one a ReLU, in the order of the neurons. Time is linear in
    /// the number of their terms.
    ///
    /// The set that is violated most takes the smaller side for each term. With all these cuts the
    /// relaxation of the ReLU is the convex hull over the box of its terms.
    #[must_use]
    pub fn separate(&self, point: &[f64], least: f64) -> Vec<Cut> {
        (0..self.neurons.len()).filter_map(|n| self.violated(n, point, least)).collect()
    }

    fn violated(&self, neuron: usize, x: &[f64], least: f64) -> Option<Cut> {
        let (n, a) = (self.neurons.get(neuron)?, self.operand(neuron)?);
        let z = *x.get(n.switch.index())?;
        let mut right = a.constant * z;
        let mut inside = Vec::with_capacity(a.terms.len());
        for &(v, w) in &a.terms {
            let ends = self.ends(v, w);
            let with = w * (x.get(v.index())? - ends.0 * (1.0 - z));
            let without = w * ends.1 * z;
            inside.push(with < without);
            right += with.min(without);
        }
        let violation = x.get(n.output.index())? - right;
        let enough = violation > least * self.model.vars.get(n.output).upper;
        if enough { self.cut(neuron, &inside) } else { None }
    }

    /// The ends of a column's interval at which `w x` is least and most.
    fn ends(&self, v: VarId, w: f64) -> (f64, f64) {
        let view = self.model.vars.get(v);
        if w >= 0.0 { (view.lower, view.upper) } else { (view.upper, view.lower) }
    }

    /// Appends cuts to the rows; they hold wherever binaries are whole, so the points are the same
    /// but for the fingerprint, which names the program with its cuts.
    pub fn add_cuts(&mut self, cuts: &[Cut]) {
        for cut in cuts {
            self.model.add_row(&cut.terms, Sense::Le, cut.rhs, cut.origin);
        }
        if !cuts.is_empty()
            && let Some((column, number)) = fingerprint::renew(&mut self.model)
            && let Some(recipe) = self.recipes.get_mut(column.index())
        {
            *recipe = Recipe::Value(Lin::exact(f64::from(number)));
        }
    }
}
