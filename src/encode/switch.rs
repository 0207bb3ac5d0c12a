//! Switches of piecewise constant derivatives: the hinge and its relatives.

use super::builder::Builder;
use super::lin::Lin;
use super::recipe::Recipe;
use crate::bounds::Interval;
use crate::bounds::interval::{add_down, add_up};
use crate::ir::{Origin, Role, Sense};

impl Builder<'_> {
    /// [`Builder::below_given`] with nothing known beyond the range of the quantity.
    pub fn below(
        &mut self,
        quantity: &Lin,
        threshold: f64,
        condition: &Lin,
        role: Role,
        origin: Origin,
    ) -> Lin {
        self.below_given(quantity, threshold, (condition, quantity.range), role, origin)
    }

    /// The 0/1 quantity `w = condition and quantity < threshold` (papers 1.3, hinge switch), with
    /// `given = [Lc, Uc]` an enclosure of the quantity wherever the condition holds:
    ///
    /// ```text
    /// w <= condition
    /// m + (U - Uc) condition + (Uc - thr) w <= U
    /// m - (thr - L) condition + (thr - Lc) w >= L
    /// ```
    ///
    /// Tighten the quantity first ([`Builder::refine`]), where that is wanted.
    ///
    /// *Exact* up to ties: at `m = thr` both values are admitted. With a tie band `tau` it is a
    /// *restriction*: `m <= thr - tau` or `m >= thr + tau` wherever the condition holds.
    pub fn below_given(
        &mut self,
        m: &Lin,
        threshold: f64,
        (condition, given): (&Lin, Interval),
        role: Role,
        origin: Origin,
    ) -> Lin {
        let tau = self.tie_band;
        let (low, high) = (add_down(threshold, -tau), add_up(threshold, tau));
        let given = given.meet(m.range);
        if condition.is_zero() || (given.lo > threshold && given.lo >= high) {
            return Lin::exact(0.0);
        }
        if given.hi < threshold && given.hi <= low {
            return condition.clone();
        }
        if tau > 0.0 && m.is_constant() {
            // No choice of the adversary moves it: the training framework's rule decides.
            let active = m.constant < threshold;
            return if active { condition.clone() } else { Lin::exact(0.0) };
        }
        let recipe = Recipe::Below { quantity: m.clone(), threshold, condition: condition.clone() };
        let w = self.binary(role, recipe);
        if !condition.is_constant() {
            self.row(&[(1.0, &w), (-1.0, condition)], Sense::Le, 0.0, origin);
        }
        let (l, u) = (m.range.lo, m.range.hi);
        // Coefficients are rounded up, and the right-hand side so that no case is cut off.
        let (a, b) = (add_up(u, -given.hi), add_up(given.hi, -low).max(0.0));
        let rhs = u.max(add_up(given.hi, a)).max(add_up(add_up(threshold - tau, a), b));
        self.require(&[(1.0, m), (a, condition), (b, &w)], Sense::Le, rhs, origin);
        let (a, b) = (add_up(high, -l).max(0.0), add_up(high, -given.lo).max(0.0));
        let rhs = l.min(add_down(threshold + tau, -a)).min(add_down(add_down(given.lo, -a), b));
        self.require(&[(1.0, m), (-a, condition), (b, &w)], Sense::Ge, rhs, origin);
        w
    }

    /// Requires `m <= thr` (or `m >= thr`) wherever the condition holds, for a switch that is known
    /// to lie on that side in the runs that matter.
    pub fn require_side(
        &mut self,
        m: &Lin,
        threshold: f64,
        below: bool,
        condition: &Lin,
        origin: Origin,
    ) {
        if below {
            let a = add_up(m.range.hi, -threshold).max(0.0);
            let rhs = m.range.hi.max(add_up(threshold, a));
            self.require(&[(1.0, m), (a, condition)], Sense::Le, rhs, origin);
        } else {
            let a = add_up(threshold, -m.range.lo).max(0.0);
            let rhs = m.range.lo.min(add_down(threshold, -a));
            self.require(&[(1.0, m), (-a, condition)], Sense::Ge, rhs, origin);
        }
    }
}
