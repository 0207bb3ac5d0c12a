//! Rows over two neighbouring layers (papers 4.5, two-sided lifting).
//!
//! With `g` the sum of one unit less its threshold, or the negative of that, and `x` another unit of the same layer,
//! `g <= on x + off (1 - x)` holds with the most that `g` can be where `x` is 1, and where it is 0. Either is found cube by
//! cube of the layer before: at most `g + m h` over the cube for any multiplier `m >= 0` of what is known of `x` there,
//! `h >= 0`. For weights -1, 0 and 1 one of 0, 1 and 2 gives the exact most.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::bits::Bits;
use super::cover::{Cover, Ground};
use super::cube::{Cube, Images, Pair};
use super::facts::Facts;

/// What is known of `x` is taken so many times.
pub(super) const MULTIPLIERS: [i64; 3] = [0, 1, 2];

/// A row over two layers: about unit `unit` of layer `layer`, and the sum of unit `other` of that layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lift {
    /// The hidden layer, from 0; at least 1.
    pub layer: usize,
    /// The unit that is 0 or 1, among those of the program.
    pub unit: usize,
    /// The unit whose sum is bounded, among those of the program.
    pub other: usize,
    /// Whether the negative of the sum is bounded.
    pub negated: bool,
    /// At most the sum less the threshold, or its negative, where the unit is 1.
    pub on: i64,
    /// The same where it is 0.
    pub off: i64,
}

/// Which row.
type Key = (usize, usize, bool);

/// All rows of one layer.
#[derive(Clone, Debug)]
struct LayerLifts {
    /// The cubes of patterns of the layer before, each once.
    before: Vec<Cube>,
    /// The only cube that is looked at for all pairs: what is known of the layer before.
    known: Cube,
    /// Bounds by [`LayerLifts::known`] alone, by pair.
    loose: BTreeMap<Key, (i64, i64)>,
    /// How alike the weights of two units are: the size of their scalar product.
    alike: BTreeMap<(usize, usize), i64>,
    /// Bounds by all cubes, as far as they were asked for.
    exact: BTreeMap<Key, Option<(i64, i64)>>,
}

/// The rows that a cover gives.
#[derive(Clone, Debug)]
pub struct Lifts {
    images: Images,
    /// By hidden layer, from the second; places are those of the cover.
    layers: Vec<LayerLifts>,
    /// The units of the program in the numbers of the cover, by hidden layer.
    kept: Vec<Vec<u32>>,
}

/// Pairs a layer and round that are looked at in all cubes.
const CANDIDATES: usize = 2_000;

impl Lifts {
    /// Of a cover with its facts, for a program with the units `kept`.
    #[must_use]
    pub fn new(ground: &Ground, cover: &Cover, facts: &Facts, kept: &[Vec<u32>]) -> Self {
        let depth = ground.units.layers.len();
        let mut cubes: Vec<BTreeSet<Cube>> = vec![BTreeSet::new(); depth.saturating_sub(1)];
        for (cube, _) in &cover.cubes {
            for (all, image) in cubes.iter_mut().zip(ground.images.all(cube)) {
                all.insert(image);
            }
        }
        let layers = cubes.into_iter().zip(&facts.layers).map(|(before, facts)| {
            let mut known = Cube::whole(facts.known.len());
            for (unit, value) in facts.known.iter().enumerate() {
                known = value.map_or(known.clone(), |on| known.with(unit, on));
            }
            LayerLifts {
                before: before.into_iter().collect(),
                known,
                loose: BTreeMap::new(),
                alike: BTreeMap::new(),
                exact: BTreeMap::new(),
            }
        });
        let mut lifts =
            Lifts { images: ground.images.clone(), layers: layers.collect(), kept: kept.to_vec() };
        lifts.survey();
        lifts
    }

    /// Bounds all pairs by what is known, and measures how alike they are.
    fn survey(&mut self) {
        for (n, layer) in self.layers.iter_mut().enumerate() {
            let kept = self.kept.get(n + 1).map_or(&[][..], Vec::as_slice);
            for (i, unit) in kept.iter().enumerate() {
                for (j, other) in kept.iter().enumerate().filter(|(j, _)| *j != i) {
                    let pair = self.images.together(n + 1, *unit as usize, *other as usize);
                    let Some(pair) = pair else { continue };
                    let alike = |(a, b, places): &(i64, i64, Bits)| a * b * places.count() as i64;
                    layer.alike.insert((i, j), pair.groups.iter().map(alike).sum::<i64>().abs());
                    for negated in [false, true] {
                        let (on, off) = pair.most(&layer.known, negated);
                        if let (Some(on), Some(off)) = (on, off) {
                            layer.loose.insert((i, j, negated), (on, off));
                        }
                    }
                }
            }
        }
    }

    /// Rows that a point of the linear relaxation breaks: for each unit the one that it breaks most, if by more than
    /// `least` relative to the length of the row. `value` is that of a unit of the program by layer, `sum`
    /// that of its sum less its threshold, `length` that of its weights.
    ///
    /// The pairs that are looked at closely are those that the point breaks most, or comes nearest to breaking, as far as
    /// one cube tells, and of several the more alike.
    pub fn separate(
        &mut self,
        value: impl Fn(usize, usize) -> f64,
        sum: impl Fn(usize, usize) -> f64,
        length: impl Fn(usize, usize) -> f64,
        least: f64,
    ) -> Vec<Lift> {
        let mut out = Vec::new();
        for (n, layer) in self.layers.iter_mut().enumerate() {
            let at = n + 1;
            let broken = |(i, j, negated): Key, (on, off): (i64, i64)| {
                let x = value(at, i);
                let g = if negated { -sum(at, j) } else { sum(at, j) };
                g - on as f64 * x - off as f64 * (1.0 - x)
            };
            let mut order: Vec<(f64, i64, Key)> = Vec::with_capacity(layer.loose.len());
            for (key, bounds) in &layer.loose {
                let alike = layer.alike.get(&(key.0, key.1)).copied().unwrap_or(0);
                order.push((broken(*key, *bounds), alike, *key));
            }
            order.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
            order.truncate(CANDIDATES);
            let kept = self.kept.get(at).map_or(&[][..], Vec::as_slice);
            let mut best: BTreeMap<usize, (f64, Lift)> = BTreeMap::new();
            for (_, _, key) in order {
                let (unit, other, negated) = key;
                let found = *layer.exact.entry(key).or_insert_with(|| {
                    let (unit, other) = (*kept.get(unit)?, *kept.get(other)?);
                    let pair = self.images.together(at, unit as usize, other as usize)?;
                    pair.over(&layer.before, negated)
                });
                let Some((on, off)) = found else { continue };
                let gap = (on - off) as f64;
                let size = (length(at, other).powi(2) + gap * gap).sqrt().max(1.0);
                let by = broken(key, (on, off)) / size;
                if by > least && best.get(&unit).is_none_or(|b| by > b.0) {
                    best.insert(unit, (by, Lift { layer: at, unit, other, negated, on, off }));
                }
            }
            out.extend(best.into_values().map(|b| b.1));
        }
        out
    }
}

impl Pair {
    /// At most the other sum, or its negative, over a cube where the unit is 1 and where it is 0; nothing for a side
    /// that it has not there.
    fn most(&self, cube: &Cube, negated: bool) -> (Option<i64>, Option<i64>) {
        let counts: Vec<(i64, i64, i64, i64)> = self
            .groups
            .iter()
            .map(|(a, b, places)| (*a, *b, places.common(&cube.on), places.without(&cube.off)))
            .collect();
        // The largest `a A + b B` over the cube.
        let most = |a: i64, b: i64| {
            let part = |(v, w, sure, may): &(i64, i64, i64, i64)| {
                let c = a * v + b * w;
                if c > 0 { c * may } else { c * sure }
            };
            a * self.constants.0 + b * self.constants.1 + counts.iter().map(part).sum::<i64>()
        };
        let by = if negated { -1 } else { 1 };
        let side = |sign: i64, shift: i64| {
            // The unit has this side in the cube: `sign A + shift >= 0` somewhere.
            (most(sign, 0) + shift >= 0)
                .then(|| MULTIPLIERS.iter().map(|m| most(m * sign, by) + m * shift).min())
                .flatten()
        };
        (side(1, 0), side(-1, -1))
    }

    /// The same over several cubes; nothing if none of them has one of the sides.
    fn over(&self, cubes: &[Cube], negated: bool) -> Option<(i64, i64)> {
        let (mut on, mut off) = (None, None);
        for cube in cubes {
            let here = self.most(cube, negated);
            on = on.max(here.0);
            off = off.max(here.1);
        }
        on.zip(off)
    }
}
