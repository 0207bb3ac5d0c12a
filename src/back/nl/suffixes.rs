//! `S` segments: special ordered sets. Only the targets whose reader takes suffixes have any.

use std::io;

use super::Writer;
use crate::back::sink::Sink;
use crate::ir::VarId;

/// Values of columns, the file's own number of the kind, plus four for real values.
const COLUMNS: usize = 0;
const REAL: usize = 4;

impl Writer<'_> {
    /// `sosno` and `ref`: the number of a column's set, from one on, and its weight there. SCIP 10
    /// and COPT 8 make sets of them, discopt and pounce ignore them, casadi and SHOT refuse.
    pub(super) fn sets(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let sets = &self.model.sos1;
        let numbered = sets.iter().enumerate();
        let mut members: Vec<(usize, usize, f64)> = numbered
            .flat_map(|(k, set)| set.members.iter().map(move |m| (k, m)))
            .map(|(k, (v, weight))| (self.column(*v), k + 1, *weight))
            .collect();
        if members.is_empty() {
            return Ok(());
        }
        members.sort_unstable_by_key(|m| (m.0, m.1));
        sink.once(|text| {
            let mut out = self.output(text);
            out.suffix(COLUMNS, members.len(), "sosno");
            members.iter().for_each(|(column, set, _)| out.pair(*column, *set as i32));
            out.suffix(COLUMNS + REAL, members.len(), "ref");
            members.iter().for_each(|(column, _, weight)| out.entry(*column, *weight));
        })
    }

    /// The place of a variable in the file.
    fn column(&self, var: VarId) -> usize {
        self.order.column[var.index()] as usize
    }
}
