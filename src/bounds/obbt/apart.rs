//! Decomposition by sample: the minimum over a program of many samples is at least a sum of minima over
//! programs of one sample each (Lagrangian decomposition; papers 2.2, all points perturbed at once).
//!
//! The columns of a program belong to one sample each, or are shared: parameters above all. A row
//! belongs to the sample of its columns; one of several samples, or of none, is shared. For any
//! multipliers `y_r` of the right sign for shared rows, and any linear functions `f_i` of the columns
//! in the rows of sample `i`,
//!
//! ```text
//! min c x  >=  sum_i (min f_i over the rows of sample i)  +  min over all bounds of
//!              c x - sum_i f_i x - sum_r y_r (a_r x - b_r)
//! ```
//!
//! Each sample keeps what its gradient and the parameters have in common, and its binaries and products
//! are branched on without those of the others: trees add up instead of multiplying. The `f_i` and `y`
//! come from the multipliers of the joint linear relaxation, for which the sum is its bound before any
//! branching. Whatever they are, the sum is a bound; [`Apart::value`] proves it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::branch::{Limits, Minimum, Search};
use super::record::{Duals, Tree};
use super::relaxation::Relaxation;
use super::tree;
use crate::bounds::Interval;
use crate::bounds::interval::add_down;
use crate::ir::role::Axis;
use crate::ir::{Family, Model, QuadTerm, RowId, RowView, Sense, VarId, VarView};
use crate::solve::dual_bound::DualBound;
use crate::solve::highs_lib::HighsLibrary;

/// A linear function, by column of the whole program.
pub type Terms = Vec<(u32, f64)>;

/// Proof of a bound by the sum over the samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sum {
    /// Multipliers of shared rows of the program.
    pub shared: Duals,
    /// One a sample.
    pub samples: Vec<Share>,
}

/// The part of one sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// The sample; a test point counts from `u32::MAX` downwards.
    pub sample: u32,
    /// Its function.
    pub terms: Terms,
    /// The proof of its least value over the program of the sample, whose columns are those of its rows,
    /// ascending.
    pub tree: Tree,
}

/// The rows of one sample.
struct Part {
    /// Columns of the whole program, ascending; the place of each is its column here.
    columns: Vec<VarId>,
    relaxation: Relaxation,
}

/// A program taken apart.
pub struct Apart {
    /// Bounds of all columns.
    bounds: Vec<Interval>,
    /// The sample of each column, and of each row.
    columns: Vec<Option<u32>>,
    rows: Vec<Option<u32>>,
    /// Shared rows that are linear.
    shared: BTreeMap<u32, Row>,
    parts: IndexMap<u32, Part>,
}

/// A linear row.
struct Row {
    columns: Vec<VarId>,
    values: Vec<f64>,
    side: (Sense, f64),
}

impl Apart {
    /// Takes a program apart.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let (columns, rows) = owners(model);
        let mut shared = BTreeMap::new();
        let mut own: BTreeMap<u32, Vec<RowView<'_>>> = BTreeMap::new();
        for (row, owner) in model.rows.iter().zip(&rows) {
            match owner {
                Some(sample) => own.entry(*sample).or_default().push(row),
                None if row.quad.is_empty() && row.smooth.is_none() && row.guard.is_none() => {
                    let (columns, values) = (row.cols.to_vec(), row.vals.to_vec());
                    shared.insert(row.id.0, Row { columns, values, side: (row.sense, row.rhs) });
                }
                None => {}
            }
        }
        let parts = own.into_iter().map(|(sample, rows)| (sample, part(model, &rows))).collect();
        let bounds = model.vars.iter().map(|v| Interval { lo: v.lower, hi: v.upper }).collect();
        Apart { bounds, columns, rows, shared, parts }
    }

    /// The proof that the multipliers `duals` of the joint relaxation lead to, for the minimum of `sum
    /// terms`. Nothing where there are not at least two samples, or HiGHS gives nothing.
    pub fn minimise(
        &self,
        (joint, duals): (&Relaxation, &Duals),
        terms: &[(VarId, f64)],
        by: (&HighsLibrary, Limits),
        stop: &dyn Fn() -> bool,
    ) -> Option<Sum> {
        self.each(self.functions(joint, duals, terms), by, stop)
    }

    /// The same without a joint relaxation: what one row of the program says of the objective (a
    /// parameter behind a step is the one before and its gradients) is shared out, the parameter in
    /// equal parts.
    pub fn minimise_alone(
        &self,
        terms: &[(VarId, f64)],
        by: (&HighsLibrary, Limits),
        stop: &dyn Fn() -> bool,
    ) -> Option<Sum> {
        self.each(self.equal_parts(terms), by, stop)
    }

    fn each(
        &self,
        (shared, functions): (Duals, Vec<(u32, Terms)>),
        (library, limits): (&HighsLibrary, Limits),
        stop: &dyn Fn() -> bool,
    ) -> Option<Sum> {
        if self.parts.len() < 2 {
            return None;
        }
        let begin = Instant::now();
        let count = functions.len();
        let mut samples = Vec::with_capacity(count);
        for (k, (sample, terms)) in functions.into_iter().enumerate() {
            // What the samples before have left of the time is for all that are to come.
            let left = (limits.seconds - begin.elapsed().as_secs_f64()).max(1e-3);
            let limits = Limits { seconds: left / (count - k) as f64, ..limits };
            let part = self.parts.get(&sample)?;
            let own = part.terms(&terms);
            let mut search = Search::new(library, &part.relaxation, limits)?;
            let Minimum { tree, .. } = search.minimise(&own, &|_| stop())?;
            samples.push(Share { sample, terms, tree });
        }
        Some(Sum { shared, samples })
    }

    /// What a sum proves for the minimum of `sum terms`: a lower bound whatever it says, `-inf` if it is
    /// about columns or samples that are not there.
    #[must_use]
    pub fn value(&self, terms: &[(VarId, f64)], sum: &Sum) -> f64 {
        let mut left = terms.to_vec();
        let mut all = 0.0;
        let mut seen = BTreeSet::new();
        for Share { sample, terms, tree } in &sum.samples {
            // The rows of a sample count once.
            let Some(part) = self.parts.get(sample).filter(|_| seen.insert(*sample)) else {
                return f64::NEG_INFINITY;
            };
            let own = part.terms(terms);
            if own.len() != terms.len() || terms.iter().any(|t| !t.1.is_finite()) {
                return f64::NEG_INFINITY;
            }
            all = add_down(all, tree::value(&part.relaxation, &own, tree));
            left.extend(terms.iter().map(|&(v, a)| (VarId(v), -a)));
        }
        let mut rest = DualBound::new(self.bounds.len(), &left);
        for (row, y) in &sum.shared {
            if let Some(row) = self.shared.get(row) {
                rest.add(&row.columns, &row.values, row.side, *y);
            }
        }
        let bound = add_down(all, rest.within(self.bounds.iter().map(|b| (b.lo, b.hi))));
        if bound.is_nan() { f64::NEG_INFINITY } else { bound }
    }

    /// The multipliers of the rows that define the columns of an objective, and the functions of the samples
    /// that share out what those rows say.
    fn equal_parts(&self, terms: &[(VarId, f64)]) -> (Duals, Vec<(u32, Terms)>) {
        let mut left: BTreeMap<u32, f64> = BTreeMap::new();
        let mut shared = Duals::new();
        for &(v, a) in terms {
            let defines = |row: &Row| {
                let at = row.columns.iter().position(|c| *c == v)?;
                (row.side.0 == Sense::Eq).then(|| a / row.values[at])
            };
            // The definition follows what it is made of, so that the last such row is the newest step's.
            let found =
                self.shared.iter().rev().find_map(|(id, row)| Some((id, row, defines(row)?)));
            match found.filter(|(_, _, y)| y.is_finite()) {
                None => *left.entry(v.0).or_default() += a,
                Some((id, row, y)) => {
                    shared.push((*id, y));
                    let others = row.columns.iter().zip(&row.values).filter(|(c, _)| **c != v);
                    others.for_each(|(c, b)| *left.entry(c.0).or_default() -= y * b);
                }
            }
        }
        let mut functions: BTreeMap<u32, Terms> = BTreeMap::new();
        for (v, a) in left {
            let here = |p: &Part| p.columns.binary_search(&VarId(v)).is_ok();
            let holders: Vec<u32> =
                self.parts.iter().filter(|(_, p)| here(p)).map(|(s, _)| *s).collect();
            for sample in &holders {
                functions.entry(*sample).or_default().push((v, a / holders.len() as f64));
            }
        }
        (shared, functions.into_iter().collect())
    }

    /// Multipliers of shared rows, and the function of each sample: on its own columns what the objective
    /// and the shared rows leave, on shared columns what its rows pull at them.
    fn functions(
        &self,
        joint: &Relaxation,
        duals: &Duals,
        terms: &[(VarId, f64)],
    ) -> (Duals, Vec<(u32, Terms)>) {
        let mut shared = Duals::new();
        let mut functions: BTreeMap<u32, BTreeMap<u32, f64>> = BTreeMap::new();
        let owner = |v: VarId| self.columns.get(v.index()).copied().flatten();
        let mut own = |v: VarId, by: f64| {
            if let Some(sample) = owner(v) {
                *functions.entry(sample).or_default().entry(v.0).or_default() += by;
            }
        };
        terms.iter().for_each(|&(v, a)| own(v, a));
        let mut pulls: Vec<(u32, VarId, f64)> = Vec::new();
        let bounds = joint.bounds();
        for &(at, y) in duals {
            if let Some(row) = joint.source(at as usize) {
                let Some(sample) = self.rows.get(row.index()).copied().flatten() else {
                    if let Some(kept) = self.shared.get(&row.0) {
                        shared.push((row.0, y));
                        let entries = kept.columns.iter().zip(&kept.values);
                        entries.for_each(|(v, a)| own(*v, -y * a));
                    }
                    continue;
                };
                let view = joint.model.rows.get(RowId(at));
                pulls.extend(view.cols.iter().zip(view.vals).map(|(v, a)| (sample, *v, y * a)));
            } else if let Some(e) = joint.envelope(at as usize, &bounds)
                && let Some(sample) = joint.factors(at as usize).into_iter().find_map(owner)
            {
                pulls.extend(e.entries.iter().map(|(v, a)| (sample, *v, y * a)));
            }
        }
        for (sample, v, by) in pulls {
            let known =
                self.parts.get(&sample).is_some_and(|p| p.columns.binary_search(&v).is_ok());
            if owner(v).is_none() && known {
                *functions.entry(sample).or_default().entry(v.0).or_default() += by;
            }
        }
        // Only columns of the sample's rows can be said there; the rest is bounded with what is shared.
        let kept = |(sample, terms): (u32, BTreeMap<u32, f64>)| {
            let part = self.parts.get(&sample)?;
            let has = |v: &u32| part.columns.binary_search(&VarId(*v)).is_ok();
            let terms: Terms = terms.into_iter().filter(|(v, a)| *a != 0.0 && has(v)).collect();
            (!terms.is_empty()).then_some((sample, terms))
        };
        (shared, functions.into_iter().filter_map(kept).collect())
    }
}

impl Part {
    /// Terms of the whole program, of columns that are here.
    fn terms(&self, terms: &[(u32, f64)]) -> Vec<(VarId, f64)> {
        let here = |&(v, a): &(u32, f64)| {
            let at = self.columns.binary_search(&VarId(v)).ok()?;
            Some((VarId(at as u32), a))
        };
        terms.iter().filter_map(here).collect()
    }
}

/// The rows of one sample as a program of their own.
fn part(model: &Model, rows: &[RowView<'_>]) -> Part {
    let of = |row: &RowView<'_>| {
        let quad: Vec<VarId> = row.quad.iter().flat_map(|q| [q.i, q.j]).collect();
        row.cols.iter().copied().chain(quad).collect::<Vec<_>>()
    };
    let mut columns: Vec<VarId> = rows.iter().flat_map(of).collect();
    columns.sort_unstable();
    columns.dedup();
    let mut own = Model::new();
    for v in &columns {
        let var = model.vars.get(*v);
        own.add_var(var.kind, var.lower, var.upper, var.role);
    }
    // All are among them.
    let here = |v: VarId| VarId(columns.binary_search(&v).unwrap_or(0) as u32);
    for row in rows.iter().filter(|r| r.guard.is_none() && r.smooth.is_none()) {
        let terms: Vec<(VarId, f64)> =
            row.cols.iter().zip(row.vals).map(|(v, a)| (here(*v), *a)).collect();
        let quad: Vec<QuadTerm> = row
            .quad
            .iter()
            .map(|q| QuadTerm { i: here(q.i), j: here(q.j), coefficient: q.coefficient })
            .collect();
        own.add_quad_row(&terms, &quad, row.sense, row.rhs, row.origin);
    }
    Part { relaxation: Relaxation::of(&own, |_| true), columns }
}

/// Columns that are named after a test point, whose numbers are those of training samples, too.
fn is_of_test(family: Family) -> bool {
    matches!(
        family,
        Family::Error
            | Family::Wins
            | Family::TestLoss
            | Family::TestDeviation
            | Family::TestPreActivation
            | Family::TestReluSwitch
            | Family::TestActivation
    )
}

/// The sample of each column and of each row. A column that is not named after a sample, a product or a
/// sum, belongs to that of a row which has columns of one sample alone: of what it is made of, or, where
/// a sample is fixed, of what is made of it. Which sample that is decides how good bounds are, not whether
/// they hold.
fn owners(model: &Model) -> (Vec<Option<u32>>, Vec<Option<u32>>) {
    let named = |v: VarView| {
        let sample = v.role.place.sample;
        let own = if is_of_test(v.role.family) { u32::MAX - sample } else { sample };
        v.role.family.axes().contains(&Axis::Sample).then_some(own)
    };
    let mut columns: Vec<Option<u32>> = model.vars.iter().map(named).collect();
    // Products and sums are numbered.
    let free: Vec<bool> = model.vars.iter().map(|v| v.role.family.axes() == [Axis::I]).collect();
    let members = |row: &RowView<'_>| -> Vec<VarId> {
        let quad = row.quad.iter().flat_map(|q| [q.i, q.j]);
        row.cols.iter().copied().chain(quad).collect()
    };
    let only = |columns: &[Option<u32>], all: &[VarId]| -> Option<u32> {
        let mut samples = all.iter().filter_map(|v| columns.get(v.index()).copied().flatten());
        let first = samples.next()?;
        samples.all(|s| s == first).then_some(first)
    };
    loop {
        let mut changed = false;
        for row in model.rows.iter() {
            let all = members(&row);
            let Some(sample) = only(&columns, &all) else { continue };
            for v in all.into_iter().filter(|v| free.get(v.index()).copied().unwrap_or(false)) {
                if let Some(own @ None) = columns.get_mut(v.index()) {
                    (*own, changed) = (Some(sample), true);
                }
            }
        }
        if !changed {
            break;
        }
    }
    let rows = model.rows.iter().map(|row| only(&columns, &members(&row))).collect();
    (columns, rows)
}
