//! Inputs on a lattice that lie near a given one (papers 4.2).

use dashu::integer::IBig;
use dashu::rational::RBig;

/// Points `k / q` with whole `k`, in a box and in balls of the norms that add up.
///
/// A ball of the largest norm is a box, and pixels that may not move are sides of one value.
#[derive(Clone, Debug, PartialEq)]
pub struct Lattice {
    /// Points in a unit.
    pub q: u32,
    /// Least `k` of each coordinate.
    pub low: Vec<i64>,
    /// Largest `k` of each coordinate, at least the least one.
    pub high: Vec<i64>,
    /// All of them hold.
    pub balls: Vec<Ball>,
}

/// `sum |k_j - center_j| <= radius`, or `sum (k_j - center_j)^2 <= radius^2`.
#[derive(Clone, Debug, PartialEq)]
pub struct Ball {
    /// The norm.
    pub norm: Norm,
    /// One a coordinate, in units of the lattice; not on it where the given input is not.
    pub center: Vec<RBig>,
    /// At least 0, in units of the lattice.
    pub radius: RBig,
}

/// Norms whose costs add up over the coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Norm {
    /// The sum of distances.
    L1,
    /// The Euclidean norm.
    L2,
}

impl Ball {
    /// What a coordinate costs.
    #[must_use]
    pub fn cost(&self, coordinate: usize, k: i64) -> RBig {
        let away = RBig::from(k) - self.center.get(coordinate).cloned().unwrap_or_default();
        match self.norm {
            Norm::L1 if away < RBig::ZERO => -away,
            Norm::L1 => away,
            Norm::L2 => &away * &away,
        }
    }

    /// What all coordinates together may cost.
    #[must_use]
    pub fn budget(&self) -> RBig {
        match self.norm {
            Norm::L1 => self.radius.clone(),
            Norm::L2 => &self.radius * &self.radius,
        }
    }

    /// Whether a point lies in it.
    #[must_use]
    pub fn holds(&self, k: &[i64]) -> bool {
        let spent = k.iter().enumerate().fold(RBig::ZERO, |all, (j, k)| all + self.cost(j, *k));
        spent <= self.budget()
    }
}

impl Lattice {
    /// The points of the unit cube within `radius` of `center` in the largest norm, both in units of the input. Nothing
    /// if there is none.
    #[must_use]
    pub fn around(q: u32, center: &[RBig], radius: &RBig) -> Option<Self> {
        let unit = RBig::from(q);
        let whole = |x: IBig| i64::try_from(x).ok();
        let ends = |c: &RBig| -> Option<(i64, i64)> {
            let low = whole(((c - radius) * &unit).ceil())?.max(0);
            let high = whole(((c + radius) * &unit).floor())?.min(i64::from(q));
            (low <= high).then_some((low, high))
        };
        let ends: Option<Vec<(i64, i64)>> = center.iter().map(ends).collect();
        let (low, high) = ends?.into_iter().unzip();
        Some(Lattice { q, low, high, balls: Vec::new() })
    }

    /// The points of the unit cube within `radius` of `center` in another norm. Nothing if the box around
    /// that holds none.
    #[must_use]
    pub fn ball(q: u32, center: &[RBig], radius: &RBig, norm: Norm) -> Option<Self> {
        let unit = RBig::from(q);
        let ball = Ball {
            norm,
            center: center.iter().map(|c| c * &unit).collect(),
            radius: radius * &unit,
        };
        // No coordinate is further away than all together.
        let around = Lattice::around(q, center, radius)?;
        Some(Lattice { balls: vec![ball], ..around })
    }

    /// Whether it has no point for certain: its box has none, or what is nearest to the centre of one of its balls lies
    /// outside of that. With one ball at most this is exact.
    #[must_use]
    pub fn surely_empty(&self) -> bool {
        let ends = || self.low.iter().zip(&self.high);
        if ends().any(|(low, high)| low > high) {
            return true;
        }
        self.balls.iter().any(|ball| {
            let nearest: Vec<i64> = ball
                .center
                .iter()
                .zip(ends())
                .map(|(c, (low, high))| {
                    let below = i64::try_from(c.floor()).unwrap_or(*low).clamp(*low, *high);
                    let above = below.saturating_add(1).min(*high);
                    let far = |k: i64| {
                        let by = RBig::from(k) - c;
                        if by < RBig::ZERO { -by } else { by }
                    };
                    if far(above) < far(below) { above } else { below }
                })
                .collect();
            !ball.holds(&nearest)
        })
    }

    /// The steps that are next to inputs.
    #[must_use]
    pub fn steps(&self, x: &[f64]) -> Vec<i64> {
        x.iter().map(|x| (x * f64::from(self.q)).round_ties_even() as i64).collect()
    }

    /// Whether a point is one of them.
    #[must_use]
    pub fn holds(&self, k: &[i64]) -> bool {
        let ends = self.low.iter().zip(&self.high);
        k.len() == self.low.len()
            && k.iter().zip(ends).all(|(k, (low, high))| low <= k && k <= high)
            && self.balls.iter().all(|b| b.holds(k))
    }
}
