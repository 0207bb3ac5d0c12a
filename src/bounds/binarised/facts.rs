//! What holds for the patterns of every layer, by the images of a cover's cubes (papers 4.5).
//!
//! The recursion: every pattern of a layer is the image of a pattern in one of the cubes of the layer before, so what
//! holds for the image of each cube holds for all. No problem about two layers is ever posed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::cover::{Cover, Ground};
use super::cube::Cube;
use super::geometry::{Core, Literal};
use super::units::Unit;

/// What holds for the units of one layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerFacts {
    /// A unit that is the same in every pattern.
    pub known: Vec<Option<bool>>,
    /// The least and the largest sum of each unit of a layer from the second.
    pub ranges: Vec<Option<(i64, i64)>>,
    /// Sets of literals of units that are not known, of which no pattern has two; ascending.
    pub cliques: Vec<Vec<Literal>>,
}

/// What holds for the network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// By hidden layer.
    pub layers: Vec<LayerFacts>,
    /// At most the lead of each rival; nothing if there is no point.
    pub leads: Vec<Option<i64>>,
}

/// What has been seen of a layer so far.
struct Seen {
    size: usize,
    /// Whether some pattern may have a literal, at `2 unit + on`.
    may: Vec<bool>,
    /// Pairs of literals that no cube so far has together.
    apart: Vec<(Literal, Literal)>,
    ranges: Vec<Option<(i64, i64)>>,
}

impl Seen {
    fn new(size: usize) -> Self {
        let mut apart = Vec::new();
        for a in 0..size as u32 {
            for b in a + 1..size as u32 {
                for (x, y) in [(false, false), (false, true), (true, false), (true, true)] {
                    apart.push(((a, x), (b, y)));
                }
            }
        }
        Seen { size, may: vec![false; 2 * size], apart, ranges: vec![None; size] }
    }

    /// Takes note of a cube; `clash` may know that two literals which both may hold do not go together.
    fn see(&mut self, cube: &Cube, clash: impl Fn(Literal, Literal) -> bool) {
        let may = |(unit, on): Literal| cube.state(unit as usize).is_none_or(|state| state == on);
        for unit in 0..self.size {
            for on in [false, true] {
                if let Some(entry) = self.may.get_mut(2 * unit + usize::from(on)) {
                    *entry |= may((unit as u32, on));
                }
            }
        }
        self.apart.retain(|(a, b)| !may(*a) || !may(*b) || clash(*a, *b));
    }

    fn facts(self) -> LayerFacts {
        let may = |(unit, on): Literal| {
            self.may.get(2 * unit as usize + usize::from(on)).copied().unwrap_or(true)
        };
        let known = |unit: u32| match (may((unit, false)), may((unit, true))) {
            (false, true) => Some(true),
            (true, false) => Some(false),
            (true, true) | (false, false) => None,
        };
        let known: Vec<Option<bool>> = (0..self.size as u32).map(known).collect();
        let open = |(unit, _): &Literal| known.get(*unit as usize).is_some_and(Option::is_none);
        let pairs = self.apart.iter().copied().filter(|(a, b)| open(a) && open(b)).collect();
        LayerFacts { cliques: cliques(&pairs), ranges: self.ranges, known }
    }
}

impl Facts {
    /// What holds of the leads for all cubes of a cover, and nothing of the units.
    #[must_use]
    pub fn leads(ground: &Ground, cover: &Cover) -> Self {
        let mut leads: Vec<Option<i64>> = vec![None; ground.units.leads.len()];
        for (cube, _) in &cover.cubes {
            if let Some(last) = ground.images.all(cube).last() {
                for (most, lead) in leads.iter_mut().zip(ground.images.leads(last)) {
                    *most = Some(most.map_or(lead, |m| m.max(lead)));
                }
            }
        }
        let nothing = |units: &Vec<Unit>| LayerFacts {
            known: vec![None; units.len()],
            ranges: vec![None; units.len()],
            cliques: Vec::new(),
        };
        Facts { layers: ground.units.layers.iter().map(nothing).collect(), leads }
    }

    /// What holds for all cubes of a cover.
    #[must_use]
    pub fn of(ground: &Ground, cover: &Cover) -> Self {
        let mut seen: Vec<Seen> =
            ground.units.layers.iter().map(|units| Seen::new(units.len())).collect();
        let pair = |core: &Core| match core.literals[..] {
            [(a, _), (b, _)] => Some((a, b)),
            _ => None,
        };
        let pairs: BTreeSet<(Literal, Literal)> = cover.cores.iter().filter_map(pair).collect();
        let mut leads: Vec<Option<i64>> = vec![None; ground.units.leads.len()];
        for (cube, _) in &cover.cubes {
            let images = ground.images.all(cube);
            for (layer, (image, seen)) in images.iter().zip(&mut seen).enumerate() {
                let before = layer.checked_sub(1).and_then(|l| images.get(l));
                match before {
                    None => seen.see(image, |a, b| pairs.contains(&(a, b))),
                    Some(before) => {
                        for (unit, range) in seen.ranges.iter_mut().enumerate() {
                            let here = ground.images.range(layer, unit, before);
                            *range = match (*range, here) {
                                (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
                                (old, new) => old.or(new),
                            };
                        }
                        seen.see(image, |a, b| ground.images.clash(layer, (a, b), before));
                    }
                }
            }
            if let Some(last) = images.last() {
                for (most, lead) in leads.iter_mut().zip(ground.images.leads(last)) {
                    *most = Some(most.map_or(lead, |m| m.max(lead)));
                }
            }
        }
        let layers: Vec<LayerFacts> = seen.into_iter().map(Seen::facts).collect();
        Facts { layers, leads }
    }
}

/// Sets of literals that are pairwise in conflict and have all given pairs among them.
fn cliques(pairs: &BTreeSet<(Literal, Literal)>) -> Vec<Vec<Literal>> {
    let all: BTreeSet<Literal> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let apart = |a: Literal, b: Literal| pairs.contains(&(a.min(b), a.max(b)));
    let mut done: BTreeSet<(Literal, Literal)> = BTreeSet::new();
    let mut out = Vec::new();
    for (a, b) in pairs {
        if done.contains(&(*a, *b)) {
            continue;
        }
        let mut clique = vec![*a, *b];
        for c in &all {
            if clique.iter().all(|d| apart(*c, *d)) {
                clique.push(*c);
            }
        }
        clique.sort_unstable();
        for (n, c) in clique.iter().enumerate() {
            done.extend(clique.iter().skip(n + 1).map(|d| (*c, *d)));
        }
        out.push(clique);
    }
    out
}
