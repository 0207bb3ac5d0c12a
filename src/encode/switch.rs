//! Switches of piecewise constant derivatives: the hinge and its relatives.

use super::builder::Builder;
use super::lin::Lin;
use super::recipe::Recipe;
use crate::bounds::interval::{add_down, add_up};
use crate::ir::{Origin, Role, Sense};

impl Builder<'_> {
    /// The 0/1 quantity `condition and quantity < threshold` (papers 1.3, hinge switch).
    ///
    /// ```text
    /// w <= condition
    /// m <= thr + (U - thr)(1 - w)
    /// m >= thr - (thr - L)(w + 1 - condition)
    /// ```
    ///
    /// Tighten the quantity first ([`Builder::refine`]), where that is wanted.
    ///
    /// *Exact* up to ties: at `m = thr` both values are admitted. With a tie band `tau` it is a
    /// *restriction*: `m <= thr - tau` or `m >= thr + tau` wherever the condition holds.
    pub fn below(
        &mut self,
        quantity: &Lin,
        threshold: f64,
        condition: &Lin,
        role: Role,
        origin: Origin,
    ) -> Lin {
        let m = quantity;
        let tau = self.tie_band;
        if condition.is_zero() || (m.range.lo > threshold && m.range.lo >= threshold + tau) {
            return Lin::exact(0.0);
        }
        if m.range.hi < threshold && m.range.hi <= threshold - tau {
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
        let (u, l) = (m.range.hi, m.range.lo);
        // m + (U - thr + tau) w <= U
        let span = add_up(add_up(u, -threshold), tau).max(0.0);
        let rhs = add_up(add_up(threshold, -tau), span);
        self.require(&[(1.0, m), (span, &w)], Sense::Le, rhs, origin);
        // m + (thr + tau - L)(w - condition) >= L, so that condition = 1, w = 0 gives m >= thr + tau
        let span = add_up(add_up(threshold, -l), tau).max(0.0);
        let parts = [(1.0, m), (span, &w), (-span, condition)];
        let rhs = add_down(add_down(threshold, tau), -span);
        self.require(&parts, Sense::Ge, rhs, origin);
        w
    }
}
