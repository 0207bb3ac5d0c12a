//! Branch and bound over the linear relaxation, best bound first, with a proof for each leaf.
//!
//! The bound that counts is not a solver's objective value but what the multipliers prove
//! ([`Relaxation::prove`]), so a solver's tolerance cannot make it wrong. A side takes over the
//! bound of its parent where that is better.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use super::choose::{self, Solution, Split};
use super::record::{Duals, Node, Tree};
use super::relaxation::Relaxation;
use super::tree::sides;
use crate::bounds::Interval;
use crate::ir::VarId;
use crate::solve::highs_lib::{Basis, HighsLibrary, LpAnswer, LpSession, LpStatus};

/// How far a search goes.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most linear programs.
    pub nodes: usize,
    /// Longest time, seconds; infinite for none.
    pub seconds: f64,
    /// Most simplex iterations of one linear program; nothing for any number.
    pub iterations: Option<u32>,
    /// Share of the columns of whole numbers that may be split, the newest first.
    pub fraction: f64,
    /// Whether ranges of factors are split.
    pub spatial: bool,
}

/// What a search came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Minimum {
    /// The proof.
    pub tree: Tree,
    /// What it proves.
    pub bound: f64,
    /// Linear programs of the tree.
    pub nodes: usize,
    /// Whether it ended because the bound was enough, or because nothing is left to split: the solution of
    /// the worst leaf is one of the program, up to tolerances. Otherwise a limit ended it.
    pub whole: bool,
}

/// Searches over one relaxation, one after the other.
pub struct Search<'a> {
    relaxation: &'a Relaxation,
    lp: LpSession<'a>,
    limits: Limits,
    /// Columns of whole numbers that may be split.
    kept: Vec<bool>,
    root: Vec<Interval>,
    /// Where the solver's box differs from the root's.
    applied: BTreeMap<VarId, Interval>,
    /// Linear programs so far.
    solved: usize,
}

/// Who proves the bound of a node.
enum Proof {
    Bound(Duals),
    Empty(Duals),
}

struct Solved {
    /// What leads here from the root.
    path: BTreeMap<VarId, Interval>,
    proof: Proof,
    /// What the proof shows.
    own: f64,
    /// The better of that and the parent's.
    bound: f64,
    /// Where to go on; none where the solution is one of the kept program, or unknown.
    split: Option<Split>,
    /// Whether the linear program was solved to its end.
    solved: bool,
    children: Option<[usize; 2]>,
}

impl<'a> Search<'a> {
    /// A search over `relaxation`. Nothing if HiGHS refuses it.
    #[must_use]
    pub fn new(
        library: &'a HighsLibrary,
        relaxation: &'a Relaxation,
        limits: Limits,
    ) -> Option<Self> {
        let mut lp = LpSession::new(library, &relaxation.model).ok()?;
        if let Some(n) = limits.iterations {
            lp.limit_iterations(n);
        }
        Some(Search {
            relaxation,
            lp,
            solved: 0,
            limits,
            kept: choose::kept(relaxation, limits.fraction),
            root: relaxation.bounds(),
            applied: BTreeMap::new(),
        })
    }

    /// Ends a linear program early, once `stop` is set.
    pub fn heed(&mut self, stop: &'a AtomicBool) {
        self.lp.heed(stop);
    }

    /// The basis from which any objective can start: that of some point of the relaxation. Nothing if
    /// HiGHS finds none.
    #[must_use]
    pub fn feasible_basis(&mut self) -> Option<Basis> {
        self.lp.set_objective(&[]).ok()?;
        self.lp.solve(None).ok()?;
        self.lp.basis()
    }

    /// Lets the next linear program start from a basis. One that HiGHS refuses is not used.
    pub fn start_from(&mut self, basis: &Basis) {
        let _ = self.lp.set_basis(basis);
    }

    /// Number of linear programs that were solved.
    #[must_use]
    pub fn solved(&self) -> usize {
        self.solved
    }

    /// A tree for the minimum of `sum terms`. `enough` says of a bound that no
    /// better one is needed. Nothing if the linear programs gave nothing.
    pub fn minimise(
        &mut self,
        terms: &[(VarId, f64)],
        enough: &dyn Fn(f64) -> bool,
    ) -> Option<Minimum> {
        let end = match self.limits.seconds {
            f64::INFINITY => None,
            s => Some(Instant::now().checked_add(Duration::try_from_secs_f64(s).ok()?)?),
        };
        let late = || end.is_some_and(|end| Instant::now() >= end);
        self.lp.set_objective(terms).ok()?;
        let root = self.solve(terms, BTreeMap::new(), None, end)?;
        let mut nodes = vec![root];
        let mut whole = true;
        loop {
            let leaves = nodes.iter().enumerate().filter(|(_, n)| n.children.is_none());
            let worst = leaves.min_by(|a, b| a.1.bound.total_cmp(&b.1.bound));
            let Some((k, leaf)) = worst else { break };
            if enough(leaf.bound) {
                break;
            }
            let Some(Split { var, at }) = leaf.split else {
                whole = leaf.solved;
                break;
            };
            if nodes.len() + 2 > self.limits.nodes || late() {
                whole = false;
                break;
            }
            let range = leaf.path.get(&var).copied().unwrap_or(self.root[var.index()]);
            let paths = sides(self.relaxation.is_whole(var), range, at).map(|side| {
                let mut path = leaf.path.clone();
                path.insert(var, side);
                path
            });
            let mut children = [0; 2];
            for (child, path) in children.iter_mut().zip(paths) {
                let solved = self.solve(terms, path, nodes.get(k), end)?;
                *child = nodes.len();
                nodes.push(solved);
            }
            nodes[k].children = Some(children);
        }
        let bound = nodes.iter().filter(|n| n.children.is_none()).map(|n| n.bound);
        let bound = bound.fold(f64::INFINITY, f64::min);
        Some(Minimum { nodes: nodes.len(), bound, whole, tree: preorder(&mut nodes) })
    }

    /// Solves the linear program of a box.
    fn solve(
        &mut self,
        terms: &[(VarId, f64)],
        path: BTreeMap<VarId, Interval>,
        parent: Option<&Solved>,
        end: Option<Instant>,
    ) -> Option<Solved> {
        let bounds = self.enter(&path)?;
        let left = |end: Instant| end.saturating_duration_since(Instant::now()).as_secs_f64();
        let failed = LpAnswer {
            status: LpStatus::Limit,
            objective: f64::NEG_INFINITY,
            values: Vec::new(),
            row_duals: Vec::new(),
        };
        let answer = self.lp.solve(end.map(|end| left(end).max(1e-3))).unwrap_or(failed);
        self.solved += 1;
        let inherited = parent.map_or(f64::NEG_INFINITY, |p| p.bound);
        if answer.status == LpStatus::Infeasible
            && let Some(ray) = self.emptiness(&bounds)
        {
            let (own, bound) = (f64::INFINITY, f64::INFINITY);
            let proof = Proof::Empty(ray);
            let (split, solved, children) = (None, true, None);
            return Some(Solved { path, proof, own, bound, split, solved, children });
        }
        let mut duals = sparse(&answer.row_duals);
        let mut own = self.relaxation.prove(terms, &duals, &bounds);
        if let Some(Solved { proof: Proof::Bound(theirs), .. }) = parent {
            let again = self.relaxation.prove(terms, theirs, &bounds);
            if again > own {
                (own, duals) = (again, theirs.clone());
            }
        }
        let solved = answer.status == LpStatus::Optimal;
        let split = solved
            .then(|| {
                let solution = Solution { bounds: &bounds, values: &answer.values, duals: &duals };
                choose::split(self.relaxation, &self.kept, solution, self.limits.spatial)
            })
            .flatten();
        let bound = own.max(inherited);
        let proof = Proof::Bound(duals);
        Some(Solved { path, proof, own, bound, split, solved, children: None })
    }

    /// Makes the solver's box that of the path, and returns it.
    fn enter(&mut self, path: &BTreeMap<VarId, Interval>) -> Option<Vec<Interval>> {
        let mut bounds = self.root.clone();
        for (v, range) in path {
            bounds[v.index()] = *range;
        }
        let mut products: Vec<usize> = Vec::new();
        let touched: Vec<VarId> = self.applied.keys().chain(path.keys()).copied().collect();
        for v in touched {
            let range = bounds[v.index()];
            if self.applied.get(&v).copied().unwrap_or(self.root[v.index()]) != range {
                self.lp.set_bounds(v, range.lo, range.hi).ok()?;
                products.extend(self.relaxation.with_factor(v));
                self.applied.insert(v, range);
            }
        }
        products.sort_unstable();
        products.dedup();
        for row in products.into_iter().flat_map(|k| self.relaxation.products[k].rows()) {
            let e = self.relaxation.envelope(row, &bounds)?;
            self.lp.set_row(row, &e.entries, e.sense, e.rhs).ok()?;
        }
        self.applied.clone_from(path);
        Some(bounds)
    }

    /// Multipliers that prove the box just solved to be empty.
    fn emptiness(&self, bounds: &[Interval]) -> Option<Duals> {
        let ray = self.lp.dual_ray()?;
        let negative: Vec<f64> = ray.iter().map(|y| -y).collect();
        let found = [sparse(&ray), sparse(&negative)];
        found.into_iter().find(|y| self.relaxation.prove(&[], y, bounds) > 0.0)
    }
}

/// Nonzero multipliers, rounded to 32 bits: any multipliers prove something, and short ones are
/// shorter to write.
fn sparse(duals: &[f64]) -> Duals {
    let short = |y: f64| f64::from_bits((y.to_bits() + (1 << 20)) & !((1 << 21) - 1));
    let all = duals.iter().enumerate().map(|(row, y)| (row as u32, short(*y)));
    all.filter(|(_, y)| *y != 0.0 && y.is_finite()).collect()
}

/// The tree as it is recorded: a split carries multipliers only if they prove more than its sides.
fn preorder(nodes: &mut [Solved]) -> Tree {
    let mut value: Vec<f64> = nodes.iter().map(|n| n.own).collect();
    let mut keeps = vec![false; nodes.len()];
    for k in (0..nodes.len()).rev() {
        if let Some([a, b]) = nodes[k].children {
            let below = value[a].min(value[b]);
            keeps[k] = nodes[k].own > below;
            value[k] = nodes[k].own.max(below);
        }
    }
    let mut tree = Vec::with_capacity(nodes.len());
    let mut open = vec![0];
    while let Some(k) = open.pop() {
        let node = &mut nodes[k];
        let proof = std::mem::replace(&mut node.proof, Proof::Bound(Duals::new()));
        tree.push(match (node.children, node.split, proof) {
            (Some([a, b]), Some(Split { var, at }), proof) => {
                open.extend([b, a]);
                let (Proof::Bound(duals) | Proof::Empty(duals)) = proof;
                Node::Split(var.0, at, if keeps[k] { duals } else { Duals::new() })
            }
            (_, _, Proof::Bound(duals)) => Node::Bound(duals),
            (_, _, Proof::Empty(duals)) => Node::Empty(duals),
        });
    }
    tree
}
