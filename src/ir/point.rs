//! Points against a model: how far a point is from satisfying everything, and its objective.

use super::{Model, RowId, RowView, Sense, VarId, VarKind};

/// The largest violation of a model by a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Violation {
    /// By how much, absolute.
    pub amount: f64,
    /// Where.
    pub place: ViolatedAt,
}

/// What a point violates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViolatedAt {
    /// Nothing.
    Nowhere,
    /// Bounds or integrality of a variable.
    Variable(VarId),
    /// A row (guards considered).
    Row(RowId),
    /// The SOS1 set at this position.
    Sos1(usize),
}

impl Model {
    /// The largest violation at `x`, one value a variable.
    #[must_use]
    pub fn violation(&self, x: &[f64]) -> Violation {
        let mut worst = Violation { amount: 0.0, place: ViolatedAt::Nowhere };
        let mut see = |amount: f64, place| {
            if amount > worst.amount || amount.is_nan() {
                worst = Violation { amount, place };
            }
        };
        for v in self.vars.iter() {
            let value = x[v.id.index()];
            see(v.lower - value, ViolatedAt::Variable(v.id));
            see(value - v.upper, ViolatedAt::Variable(v.id));
            if v.kind != VarKind::Continuous {
                see((value - value.round()).abs(), ViolatedAt::Variable(v.id));
            }
        }
        let smooth = self.exprs.values(x);
        for row in self.rows.iter() {
            if row.guard.is_some_and(|g| (x[g.var.index()] > 0.5) != g.value) {
                continue;
            }
            let part = row.smooth.map_or(0.0, |e| smooth[e.0 as usize]);
            let gap = activity(&row, x) + part - row.rhs;
            let amount = match row.sense {
                Sense::Le => gap,
                Sense::Ge => -gap,
                Sense::Eq => gap.abs(),
            };
            see(amount, ViolatedAt::Row(row.id));
        }
        for (k, set) in self.sos1.iter().enumerate() {
            let mut sizes: Vec<f64> = set.members.iter().map(|m| x[m.0.index()].abs()).collect();
            sizes.sort_by(f64::total_cmp);
            if sizes.len() > 1 {
                see(sizes[sizes.len() - 2], ViolatedAt::Sos1(k));
            }
        }
        worst
    }

    /// The objective at `x`.
    #[must_use]
    pub fn objective_at(&self, x: &[f64]) -> f64 {
        let o = &self.objective;
        let linear = o.linear.iter().fold(o.constant, |acc, (v, a)| acc + a * x[v.index()]);
        let sum = o
            .quad
            .iter()
            .fold(linear, |acc, q| acc + q.coefficient * x[q.i.index()] * x[q.j.index()]);
        match o.smooth {
            Some(e) => sum + self.exprs.values(x)[e.0 as usize],
            None => sum,
        }
    }
}

fn activity(row: &RowView<'_>, x: &[f64]) -> f64 {
    let linear = row.cols.iter().zip(row.vals).fold(0.0, |acc, (v, a)| acc + a * x[v.index()]);
    row.quad.iter().fold(linear, |acc, q| acc + q.coefficient * x[q.i.index()] * x[q.j.index()])
}
