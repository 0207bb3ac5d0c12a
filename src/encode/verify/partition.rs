//! ReLU by a partition of its terms (Tsay, Kronqvist, Thebelt, Misener 2021; papers 5.1): between
//! big-M and the convex hull.

use super::cuts::Neuron;
use super::split::{Sides, Spot};
use super::walk::Encoder;
use crate::bounds::Interval;
use crate::bounds::interval::{add_down, add_up};
use crate::encode::Lin;
use crate::encode::recipe::Recipe;
use crate::ir::{Family, Rule, Sense, VarId, VarKind};

impl Encoder<'_> {
    /// With `g_k` the sum of part `k` within `[l_k, u_k]`, `b` the constant and `d` the switch:
    ///
    /// ```text
    /// g_k = p_k + q_k ,  l_k d <= p_k <= u_k d ,  l_k (1 - d) <= q_k <= u_k (1 - d)
    /// p = sum p_k + b d ,  0 <= p <= U d ,  L (1 - d) <= sum q_k + b (1 - d) <= 0
    /// ```
    ///
    /// *Exact* for the expression of `a`. One part is big-M; as many parts as terms are the convex
    /// hull of the ReLU over the box of its terms. Terms are sorted by their coefficient and cut
    /// into parts of equal size.
    pub fn partition(&mut self, a: &Lin, range: Interval, spot: Spot, parts: usize) -> Sides {
        let Interval { lo, hi } = range;
        let (split, case) = (spot.at.origin(Rule::NodeSplit), spot.at.origin(Rule::NodeCase));
        let (p, p_id) = self.positive(a, hi, spot);
        let (d, d_id) = self.switch(&p, spot);
        let mut sorted = a.terms.clone();
        sorted.sort_by(|x, y| x.1.total_cmp(&y.1).then(x.0.cmp(&y.0)));
        let count = parts.clamp(1, sorted.len().max(1));
        let b = a.constant;
        let (mut on, mut off) = (Vec::new(), Vec::new());
        for k in 0..count {
            let (from, to) = (k * sorted.len() / count, (k + 1) * sorted.len() / count);
            let mut terms = sorted[from..to].to_vec();
            terms.sort_by_key(|t| t.0);
            let mut sum: Interval = terms.iter().map(|(v, c)| self.b.bounds(*v).scale(*c)).sum();
            if count == 1 {
                // What is known of the whole is known of its only part.
                let whole = Interval { lo, hi: a.range.hi };
                sum = sum.meet(whole.widen(a.slop) - Interval::point(b));
            }
            let g = Lin { terms, constant: 0.0, range: sum, slop: 0.0 };
            let (pk, qk) = self.halves(&g, &d, spot, k);
            let row = [(1.0, &g), (-1.0, &pk), (-1.0, &qk)];
            self.b.row(&row, Sense::Eq, 0.0, split);
            self.b.require(&[(1.0, &pk), (-sum.hi, &d)], Sense::Le, 0.0, case);
            self.b.require(&[(1.0, &pk), (-sum.lo, &d)], Sense::Ge, 0.0, case);
            self.b.require(&[(1.0, &qk), (sum.hi, &d)], Sense::Le, sum.hi, case);
            self.b.require(&[(1.0, &qk), (sum.lo, &d)], Sense::Ge, sum.lo, case);
            on.push(pk);
            off.push(qk);
        }
        let one = Interval::point(1.0);
        let mut all: Vec<(Interval, &Lin)> = on.iter().map(|l| (one, l)).collect();
        all.push((Interval::point(b), &d));
        let active = Lin { slop: a.slop, ..self.b.combine(&all, 0.0) };
        self.b.equal(&p, &active, split);
        self.b.require(&[(1.0, &p), (-hi, &d)], Sense::Le, 0.0, case);
        // The negative of the negative side: sum q_k + b (1 - d).
        let mut all: Vec<(Interval, &Lin)> = off.iter().map(|l| (one, l)).collect();
        all.push((Interval::point(-b), &d));
        let inactive = Lin { slop: 0.0, ..self.b.combine(&all, b) };
        self.b.require(&[(1.0, &inactive)], Sense::Le, 0.0, case);
        let least = add_down(lo, -a.slop);
        self.b.require(&[(1.0, &inactive), (least, &d)], Sense::Ge, least, case);
        let negative = self.b.scale(-1.0, &inactive);
        let negative =
            Lin { range: Interval::new(0.0, -lo), slop: add_up(a.slop, a.slop), ..negative };
        self.neurons.push(Neuron { output: p_id, switch: d_id, slop: a.slop, at: spot.at.place() });
        Sides { positive: p, negative }
    }

    /// The columns `d g` and `(1 - d) g`.
    fn halves(&mut self, g: &Lin, d: &Lin, spot: Spot, k: usize) -> (Lin, Lin) {
        let range = g.range.hull(Interval::ZERO);
        let place = |j: usize| spot.at.role(Family::NodePart, spot.base + 2 + 2 * k + j);
        let column = VarKind::Continuous;
        let p = self.b.variable(column, range, place(0), Recipe::Product(d.clone(), g.clone()));
        let p_id = VarId(self.b.model.var_count() as u32 - 1);
        let minus = self.b.variable_lin(p_id);
        let rest = self.b.sub(g, &minus);
        let q = self.b.variable(column, range, place(1), Recipe::Value(rest));
        (p, q)
    }
}
