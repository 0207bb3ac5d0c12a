//! `min(max(r, low), high)`: element-wise clipping and the Huber derivative.

use super::builder::Builder;
use super::lin::Lin;
use super::recipe::Recipe;
use crate::bounds::interval::{add_down, add_up};
use crate::ir::{Origin, Role, Sense, VarKind};

impl Builder<'_> {
    /// The quantity limited to `[low, high]`, with two binaries (low side first):
    ///
    /// ```text
    /// o >= r - (U - high) zh        o <= r + (low - L) zl        zh + zl <= 1
    /// o >= high - (high - low)(1 - zh)     o <= low + (high - low)(1 - zl)
    /// ```
    ///
    /// *Exact*; the function is continuous, so there are no ties.
    pub fn clip(
        &mut self,
        r: &Lin,
        (low, high): (f64, f64),
        output: Role,
        switches: [Role; 2],
        origin: Origin,
    ) -> Lin {
        let (l, u) = (r.range.lo, r.range.hi);
        if l >= low && u <= high {
            return r.clone();
        }
        if l >= high {
            return Lin::exact(high);
        }
        if u <= low {
            return Lin::exact(low);
        }
        let recipe = Recipe::Clamp(r.clone(), low, high);
        let bounds = r.range.clamp(low, high);
        let o = self.variable(VarKind::Continuous, bounds, output, recipe);
        let one = Lin::exact(1.0);
        let span = add_up(high, -low);
        let zh = if u > high {
            // r > high, that is -r < -high.
            let negative = self.scale(-1.0, r);
            let recipe =
                Recipe::Below { quantity: negative, threshold: -high, condition: one.clone() };
            let zh = self.binary(switches[1], recipe);
            self.require(&[(1.0, &o), (-span, &zh)], Sense::Ge, add_down(high, -span), origin);
            zh
        } else {
            Lin::exact(0.0)
        };
        let zl = if l < low {
            let recipe = Recipe::Below { quantity: r.clone(), threshold: low, condition: one };
            let zl = self.binary(switches[0], recipe);
            self.require(&[(1.0, &o), (span, &zl)], Sense::Le, add_up(low, span), origin);
            zl
        } else {
            Lin::exact(0.0)
        };
        let above = add_up(u, -high).max(0.0);
        let under = add_up(low, -l).max(0.0);
        self.require(&[(1.0, &o), (-1.0, r), (above, &zh)], Sense::Ge, 0.0, origin);
        self.require(&[(1.0, &o), (-1.0, r), (-under, &zl)], Sense::Le, 0.0, origin);
        if !zh.is_constant() && !zl.is_constant() {
            self.row(&[(1.0, &zh), (1.0, &zl)], Sense::Le, 1.0, origin);
        }
        o
    }
}
