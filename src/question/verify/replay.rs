//! Whether an input is an attack, judged without trust in rounding.
//!
//! The network is the real-valued function that its graph denotes. An input counts as an attack if
//! it provably lies in the set of a [`Case`] and the real outputs provably make the goal true:
//! first by enclosures of the outputs, and where those leave it open, by rational arithmetic, if
//! the graph has a rational value. What doubles and floats make of the same input is told beside.
//!
//! A coordinate that is a decimal or a lattice point which no double holds is replayed as an
//! enclosure of that number: what is proved then holds for it.

use dashu::rational::RBig;

use super::case::{Ball, BallNorm};
use super::{Case, Formula, Truth, Variable};
use crate::bounds::Interval;
use crate::network::graph::eval::EvalError;
use crate::network::graph::{Graph, Op, Rounding};

/// Graphs with more products than this are not evaluated in rational arithmetic.
const EXACT_WORK: usize = 20_000_000;

/// What decided about the real outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judge {
    /// Enclosures.
    Enclosure,
    /// Rational arithmetic.
    Exact,
}

/// An input, replayed through the whole graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    /// The input as doubles.
    pub inputs: Vec<f64>,
    /// Enclosures of the real input that was judged; points but for decimals and lattice points
    /// that no double holds.
    pub meant: Vec<Interval>,
    /// Whether it lies in the set.
    pub admitted: Truth,
    /// Whether the real outputs make the goal true.
    pub real: Truth,
    /// What decided.
    pub judge: Judge,
    /// Enclosures of the real outputs.
    pub enclosures: Vec<Interval>,
    /// Outputs in doubles.
    pub outputs: Vec<f64>,
    /// Whether these make the goal true.
    pub double: Truth,
    /// Outputs in single precision, for the input rounded to it.
    pub single_outputs: Vec<f64>,
    /// Whether these make the goal true.
    pub single: Truth,
}

impl Replay {
    /// Whether the input is proved to be an attack on the real-valued network.
    #[must_use]
    pub fn is_attack(&self) -> bool {
        self.admitted == Truth::Yes && self.real == Truth::Yes
    }

    /// Whether the arithmetics agree about the goal.
    #[must_use]
    pub fn agreed(&self) -> bool {
        self.real == self.double && self.double == self.single
    }
}

impl Case {
    /// Replays an input. `x` holds, for a coordinate that no double is, the double next to it.
    ///
    /// # Errors
    /// [`EvalError::Length`] where the input does not fit the graph.
    pub fn replay(&self, graph: &Graph, x: &[f64]) -> Result<Replay, EvalError> {
        let outputs = graph.eval(x, Rounding::Double)?;
        let single_outputs = graph.eval(x, Rounding::Single)?;
        let single_inputs: Vec<f64> = x.iter().map(|&x| f64::from(x as f32)).collect();
        let (meant, admitted) = self.meant(x);
        let enclosures = graph.eval_enclosed(&meant)?;
        let value = |v| match v {
            Variable::Input(i) => meant.get(i as usize).copied().unwrap_or(Interval::ALL),
            Variable::Output(j) => enclosures.get(j as usize).copied().unwrap_or(Interval::ALL),
        };
        let (mut real, mut judge) = (self.goal.truth(value), Judge::Enclosure);
        if real == Truth::Perhaps
            && admitted == Truth::Yes
            && graph.work() <= EXACT_WORK
            && let Some(point) = self.exact(x, &meant)
            && let Ok(values) = graph.eval_exact(&point)
        {
            real = self.goal.truth_exact(&point, &values);
            judge = Judge::Exact;
        }
        Ok(Replay {
            admitted,
            real,
            judge,
            double: self.goal.truth_at(x, &outputs),
            single: self.goal.truth_at(&single_inputs, &single_outputs),
            inputs: x.to_vec(),
            meant,
            enclosures,
            outputs,
            single_outputs,
        })
    }

    /// The real input that doubles stand for, where it is known without an enclosure: doubles, and points of the
    /// lattice.
    fn exact(&self, x: &[f64], meant: &[Interval]) -> Option<Vec<RBig>> {
        let one = |(x, meant): (&f64, &Interval)| match self.lattice {
            _ if meant.is_point() => RBig::try_from(*x).ok(),
            Some(l) => {
                let k = RBig::try_from((x / l.times * l.over).round_ties_even()).ok()?;
                Some(k * RBig::try_from(l.times).ok()? / RBig::try_from(l.over).ok()?)
            }
            None => None,
        };
        x.iter().zip(meant).map(one).collect()
    }

    /// The real input that doubles stand for, and whether it lies in the set.
    fn meant(&self, x: &[f64]) -> (Vec<Interval>, Truth) {
        if x.len() != self.outer.len() || x.iter().any(|v| !v.is_finite()) {
            return (vec![Interval::ALL; x.len()], Truth::No);
        }
        let mut meant: Vec<Interval> = x.iter().map(|&x| Interval::point(x)).collect();
        if let Some(l) = self.lattice {
            for (m, x) in meant.iter_mut().zip(x) {
                let near = l.point((x / l.times * l.over).round_ties_even());
                if !near.contains(*x) {
                    return (meant, Truth::No);
                }
                *m = near;
            }
        }
        let mut worst = Truth::Yes;
        for (k, m) in meant.iter_mut().enumerate() {
            let (outer, inner) = (self.outer[k], self.inner[k]);
            let within = |a: Interval, b: Interval| b.lo <= a.lo && a.hi <= b.hi;
            worst = worst.min(if m.hi < outer.lo || m.lo > outer.hi {
                Truth::No
            } else if self.between.binary_search(&(k as u32)).is_ok() {
                *m = outer;
                // Whether a decimal is a lattice point is not known from enclosures.
                if self.lattice.is_some() { Truth::Perhaps } else { Truth::Yes }
            } else if within(*m, inner) {
                Truth::Yes
            } else {
                Truth::Perhaps
            });
        }
        let points = meant.iter().all(|m| m.is_point());
        for ball in &self.balls {
            worst = worst.min(if points { ball.admits(x) } else { ball.holds(&meant) });
        }
        // At an edge that no double is.
        if let (Truth::Perhaps, Some(points)) = (worst, &self.whole) {
            worst = if points.holds(&points.steps(x)) { Truth::Yes } else { Truth::No };
        }
        let input = |v| match v {
            Variable::Input(i) | Variable::Output(i) => i as usize,
        };
        for row in &self.rows {
            worst = worst.min(if points {
                row.truth_at(|v| x.get(input(v)).copied().unwrap_or(f64::NAN))
            } else {
                row.truth(|v| meant.get(input(v)).copied().unwrap_or(Interval::ALL))
            });
        }
        (meant, worst)
    }
}

impl Ball {
    /// Whether a box lies in the ball; *no* if no point of it does.
    #[must_use]
    pub fn holds(&self, set: &[Interval]) -> Truth {
        let far = |(x, c): (&Interval, &Interval)| {
            let d = *x - *c;
            match self.norm {
                BallNorm::L1 => Interval { lo: d.lo.max(-d.hi).max(0.0), hi: d.magnitude() },
                BallNorm::L2 => d.square(),
            }
        };
        let distance: Interval = set.iter().zip(&self.center).map(far).sum();
        let radius = match self.norm {
            BallNorm::L1 => self.radius,
            BallNorm::L2 => self.radius.square(),
        };
        if distance.hi <= radius.lo {
            Truth::Yes
        } else if distance.lo > radius.hi {
            Truth::No
        } else {
            Truth::Perhaps
        }
    }
}

impl Formula {
    /// Whether it holds at a rational point: inputs `x`, outputs `y`.
    #[must_use]
    pub fn truth_exact(&self, x: &[RBig], y: &[RBig]) -> Truth {
        let at = |v| match v {
            Variable::Input(i) => x.get(i as usize).cloned(),
            Variable::Output(j) => y.get(j as usize).cloned(),
        };
        self.fold(&|atom| atom.truth_exact(at))
    }
}

impl Graph {
    /// Number of products of one evaluation.
    #[must_use]
    pub fn work(&self) -> usize {
        let of = |op: &Op, len: usize| match op {
            Op::Dense { by, .. } => len * by.inputs,
            Op::Conv { by, .. } => {
                let taps: usize = by.weight_shape.iter().skip(1).product();
                len * taps
            }
            Op::Sums { by, .. } => by.columns.len(),
            Op::Max { groups, .. } => groups.members.len(),
            Op::Input { .. }
            | Op::Constant(_)
            | Op::Move { .. }
            | Op::Scale { .. }
            | Op::Add { .. }
            | Op::Product { .. }
            | Op::Unary { .. }
            | Op::Choose { .. }
            | Op::Quotient { .. } => len,
        };
        self.nodes.iter().map(|n| of(&n.op, n.len())).sum()
    }
}
