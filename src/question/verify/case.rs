//! A set of inputs and what must not happen on it.

use std::sync::Arc;

use dashu::rational::RBig;

use super::{Atom, Formula, Truth, Variable};
use crate::bounds::Interval;
use crate::question::lattice;

/// A set of inputs with a formula. An *attack* is an input in the set that makes the formula true.
///
/// The set is the intersection of a box, rows, balls and a lattice. The box is kept twice, because
/// its ends may be decimals that no double holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// A box that contains the set; ends are finite.
    pub outer: Vec<Interval>,
    /// A box of doubles that all lie in the box of the case (rows, balls and lattice are another
    /// matter). An input whose range holds no double is listed in [`Case::between`] and has here,
    /// as both ends, the double that the range was written as.
    pub inner: Vec<Interval>,
    /// Inputs whose range holds no double (`X_0 = 0.1`), ascending.
    pub between: Vec<u32>,
    /// Linear rows over inputs that are no ends of the box.
    pub rows: Vec<Atom>,
    /// Balls around points, all of which hold.
    pub balls: Vec<Ball>,
    /// The grid that all inputs lie on.
    pub lattice: Option<Lattice>,
    /// Box, balls and grid as they are written, where the grid is `1/q`: decides of points that no enclosure does.
    pub whole: Option<Arc<lattice::Lattice>>,
    /// What must not be possible: atoms over outputs, and those over both or over inputs that could
    /// not be made part of the set.
    pub goal: Formula,
}

/// The norm of a [`Ball`]. That of the largest change is a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BallNorm {
    /// `sum |x_i - c_i| <= r`
    L1,
    /// `sum (x_i - c_i)^2 <= r^2`
    L2,
}

/// All inputs within a distance of a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Ball {
    /// How distance is measured.
    pub norm: BallNorm,
    /// The point, an enclosure an input.
    pub center: Vec<Interval>,
    /// The distance, enclosed.
    pub radius: Interval,
}

/// Inputs of the form `k * times / over` with an integer `k`: pixels over 255 are `1 / 255`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lattice {
    /// Positive factor.
    pub times: f64,
    /// Positive divisor.
    pub over: f64,
}

impl Case {
    /// The case of a box, whose ends are exact.
    #[must_use]
    pub fn of_box(bounds: Vec<Interval>, goal: Formula) -> Self {
        Case {
            inner: bounds.clone(),
            outer: bounds,
            between: Vec::new(),
            rows: Vec::new(),
            balls: Vec::new(),
            lattice: None,
            whole: None,
            goal,
        }
    }

    /// Whether an input lies in the set. Where an enclosure leaves it open, *perhaps*: the input is
    /// in the set as far as doubles can tell.
    #[must_use]
    pub fn admits(&self, x: &[f64]) -> Truth {
        if x.len() != self.outer.len() || x.iter().any(|v| !v.is_finite()) {
            return Truth::No;
        }
        let mut worst = Truth::Yes;
        for (i, v) in x.iter().enumerate() {
            worst = worst.min(match (self.outer[i].contains(*v), self.inner[i].contains(*v)) {
                (false, _) => Truth::No,
                (true, false) => Truth::Perhaps,
                (true, true) => Truth::Yes,
            });
        }
        if !self.between.is_empty() {
            worst = worst.min(Truth::Perhaps);
        }
        let value = |v| match v {
            Variable::Input(i) | Variable::Output(i) => x.get(i as usize).copied().unwrap_or(0.0),
        };
        for row in &self.rows {
            worst = worst.min(row.truth_at(value));
        }
        for ball in &self.balls {
            worst = worst.min(ball.admits(x));
        }
        if let Some(lattice) = self.lattice {
            worst = x.iter().fold(worst, |w, v| w.min(lattice.admits(*v)));
        }
        worst
    }

    /// Whether an input with its output is an attack.
    #[must_use]
    pub fn attacked(&self, x: &[f64], y: &[f64]) -> Truth {
        self.admits(x).min(self.goal.truth_at(x, y))
    }
}

impl Ball {
    /// Whether a point with finite coordinates lies in the ball, decided without rounding.
    #[must_use]
    pub fn admits(&self, x: &[f64]) -> Truth {
        self.decide(x).unwrap_or(Truth::Perhaps)
    }

    fn decide(&self, x: &[f64]) -> Option<Truth> {
        let exact = |v: f64| RBig::try_from(v).ok();
        let square = |v: RBig| match self.norm {
            BallNorm::L1 => v,
            BallNorm::L2 => &v * &v,
        };
        let (mut least, mut most) = (RBig::ZERO, RBig::ZERO);
        for (v, c) in x.iter().zip(&self.center) {
            let (v, lo, hi) = (exact(*v)?, exact(c.lo)?, exact(c.hi)?);
            let (above, below) = (&v - &lo, &hi - &v);
            // Distances to the nearer and the farther end of the enclosure.
            let far = if above > below { &above } else { &below };
            most += square(far.clone());
            if above < RBig::ZERO || below < RBig::ZERO {
                let near = if above > below { -below } else { -above };
                least += square(near);
            }
        }
        let (short, long) = (square(exact(self.radius.lo)?), square(exact(self.radius.hi)?));
        Some(match (most <= short, least > long) {
            (true, _) => Truth::Yes,
            (_, true) => Truth::No,
            _ => Truth::Perhaps,
        })
    }
}

impl Lattice {
    /// Whether a finite number lies on the lattice: *perhaps* if it is the double that is nearest to
    /// a point of it.
    #[must_use]
    pub fn admits(self, x: f64) -> Truth {
        let k = (x / self.times * self.over).round_ties_even();
        let exact = |v: f64| RBig::try_from(v).unwrap_or(RBig::ZERO);
        if exact(k) * exact(self.times) == exact(x) * exact(self.over) {
            return Truth::Yes;
        }
        let steps = [k - 1.0, k, k + 1.0];
        match steps.iter().any(|k| self.point(*k).contains(x)) {
            true => Truth::Perhaps,
            false => Truth::No,
        }
    }

    /// An enclosure of the lattice's point for the integer `k`.
    #[must_use]
    pub fn point(self, k: f64) -> Interval {
        Interval::point(k).scale(self.times).divide(self.over)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::verify::Relation;

    fn case(ends: &[(f64, f64)]) -> Case {
        let bounds = ends.iter().map(|e| Interval::new(e.0, e.1)).collect();
        Case::of_box(bounds, Formula::TRUE)
    }

    #[test]
    fn box_rows_and_enclosures_decide() {
        let mut case = case(&[(0.0, 1.0), (-1.0, 1.0)]);
        case.inner[1] = Interval::new(-0.5, 0.5);
        assert_eq!(case.admits(&[0.0, 0.5]), Truth::Yes);
        assert_eq!(case.admits(&[0.0, 0.75]), Truth::Perhaps);
        assert_eq!(case.admits(&[1.5, 0.0]), Truth::No);
        assert_eq!(case.admits(&[0.0]), Truth::No);
        assert_eq!(case.admits(&[0.0, f64::NAN]), Truth::No);
        case.rows.push(Atom {
            terms: vec![
                (Variable::Input(0), Interval::point(1.0)),
                (Variable::Input(1), Interval::point(-1.0)),
            ],
            relation: Relation::Below,
            constant: Interval::ZERO,
            line: 0,
        });
        assert_eq!(case.admits(&[0.25, 0.25]), Truth::No);
        assert_eq!(case.admits(&[0.25, 0.5]), Truth::Yes);
        case.between.push(1);
        assert_eq!(case.attacked(&[0.25, 0.5], &[]), Truth::Perhaps);
    }

    #[test]
    fn balls_are_exact() {
        let center = vec![Interval::point(0.0), Interval::new(1.0, 1.0_f64.next_up())];
        let ball =
            |norm, radius| Ball { norm, center: center.clone(), radius: Interval::point(radius) };
        let euclid = ball(BallNorm::L2, 5.0);
        assert_eq!(euclid.admits(&[3.0, 5.0]), Truth::Yes);
        assert_eq!(euclid.admits(&[3.0, -3.0]), Truth::Perhaps);
        assert_eq!(euclid.admits(&[3.0, (-3.0_f64).next_down()]), Truth::No);
        let taxi = ball(BallNorm::L1, 1.0);
        assert_eq!(taxi.admits(&[0.5, 1.5]), Truth::Yes);
        assert_eq!(taxi.admits(&[0.5, 0.5]), Truth::Perhaps);
        assert_eq!(taxi.admits(&[-1.0, 1.0_f64.next_down()]), Truth::No);
    }

    #[test]
    fn lattices_know_their_points() {
        let pixels = Lattice { times: 1.0, over: 255.0 };
        assert_eq!(pixels.admits(1.0), Truth::Yes);
        assert_eq!(pixels.admits(0.0), Truth::Yes);
        assert_eq!(pixels.admits(51.0 / 255.0), Truth::Perhaps);
        assert_eq!(pixels.admits(51.5 / 255.0), Truth::No);
        let halves = Lattice { times: 1.0, over: 2.0 };
        assert_eq!(halves.admits(-2.5), Truth::Yes);
        assert_eq!(halves.admits(0.25), Truth::No);
    }
}
