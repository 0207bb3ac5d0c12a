//! `SOS`, between `BOUNDS` and the matrices; elsewhere four readers refuse it.

use std::io;

use super::Writer;
use crate::back::cuts::Cuts;
use crate::back::sink::Sink;

impl Writer<'_> {
    /// ` S1 name`, then two fields a member. The form `SOS x 1` is skipped by SCIP and CPLEX with a
    /// warning only.
    pub(super) fn sos(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let sets = &self.model.sos1;
        if sets.is_empty() {
            return Ok(());
        }
        sink.once(|text| text.put(b"SOS\n"))?;
        let cuts = Cuts::new(sets.iter().map(|set| set.members.len()));
        sink.cut(&cuts, |chunk, text| {
            for k in cuts.records(chunk) {
                let part = cuts.part(chunk, k, sets[k].members.len());
                if part.first {
                    text.put(b" S1 ");
                    self.names.sos(text, k);
                    text.end();
                }
                for (var, weight) in &sets[k].members[part.items] {
                    text.put(b"    ");
                    self.names.var(text, *var);
                    text.put(b" ");
                    text.num(*weight);
                    text.end();
                }
            }
        })
    }
}
