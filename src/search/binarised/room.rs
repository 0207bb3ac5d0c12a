//! The points of a lattice ball in whole numbers: which moves stay inside, the best point in a direction, the
//! nearest one to a point.

use fastrand::Rng;

use super::cap::{Cap, FAR};
use crate::question::lattice::{Lattice, Norm};

/// The box, the balls, and a point of all of them.
#[derive(Clone, Debug)]
pub(super) struct Room {
    pub low: Vec<i64>,
    pub high: Vec<i64>,
    caps: Vec<Cap>,
    pub home: Vec<i64>,
}

impl Room {
    /// Nothing if no point was found.
    pub fn new(points: &Lattice) -> Option<Self> {
        let n = points.low.len();
        let near = |k: &i64| k.unsigned_abs() <= FAR.unsigned_abs();
        let ends = points.low.iter().zip(&points.high);
        if points.high.len() != n || !ends.clone().all(|(l, h)| near(l) && near(h) && l <= h) {
            return None;
        }
        let caps = points.balls.iter().map(|b| Cap::new(b, n)).collect::<Option<Vec<_>>>()?;
        let middle: Vec<i64> = ends.map(|(l, h)| l + (h - l) / 2).collect();
        let (low, high) = (points.low.clone(), points.high.clone());
        let mut room = Room { low, high, caps, home: middle.clone() };
        let mut rng = Rng::with_seed(0);
        let centers = room.caps.iter().map(|c| room.rounded(&c.center)).collect::<Vec<_>>();
        let random = (0..40).map(|_| room.anywhere(&mut rng)).collect::<Vec<_>>();
        let starts = centers.into_iter().chain([middle]).chain(random);
        room.home = starts.into_iter().find_map(|k| room.repaired(k))?;
        Some(room)
    }

    fn rounded(&self, x: &[f64]) -> Vec<i64> {
        let ends = self.low.iter().zip(&self.high);
        x.iter().zip(ends).map(|(x, (l, h))| (x.round() as i64).clamp(*l, *h)).collect()
    }

    fn anywhere(&self, rng: &mut Rng) -> Vec<i64> {
        self.low.iter().zip(&self.high).map(|(l, h)| rng.i64(*l..=*h)).collect()
    }

    /// Lowers what is spent too much, coordinate by coordinate. Nothing if that ends beside the balls.
    fn repaired(&self, mut k: Vec<i64>) -> Option<Vec<i64>> {
        let over = |spent: &[i128]| {
            let part =
                |(s, c): (&i128, &Cap)| (s - c.budget).max(0) as f64 / (c.budget.max(1) as f64);
            spent.iter().zip(&self.caps).map(part).sum::<f64>()
        };
        let mut spent: Vec<i128> = self.spent(&k);
        for _ in 0..100 {
            let before = over(&spent);
            if before == 0.0 {
                return Some(k);
            }
            for (j, at) in k.iter_mut().enumerate() {
                for by in [-1, 1] {
                    let to = *at + by;
                    if !(self.low[j]..=self.high[j]).contains(&to) {
                        continue;
                    }
                    let then = self.then(&spent, j, (*at, to));
                    if over(&then) < over(&spent) {
                        *at = to;
                        spent = then;
                    }
                }
            }
            if over(&spent) >= before {
                return None;
            }
        }
        None
    }

    pub fn spent(&self, k: &[i64]) -> Vec<i128> {
        self.caps.iter().map(|c| c.total(k)).collect()
    }

    /// What is spent after a coordinate has moved.
    fn then(&self, spent: &[i128], j: usize, (from, to): (i64, i64)) -> Vec<i128> {
        let all = spent.iter().zip(&self.caps);
        all.map(|(s, c)| s - c.cost(j, from) + c.cost(j, to)).collect()
    }

    /// Books a move if it stays inside.
    pub fn book(&self, spent: &mut [i128], j: usize, (from, to): (i64, i64)) -> bool {
        let inside = (self.low[j]..=self.high[j]).contains(&to)
            && spent.iter().zip(&self.caps).all(|(s, c)| {
                let (old, new) = (c.cost(j, from), c.cost(j, to));
                new <= old || s - old + new <= c.budget
            });
        if inside {
            for (s, c) in spent.iter_mut().zip(&self.caps) {
                *s += c.cost(j, to) - c.cost(j, from);
            }
        }
        inside
    }

    /// Books a move without asking; the answer says whether all is then inside.
    pub fn force(&self, spent: &mut [i128], j: usize, (from, to): (i64, i64)) -> bool {
        let mut inside = true;
        for (s, c) in spent.iter_mut().zip(&self.caps) {
            *s += c.cost(j, to) - c.cost(j, from);
            inside &= *s <= c.budget;
        }
        inside
    }

    /// Whether there is a box alone.
    pub fn is_box(&self) -> bool {
        self.caps.is_empty()
    }

    /// How far one coordinate should move at once, at most: in a Euclidean ball far moves are dear.
    pub fn longest(&self) -> i64 {
        let n = self.low.len().max(1) as f64;
        self.caps.iter().fold(i64::MAX, |most, c| match c.norm {
            Norm::L1 => most,
            Norm::L2 => most.min(1 + (6.0 * (c.allowed / n).sqrt()) as i64),
        })
    }

    /// About what a projection costs, in products.
    pub fn effort(&self) -> u64 {
        if self.caps.is_empty() { self.low.len() as u64 } else { 300 * self.low.len() as u64 }
    }

    fn inside(&self, k: &[i64]) -> bool {
        self.caps.iter().all(|c| c.total(k) <= c.budget)
    }

    /// About by how much a sum with `count` weights can differ from its middle.
    pub fn reach(&self, column: impl Iterator<Item = usize> + Clone) -> f64 {
        let side = |j: usize| (self.high[j] - self.low[j]) as f64 / 2.0;
        let mut best = column.clone().map(side).sum::<f64>();
        let count = column.count() as f64;
        for cap in &self.caps {
            best = best.min(match cap.norm {
                Norm::L1 => cap.allowed,
                Norm::L2 => (cap.allowed * count).sqrt(),
            });
        }
        best.max(0.5)
    }

    /// About how far one coordinate can move.
    pub fn radius(&self, j: usize) -> f64 {
        let side = (self.high[j] - self.low[j]) as f64 / 2.0;
        self.caps.iter().fold(side, |r, c| match c.norm {
            Norm::L1 => r.min(c.allowed),
            Norm::L2 => r.min(c.allowed.sqrt()),
        })
    }

    /// The point that is about the furthest in a direction: exact for a box, greedy for balls.
    pub fn toward(&self, direction: &[f64]) -> Vec<i64> {
        let far = self.far(direction);
        let mut k = self.rounded(&far);
        if !self.inside(&k) {
            let mut spent = self.spent(&k);
            self.trim(&mut k, &mut spent, direction);
        }
        self.fill(&mut k, direction);
        k
    }

    /// The same, off the lattice.
    pub fn far(&self, direction: &[f64]) -> Vec<f64> {
        if self.caps.is_empty() {
            let ends = self.low.iter().zip(&self.high).zip(&self.home);
            let end = |(d, ((l, h), c)): (&f64, ((&i64, &i64), &i64))| match d.partial_cmp(&0.0) {
                Some(std::cmp::Ordering::Greater) => *h as f64,
                Some(std::cmp::Ordering::Less) => *l as f64,
                Some(std::cmp::Ordering::Equal) | None => *c as f64,
            };
            return direction.iter().zip(ends).map(end).collect();
        }
        let scale = direction.iter().fold(0.0f64, |a, d| a.max(d.abs()));
        if scale == 0.0 {
            return self.home.iter().map(|k| *k as f64).collect();
        }
        // Best for the direction less what it costs; the price of the budgets is found by bisection.
        self.priced(|j, c, price, (linear, square)| {
            let d = direction[j] / scale;
            let left = d.abs() - price * linear;
            if left <= 0.0 {
                c
            } else if square > 0.0 {
                c + d.signum() * left / (2.0 * price * square)
            } else if d > 0.0 {
                self.high[j] as f64
            } else {
                self.low[j] as f64
            }
        })
    }

    /// About the nearest point; what is left is spent in a direction.
    pub fn project(&self, x: &mut Vec<f64>, direction: &[f64]) -> Vec<i64> {
        for (j, x) in x.iter_mut().enumerate() {
            *x = x.clamp(self.low[j] as f64, self.high[j] as f64);
        }
        if self.caps.is_empty() {
            return self.rounded(x);
        }
        if self.caps.iter().any(|c| c.real(x) > c.allowed) {
            let near = self.priced(|j, c, price, (linear, square)| {
                let away = (x[j] - c) / (1.0 + price * square);
                c + away.signum() * (away.abs() - price * linear / 2.0).max(0.0)
            });
            *x = near;
        }
        let mut k = self.rounded(x);
        if !self.inside(&k) {
            let mut spent = self.spent(&k);
            self.trim(&mut k, &mut spent, direction);
        }
        self.fill(&mut k, direction);
        k
    }

    /// The point that a function of coordinate, center, price and the weights of the norms gives at the lowest price
    /// at which the balls hold it, about.
    fn priced(&self, at: impl Fn(usize, f64, f64, (f64, f64)) -> f64) -> Vec<f64> {
        let (mut linear, mut square, mut most) = (0.0, 0.0, 1.0f64);
        for cap in &self.caps {
            match cap.norm {
                Norm::L1 => linear += cap.weight,
                Norm::L2 => square += cap.weight,
            }
            most = most.max(cap.allowed);
        }
        let center = self.caps.first().map_or(&[][..], |c| &c.center);
        let mut ends = (1e-8 * most, 1e3 * most);
        let mut best: Vec<f64> = self.home.iter().map(|k| *k as f64).collect();
        let mut there = best.clone();
        while ends.0 < 0.99 * ends.1 {
            let price = f64::sqrt(ends.0 * ends.1);
            for (j, x) in there.iter_mut().enumerate() {
                let c = center.get(j).copied().unwrap_or(0.0);
                let (low, high) = (self.low[j] as f64, self.high[j] as f64);
                *x = at(j, c, price, (linear, square)).clamp(low, high);
            }
            if self.caps.iter().all(|c| c.real(&there) <= c.allowed) {
                ends.1 = price;
                std::mem::swap(&mut best, &mut there);
            } else {
                ends.0 = price;
            }
        }
        best
    }

    /// Gives back what is spent too much, where the direction loses least.
    fn trim(&self, k: &mut Vec<i64>, spent: &mut [i128], direction: &[f64]) {
        let mut order: Vec<usize> = (0..k.len()).filter(|j| k[*j] != self.home[*j]).collect();
        order.sort_unstable_by(|a, b| {
            direction[*a].abs().total_cmp(&direction[*b].abs()).then(a.cmp(b))
        });
        for _ in 0..64 {
            for j in &order {
                let j = *j;
                let by = (self.home[j] - k[j]).signum();
                if by != 0 && self.force(spent, j, (k[j], k[j] + by)) {
                    k[j] += by;
                    return;
                }
                k[j] += by;
            }
        }
        k.clone_from(&self.home);
    }

    /// Spends what is left, the best coordinates first.
    fn fill(&self, k: &mut [i64], direction: &[f64]) {
        if self.caps.is_empty() {
            return;
        }
        let mut spent = self.spent(k);
        let mut order: Vec<usize> = (0..k.len()).filter(|j| direction[*j] != 0.0).collect();
        order.sort_unstable_by(|a, b| {
            direction[*b].abs().total_cmp(&direction[*a].abs()).then(a.cmp(b))
        });
        for j in order {
            let by = if direction[j] > 0.0 { 1 } else { -1 };
            let mut most = 2 + (self.high[j] - self.low[j]);
            while most > 0 && self.book(&mut spent, j, (k[j], k[j] + by)) {
                k[j] += by;
                most -= 1;
            }
        }
    }

    /// A random point, at a random distance.
    pub fn random(&self, rng: &mut Rng) -> Vec<i64> {
        if self.caps.is_empty() {
            return match rng.bool() {
                true => self.anywhere(rng),
                false => {
                    let ends = self.low.iter().zip(&self.high);
                    ends.map(|(l, h)| if rng.bool() { *l } else { *h }).collect()
                }
            };
        }
        // Few coordinates far, or many near.
        let share = rng.f64();
        let direction: Vec<f64> = (0..self.low.len())
            .map(|_| if rng.f64() <= share { 2.0 * rng.f64() - 1.0 } else { 0.0 })
            .collect();
        let mut k = self.toward(&direction);
        if rng.bool() {
            for (k, home) in k.iter_mut().zip(&self.home) {
                // Towards a point inside, and balls are convex; rounding is towards that point too.
                *k = home + ((*k - home) as f64 * share) as i64;
            }
        }
        if self.inside(&k) { k } else { self.home.clone() }
    }
}
