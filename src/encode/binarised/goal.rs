//! By how much another class is ahead (papers 4.4).

use super::{LatticeError, Whole};
use crate::ir::{Family, Model, Objective, Place, Rule, Sense, VarId, VarKind};
use crate::network::binarised::Integer;

/// Which classes may be ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rivals {
    /// One of them: a program a class, as others do.
    One(usize),
    /// Whichever is furthest ahead: one program, in which a selector says which it is.
    Any,
}

/// `sum terms + constant` over the last layer.
struct Lead {
    class: usize,
    terms: Vec<(VarId, i64)>,
    constant: i64,
}

/// Adds the objective, which is minimised: the lead of a rival, negated.
pub(super) fn encode(
    model: &mut Model,
    network: &Integer,
    last: &[Whole],
    (class, rivals): (usize, Rivals),
) -> Result<(), LatticeError> {
    let classes = network.scores.len();
    let known =
        |c: usize| if c < classes { Ok(c) } else { Err(LatticeError::Class { class: c, classes }) };
    known(class)?;
    let lead = |rival: usize| {
        let (mut terms, mut constant) = (Vec::new(), 0);
        for (score, by) in [(&network.scores[rival], 1), (&network.scores[class], -1)] {
            constant += by * score.bias;
            for (j, w) in &score.terms {
                match last.get(*j as usize) {
                    Some(Whole::Column(v)) => terms.push((*v, by * w)),
                    Some(Whole::Known(v)) => constant += by * w * v,
                    None => {}
                }
            }
        }
        Lead { class: rival, terms, constant }
    };
    match rivals {
        Rivals::One(rival) => {
            let Lead { terms, constant, .. } = lead(known(rival)?);
            let terms: Vec<(VarId, f64)> =
                terms.into_iter().map(|(v, w)| (v, -(w as f64))).collect();
            model.objective = Objective::new(&terms, &[], -(constant as f64));
        }
        Rivals::Any => {
            let leads: Vec<Lead> = (0..classes).filter(|c| *c != class).map(lead).collect();
            any(model, &leads, last);
        }
    }
    Ok(())
}

/// One program for all rivals: selectors `z` that add up to 1, and every neuron of the last layer shared out,
/// `sum_t v_ti = x_i` with `v_ti <= z_t`: the convex hull of the union over the rivals.
fn any(model: &mut Model, leads: &[Lead], last: &[Whole]) {
    let mut objective: Vec<(VarId, f64)> = Vec::new();
    let mut selectors: Vec<(VarId, f64)> = Vec::new();
    let mut shared: Vec<Vec<(VarId, f64)>> = vec![Vec::new(); last.len()];
    for lead in leads {
        let place = Place::NONE.i(lead.class);
        let z = model.add_var(VarKind::Binary, 0.0, 1.0, Family::Selector.at(place));
        selectors.push((z, 1.0));
        objective.push((z, -(lead.constant as f64)));
        for (i, whole) in last.iter().enumerate() {
            let Whole::Column(x) = whole else { continue };
            let place = place.j(i);
            let v = model.add_var(VarKind::Continuous, 0.0, 1.0, Family::Selected.at(place));
            model.add_row(&[(v, 1.0), (z, -1.0)], Sense::Le, 0.0, Rule::Select.at(place));
            shared[i].push((v, 1.0));
            let of = lead.terms.iter().filter(|t| t.0 == *x).map(|t| t.1);
            objective.push((v, -(of.sum::<i64>() as f64)));
        }
    }
    model.add_row(&selectors, Sense::Eq, 1.0, Rule::OneClass.at(Place::NONE));
    for (i, (whole, mut terms)) in last.iter().zip(shared).enumerate() {
        if let Whole::Column(x) = whole {
            terms.push((*x, -1.0));
            // Of no class: the sum of all.
            let place = Place::NONE.i(leads.len() + 1).j(i);
            model.add_row(&terms, Sense::Eq, 0.0, Rule::Select.at(place));
        }
    }
    model.objective = Objective::new(&objective, &[], 0.0);
}
