//! What of the data is an input of the graph, and the samples of a batch.

use std::collections::BTreeMap;

use super::Unsaid;
use super::wiring::Wiring;
use crate::bounds::Interval;
use crate::bounds::graph::Groups;
use crate::bounds::reach;
use crate::bounds::sample::LabelBox;
use crate::network::graph::NodeId;
use crate::question::{Attack, Budget, LabelThreat, Question, Target};

/// What an input of the graph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// The parameters before the window.
    Parameters,
    /// Their velocity.
    Velocity,
    /// Features, `[features, samples]`.
    Features,
    /// Signs, `[samples]`.
    Signs,
    /// 1 for the class that a sample has and 0 for the others, `[classes, samples]`.
    Classes,
    /// Real targets, `[outputs, samples]`.
    Targets,
    /// 1 for a sample that takes part and 0 for one that is deleted, `[samples]`.
    Presence,
}

/// One input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is.
    pub port: Port,
    /// The first element among those of all inputs.
    pub first: usize,
    /// Number of elements.
    pub len: usize,
    /// Rows of the training data, in the order of the samples; empty for parameters.
    pub rows: Vec<usize>,
    /// The step, where the adversary chooses for each batch.
    pub step: Option<usize>,
}

/// All inputs in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// One behind the other.
    pub places: Vec<Place>,
}

impl Inputs {
    pub(super) fn add(&mut self, w: &mut Wiring, port: Port, len: usize) -> NodeId {
        self.add_rows(w, port, len, (&[], None))
    }

    fn add_rows(
        &mut self,
        w: &mut Wiring,
        port: Port,
        len: usize,
        (rows, step): (&[usize], Option<usize>),
    ) -> NodeId {
        let first = self.len();
        self.places.push(Place { port, first, len, rows: rows.to_vec(), step });
        let name = match port {
            Port::Parameters => "parameters",
            Port::Velocity => "velocity",
            Port::Features => "features",
            Port::Signs | Port::Classes | Port::Targets => "labels",
            Port::Presence => "presence",
        };
        let name = step.map_or(name.to_owned(), |t| format!("{name} of step {}", t + 1));
        w.input(name, len)
    }

    /// Number of elements of all inputs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.last().map_or(0, |p| p.first + p.len)
    }

    /// Whether there is no input.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The argument of a run: parameters and velocity before the window, and the data as an attack of
    /// the question leaves it.
    #[must_use]
    pub fn point(
        &self,
        question: &Question,
        theta: &[f64],
        velocity: &[f64],
        attack: &Attack,
    ) -> Vec<f64> {
        let mut all = Vec::with_capacity(self.len());
        for place in &self.places {
            let choice = attack.choices.get(place.step.unwrap_or(0));
            let change = |i: &usize| choice.and_then(|c| c.changes.get(i));
            let width = place.len / place.rows.len().max(1);
            match place.port {
                Port::Parameters => all.extend_from_slice(theta),
                Port::Velocity => all.extend_from_slice(velocity),
                Port::Features => {
                    let row = |i: &usize| {
                        let new = change(i).and_then(|c| c.features.clone());
                        new.unwrap_or_else(|| question.train.row(*i))
                    };
                    let rows: Vec<Vec<f64>> = place.rows.iter().map(row).collect();
                    all.extend((0..width).flat_map(|j| rows.iter().map(move |x| x[j])));
                }
                Port::Signs | Port::Classes | Port::Targets => {
                    let target = |i: &usize| {
                        let new = change(i).and_then(|c| c.target.clone());
                        new.unwrap_or_else(|| question.train.target(*i))
                    };
                    let targets: Vec<Target> = place.rows.iter().map(target).collect();
                    let of = |t: &Target, k: usize| match t {
                        Target::Sign(y) => *y,
                        Target::Class(c) if *c == k => 1.0,
                        Target::Class(_) => 0.0,
                        Target::Real(y) => y.get(k).copied().unwrap_or(0.0),
                    };
                    all.extend((0..width).flat_map(|k| targets.iter().map(move |t| of(t, k))));
                }
                Port::Presence => {
                    let kept = |i: &usize| !change(i).is_some_and(|c| c.deleted);
                    all.extend(place.rows.iter().map(|i| if kept(i) { 1.0 } else { 0.0 }));
                }
            }
        }
        all
    }

    /// How many samples may be touched, where that is fewer than there are: each sample of each choice
    /// is a group, its labels one of their own where they have a budget of their own.
    #[must_use]
    pub fn groups(&self, question: &Question) -> Option<Groups> {
        let budget = question.threat.budget;
        let candidates = &question.threat.candidates;
        let mut groups = Groups::default();
        let mut numbers: BTreeMap<(Option<usize>, bool, usize), u32> = BTreeMap::new();
        let apart = matches!(budget, Budget::Separate { .. });
        let label = |port: Port| matches!(port, Port::Signs | Port::Classes | Port::Targets);
        let members = || {
            let places = self.places.iter().filter(|p| !p.rows.is_empty());
            places.flat_map(|p| p.rows.iter().map(move |row| (p, *row)))
        };
        for (place, row) in members().filter(|(_, row)| candidates.binary_search(row).is_ok()) {
            numbers.insert((place.step, apart && label(place.port), row), 0);
        }
        let mut last = None;
        for (k, ((step, labels, _), number)) in numbers.iter_mut().enumerate() {
            *number = k as u32;
            if last != Some((*step, *labels)) {
                last = Some((*step, *labels));
                groups.touched.push(match (budget, labels) {
                    (Budget::Joint(n), _) => n,
                    (Budget::Separate { features, .. }, false) => features,
                    (Budget::Separate { labels, .. }, true) => labels,
                });
            }
            groups.choices.push(groups.touched.len() as u32 - 1);
        }
        let size = |choice: usize| groups.choices.iter().filter(|c| **c as usize == choice).count();
        if groups.touched.iter().enumerate().all(|(choice, n)| *n >= size(choice)) {
            return None;
        }
        let clean = self.point(question, &[], &[], &Attack::none(question.training.steps()));
        for place in &self.places {
            let n = place.rows.len();
            if n == 0 {
                groups.of.extend(std::iter::repeat_n(None, place.len));
                continue;
            }
            let at = |e: usize| {
                let key = (place.step, apart && label(place.port), place.rows[e % n]);
                numbers.get(&key).copied()
            };
            groups.of.extend((0..place.len).map(at));
        }
        // The parameters are no part of this point.
        groups.clean = vec![0.0; groups.of.len() - clean.len()];
        groups.clean.extend(clean);
        Some(groups)
    }

    /// The box of all inputs: parameters and velocity as given, the data as the threat has it. A
    /// sample outside of the candidates keeps its point.
    #[must_use]
    pub fn region(
        &self,
        question: &Question,
        theta: &[Interval],
        velocity: &[Interval],
    ) -> Vec<Interval> {
        let mut all = Vec::with_capacity(self.len());
        for place in &self.places {
            let boxes = place.rows.iter().map(|&i| {
                let free = question.threat.candidates.binary_search(&i).is_ok();
                if free { reach::touched(question, i) } else { reach::clean(question, i) }
            });
            match place.port {
                Port::Parameters => all.extend_from_slice(theta),
                Port::Velocity => all.extend_from_slice(velocity),
                Port::Features => {
                    let boxes: Vec<_> = boxes.map(|b| b.x).collect();
                    let features = question.network.inputs;
                    all.extend((0..features).flat_map(|j| boxes.iter().map(move |x| x[j])));
                }
                Port::Signs | Port::Classes | Port::Targets => {
                    let labels: Vec<LabelBox> = boxes.map(|b| b.label).collect();
                    let width = place.len / place.rows.len().max(1);
                    let labels = &labels;
                    all.extend((0..width).flat_map(|k| labels.iter().map(move |l| label(l, k))));
                }
                Port::Presence => all.extend(place.rows.iter().map(|i| {
                    let free = question.threat.candidates.binary_search(i).is_ok();
                    Interval { lo: if free { 0.0 } else { 1.0 }, hi: 1.0 }
                })),
            }
        }
        all
    }
}

/// Number `k` of a label: the sign, the indicator of class `k`, or target `k`.
fn label(label: &LabelBox, k: usize) -> Interval {
    let hull = |a: Interval, b: Interval| a.hull(b);
    match label {
        LabelBox::Signs(all) => {
            all.iter().map(|&y| Interval::point(y)).reduce(hull).unwrap_or(Interval::ZERO)
        }
        LabelBox::Classes(all) if !all.contains(&k) => Interval::ZERO,
        LabelBox::Classes(all) if all.len() == 1 => Interval::point(1.0),
        LabelBox::Classes(_) => Interval::UNIT,
        LabelBox::Real(y) => y.get(k).copied().unwrap_or(Interval::ZERO),
    }
}

/// The rows of the training data that some steps use, ascending, each once.
pub(super) fn rows(question: &Question, steps: std::ops::Range<usize>) -> Vec<usize> {
    let mut rows: Vec<usize> = question.training.batches[steps].iter().flatten().copied().collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// The inputs that hold the samples of one choice of the adversary.
#[derive(Debug)]
pub(super) struct Data {
    rows: Vec<usize>,
    features: Option<NodeId>,
    labels: Option<NodeId>,
    presence: Option<NodeId>,
}

/// Labels of a batch.
#[derive(Debug)]
pub(super) enum BatchLabels {
    /// As they are in the file.
    Fixed(Vec<Target>),
    /// An input: signs `[samples]`, or real targets `[outputs, samples]`.
    Free(NodeId),
    /// Indicators `[classes, samples]`.
    Indicators(NodeId),
}

/// The samples of a batch.
#[derive(Debug)]
pub(super) struct Batch {
    /// Number of samples.
    pub len: usize,
    /// Features, `[features, samples]`; none where they are fixed.
    pub features: Option<NodeId>,
    /// Features, `[samples, features]`, as in the file.
    pub fixed: Vec<f64>,
    pub labels: BatchLabels,
    /// `[samples]`, if samples may be deleted.
    pub presence: Option<NodeId>,
}

impl Data {
    pub fn new(
        question: &Question,
        rows: &[usize],
        step: Option<usize>,
        inputs: &mut Inputs,
        w: &mut Wiring,
    ) -> Self {
        let (n, threat) = (rows.len(), &question.threat);
        let outputs = question.network.outputs;
        let mut port = |port, len| inputs.add_rows(w, port, len, (rows, step));
        Data {
            rows: rows.to_vec(),
            features: threat
                .features
                .as_ref()
                .map(|_| port(Port::Features, n * question.network.inputs)),
            labels: threat.labels.as_ref().map(|threat| match threat {
                LabelThreat::Flip => port(Port::Signs, n),
                LabelThreat::Classes(_) => port(Port::Classes, n * outputs),
                LabelThreat::Real { .. } => port(Port::Targets, n * outputs),
            }),
            presence: threat.deletion.map(|_| port(Port::Presence, n)),
        }
    }

    /// The samples of a step's batch, in its order.
    pub fn batch(&self, question: &Question, step: usize, w: &mut Wiring) -> Result<Batch, Unsaid> {
        let members = &question.training.batches[step];
        let (n, all) = (members.len(), self.rows.len());
        // A batch is part of the rows that were collected from it.
        let at: Vec<usize> =
            members.iter().map(|i| self.rows.binary_search(i).unwrap_or_else(|k| k)).collect();
        let whole = at.iter().copied().eq(0..all);
        let mut of = |x: NodeId, width: usize| {
            if whole {
                return x;
            }
            let places = (0..width).flat_map(|k| at.iter().map(move |i| k * all + i));
            w.pick(x, places, vec![width, n], "batch")
        };
        let features = self.features.map(|x| of(x, question.network.inputs));
        let labels = match (self.labels, &question.threat.labels) {
            (Some(y), Some(LabelThreat::Classes(_))) => {
                BatchLabels::Indicators(of(y, question.network.outputs))
            }
            (Some(y), Some(LabelThreat::Flip)) => BatchLabels::Free(of(y, 1)),
            (Some(y), _) => BatchLabels::Free(of(y, question.network.outputs)),
            (None, _) => {
                BatchLabels::Fixed(members.iter().map(|&i| question.train.target(i)).collect())
            }
        };
        let presence = self.presence.map(|x| of(x, 1));
        let fixed = members.iter().flat_map(|&i| question.train.row(i)).collect();
        Ok(Batch { len: n, features, fixed, labels, presence })
    }
}
