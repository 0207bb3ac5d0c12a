//! Robustness of a class around a point: the input sets and goals that are asked for without a
//! property file.

use std::sync::Arc;

use dashu::base::Approximation;
use dashu::integer::IBig;
use dashu::rational::RBig;

use super::{Atom, Ball, BallNorm, Case, Formula, Lattice, Relation, Truth, Variable};
use crate::bounds::Interval;
use crate::question::lattice;

/// How far an input may be from the point. Radii are enclosures of decimals, at least zero.
#[derive(Clone, Debug, PartialEq)]
pub enum Perturbation {
    /// `max |x_i - c_i| <= r`
    Linf(Interval),
    /// `sum |x_i - c_i| <= r`
    L1(Interval),
    /// `sum (x_i - c_i)^2 <= r^2`
    L2(Interval),
    /// `lower_i <= x_i - c_i <= upper_i`, each end an enclosure.
    Offsets(Vec<(Interval, Interval)>),
}

/// The inputs around a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Around {
    /// The point, an enclosure an input.
    pub center: Vec<Interval>,
    /// What may change: all of them hold, and there is one at least.
    pub perturbations: Vec<Perturbation>,
    /// Ends between which every input lies: `[0, 1]` for pixels.
    pub within: Option<(Interval, Interval)>,
    /// The grid that every input lies on.
    pub lattice: Option<Lattice>,
    /// Changes, ends and grid without enclosures, where the grid is `1/q`.
    pub whole: Option<Arc<lattice::Lattice>>,
    /// Further rows over the inputs.
    pub rows: Vec<Atom>,
    /// All of it as it was written.
    pub written: Written,
}

/// What may change, in the words and numbers of the question: `8/255` stays `8/255`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// `linf 8/255`, `offset x[0..2] in [-0.1, 0.1]`, one after another.
    pub changes: Vec<String>,
    /// `[0, 1]`
    pub within: Option<String>,
    /// `1/255`
    pub lattice: Option<String>,
    /// Whether these numbers are in the units that the data have before `mean` and `std`.
    pub before_scaling: bool,
}

/// How the wrong classes are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Targets {
    /// All in one case: *can any of them win*.
    #[default]
    Together,
    /// A case each, in ascending order.
    Each,
}

/// What a rival class is that has the same output as the class of the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ties {
    /// An attack.
    #[default]
    Wrong,
    /// None: a rival must be ahead.
    Right,
    /// An attack if its number is smaller: the class is the first largest output, as `argmax` has it.
    First,
}

impl Ties {
    /// As the language writes it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Ties::Wrong => "wrong",
            Ties::Right => "right",
            Ties::First => "first",
        }
    }

    /// How the output of `label` compares with that of `other` in an attack.
    fn relation(self, other: usize, label: usize) -> Relation {
        match self {
            Ties::Wrong => Relation::AtMost,
            Ties::First if other < label => Relation::AtMost,
            Ties::Right | Ties::First => Relation::Below,
        }
    }
}

impl Around {
    /// The case of these inputs; none if there is certainly no such input: none between the ends, or
    /// none for which one of the rows holds.
    #[must_use]
    pub fn case(&self, goal: Formula) -> Option<Case> {
        let mut case = Case::of_box(Vec::with_capacity(self.center.len()), goal);
        for (i, center) in self.center.iter().enumerate() {
            let (mut lower, mut upper) = self.ends(i, *center);
            if let Some((least, most)) = self.within {
                lower = Interval::new(lower.lo.max(least.lo), lower.hi.max(least.hi));
                upper = Interval::new(upper.lo.min(most.lo), upper.hi.min(most.hi));
            }
            let (mut lo, mut hi) = (lower.lo, upper.hi);
            if let Some(lattice) = self.lattice {
                lo = lo.max(lattice.ceiling(lo)?.lo);
                hi = hi.min(lattice.floor(hi)?.hi);
            }
            if lo > hi {
                return None;
            }
            case.outer.push(Interval::new(lo, hi));
            let (least, most) = (lower.hi.max(lo), upper.lo.min(hi));
            case.inner.push(if least <= most {
                Interval::new(least, most)
            } else {
                case.between.push(i as u32);
                Interval::point(lo + (hi - lo) / 2.0)
            });
        }
        let range = |v| match v {
            Variable::Input(i) => case.outer.get(i as usize).copied().unwrap_or(Interval::ALL),
            Variable::Output(_) => Interval::ALL,
        };
        if self.rows.iter().any(|row| row.truth(range) == Truth::No) {
            return None;
        }
        case.rows.clone_from(&self.rows);
        case.lattice = self.lattice;
        case.whole.clone_from(&self.whole);
        let ball = |norm, radius| Some(Ball { norm, center: self.center.clone(), radius });
        let balls = self.perturbations.iter().filter_map(|p| match p {
            Perturbation::Linf(_) | Perturbation::Offsets(_) => None,
            Perturbation::L1(radius) => ball(BallNorm::L1, *radius),
            Perturbation::L2(radius) => ball(BallNorm::L2, *radius),
        });
        case.balls = balls.collect();
        Some(case)
    }

    /// Whether the point itself lies on the lattice, as far as doubles can tell; so it does where there is none.
    #[must_use]
    pub fn on_lattice(&self) -> bool {
        let on =
            |l: &Lattice, c: &Interval| l.admits(c.lo) != Truth::No || l.admits(c.hi) != Truth::No;
        self.lattice.is_none_or(|l| self.center.iter().all(|c| on(&l, c)))
    }

    /// Lower and upper end of an input, enclosed.
    fn ends(&self, i: usize, center: Interval) -> (Interval, Interval) {
        let one = |p: &Perturbation| match p {
            Perturbation::Linf(r) | Perturbation::L1(r) | Perturbation::L2(r) => {
                (center - *r, center + *r)
            }
            Perturbation::Offsets(offsets) => match offsets.get(i) {
                Some((lower, upper)) => (center + *lower, center + *upper),
                None => (center, center),
            },
        };
        let both = |(a, b): (Interval, Interval), (c, d): (Interval, Interval)| {
            let lower = Interval::new(a.lo.max(c.lo), a.hi.max(c.hi));
            (lower, Interval::new(b.lo.min(d.lo), b.hi.min(d.hi)))
        };
        self.perturbations.iter().map(one).reduce(both).unwrap_or((center, center))
    }

    /// The cases that must be impossible for class `label` of `classes` to be *robust*: that another
    /// class has an output that is larger, or at least as large as `ties` say.
    #[must_use]
    pub fn robust(
        &self,
        (label, classes): (usize, usize),
        ties: Ties,
        targets: Targets,
    ) -> Vec<Case> {
        let wrong = (0..classes).filter(|c| *c != label);
        let wins = |c: usize| Formula::Atom(reaches(c, label, ties.relation(c, label)));
        match targets {
            Targets::Together => {
                let goal = Formula::Any(wrong.map(wins).collect()).simplified();
                self.case(goal).into_iter().collect()
            }
            Targets::Each => wrong.filter_map(|c| self.case(wins(c))).collect(),
        }
    }
}

/// `Y_label <= Y_other`, or `<`.
fn reaches(other: usize, label: usize, relation: Relation) -> Atom {
    let mut terms = vec![
        (Variable::Output(label as u32), Interval::point(1.0)),
        (Variable::Output(other as u32), Interval::point(-1.0)),
    ];
    terms.sort_by_key(|t| t.0);
    Atom { terms, relation, constant: Interval::ZERO, line: 0 }
}

impl Lattice {
    /// The least point of the lattice that is not below a finite number.
    fn ceiling(self, x: f64) -> Option<Interval> {
        self.enclosed(self.step(x)?.ceil())
    }

    /// The largest point of the lattice that is not above a finite number.
    fn floor(self, x: f64) -> Option<Interval> {
        self.enclosed(self.step(x)?.floor())
    }

    /// How many steps a number is from zero.
    fn step(self, x: f64) -> Option<RBig> {
        let exact = |v: f64| RBig::try_from(v).ok();
        Some(exact(x)? * exact(self.over)? / exact(self.times)?)
    }

    fn enclosed(self, step: IBig) -> Option<Interval> {
        // Numbers of steps beyond 2^53 are no lattice that an input could tell from all numbers.
        match step.to_f64() {
            Approximation::Exact(k) => Some(self.point(k)),
            Approximation::Inexact(..) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::decimal::enclose;

    fn around(center: &[&str], perturbation: Perturbation) -> Around {
        let center = center.iter().map(|c| enclose(c).unwrap()).collect();
        Around {
            center,
            perturbations: vec![perturbation],
            within: None,
            lattice: None,
            whole: None,
            rows: Vec::new(),
            written: Written::default(),
        }
    }

    fn real(i: Interval, text: &str) -> bool {
        let exact = text.parse::<f64>().unwrap();
        i.lo <= exact && exact <= i.hi
    }

    #[test]
    fn boxes_hold_the_real_ends_and_no_more_inside() {
        let mut set = around(&["0.1", "0.95"], Perturbation::Linf(enclose("0.1").unwrap()));
        set.within = Some((Interval::point(0.0), Interval::point(1.0)));
        let case = set.case(Formula::TRUE).unwrap();
        // 0.1 - 0.1 is zero, but only up to the enclosures.
        assert_eq!(case.outer[0].lo, 0.0);
        assert!(case.inner[0].lo < 1e-16 && case.inner[0].hi < 0.2 + 1e-16);
        assert!(case.outer[0].hi >= 0.2 && case.outer[0].hi < 0.2 + 1e-15);
        assert!(real(case.outer[1], "0.85") && case.outer[1].hi == 1.0);
        assert!(case.between.is_empty());
        for (inner, outer) in case.inner.iter().zip(&case.outer) {
            assert_eq!(outer.hull(*inner), *outer);
        }
        set.within = Some((Interval::point(0.5), Interval::point(1.0)));
        assert_eq!(set.case(Formula::TRUE), None);
        let fixed = around(&["0.1", "2"], Perturbation::Offsets(Vec::new()));
        let case = fixed.case(Formula::TRUE).unwrap();
        assert_eq!(
            (case.between.as_slice(), case.outer[1]),
            ([0].as_slice(), Interval::point(2.0))
        );
    }

    #[test]
    fn balls_lie_in_their_boxes() {
        let point = Interval::point;
        for (perturbation, inside, outside) in [
            (Perturbation::L1(point(1.0)), [0.5, -0.5], [0.75, 0.5]),
            (Perturbation::L2(point(1.0)), [0.6, 0.75], [0.75, 0.75]),
        ] {
            let case = around(&["0", "0"], perturbation).case(Formula::TRUE).unwrap();
            assert_eq!(case.outer, [Interval::new(-1.0, 1.0); 2]);
            assert_eq!(case.admits(&inside), Truth::Yes);
            assert_eq!(case.admits(&outside), Truth::No);
        }
    }

    #[test]
    fn of_several_changes_all_hold() {
        let point = Interval::point;
        let mut set = around(&["0", "0"], Perturbation::Linf(point(0.75)));
        set.perturbations.push(Perturbation::L1(point(1.0)));
        set.perturbations.push(Perturbation::L2(point(0.8)));
        let offsets = vec![(point(-0.25), point(2.0)), (point(-2.0), point(2.0))];
        set.perturbations.push(Perturbation::Offsets(offsets));
        let case = set.case(Formula::TRUE).unwrap();
        assert_eq!(case.outer, [Interval::new(-0.25, 0.75), Interval::new(-0.75, 0.75)]);
        let norms: Vec<BallNorm> = case.balls.iter().map(|b| b.norm).collect();
        assert_eq!(norms, [BallNorm::L1, BallNorm::L2]);
        assert_eq!(case.admits(&[0.5, 0.5]), Truth::Yes);
        // Too far by each of them alone.
        assert_eq!(case.admits(&[-0.5, 0.0]), Truth::No);
        assert_eq!(case.admits(&[0.0, 0.76]), Truth::No);
        assert_eq!(case.admits(&[0.25, 0.76]), Truth::No);
        assert_eq!(case.admits(&[0.51, 0.51]), Truth::No);
        assert_eq!(case.admits(&[0.75, 0.25]), Truth::Yes);
        assert_eq!(case.admits(&[0.75, 0.25f64.next_up()]), Truth::No);
        set.perturbations[1] = Perturbation::L1(point(2.0));
        let case = set.case(Formula::TRUE).unwrap();
        assert_eq!(case.admits(&[0.75, 0.25]), Truth::Yes);
        assert_eq!(case.admits(&[0.75, 0.3]), Truth::No);
    }

    #[test]
    fn lattices_shrink_the_box_to_their_points() {
        let mut set = around(&["10", "0"], Perturbation::Linf(enclose("2.6").unwrap()));
        set.lattice = Some(Lattice { times: 1.0, over: 2.0 });
        set.within = Some((Interval::point(0.0), Interval::point(255.0)));
        let case = set.case(Formula::TRUE).unwrap();
        assert_eq!(case.outer, [Interval::new(7.5, 12.5), Interval::new(0.0, 2.5)]);
        assert_eq!(case.admits(&[7.5, 0.5]), Truth::Yes);
        assert_eq!(case.admits(&[7.75, 0.5]), Truth::No);
        let mut pixels = around(&["0.5"], Perturbation::Linf(Interval::point(0.001)));
        pixels.lattice = Some(Lattice { times: 1.0, over: 255.0 });
        // 127 / 255 and 128 / 255 are farther away.
        assert_eq!(pixels.case(Formula::TRUE), None);
    }

    #[test]
    fn every_wrong_class_is_asked_for() {
        let set = around(&["0"], Perturbation::Linf(Interval::point(1.0)));
        let together = set.robust((1, 3), Ties::Wrong, Targets::Together);
        assert_eq!(together.len(), 1);
        let words = "(or (<= (+ (* -1 Y_0) Y_1) 0) (<= (+ Y_1 (* -1 Y_2)) 0))";
        assert_eq!(together[0].goal.to_string(), words);
        let each = set.robust((1, 3), Ties::Wrong, Targets::Each);
        let goals: Vec<String> = each.iter().map(|c| c.goal.to_string()).collect();
        assert_eq!(goals, ["(<= (+ (* -1 Y_0) Y_1) 0)", "(<= (+ Y_1 (* -1 Y_2)) 0)"]);
        for y in [[1.0, 2.0, 0.0], [1.0, 1.0, 0.0], [3.0, 2.0, 4.0], [0.0, 2.0, 2.5]] {
            let wrong = y[0] >= y[1] || y[2] >= y[1];
            let expected = if wrong { Truth::Yes } else { Truth::No };
            assert_eq!(together[0].attacked(&[0.5], &y), expected);
            assert_eq!(each.iter().map(|c| c.attacked(&[0.5], &y)).max(), Some(expected));
        }
        assert_eq!(set.robust((0, 1), Ties::Wrong, Targets::Together)[0].goal, Formula::FALSE);
        // Level with the class before it, with the one behind it, with both; behind one.
        for (y, right, first) in [
            ([2.0, 2.0, 0.0], Truth::No, Truth::Yes),
            ([0.0, 2.0, 2.0], Truth::No, Truth::No),
            ([2.0, 2.0, 2.0], Truth::No, Truth::Yes),
            ([0.0, 2.0, 3.0], Truth::Yes, Truth::Yes),
        ] {
            for (ties, expected) in [(Ties::Right, right), (Ties::First, first)] {
                for targets in [Targets::Together, Targets::Each] {
                    let cases = set.robust((1, 3), ties, targets);
                    let found = cases.iter().map(|c| c.attacked(&[0.5], &y)).max();
                    assert_eq!(found, Some(expected), "{y:?} {ties:?}");
                }
            }
        }
    }
}
