//! The set of inputs besides its box: rows, a ball, a lattice.

use super::walk::Encoder;
use crate::bounds::Interval;
use crate::bounds::interval::add_up;
use crate::encode::Lin;
use crate::encode::recipe::Recipe;
use crate::ir::{Family, Place, QuadTerm, Rule, Sense, VarKind};
use crate::question::verify::{Atom, Ball, BallNorm, Case, Formula, Lattice, Variable};

/// The case as one formula over box, ball and lattice.
pub(super) fn formula(case: &Case) -> Formula {
    let rows = case.rows.iter().map(|row: &Atom| Formula::Atom(row.clone()));
    Formula::All(rows.chain([case.goal.clone()]).collect())
}

/// The integers whose lattice points may lie in a range.
pub(super) fn steps(lattice: Lattice, range: Interval) -> (f64, f64) {
    let near = |x: f64| (x / lattice.times * lattice.over).round();
    let (mut lo, mut hi) = (near(range.lo) - 1.0, near(range.hi) + 1.0);
    while lo < hi && lattice.point(lo).hi < range.lo {
        lo += 1.0;
    }
    while hi > lo && lattice.point(hi).lo > range.hi {
        hi -= 1.0;
    }
    (lo, hi)
}

/// The double next to the lattice's point for `k`.
pub(super) fn lattice_value(lattice: Lattice, k: f64) -> f64 {
    k * lattice.times / lattice.over
}

impl Encoder<'_> {
    /// An input on a lattice: an integer column times the step, whose rounding is slop. *Exact*.
    pub fn lattice_input(&mut self, k: usize, lattice: Lattice, range: Interval) -> Lin {
        let (lo, hi) = steps(lattice, range);
        let role = Family::Input.at(Place::NONE.i(k));
        let n = self.b.variable(VarKind::Integer, Interval { lo, hi }, role, Recipe::Decision);
        let step = Interval::point(lattice.times).divide(lattice.over);
        self.b.combine(&[(step, &n)], 0.0).within(range)
    }

    /// `sum |x_i - c_i| <= r` or `sum (x_i - c_i)^2 <= r^2`. *Exact* up to the enclosures of centre
    /// and radius, of which the largest set is taken.
    pub fn ball(&mut self, ball: &Ball) {
        let origin = Rule::Ball.at(Place::NONE);
        let one = Interval::point(1.0);
        let unit = Lin::exact(1.0);
        let mut distances = Vec::new();
        for (i, center) in ball.center.iter().enumerate() {
            let x = self.variable(Variable::Input(i as u32)).clone();
            distances.push(self.b.combine(&[(one, &x), (-*center, &unit)], 0.0));
        }
        match ball.norm {
            BallNorm::L1 => {
                let mut parts = Vec::new();
                for (i, d) in distances.iter().enumerate() {
                    let most = add_up(d.range.magnitude(), d.slop);
                    let role = Family::AbsDeviation.at(Place::NONE.i(i));
                    let recipe = Recipe::Absolute(d.clone());
                    let range = Interval { lo: 0.0, hi: most };
                    let e = self.b.variable(VarKind::Continuous, range, role, recipe);
                    self.b.require(&[(1.0, &e), (-1.0, d)], Sense::Ge, 0.0, origin);
                    self.b.require(&[(1.0, &e), (1.0, d)], Sense::Ge, 0.0, origin);
                    // The column may be the distance of the expression, off by its slop.
                    parts.push(Lin { slop: d.slop, ..e });
                }
                let sum: Vec<(f64, &Lin)> = parts.iter().map(|e| (1.0, e)).collect();
                self.b.require(&sum, Sense::Le, ball.radius.hi, origin);
            }
            BallNorm::L2 => self.euclid(&distances, ball.radius.hi),
        }
    }

    /// `sum (d_i)^2 <= r^2` for expressions of at most one column each, multiplied out.
    fn euclid(&mut self, distances: &[Lin], radius: f64) {
        let origin = Rule::Ball.at(Place::NONE);
        let mut quad = Vec::new();
        let mut linear: Vec<(Interval, Lin)> = Vec::new();
        let mut right = Interval::point(radius).square();
        for d in distances {
            // (c + a x)^2 = c^2 + 2 c a x + a^2 x^2, and the quantity is within its slop of it.
            let c = Interval::point(d.constant);
            right = right - c.square();
            right.hi = add_up(right.hi, d.slop * (2.0 * d.range.magnitude() + 2.0 * d.slop) * 1.01);
            for &(v, a) in &d.terms {
                let square = Interval::point(a).square();
                quad.push(QuadTerm { i: v, j: v, coefficient: square.lo });
                let x = self.b.variable_lin(v);
                linear.push(((c * Interval::point(a)).scale(2.0), x));
            }
        }
        let parts: Vec<(Interval, &Lin)> = linear.iter().map(|(c, l)| (*c, l)).collect();
        let all = self.b.combine(&parts, 0.0);
        let right = add_up(right.hi, all.slop);
        self.b.quad_row(&all, &quad, Sense::Le, right, origin);
    }
}
