//! Boxes by backward relaxation through windows of steps.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::templates::{Direction, node, over};
use super::{Sharpened, TrainingError};
use crate::bounds::Interval;
use crate::bounds::graph::{BackwardOptions, Directions, Empty, GraphBounds, Plan, backward};
use crate::network::graph::{NodeId, Op, Port};
use crate::question::Question;
use crate::train::unrolled::{Unrolled, unroll};

/// How windows are bounded.
#[derive(Clone, Copy, Debug)]
pub struct WindowOptions<'a> {
    /// Steps of a window, at least 1.
    pub window: usize,
    /// Threads. Boxes do not depend on their number.
    pub threads: usize,
    /// Raised to stop early: what is left is bounded by intervals alone.
    pub cancel: Option<&'a AtomicBool>,
    /// When to stop early.
    pub until: Option<Instant>,
}

impl Default for WindowOptions<'_> {
    fn default() -> Self {
        WindowOptions { window: 1, threads: 1, cancel: None, until: None }
    }
}

/// What the bounds of a step came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepReport {
    /// Elements that were bounded by relaxation.
    pub rows: usize,
    /// Switches of this step (ReLUs, losses, clipping).
    pub switches: usize,
    /// Those that no bound decides.
    pub undecided: usize,
    /// Whether it was bounded to the end.
    pub complete: bool,
    /// What branching added, if it was asked for.
    pub sharpened: Sharpened,
}

/// Boxes of the parameters, step after step.
#[derive(Clone, Debug)]
pub struct Trail<'a> {
    pub(super) question: &'a Question,
    pub(super) options: WindowOptions<'a>,
    /// Parameters before the first step and after each that was bounded.
    pub(super) boxes: Vec<Vec<Interval>>,
    /// Their velocity.
    pub(super) velocities: Vec<Vec<Interval>>,
    /// Bounds of the nodes of the steps that a window may still hold.
    nodes: BTreeMap<usize, Vec<Vec<Interval>>>,
    /// Linear functions of the parameters whose ranges are carried beside the boxes.
    templates: Arc<[Direction]>,
    /// These ranges, one list a box.
    ranges: Vec<Vec<Interval>>,
    /// Which ends of the last box some run attains, as far as branching has shown: least, largest.
    pub(super) attained: Vec<[bool; 2]>,
}

impl<'a> Trail<'a> {
    /// Before the first step, with the parameters in the box `start` (flat layout).
    #[must_use]
    pub fn new(question: &'a Question, start: Vec<Interval>, options: WindowOptions<'a>) -> Self {
        let still = vec![Interval::ZERO; start.len()];
        Trail {
            question,
            options,
            boxes: vec![start],
            velocities: vec![still],
            nodes: BTreeMap::new(),
            templates: Arc::new([]),
            ranges: vec![Vec::new()],
            attained: Vec::new(),
        }
    }

    /// The same with ranges of `templates` beside the boxes; before the first step.
    #[must_use]
    pub fn with(mut self, templates: Vec<Direction>) -> Self {
        self.templates = templates.into();
        self.ranges = self.boxes.iter().map(|theta| self.over(theta)).collect();
        self
    }

    /// Ranges of the templates before the first step and after each that was bounded.
    #[must_use]
    pub fn ranges(&self) -> &[Vec<Interval>] {
        &self.ranges
    }

    /// The templates.
    #[must_use]
    pub fn templates(&self) -> &[Direction] {
        &self.templates
    }

    /// Ranges of the templates over a box.
    fn over(&self, theta: &[Interval]) -> Vec<Interval> {
        self.templates.iter().map(|d| over(d, theta)).collect()
    }

    /// Boxes of the parameters before the first step and after each that was bounded.
    #[must_use]
    pub fn boxes(&self) -> &[Vec<Interval>] {
        &self.boxes
    }

    /// The velocity beside the last of these boxes.
    #[must_use]
    pub fn velocity(&self) -> &[Interval] {
        self.velocities.last().map_or(&[], Vec::as_slice)
    }

    /// Which ends of the box after the last step a run attains, as far as branching has shown: the
    /// least and the largest value of each parameter. Empty without branching.
    #[must_use]
    pub fn attained(&self) -> &[[bool; 2]] {
        &self.attained
    }

    /// The velocity beside each of the boxes.
    #[must_use]
    pub fn velocities(&self) -> &[Vec<Interval>] {
        &self.velocities
    }

    /// Bounds the next step. `proved` are boxes of its parameters that are known already.
    ///
    /// # Errors
    /// See [`TrainingError`].
    pub fn step(&mut self, proved: &[&[Interval]]) -> Result<StepReport, TrainingError> {
        let step = self.boxes.len() - 1;
        let mut unrolled = unroll(self.question, self.window(step + 1), &[])?;
        let after = unrolled.graph.outputs.get(step - unrolled.steps.start).map(|p| p.node);
        // Behind all nodes of the steps, so that those are alike with templates and without.
        let templates = after.filter(|_| !self.templates.is_empty()).map(|theta| {
            let shape = vec![self.templates.len()];
            let op = node(&self.templates, theta);
            let id = unrolled.graph.push(op, shape.clone(), "templates");
            // Only what an output needs is bounded.
            unrolled.graph.outputs.push(Port { name: "templates".to_owned(), node: id, shape });
            id
        });
        let plan = Plan::new(&unrolled.graph);
        let mut bounds = self.known(&unrolled)?;
        let results = &unrolled.graph.outputs[step - unrolled.steps.start..];
        let parameters = results.first().map(|p| p.node);
        for all in proved {
            let Some(id) = parameters else { continue };
            let own = bounds.nodes[id.index()].iter_mut();
            own.zip(*all).for_each(|(old, new)| *old = old.meet(*new));
        }
        bounds.forward(&plan)?;
        let own = unrolled.nodes.last().cloned().unwrap_or_default();
        let mut wanted = vec![false; unrolled.graph.nodes.len()];
        for id in unrolled.switched.iter().copied().chain(results.iter().map(|p| p.node)) {
            wanted[id.index()] |= own.contains(&id.index());
        }
        if let Some(id) = templates {
            wanted[id.index()] = true;
        }
        let report = self.relax(&plan, &mut bounds, &wanted)?;
        let switches = own
            .map(|k| NodeId(k as u32))
            .filter(|id| matches!(unrolled.graph.node(*id).op, Op::Unary { .. }));
        let switches: Vec<NodeId> = switches.collect();
        let count = switches.iter().map(|id| bounds.of(*id).len()).sum();
        let undecided = switches.iter().map(|id| plan.unstable(*id, &bounds.nodes)).sum();
        self.keep(&unrolled, &bounds, step);
        let mut ranges = self.over(&self.boxes[step + 1]);
        if let Some(id) = templates {
            ranges.iter_mut().zip(bounds.of(id)).for_each(|(old, new)| *old = old.meet(*new));
        }
        self.ranges.push(ranges);
        Ok(StepReport {
            rows: report.rows,
            switches: count,
            undecided,
            complete: report.complete,
            sharpened: Sharpened::default(),
        })
    }

    /// Takes over proved boxes of the next step's parameters, and of their velocity, instead of bounding
    /// it. Windows that hold the step know no more of its nodes than intervals tell.
    pub fn skip(&mut self, proved: &[&[Interval]], velocity: Option<&[Interval]>) {
        let length = self.boxes.first().map_or(0, Vec::len);
        let mut theta = vec![Interval::ALL; length];
        for all in proved {
            theta.iter_mut().zip(*all).for_each(|(old, new)| *old = old.meet(*new));
        }
        self.ranges.push(self.over(&theta));
        self.boxes.push(theta);
        self.attained.clear();
        self.velocities.push(velocity.map_or_else(|| vec![Interval::ALL; length], <[_]>::to_vec));
    }

    /// Meets the box after the last step, and the ranges of the templates, if `proved` has them behind it,
    /// with what was proved otherwise.
    ///
    /// # Errors
    /// [`TrainingError::Empty`] if the two have nothing in common.
    pub fn narrow(&mut self, proved: &[Interval]) -> Result<(), TrainingError> {
        let last = self.boxes.last_mut().into_iter().flatten();
        for (parameter, (old, new)) in last.zip(proved).enumerate() {
            let (lo, hi) = (old.lo.max(new.lo), old.hi.min(new.hi));
            if lo > hi {
                return Err(TrainingError::Apart { parameter });
            }
            *old = Interval { lo, hi };
        }
        let ranges = self.over(self.boxes.last().map_or(&[], Vec::as_slice));
        let last = self.ranges.last_mut().into_iter().flatten();
        last.zip(ranges).for_each(|(old, new)| *old = old.meet(new));
        // Ranges of the templates stand behind the box.
        let more = proved.iter().skip(self.boxes.last().map_or(0, Vec::len));
        let last = self.ranges.last_mut().into_iter().flatten();
        last.zip(more).for_each(|(old, new)| *old = old.meet(*new));
        Ok(())
    }

    /// What the network does at `points` after the last step that was bounded: its score where it has
    /// one output; else the differences of the scores of any two outputs, `0 - 1`, `0 - 2`, ...,
    /// `1 - 2`, ..., `[pairs, points]`.
    ///
    /// # Errors
    /// See [`TrainingError`].
    pub fn scores(&self, points: &[Vec<f64>]) -> Result<Vec<Interval>, TrainingError> {
        let end = self.boxes.len() - 1;
        let unrolled = unroll(self.question, self.window(end), points)?;
        let Some(scores) = unrolled.scores else { return Ok(Vec::new()) };
        let plan = Plan::new(&unrolled.graph);
        let mut bounds = self.known(&unrolled)?;
        bounds.forward(&plan)?;
        let first = unrolled.nodes.last().map_or(0, |own| own.end);
        let mut wanted = vec![false; unrolled.graph.nodes.len()];
        for id in unrolled.switched.iter().chain([&scores]) {
            wanted[id.index()] |= id.index() >= first;
        }
        self.relax(&plan, &mut bounds, &wanted)?;
        Ok(bounds.of(scores).to_vec())
    }

    /// The window that ends before step `end`.
    pub(super) fn window(&self, end: usize) -> std::ops::Range<usize> {
        end.saturating_sub(self.options.window.max(1))..end
    }

    fn relax(
        &self,
        plan: &Plan<'_>,
        bounds: &mut GraphBounds,
        wanted: &[bool],
    ) -> Result<crate::bounds::graph::Report, Empty> {
        let options = BackwardOptions {
            threads: self.options.threads,
            nodes: Some(wanted),
            crown: false,
            cancel: self.options.cancel,
            until: self.options.until,
            ..BackwardOptions::default()
        };
        backward(plan, bounds, &options)
    }

    /// What is known of a window's nodes: its region, and what earlier windows have found.
    fn known(&self, unrolled: &Unrolled) -> Result<GraphBounds, TrainingError> {
        let first = unrolled.steps.start;
        let before = (&self.boxes[first], &self.velocities[first]);
        let region = unrolled.inputs.region(self.question, before.0, before.1);
        let graph = &unrolled.graph;
        let mut bounds = GraphBounds {
            nodes: graph.nodes.iter().map(|n| vec![Interval::ALL; n.len()]).collect(),
            groups: unrolled.inputs.groups(self.question).map(Arc::new),
            directions: self.before(graph.inputs.first().map(|p| p.node), first),
            ..GraphBounds::default()
        };
        for (port, place) in graph.inputs.iter().zip(&unrolled.inputs.places) {
            let own = &region[place.first..place.first + place.len];
            bounds.nodes[port.node.index()].clone_from_slice(own);
        }
        for (step, nodes) in unrolled.steps.clone().zip(&unrolled.nodes) {
            if let Some(old) = self.nodes.get(&step) {
                bounds.nodes[nodes.clone()].clone_from_slice(old);
            }
        }
        // What is known of the parameters between the steps, whoever proved it.
        for (step, port) in unrolled.steps.clone().zip(&graph.outputs) {
            if let Some(all) = self.boxes.get(step + 1) {
                let own = bounds.nodes[port.node.index()].iter_mut();
                own.zip(all).for_each(|(old, new)| *old = old.meet(*new));
            }
        }
        Ok(bounds)
    }

    /// The templates of the parameters `node` before a window. At a point they know no more than the box.
    fn before(&self, node: Option<NodeId>, first: usize) -> Option<Arc<Directions>> {
        let point = self.boxes[first].iter().all(|i| i.lo == i.hi);
        if self.templates.is_empty() || point {
            return None;
        }
        let rows = self.templates.iter().cloned().zip(self.ranges[first].iter().copied());
        Some(Arc::new(Directions { node: node?, rows: rows.collect() }))
    }

    fn keep(&mut self, unrolled: &Unrolled, bounds: &GraphBounds, step: usize) {
        for (step, nodes) in unrolled.steps.clone().zip(&unrolled.nodes) {
            self.nodes.insert(step, bounds.nodes[nodes.clone()].to_vec());
        }
        self.nodes.retain(|s, _| *s >= unrolled.steps.start);
        let of = |id: NodeId| bounds.of(id).to_vec();
        let outputs = &unrolled.graph.outputs;
        let at = step - unrolled.steps.start;
        self.boxes.push(of(outputs[at].node));
        self.attained.clear();
        let velocity = outputs.get(at + 1).filter(|p| p.name == "velocity");
        let velocity = velocity.map_or_else(|| self.velocities[step].clone(), |p| of(p.node));
        self.velocities.push(velocity);
    }
}
