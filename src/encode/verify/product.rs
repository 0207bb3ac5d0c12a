//! Products and quotients of two variable quantities.

use super::error::VerifyError;
use super::walk::{At, Encoder};
use crate::bounds::Interval;
use crate::encode::Lin;
use crate::encode::recipe::Recipe;
use crate::ir::{QuadTerm, Rule, Sense, VarKind};

impl Encoder<'_> {
    /// `a b`. *Exact*: linear rows where a factor is a combination of few binaries, else a
    /// bilinear row.
    pub fn product(&mut self, a: &Lin, b: &Lin, at: At) -> Result<Lin, VerifyError> {
        self.finite(a.range, at)?;
        self.finite(b.range, at)?;
        Ok(self.b.mul(a, b))
    }

    /// `a / b` as `y b = a`, where `b` is never 0. *Exact*.
    pub fn quotient(&mut self, a: &Lin, b: &Lin, at: At) -> Result<Lin, VerifyError> {
        let known = self.bounds[at.node][at.element];
        self.finite(a.range, at)?;
        self.finite(b.range, at)?;
        if b.range.contains(0.0) {
            let Interval { lo, hi } = b.range;
            return Err(VerifyError::Domain {
                node: self.node_name(at),
                element: at.element,
                lo,
                hi,
            });
        }
        self.finite(known, at)?;
        let (a, b) = (self.compact(a, at, 0), self.compact(b, at, 1));
        let recipe = Recipe::Quotient(a.clone(), b.clone());
        let y = self.b.variable(VarKind::Continuous, known, at.value(), recipe);
        let by_constant = (Interval::point(b.constant), &y);
        let linear = self.b.combine(&[by_constant, (Interval::point(-1.0), &a)], 0.0);
        let y_id = y.terms[0].0;
        let quad: Vec<QuadTerm> =
            b.terms.iter().map(|t| QuadTerm { i: y_id, j: t.0, coefficient: t.1 }).collect();
        // |y b' - a'| <= |y| slop of b + slop of a
        let slack = (Interval::point(known.magnitude()) * Interval::point(b.slop)
            + Interval::point(linear.slop))
        .hi;
        let origin = at.origin(Rule::NodeSplit);
        if slack == 0.0 {
            self.b.quad_row(&linear, &quad, Sense::Eq, 0.0, origin);
        } else {
            self.b.quad_row(&linear, &quad, Sense::Le, slack, origin);
            self.b.quad_row(&linear, &quad, Sense::Ge, -slack, origin);
        }
        Ok(y)
    }
}
