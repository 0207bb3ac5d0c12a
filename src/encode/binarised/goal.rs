//! By how much another class is ahead (papers 4.4).

use super::{Build, lin};
use crate::bounds::binarised::Lead;
use crate::encode::Lin;
use crate::encode::recipe::Recipe;
use crate::ir::{Family, Objective, Place, Rule, Sense, VarId, VarKind};

/// Which classes may be ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rivals {
    /// One of them: a program a class, as others do.
    One(usize),
    /// Whichever is furthest ahead: one program, in which a selector says which it is.
    Any,
}

impl Rivals {
    /// The rivals of a class, ascending.
    #[must_use]
    pub fn classes(self, class: usize, classes: usize) -> Vec<usize> {
        match self {
            Rivals::One(rival) => vec![rival],
            Rivals::Any => (0..classes).filter(|c| *c != class).collect(),
        }
    }
}

/// The selector of a rival and the columns of its share in the units of the last layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selected {
    /// The rival.
    pub class: usize,
    /// 1 where it is the one.
    pub selector: VarId,
    /// One a unit of the last layer.
    pub shares: Vec<VarId>,
}

/// Adds the objective, which is minimised: the lead of the rival `leads` has, or of whichever of several, negated.
pub(super) fn encode(
    b: &mut Build,
    leads: &[Lead],
    last: &[VarId],
    rivals: Rivals,
) -> Vec<Selected> {
    match (rivals, leads) {
        (Rivals::One(_), [lead]) => {
            let column = |(j, w): &(u32, i64)| Some((*last.get(*j as usize)?, -(*w as f64)));
            let terms: Vec<(VarId, f64)> = lead.terms.iter().filter_map(column).collect();
            b.model.objective = Objective::new(&terms, &[], -(lead.constant as f64));
            Vec::new()
        }
        (Rivals::One(_) | Rivals::Any, _) => any(b, leads, last),
    }
}

/// One program for all rivals: selectors `z` that add up to 1, and every unit of the last layer shared out,
/// `sum_t v_ti = x_i` with `v_ti <= z_t`: the convex hull of the union over the rivals.
fn any(b: &mut Build, leads: &[Lead], last: &[VarId]) -> Vec<Selected> {
    let mut objective: Vec<(VarId, f64)> = Vec::new();
    let mut all: Vec<Selected> = Vec::new();
    let behind = |lead: &Lead| {
        let column = |(j, w): &(u32, i64)| Some((*last.get(*j as usize)?, -(*w as f64)));
        lin(lead.terms.iter().filter_map(column).collect(), -(lead.constant as f64))
    };
    let behind: Vec<Lin> = leads.iter().map(behind).collect();
    for (which, lead) in leads.iter().enumerate() {
        let place = Place::NONE.i(lead.class);
        let recipe = Recipe::IsSmallest { which, all: behind.clone() };
        let z = b.column((VarKind::Binary, 0.0, 1.0), Family::Selector.at(place), recipe);
        objective.push((z, -(lead.constant as f64)));
        let mut shares = Vec::with_capacity(last.len());
        for (i, x) in last.iter().enumerate() {
            let place = place.j(i);
            let recipe = Recipe::Product(lin(vec![(z, 1.0)], 0.0), lin(vec![(*x, 1.0)], 0.0));
            let ends = (VarKind::Continuous, 0.0, 1.0);
            let v = b.column(ends, Family::Selected.at(place), recipe);
            b.model.add_row(&[(v, 1.0), (z, -1.0)], Sense::Le, 0.0, Rule::Select.at(place));
            shares.push(v);
        }
        let share = |(j, w): &(u32, i64)| Some((*shares.get(*j as usize)?, -(*w as f64)));
        objective.extend(lead.terms.iter().filter_map(share));
        all.push(Selected { class: lead.class, selector: z, shares });
    }
    let selectors: Vec<(VarId, f64)> = all.iter().map(|s| (s.selector, 1.0)).collect();
    b.model.add_row(&selectors, Sense::Eq, 1.0, Rule::OneClass.at(Place::NONE));
    for (i, x) in last.iter().enumerate() {
        let shared = all.iter().filter_map(|s| Some((*s.shares.get(i)?, 1.0)));
        let terms: Vec<(VarId, f64)> = shared.chain([(*x, -1.0)]).collect();
        // Of no class: the sum of all.
        let place = Place::NONE.i(leads.len() + 1).j(i);
        b.model.add_row(&terms, Sense::Eq, 0.0, Rule::Select.at(place));
    }
    b.model.objective = Objective::new(&objective, &[], 0.0);
    all
}
