//! The largest of several quantities.

use super::error::VerifyError;
use super::split::Spot;
use super::walk::{At, Encoder};
use crate::bounds::Interval;
use crate::encode::Lin;
use crate::encode::recipe::Recipe;
use crate::ir::{Family, Rule, Sense, VarId, VarKind};

impl Encoder<'_> {
    /// `max` of all contenders. *Exact*; ties are admitted on every side.
    ///
    /// One that is a number makes a ReLU: `c + max(a - c, 0)`.
    /// Otherwise `y >= m_j`, a binary each that says who wins (one for both of two), exactly one
    /// wins, and the winner has `y <= m_j`, switched off by `max of the others' upper ends - L_j`.
    pub fn largest(&mut self, members: &[Lin], at: At) -> Result<Lin, VerifyError> {
        let known = self.bounds[at.node][at.element];
        let one = Interval::point(1.0);
        match members {
            [] => return Ok(Lin::exact(0.0)),
            [m] => return Ok(m.clone()),
            [m, c] | [c, m] if c.is_constant() && c.slop == 0.0 => {
                let above = self.b.combine(&[(one, m)], -c.constant);
                let positive = at.role(Family::NodePart, 1);
                let spot = Spot { at, positive, base: 0, most: f64::INFINITY };
                let p = self.split(&above, spot)?.positive;
                return Ok(self.b.combine(&[(one, &p)], c.constant));
            }
            _ => {}
        }
        let hull = members.iter().fold(members[0].range, |h, m| h.hull(m.range));
        self.finite(hull, at)?;
        let lo = members.iter().map(|m| m.range.lo).fold(f64::NEG_INFINITY, f64::max);
        let members: Vec<Lin> =
            (0..members.len()).map(|j| self.compact(&members[j], at, j)).collect();
        let slop = members.iter().map(|m| m.slop).fold(0.0, f64::max);
        let given = Interval::new(lo, hull.hi).meet(known);
        let recipe = Recipe::Largest(members.clone());
        let range = given.widen(slop);
        let y = self.b.variable(VarKind::Continuous, range, at.value(), recipe).within(given);
        let negatives: Vec<Lin> = members.iter().map(|m| self.b.scale(-1.0, m)).collect();
        let mut winners: Vec<(Lin, VarId, bool)> = Vec::new();
        for j in 0..members.len() {
            if members.len() == 2 && j == 1 {
                let (first, id, _) = winners[0].clone();
                let other = self.b.combine(&[(Interval::point(-1.0), &first)], 1.0);
                winners.push((other, id, false));
                continue;
            }
            let recipe = Recipe::IsSmallest { which: j, all: negatives.clone() };
            let z = self.b.binary(at.role(Family::NodeSwitch, j), recipe);
            winners.push((z, VarId(self.b.model.var_count() as u32 - 1), true));
        }
        let case = at.origin(Rule::NodeCase);
        for (j, (_, id, value)) in winners.iter().enumerate() {
            let others = (0..members.len()).filter(|i| *i != j).map(|i| members[i].range.hi);
            let most = others.fold(f64::NEG_INFINITY, f64::max);
            let above = self.b.sub(&y, &members[j]);
            self.b.require(&[(1.0, &above)], Sense::Ge, 0.0, case);
            // Where j does not win, y is at most the greatest of the others.
            let gap = Interval::new(members[j].range.lo.min(most), most) - members[j].range;
            let above = Lin {
                range: Interval { lo: above.range.lo, hi: above.range.hi.min(gap.hi.max(0.0)) },
                ..above
            };
            self.when((*id, *value), &above, 0.0, case);
        }
        if members.len() > 2 {
            let sum: Vec<(f64, &Lin)> = winners.iter().map(|(z, ..)| (1.0, z)).collect();
            self.b.row(&sum, Sense::Eq, 1.0, at.origin(Rule::NodeOne));
        }
        Ok(y)
    }
}
