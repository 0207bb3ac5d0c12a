//! `max(a, 0)` with the switch that its backward pass shares.

use super::builder::Builder;
use super::lin::Lin;
use super::recipe::Recipe;
use crate::bounds::Interval;
use crate::ir::{Family, Origin, Place, Sense, VarKind};

/// Families of the two columns of a ReLU.
#[derive(Clone, Copy, Debug)]
pub struct ReluRoles {
    /// The switch.
    pub switch: Family,
    /// The output.
    pub output: Family,
    /// Where.
    pub place: Place,
}

impl Builder<'_> {
    /// Output and 0/1 derivative of `max(a, 0)` by big-M (papers 1.3):
    /// `h >= a, h >= 0, h <= a - L (1 - d), h <= U d, L <= a <= U`.
    ///
    /// *Exact* up to ties: at `a = 0` both derivatives are admitted. With a tie band it is a
    /// *restriction*: `|a| >= tau`.
    pub fn relu(&mut self, a: &Lin, roles: ReluRoles, origin: Origin) -> (Lin, Lin) {
        let (l, u) = (a.range.lo, a.range.hi);
        if l > 0.0 {
            return (a.clone(), Lin::exact(1.0));
        }
        if u < 0.0 || a.is_zero() && self.tie_band > 0.0 {
            return (Lin::exact(0.0), Lin::exact(0.0));
        }
        let d = self.binary(
            roles.switch.at(roles.place),
            Recipe::Below {
                quantity: self.scale(-1.0, a),
                threshold: 0.0,
                condition: Lin::exact(1.0),
            },
        );
        let bounds = Interval::new(0.0, u.max(0.0));
        let recipe = Recipe::Positive(a.clone());
        let h = self.variable(VarKind::Continuous, bounds, roles.output.at(roles.place), recipe);
        let tau = self.tie_band;
        self.require(&[(1.0, &h), (-1.0, a)], Sense::Ge, 0.0, origin);
        // h <= a - L (1 - d)
        self.require(&[(1.0, &h), (-1.0, a), (-l, &d)], Sense::Le, -l, origin);
        self.require(&[(1.0, &h), (-u, &d)], Sense::Le, 0.0, origin);
        // The big-M rows alone do not imply the sides of the switch at the bounds of a.
        self.require(&[(1.0, a), (l - tau, &d)], Sense::Ge, l, origin);
        self.require(&[(1.0, a), (-(u + tau), &d)], Sense::Le, -tau, origin);
        (h, d)
    }
}
