//! The optimum of a small model in exact rational arithmetic, by the meaning of the IR: every
//! integer point, every choice of the nonzero member of each set, and every vertex of what is left
//! to the continuous variables. No solver and no rounding.

use dashu::rational::RBig;
use theriac::ir::{Model, QuadTerm, Sense, VarId, VarKind};

/// An infinite bound of a continuous variable is replaced by this; the optimum must not notice.
const BOX: i32 = 1 << 20;
/// Integer variables with an infinite bound are tried this far from zero.
const REACH: i32 = 6;

pub fn exact(value: f64) -> RBig {
    RBig::try_from(value).unwrap()
}

/// The minimum of the objective; `None` if no point is feasible.
///
/// # Panics
///
/// If the minimum is not attained, or a product of two continuous variables occurs.
pub fn minimum(model: &Model) -> Option<RBig> {
    assert!(model.exprs.is_empty(), "smooth models have closed forms");
    let near = Search::new(model, 1).run();
    if model.vars.iter().any(|v| v.lower.is_infinite() || v.upper.is_infinite()) {
        assert_eq!(near, Search::new(model, 2).run(), "the model is unbounded");
    }
    near
}

struct Search<'m> {
    model: &'m Model,
    lower: Vec<RBig>,
    upper: Vec<RBig>,
    best: Option<RBig>,
}

/// `a x (sense) b` over the continuous variables.
struct Plane {
    a: Vec<RBig>,
    sense: Sense,
    b: RBig,
}

impl Plane {
    fn holds(&self, x: &[RBig]) -> bool {
        let value: RBig = self.a.iter().zip(x).fold(RBig::ZERO, |s, (a, x)| s + a * x);
        match self.sense {
            Sense::Le => value <= self.b,
            Sense::Ge => value >= self.b,
            Sense::Eq => value == self.b,
        }
    }
}

impl<'m> Search<'m> {
    fn new(model: &'m Model, times: i32) -> Self {
        let far = |kind: VarKind| match kind {
            VarKind::Continuous => RBig::from(BOX * times),
            VarKind::Integer | VarKind::Binary => RBig::from(REACH * times),
        };
        let end = |value: f64, far: RBig| {
            if value.is_finite() { exact(value) } else { far }
        };
        let lower = model.vars.iter().map(|v| end(v.lower, -far(v.kind))).collect();
        let upper = model.vars.iter().map(|v| end(v.upper, far(v.kind))).collect();
        Search { model, lower, upper, best: None }
    }

    fn run(mut self) -> Option<RBig> {
        self.sets(0);
        self.best
    }

    fn sets(&mut self, k: usize) {
        let Some(set) = self.model.sos1.get(k) else { return self.integers(0) };
        for (chosen, _) in &set.members {
            let old = (self.lower.clone(), self.upper.clone());
            let mut possible = true;
            for (v, _) in set.members.iter().filter(|m| m.0 != *chosen) {
                let j = v.index();
                possible &= self.lower[j] <= RBig::ZERO && self.upper[j] >= RBig::ZERO;
                (self.lower[j], self.upper[j]) = (RBig::ZERO, RBig::ZERO);
            }
            if possible {
                self.sets(k + 1);
            }
            (self.lower, self.upper) = old;
        }
    }

    fn integers(&mut self, j: usize) {
        if j == self.model.var_count() {
            return self.continuous();
        }
        if self.model.vars.get(VarId(j as u32)).kind == VarKind::Continuous {
            return self.integers(j + 1);
        }
        let (lo, hi) = (self.lower[j].clone(), self.upper[j].clone());
        let mut x = RBig::from(lo.ceil());
        while x <= hi {
            (self.lower[j], self.upper[j]) = (x.clone(), x.clone());
            self.integers(j + 1);
            x += RBig::ONE;
        }
        (self.lower[j], self.upper[j]) = (lo, hi);
    }

    /// The value of a variable that is fixed by now.
    fn point(&self, v: VarId) -> Option<&RBig> {
        let j = v.index();
        (self.lower[j] == self.upper[j]).then(|| &self.lower[j])
    }

    /// Adds a linear and a quadratic part to `a`; returns what is constant.
    fn collect<'t>(
        &self,
        linear: impl Iterator<Item = (VarId, f64)>,
        quad: impl Iterator<Item = &'t QuadTerm>,
        a: &mut [RBig],
    ) -> RBig {
        let mut constant = RBig::ZERO;
        for (v, c) in linear {
            match self.point(v) {
                Some(x) => constant += x * exact(c),
                None => a[v.index()] += exact(c),
            }
        }
        for t in quad {
            let c = exact(t.coefficient);
            match (self.point(t.i), self.point(t.j)) {
                (Some(x), Some(y)) => constant += x * y * c,
                (Some(x), None) => a[t.j.index()] += x * c,
                (None, Some(y)) => a[t.i.index()] += y * c,
                (None, None) => panic!("a product of two continuous variables"),
            }
        }
        constant
    }

    fn continuous(&mut self) {
        let n = self.model.var_count();
        if (0..n).any(|j| self.lower[j] > self.upper[j]) {
            return;
        }
        let mut cost = vec![RBig::ZERO; n];
        let objective = &self.model.objective;
        let linear = objective.linear.iter().copied();
        let mut value = exact(objective.constant);
        value += self.collect(linear, objective.quad.iter(), &mut cost);
        let mut planes = Vec::new();
        for row in self.model.rows.iter() {
            if let Some(g) = row.guard
                && (*self.point(g.var).unwrap() == RBig::ONE) != g.value
            {
                continue;
            }
            let mut a = vec![RBig::ZERO; n];
            let linear = row.cols.iter().copied().zip(row.vals.iter().copied());
            let moved = self.collect(linear, row.quad.iter(), &mut a);
            let plane = Plane { a, sense: row.sense, b: exact(row.rhs) - moved };
            if plane.a.iter().any(|a| *a != RBig::ZERO) {
                planes.push(plane);
            } else if !plane.holds(&vec![RBig::ZERO; n]) {
                return;
            }
        }
        let tied = |j: usize| planes.iter().any(|p| p.a[j] != RBig::ZERO);
        let open: Vec<usize> =
            (0..n).filter(|&j| self.lower[j] != self.upper[j] && tied(j)).collect();
        for j in (0..n).filter(|j| !open.contains(j)) {
            // Fixed variables have no cost any more.
            let end = if cost[j] > RBig::ZERO { &self.lower[j] } else { &self.upper[j] };
            value += &cost[j] * end;
        }
        let planes: Vec<Plane> = planes
            .into_iter()
            .map(|p| Plane { a: open.iter().map(|&j| p.a[j].clone()).collect(), ..p })
            .chain(self.sides(&open))
            .collect();
        let cost: Vec<RBig> = open.iter().map(|&j| cost[j].clone()).collect();
        for point in vertices(&planes, open.len()) {
            let found = cost.iter().zip(&point).fold(value.clone(), |s, (c, x)| s + c * x);
            if self.best.as_ref().is_none_or(|best| found < *best) {
                self.best = Some(found);
            }
        }
    }

    /// The bounds of the variables that are open.
    fn sides(&self, open: &[usize]) -> Vec<Plane> {
        let unit = |k: usize| {
            let mut a = vec![RBig::ZERO; open.len()];
            a[k] = RBig::ONE;
            a
        };
        let both = |(k, &j): (usize, &usize)| {
            [
                Plane { a: unit(k), sense: Sense::Ge, b: self.lower[j].clone() },
                Plane { a: unit(k), sense: Sense::Le, b: self.upper[j].clone() },
            ]
        };
        open.iter().enumerate().flat_map(both).collect()
    }
}

/// Every vertex of a bounded polyhedron in `dimension` variables.
fn vertices(planes: &[Plane], dimension: usize) -> Vec<Vec<RBig>> {
    let mut out = Vec::new();
    choose(planes, dimension, 0, &mut Vec::new(), &mut out);
    out
}

fn choose<'p>(
    planes: &'p [Plane],
    dimension: usize,
    from: usize,
    tight: &mut Vec<&'p Plane>,
    out: &mut Vec<Vec<RBig>>,
) {
    if tight.len() == dimension {
        if let Some(x) = meet(tight)
            && planes.iter().all(|p| p.holds(&x))
        {
            out.push(x);
        }
        return;
    }
    for k in from..planes.len() {
        tight.push(&planes[k]);
        choose(planes, dimension, k + 1, tight, out);
        tight.pop();
    }
}

/// The point where the planes meet, if there is exactly one (Gauss-Jordan elimination).
fn meet(tight: &[&Plane]) -> Option<Vec<RBig>> {
    let n = tight.len();
    let with_side = |p: &&Plane| p.a.iter().cloned().chain([p.b.clone()]).collect();
    let mut rows: Vec<Vec<RBig>> = tight.iter().map(with_side).collect();
    for k in 0..n {
        let pivot = (k..n).find(|&r| rows[r][k] != RBig::ZERO)?;
        rows.swap(k, pivot);
        let scale = rows[k][k].clone();
        rows[k].iter_mut().for_each(|x| *x /= &scale);
        let head = rows[k].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(r, _)| *r != k) {
            let factor = row[k].clone();
            if factor != RBig::ZERO {
                row.iter_mut().zip(&head).for_each(|(x, h)| *x -= &factor * h);
            }
        }
    }
    Some(rows.into_iter().map(|row| row[n].clone()).collect())
}
