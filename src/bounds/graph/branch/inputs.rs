//! Parts of the input box.

use super::candidate::Candidates;
use super::explore::{Engine, Fate};
use super::goal::Goal;
use super::{BranchOptions, Split};
use crate::bounds::Interval;
use crate::bounds::graph::backward::ball::least_point;
use crate::bounds::graph::backward::propagate;
use crate::bounds::graph::backward::rows::Rows;
use crate::bounds::graph::linear::LANES;
use crate::bounds::graph::{BackwardOptions, GraphBounds, Plan, interval_of};
use crate::network::graph::NodeId;
use crate::question::verify::{Case, Truth, Variable};

/// How much an input counts that no row depends on, against the one that rows depend on most.
const REST: f64 = 0.02;

/// Bounds parts of the input box.
pub(super) struct Boxes<'a> {
    plan: &'a Plan<'a>,
    case: &'a Case,
    goal: &'a Goal<'a>,
    /// Where each input element is.
    places: Vec<(NodeId, usize)>,
    candidates: Option<Candidates<'a>>,
    search: bool,
    options: BranchOptions<'a>,
}

/// A part of the box.
pub(super) struct Part {
    /// Before it is bounded, bounds of what it is a part of; then its own.
    bounds: GraphBounds,
    /// The input that was halved last.
    halved: Option<(usize, Interval)>,
    /// Atoms that are false in all of it.
    dead: Vec<bool>,
}

impl<'a> Boxes<'a> {
    pub fn new(
        plan: &'a Plan<'a>,
        case: &'a Case,
        goal: &'a Goal<'a>,
        search: bool,
        options: &BranchOptions<'a>,
    ) -> Self {
        let ports = plan.graph.inputs.iter();
        Boxes {
            plan,
            case,
            goal,
            places: ports.flat_map(|p| (0..p.len()).map(|e| (p.node, e))).collect(),
            candidates: (search && options.attack)
                .then_some(Candidates { graph: plan.graph, case }),
            search,
            options: *options,
        }
    }

    /// The whole box; nothing if it is empty.
    pub fn root(&self) -> Vec<Part> {
        let dead = vec![false; self.goal.atoms.len()];
        match interval_of(self.plan, self.case) {
            Ok(bounds) => vec![Part { bounds, halved: None, dead }],
            Err(_) => Vec::new(),
        }
    }

    fn range(&self, part: &Part, input: usize) -> Interval {
        let (node, element) = self.places[input];
        part.bounds.of(node)[element]
    }

    fn bound_one(&self, part: &mut Part) -> Fate {
        if let Some((input, range)) = part.halved {
            let (node, element) = self.places[input];
            part.bounds.nodes[node.index()][element] = range;
        }
        // A set that the case's rows make empty has no input at all.
        let at = |v: Variable| match v {
            Variable::Input(i) | Variable::Output(i) => {
                self.places.get(i as usize).map_or(Interval::ALL, |p| part.bounds.of(p.0)[p.1])
            }
        };
        if self.case.rows.iter().any(|row| row.truth(at) == Truth::No) {
            return Fate::Refuted;
        }
        if let Some(ball) = &part.bounds.ball {
            let box_: Vec<Interval> =
                (0..self.places.len()).map(|i| self.interval_of(&part.bounds, i)).collect();
            if ball.holds(&box_) == Truth::No {
                return Fate::Refuted;
            }
        }
        let options = BackwardOptions {
            outputs: false,
            crown: false,
            cancel: self.options.cancel,
            until: self.options.until,
            ..BackwardOptions::default()
        };
        let Ok((_, locals)) = propagate(self.plan, &mut part.bounds, &options) else {
            return Fate::Refuted;
        };
        let mut rows = Rows::new(self.plan, &locals, &part.bounds);
        let mut low = f64::NEG_INFINITY;
        let mut scores = vec![0.0; self.places.len()];
        let mut attack = None;
        for sides in self.goal.relevant(&part.dead).chunks(LANES) {
            for (lane, &s) in sides.iter().enumerate() {
                rows.add_linear(lane, &self.goal.sides[s].terms, 1.0);
            }
            let mut kept = vec![None; self.plan.graph.nodes.len()];
            let lows = rows.finish_with(None, Some(&mut kept));
            let slope = |input: usize, lane: usize| {
                let (node, element): (NodeId, usize) = self.places[input];
                kept[node.index()].as_ref().map_or(0.0, |b: &Vec<[f64; LANES]>| b[element][lane])
            };
            for (lane, &s) in sides.iter().enumerate() {
                let side = &self.goal.sides[s];
                if side.excludes(lows[lane]) {
                    part.dead[side.atom] = true;
                    continue;
                }
                low = low.max(side.slack(lows[lane]));
                if !self.search {
                    continue;
                }
                for (input, score) in scores.iter_mut().enumerate() {
                    *score += slope(input, lane).abs();
                }
                if let (Some(candidates), None) = (&self.candidates, &attack) {
                    let box_: Vec<Interval> =
                        (0..self.places.len()).map(|i| self.interval_of(&part.bounds, i)).collect();
                    let corner = |i: usize| {
                        if slope(i, lane) > 0.0 { box_[i].lo } else { box_[i].hi }
                    };
                    let x = match least_point(&rows, &kept) {
                        Some(x) => x.iter().map(|x| x[lane]).collect(),
                        None => (0..box_.len()).map(corner).collect(),
                    };
                    attack = candidates.attempt(x, &box_);
                }
            }
        }
        if self.goal.refuted(&part.dead) {
            return Fate::Refuted;
        }
        Fate::Open { low: low.min(-f64::MIN_POSITIVE), split: self.choose(part, &scores), attack }
    }

    fn interval_of(&self, bounds: &GraphBounds, input: usize) -> Interval {
        let (node, element) = self.places[input];
        bounds.of(node)[element]
    }

    /// The input whose range changes the rows most.
    fn choose(&self, part: &Part, scores: &[f64]) -> Option<Split> {
        if !self.search {
            return None;
        }
        let largest = scores.iter().copied().filter(|s| s.is_finite()).fold(0.0, f64::max);
        let floor = if largest > 0.0 { REST * largest } else { 1.0 };
        let mut best = None;
        for (input, score) in scores.iter().enumerate() {
            let range = self.range(part, input);
            if middle(range).is_none() {
                continue;
            }
            let weight = if score.is_finite() { score.max(floor) } else { floor };
            let score = weight * (range.hi - range.lo);
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, input as u32));
            }
        }
        best.map(|b| Split::Input(b.1))
    }
}

/// A double between the ends, if there is one.
fn middle(range: Interval) -> Option<f64> {
    let m = 0.5 * range.lo + 0.5 * range.hi;
    (range.lo < m && m < range.hi).then_some(m)
}

impl Engine for Boxes<'_> {
    type Part = Part;

    const TOGETHER: usize = 1;

    fn bound(&self, parts: &mut [&mut Part]) -> Vec<Fate> {
        parts.iter_mut().map(|p| self.bound_one(p)).collect()
    }

    fn split(&self, part: &Part, by: Split) -> Result<[Part; 2], String> {
        let Split::Input(input) = by else {
            return Err("a neuron in a tree of inputs".into());
        };
        let input = input as usize;
        if input >= self.places.len() {
            return Err(format!("input {input}, but there are {}", self.places.len()));
        }
        let range = self.range(part, input);
        let Some(m) = middle(range) else {
            return Err(format!("input {input}, whose range holds no double but its ends"));
        };
        let half = |lo, hi| Part {
            bounds: part.bounds.clone(),
            halved: Some((input, Interval { lo, hi })),
            dead: part.dead.clone(),
        };
        Ok([half(range.lo, m), half(m, range.hi)])
    }
}
