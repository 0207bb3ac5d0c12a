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
    /// Threads that look for the next splits; the tree is the same for any number.
    pub threads: usize,
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

/// How a cube is taken apart.
struct Split {
    unit: usize,
    /// Without it and with it.
    sides: [Side; 2],
}

/// One side of it.
struct Side {
    cube: Cube,
    lead: i64,
    together: Together,
}

/// Cubes that are looked at before any of them is taken apart.
const BATCH: usize = 16;

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
        while builder.nodes.len() < limits.nodes && !stopped() && found.is_none() {
            let wanted = |open: &Open| open.lead >= limits.need;
            let room = (limits.nodes - builder.nodes.len()).div_ceil(2).min(BATCH);
            let mut batch = Vec::with_capacity(room);
            while batch.len() < room && heap.peek().is_some_and(wanted) {
                batch.extend(heap.pop());
            }
            if batch.is_empty() {
                break;
            }
            let looked = builder.look_all(&batch, limits.threads);
            for (open, looked) in batch.into_iter().zip(looked) {
                match looked {
                    Some(split) => heap.extend(builder.split(&open, split)),
                    None => {
                        found = found.or_else(|| ground.realise(&open.cube, limits.need));
                        done.push(open);
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

    /// How cubes are taken apart, one after the other or shared out among threads: the same for any number of them.
    fn look_all(&self, batch: &[Open], threads: usize) -> Vec<Option<Split>> {
        let share = batch.len().div_ceil(threads.max(1)).max(1);
        if batch.len() < 4 || share == batch.len() {
            return batch.iter().map(|open| self.look(open)).collect();
        }
        std::thread::scope(|scope| {
            let all: Vec<_> = batch
                .chunks(share)
                .map(|part| {
                    scope.spawn(|| part.iter().map(|open| self.look(open)).collect::<Vec<_>>())
                })
                .collect();
            let mut out = Vec::with_capacity(batch.len());
            for (thread, part) in all.into_iter().zip(batch.chunks(share)) {
                // A thread that ended badly has looked at nothing.
                let alone = |_| part.iter().map(|open| self.look(open)).collect();
                out.extend(thread.join().unwrap_or_else(alone));
            }
            out
        })
    }

    /// How a cube is taken apart; nothing if all its units are known.
    fn look(&self, open: &Open) -> Option<Split> {
        let dead = self.forbidden(&open.cube);
        let mut best: Option<(i64, usize)> = None;
        for unit in (0..self.size).filter(|u| open.cube.state(*u).is_none()) {
            let gain = |on: bool| {
                let side = if on { &dead.on } else { &dead.off };
                if side.has(unit) {
                    // Nothing is left of this side, and nothing is lost by looking.
                    return 1 << 20;
                }
                open.lead - self.images.lead(&open.cube.with(unit, on))
            };
            let (off, on) = (gain(false), gain(true));
            let score = (off + 1).saturating_mul(on + 1);
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, unit));
            }
        }
        let unit = best?.1;
        let side = |on: bool| {
            let cube = open.cube.with(unit, on);
            let together = self.meet(&cube, (unit as u32, on), &open.sums);
            Side { lead: self.images.lead(&cube), cube, together }
        };
        Some(Split { unit, sides: [side(false), side(true)] })
    }

    /// Literals that no pattern of a cube has, because a core has no other that is open.
    fn forbidden(&self, cube: &Cube) -> Cube {
        let mut dead = Cube::whole(self.size);
        for core in &self.dead {
            let (on, off) = (core.on.minus(&cube.on), core.off.minus(&cube.off));
            if on.count() + off.count() == 1 {
                // Of a core that has the opposite of a known literal this is no news, and does no harm.
                dead.on.join(&on);
                dead.off.join(&off);
            }
        }
        dead
    }

    /// Takes a cube apart, and returns the sides that may have points.
    fn split(&mut self, open: &Open, split: Split) -> Vec<Open> {
        let mut out = Vec::with_capacity(2);
        let first = self.nodes.len();
        for (side, node) in split.sides.into_iter().zip(first..) {
            match side.together {
                Together::Never(core) => {
                    let core = self.core(core);
                    self.nodes.push(Node::Dead(core));
                }
                Together::Perhaps(sums) => {
                    self.nodes.push(Node::Leaf);
                    out.push(Open { lead: side.lead, node, cube: side.cube, sums });
                }
            }
        }
        if let Some(n) = self.nodes.get_mut(open.node) {
            *n = Node::Split(split.unit as u32, first, first + 1);
        }
        out
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
