//! A cover of all patterns that the first layer takes over a ball: branching on its units, with the sets of
//! literals that no point has (papers 4.5, the recursion; cubes of patterns in place of one relaxation).
//!
//! *Superset.* Every point of the ball has its pattern in one of the cubes. A node of the tree is split by a unit
//! into patterns without it and with it; a side that has all literals of a [`Core`] is empty. Whatever
//! holds on the image of every cube, holds at every point; so do bounds of the leads.

use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::cube::{Cube, Images};
use super::geometry::{Core, Geometry, Literal, Together};
use super::units::Units;
use crate::question::lattice::Lattice;

/// A node of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A cube that is not taken apart.
    Leaf,
    /// No point: it has all literals of a core.
    Dead(usize),
    /// By a unit: nodes without it and with it.
    Split(u32, usize, usize),
}

/// How far a cover is refined.
#[derive(Clone, Copy, Debug)]
pub struct Limits<'a> {
    /// Nodes of the tree.
    pub nodes: usize,
    /// A cube whose leads are all below this is not taken apart.
    pub need: i64,
    /// Ends it when it is set.
    pub cancel: Option<&'a AtomicBool>,
}

/// The tree with its cores.
#[derive(Clone, Debug)]
pub struct Cover {
    /// The root is the first.
    pub nodes: Vec<Node>,
    /// Referred to by number.
    pub cores: Vec<Core>,
    /// The cubes of the leaves, in the order of their nodes, with the largest lead that any rival may have there.
    pub cubes: Vec<(Cube, i64)>,
    /// A point of the lattice where a rival is as far ahead as was needed; it ended the search.
    pub found: Option<Vec<i64>>,
}

/// A leaf that may be taken apart.
struct Open {
    lead: i64,
    node: usize,
    cube: Cube,
    /// The sums of all units at a point that (without the lattice) lies in the cube.
    sums: Vec<f64>,
}

impl PartialEq for Open {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Open {}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Open {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        // The largest lead first, then the youngest: it is nearest to a whole pattern.
        self.lead.cmp(&other.lead).then(self.node.cmp(&other.node))
    }
}

/// Builds a cover.
struct Builder<'a> {
    geometry: &'a Geometry,
    images: &'a Images,
    size: usize,
    nodes: Vec<Node>,
    cores: Vec<Core>,
    /// The literals of each core.
    dead: Vec<Cube>,
}

impl Cover {
    /// A cover of the patterns over `points`, best first by lead.
    #[must_use]
    pub fn new(ground: &Ground, limits: &Limits<'_>) -> Self {
        let images = &ground.images;
        let size = ground.units.layers.first().map_or(0, Vec::len);
        let mut builder = Builder {
            geometry: &ground.geometry,
            images,
            size,
            nodes: vec![Node::Leaf],
            cores: Vec::new(),
            dead: Vec::new(),
        };
        builder.pairs();
        let whole = Cube::whole(size);
        let root = Open {
            lead: images.lead(&whole),
            node: 0,
            cube: whole,
            sums: ground.geometry.somewhere(),
        };
        let mut heap = BinaryHeap::from([root]);
        let mut done: Vec<Open> = Vec::new();
        let mut found = None;
        let stopped = || limits.cancel.is_some_and(|c| c.load(Ordering::Relaxed));
        while let Some(open) = heap.pop() {
            if open.lead < limits.need || builder.nodes.len() >= limits.nodes || stopped() {
                done.push(open);
                break;
            }
            match builder.choose(&open) {
                Some(unit) => heap.extend(builder.split(open, unit)),
                None => {
                    found = ground.realise(&open.cube, limits.need);
                    done.push(open);
                    if found.is_some() {
                        break;
                    }
                }
            }
        }
        done.extend(heap);
        done.sort_by_key(|open| open.node);
        let cubes = done.into_iter().map(|open| (open.cube, open.lead)).collect();
        Cover { nodes: builder.nodes, cores: builder.cores, cubes, found }
    }

    /// At most the lead of any rival at any point.
    #[must_use]
    pub fn lead(&self) -> Option<i64> {
        self.cubes.iter().map(|c| c.1).max()
    }
}

impl Builder<'_> {
    /// Pairs of literals that no point has together.
    fn pairs(&mut self) {
        for a in 0..self.size as u32 {
            for b in a + 1..self.size as u32 {
                for (x, y) in [(false, false), (false, true), (true, false), (true, true)] {
                    if let Some(core) = self.geometry.pair((a, x), (b, y)) {
                        self.core(core);
                    }
                }
            }
        }
    }

    /// A core that holds for all patterns of a cube.
    fn known(&self, cube: &Cube) -> Option<usize> {
        self.dead.iter().position(|core| cube.within(core))
    }

    /// The unit by which a cube is taken apart; nothing if all are known.
    fn choose(&self, open: &Open) -> Option<usize> {
        let mut best: Option<(i64, usize)> = None;
        for unit in (0..self.size).filter(|u| open.cube.state(*u).is_none()) {
            let gain = |on: bool| {
                let cube = open.cube.with(unit, on);
                match self.known(&cube) {
                    // Nothing is left of this side, and nothing is lost by looking.
                    Some(_) => 1 << 20,
                    None => open.lead - self.images.lead(&cube),
                }
            };
            let (off, on) = (gain(false), gain(true));
            let score = (off + 1).saturating_mul(on + 1);
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, unit));
            }
        }
        best.map(|b| b.1)
    }

    /// Takes a cube apart, and returns the sides that may have points.
    fn split(&mut self, open: Open, unit: usize) -> Vec<Open> {
        let mut sides = Vec::with_capacity(2);
        let mut ids = [0; 2];
        for on in [false, true] {
            let cube = open.cube.with(unit, on);
            let node = self.nodes.len();
            if let Some(id) = ids.get_mut(usize::from(on)) {
                *id = node;
            }
            self.nodes.push(Node::Leaf);
            match self.meet(&cube, (unit as u32, on), &open.sums) {
                Together::Never(core) => {
                    let id = self.core(core);
                    if let Some(n) = self.nodes.get_mut(node) {
                        *n = Node::Dead(id);
                    }
                }
                Together::Perhaps(sums) => {
                    sides.push(Open { lead: self.images.lead(&cube), node, cube, sums });
                }
            }
        }
        if let Some(n) = self.nodes.get_mut(open.node) {
            *n = Node::Split(unit as u32, ids[0], ids[1]);
        }
        sides
    }

    /// Whether a cube has points, where one with `sums` has all its literals but the new one.
    fn meet(&self, cube: &Cube, new: Literal, sums: &[f64]) -> Together {
        if let Some(core) = self.known(cube).and_then(|k| self.cores.get(k)) {
            return Together::Never(core.clone());
        }
        if self.geometry.has(new, sums) {
            return Together::Perhaps(sums.to_vec());
        }
        self.geometry.together(&cube.literals(), sums)
    }

    /// The number of a core.
    fn core(&mut self, core: Core) -> usize {
        if let Some(at) = self.cores.iter().position(|c| *c == core) {
            return at;
        }
        let mut cube = Cube::whole(self.size);
        for ((unit, on), _) in &core.literals {
            cube = cube.with(*unit as usize, *on);
        }
        self.cores.push(core);
        self.dead.push(cube);
        self.cores.len() - 1
    }
}

/// What a cover is made from, for one question.
#[derive(Clone, Debug)]
pub struct Ground {
    /// What is open.
    pub units: Units,
    /// The first layer over the ball.
    pub geometry: Geometry,
    /// The layers after it.
    pub images: Images,
    points: Lattice,
}

impl Ground {
    /// For units that are open over `points`.
    #[must_use]
    pub fn new(points: &Lattice, units: Units) -> Self {
        let first = units.layers.first().map_or(&[][..], Vec::as_slice);
        let geometry = Geometry::new(points, first);
        Ground { geometry, images: Images::new(&units), units, points: points.clone() }
    }

    /// A cover of the patterns.
    #[must_use]
    pub fn cover(&self, limits: &Limits<'_>) -> Cover {
        Cover::new(self, limits)
    }

    /// A point with all signs of a cube where a rival's lead is at least `need`.
    fn realise(&self, cube: &Cube, need: i64) -> Option<Vec<i64>> {
        let literals = cube.literals();
        let mut all = self.geometry.candidates(&literals);
        all.find(|k| self.points.holds(k) && self.lead(k) >= Some(need))
    }

    /// The largest lead of a rival at a point.
    #[must_use]
    pub fn lead(&self, k: &[i64]) -> Option<i64> {
        let layers = self.units.evaluate(k);
        let last = layers.last()?;
        self.units.leads.iter().map(|lead| lead.value(last)).max()
    }
}
