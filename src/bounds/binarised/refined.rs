//! A network with what is known of it: fewer units, narrower ranges, and rows over the units of a layer.

use std::collections::BTreeSet;

use super::facts::Facts;
use super::geometry::{Core, Literal};
use super::units::{Lead, Unit, Units};

/// Valid inequalities about the units of one layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// At most one literal of each set; ascending.
    pub cliques: Vec<Vec<Literal>>,
    /// Not all literals of each set; ascending, at least three.
    pub cores: Vec<Vec<Literal>>,
}

/// What is left open where [`Facts`] are known, and what holds for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refined {
    /// The units that are still open, numbered anew.
    pub units: Units,
    /// By hidden layer, about those units.
    pub rows: Vec<Rows>,
    /// At most the lead of each rival.
    pub leads: Vec<Option<i64>>,
    /// What number each of the units had before, by hidden layer.
    pub kept: Vec<Vec<u32>>,
}

/// Where a unit has gone.
#[derive(Clone, Copy)]
enum Gone {
    Known(bool),
    Now(u32),
}

impl Refined {
    /// Units as they are, of which nothing more is known.
    #[must_use]
    pub fn plain(units: Units) -> Self {
        let rows = units.layers.iter().map(|_| Rows { cliques: Vec::new(), cores: Vec::new() });
        let leads = vec![None; units.leads.len()];
        let kept = units.layers.iter().map(|layer| (0..layer.len() as u32).collect()).collect();
        Refined { rows: rows.collect(), leads, kept, units }
    }

    /// What is left of units where facts and cores about their first layer hold.
    #[must_use]
    pub fn new(units: &Units, cores: &[Core], facts: &Facts) -> Self {
        let mut maps: Vec<Vec<Gone>> = Vec::with_capacity(facts.layers.len());
        let mut layers: Vec<Vec<Unit>> = Vec::with_capacity(facts.layers.len());
        for (units, facts) in units.layers.iter().zip(&facts.layers) {
            let (mut map, mut left) = (Vec::with_capacity(units.len()), Vec::new());
            for ((unit, known), range) in units.iter().zip(&facts.known).zip(&facts.ranges) {
                if let Some(value) = known {
                    map.push(Gone::Known(*value));
                    continue;
                }
                map.push(Gone::Now(left.len() as u32));
                let (terms, constant) = match maps.last() {
                    None => (unit.terms.clone(), 0),
                    Some(before) => fold(&unit.terms, before),
                };
                // Ranges are of the sum less the threshold.
                let (low, high) = range.map_or((unit.low, unit.high), |(low, high)| {
                    (unit.low.max(low + unit.threshold), unit.high.min(high + unit.threshold))
                });
                left.push(Unit {
                    terms,
                    threshold: unit.threshold - constant,
                    low: low - constant,
                    high: high - constant,
                    ..*unit
                });
            }
            maps.push(map);
            layers.push(left);
        }
        let lead = |lead: &Lead| {
            let (terms, constant) = match maps.last() {
                None => (lead.terms.clone(), 0),
                Some(last) => fold(&lead.terms, last),
            };
            Lead { terms, constant: lead.constant + constant, ..*lead }
        };
        let leads = units.leads.iter().map(lead).collect();
        let now = |map: &[Gone], (unit, on): &Literal| match map.get(*unit as usize) {
            Some(Gone::Now(new)) => Some((*new, *on)),
            Some(Gone::Known(_)) | None => None,
        };
        let mut rows = Vec::with_capacity(maps.len());
        for (layer, (map, facts)) in maps.iter().zip(&facts.layers).enumerate() {
            let new = |set: &Vec<Literal>| set.iter().filter_map(|l| now(map, l)).collect();
            let cliques: Vec<Vec<Literal>> = facts.cliques.iter().map(new).collect();
            let mut sets = BTreeSet::new();
            if layer == 0 {
                for core in cores {
                    sets.extend(left(core.literals.iter().map(|l| l.0), map));
                }
            }
            // Those with two of a clique say nothing more.
            let twice = |set: &Vec<Literal>, clique: &Vec<Literal>| {
                set.iter().filter(|l| clique.binary_search(l).is_ok()).count() > 1
            };
            let more = |set: &Vec<Literal>| set.len() > 2 && !cliques.iter().any(|c| twice(set, c));
            let cores = sets.into_iter().filter(more).collect();
            rows.push(Rows { cliques, cores });
        }
        let left = |map: &Vec<Gone>| {
            let numbered = map.iter().enumerate();
            let left = numbered.filter(|(_, gone)| matches!(gone, Gone::Now(_)));
            left.map(|(unit, _)| unit as u32).collect()
        };
        let kept = maps.iter().map(left).collect();
        Refined { units: Units { layers, leads }, rows, leads: facts.leads.clone(), kept }
    }
}

/// What is left of a core where some units are known; nothing if one of its literals is known not to hold.
fn left(literals: impl Iterator<Item = Literal>, map: &[Gone]) -> Option<Vec<Literal>> {
    let mut all = Vec::new();
    for (unit, on) in literals {
        match map.get(unit as usize)? {
            Gone::Known(value) if *value == on => {}
            Gone::Known(_) => return None,
            Gone::Now(new) => all.push((*new, on)),
        }
    }
    Some(all)
}

/// Terms over the units that are left, and what the known ones add.
fn fold(terms: &[(u32, i64)], map: &[Gone]) -> (Vec<(u32, i64)>, i64) {
    let (mut left, mut constant) = (Vec::with_capacity(terms.len()), 0);
    for (j, w) in terms {
        match map.get(*j as usize) {
            Some(Gone::Known(value)) => constant += w * i64::from(*value),
            Some(Gone::Now(new)) => left.push((*new, *w)),
            None => {}
        }
    }
    (left, constant)
}
