//! Terms of rows and objective.

use std::io;

use super::Writer;
use crate::ir::{QuadTerm, VarId};

impl Writer<'_, '_> {
    /// ` + 2 x`, or `2 x` at the beginning. No number follows a sign that is not its own: CPLEX 22.2
    /// refuses `+ -1 x`.
    #[inline]
    pub(super) fn linear(&mut self, first: bool, var: VarId, a: f64) -> io::Result<()> {
        self.text.wrap()?;
        self.signed(first, a);
        self.text.put(self.names.get(var.index()));
        Ok(())
    }

    /// ` [ 2 x * y - z * z ]`, with every coefficient times `factor`.
    ///
    /// The signs stand inside (SCIP 10 and HiGHS 1.15 refuse `- [`), and squares are products: both
    /// CBC versions misread `x^2` without a word but refuse `x * x`, and SCIP refuses `x ^ 2`.
    pub(super) fn bracket(
        &mut self,
        first: bool,
        quad: &[QuadTerm],
        factor: f64,
    ) -> io::Result<()> {
        self.text.wrap()?;
        self.text.put(if first { b" [" } else { b" + [" });
        for (k, t) in quad.iter().enumerate() {
            self.text.wrap()?;
            self.signed(k == 0, t.coefficient * factor);
            self.text.put(self.names.get(t.i.index()));
            self.text.put(b" * ");
            self.text.put(self.names.get(t.j.index()));
        }
        self.text.put(b" ]");
        Ok(())
    }

    /// Sign and number with a blank behind; a one is left out.
    #[inline]
    fn signed(&mut self, first: bool, a: f64) {
        self.text.put(match (a < 0.0, first) {
            (true, _) => b" - ",
            (false, true) => b" ",
            (false, false) => b" + ",
        });
        let size = a.abs();
        if size != 1.0 {
            self.text.num(size);
            self.text.put(b" ");
        }
    }
}
