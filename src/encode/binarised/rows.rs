//! Rows that layerwise bounds have proved (papers 4.4, 4.5).

use super::Selected;
use crate::bounds::binarised::{Literal, Rows, Units};
use crate::ir::{Model, Place, Rule, Sense, VarId};

/// Adds cliques, cores and the bounds of the leads.
pub(super) fn encode(
    model: &mut Model,
    (units, columns, selected): (&Units, &[Vec<VarId>], &[Selected]),
    (rows, leads): (&[Rows], &[Option<i64>]),
) {
    let mut count = 0;
    let mut add = |model: &mut Model, terms: &[(VarId, f64)], rhs: i64| {
        model.add_row(terms, Sense::Le, rhs as f64, Rule::Cut.at(Place::NONE.i(count)));
        count += 1;
    };
    let last = columns.len().saturating_sub(1);
    for (layer, (rows, columns)) in rows.iter().zip(columns).enumerate() {
        let cliques = rows.cliques.iter().map(|set| (set, 1));
        let cores = rows.cores.iter().map(|set| (set, set.len() as i64 - 1));
        for (set, most) in cliques.chain(cores) {
            if layer == last && !selected.is_empty() {
                for s in selected {
                    let (mut terms, most) = at_most(set, most, &s.shares);
                    terms.push((s.selector, -(most as f64)));
                    add(model, &terms, 0);
                }
            } else {
                let (terms, most) = at_most(set, most, columns);
                add(model, &terms, most);
            }
        }
    }
    let columns = columns.last().map_or(&[][..], Vec::as_slice);
    for (lead, most) in units.leads.iter().zip(leads) {
        let Some(most) = most.filter(|_| !lead.terms.is_empty()) else { continue };
        let left = most - lead.constant;
        match selected.iter().find(|s| s.class == lead.class) {
            Some(s) => {
                let mut terms = over(&lead.terms, &s.shares);
                terms.push((s.selector, -(left as f64)));
                add(model, &terms, 0);
            }
            None => add(model, &over(&lead.terms, columns), left),
        }
    }
}

/// At most `most` of the literals, as a row of columns.
fn at_most(set: &[Literal], most: i64, columns: &[VarId]) -> (Vec<(VarId, f64)>, i64) {
    let off = set.iter().filter(|l| !l.1).count() as i64;
    let term =
        |(unit, on): &Literal| Some((*columns.get(*unit as usize)?, if *on { 1.0 } else { -1.0 }));
    (set.iter().filter_map(term).collect(), most - off)
}

fn over(terms: &[(u32, i64)], columns: &[VarId]) -> Vec<(VarId, f64)> {
    let column = |(j, w): &(u32, i64)| Some((*columns.get(*j as usize)?, *w as f64));
    terms.iter().filter_map(column).collect()
}
