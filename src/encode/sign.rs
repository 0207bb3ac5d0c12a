//! `sign(r)`: the derivative of the absolute value.

use super::builder::Builder;
use super::lin::Lin;
use crate::ir::{Family, Origin, Place, Sense};

impl Builder<'_> {
    /// `sign(r)` as the difference of two mutually exclusive switches `r > 0` and `r < 0`.
    ///
    /// *Exact* up to ties: at `r = 0` the model admits -1, 0 and +1; training uses 0.
    pub fn sign(&mut self, r: &Lin, family: Family, place: Place, origin: Origin) -> Lin {
        let one = Lin::exact(1.0);
        let negative = self.scale(-1.0, r);
        let place_of = |k: usize| place.i(2 * place.i as usize + k);
        let up = self.below(&negative, 0.0, &one, family.at(place_of(0)), origin);
        let down = self.below(r, 0.0, &one, family.at(place_of(1)), origin);
        if !up.is_constant() && !down.is_constant() {
            self.row(&[(1.0, &up), (1.0, &down)], Sense::Le, 1.0, origin);
        }
        self.sub(&up, &down)
    }
}
