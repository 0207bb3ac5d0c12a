//! A binarised network on a lattice: whole numbers throughout.

use dashu::integer::{IBig, UBig};
use dashu::rational::RBig;
use thiserror::Error;

use super::{AtZero, Binarised, Row, Unit};

/// The network for inputs `k / q`.
#[derive(Clone, Debug, PartialEq)]
pub struct Integer {
    /// Length of the input.
    pub inputs: usize,
    /// Points of the lattice in a unit.
    pub q: u32,
    /// Hidden layers in order; the first is about the `k`, the others about the neurons before.
    pub hidden: Vec<Vec<Neuron>>,
    /// What a neuron that is on counts in the layer after, one a hidden layer: 1, or 2 where a neuron may also be
    /// halfway, which then counts 1. One that is off counts 0.
    pub steps: Vec<u32>,
    /// One a class.
    pub scores: Vec<Score>,
    /// The scores of the file are these times `scale`, which is positive.
    pub scale: RBig,
}

/// On exactly if `sum plus - sum minus >= threshold`, each neuron counted as [`Integer::steps`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neuron {
    /// Places with weight 1, ascending.
    pub plus: Vec<u32>,
    /// Places with weight -1, ascending.
    pub minus: Vec<u32>,
    /// The least sum for which it is on.
    pub threshold: i64,
    /// The sum at which the file's pre-activation is 0 and its sign a third value: halfway.
    pub tie: Option<i64>,
}

/// `sum weight_j x_j + bias`, each neuron counted as [`Integer::steps`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// By ascending place.
    pub terms: Vec<(u32, i64)>,
    /// The constant.
    pub bias: i64,
}

/// What the network does at a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// Which neurons of each hidden layer are on, or halfway.
    pub patterns: Vec<Vec<bool>>,
    /// The score of each class.
    pub scores: Vec<i64>,
    /// Neurons whose pre-activation is 0 where the file gives that a third value.
    pub ties: Vec<Tie>,
}

/// A neuron at 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Hidden layer, from 0.
    pub layer: usize,
    /// Its neuron, from 0.
    pub neuron: usize,
}

/// Why a network has no integer form on a lattice.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OffLattice {
    /// Batch normalisation puts the threshold so near to a whole number that its square root would have to be
    /// known better.
    #[error("the threshold of neuron {neuron} of node {node} cannot be told from a whole number")]
    Threshold {
        /// The node that takes the sign.
        node: String,
        /// The neuron, from 0.
        neuron: usize,
    },
    /// A number beyond 2^53.
    #[error("{what} is beyond 2^53, so that doubles of a solver could not hold it")]
    Large {
        /// What.
        what: String,
    },
}

/// Whole numbers that doubles hold exactly.
const LARGEST: i64 = 1 << 53;

/// The most that a neuron counts.
const LONGEST_STEP: i64 = 2;

impl Binarised {
    /// The network for inputs `k / q`.
    ///
    /// # Errors
    /// [`OffLattice`].
    pub fn on_lattice(&self, q: u32) -> Result<Integer, OffLattice> {
        let (mut hidden, mut steps) = (Vec::with_capacity(self.hidden.len()), Vec::new());
        for units in &self.hidden {
            let factor = RBig::from(steps.last().copied().unwrap_or(q));
            let neuron = |(k, u)| on_lattice(u, k, &factor);
            let neurons = units.iter().enumerate().map(neuron).collect::<Result<Vec<_>, _>>()?;
            let third = neurons.iter().any(|n: &Neuron| n.tie.is_some());
            steps.push(if third { 2 } else { 1 });
            hidden.push(neurons);
        }
        // One factor makes all weights and biases whole.
        let step = RBig::from(steps.last().copied().unwrap_or(1));
        let numbers = || {
            let of =
                |s: &Row| s.terms.iter().map(|t| &t.1 / &step).chain([s.bias.clone()]).collect();
            self.scores.iter().flat_map::<Vec<RBig>, _>(of)
        };
        let common = numbers().fold(UBig::ONE, |all, x| lcm(&all, x.denominator()));
        let common = RBig::from(common);
        let whole = |x: RBig| small(&(x * &common).trunc(), "a score");
        let scores = self.scores.iter().map(|s| {
            let terms = s.terms.iter().map(|(k, w)| Ok((*k, whole(w / &step)?)));
            let terms: Vec<(u32, i64)> = terms.collect::<Result<_, OffLattice>>()?;
            let bias = whole(s.bias.clone())?;
            // Differences of two scores, with what is added to them, stay far from what overflows.
            let sizes = terms.iter().map(|t| i128::from(t.1).abs() * i128::from(LONGEST_STEP));
            if sizes.sum::<i128>() + i128::from(bias).abs() > i128::from(LARGEST / 4) {
                return Err(OffLattice::Large { what: "a score with all its weights".to_owned() });
            }
            Ok(Score { terms, bias })
        });
        let scores = scores.collect::<Result<_, OffLattice>>()?;
        Ok(Integer { inputs: self.inputs, q, hidden, steps, scores, scale: RBig::ONE / common })
    }
}

fn on_lattice(unit: &Unit, neuron: usize, factor: &RBig) -> Result<Neuron, OffLattice> {
    let (lo, hi) = (&unit.theta.0 * factor, &unit.theta.1 * factor);
    let least = lo.ceil();
    let exact = lo == hi;
    let whole = RBig::from(least.clone());
    // A whole number between both: on which side of it the threshold lies is not known.
    if !exact && whole <= hi {
        return Err(OffLattice::Threshold { node: unit.origin.clone(), neuron });
    }
    let at = small(&least, "a threshold")?;
    let met = exact && whole == lo;
    let (threshold, tie) = match (met, unit.at) {
        (true, AtZero::Below) => (at + 1, None),
        (true, AtZero::Neither) => (at, Some(at)),
        (true, AtZero::Above) | (false, _) => (at, None),
    };
    Ok(Neuron { plus: unit.plus.clone(), minus: unit.minus.clone(), threshold, tie })
}

fn small(x: &IBig, what: &str) -> Result<i64, OffLattice> {
    let large = || OffLattice::Large { what: what.to_owned() };
    i64::try_from(x).ok().filter(|x| x.abs() <= LARGEST).ok_or_else(large)
}

fn lcm(a: &UBig, b: &UBig) -> UBig {
    use dashu::base::Gcd as _;
    a / a.gcd(b) * b
}

impl Neuron {
    /// The sum that is compared with the threshold.
    fn sum(&self, of: impl Fn(u32) -> i64) -> i64 {
        let all = |places: &[u32]| places.iter().map(|j| of(*j)).sum::<i64>();
        all(&self.plus) - all(&self.minus)
    }
}

impl Integer {
    /// What the network does at `k / q`. A place that `k` lacks counts as 0.
    #[must_use]
    pub fn evaluate(&self, k: &[i64]) -> Evaluation {
        let mut patterns = Vec::with_capacity(self.hidden.len());
        let mut ties = Vec::new();
        let mut before = k.to_vec();
        for (layer, (neurons, step)) in self.hidden.iter().zip(&self.steps).enumerate() {
            let of = |j: u32| before.get(j as usize).copied().unwrap_or(0);
            let (mut pattern, mut values) = (Vec::new(), Vec::new());
            for (neuron, n) in neurons.iter().enumerate() {
                let sum = n.sum(of);
                let halfway = n.tie == Some(sum);
                if halfway {
                    ties.push(Tie { layer, neuron });
                }
                let on = sum >= n.threshold;
                pattern.push(on);
                values.push(if halfway { 1 } else { i64::from(on) * i64::from(*step) });
            }
            patterns.push(pattern);
            before = values;
        }
        let of = |j: u32| before.get(j as usize).copied().unwrap_or(0);
        let score = |s: &Score| s.terms.iter().map(|(j, w)| w * of(*j)).sum::<i64>() + s.bias;
        Evaluation { scores: self.scores.iter().map(score).collect(), patterns, ties }
    }
}
