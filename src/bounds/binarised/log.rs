//! What a cover proves, written down so that somebody else can check it.
//!
//! The checker shares nothing with the search but the units: it has plain sums where that has sets of bits, and
//! tries every value of a coordinate where that uses that costs are convex.

use serde::{Deserialize, Serialize};

use super::cover::{Cover, Node};
use super::facts::Facts;
use super::geometry::{Core, Literal};
use super::grid::{Grid, WholeBall};
use super::lifts::{Lift, MULTIPLIERS};
use super::units::{Unit, Units};
use crate::question::lattice::{Lattice, Norm};

/// The tree of a cover with the facts that follow from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Sets of literals of the first layer that no point has together.
    pub cores: Vec<Core>,
    /// The nodes of the tree, parents before children and the side without the unit first: a unit that
    /// splits, `-1` for a cube, `-2 - k` for an empty side that has all literals of core `k`.
    pub tree: Vec<i64>,
    /// What holds for all cubes.
    pub facts: Facts,
}

impl Log {
    /// Of a cover and its facts.
    #[must_use]
    pub fn new(cover: Cover, facts: Facts) -> Self {
        let mut tree = Vec::with_capacity(cover.nodes.len());
        let mut rest = vec![0];
        while let Some(node) = rest.pop() {
            tree.push(match cover.nodes.get(node) {
                Some(Node::Split(unit, off, on)) => {
                    rest.extend([*on, *off]);
                    i64::from(*unit)
                }
                Some(Node::Dead(core)) => -2 - *core as i64,
                Some(Node::Leaf) | None => -1,
            });
        }
        Log { cores: cover.cores, tree, facts }
    }

    /// Checks all of it for the units that are open over `points`.
    ///
    /// # Errors
    /// What does not hold, in words.
    pub fn check(&self, units: &Units, points: &Lattice) -> Result<(), String> {
        let first = units.layers.first().ok_or("there is no hidden layer")?;
        let grid = Grid::new(points);
        for (k, core) in self.cores.iter().enumerate() {
            let short = short(first, &grid, core);
            if short != Some(true) {
                return Err(format!("the literals of core {k} may hold together"));
            }
        }
        self.shapes(units)?;
        self.walk(first.len(), &mut |state| self.leaf(units, state))
    }

    /// Checks rows over two layers for the units that are open; `kept` are the units that they speak of.
    ///
    /// # Errors
    /// What does not hold, in words.
    pub fn check_lifts(
        &self,
        units: &Units,
        kept: &[Vec<u32>],
        lifts: &[Lift],
    ) -> Result<(), String> {
        if lifts.is_empty() {
            return Ok(());
        }
        let sides = lifts.iter().enumerate().map(|(k, lift)| {
            Sides::new(units, kept, lift)
                .ok_or_else(|| format!("lifted row {k} speaks of a unit that does not exist"))
        });
        let sides: Vec<Sides> = sides.collect::<Result<_, _>>()?;
        let size = units.layers.first().map_or(0, Vec::len);
        self.walk(size, &mut |first| {
            let mut states = vec![first.to_vec()];
            for here in units.layers.iter().skip(1) {
                let before = states.last().map_or(&[][..], Vec::as_slice);
                let state = |unit: &Unit| {
                    let (low, high) = ends(&unit.terms, -unit.threshold, before);
                    (low >= 0).then_some(true).or((high < 0).then_some(false))
                };
                let next = here.iter().map(state).collect();
                states.push(next);
            }
            let wrong = sides.iter().position(|s| !s.hold(&states));
            wrong.map_or(Ok(()), |k| Err(format!("lifted row {k} may be broken")))
        })
    }

    /// Visits every cube of the tree, with what is known there of the units of the first layer.
    fn walk(&self, size: usize, leaf: Visit<'_>) -> Result<(), String> {
        let mut state: Vec<Option<bool>> = vec![None; size];
        // Units that are to be set, or to be forgotten, and nodes to be visited.
        let mut rest = vec![Step::Visit];
        let mut nodes = self.tree.iter();
        let mut count = 0;
        while let Some(step) = rest.pop() {
            match step {
                Step::Set(unit, to) => *state.get_mut(unit).ok_or("a unit does not exist")? = to,
                Step::Visit => {
                    let node = *nodes.next().ok_or("the tree is cut off")?;
                    if let Ok(unit) = usize::try_from(node) {
                        if state.get(unit) != Some(&None) {
                            return Err(format!("node {count} splits by a unit that is known"));
                        }
                        rest.push(Step::Set(unit, None));
                        rest.extend([Step::Visit, Step::Set(unit, Some(true))]);
                        rest.extend([Step::Visit, Step::Set(unit, Some(false))]);
                    } else if node == -1 {
                        leaf(&state).map_err(|why| format!("cube {count}: {why}"))?;
                    } else {
                        let core = usize::try_from(-2 - node).ok().and_then(|k| self.cores.get(k));
                        let core = core.ok_or_else(|| format!("node {count} has no core"))?;
                        let has = |((unit, on), _): &(Literal, i64)| {
                            state.get(*unit as usize) == Some(&Some(*on))
                        };
                        if !core.literals.iter().all(has) {
                            return Err(format!("node {count} lacks a literal of its core"));
                        }
                    }
                    count += 1;
                }
            }
        }
        if nodes.next().is_some() { Err("nodes are left over".to_owned()) } else { Ok(()) }
    }

    /// Whether facts are given for all units and about units that there are.
    fn shapes(&self, units: &Units) -> Result<(), String> {
        let wrong = |what: &str| Err(format!("the facts have another number of {what}"));
        if self.facts.layers.len() != units.layers.len() {
            return wrong("layers");
        }
        if self.facts.leads.len() != units.leads.len() {
            return wrong("rivals");
        }
        for (layer, units) in self.facts.layers.iter().zip(&units.layers) {
            if layer.known.len() != units.len() || layer.ranges.len() != units.len() {
                return wrong("units");
            }
            let known =
                |(unit, _): &Literal| !matches!(layer.known.get(*unit as usize), Some(None));
            if layer.cliques.iter().flatten().any(known) {
                return Err("a clique speaks of a unit that is known".to_owned());
            }
            let falling =
                |set: &Vec<Literal>| set.windows(2).any(|w| matches!(w, [a, b] if a >= b));
            if layer.cliques.iter().any(falling) {
                return Err("the literals of a clique do not ascend".to_owned());
            }
        }
        Ok(())
    }

    /// Whether the facts hold for the patterns of a cube.
    fn leaf(&self, units: &Units, first: &[Option<bool>]) -> Result<(), String> {
        let mut before: Vec<Option<bool>> = Vec::new();
        for (n, (here, facts)) in units.layers.iter().zip(&self.facts.layers).enumerate() {
            let mut state = first.to_vec();
            if n > 0 {
                state.clear();
                for (unit, range) in here.iter().zip(&facts.ranges) {
                    let (low, high) = ends(&unit.terms, -unit.threshold, &before);
                    if range.is_some_and(|(a, b)| low < a || high > b) {
                        return Err(format!("a sum of layer {} leaves its range", n + 1));
                    }
                    state.push((low >= 0).then_some(true).or((high < 0).then_some(false)));
                }
            } else if facts.ranges.iter().any(Option::is_some) {
                return Err("a sum of the first layer is given a range".to_owned());
            }
            let differs =
                |(s, known): (&Option<bool>, &Option<bool>)| known.is_some() && s != known;
            if state.iter().zip(&facts.known).any(differs) {
                return Err(format!("a unit of layer {} is not what it is said to be", n + 1));
            }
            let may = |(unit, on): &Literal| {
                state.get(*unit as usize).is_none_or(|s| s.is_none_or(|s| s == *on))
            };
            for clique in &facts.cliques {
                let left: Vec<Literal> = clique.iter().copied().filter(may).collect();
                for (k, a) in left.iter().enumerate() {
                    for b in left.iter().skip(k + 1) {
                        if !self.apart(n, (*a, *b), here, &before) {
                            return Err(format!("two of a clique of layer {} may hold", n + 1));
                        }
                    }
                }
            }
            before = state;
        }
        for (lead, most) in units.leads.iter().zip(&self.facts.leads) {
            let high = ends(&lead.terms, lead.constant, &before).1;
            if most.is_none_or(|most| high > most) {
                return Err(format!("class {} may be further ahead", lead.class));
            }
        }
        Ok(())
    }

    /// Whether two literals that both may hold cannot hold together.
    fn apart(
        &self,
        layer: usize,
        (a, b): (Literal, Literal),
        here: &[Unit],
        before: &[Option<bool>],
    ) -> bool {
        if layer == 0 {
            let pair =
                |core: &Core| matches!(core.literals[..], [(x, _), (y, _)] if (x, y) == (a, b));
            return self.cores.iter().any(pair);
        }
        let mut terms: Vec<(u32, i64)> = Vec::new();
        let mut constant = 0;
        for (unit, on) in [a, b] {
            let Some(u) = here.get(unit as usize) else { return false };
            let by = if on { 1 } else { -1 };
            constant += if on { -u.threshold } else { u.threshold - 1 };
            terms.extend(u.terms.iter().map(|(j, w)| (*j, by * w)));
        }
        ends(&merged(terms), constant, before).1 < 0
    }
}

/// Terms by place, each once.
fn merged(mut terms: Vec<(u32, i64)>) -> Vec<(u32, i64)> {
    terms.sort_unstable();
    let mut sums: Vec<(u32, i64)> = Vec::with_capacity(terms.len());
    for (j, w) in terms {
        match sums.last_mut() {
            Some(last) if last.0 == j => last.1 += w,
            _ => sums.push((j, w)),
        }
    }
    sums
}

/// Both sides of a row over two layers.
struct Sides {
    /// The layer before.
    before: usize,
    sides: [Side; 2],
    /// The unit, in its layer.
    unit: usize,
}

/// One of them.
struct Side {
    /// Whether it is that of the unit being 1.
    on: bool,
    /// What the row says.
    most: i64,
    /// Sums with their constants, none of which is less than what the row bounds.
    sums: Vec<(Vec<(u32, i64)>, i64)>,
}

impl Sides {
    fn new(units: &Units, kept: &[Vec<u32>], lift: &Lift) -> Option<Self> {
        let before = lift.layer.checked_sub(1)?;
        let number = |place: usize| Some(*kept.get(lift.layer)?.get(place)? as usize);
        let (unit, other) = (number(lift.unit)?, number(lift.other)?);
        let layer = units.layers.get(lift.layer)?;
        let (x, y) = (layer.get(unit)?, layer.get(other)?);
        let by = if lift.negated { -1 } else { 1 };
        let side = |on: bool| {
            let (sign, shift) = if on { (1, -x.threshold) } else { (-1, x.threshold - 1) };
            let sum = |m: &i64| {
                let mine = x.terms.iter().map(|(j, w)| (*j, m * sign * w));
                let terms = mine.chain(y.terms.iter().map(|(j, w)| (*j, by * w)));
                (merged(terms.collect()), m * shift - by * y.threshold)
            };
            let most = if on { lift.on } else { lift.off };
            Side { on, most, sums: MULTIPLIERS.iter().map(sum).collect() }
        };
        Some(Sides { before, sides: [side(true), side(false)], unit })
    }

    /// Whether the row holds in a cube, given by its states in all layers.
    fn hold(&self, states: &[Vec<Option<bool>>]) -> bool {
        let at = |layer: usize| states.get(layer).map_or(&[][..], Vec::as_slice);
        let here = at(self.before + 1).get(self.unit).copied().flatten();
        self.sides.iter().all(|s| {
            let most = |(terms, c): &(Vec<(u32, i64)>, i64)| ends(terms, *c, at(self.before)).1;
            here == Some(!s.on) || s.sums.iter().any(|sum| most(sum) <= s.most)
        })
    }
}

/// What is done for a cube.
type Visit<'a> = &'a mut dyn FnMut(&[Option<bool>]) -> Result<(), String>;

/// What is still to be done.
enum Step {
    Visit,
    Set(usize, Option<bool>),
}

/// The least and the largest value of a sum.
fn ends(terms: &[(u32, i64)], constant: i64, before: &[Option<bool>]) -> (i64, i64) {
    let (mut low, mut high) = (constant, constant);
    for (j, w) in terms {
        match before.get(*j as usize).copied().flatten() {
            Some(on) => {
                low += w * i64::from(on);
                high += w * i64::from(on);
            }
            None => {
                low += w.min(&0);
                high += w.max(&0);
            }
        }
    }
    (low, high)
}

/// Whether the points have less of a core's combined rows than its literals ask for.
fn short(units: &[Unit], grid: &Grid, core: &Core) -> Option<bool> {
    let mut weights = vec![0i128; grid.ends.len()];
    let mut asked = 0i128;
    for ((unit, on), m) in &core.literals {
        let u = units.get(*unit as usize)?;
        let m = i128::from(u64::try_from(*m).ok()?);
        let (by, r) = if *on { (m, u.threshold) } else { (-m, 1 - u.threshold) };
        asked = asked.checked_add(m.checked_mul(i128::from(r))?)?;
        for (j, w) in &u.terms {
            let entry = weights.get_mut(*j as usize)?;
            *entry = entry.checked_add(by.checked_mul(i128::from(*w))?)?;
        }
    }
    if core.balls.len() != grid.balls.len() {
        return None;
    }
    let mut most = 0i128;
    for (ball, m) in grid.balls.iter().zip(&core.balls) {
        let price = i128::from(u64::try_from(*m).ok()?).checked_mul(i128::from(ball.budget))?;
        most = most.checked_add(price)?;
    }
    for (j, ((low, high), w)) in grid.ends.iter().zip(&weights).enumerate() {
        let value = |k: i64| {
            let start = w.checked_mul(i128::from(k))?;
            grid.balls.iter().zip(&core.balls).try_fold(start, |left, (b, m)| {
                left.checked_sub(i128::from(*m).checked_mul(cost(b, j, k))?)
            })
        };
        let here = match core.balls.iter().all(|m| *m == 0) {
            true => value(*low)?.max(value(*high)?),
            false => (*low..=*high).map(value).try_fold(None, |most: Option<i128>, v| {
                let v = v?;
                Some(Some(most.map_or(v, |m| m.max(v))))
            })??,
        };
        most = most.checked_add(here)?;
    }
    Some(most < asked)
}

fn cost(ball: &WholeBall, j: usize, k: i64) -> i128 {
    let center = i128::from(ball.center.get(j).copied().unwrap_or(0));
    let away = (i128::from(ball.unit) * i128::from(k) - center).abs();
    match ball.norm {
        Norm::L1 => away,
        Norm::L2 => away * away,
    }
}
