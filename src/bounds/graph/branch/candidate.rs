//! Points that bounds suggest, tried as counterexamples.

use crate::bounds::Interval;
use crate::network::graph::{Graph, Rounding};
use crate::question::verify::{Case, Replay};

/// Tries points of a case's set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidates<'a> {
    pub graph: &'a Graph,
    pub case: &'a Case,
}

impl Candidates<'_> {
    /// A counterexample at the point of `part` that is nearest to `x`, rounded to single precision
    /// where that stays in the set, so that both precisions see the same point.
    pub fn attempt(&self, mut x: Vec<f64>, part: &[Interval]) -> Option<Box<Replay>> {
        for (v, c) in x.iter_mut().zip(self.case.balls.first().into_iter().flat_map(|b| &b.center))
        {
            // Rounding must not lead out of the ball.
            let c = c.lo / 2.0 + c.hi / 2.0;
            *v = c + (*v - c) * (1.0 - 1e-4);
        }
        for ((v, set), part) in x.iter_mut().zip(&self.case.inner).zip(part) {
            let (lo, hi) = (set.lo.max(part.lo), set.hi.min(part.hi));
            // Parts reach over the doubles of the set where its ends are decimals.
            let near = if lo <= hi { v.clamp(lo, hi) } else { v.clamp(set.lo, set.hi) };
            let single = f64::from(near as f32);
            *v = if self.case.lattice.is_none() && set.contains(single) { single } else { near };
        }
        if let Some(l) = self.case.lattice {
            for v in &mut x {
                *v = (*v * l.over / l.times).round_ties_even() * l.times / l.over;
            }
        }
        let y = self.graph.eval(&x, Rounding::Double).ok()?;
        if self.case.goal.margin(&x, &y) < 0.0 {
            return None;
        }
        let replay = self.case.replay(self.graph, &x).ok()?;
        replay.is_attack().then(|| Box::new(replay))
    }
}
