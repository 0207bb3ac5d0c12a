//! `BOUNDS`. Readers agree on these lines alone:
//!
//! | bounds | continuous | integer |
//! |---|---|---|
//! | `[0, inf)` | none | `PL` (without it 13 of 14 readers take the column for a binary) |
//! | `[l, l]` | `FX` | `FX` |
//! | `[0, u]` | `UP` | `UP` |
//! | `[l, u]` | `LO` `UP` | `LO` `UP` |
//! | `[l, inf)` | `LO` | `LO` `PL` (with `LO` alone GLPK takes it for a binary) |
//! | `(-inf, u]` | `MI` `UP` (`UP` alone with `u < 0` is read in three ways) | the same |
//! | `(-inf, inf)` | `FR` | `FR` |
//!
//! A binary with its natural bounds is `BV`, any other one an integer with both bounds; `BV` beside
//! `FX` is an error in CPLEX 22.2. No number stands for infinity.

use std::io;

use super::Writer;
use crate::back::sink::Sink;
use crate::back::text::Text;
use crate::ir::pen::Word;
use crate::ir::{VarId, VarKind, VarView};

impl Writer<'_> {
    /// One or two lines a variable.
    pub(super) fn bounds(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let vars = &self.model.vars;
        if vars.iter().all(|var| natural(&var)) {
            return Ok(());
        }
        sink.once(|text| text.put(b"BOUNDS\n"))?;
        sink.list(vars.len(), |range, text| {
            for var in range.map(|j| vars.get(VarId(j as u32))).filter(|var| !natural(var)) {
                self.bounds_of(text, &var);
            }
        })
    }

    fn bounds_of(&self, text: &mut Text, var: &VarView) {
        let (lower, upper) = (var.lower, var.upper);
        let mut line = |kind: &[u8; 2], value| self.bound(text, Word::new(kind), var.id, value);
        if var.kind == VarKind::Binary && lower == 0.0 && upper == 1.0 {
            line(b"BV", None);
        } else if lower == upper {
            line(b"FX", Some(lower));
        } else if lower == f64::NEG_INFINITY && upper == f64::INFINITY {
            line(b"FR", None);
        } else {
            if lower == f64::NEG_INFINITY {
                line(b"MI", None);
            } else if lower != 0.0 {
                line(b"LO", Some(lower));
            }
            if upper < f64::INFINITY {
                line(b"UP", Some(upper));
            } else if var.kind != VarKind::Continuous {
                line(b"PL", None);
            }
        }
    }

    fn bound(&self, text: &mut Text, kind: Word, var: VarId, value: Option<f64>) {
        const BLANK: Word = Word::new(b" ");
        text.pen(|pen| {
            pen.word(BLANK);
            pen.word(kind);
            pen.word(const { Word::new(b" BND ") });
            self.names.var_of(pen, var, None);
            if let Some(value) = value {
                pen.word(BLANK);
                pen.double(value);
            }
        });
        text.end();
    }
}

/// Whether a reader takes the bounds without a line.
fn natural(var: &VarView) -> bool {
    var.kind == VarKind::Continuous && var.lower == 0.0 && var.upper == f64::INFINITY
}
