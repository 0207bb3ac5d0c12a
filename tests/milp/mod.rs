//! Small random programs whose optimum is found by enumeration: integers in boxes, and one real
//! variable whose best value follows from the interval that a choice of integers leaves to it.

use theriac::ir::{
    Family, Guard, Model, Objective, Place, QuadTerm, Role, Rule, Sense, VarId, VarKind,
};

/// A row over the integers and, last, the real variable.
pub struct Row {
    /// Linear coefficients.
    terms: Vec<f64>,
    /// `coefficient * integer * real`.
    products: Vec<(usize, f64)>,
    /// Holds only where this binary has this value.
    guard: Option<(usize, bool)>,
    sense: Sense,
    rhs: f64,
}

/// A program with the numbers it was made from.
pub struct Case {
    /// The program.
    pub model: Model,
    /// Boxes of the integers.
    pub integers: Vec<(i64, i64)>,
    real: (f64, f64),
    /// Costs, the real variable last.
    pub cost: Vec<f64>,
    rows: Vec<Row>,
}

/// What a random program may contain.
#[derive(Clone, Copy)]
pub struct Kinds {
    /// Indicators.
    pub guards: bool,
    /// Products of an integer and the real variable.
    pub products: bool,
}

/// The role of the `k`-th variable of a foreign model.
pub fn role(k: usize) -> Role {
    Family::Named.at(Place::NONE.i(k))
}

/// A model with names for `count` variables.
pub fn named(count: usize) -> Model {
    let mut model = Model::new();
    model.names = (0..count).map(|k| format!("v{k}")).collect();
    model
}

/// A random program with objective constant 0.25.
pub fn random_case(rng: &mut fastrand::Rng, kinds: Kinds) -> Case {
    let n = rng.usize(1..6);
    let integers: Vec<(i64, i64)> = (0..n)
        .map(|k| {
            let low = rng.i64(-2..2);
            if k == 0 || rng.bool() { (0, 1) } else { (low, low + rng.i64(0..4)) }
        })
        .collect();
    let real = (rng.i32(-3..1).into(), rng.i32(1..4).into());
    let half = |rng: &mut fastrand::Rng| f64::from(rng.i32(-6..7)) / 2.0;
    let sparse = |rng: &mut fastrand::Rng| if rng.u8(..3) == 0 { 0.0 } else { half(rng) };
    let cost: Vec<f64> = (0..=n).map(|_| sparse(rng)).collect();
    let rows: Vec<Row> = (0..4)
        .map(|r| {
            let sense = match (r, rng.u8(..3)) {
                (0, 0) => Sense::Eq,
                (_, 1) => Sense::Ge,
                _ => Sense::Le,
            };
            // Towards feasible programs: about half of them are.
            let ease = match sense {
                Sense::Le => 1.5,
                Sense::Ge => -1.5,
                Sense::Eq => 0.0,
            };
            let products = kinds.products && r > 1;
            Row {
                terms: (0..=n).map(|_| sparse(rng)).collect(),
                products: products.then(|| (rng.usize(..n), half(rng))).into_iter().collect(),
                guard: (kinds.guards && r == 1).then(|| (0, rng.bool())),
                sense,
                rhs: half(rng) + ease,
            }
        })
        .collect();
    let model = build(&integers, real, &cost, &rows);
    Case { model, integers, real, cost, rows }
}

fn build(integers: &[(i64, i64)], real: (f64, f64), cost: &[f64], rows: &[Row]) -> Model {
    let n = integers.len();
    let mut model = named(n + 1);
    let mut vars: Vec<VarId> = Vec::new();
    for (k, (low, high)) in integers.iter().enumerate() {
        let kind = if (*low, *high) == (0, 1) { VarKind::Binary } else { VarKind::Integer };
        vars.push(model.add_var(kind, *low as f64, *high as f64, role(k)));
    }
    vars.push(model.add_var(VarKind::Continuous, real.0, real.1, role(n)));
    for row in rows {
        let terms: Vec<(VarId, f64)> = vars.iter().copied().zip(row.terms.clone()).collect();
        let origin = Rule::Foreign.at(Place::NONE);
        let quad: Vec<QuadTerm> = row
            .products
            .iter()
            .map(|(i, q)| QuadTerm { i: vars[*i], j: vars[n], coefficient: *q })
            .collect();
        match row.guard {
            Some((b, value)) => {
                let guard = Guard { var: vars[b], value };
                model.add_guarded_row(guard, &terms, row.sense, row.rhs, origin)
            }
            None => model.add_quad_row(&terms, &quad, row.sense, row.rhs, origin),
        };
    }
    let linear: Vec<(VarId, f64)> = vars.into_iter().zip(cost.iter().copied()).collect();
    model.objective = Objective::new(&linear, &[], 0.25);
    model
}

impl Case {
    /// The objective at a point.
    pub fn value(&self, point: &[f64]) -> f64 {
        0.25 + point.iter().zip(&self.cost).map(|(x, c)| x * c).sum::<f64>()
    }

    /// The optimum, or `None` if there is no feasible point.
    pub fn enumerate(&self) -> Option<f64> {
        let n = self.integers.len();
        let mut point: Vec<i64> = self.integers.iter().map(|b| b.0).collect();
        let mut best: Option<f64> = None;
        loop {
            if let Some((low, high)) = self.interval(&point) {
                let fixed: f64 = self.cost.iter().zip(&point).map(|(c, x)| c * *x as f64).sum();
                let value = fixed + (self.cost[n] * low).min(self.cost[n] * high) + 0.25;
                best = Some(best.map_or(value, |b: f64| b.min(value)));
            }
            let next = (0..n).find(|k| point[*k] < self.integers[*k].1);
            let Some(k) = next else { return best };
            point[k] += 1;
            for (x, bounds) in point.iter_mut().zip(&self.integers).take(k) {
                *x = bounds.0;
            }
        }
    }

    /// What a choice of integers leaves to the real variable.
    fn interval(&self, point: &[i64]) -> Option<(f64, f64)> {
        let (mut low, mut high) = self.real;
        for row in &self.rows {
            if row.guard.is_some_and(|(b, value)| (point[b] == 1) != value) {
                continue;
            }
            let fixed: f64 = row.terms.iter().zip(point).map(|(a, x)| a * *x as f64).sum();
            let rest = row.rhs - fixed;
            let products = row.products.iter().map(|(k, q)| q * point[*k] as f64);
            let a = row.terms[point.len()] + products.sum::<f64>();
            if a == 0.0 {
                let holds = match row.sense {
                    Sense::Le => 0.0 <= rest,
                    Sense::Ge => 0.0 >= rest,
                    Sense::Eq => rest == 0.0,
                };
                if !holds {
                    return None;
                }
                continue;
            }
            let end = rest / a;
            let upper = matches!((row.sense, a > 0.0), (Sense::Le, true) | (Sense::Ge, false));
            if row.sense == Sense::Eq || upper {
                high = high.min(end);
            }
            if row.sense == Sense::Eq || !upper {
                low = low.max(end);
            }
        }
        (low <= high + 1e-12).then_some((low, high))
    }
}
