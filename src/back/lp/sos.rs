//! `SOS`, the last section: SCIP, Gurobi, CPLEX and COPT refuse it before `Bounds`.

use std::io;

use super::Writer;
use crate::back::cuts::{Cuts, Part};
use crate::back::sink::Sink;
use crate::back::text::Text;

impl Writer<'_> {
    /// ` s0: S1:: x : 1 y : 2`, with an upper-case `S1` (SCIP and Gurobi refuse the other).
    pub(super) fn sos(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let sets = &self.model.sos1;
        if sets.is_empty() {
            return Ok(());
        }
        sink.once(|text| {
            text.put(b"SOS");
            text.end();
        })?;
        let cuts = Cuts::new(sets.iter().map(|set| set.members.len()));
        sink.cut(&cuts, |chunk, text| {
            for k in cuts.records(chunk) {
                self.set(text, &cuts.part(chunk, k, sets[k].members.len()));
            }
        })
    }

    fn set(&self, text: &mut Text, part: &Part) {
        if part.first {
            text.put(b" ");
            self.names.sos(text, part.record);
            text.put(b": S1::");
        } else {
            text.fold();
        }
        for (var, weight) in &self.model.sos1[part.record].members[part.items.clone()] {
            // A set of 5 kB on one line crashes CBC 2.10.
            text.wrap();
            text.put(b" ");
            self.names.var(text, *var);
            text.put(b" : ");
            text.num(*weight);
        }
        if part.last {
            text.end();
        }
    }
}
