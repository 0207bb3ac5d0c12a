//! The objective: `Minimize` or `Maximize`, which every reader takes in full.

use std::io;

use super::Writer;
use super::order::unmentioned;
use crate::back::cuts::Cuts;
use crate::back::sink::Sink;
use crate::ir::VarId;

impl Writer<'_> {
    /// The linear part comes first (SCIP 10 refuses a bracket in front), the quadratic one doubled in
    /// `[ ... ] / 2`: without the `/ 2` CPLEX 22.2 and Xpress 9.9 silently halve it.
    pub(super) fn objective(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let (linear, quad) = (&*self.goal.linear, &*self.goal.quad);
        let mut zeros = unmentioned(self.model, linear, quad);
        // GLPK 5.0 refuses an objective without terms.
        if linear.is_empty() && zeros.is_empty() && quad.is_empty() {
            zeros.push(VarId(0));
        }
        let (count, size) = (linear.len() + zeros.len(), linear.len() + zeros.len() + quad.len());
        let cuts = Cuts::new([size]);
        sink.cut(&cuts, |chunk, text| {
            let part = cuts.part(chunk, 0, size);
            if part.first {
                text.put(if self.goal.maximise { b"Maximize" } else { b"Minimize" });
                text.end();
                text.put(b" obj:");
            }
            let terms = linear.iter().copied().chain(zeros.iter().map(|v| (*v, 0.0)));
            let (from, to) = (part.items.start.min(count), part.items.end.min(count));
            let terms = terms.skip(from).take(to - from);
            self.begin(text, &part);
            for (k, (var, a)) in terms.enumerate() {
                self.linear(text, part.first && k == 0, var, a);
            }
            self.quadratic(text, &part, (count, quad, 2.0));
            if part.last {
                if !quad.is_empty() {
                    text.put(b" / 2");
                }
                text.end();
            }
        })
    }
}
