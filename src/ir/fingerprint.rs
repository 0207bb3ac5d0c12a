//! The fingerprint: a fixed column whose value names the program.
//!
//! Two questions that differ in their threat alone may have programs of the same names and sizes,
//! and a point of one may be a point of the other. So every compiled program carries one column
//! more, fixed at a whole number of six digits that follows from all the rest of it. It stands in
//! no row and not in the objective: no solver's work depends on it, and every solution format
//! gives its value back, by name or by position. Six digits are what the coarsest formats print,
//! and no zero is among the values, since most formats leave out zeros.
//!
//! It tells programs apart that were not made to be confused. Whoever writes a solution by hand
//! writes any number, and one of 900,000 programs has the same number by chance.

use super::{Family, Model, Place, VarId, VarKind, save};
use crate::front::hash::sha256_bytes;

/// The smallest fingerprint.
pub const LEAST: u32 = 100_000;

/// How many there are.
const COUNT: u64 = 900_000;

/// The fingerprint of a model that has no column for it yet, or an empty one: from its saved form.
#[must_use]
pub fn of(model: &Model) -> u32 {
    let digest = sha256_bytes(&save::to_bytes(model));
    // Fifteen hexadecimal digits fit into 64 bits; the remainder favours no number noticeably.
    let number = digest.get(..15).and_then(|d| u64::from_str_radix(d, 16).ok()).unwrap_or(0);
    LEAST + (number % COUNT) as u32
}

/// Adds the column, as the last one, and returns its value.
pub fn mark(model: &mut Model) -> u32 {
    let number = of(model);
    let value = f64::from(number);
    model.add_var(VarKind::Continuous, value, value, Family::Fingerprint.at(Place::NONE));
    number
}

/// Gives the column the value that follows from all the rest of the model as it is now, whatever it
/// was before. Returns column and value; nothing where the model has no such column.
pub fn renew(model: &mut Model) -> Option<(VarId, u32)> {
    let (column, _) = column(model)?;
    model.vars.set_bounds(column, 0.0, 0.0);
    let number = of(model);
    model.vars.set_bounds(column, f64::from(number), f64::from(number));
    Some((column, number))
}

/// The column and its value, where the model has one.
#[must_use]
pub fn column(model: &Model) -> Option<(VarId, f64)> {
    let role = Family::Fingerprint.at(Place::NONE);
    // It is the last column that was compiled; lowerings append a few.
    let j = model.vars.role.iter().rposition(|r| *r == role)?;
    Some((VarId(j as u32), model.vars.lower[j]))
}

#[cfg(test)]
mod tests {
    use super::super::{Rule, Sense};
    use super::*;

    fn model(rhs: f64) -> Model {
        let mut m = Model::new();
        let x = m.add_var(VarKind::Binary, 0.0, 1.0, Family::Flip.at(Place::NONE));
        m.add_row(&[(x, 1.0)], Sense::Le, rhs, Rule::Budget.at(Place::NONE));
        m
    }

    #[test]
    fn one_bit_of_a_number_makes_another_program() {
        let (mut a, mut b) = (model(1.0), model(1.0_f64.next_up()));
        assert_ne!(mark(&mut a), mark(&mut b));
        assert_eq!(of(&model(1.0)), of(&model(1.0)));
        let (v, value) = column(&a).unwrap();
        assert_eq!(v.index(), 1);
        assert!((100_000.0..=999_999.0).contains(&value) && value.fract() == 0.0);
        assert_eq!(column(&model(1.0)), None);
    }

    #[test]
    fn what_is_added_later_renews_it() {
        let (mut once, mut twice) = (model(1.0), model(1.0));
        let first = mark(&mut once);
        mark(&mut twice);
        let row = |m: &mut Model, rhs: f64| {
            m.add_row(&[(VarId(0), 1.0)], Sense::Le, rhs, Rule::NodeCut.at(Place::NONE));
        };
        row(&mut twice, 2.0);
        renew(&mut twice).unwrap();
        row(&mut twice, 3.0);
        [2.0, 3.0].into_iter().for_each(|rhs| row(&mut once, rhs));
        let (at, number) = renew(&mut once).unwrap();
        // However the rows came, it is theirs.
        assert_eq!(renew(&mut twice), Some((at, number)));
        assert_eq!(column(&once), Some((at, f64::from(number))));
        assert_ne!(number, first);
        assert_eq!(renew(&mut model(1.0)), None);
    }
}
