//! `Bounds`: one line a variable whose bounds are not `[0, inf)`, or not `[0, 1]` for a binary.

use std::io;

use super::Writer;
use crate::ir::{VarKind, VarView};

impl Writer<'_, '_> {
    /// Before `Generals` and `Binaries`: Gurobi, COPT, MOSEK and GLPK refuse it after them, CPLEX takes
    /// it for a list of binaries. Binaries with their natural bounds have no line: HiGHS and GLPK would
    /// keep a wider one.
    pub(super) fn bounds(&mut self) -> io::Result<()> {
        let mut open = false;
        let model = self.model;
        for var in model.vars.iter() {
            let natural = match var.kind {
                VarKind::Binary => var.lower == 0.0 && var.upper == 1.0,
                VarKind::Integer | VarKind::Continuous => {
                    var.lower == 0.0 && var.upper == f64::INFINITY
                }
            };
            if natural {
                continue;
            }
            if !open {
                self.text.put(b"Bounds");
                self.text.end()?;
                open = true;
            }
            self.bound(&var)?;
        }
        Ok(())
    }

    /// Never `x <= -1` alone (Xpress and GLPK refuse it, elsewhere the lower bound stays zero), never
    /// `-3 <= x` (MOSEK ignores it).
    fn bound(&mut self, var: &VarView) -> io::Result<()> {
        let Self { text, names, .. } = self;
        let name = names.get(var.id.index());
        let (lower, upper) = (var.lower, var.upper);
        text.put(b" ");
        if lower == upper {
            text.put(name);
            text.put(b" = ");
            text.num(lower);
        } else if upper < f64::INFINITY {
            if lower == f64::NEG_INFINITY {
                text.put(b"-inf");
            } else {
                text.num(lower);
            }
            text.put(b" <= ");
            text.put(name);
            text.put(b" <= ");
            text.num(upper);
        } else if lower == f64::NEG_INFINITY {
            text.put(name);
            text.put(b" free");
        } else {
            text.put(name);
            text.put(b" >= ");
            text.num(lower);
        }
        text.end()
    }
}
