//! `Bounds`: one line a variable whose bounds are not `[0, inf)`, or not `[0, 1]` for a binary.

use std::io;

use super::Writer;
use crate::back::sink::Sink;
use crate::back::text::Text;
use crate::ir::pen::Word;
use crate::ir::{VarId, VarKind, VarView};

impl Writer<'_> {
    /// Before `Generals` and `Binaries`: Gurobi, COPT, MOSEK and GLPK refuse it after them, CPLEX takes
    /// it for a list of binaries. Binaries with their natural bounds have no line: HiGHS and GLPK would
    /// keep a wider one.
    pub(super) fn bounds(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let vars = &self.model.vars;
        if vars.iter().all(|var| natural(&var)) {
            return Ok(());
        }
        sink.once(|text| {
            text.put(b"Bounds");
            text.end();
        })?;
        sink.list(vars.len(), |range, text| {
            for var in range.map(|j| vars.get(VarId(j as u32))).filter(|var| !natural(var)) {
                self.bound(text, &var);
            }
        })
    }

    /// Never `x <= -1` alone (Xpress and GLPK refuse it, elsewhere the lower bound stays zero), never
    /// `-3 <= x` (MOSEK ignores it).
    fn bound(&self, text: &mut Text, var: &VarView) {
        const AT_MOST: Word = Word::new(b" <= ");
        let (lower, upper) = (var.lower, var.upper);
        text.pen(|pen| {
            pen.word(const { Word::new(b" ") });
            let two_sided = lower < upper && upper < f64::INFINITY;
            if two_sided {
                if lower == f64::NEG_INFINITY {
                    pen.word(const { Word::new(b"-inf") });
                } else {
                    pen.double(lower);
                }
                pen.word(AT_MOST);
            }
            self.names.var_of(pen, var.id, None);
            if two_sided {
                pen.word(AT_MOST);
                pen.double(upper);
            } else if lower == upper {
                pen.word(const { Word::new(b" = ") });
                pen.double(lower);
            } else if lower == f64::NEG_INFINITY {
                pen.word(const { Word::new(b" free") });
            } else {
                pen.word(const { Word::new(b" >= ") });
                pen.double(lower);
            }
        });
        text.end();
    }
}

/// Whether the bounds are those that a reader takes without a line.
fn natural(var: &VarView) -> bool {
    match var.kind {
        VarKind::Binary => var.lower == 0.0 && var.upper == 1.0,
        VarKind::Integer | VarKind::Continuous => var.lower == 0.0 && var.upper == f64::INFINITY,
    }
}
