//! Boxes sharpened by branching: what relaxation leaves open is cut at switches or inputs until the
//! bound of a parameter is the value that some run attains, or the nodes are used up.

use super::{Trail, TrainingError};
use crate::bounds::Interval;
use crate::bounds::graph::Plan;
use crate::bounds::graph::branch::{BranchOptions, Verdict, branch};
use crate::network::graph::{Graph, Rounding};
use crate::question::verify::{Atom, Case, Formula, Relation, Variable};
use crate::train::unrolled::unroll;

/// Bounds this near to a value that is attained are taken for it, relative.
const NEAR: f64 = 1e-10;

/// Targets that are tried for one end of an interval, at most.
const TARGETS: usize = 8;

/// Corners of the box of inputs that are tried for the value that an end may have.
const CORNERS: usize = 16;

/// What sharpening came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sharpened {
    /// Ends of intervals: two a parameter.
    pub ends: usize,
    /// Ends that a run attains, as near as [`Sharpened`] is asked for, 1e-10 relative.
    pub attained: usize,
    /// Ends that branching moved.
    pub moved: usize,
}

impl Trail<'_> {
    /// Sharpens the box after the last step that was bounded, each end by trees of at most `nodes`
    /// nodes. The window that bounded the step is that of the trees.
    ///
    /// # Errors
    /// See [`TrainingError`].
    pub fn sharpen(&mut self, nodes: usize) -> Result<Sharpened, TrainingError> {
        let mut report = Sharpened::default();
        let end = self.boxes.len() - 1;
        if end == 0 {
            return Ok(report);
        }
        let unrolled = unroll(self.question, self.window(end), &[])?;
        let first = unrolled.steps.start;
        let region =
            unrolled.inputs.region(self.question, &self.boxes[first], &self.velocities[first]);
        let (graph, plan) = (&unrolled.graph, Plan::new(&unrolled.graph));
        let before = (end - 1 - first) * unrolled.parameters;
        let samples = samples(graph, &region);
        let options = BranchOptions {
            nodes,
            threads: self.options.threads,
            cancel: self.options.cancel,
            until: self.options.until,
            ..BranchOptions::default()
        };
        let old = self.boxes[end].clone();
        let mut new = old.clone();
        let mut all = vec![[false; 2]; old.len()];
        for (k, (own, old)) in new.iter_mut().zip(&old).enumerate() {
            let values = || samples.iter().filter_map(|y| y.get(before + k).copied());
            for side in [Side::Lower, Side::Upper] {
                let attained = values().fold(f64::INFINITY, |least, v| least.min(side.towards(v)));
                let task = Task { plan: &plan, region: &region, output: before + k, side, options };
                let (found, exact) = task.end(side.of(*old), attained);
                let (lo, hi) = match side {
                    Side::Lower => (found, own.hi),
                    Side::Upper => (own.lo, -found),
                };
                report.ends += 1;
                report.attained += usize::from(exact);
                all[k][usize::from(side == Side::Upper)] = exact;
                report.moved += usize::from(found > side.of(*old));
                *own = Interval { lo, hi };
            }
        }
        self.narrow(&new)?;
        self.attained = all;
        Ok(report)
    }
}

/// The end of an interval. Upper ends are lower ends of the negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Lower,
    Upper,
}

impl Side {
    fn towards(self, v: f64) -> f64 {
        match self {
            Side::Lower => v,
            Side::Upper => -v,
        }
    }

    fn of(self, i: Interval) -> f64 {
        match self {
            Side::Lower => i.lo,
            Side::Upper => -i.hi,
        }
    }
}

/// One end of one parameter.
struct Task<'a> {
    plan: &'a Plan<'a>,
    region: &'a [Interval],
    output: usize,
    side: Side,
    options: BranchOptions<'a>,
}

impl Task<'_> {
    /// A proved end, at least `low`, and whether a run attains it; `attained` is the value of a run.
    fn end(&self, mut low: f64, mut attained: f64) -> (f64, bool) {
        let near = |value: f64| value - NEAR * (1.0 + value.abs());
        let mut half = false;
        for _ in 0..TARGETS {
            if !attained.is_finite() || low >= near(attained) {
                break;
            }
            let target = if half { low + (attained - low) / 2.0 } else { near(attained) };
            if target <= low {
                break;
            }
            match self.refuted(target) {
                Tried::Refuted => low = target,
                Tried::Reached(value) if value < attained => attained = value,
                Tried::Reached(_) | Tried::Open => {
                    // A coarser target may be proved where a fine one is not; an open one is not
                    // tried again.
                    if half {
                        break;
                    }
                    half = true;
                }
            }
        }
        (low, low >= near(attained))
    }

    /// Whether no input gives the output a value of at most `target`.
    fn refuted(&self, target: f64) -> Tried {
        let sign = match self.side {
            Side::Lower => 1.0,
            Side::Upper => -1.0,
        };
        let goal = Formula::Atom(Atom {
            terms: vec![(Variable::Output(self.output as u32), Interval::point(sign))],
            relation: Relation::AtMost,
            constant: Interval::point(target),
            line: 0,
        });
        let case = Case::of_box(self.region.to_vec(), goal);
        match branch(self.plan, &case, &self.options).verdict {
            Verdict::Refuted(_) => Tried::Refuted,
            Verdict::Attack(replay) => {
                let value = replay.outputs.get(self.output).copied();
                Tried::Reached(value.map_or(f64::INFINITY, |v| self.side.towards(v)))
            }
            Verdict::Unknown { .. } => Tried::Open,
        }
    }
}

enum Tried {
    Refuted,
    Reached(f64),
    Open,
}

/// Outputs at the centre of a box and at some of its corners, always the same.
fn samples(graph: &Graph, region: &[Interval]) -> Vec<Vec<f64>> {
    let mut rng = fastrand::Rng::with_seed(0);
    let centre: Vec<f64> = region.iter().map(|i| i.lo + (i.hi - i.lo) / 2.0).collect();
    let mut points = vec![centre];
    for k in 0..CORNERS {
        let corner = region.iter().map(|i| match k {
            0 => i.lo,
            1 => i.hi,
            _ if rng.bool() => i.lo,
            _ => i.hi,
        });
        points.push(corner.collect());
    }
    points.iter().filter_map(|x| graph.eval(x, Rounding::Double).ok()).collect()
}
