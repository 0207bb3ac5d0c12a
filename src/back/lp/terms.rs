//! Terms of rows and objective.

use super::Writer;
use crate::back::cuts::Part;
use crate::back::text::Text;
use crate::ir::pen::{Pen, Word};
use crate::ir::{QuadTerm, VarId};

impl Writer<'_> {
    /// A part of a row that is not the first begins a line.
    pub(super) fn begin(&self, text: &mut Text, part: &Part) {
        if !part.first {
            text.fold();
        }
    }

    /// The quadratic terms of a part, which counts so many linear terms before them; every
    /// coefficient times a factor.
    pub(super) fn quadratic(
        &self,
        text: &mut Text,
        part: &Part,
        (linear, quad, factor): (usize, &[QuadTerm], f64),
    ) {
        if part.items.end > linear {
            let from = part.items.start.max(linear) - linear;
            let to = part.items.end - linear;
            self.bracket(text, linear == 0, (quad, from..to), factor);
        }
    }

    /// ` + 2 x`, or `2 x` at the beginning. No number follows a sign that is not its own: CPLEX 22.2
    /// refuses `+ -1 x`.
    #[inline]
    pub(super) fn linear(&self, text: &mut Text, first: bool, var: VarId, a: f64) {
        text.wrap();
        text.pen(|pen| {
            signed(pen, first, a);
            self.names.var_of(pen, var, None);
        });
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
            text.pen(|pen| {
                signed(pen, k == 0, t.coefficient * factor);
                self.names.var_of(pen, t.i, None);
            });
            text.put(b" * ");
            self.names.var(text, t.j);
        }
        if last {
            text.put(b" ]");
        }
    }
}

/// Sign and number with a blank behind; a one is left out.
#[inline(always)]
pub(super) fn signed(pen: &mut Pen<'_>, first: bool, a: f64) {
    const MINUS: Word = Word::new(b" - ");
    const PLUS: Word = Word::new(b" + ");
    const BLANK: Word = Word::new(b" ");
    pen.word(match (a < 0.0, first) {
        (true, _) => MINUS,
        (false, true) => BLANK,
        (false, false) => PLUS,
    });
    let size = a.abs();
    if size != 1.0 {
        pen.double(size);
        pen.word(BLANK);
    }
}
