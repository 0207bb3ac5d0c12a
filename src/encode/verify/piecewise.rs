//! Clips, steps, thresholds and choices.

use super::error::VerifyError;
use super::options::Split;
use super::split::Spot;
use super::walk::{At, Encoder};
use crate::bounds::Interval;
use crate::bounds::interval::{add_down, add_up};
use crate::encode::Lin;
use crate::encode::recipe::Recipe;
use crate::ir::{Family, Rule, Sense, VarId, VarKind};
use crate::network::graph::decided::holds;

impl Encoder<'_> {
    /// A binary that says a case at an element, with its number there.
    fn case(&mut self, at: At, number: usize, recipe: Recipe) -> (Lin, VarId) {
        let z = self.b.binary(at.role(Family::NodeSwitch, number), recipe);
        (z, VarId(self.b.model.var_count() as u32 - 1))
    }

    fn exact(c: f64) -> Lin {
        Lin::exact(c)
    }

    /// `min(max(a, lo), hi)`. *Exact*.
    ///
    /// One-sided clips are ReLUs. A two-sided one is `a = y + over - under`, with a binary for each
    /// end: `over <= (U - hi) z`, `y >= lo + (hi - lo) z`, and likewise below; where the options
    /// have no binaries, it is `lo + max(a - lo, 0) - max(a - hi, 0)`.
    pub fn clip(&mut self, a: &Lin, (lo, hi): (f64, f64), at: At) -> Result<Lin, VerifyError> {
        let one = Interval::point(1.0);
        let part = |j: usize| at.role(Family::NodePart, j);
        let spot = Spot { at, positive: part(1), base: 0, most: f64::INFINITY };
        match (a.range.lo < lo, a.range.hi > hi) {
            (false, false) => Ok(a.clone()),
            (true, false) => {
                let above = self.b.combine(&[(one, a)], -lo);
                let p = self.split(&above, spot)?.positive;
                Ok(self.b.combine(&[(one, &p)], lo))
            }
            (false, true) => {
                let below = self.b.combine(&[(Interval::point(-1.0), a)], hi);
                let p = self.split(&below, spot)?.positive;
                Ok(self.b.combine(&[(Interval::point(-1.0), &p)], hi))
            }
            (true, true) => match self.options.split {
                Split::BigM | Split::Indicator | Split::Partition { .. } => {
                    self.finite(a.range, at)?;
                    Ok(self.clip_both(a, (lo, hi), at))
                }
                Split::Sos1 | Split::Complementarity => {
                    let a = self.compact(a, at, 0);
                    let above = self.b.combine(&[(one, &a)], -lo);
                    let beyond = self.b.combine(&[(one, &a)], -hi);
                    let spot = Spot { base: 2, ..spot };
                    let p = self.split(&above, spot)?.positive;
                    let spot = Spot { base: 4, positive: part(3), ..spot };
                    let q = self.split(&beyond, spot)?.positive;
                    Ok(self.b.combine(&[(one, &p), (Interval::point(-1.0), &q)], lo))
                }
            },
        }
    }

    fn clip_both(&mut self, a: &Lin, (lo, hi): (f64, f64), at: At) -> Lin {
        let (split, case) = (at.origin(Rule::NodeSplit), at.origin(Rule::NodeCase));
        let exact = Lin { slop: 0.0, ..a.clone() };
        let column = VarKind::Continuous;
        let recipe = Recipe::Clamp(exact.clone(), lo, hi);
        let y = self.b.variable(column, Interval::new(lo, hi), at.value(), recipe);
        let excess = self.b.combine(&[(Interval::point(1.0), &exact)], -hi);
        let lack = self.b.combine(&[(Interval::point(-1.0), &exact)], lo);
        let most = [add_up(a.range.hi, -hi), add_up(lo, -a.range.lo)];
        let mut sides = Vec::new();
        for (j, quantity) in [excess, lack].into_iter().enumerate() {
            let recipe = Recipe::Clamp(quantity.clone(), 0.0, most[j]);
            let range = Interval::new(0.0, most[j]);
            let side = self.b.variable(column, range, at.role(Family::NodePart, j), recipe);
            let recipe = Recipe::Above { quantity: side.clone(), threshold: 0.0, at: false };
            let (z, id) = self.case(at, j, recipe);
            sides.push((side, z, id));
        }
        let [(over, zo, zo_id), (under, zu, zu_id)] = [sides[0].clone(), sides[1].clone()];
        let whole = [(1.0, a), (-1.0, &y), (-1.0, &over), (1.0, &under)];
        if a.slop == 0.0 {
            self.b.row(&whole, Sense::Eq, 0.0, split);
        } else {
            self.b.require(&whole, Sense::Le, 0.0, split);
            self.b.require(&whole, Sense::Ge, 0.0, split);
        }
        self.when((zo_id, false), &over, 0.0, case);
        self.when_least((zo_id, true), &y, hi, case);
        self.when((zu_id, false), &under, 0.0, case);
        self.when((zu_id, true), &y, lo, case);
        if lo < hi {
            self.b.row(&[(1.0, &zo), (1.0, &zu)], Sense::Le, 1.0, at.origin(Rule::NodeOne));
        }
        y
    }

    /// `below`, `zero` or `above` by the sign of `a`.
    ///
    /// *Exact* up to ties: at `a = 0` the model admits the values of both sides besides the one at
    /// zero, which is what a proof wants; replay decides by the network's own rule.
    pub fn step(
        &mut self,
        a: &Lin,
        (below, zero, above): (f64, f64, f64),
        at: At,
    ) -> Result<Lin, VerifyError> {
        self.finite(a.range, at)?;
        let a = self.compact(a, at, 0);
        let origin = at.origin(Rule::NodeCase);
        let jump = |from: f64, to: f64| Interval::point(to) - Interval::point(from);
        if zero == below || zero == above {
            let recipe = Recipe::Above { quantity: a.clone(), threshold: 0.0, at: zero == above };
            let (z, id) = self.case(at, 0, recipe);
            self.when((id, false), &a, 0.0, origin);
            self.when_least((id, true), &a, 0.0, origin);
            return Ok(self.b.combine(&[(jump(below, above), &z)], below));
        }
        let negative = self.b.scale(-1.0, &a);
        let mut sides = Vec::new();
        for (j, (quantity, value)) in [(&a, above), (&negative, below)].into_iter().enumerate() {
            if quantity.range.hi <= 0.0 {
                continue;
            }
            let recipe = Recipe::Above { quantity: quantity.clone(), threshold: 0.0, at: false };
            let (z, id) = self.case(at, j, recipe);
            self.when((id, false), quantity, 0.0, origin);
            sides.push((jump(zero, value), z));
        }
        if let [(_, up), (_, down)] = sides.as_slice() {
            let both = [(1.0, up), (1.0, down)];
            self.b.row(&both, Sense::Le, 1.0, at.origin(Rule::NodeOne));
        }
        let parts: Vec<(Interval, &Lin)> = sides.iter().map(|(c, z)| (*c, z)).collect();
        Ok(self.b.combine(&parts, zero))
    }

    /// `a` where `a > threshold`, else 0. *Exact* up to the tie at the threshold, where both are
    /// admitted.
    pub fn threshold(&mut self, a: &Lin, threshold: f64, at: At) -> Result<Lin, VerifyError> {
        let a = self.compact(a, at, 0);
        let condition = self.b.combine(&[(Interval::point(1.0), &a)], -threshold);
        self.choose(&condition, false, (&a, &Self::exact(0.0)), at)
    }

    /// `a` where the condition is positive (or zero, where `at_zero`), else `b`. *Exact* up to the
    /// tie at zero, where both are admitted.
    pub fn choose(
        &mut self,
        condition: &Lin,
        at_zero: bool,
        (a, b): (&Lin, &Lin),
        at: At,
    ) -> Result<Lin, VerifyError> {
        match holds(condition.range, at_zero) {
            Some(true) => return Ok(a.clone()),
            Some(false) => return Ok(b.clone()),
            None => {}
        }
        self.finite(condition.range, at)?;
        self.finite(a.range.hull(b.range), at)?;
        let case = at.origin(Rule::NodeCase);
        let condition = self.compact(condition, at, 1);
        let recipe = Recipe::Above { quantity: condition.clone(), threshold: 0.0, at: at_zero };
        let (z, id) = self.case(at, 0, recipe);
        self.when((id, false), &condition, 0.0, case);
        self.when_least((id, true), &condition, 0.0, case);
        if a.is_constant() && b.is_constant() && a.slop == 0.0 && b.slop == 0.0 {
            let jump = Interval::point(a.constant) - Interval::point(b.constant);
            return Ok(self.b.combine(&[(jump, &z)], b.constant));
        }
        let (a, b) = (self.compact(a, at, 2), self.compact(b, at, 3));
        let known = self.bounds[at.node][at.element];
        let given = a.range.hull(b.range).meet(known);
        // What is known of the result need not fit what the rounded operands are.
        let range = given.widen(add_up(a.slop, b.slop));
        let cases = vec![(z, a.clone()), (Self::exact(1.0), b.clone())];
        let y = self.b.variable(VarKind::Continuous, range, at.value(), Recipe::Chosen(cases));
        let (to_a, to_b) = (self.b.sub(&y, &a), self.b.sub(&y, &b));
        self.when_zero((id, true), &to_a, case);
        self.when_zero((id, false), &to_b, case);
        debug_assert!(add_down(range.lo, 0.0) <= range.hi);
        Ok(y.within(given))
    }
}
