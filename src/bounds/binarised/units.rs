//! What a binarised network leaves open over a set of points.
//!
//! *Exact.* A [`Unit`] is 1 exactly if its sum reaches its threshold; neurons that are the same at all points are
//! folded into thresholds and constants. A neuron that may be halfway (`Sign(0) = 0`) is the sum of two units,
//! one for `sum >= r` and one for `sum >= r + 1`.

use super::LatticeError;
use crate::bounds::lattice::Ranges;
use crate::network::binarised::{Integer, Neuron, Score};
use crate::question::lattice::Lattice;

/// The open units of every hidden layer, and the leads of the rivals over the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Units {
    /// By hidden layer.
    pub layers: Vec<Vec<Unit>>,
    /// One a rival, in ascending order.
    pub leads: Vec<Lead>,
}

/// A sum that may or may not reach its threshold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its neuron, from 0.
    pub neuron: u32,
    /// Whether it is the second of a neuron's two: that the neuron is more than halfway.
    pub second: bool,
    /// Weights of the units before, or of the coordinates for the first layer; by ascending place.
    pub terms: Vec<(u32, i64)>,
    /// The least sum for which it is 1.
    pub threshold: i64,
    /// No sum is less, and this is below the threshold.
    pub low: i64,
    /// No sum is larger, and this is not below the threshold.
    pub high: i64,
}

/// By how much a rival is ahead: `sum terms + constant`, in the whole units of [`Integer::scores`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// The rival.
    pub class: usize,
    /// Weights of the units of the last layer, by ascending place.
    pub terms: Vec<(u32, i64)>,
    /// The constant.
    pub constant: i64,
}

/// The value of a neuron: `constant + sum terms`, in the steps of [`Integer::steps`].
#[derive(Clone, Debug, Default)]
struct Value {
    constant: i64,
    terms: Vec<(u32, i64)>,
}

impl Units {
    /// The open units over `points`, and the leads of `rivals` over `class`.
    ///
    /// # Errors
    /// [`LatticeError`].
    pub fn new(
        network: &Integer,
        points: &Lattice,
        (class, rivals): (usize, &[usize]),
    ) -> Result<Self, LatticeError> {
        fits(network, points)?;
        let ranges = Ranges::new(points);
        let mut layers: Vec<Vec<Unit>> = Vec::with_capacity(network.hidden.len());
        let ends = points.low.iter().zip(&points.high).enumerate();
        let mut before: Vec<Value> = ends
            .map(|(j, (low, high))| match low == high {
                true => Value { constant: *low, terms: Vec::new() },
                false => Value { constant: 0, terms: vec![(j as u32, 1)] },
            })
            .collect();
        for (layer, (neurons, step)) in network.hidden.iter().zip(&network.steps).enumerate() {
            let (mut units, mut values) = (Vec::new(), Vec::with_capacity(neurons.len()));
            for (k, n) in neurons.iter().enumerate() {
                let (terms, constant) = sum(n, &before);
                let ends = match layer {
                    0 => ranges.of(&n.plus, &n.minus).ok_or(LatticeError::Empty)?,
                    _ => over_cube(&terms, constant),
                };
                let open = Open { neuron: k as u32, terms: &terms, constant, ends };
                let mut value = Value::default();
                let halves: &[(i64, bool)] = match n.tie {
                    Some(_) => &[(0, false), (1, true)],
                    None => &[(0, false)],
                };
                let by = i64::from(*step) / halves.len() as i64;
                for (more, second) in halves {
                    match open.unit(n.threshold + more, *second) {
                        Ok(known) => value.constant += by * i64::from(known),
                        Err(unit) => {
                            value.terms.push((units.len() as u32, by));
                            units.push(unit);
                        }
                    }
                }
                values.push(value);
            }
            layers.push(units);
            before = values;
        }
        let leads = leads(network, &before, (class, rivals))?;
        Ok(Units { layers, leads })
    }

    /// The units at a point, layer by layer.
    #[must_use]
    pub fn evaluate(&self, k: &[i64]) -> Vec<Vec<bool>> {
        let mut before = k.to_vec();
        let mut all = Vec::with_capacity(self.layers.len());
        for units in &self.layers {
            let on: Vec<bool> = units.iter().map(|u| u.sum(&before) >= u.threshold).collect();
            before = on.iter().map(|x| i64::from(*x)).collect();
            all.push(on);
        }
        all
    }
}

impl Unit {
    /// The sum for values of the layer before; a place that they lack counts as 0.
    #[must_use]
    pub fn sum(&self, before: &[i64]) -> i64 {
        self.terms.iter().map(|(j, w)| w * before.get(*j as usize).copied().unwrap_or(0)).sum()
    }
}

impl Lead {
    /// The lead for units of the last layer.
    #[must_use]
    pub fn value(&self, last: &[bool]) -> i64 {
        let on = |j: &u32| last.get(*j as usize).copied().unwrap_or(false);
        self.constant + self.terms.iter().filter(|t| on(&t.0)).map(|t| t.1).sum::<i64>()
    }
}

/// A sum in whose terms constants are folded.
struct Open<'a> {
    neuron: u32,
    terms: &'a [(u32, i64)],
    constant: i64,
    /// Of the sum with its constant.
    ends: (i64, i64),
}

impl Open<'_> {
    /// Whether the sum reaches a threshold, or the unit that says so.
    fn unit(&self, threshold: i64, second: bool) -> Result<bool, Unit> {
        let (low, high) = self.ends;
        if low >= threshold || high < threshold {
            return Ok(low >= threshold);
        }
        // One common factor of all weights tells nothing.
        let factor = self.terms.iter().fold(0, |g, (_, w)| gcd(g, w.abs())).max(1);
        let down = |x: i64| (x - self.constant).div_euclid(factor);
        let up = |x: i64| -(self.constant - x).div_euclid(factor);
        Err(Unit {
            neuron: self.neuron,
            second,
            terms: self.terms.iter().map(|(j, w)| (*j, w / factor)).collect(),
            threshold: up(threshold),
            low: up(low),
            high: down(high),
        })
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn fits(network: &Integer, points: &Lattice) -> Result<(), LatticeError> {
    if network.inputs != points.low.len() {
        let (network, point) = (network.inputs, points.low.len());
        return Err(LatticeError::Length { network, point });
    }
    if network.q != points.q {
        return Err(LatticeError::Steps { network: network.q, points: points.q });
    }
    Ok(())
}

/// The sum of a neuron over the values before.
fn sum(n: &Neuron, before: &[Value]) -> (Vec<(u32, i64)>, i64) {
    let signed = [(&n.plus, 1), (&n.minus, -1)];
    let all = signed.into_iter().flat_map(|(places, by)| places.iter().map(move |j| (*j, by)));
    collect(all, before)
}

fn collect(all: impl Iterator<Item = (u32, i64)>, before: &[Value]) -> (Vec<(u32, i64)>, i64) {
    let (mut terms, mut constant) = (Vec::new(), 0);
    for (j, w) in all {
        if let Some(value) = before.get(j as usize) {
            constant += w * value.constant;
            terms.extend(value.terms.iter().map(|(k, by)| (*k, w * by)));
        }
    }
    terms.sort_unstable();
    terms.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    terms.retain(|t| t.1 != 0);
    (terms, constant)
}

/// What a sum of bits can be.
fn over_cube(terms: &[(u32, i64)], constant: i64) -> (i64, i64) {
    let of = |sign: i64| terms.iter().map(|t| (t.1 * sign).max(0) * sign).sum::<i64>() + constant;
    (of(-1), of(1))
}

fn leads(
    network: &Integer,
    last: &[Value],
    (class, rivals): (usize, &[usize]),
) -> Result<Vec<Lead>, LatticeError> {
    let classes = network.scores.len();
    let score = |c: usize| -> Result<&Score, LatticeError> {
        network.scores.get(c).ok_or(LatticeError::Class { class: c, classes })
    };
    let own = score(class)?;
    let lead = |rival: &usize| {
        let other = score(*rival)?;
        let own_terms = own.terms.iter().map(|(j, w)| (*j, -w));
        let (terms, constant) = collect(other.terms.iter().copied().chain(own_terms), last);
        Ok(Lead { class: *rival, terms, constant: constant + other.bias - own.bias })
    };
    rivals.iter().map(lead).collect()
}
