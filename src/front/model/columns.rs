//! Columns of a file while it is read, by name.

use indexmap::IndexSet;

use super::error::{Outcome, Problem};
use crate::front::printable::number;
use crate::ir::{Family, Model, Place, VarId, VarKind};

/// Bounds from here on mean infinity to every reader (the probes of LP's `x >= -1e30` and
/// `-1e20 <= x <= 1e20`).
pub(super) const INFINITE: f64 = 1e20;

/// Columns in the order in which they were first met.
#[derive(Default)]
pub(super) struct Columns<'a> {
    names: IndexSet<&'a str>,
    pub lower: Vec<Option<f64>>,
    pub upper: Vec<Option<f64>>,
    pub kind: Vec<VarKind>,
    /// Line of the last bound, for messages; 0 without any.
    line: Vec<usize>,
}

impl<'a> Columns<'a> {
    /// The column of this name, made now if there is none.
    pub fn meet(&mut self, name: &'a str) -> VarId {
        let (place, new) = self.names.insert_full(name);
        if new {
            self.lower.push(None);
            self.upper.push(None);
            self.kind.push(VarKind::Continuous);
            self.line.push(0);
        }
        VarId(place as u32)
    }

    /// The column of this name.
    pub fn find(&self, name: &str) -> Option<VarId> {
        self.names.get_index_of(name).map(|place| VarId(place as u32))
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn name(&self, id: VarId) -> &'a str {
        self.names.get_index(id.index()).copied().unwrap_or_default()
    }

    pub fn set_lower(&mut self, id: VarId, value: f64, line: usize) {
        self.lower[id.index()] = Some(if value <= -INFINITE { f64::NEG_INFINITY } else { value });
        self.line[id.index()] = line;
    }

    pub fn set_upper(&mut self, id: VarId, value: f64, line: usize) {
        self.upper[id.index()] = Some(if value >= INFINITE { f64::INFINITY } else { value });
        self.line[id.index()] = line;
    }

    /// Hands the columns to the model: a bound that was not given is 0 below and infinite above, a
    /// binary stays within `[0, 1]`.
    pub fn finish(&self, model: &mut Model) -> Outcome<()> {
        for (j, name) in self.names.iter().enumerate() {
            let (mut lower, mut upper) =
                (self.lower[j].unwrap_or(0.0), self.upper[j].unwrap_or(f64::INFINITY));
            if self.kind[j] == VarKind::Binary {
                (lower, upper) = (lower.max(0.0), upper.min(1.0));
            }
            let name = (*name).to_owned();
            let huge = [lower, -upper].into_iter().find(|b| *b >= INFINITE && b.is_finite());
            let empty = lower > upper || lower == f64::INFINITY || upper == f64::NEG_INFINITY;
            let problem = match huge {
                Some(b) => {
                    let bound = number(if b == lower { lower } else { upper });
                    Some(Problem::Huge { name: name.clone(), bound })
                }
                None => empty.then(|| Problem::Bounds {
                    name: name.clone(),
                    lower: number(lower),
                    upper: number(upper),
                }),
            };
            if let Some(problem) = problem {
                return Err(match self.line[j] {
                    0 => problem.anywhere(),
                    line => problem.at(line),
                });
            }
            let role = Family::Named.at(Place::NONE.i(j));
            model.add_var(self.kind[j], lower, upper, role);
            model.names.push(name);
        }
        Ok(())
    }
}
