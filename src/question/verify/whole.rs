//! A question about a binarised network on a lattice, in whole numbers (papers 4.2).

use dashu::rational::RBig;
use thiserror::Error;

use super::{BallNorm, Case, Formula, Relation, Variable};
use crate::bounds::Interval;
use crate::network::binarised::{Integer, NotBinarised, OffLattice, import};
use crate::network::graph::Graph;
use crate::question::lattice::{self, Norm};

/// A network with the points that a case admits.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    /// The network on the lattice of the case. The score of a rival that must be strictly ahead is one less, so
    /// that every rival need only be level with the class.
    pub network: Integer,
    /// The points. Where the case knows its ball only up to rounding, all that may lie in it.
    pub points: lattice::Lattice,
    /// The class that must stay ahead.
    pub class: usize,
    /// The classes that must not reach it, ascending.
    pub rivals: Vec<usize>,
    /// By how much the scores of rivals are less than those of the file: by least, and by most.
    pub less: (i64, i64),
}

/// Why a question cannot be asked in whole numbers.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum NotWhole {
    /// The network.
    #[error("the network is not binarised: {0}")]
    Network(#[from] NotBinarised),
    /// Its numbers.
    #[error("the network has no form in whole numbers on this lattice: {0}")]
    OffLattice(#[from] OffLattice),
    /// There is no lattice.
    #[error("a program in whole numbers needs inputs on a lattice")]
    NoLattice,
    /// Not `1/q`.
    #[error("the lattice must be 1 or 1/q with a whole number q")]
    Steps,
    /// Inputs beyond 2^31 steps.
    #[error("an input is more than 2^31 steps of the lattice away from 0")]
    Far,
    /// Rows over inputs.
    #[error("a program in whole numbers has no further conditions over inputs")]
    Rows,
    /// Not about classes.
    #[error("a program in whole numbers asks whether another class reaches that of a point")]
    Goal,
}

impl NotWhole {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            NotWhole::Network(_) | NotWhole::OffLattice(_) => {
                "drop `binarised`; other programs take this network as it is"
            }
            NotWhole::NoLattice => "add `lattice 1/255` to `perturb`, or drop `binarised`",
            NotWhole::Steps => "write for example `lattice 1/255`, or drop `binarised`",
            NotWhole::Far => "bound the inputs with `within`, or drop `binarised`",
            NotWhole::Rows => "drop the condition, or drop `binarised`",
            NotWhole::Goal => "ask `robust at ...`, or drop `binarised`",
        }
    }
}

impl Whole {
    /// The case in whole numbers.
    ///
    /// # Errors
    /// [`NotWhole`].
    pub fn new(graph: &Graph, case: &Case) -> Result<Self, NotWhole> {
        let lattice = case.lattice.ok_or(NotWhole::NoLattice)?;
        let q = lattice.over / lattice.times;
        let whole = lattice.times * q == lattice.over && q.fract() == 0.0;
        if !whole || !(1.0..=65_535.0).contains(&q) {
            return Err(NotWhole::Steps);
        }
        if !case.rows.is_empty() {
            return Err(NotWhole::Rows);
        }
        let (class, rivals) = classes(&case.goal).ok_or(NotWhole::Goal)?;
        let points = match &case.whole {
            Some(exact) if f64::from(exact.q) == q => inside(exact)?,
            Some(_) | None => enclosed(case, q)?,
        };
        let mut network = import(graph)?.on_lattice(points.q)?;
        // Scores are whole: ahead is ahead by one.
        for (rival, _) in rivals.iter().filter(|r| r.1) {
            if let Some(score) = network.scores.get_mut(*rival) {
                score.bias -= 1;
            }
        }
        let less = |strict: &bool| i64::from(*strict);
        let all = || rivals.iter().map(|r| less(&r.1));
        let less = (all().min().unwrap_or(0), all().max().unwrap_or(0));
        let rivals = rivals.iter().map(|r| r.0).collect();
        Ok(Whole { network, points, class, rivals, less })
    }

    /// The point of the lattice that is next to an input.
    #[must_use]
    pub fn steps(&self, x: &[f64]) -> Vec<i64> {
        self.points.steps(x)
    }

    /// The input that a point stands for, as the doubles next to its numbers.
    #[must_use]
    pub fn input(&self, k: &[i64]) -> Vec<f64> {
        k.iter().map(|k| *k as f64 / f64::from(self.points.q)).collect()
    }
}

/// Steps that are further from 0 than this are refused.
const FAR: i64 = i32::MAX as i64;

/// The points as they were written, if none of them is far away.
fn inside(exact: &lattice::Lattice) -> Result<lattice::Lattice, NotWhole> {
    let near = |ends: (&i64, &i64)| *ends.0 >= -FAR && *ends.1 <= FAR;
    match exact.low.iter().zip(&exact.high).all(near) {
        true => Ok(exact.clone()),
        false => Err(NotWhole::Far),
    }
}

/// All points of a case that is known by enclosures.
fn enclosed(case: &Case, q: f64) -> Result<lattice::Lattice, NotWhole> {
    let mut points = lattice::Lattice {
        q: q as u32,
        low: Vec::with_capacity(case.outer.len()),
        high: Vec::with_capacity(case.outer.len()),
        balls: Vec::new(),
    };
    for ends in &case.outer {
        // The ends of a case on a lattice are points of it, up to rounding.
        let (low, high) = ((ends.lo * q).round(), (ends.hi * q).round());
        if !(-(FAR as f64) <= low && high <= FAR as f64) {
            return Err(NotWhole::Far);
        }
        points.low.push(low as i64);
        points.high.push(high as i64);
    }
    for ball in &case.balls {
        let norm = match ball.norm {
            BallNorm::L1 => Norm::L1,
            BallNorm::L2 => Norm::L2,
        };
        points.balls.push(whole_ball(norm, &ball.center, ball.radius, q));
    }
    Ok(points)
}

/// A ball in steps of the lattice that holds all of a given one. A centre that may be a point of the lattice is
/// one.
fn whole_ball(norm: Norm, center: &[Interval], radius: Interval, q: f64) -> lattice::Ball {
    let exact = |x: f64| RBig::try_from(x).unwrap_or(RBig::ZERO);
    let unit = exact(q);
    let mut more = RBig::ZERO;
    let mut at = Vec::with_capacity(center.len());
    for c in center {
        let k = exact((c.lo / 2.0 * q + c.hi / 2.0 * q).round());
        let (low, high) = (exact(c.lo) * &unit, exact(c.hi) * &unit);
        if low <= k && k <= high {
            at.push(k);
        } else {
            more += &high - &low;
            at.push(low);
        }
    }
    lattice::Ball { norm, center: at, radius: exact(radius.hi) * unit + more }
}

/// The class and its rivals of `Y_class <= Y_rival or ...`, and which of these must be strictly ahead (`<`).
fn classes(goal: &Formula) -> Option<(usize, Vec<(usize, bool)>)> {
    let atoms = match goal {
        Formula::Atom(_) => std::slice::from_ref(goal),
        Formula::Any(all) | Formula::All(all) if all.len() == 1 => all,
        Formula::Any(all) => all,
        Formula::All(_) => return None,
    };
    let mut class = None;
    let mut rivals = Vec::with_capacity(atoms.len());
    for atom in atoms {
        let Formula::Atom(atom) = atom else { return None };
        let strict = match atom.relation {
            Relation::AtMost => false,
            Relation::Below => true,
            Relation::Equal => return None,
        };
        if atom.constant != Interval::ZERO {
            return None;
        }
        let mut pair = (None, None);
        for (v, by) in &atom.terms {
            match v {
                Variable::Output(j) if *by == Interval::point(1.0) => pair.0 = Some(*j as usize),
                Variable::Output(j) if *by == Interval::point(-1.0) => pair.1 = Some(*j as usize),
                Variable::Output(_) | Variable::Input(_) => return None,
            }
        }
        let (own, rival) = (pair.0?, pair.1?);
        if class.is_some_and(|c| c != own) || atom.terms.len() != 2 {
            return None;
        }
        class = Some(own);
        rivals.push((rival, strict));
    }
    // Of both, the weaker demand comes first and stays.
    rivals.sort_unstable();
    rivals.dedup_by_key(|r| r.0);
    Some((class?, rivals))
}
