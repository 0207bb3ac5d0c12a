//! Patterns of which some units are known, and what the layers behind make of them.

use super::bits::Bits;
use super::geometry::Literal;
use super::units::{Unit, Units};

/// A set of patterns of one layer: those that have all of `on` and none of `off`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cube {
    /// Units that are 1.
    pub on: Bits,
    /// Units that are 0.
    pub off: Bits,
}

impl Cube {
    /// All patterns of `size` units.
    #[must_use]
    pub fn whole(size: usize) -> Self {
        Cube { on: Bits::none(size), off: Bits::none(size) }
    }

    /// What is known of a unit.
    #[must_use]
    pub fn state(&self, unit: usize) -> Option<bool> {
        match (self.on.has(unit), self.off.has(unit)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            (false, false) => None,
        }
    }

    /// What is known, those that are 1 first.
    #[must_use]
    pub fn literals(&self) -> Vec<Literal> {
        let on = self.on.iter().map(|u| (u as u32, true));
        on.chain(self.off.iter().map(|u| (u as u32, false))).collect()
    }

    /// Those of its patterns that have a literal.
    #[must_use]
    pub fn with(&self, unit: usize, on: bool) -> Self {
        let mut cube = self.clone();
        if on {
            cube.on.add(unit)
        } else {
            cube.off.add(unit)
        }
        cube
    }

    /// Whether all its patterns are among those of another.
    #[must_use]
    pub fn within(&self, other: &Cube) -> bool {
        other.on.within(&self.on) && other.off.within(&self.off)
    }
}

/// A sum over the units of the layer before, by its weights.
#[derive(Clone, Debug)]
struct Sum {
    weights: Vec<(i64, Bits)>,
    constant: i64,
}

impl Sum {
    fn new(terms: &[(u32, i64)], constant: i64, size: usize) -> Self {
        let mut weights: Vec<(i64, Bits)> = Vec::new();
        for (j, w) in terms {
            let at = weights.iter().position(|t| t.0 == *w).unwrap_or_else(|| {
                weights.push((*w, Bits::none(size)));
                weights.len() - 1
            });
            if let Some(group) = weights.get_mut(at) {
                group.1.add(*j as usize);
            }
        }
        Sum { weights, constant }
    }

    /// The least and the largest value over a cube.
    fn range(&self, cube: &Cube) -> (i64, i64) {
        let (mut low, mut high) = (self.constant, self.constant);
        for (w, units) in &self.weights {
            let (sure, open) = (w * units.common(&cube.on), w * units.without(&cube.off));
            low += sure.min(open);
            high += sure.max(open);
        }
        (low, high)
    }
}

/// Two sums over the layer before, by groups of places that have the same weights in both.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The weights in the first and in the second, and their places.
    pub groups: Vec<(i64, i64, Bits)>,
    /// Their constants.
    pub constants: (i64, i64),
}

/// The layers after the first, ready to be evaluated on cubes.
#[derive(Clone, Debug)]
pub struct Images {
    /// Sums less their thresholds; by layer, from the second.
    layers: Vec<Vec<Sum>>,
    leads: Vec<Sum>,
}

impl Images {
    /// Of what is open of a network.
    #[must_use]
    pub fn new(units: &Units) -> Self {
        let sum = |u: &Unit, size: usize| Sum::new(&u.terms, -u.threshold, size);
        let pairs = units.layers.iter().zip(units.layers.iter().skip(1));
        let layers = pairs
            .map(|(before, here)| here.iter().map(|u| sum(u, before.len())).collect())
            .collect();
        let last = units.layers.last().map_or(0, Vec::len);
        let leads = units.leads.iter().map(|l| Sum::new(&l.terms, l.constant, last)).collect();
        Images { layers, leads }
    }

    /// The cube of layer `layer + 1` (from 0) that holds the images of a cube of layer `layer`.
    #[must_use]
    pub fn next(&self, layer: usize, cube: &Cube) -> Cube {
        let sums = self.layers.get(layer).map_or(&[][..], Vec::as_slice);
        let mut image = Cube::whole(sums.len());
        for (unit, sum) in sums.iter().enumerate() {
            let (low, high) = sum.range(cube);
            if low >= 0 {
                image.on.add(unit);
            } else if high < 0 {
                image.off.add(unit);
            }
        }
        image
    }

    /// The images of a cube of the first layer in all layers, itself the first.
    #[must_use]
    pub fn all(&self, cube: &Cube) -> Vec<Cube> {
        let mut all = vec![cube.clone()];
        for layer in 0..self.layers.len() {
            let next = all.last().map(|c| self.next(layer, c)).unwrap_or_default();
            all.push(next);
        }
        all
    }

    /// At most the lead of each rival, over a cube of the last layer.
    pub fn leads<'a>(&'a self, last: &'a Cube) -> impl Iterator<Item = i64> + 'a {
        self.leads.iter().map(|lead| lead.range(last).1)
    }

    /// At most the lead of any rival, over a cube of the first layer.
    #[must_use]
    pub fn lead(&self, cube: &Cube) -> i64 {
        let mut image = None;
        for layer in 0..self.layers.len() {
            image = Some(self.next(layer, image.as_ref().unwrap_or(cube)));
        }
        self.leads(image.as_ref().unwrap_or(cube)).max().unwrap_or(i64::MIN)
    }

    /// Whether two literals of a layer from the second ask for more of the sum of their rows than a cube of the
    /// layer before has: papers 4.5, the pair test in closed form. Where all weights are -1 and 1 and each literal
    /// alone may hold, they go together if this does not say otherwise.
    #[must_use]
    pub fn clash(&self, layer: usize, (a, b): (Literal, Literal), before: &Cube) -> bool {
        let Some(sums) = layer.checked_sub(1).and_then(|l| self.layers.get(l)) else {
            return false;
        };
        let (Some(x), Some(y)) = (sums.get(a.0 as usize), sums.get(b.0 as usize)) else {
            return false;
        };
        // Both rows as `sum >= 0`.
        let by = |on: bool| if on { 1 } else { -1 };
        let shift = |on: bool| if on { 0 } else { -1 };
        let mut most = by(a.1) * x.constant + by(b.1) * y.constant + shift(a.1) + shift(b.1);
        // Each pair of weights has units of its own.
        let mut left =
            |v: &[(i64, Bits)], sign: i64, other: &[(i64, Bits)], their: i64, both: bool| {
                for (w, units) in v {
                    let mut alone = units.clone();
                    for (u, theirs) in other {
                        let common = units.and(theirs);
                        alone = alone.minus(theirs);
                        if both {
                            let c = sign * w + their * u;
                            most += c.max(0) * common.without(&before.off)
                                + c.min(0) * common.common(&before.on);
                        }
                    }
                    let c = sign * w;
                    most +=
                        c.max(0) * alone.without(&before.off) + c.min(0) * alone.common(&before.on);
                }
            };
        left(&x.weights, by(a.1), &y.weights, by(b.1), true);
        left(&y.weights, by(b.1), &x.weights, by(a.1), false);
        most < 0
    }

    /// The sums of two units of a layer from the second, each less its threshold, by groups of places of the layer
    /// before that have the same weights in both.
    #[must_use]
    pub fn together(&self, layer: usize, unit: usize, other: usize) -> Option<Pair> {
        let sums = self.layers.get(layer.checked_sub(1)?)?;
        let (x, y) = (sums.get(unit)?, sums.get(other)?);
        let mut groups = Vec::new();
        for (a, places) in &x.weights {
            let mut alone = places.clone();
            for (b, theirs) in &y.weights {
                groups.push((*a, *b, places.and(theirs)));
                alone = alone.minus(theirs);
            }
            groups.push((*a, 0, alone));
        }
        for (b, places) in &y.weights {
            let alone = x.weights.iter().fold(places.clone(), |left, (_, mine)| left.minus(mine));
            groups.push((0, *b, alone));
        }
        groups.retain(|g| g.2.count() > 0);
        Some(Pair { groups, constants: (x.constant, y.constant) })
    }

    /// What the sum of a unit of a layer from the second, less its threshold, can be over a cube of the layer
    /// before.
    #[must_use]
    pub fn range(&self, layer: usize, unit: usize, before: &Cube) -> Option<(i64, i64)> {
        let sums = self.layers.get(layer.checked_sub(1)?)?;
        Some(sums.get(unit)?.range(before))
    }
}
