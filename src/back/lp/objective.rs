//! The objective: `Minimize`.

use std::io;

use super::Writer;
use crate::ir::VarId;

impl Writer<'_, '_> {
    /// The linear part comes first (SCIP 10 refuses a bracket in front), the quadratic one doubled in
    /// `[ ... ] / 2`: without the `/ 2` CPLEX 22.2 and Xpress 9.9 silently halve it.
    pub(super) fn objective(&mut self) -> io::Result<()> {
        self.text.put(b"Minimize");
        self.text.end()?;
        self.text.put(b" obj:");
        let objective = &self.model.objective;
        let mut first = true;
        for &(var, a) in &objective.linear {
            self.linear(first, var, a)?;
            first = false;
        }
        for var in self.unmentioned() {
            self.linear(first, var, 0.0)?;
            first = false;
        }
        // GLPK 5.0 refuses an objective without terms.
        if first && objective.quad.is_empty() && !self.model.vars.is_empty() {
            self.linear(true, VarId(0), 0.0)?;
            first = false;
        }
        if !objective.quad.is_empty() {
            self.bracket(first, &objective.quad, 2.0)?;
            self.text.put(b" / 2");
        }
        self.text.end()
    }

    /// Variables in no row and no objective term. CPLEX and Xpress forget those that occur in
    /// `Bounds` alone, so they stand in the objective with a zero.
    fn unmentioned(&self) -> Vec<VarId> {
        let model = self.model;
        let mut seen = vec![false; model.var_count()];
        for v in &model.rows.col {
            seen[v.index()] = true;
        }
        let quad = model.rows.quad.iter().chain(&model.objective.quad);
        for v in quad.flat_map(|t| [t.i, t.j]) {
            seen[v.index()] = true;
        }
        for (v, _) in &model.objective.linear {
            seen[v.index()] = true;
        }
        for (_, guard) in &model.rows.guards {
            seen[guard.var.index()] = true;
        }
        (0..seen.len()).filter(|&j| !seen[j]).map(|j| VarId(j as u32)).collect()
    }
}
