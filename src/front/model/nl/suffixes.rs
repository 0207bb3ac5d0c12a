//! `S` segments: special ordered sets and branching priorities; other suffixes are marks for solvers.

use std::collections::BTreeMap;

use super::super::error::{Outcome, Problem};
use super::header::Header;
use super::scan::Scan;
use super::segments::Segments;
use crate::front::printable::number;
use crate::ir::{Model, Place, Rule, Sos1, VarId, VarKind};

/// What suffixes say of columns.
#[derive(Default)]
pub(super) struct Suffixes {
    /// The number of a column's special ordered set.
    set: BTreeMap<usize, i64>,
    /// Its weight in the set.
    weight: BTreeMap<usize, f64>,
    /// Its branching priority.
    priority: BTreeMap<usize, i32>,
}

impl Segments {
    /// One segment, after its letter.
    pub(super) fn suffix(&mut self, scan: &mut Scan<'_>, header: &Header) -> Outcome<()> {
        let kind = scan.integer()?;
        let most = header.columns.max(header.rows).max(1);
        let count = scan.index(most + 1, "the number of suffixes")?;
        let name = scan.text()?;
        // The lowest bits of the kind: 0 for columns. Bit 4: real values.
        let of_columns = kind & 3 == 0;
        if matches!(name, "sos" | "sosref") || (name == "sosno" && !of_columns) {
            return Err(scan.fail(Problem::ambiguous(
                format!("the suffix `{name}` (SCIP and COPT ignore it)"),
                "write the set with the suffixes `sosno` and `ref` of columns",
            )));
        }
        let limit = if of_columns { header.columns } else { most };
        for _ in 0..count {
            let place = scan.index(limit, "a suffix's place")?;
            let value = if kind & 4 == 0 { scan.integer()? as f64 } else { scan.double()? };
            if name == "sosno" && value != 0.0 {
                let whole = value as i64;
                if whole as f64 != value {
                    let found = format!("the set number {}", number(value));
                    return Err(scan.fail(Problem::expected("a whole number", found)));
                }
                if whole < 0 {
                    return Err(scan.fail(Problem::unsupported(
                        "a special ordered set of type 2",
                        "write it with binary columns",
                    )));
                }
                self.suffixes.set.insert(place, whole);
            } else if name == "priority" && of_columns && value != 0.0 {
                let whole = value as i32;
                if f64::from(whole) != value {
                    let found = format!("the priority {}", number(value));
                    return Err(scan.fail(Problem::expected("a whole number", found)));
                }
                self.suffixes.priority.insert(place, whole);
            } else if name == "ref" && of_columns {
                self.suffixes.weight.insert(place, value);
            }
        }
        Ok(())
    }
}

impl Suffixes {
    /// Adds the priorities of integer columns, and the sets in the order of their numbers.
    pub(super) fn apply(self, model: &mut Model) {
        let ids = self.priority.iter().map(|(column, p)| (VarId(*column as u32), *p));
        model.priorities =
            ids.filter(|(v, _)| model.vars.get(*v).kind != VarKind::Continuous).collect();
        let mut sets: BTreeMap<i64, Vec<(VarId, f64)>> = BTreeMap::new();
        for (column, set) in self.set {
            let weight = self.weight.get(&column).copied().unwrap_or(0.0);
            sets.entry(set).or_default().push((VarId(column as u32), weight));
        }
        for mut members in sets.into_values() {
            members.sort_by(|a, b| a.1.total_cmp(&b.1));
            // Sets of type 1 do not depend on the order; equal weights are told apart.
            if members.windows(2).any(|w| w[0].1 >= w[1].1) {
                members.iter_mut().enumerate().for_each(|(k, m)| m.1 = (k + 1) as f64);
            }
            model.sos1.push(Sos1 { members, origin: Rule::Foreign.at(Place::NONE) });
        }
    }
}
