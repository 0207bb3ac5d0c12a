//! Several starts, climbing side by side.

use std::sync::atomic::{AtomicBool, Ordering};

use super::space::Space;
use crate::network::graph::Graph;
use crate::network::graph::eval::{EvalError, Lanes, middle};
use crate::network::graph::gradient::Steps;
use crate::question::verify::{Atom, Case, Relation, Replay, Variable};

/// Starts side by side.
pub(super) const LANES: usize = 8;

/// What one start climbs: one conjunction of the goal of one case.
#[derive(Clone, Debug)]
pub(super) struct Target<'a> {
    pub case: usize,
    pub atoms: Vec<&'a Atom>,
}

/// Which atoms of the conjunction are climbed at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pull {
    /// The one that fails most.
    Worst,
    /// All that fail, or nearly.
    Sum,
}

/// In which direction a step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Every coordinate by the same share of its width.
    Sign,
    /// Along the gradient, each coordinate in units of its width.
    Along,
}

/// One start.
#[derive(Clone, Debug)]
pub(super) struct Start {
    pub number: u64,
    pub target: usize,
    pub from: Vec<f64>,
    pub pull: Pull,
    pub step: Step,
    /// Length of the first step as a share of half the width.
    pub length: f64,
    /// Whether the first steps follow a random direction of the outputs instead, so that starts
    /// spread (output diversified sampling, Tashiro et al. 2020, arXiv 2003.06878).
    pub spread: bool,
}

/// Steps that spread.
const SPREAD: usize = 5;

/// The best that one start reached.
#[derive(Clone, Debug)]
pub(super) struct Reached {
    pub target: usize,
    /// Margin of the goal.
    pub margin: f64,
    pub x: Vec<f64>,
}

/// What a batch of starts came to.
#[derive(Clone, Debug, Default)]
pub(super) struct Climbed {
    pub reached: Vec<Reached>,
    /// An attack: number of the start, case, replay.
    pub attack: Option<(u64, usize, Replay)>,
    pub evaluations: u64,
    pub late: bool,
}

/// Everything that batches share.
#[derive(Clone, Debug)]
pub(super) struct Ground<'a> {
    pub graph: &'a Graph,
    pub cases: &'a [Case],
    pub spaces: Vec<Space<'a>>,
    pub targets: Vec<Target<'a>>,
    pub steps: usize,
    pub cancel: Option<&'a AtomicBool>,
}

/// One start on its way.
struct Lane<'a> {
    start: &'a Start,
    x: Vec<f64>,
    best: Reached,
    /// Margin that a replay was last tried at.
    tried: f64,
    /// A real attack that single precision does not see.
    fallback: Option<Replay>,
    momentum: Vec<f64>,
}

impl Ground<'_> {
    /// Climbs from at most [`LANES`] starts.
    pub fn climb(&self, starts: &[Start], slopes: Steps) -> Result<Climbed, EvalError> {
        let mut out = Climbed::default();
        let lane = |start: &'_ Start| Reached {
            target: start.target,
            margin: f64::NEG_INFINITY,
            x: start.from.clone(),
        };
        let mut lanes: Vec<Lane<'_>> = starts
            .iter()
            .map(|start| Lane {
                start,
                x: start.from.clone(),
                best: lane(start),
                tried: f64::NEG_INFINITY,
                fallback: None,
                momentum: vec![0.0; start.from.len()],
            })
            .collect();
        if lanes.is_empty() {
            return Ok(out);
        }
        let n = self.graph.input_len();
        for step in 0..=self.steps {
            if self.cancel.is_some_and(|c| c.load(Ordering::Relaxed)) {
                out.late = true;
                break;
            }
            let side =
                |i: usize| Lanes(std::array::from_fn(|k| lanes[k.min(lanes.len() - 1)].x[i]));
            let argument: Vec<Lanes<f64, LANES>> = (0..n).map(side).collect();
            let values = self.graph.values(&argument)?;
            let outputs = values.outputs(self.graph);
            out.evaluations += lanes.len() as u64;
            let mut weights = vec![Lanes([0.0; LANES]); outputs.len()];
            let mut direct = Vec::new();
            for (k, lane) in lanes.iter_mut().enumerate() {
                let y: Vec<f64> = outputs.iter().map(|l| l.0[k]).collect();
                if let Some(replay) = self.look(lane, &y)? {
                    out.attack =
                        Some((lane.start.number, self.targets[lane.start.target].case, replay));
                    break;
                }
                if lane.start.spread && step < SPREAD {
                    let mut rng = fastrand::Rng::with_seed(!lane.start.number);
                    weights.iter_mut().for_each(|w| w.0[k] = 2.0 * rng.f64() - 1.0);
                    direct.push(Vec::new());
                } else {
                    direct.push(self.pull(lane, &y, |j, w| weights[j].0[k] += w));
                }
            }
            if out.attack.is_some() || step == self.steps {
                break;
            }
            let gradient = self.graph.gradient(&values, &weights, slopes);
            for (k, lane) in lanes.iter_mut().enumerate() {
                let mut g: Vec<f64> = gradient.iter().map(|l| l.0[k]).collect();
                for &(i, w) in &direct[k] {
                    g[i] += w;
                }
                // Spreading goes the whole way; climbing ever shorter steps.
                let share = match lane.start.spread && step < SPREAD {
                    true => 1.0,
                    false => 1.0 - step as f64 / self.steps as f64,
                };
                self.step(lane, &g, share * share);
            }
        }
        if out.attack.is_none() {
            let fallback = lanes.iter_mut().find_map(|l| Some((l.start, l.fallback.take()?)));
            out.attack =
                fallback.map(|(s, replay)| (s.number, self.targets[s.target].case, replay));
        }
        out.reached = lanes.into_iter().map(|l| l.best).collect();
        Ok(out)
    }

    /// Keeps the best point, and replays one that looks like an attack. Returned is one that single
    /// precision agrees with.
    fn look(&self, lane: &mut Lane<'_>, y: &[f64]) -> Result<Option<Replay>, EvalError> {
        let case = &self.cases[self.targets[lane.start.target].case];
        let margin = case.goal.margin(&lane.x, y);
        if margin > lane.best.margin {
            lane.best.margin = margin;
            lane.best.x.clone_from(&lane.x);
        }
        // A margin that did not grow by much is not worth another replay.
        if margin < 0.0 || margin <= lane.tried {
            return Ok(None);
        }
        lane.tried = 2.0 * margin;
        let replay = case.replay(self.graph, &lane.x)?;
        if !replay.is_attack() {
            return Ok(None);
        }
        if replay.agreed() {
            return Ok(Some(replay));
        }
        lane.fallback = Some(replay);
        Ok(None)
    }

    /// The weights of outputs that climb, and those of inputs.
    fn pull(
        &self,
        lane: &Lane<'_>,
        y: &[f64],
        mut output: impl FnMut(usize, f64),
    ) -> Vec<(usize, f64)> {
        let atoms = &self.targets[lane.start.target].atoms;
        let margins: Vec<f64> = atoms.iter().map(|a| a.margin(&lane.x, y)).collect();
        let worst = margins.iter().copied().fold(f64::INFINITY, f64::min);
        // Past the goal, everything near the worst is pushed further.
        let limit = match lane.start.pull {
            Pull::Worst => worst,
            Pull::Sum => worst.max(0.0) + 1e-3 * worst.abs(),
        };
        let mut input = Vec::new();
        for (atom, _) in atoms.iter().zip(&margins).filter(|(_, m)| **m <= limit) {
            let left: f64 = atom.terms.iter().map(|&(v, c)| middle(c) * at(v, &lane.x, y)).sum();
            let sign = match atom.relation {
                Relation::Equal if left < middle(atom.constant) => 1.0,
                Relation::Equal | Relation::AtMost | Relation::Below => -1.0,
            };
            for &(v, c) in &atom.terms {
                match v {
                    Variable::Input(i) => input.push((i as usize, sign * middle(c))),
                    Variable::Output(j) => output(j as usize, sign * middle(c)),
                }
            }
        }
        input
    }

    fn step(&self, lane: &mut Lane<'_>, g: &[f64], share: f64) {
        let space = &self.spaces[self.targets[lane.start.target].case];
        let length = lane.start.length * share.max(1e-3) / 2.0;
        let scaled = |k: usize| g[k] * space.width(k);
        let largest = (0..g.len()).map(|k| scaled(k).abs()).fold(0.0, f64::max);
        if largest.is_nan() || largest == 0.0 || largest.is_infinite() {
            // Nothing to follow: somewhere beside, by a fixed sequence.
            let mut rng = fastrand::Rng::with_seed(lane.start.number);
            let beside = space.beside(&lane.x, length, &mut rng);
            lane.x = beside;
            return;
        }
        for (k, slope) in g.iter().enumerate() {
            let direction = match lane.start.step {
                Step::Sign if *slope == 0.0 => 0.0,
                Step::Sign => slope.signum(),
                Step::Along => scaled(k) / largest,
            };
            let m = &mut lane.momentum[k];
            *m = 0.5 * *m + direction;
            lane.x[k] += length * space.width(k) * *m;
        }
        space.project(&mut lane.x);
    }
}

fn at(v: Variable, x: &[f64], y: &[f64]) -> f64 {
    match v {
        Variable::Input(i) => x.get(i as usize).copied().unwrap_or(0.0),
        Variable::Output(j) => y.get(j as usize).copied().unwrap_or(0.0),
    }
}
