//! Terms of rows and objective.

use super::Writer;
use crate::back::cuts::Part;
use crate::back::text::Text;
use crate::ir::{QuadTerm, VarId};

impl Writer<'_> {
    /// The terms of `part`, which counts linear terms first and quadratic ones behind them:
    /// ` 2 x + 3 y + [ x * y ]`. `linear` are those linear terms that are in the part.
    ///
    /// A part that is not the first begins a line.
    pub(super) fn terms(
        &self,
        text: &mut Text,
        part: &Part,
        linear: impl Iterator<Item = (VarId, f64)>,
        (count, quad, factor): (usize, &[QuadTerm], f64),
    ) {
        if !part.first {
            text.fold();
        }
        let mut first = part.first;
        for (var, a) in linear {
            self.linear(text, first, var, a);
            first = false;
        }
        if part.items.end > count {
            let from = part.items.start.max(count) - count;
            let to = part.items.end - count;
            self.bracket(text, count == 0, (quad, from..to), factor);
        }
    }

    /// ` + 2 x`, or `2 x` at the beginning. No number follows a sign that is not its own: CPLEX 22.2
    /// refuses `+ -1 x`.
    #[inline]
    pub(super) fn linear(&self, text: &mut Text, first: bool, var: VarId, a: f64) {
        text.wrap();
        signed(text, first, a);
        self.names.var(text, var);
    }

    /// ` [ 2 x * y - z * z ]`, with every coefficient times `factor`; of all terms those in a range.
    ///
    /// The signs stand inside (SCIP 10 and HiGHS 1.15 refuse `- [`), and squares are products: both
    /// CBC versions misread `x^2` without a word but refuse `x * x`, and SCIP refuses `x ^ 2`.
    fn bracket(
        &self,
        text: &mut Text,
        first: bool,
        (quad, range): (&[QuadTerm], std::ops::Range<usize>),
        factor: f64,
    ) {
        if range.start == 0 {
            text.wrap();
            text.put(if first { b" [" } else { b" + [" });
        }
        let last = range.end == quad.len();
        for k in range {
            let t = &quad[k];
            text.wrap();
            signed(text, k == 0, t.coefficient * factor);
            self.names.var(text, t.i);
            text.put(b" * ");
            self.names.var(text, t.j);
        }
        if last {
            text.put(b" ]");
        }
    }
}

/// Sign and number with a blank behind; a one is left out.
#[inline]
fn signed(text: &mut Text, first: bool, a: f64) {
    text.put(match (a < 0.0, first) {
        (true, _) => b" - ",
        (false, true) => b" ",
        (false, false) => b" + ",
    });
    let size = a.abs();
    if size != 1.0 {
        text.num(size);
        text.put(b" ");
    }
}
