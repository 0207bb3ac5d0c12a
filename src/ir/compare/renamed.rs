//! Whether two models are the same up to the names of their columns.
//!
//! Colours pair the columns where they tell them apart. Columns of one colour are paired by name,
//! then by position; if that is not it, one of them is paired with each of its colour in turn and
//! the colours are refined again (individualisation and refinement: McKay and Piperno 2014). Every
//! pairing is verified by the comparison of the models itself, so that a wrong one is never told.

use super::colours::{Colour, Web, mix};
use super::{Keyed, differences_between};
use crate::ir::{Model, VarId};

/// How two models compare when the names of their columns do not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Naming {
    /// They are the same; these columns of the first are called otherwise in the second.
    Same(Vec<(String, String)>),
    /// No naming makes them the same.
    Different,
    /// Not found out: too many columns are alike, or the smooth expressions are too large.
    Undecided,
}

/// Terms that may be looked at before the search is given up: a few seconds.
const BUDGET: u64 = 200_000_000;
/// Columns that may be told apart one after another.
const DEPTH: usize = 1000;

/// Compares two models whose columns may have any names.
#[must_use]
pub fn naming(a: &Model, b: &Model) -> Naming {
    let counts = |m: &Model| (m.var_count(), m.row_count(), m.sos1.len());
    if counts(a) != counts(b) {
        return Naming::Different;
    }
    let priorities = !a.priorities.is_empty() && !b.priorities.is_empty();
    let (Some(web_a), Some(web_b)) = (Web::new(a, priorities), Web::new(b, priorities)) else {
        return Naming::Undecided;
    };
    let mut search = Search {
        models: [Keyed::by_name(a), Keyed::by_name(b)],
        webs: [web_a, web_b],
        left: BUDGET,
    };
    let start = search.webs.each_ref().map(|w| w.start.clone());
    match search.within(start, 0) {
        Found::Pairs(pairs) => {
            let [a, b] = &search.models;
            let mut named: Vec<(u32, u32)> = pairs;
            named.sort_unstable();
            let named = named.into_iter().map(|(i, j)| (a.key(VarId(i)), b.key(VarId(j))));
            Naming::Same(named.filter(|(i, j)| i != j).collect())
        }
        Found::Nothing => Naming::Different,
        Found::GivenUp => Naming::Undecided,
    }
}

enum Found {
    Pairs(Vec<(u32, u32)>),
    Nothing,
    GivenUp,
}

struct Search<'a> {
    models: [Keyed<'a>; 2],
    webs: [Web; 2],
    left: u64,
}

/// Variables of one colour, in both models.
type Cell = [Vec<u32>; 2];

impl Search<'_> {
    /// Searches the pairings of variables of the same colour.
    fn within(&mut self, colours: [Vec<Colour>; 2], depth: usize) -> Found {
        let colours = match self.refine(colours) {
            Ok(colours) => colours,
            Err(found) => return found,
        };
        let cells = self.cells(&colours);
        let tied = cells.iter().filter(|c| c[0].len() > 1).min_by_key(|c| c[0].len());
        // The cells may pair all that there is, in whatever order.
        if depth == 0 || tied.is_none() {
            let pairs = cells.iter().flat_map(|[a, b]| a.iter().copied().zip(b.iter().copied()));
            let pairs: Vec<(u32, u32)> = pairs.collect();
            if self.holds(&pairs) {
                return Found::Pairs(pairs);
            }
        }
        let Some([tied_a, tied_b]) = tied else { return Found::Nothing };
        let Some(one) = tied_a.first() else { return Found::Nothing };
        if depth >= DEPTH {
            return Found::GivenUp;
        }
        for other in tied_b {
            let mut marked = colours.clone();
            for (colours, v) in marked.iter_mut().zip([one, other]) {
                if let Some(colour) = colours.get_mut(*v as usize) {
                    *colour = mix(*colour, 1);
                }
            }
            match self.within(marked, depth + 1) {
                Found::Nothing => {}
                found @ (Found::Pairs(_) | Found::GivenUp) => return found,
            }
        }
        Found::Nothing
    }

    /// Refines both until no colours appear, as long as they are the same in number.
    fn refine(&mut self, mut colours: [Vec<Colour>; 2]) -> Result<[Vec<Colour>; 2], Found> {
        let sorted = |colours: &[Vec<Colour>; 2]| {
            colours.each_ref().map(|c| {
                let mut c = c.clone();
                c.sort_unstable();
                c
            })
        };
        let mut before = 0;
        loop {
            let [mut in_a, in_b] = sorted(&colours);
            if in_a != in_b {
                return Err(Found::Nothing);
            }
            in_a.dedup();
            if in_a.len() == before {
                return Ok(colours);
            }
            before = in_a.len();
            let cost = self.webs.iter().map(|w| w.size + w.start.len() as u64).sum();
            self.left = self.left.checked_sub(cost).ok_or(Found::GivenUp)?;
            let [a, b] = &self.webs;
            colours = [a.refined(&colours[0]), b.refined(&colours[1])];
        }
    }

    /// The variables by colour; in a cell those of the same name stand at the same place, then come
    /// the others as they are met.
    fn cells(&self, colours: &[Vec<Colour>; 2]) -> Vec<Cell> {
        let by_colour = |colours: &[Colour]| {
            let mut all: Vec<(Colour, u32)> = colours.iter().copied().zip(0..).collect();
            all.sort_unstable();
            all
        };
        let [a, b] = colours.each_ref().map(|c| by_colour(c));
        let cells = a.chunk_by(|x, y| x.0 == y.0).zip(b.chunk_by(|x, y| x.0 == y.0));
        cells
            .map(|(a, b)| {
                let [a, b] = [a, b].map(|c| c.iter().map(|v| v.1).collect::<Vec<u32>>());
                if a.len() == 1 { [a, b] } else { self.by_name(&a, &b) }
            })
            .collect()
    }

    fn by_name(&self, a: &[u32], b: &[u32]) -> Cell {
        let [in_a, in_b] = &self.models;
        let named = |m: &Keyed<'_>, vars: &[u32]| -> std::collections::BTreeMap<String, u32> {
            vars.iter().map(|v| (m.key(VarId(*v)), *v)).collect()
        };
        let (names_a, names_b) = (named(in_a, a), named(in_b, b));
        let both = names_a.iter().filter_map(|(name, i)| Some((*i, *names_b.get(name)?)));
        let [mut out_a, mut out_b]: Cell = both.unzip::<u32, u32, Vec<u32>, Vec<u32>>().into();
        let alone = |m: &Keyed<'_>, v: u32, other: &std::collections::BTreeMap<String, u32>| {
            !other.contains_key(&m.key(VarId(v)))
        };
        out_a.extend(a.iter().filter(|v| alone(in_a, **v, &names_b)));
        out_b.extend(b.iter().filter(|v| alone(in_b, **v, &names_a)));
        [out_a, out_b]
    }

    /// Whether the models are the same with these variables called the same.
    fn holds(&self, pairs: &[(u32, u32)]) -> bool {
        let [a, b] = &self.models;
        let mut keys = vec![String::new(); b.keys.len()];
        for (i, j) in pairs {
            if let Some(key) = keys.get_mut(*j as usize) {
                *key = i.to_string();
            }
        }
        let a = Keyed { model: a.model, keys: (0..a.keys.len()).map(|i| i.to_string()).collect() };
        let b = Keyed { model: b.model, keys };
        differences_between(&a, &b, false, 1).is_empty()
    }
}
