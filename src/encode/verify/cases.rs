//! Rows that hold in one case: by proved bounds, or as indicator constraints.

use super::options::Cases;
use super::walk::Encoder;
use crate::bounds::interval::add_up;
use crate::encode::Lin;
use crate::ir::{Guard, Origin, Sense, VarId};

impl Encoder<'_> {
    /// `z = value -> q <= rhs` about the quantity, as the options say. *Exact*: where it is off, the
    /// proved range of `q` implies the row.
    pub fn when(&mut self, on: (VarId, bool), q: &Lin, rhs: f64, origin: Origin) {
        if q.range.hi <= rhs {
            return;
        }
        match self.options.cases {
            Cases::Indicator => self.guard(on, q, rhs, origin),
            Cases::BigM => {
                let (z, value) = on;
                let z = self.b.variable_lin(z);
                let big = add_up(q.range.hi, -rhs);
                if value {
                    // q + M z <= rhs + M
                    self.b.require(&[(1.0, q), (big, &z)], Sense::Le, add_up(rhs, big), origin);
                } else {
                    self.b.require(&[(1.0, q), (-big, &z)], Sense::Le, rhs, origin);
                }
            }
        }
    }

    /// `z = value -> q >= rhs`.
    pub fn when_least(&mut self, on: (VarId, bool), q: &Lin, rhs: f64, origin: Origin) {
        let negative = self.b.scale(-1.0, q);
        self.when(on, &negative, -rhs, origin);
    }

    /// `z = value -> q = 0`.
    pub fn when_zero(&mut self, on: (VarId, bool), q: &Lin, origin: Origin) {
        self.when(on, q, 0.0, origin);
        self.when_least(on, q, 0.0, origin);
    }

    /// `z = value -> q <= rhs` as an indicator constraint, relaxed by the slop.
    pub fn guard(&mut self, (var, value): (VarId, bool), q: &Lin, rhs: f64, origin: Origin) {
        let right = add_up(add_up(rhs, -q.constant), q.slop);
        self.b.model.add_guarded_row(Guard { var, value }, &q.terms, Sense::Le, right, origin);
    }
}
